import { mailText } from './mail-server';
import { smsText } from './sms-gateway';
import type { Words } from './way';

const alert: Words = {
  title: { zh: '需求已变更：鞋底', en: 'Listing amended: soles' },
  body: { zh: '请查看。', en: 'Please look.' },
  url: 'https://p.example/listings/1',
};
const digest: Words = {
  ...alert,
  lines: [{ title: { zh: '甲', en: 'A' }, url: 'https://p.example/a' }, { title: { zh: '乙', en: 'B' } }],
  unsubscribe: { page: 'https://p.example/unsubscribe#t', post: 'https://p.example/api/unsubscribe/t' },
};

describe('an SMS', () => {
  it('has the title and the page', () =>
    expect(smsText(alert)).toBe('【配套】需求已变更：鞋底 https://p.example/listings/1'));
  it('without a page has the title', () =>
    expect(smsText({ title: alert.title, body: alert.body })).toBe('【配套】需求已变更：鞋底'));
  it('of a digest says what it counts, and how to stop it', () =>
    expect(smsText(digest)).toBe(
      '【配套】需求已变更：鞋底 请查看。 https://p.example/listings/1 退订 https://p.example/unsubscribe#t',
    ));
});

describe('a mail', () => {
  it('says everything in both languages', () => {
    const [zh, en] = mailText(digest).split('--------') as [string, string];
    for (const text of ['需求已变更：鞋底', '请查看。', '- 甲\n  https://p.example/a', '- 乙', '紧急消息仍会发送'])
      expect(zh).toContain(text);
    for (const text of ['Listing amended: soles', '- A\n  https://p.example/a', '- B', 'is still sent'])
      expect(en).toContain(text);
    for (const half of [zh, en]) expect(half).toContain(digest.unsubscribe!.page);
  });
  it('that is no digest has nothing to stop', () => expect(mailText(alert)).not.toContain('unsubscribe'));
});
