import { wordsOf } from './canonical';
import { gramsOf, pairGram, syllableGram } from './keys';
import { isSyllable, mixedSpelling, type Piece, spellings, syllablesFrom } from './syllables';

/** One way to understand a part of a query: a pattern on a column, and the grams that every row it fits must have. */
export interface Pattern {
  readonly column: 'text' | 'initials' | 'pinyin';
  readonly match: 'like' | 'regex';
  /** Fits the characters it stands for; '^' before it and '$' after it fit the ends of the name. */
  readonly body: string;
  /** How many characters of a name it covers. */
  readonly length: number;
  /** False when its last syllable is unfinished: then a name can begin so and not equal it. */
  readonly finished: boolean;
  readonly grams: readonly string[];
  /** At least one of these too. */
  readonly anyOf?: readonly string[];
  /** What every row must have whose name begins so. */
  readonly begins: Grams;
  /** What every row must have whose name is this and no more. */
  readonly equals: Grams;
}

export interface Grams {
  readonly grams: readonly string[];
  readonly anyOf?: readonly string[];
}

/**
 * What a query asks for: of every part one pattern must fit; `whole` are the patterns that the name itself may equal.
 */
export interface Asked {
  readonly parts: readonly (readonly Pattern[])[];
  readonly whole: readonly Pattern[];
}

const MOST_SPELLINGS = 2;
const LONGEST_QUERY = 100;

/** Undefined when nothing in the query can be searched for. What comes after 100 characters is left out. */
export function askedBy(query: string): Asked | undefined {
  const words = wordsOf(query.slice(0, LONGEST_QUERY));
  const runs = [...new Set(words.flatMap((word) => word.match(/[\x21-\x7e]+|[^\x21-\x7e]+/g) ?? []))];
  if (runs.length === 0) return undefined;
  const parts = runs.map(patternsOf);
  const [only] = parts;
  return { parts, whole: parts.length === 1 && only ? only : [literal('text', words.join(''))] };
}

// Letters may be meant as written, as initials or as pinyin. Letters as written are their own initials.
function patternsOf(run: string): Pattern[] {
  if (!/[a-z]/.test(run)) return [literal('text', run)];
  const patterns = [literal('initials', run)];
  if (run.length === 1) return patterns;
  // Of lüe people also type lve.
  const letters = run.replace(/([ln])ve/g, '$1ue');
  if (/^[a-z]+$/.test(letters)) patterns.push(...spellings(letters, MOST_SPELLINGS).map(spelled));
  const pieces = mixedSpelling(letters);
  const before = pieces.slice(0, -1);
  if (pieces.some((piece) => !piece.initial) && before.some((piece) => piece.initial)) patterns.push(mixed(pieces));
  return patterns;
}

function literal(column: 'text' | 'initials', text: string): Pattern {
  const characters = Array.from(text);
  const grams = few(bigramsOf(text), 4);
  const start = `^${characters.at(0)}`;
  return {
    column,
    match: 'like',
    body: text.replace(/[\\%_]/g, '\\$&'),
    length: characters.length,
    finished: true,
    grams,
    begins: { grams: [...grams, start] },
    equals: { grams: [...grams, start, `${characters.at(-1)}$`] },
  };
}

function spelled(syllables: readonly string[]): Pattern {
  const [first = ''] = syllables;
  const last = syllables.at(-1) ?? '';
  const before = syllables.at(-2);
  const whole = syllables.slice(0, -1);
  const grams = few(
    whole.slice(1).map((syllable, at) => pairGram(whole[at]!, syllable)),
    2,
  );
  const ended = (ending: string): string => (before === undefined ? syllableGram(ending) : pairGram(before, ending));
  // The last stands for any syllable that begins so.
  const endings = syllablesFrom(last);
  // A letter of a Latin word in the name fits an unfinished syllable too (安N95 by "ann"): it makes no pair of syllables,
  // but a bigram of initials.
  const isLetter = before !== undefined && last.length === 1 && !isSyllable(last);
  const anyOf = [...endings.map(ended), ...(isLetter ? [before.slice(0, 1) + last] : [])];
  const start = `^${syllableGram(first)}`;
  return {
    column: 'pinyin',
    match: 'like',
    body: syllables.map((syllable) => `'${syllable}`).join(''),
    length: syllables.length,
    finished: isSyllable(last),
    grams,
    anyOf,
    begins:
      before === undefined
        ? { grams, anyOf: endings.map((ending) => `^${syllableGram(ending)}`) }
        : { grams: [...grams, start], anyOf },
    equals: { grams: [...grams, start, ended(last), `${last.slice(0, 1)}$`] },
  };
}

function mixed(pieces: readonly Piece[]): Pattern {
  const initials = pieces.map((piece) => piece.text.slice(0, 1));
  const before = pieces.slice(0, -1);
  const last = pieces.at(-1)?.text ?? '';
  const body = before.map(({ text, initial }) => `'${escaped(text)}${initial ? '[a-z]*' : ''}`).join('');
  const syllables = before.filter((piece) => !piece.initial).map((piece) => syllableGram(piece.text));
  const grams = [...few(bigramsOf(initials.join('')), 3), ...few(syllables, 2)];
  const start = `^${initials.at(0)}`;
  return {
    column: 'pinyin',
    match: 'regex',
    body: `${body}'${escaped(last)}`,
    length: pieces.length,
    finished: isSyllable(last),
    grams,
    begins: { grams: [...grams, start] },
    equals: { grams: [...grams, start, syllableGram(last)] },
  };
}

const escaped = (text: string): string => text.replace(/[^a-z0-9]/g, '\\$&');

// A bigram's list is contained in those of its characters.
function bigramsOf(text: string): string[] {
  const grams = gramsOf(text);
  const bigrams = grams.filter((gram) => Array.from(gram).length === 2);
  return bigrams.length > 0 ? bigrams : grams;
}

// A few lists narrow the hits down to what the predicate reads at once; every list more costs a look-up for each of
// the rest. Spread over the whole, since neighbours come together.
function few(grams: readonly string[], most: number): string[] {
  if (grams.length <= most) return [...grams];
  if (most === 1) return grams.slice(0, 1);
  return Array.from({ length: most }, (_, at) => grams[Math.round((at * (grams.length - 1)) / (most - 1))]!);
}
