/** A decimal string from what a person typed or pasted: full-width digits, thousands marks and spaces are taken away. */
export const typedDecimal = (text: string): string => text.normalize('NFKC').replace(/[,\s¥￥]/g, '');
