/** A column that an import takes: the field it fills, and the headings under which people write it. */
export type Column = {
  readonly field: string;
  /** The heading of our own template, first, then the others it is known by; Chinese and English. */
  readonly headings: readonly string[];
  readonly required?: boolean;
  /** 1,000 and 1000.0 say the same. */
  readonly isNumber?: boolean;
};

/** Which heading fills which field; a field that is not named stays empty. */
export type Mapping = Readonly<Record<string, string>>;

/** Headings compare without case, width, spaces, punctuation, and without what stands in brackets, such as a unit. */
export const normalHeading = (heading: string): string =>
  heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[(（[【].*?[)）\]】]/g, '')
    .replace(/[\s\p{P}\p{S}]/gu, '');

/**
 * The likely mapping: a heading that is one of a column's names, else one that holds such a name (the longest wins).
 * Every heading fills one field at the most, in the order of the columns.
 */
export function guessMapping(headings: readonly string[], columns: readonly Column[]): Mapping {
  const open = new Map(headings.map((heading) => [heading, normalHeading(heading)]));
  const mapping: Record<string, string> = {};
  const take = (field: string, heading: string) => {
    mapping[field] = heading;
    open.delete(heading);
  };
  for (const { field, headings: names } of columns) {
    const wanted = names.map(normalHeading);
    for (const name of wanted) {
      const exact = [...open].find(([, normal]) => normal === name);
      if (exact && !(field in mapping)) take(field, exact[0]);
    }
  }
  for (const { field, headings: names } of columns) {
    if (field in mapping) continue;
    const wanted = names.map(normalHeading).filter((name) => name.length >= 2);
    const held = wanted
      .sort((a, b) => b.length - a.length)
      .map((name) => [...open].find(([, normal]) => normal.includes(name)));
    const found = held.find((match) => match !== undefined);
    if (found) take(field, found[0]);
  }
  return mapping;
}
