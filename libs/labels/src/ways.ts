import type { Label } from './label';

/** What an SMS carries: Chinese alone, after the sign that Chinese gateways ask for before every text. */
export const sms = {
  sign: '【配套】',
  signInCode: (code: string, minutes: number) => `【配套】登录验证码 ${code}，${minutes} 分钟内有效。请勿告诉他人。`,
  /** A digest ends with the page that stops it. */
  unsubscribe: (url: string) => `退订 ${url}`,
} as const;

/** What stands around a message in a mail, in the language of each half. */
export const mail = {
  sender: '配套 Peitao',
  open: { zh: '打开：{url}', en: 'Open: {url}' },
  unsubscribe: {
    zh: '不再接收每日摘要：{url}（定标接单、变更、撤销等紧急消息仍会发送）',
    en: 'Stop the daily digest: {url} (what cannot wait is still sent: awards, amendments, cancellations)',
  },
  verify: {
    title: { zh: '确认邮箱地址', en: 'Confirm your mail address' },
    body: {
      zh: '有人在配套平台填写了此邮箱用于接收消息。如果是您，请在 24 小时内打开下面的链接；如果不是，请忽略本邮件。',
      en: 'Somebody gave this address on Peitao to receive messages. If it was you, open the link below within 24 hours; if not, ignore this mail.',
    },
  },
} as const satisfies Record<string, string | Label | { title: Label; body: Label }>;

/** The daily digest. */
export const digest = {
  title: { zh: '每日摘要：{count} 项', en: 'Daily digest: {count}' },
  unread: { zh: '未读消息 {count} 条', en: 'unread messages: {count}' },
  demands: { zh: '适合您的新需求 {count} 条', en: 'new demands that fit you: {count}' },
  demand: {
    zh: '{product} {quantity} {unit}，{deadline} 截止报价',
    en: '{product} {quantity} {unit}, quoting until {deadline}',
  },
} as const satisfies Record<string, Label>;
