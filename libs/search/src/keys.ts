import { isSyllable } from './syllables';

// A key is a small integer: a hash of a gram, and with it the class of the item's name length. One posting list of the
// index then holds one gram among the names of one length, and a query reads the lists from the shortest names on: the
// order of its hits comes with the index, and 300,000 hits of one character are never fetched to show twenty of them.
// A hash may collide, so a key only proposes; the predicate on the columns decides.
const CLASS_BITS = 6;
const HASH_BITS = 25;
const SINGLE_CLASSES = 32;
const LAST_CLASS = 34;

export interface LengthClass {
  readonly number: number;
  readonly shortest: number;
  readonly longest: number;
}

/** Lengths of up to 32 characters are classes of their own; longer names are few. In order of length. */
export const LENGTH_CLASSES: readonly LengthClass[] = [
  ...Array.from({ length: SINGLE_CLASSES + 1 }, (_, length) => ({ number: length, shortest: length, longest: length })),
  { number: 33, shortest: 33, longest: 48 },
  { number: LAST_CLASS, shortest: 49, longest: 32_767 },
];

export function classOf(length: number): number {
  if (length <= SINGLE_CLASSES) return length;
  return length <= 48 ? 33 : LAST_CLASS;
}

/** Positive int4. */
export const keyOf = (gram: string, lengthClass: number): number => keyOfHash(hashOf(gram), lengthClass);
export const keyOfHash = (hash: number, lengthClass: number): number => hash * 2 ** CLASS_BITS + lengthClass;

/** Single characters and bigrams. The marks '^' and '$' count in bigrams only; nothing spans a space. */
export function gramsOf(text: string): string[] {
  const grams: string[] = [];
  let before: string | undefined;
  for (const character of text) {
    const apart = character === ' ';
    if (!apart && before !== undefined) grams.push(before + character);
    if (!apart && character !== '^' && character !== '$') grams.push(character);
    before = apart ? undefined : character;
  }
  return grams;
}

/** A syllable as a gram, apart from the bigrams that are spelled alike; a single letter is one gram either way. */
export const syllableGram = (syllable: string): string => (syllable.length === 1 ? syllable : `'${syllable}`);

/** Two syllables in a row. */
export const pairGram = (first: string, second: string): string => `'${first}'${second}`;

/** A value that queries filter by, as a gram. */
export const facetGram = (column: string, value: string): string => `=${column}=${value}`;

const START = 0x811c9dc5;

// FNV-1a over UTF-16 units.
function continued(hash: number, text: string): number {
  let value = hash;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value;
}

const folded = (hash: number): number => ((hash >>> HASH_BITS) ^ hash) & (2 ** HASH_BITS - 1);

export const hashOf = (gram: string): number => folded(continued(START, gram));

/** The hashes of `gramsOf(text)`, without making the grams: a rebuild makes millions. */
export function addGramHashes(text: string, hashes: Set<number>): void {
  let before: number | undefined;
  for (const character of text) {
    if (character === ' ') {
      before = undefined;
      continue;
    }
    const alone = continued(START, character);
    if (before !== undefined) hashes.add(folded(continued(before, character)));
    if (character !== '^' && character !== '$') hashes.add(folded(alone));
    before = alone;
  }
}

const MARK = continued(START, "'");

/**
 * The hashes of a reading's syllables and, where two Han characters or letters that are syllables meet, of their
 * pairs.
 */
export function addSyllableHashes(reading: readonly string[], hashes: Set<number>): void {
  let before: number | undefined;
  for (const element of reading) {
    const marked = continued(MARK, element);
    hashes.add(folded(element.length === 1 ? continued(START, element) : marked));
    const isOne = isSyllable(element);
    if (before !== undefined && isOne) hashes.add(folded(continued(continued(before, "'"), element)));
    before = isOne ? marked : undefined;
  }
}
