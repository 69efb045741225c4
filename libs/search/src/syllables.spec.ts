import { readingsOf } from './readings';
import { isSyllable, mixedSpelling, spellings, syllablesFrom } from './syllables';

it('knows every syllable that a Han character is read as, but for interjections', () => {
  const unknown = new Set<string>();
  for (let code = 0x3400; code <= 0x9fff; code++) {
    for (const [syllable = ''] of readingsOf(String.fromCodePoint(code))) {
      if (/^[a-z]+$/.test(syllable) && !isSyllable(syllable)) unknown.add(syllable);
    }
  }
  expect([...unknown].filter((syllable) => !['m', 'n', 'ng', 'hm', 'hng'].includes(syllable))).toEqual([]);
});

it('reads letters as syllables, the fewest first and the last unfinished if need be', () => {
  expect(spellings('xiedi', 2)).toEqual([
    ['xie', 'di'],
    ['xi', 'e', 'di'],
  ]);
  expect(spellings('xian', 2)).toEqual([['xian'], ['xi', 'an']]);
  expect(spellings('kouzh', 2)).toEqual([['kou', 'zh']]);
  expect(spellings('xd', 2)).toEqual([]);
  expect(syllablesFrom('sho')).toEqual(['shou']);
});

it('reads long letters in no time', () => {
  const before = performance.now();
  expect(spellings('xianguangqiangniangan'.repeat(5), 2)).toHaveLength(2);
  expect(spellings('xianangan'.repeat(11) + 'vv', 2)).toEqual([]);
  expect(performance.now() - before).toBeLessThan(500);
});

it('reads syllables and initials in turn', () => {
  const pieces = (word: string) => mixedSpelling(word).map((piece) => piece.text);
  expect(pieces('kzhao')).toEqual(['k', 'zhao']);
  expect(pieces('ycxkouzhao')).toEqual(['y', 'c', 'x', 'kou', 'zhao']);
  expect(pieces('n95kouzh')).toEqual(['n', '9', '5', 'kou', 'zh']);
});
