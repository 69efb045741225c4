import { canonicalHash, canonicalJson, derivedId, textHash } from '@app/kernel';
import fc from 'fast-check';

describe('canonical JSON', () => {
  it('sorts keys and keeps lists in order', () =>
    expect(canonicalJson({ b: [2, 1], a: '鞋底' })).toBe('{"a":"鞋底","b":[2,1]}'));

  it('is the same for equal values, whatever the order of their keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalHash(turned)).toBe(canonicalHash(value));
      }),
    );
  });

  it.each([[{ n: 1n }], [{ n: Number.NaN }], [{ text: 'a\ud800b' }], [{ '\udc00': 1 }], [undefined]])(
    'refuses what JSON cannot carry',
    (value) => expect(() => canonicalJson(value)).toThrow(),
  );

  it('keeps a written escape apart from a broken character', () => {
    expect(canonicalJson({ text: '\\ud800' })).toBe('{"text":"\\\\ud800"}');
    expect(canonicalJson('😀')).toBe('"😀"');
  });
});

it('a hash of texts is that of their one text, wherever it is cut', () =>
  expect(textHash(['[1,', '"鞋"', ']'])).toBe(canonicalHash([1, '鞋'])));

describe('a derived id', () => {
  it('is the same for the same parts', () => expect(derivedId('a', 1)).toBe(derivedId('a', '1')));
  it('is the same for ever, since it names what stands in logs', () =>
    expect(derivedId('listing', 1)).toBe('8c22e212-67fd-5234-818f-b22ab27e45be'));
  it('tells where one part ends', () => expect(derivedId('ab', 'c')).not.toBe(derivedId('a', 'bc')));
});
