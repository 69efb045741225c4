import { isUscc, usccCheckCharacter } from '@app/kernel';

describe('统一社会信用代码', () => {
  it.each([
    '91350100M000100Y43',
    '91110000600037341L',
    '914403001922038216',
    '9144030071526726XG',
    '91110108551385082Q',
  ])('%s is one', (code) => expect(isUscc(code)).toBe(true));

  it.each<[unknown, string]>([
    ['91350100M000100Y4Z', 'Z is not in the alphabet'],
    ['91350100M000100Y4J', 'the check character of a mapping that counts I O S V Z'],
    ['914403001922038215', 'wrong check character'],
    ['91440300192203821', '17 characters'],
    ['91440300I922038216', 'letter I'],
    ['91350100m000100y43', 'small letters'],
    [914403001922038216, 'a number'],
  ])('%s is none: %s', (code) => expect(isUscc(code)).toBe(false));

  it('may end in 0, which a careless mod gives as 31', () => {
    // 31 - sum mod 31 would be 31 here, beyond the alphabet
    const code = firstEndingIn('0');
    expect(isUscc(code)).toBe(true);
  });
});

function firstEndingIn(check: string): string {
  for (let serial = 100_000_000; ; serial += 1) {
    const first17 = `91350527${serial}`;
    if (usccCheckCharacter(first17) === check) return first17 + check;
  }
}
