import { statusOfRefusal } from './problem';
import { languageOf } from './request-context';

describe('the status of a refusal', () => {
  it.each([
    ['listing-unknown', 404],
    ['not-allowed', 403],
    ['not-signed-in', 401],
    ['too-many-tries', 429],
    ['version-changed', 412],
    ['command-id-reused', 422],
    ['deadline-passed', 409],
    ['award-exceeds-offer', 409],
  ])('of %s is %i', (code, status) => expect(statusOfRefusal(code)).toBe(status));
});

describe('the language of an answer', () => {
  it.each([
    [undefined, 'zh'],
    ['', 'zh'],
    ['en', 'en'],
    ['en-GB,en;q=0.9,zh;q=0.8', 'en'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['fr,en;q=0.3,zh;q=0.5', 'zh'],
    ['de', 'zh'],
    ['en;q=bogus', 'en'],
    [';;;,,,q=', 'zh'],
  ])('asked for by %s is %s', (header, language) => expect(languageOf(header)).toBe(language));
});
