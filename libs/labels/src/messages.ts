import type { Label } from './label';

/** What people are told, by what happened; `{name}` places are filled with words that the reader may know. */
export const messages = {
  'listing-amended': {
    title: { zh: '需求已变更：{product}', en: 'Listing amended: {product}' },
    body: {
      zh: '您报过价的需求有变更。未撤回的报价仍然有效，可在截止前修改或撤回；已撤回的可重新报价。',
      en: 'A listing you offered on has changed. An offer not withdrawn stands; until the deadline you may revise or withdraw it, or offer anew.',
    },
  },
  'deadline-moved': {
    title: { zh: '报价截止时间已变更：{product}', en: 'Quoting deadline moved: {product}' },
    body: { zh: '新的截止时间为 {deadline}。', en: 'The new deadline is {deadline}.' },
  },
  'listing-cancelled': {
    title: { zh: '需求已撤销：{product}', en: 'Listing cancelled: {product}' },
    body: {
      zh: '您的报价一直密封，不会公开。如有替代需求，可在其中沿用原报价。',
      en: 'Your offer stays sealed for ever. If another listing takes its place, your former offer is prefilled there.',
    },
  },
  'second-round': {
    title: { zh: '邀请二次报价：{product}', en: 'Second round: {product}' },
    body: {
      zh: '截止时间 {deadline}。不报则原报价继续有效；新单价不得高于原单价。',
      en: 'Deadline {deadline}. If you stay silent your earlier offer binds; a higher price is refused.',
    },
  },
  'quoting-closed': {
    title: { zh: '报价已截止，待定标：{product}', en: 'Quoting closed: {product}' },
    body: { zh: '可以比较报价并定标。', en: 'The offers can be compared and awarded.' },
  },
  'second-round-closed': {
    title: { zh: '二次报价已截止，待定标：{product}', en: 'Second round closed: {product}' },
    body: { zh: '可以比较报价并定标。', en: 'The offers can be compared and awarded.' },
  },
  'listing-concluded': {
    title: { zh: '定标已到期结束：{product}', en: 'Awarding ended by time: {product}' },
    body: {
      zh: '30 天没有新的定标或接单，系统已按规则结束定标。',
      en: 'Nothing was awarded or answered for 30 days, so the awarding ended by rule.',
    },
  },
  'share-awarded': {
    title: { zh: '中选，请接单：{product}', en: 'Awarded, please accept: {product}' },
    body: { zh: '请在 {acceptBy} 前接单或谢绝。', en: 'Please accept or decline before {acceptBy}.' },
  },
  'share-reminder': {
    title: { zh: '接单期限将到：{product}', en: 'Time to accept is running out: {product}' },
    body: {
      zh: '{acceptBy} 前不接单，中选份额将失效。',
      en: 'The share lapses if it is not accepted before {acceptBy}.',
    },
  },
  'share-declined': {
    title: { zh: '有企业谢绝接单：{product}', en: 'A share was declined: {product}' },
    body: { zh: '空出的数量可以重新定标。', en: 'What became free can be awarded again.' },
  },
  'share-lapsed': {
    title: { zh: '有中选份额逾期失效：{product}', en: 'A share lapsed: {product}' },
    body: { zh: '空出的数量可以重新定标。', en: 'What became free can be awarded again.' },
  },
  'shares-accepted': {
    title: { zh: '已接单：{product}', en: 'Accepted: {product}' },
    body: { zh: '供方已接单。', en: 'The supplier has accepted.' },
  },
  'not-selected': {
    title: { zh: '未中选：{product}', en: 'Not selected: {product}' },
    body: { zh: '原因：{reason}。', en: 'Reason: {reason}.' },
  },
  'question-asked': {
    title: { zh: '有新提问：{product}', en: 'New question: {product}' },
    body: { zh: '请公开答复；提问企业不显示。', en: 'Please answer in public; who asked is not shown.' },
  },
  'question-answered': {
    title: { zh: '提问已答复：{product}', en: 'Question answered: {product}' },
    body: { zh: '答复对所有可见企业公开。', en: 'The answer is shown to everyone who sees the listing.' },
  },
  'offer-voided': {
    title: { zh: '报价已作废：{product}', en: 'Offer void: {product}' },
    body: {
      zh: '主管部门已更正该统一社会信用代码的持有企业，原登记的报价作废。',
      en: 'The office has found another holder of the code; what the former registration offered is void.',
    },
  },
  'share-voided': {
    title: { zh: '有中选份额作废：{product}', en: 'A share is void: {product}' },
    body: {
      zh: '主管部门已更正供方统一社会信用代码的持有企业；空出的数量可以重新定标。',
      en: 'The office has found another holder of the supplier’s code. What became free can be awarded again.',
    },
  },
  'statement-asked': {
    title: { zh: '核查：请提交说明：{product}', en: 'Check: a statement is asked for: {product}' },
    body: {
      zh: '主管部门正在核查这笔对接，请提交说明；期限见核查页面。',
      en: 'An office checks this match and asks for your statement; the page of the check says by when.',
    },
  },
} as const satisfies Record<string, { title: Label; body: Label }>;

/** The sign that Chinese SMS gateways ask for before every text, and what they carry. An SMS is in Chinese alone. */
export const sms = {
  sign: '【配套】',
  signInCode: (code: string, minutes: number) => `【配套】登录验证码 ${code}，${minutes} 分钟内有效。请勿告诉他人。`,
} as const;

export type MessageAbout = keyof typeof messages;

/** Title and body of a message with its places filled. A value that differs by language is given as a label. */
export function messageText(
  about: MessageAbout,
  values: Readonly<Record<string, string | Label>>,
): { readonly title: Label; readonly body: Label } {
  const fill = (text: string, language: 'zh' | 'en') =>
    text.replace(/\{(\w+)\}/g, (place, name: string) => {
      const value = values[name];
      return value === undefined ? place : typeof value === 'string' ? value : value[language];
    });
  const both = ({ zh, en }: Label): Label => ({ zh: fill(zh, 'zh'), en: fill(en, 'en') });
  return { title: both(messages[about].title), body: both(messages[about].body) };
}
