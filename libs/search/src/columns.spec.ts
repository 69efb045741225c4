import { searchColumnsOf } from './columns';
import { addGramHashes, addSyllableHashes, gramsOf, hashOf, keyOf, pairGram, syllableGram } from './keys';

it('keeps text, initials and pinyin with the ends of the name marked', () => {
  expect(searchColumnsOf({ name: 'N95 口罩', detail: 'GB 19083-2010 盒装' })).toMatchObject({
    text: '^n95口罩$ gb19083-2010盒装',
    initials: '^n95kz$ gb19083-2010hz',
    pinyin: "^'n'9'5'kou'zhao$ 'g'b'1'9'0'8'3'-'2'0'1'0'he'zhuang",
    length: 5,
  });
});

it('reads by context, and a character of two readings both ways', () => {
  expect(searchColumnsOf({ name: '重型拉杆箱' }).pinyin).toBe("^'zhong'xing'la'gan'xiang$ ^'chong'xing'la'gan'xiang$");
  expect(searchColumnsOf({ name: '行李箱' }).initials).toBe('^xlx$ ^hlx$');
});

it('reads the rarer characters of Unicode one by one', () => {
  expect(searchColumnsOf({ name: '𠮷口😀' })).toMatchObject({ length: 3, initials: '^𠮷k😀$' });
});

it('files the same gram under another key for each length of name, all of them int4', () => {
  const [short, long] = [searchColumnsOf({ name: '口罩' }), searchColumnsOf({ name: '医用口罩' })];
  expect(short.keys).toContain(keyOf('口罩', 2));
  expect(long.keys).toContain(keyOf('口罩', 4));
  expect(short.keys.filter((key) => long.keys.includes(key))).toEqual([]);
  for (const key of long.keys) expect(key).toBe(key | 0);
});

it('refuses a name that no length can be kept of', () => {
  expect(() => searchColumnsOf({ name: '长'.repeat(32_768) })).toThrow(TypeError);
});

it('hashes grams as it would hash their text', () => {
  const hashes = new Set<number>();
  addGramHashes('^n95口𠮷$ a罩', hashes);
  expect([...hashes].sort()).toEqual([...new Set(gramsOf('^n95口𠮷$ a罩').map(hashOf))].sort());
  const syllables = new Set<number>();
  addSyllableHashes(['n', '9', 'kou', 'zhao', 'a'], syllables);
  const grams = [...['n', '9', 'kou', 'zhao', 'a'].map(syllableGram), pairGram('kou', 'zhao'), pairGram('zhao', 'a')];
  expect([...syllables].sort()).toEqual(grams.map(hashOf).sort());
});
