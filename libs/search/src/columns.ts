import { LRUCache } from 'lru-cache';
import { Column } from 'typeorm';
import { canonical } from './canonical';
import { addGramHashes, addSyllableHashes, classOf, facetGram, hashOf, keyOfHash, syllableGram } from './keys';
import { quoted } from './names';
import { type Reading, readingsOf } from './readings';

/**
 * What a row is searched by. A view embeds it as `@Column(() => SearchColumns) search: SearchColumns` and makes the
 * indexes of `searchIndexes(table, id)`. In text, initials and pinyin the name stands between '^' and '$', once for
 * every way it is read, and the detail after a space; in pinyin every element begins with an apostrophe.
 */
export class SearchColumns {
  @Column('text') text: string;
  @Column('text') initials: string;
  @Column('text') pinyin: string;
  /** Characters of the canonical name. */
  @Column('smallint') length: number;
  @Column('int', { array: true }) keys: number[];
}

export interface Searchable {
  /** What ranks: exact, then beginning so, then short. */
  readonly name: string;
  /** Searched too, e.g. the specification. */
  readonly detail?: string;
  /** Values of the row's columns, by column, that queries may filter by. */
  readonly facets?: Readonly<Record<string, string | null | undefined>>;
}

const LONGEST_NAME = 32_767;
const NOTHING: Spelled = { text: '', initials: '', pinyin: '', hashes: [], length: 0 };

interface Spelled {
  readonly text: string;
  readonly initials: string;
  readonly pinyin: string;
  readonly hashes: readonly number[];
  readonly length: number;
}

// Firms of one city make the same goods by the thousand, and a rebuild meets all of them.
const cached = (spell: (written: string) => Spelled): ((written: string) => Spelled) => {
  const cache = new LRUCache<string, Spelled>({ max: 10_000 });
  return (written) => {
    const known = cache.get(written) ?? spell(written);
    cache.set(written, known);
    return known;
  };
};

const nameOf = cached((written) => {
  const text = canonical(written);
  if (text.length > LONGEST_NAME) throw new TypeError(`a name of ${text.length} characters cannot be searched`);
  const readings = readingsOf(text);
  const bounded = (texts: readonly string[]): string => [...new Set(texts)].map((one) => `^${one}$`).join(' ');
  // How the name begins, for its other grams say only with which letter.
  const starts = readings.map(([first = '']) => `^${syllableGram(first)}`);
  return spelled(bounded([text]), bounded(readings.map(initialsOf)), bounded(readings.map(pinyinOf)), readings, starts);
});

const detailOf = cached((written) => {
  const text = canonical(written);
  const readings = readingsOf(text).slice(0, 1);
  return spelled(text, readings.map(initialsOf).join(''), readings.map(pinyinOf).join(''), readings);
});

function spelled(
  text: string,
  initials: string,
  pinyin: string,
  readings: readonly Reading[],
  more: readonly string[] = [],
): Spelled {
  const hashes = new Set(more.map(hashOf));
  addGramHashes(text, hashes);
  if (initials !== text) addGramHashes(initials, hashes);
  for (const reading of readings) addSyllableHashes(reading, hashes);
  return { text, initials, pinyin, hashes: [...hashes], length: readings[0]?.length ?? 0 };
}

const initialsOf = (reading: Reading): string =>
  reading.map((element) => String.fromCodePoint(element.codePointAt(0)!)).join('');
const pinyinOf = (reading: Reading): string => reading.map((element) => `'${element}`).join('');

/** Throws TypeError on a name of more than 32,767 characters. */
export function searchColumnsOf({ name, detail, facets = {} }: Searchable): SearchColumns {
  const named = nameOf(name);
  const more = detail ? detailOf(detail) : NOTHING;
  const { length } = named;
  const lengthClass = classOf(length);
  const keys = new Set<number>();
  for (const hash of named.hashes) keys.add(keyOfHash(hash, lengthClass));
  for (const hash of more.hashes) keys.add(keyOfHash(hash, lengthClass));
  for (const [column, value] of Object.entries(facets)) {
    if (value != null) keys.add(keyOfHash(hashOf(facetGram(column, value)), lengthClass));
  }
  const joined = (first: string, second: string): string => (second === '' ? first : `${first} ${second}`);
  return Object.assign(new SearchColumns(), {
    text: joined(named.text, more.text),
    initials: joined(named.initials, more.initials),
    pinyin: joined(named.pinyin, more.pinyin),
    length,
    keys: [...keys],
  });
}

/**
 * The posting lists, and the order they are read in. `id` is the key column. Made after the rows of a rebuild rather
 * than before, they cost a tenth.
 */
export function searchIndexes(table: string, id: string): string[] {
  return [
    // Without the pending list, which every step of every query would read through.
    `CREATE INDEX ON ${quoted(table)} USING gin ("searchKeys") WITH (fastupdate = off)`,
    `CREATE INDEX ON ${quoted(table)} ("searchLength", ${quoted(id)})`,
  ];
}
