import { Refused } from '@app/kernel';
import { PasswordProfile } from './password-profile';
import { checkPassword } from './passwords';

const usual = new PasswordProfile();
const codeOf = (password: string, profile: PasswordProfile = usual, own: string[] = ['13800138000', '陈小明']) => {
  try {
    checkPassword(password, profile, own);
    return 'taken';
  } catch (error) {
    return (error as Refused).code;
  }
};

describe('a password', () => {
  it.each([
    'nine wooden looms',
    '三百头牛拉不动的老桥',
    'vK7#pq0zLm',
    'correct horse battery',
    '13800138000 looms apart',
  ])('such as %s is taken', (password) => expect(codeOf(password)).toBe('taken'));

  it.each([
    ['九个字的密码太短了', 'password-too-short'],
    ['x'.repeat(129), 'password-too-long'],
    ['aaaaaaaaaaaa', 'password-guessable'],
    ['abababababab', 'password-guessable'],
    ['abcdefghijkl', 'password-guessable'],
    ['9876543210', 'password-guessable'],
    ['password12', 'password-guessable'],
    ['P@ssw0rd!!', 'password-guessable'],
    ['ｐａｓｓｗｏｒｄ１２', 'password-guessable'],
    ['1qaz2wsx!!', 'password-guessable'],
    ['13800138000', 'password-guessable'],
    ['13800138000ab', 'password-guessable'],
    ['peitao2020', 'password-guessable'],
  ])('such as %s is refused', (password, code) => expect(codeOf(password)).toBe(code));

  it('is measured in characters, not in code units', () => {
    expect(codeOf('🐂🐎🐑🐖🐓🐕🐀🐅🐇')).toBe('password-too-short');
    expect(codeOf('🐂🐎🐑🐖🐓🐕🐀🐅🐇🐉')).toBe('taken');
  });

  it('must be more where the office says so', () => {
    const strict = { ...usual, minLength: 14, classes: 3 };
    expect(codeOf('vK7#pq0zLm', strict)).toBe('password-too-short');
    expect(codeOf('nine wooden looms', strict)).toBe('password-too-plain');
    expect(codeOf('Nine wooden looms', strict)).toBe('taken');
  });
});
