import { usccFault } from './uscc';

describe('the code of a firm, checked as it is typed', () => {
  it('takes a code with its right check character', () => {
    expect(usccFault('91110000600037341L')).toBeUndefined();
  });

  it('names the letter that no code holds', () => {
    expect(usccFault('9111000O600037341L')).toEqual({ rule: 'letters', letter: 'O' });
  });

  it('says how many characters are missing', () => {
    expect(usccFault('911100006000')).toEqual({ rule: 'length', missing: 6 });
  });

  it('finds a wrong check character', () => {
    expect(usccFault('91110000600037341K')).toEqual({ rule: 'check' });
  });
});
