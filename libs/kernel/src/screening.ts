// Events are kept for ever and copied to auditors, so a text that goes into one must not carry a person's number.

/** What people put between groups of digits. */
const BETWEEN_GROUPS = '[\\s\\-\\u2010-\\u2015_./|()\\[\\]·•~、,]{1,3}';
/** Between single digits only what no list of measures uses: 1.5/3.0/4.0 is a specification. */
const BETWEEN_DIGITS = '[\\s\\-\\u2010-\\u2015_·•*]{1,2}';

/** Ways of grouping the 11 digits of a mobile number. Any other would catch lists of sizes: 130 180 200 20. */
const GROUPINGS = [[11], [3, 4, 4], [3, 3, 5], [4, 4, 3], [4, 3, 4], [3, 8], [5, 6], [6, 5], [7, 4]];
const MOBILES = [
  ...GROUPINGS.map((groups) => groups.map((digits) => `\\d{${digits}}`).join(BETWEEN_GROUPS)),
  Array<string>(11).fill('\\d').join(BETWEEN_DIGITS),
].map((digits) => new RegExp(`(?:(?<!\\d)|(?<!\\d)(?:\\+|00)?86[\\s\\-()]{0,3})(${digits})(?!\\d)`, 'g'));

const ID_NUMBER = new RegExp(`(?<![\\dA-Za-z])\\d(?:(?:${BETWEEN_GROUPS})?\\d){16}(?:${BETWEEN_GROUPS})?[\\dXx]`, 'g');

const HAN_DIGITS = '〇一二三四五六七八九';

/**
 * Whether a text holds a mobile number of the Chinese mainland or an ID number with a right check digit: also in
 * full-width or Chinese digits, and with separators. Eighteen digits without a right check digit are some other
 * number.
 */
export function mentionsPerson(text: string): boolean {
  const plain = text
    .normalize('NFKC')
    .replace(/[零〇一二三四五六七八九]/g, (digit) => String(digit === '零' ? 0 : HAN_DIGITS.indexOf(digit)));
  return (
    [...plain.matchAll(ID_NUMBER)].some(([written]) => isIdNumber(written.replace(/[^\dXx]/g, ''))) ||
    MOBILES.some((pattern) =>
      [...plain.matchAll(pattern)].some(([, digits]) => /^1[3-9]/.test(digits!.replace(/\D/g, ''))),
    )
  );
}

/** 公民身份号码 (GB 11643): area, date of birth, and a check character modulo 11. */
function isIdNumber(text: string): boolean {
  if (!/^[1-9]\d{5}(18|19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx]$/.test(text)) return false;
  let weight = 1;
  let sum = 0;
  // From the right, each place weighs twice as much as the one after it.
  for (let place = 16; place >= 0; place--) {
    weight = (weight * 2) % 11;
    sum += Number(text[place]) * weight;
  }
  return '10X98765432'[sum % 11] === text[17]!.toUpperCase();
}
