/** Thousands marks for a decimal string; nothing is rounded. */
export function withThousands(decimal: string): string {
  const [whole = '', part] = decimal.split('.');
  const marked = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return part === undefined ? marked : `${marked}.${part}`;
}

/** Moves the point of a decimal string `places` to the left: 12345.60 with 4 is 1.234560. */
export function shiftLeft(decimal: string, places: number): string {
  const negative = decimal.startsWith('-');
  const [whole = '0', part = ''] = decimal.replace('-', '').split('.');
  const padded = whole.padStart(places + 1, '0');
  const moved = `${padded.slice(0, -places)}.${padded.slice(-places)}${part}`.replace(/\.?0+$/, '');
  return (negative ? '-' : '') + moved;
}

/** A decimal string from what a person typed or pasted: full-width digits, thousands marks and spaces are taken away. */
export const typedDecimal = (text: string): string => text.normalize('NFKC').replace(/[,\s¥￥]/g, '');
