// Own code, since npm's stdnum 1.12.0 refuses every code whose check character is 0 (its sum mod 31 is 0) and every
// code whose first two characters hold a letter, which GB 32100-2015 allows for some registering authorities.

/** Without I O S V Z, so a character's value is its place here and nothing simpler. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** The 18th character of a 统一社会信用代码, from the 17 before it (GB 32100-2015: weights 3^(i-1) mod 31). */
export function usccCheckCharacter(first17: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of first17) {
    sum += ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET[(31 - (sum % 31)) % 31]!;
}

/** 统一社会信用代码, as written: 18 capital characters of its alphabet, check character included. */
export function isUscc(text: unknown): text is string {
  return (
    typeof text === 'string' &&
    /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(text) &&
    usccCheckCharacter(text.slice(0, 17)) === text[17]
  );
}
