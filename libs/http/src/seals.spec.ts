import { ServerKeys } from '@app/auth';
import { Seals } from './seals';

const seals = new Seals(ServerKeys.random());

describe('a sealed token', () => {
  it('gives back what was sealed', () =>
    expect(seals.open('cursor', seals.seal('cursor', ['鞋底', 1]))).toEqual(['鞋底', 1]));

  it('opens for its purpose only', () => expect(seals.open('cursor', seals.seal('position', '7'))).toBeUndefined());

  it('opens under its own key only', () =>
    expect(new Seals(ServerKeys.random()).open('cursor', seals.seal('cursor', 1))).toBeUndefined());

  it('cannot be altered', () => {
    const token = seals.seal('position', '1234');
    const broken = [...token].map(
      (letter, at) => token.slice(0, at) + (letter === 'A' ? 'B' : 'A') + token.slice(at + 1),
    );
    // The last letter may carry bits that base64 does not use.
    for (const one of broken.slice(0, -1)) expect(seals.open('position', one)).toBeUndefined();
  });

  it('does not tell how large a position is', () =>
    expect(seals.seal('position', '1').length).toBe(seals.seal('position', '123456789').length));

  it.each(['', 'x', '%%%', 'A'.repeat(37), 'A'.repeat(100), 'A'.repeat(5_000)])('is not %.20s', (token) =>
    expect(seals.open('position', token)).toBeUndefined(),
  );
});

describe('a tag', () => {
  it('is equal for equal parts only', () => {
    expect(seals.tag('a', 1)).toBe(seals.tag('a', 1));
    expect(seals.tag('ab', 'c')).not.toBe(seals.tag('a', 'bc'));
    expect(seals.tag('a')).not.toBe(new Seals(ServerKeys.random()).tag('a'));
  });
});
