// Control characters (tab and line breaks excepted) and the marks that reorder or hide what a reader sees.
const UNSEEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/;

/** Well-formed Unicode without control or bidirectional characters: what is stored is what was read. */
export const isPlainText = (text: string): boolean => text.isWellFormed() && !UNSEEN.test(text);
