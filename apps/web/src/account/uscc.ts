// GB 32100-2015. The server checks it too; here the person still has the licence in hand.
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

export type UsccFault =
  | { readonly rule: 'length'; readonly missing: number }
  | { readonly rule: 'letters'; readonly letter: string }
  | { readonly rule: 'check' };

/** What is wrong with a unified social credit code; undefined when nothing is. */
export function usccFault(code: string): UsccFault | undefined {
  const letter = [...code].find((one) => !ALPHABET.includes(one));
  if (letter !== undefined) return { rule: 'letters', letter };
  if (code.length !== 18) return { rule: 'length', missing: 18 - code.length };
  let sum = 0;
  let weight = 1;
  for (const one of code.slice(0, 17)) {
    sum += ALPHABET.indexOf(one) * weight;
    weight = (weight * 3) % 31;
  }
  return ALPHABET[(31 - (sum % 31)) % 31] === code[17] ? undefined : { rule: 'check' };
}
