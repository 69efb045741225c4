// What people put between characters and leave out as readily: spaces, dashes, slashes, brackets, invisible characters.
// '%' and '#' carry meaning in a specification (75%酒精, 20#钢).
const SEPARATORS = /(?:(?![%#])[\p{P}\p{Z}\p{C}^$])+/gu;
const TIMES = /(?<=\d[a-z]{0,2})[\p{Z}\s]*[*×✕][\p{Z}\s]*(?=\d)/gu;

/**
 * The one spelling that names, specifications and queries are compared in: NFKC, lower case, no separators. Between two
 * digits a separator is part of the number, so a point stays and anything else becomes '-'. So "YY/T 0469-2011",
 * "yyt0469—2011" and "YY-T 0469 2011" are all `yyt0469-2011`, and "N 95" is `n95`.
 * Never holds a space, an apostrophe, '^' or '$': the columns use these as marks.
 */
export function canonical(text: string): string {
  return folded(text).replace(SEPARATORS, (separator, at: number, whole: string) => {
    const digits = isDigit(whole[at - 1]) && isDigit(whole[at + separator.length]);
    if (!digits) return '';
    return separator === '.' ? '.' : '-';
  });
}

/** The words of a query, each canonical. Only what cannot be one word is parted: "YY 0469" is one, "医用 口罩" are two. */
export function wordsOf(query: string): string[] {
  const text = folded(query);
  const words: string[] = [];
  let start = 0;
  for (const match of text.matchAll(SEPARATORS)) {
    const end = match.index + match[0].length;
    if (isOneWord(text[match.index - 1], match[0], text[end])) continue;
    words.push(text.slice(start, match.index));
    start = end;
  }
  words.push(text.slice(start));
  return [...new Set(words.map(canonical).filter((word) => word !== ''))];
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replace(TIMES, 'x');

function isOneWord(before: string | undefined, separator: string, after: string | undefined): boolean {
  if (isDigit(after)) return isDigit(before) || isLatin(before);
  return separator.includes('/') && isLatin(before) && isLatin(after);
}

const isDigit = (character: string | undefined): boolean => character !== undefined && /^\d$/.test(character);
const isLatin = (character: string | undefined): boolean => character !== undefined && /^[a-z]$/.test(character);
