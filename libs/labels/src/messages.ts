import { claimMessages } from './claim-messages';
import { financeMessages } from './finance-messages';
import type { Label } from './label';

/** `to-do`: something waits for this person. `alert`: something happened. */
export type MessageKind = 'to-do' | 'alert';

/**
 * How far a message goes beyond the app. `urgent`: at once, by every way that the person has. `digest`: with the next daily
 * digest, unless it was read before. `in-app`: nowhere.
 */
export type MessageReach = 'urgent' | 'digest' | 'in-app';

type Told = {
  readonly kind: MessageKind;
  readonly reach: MessageReach;
  /** Path of the page in the web app where it is dealt with. */
  readonly link: string;
  readonly title: Label;
  readonly body: Label;
};

/**
 * What people are told, by what happened: its words, where it is dealt with, and whether it can wait. `{name}` places are
 * filled with words that the reader may know.
 */
export const messages = {
  'listing-amended': {
    kind: 'alert',
    reach: 'urgent',
    link: '/listings/{listing}/offer',
    title: { zh: '需求已变更：{product}', en: 'Listing amended: {product}' },
    body: {
      zh: '您报过价的需求有变更。未撤回的报价仍然有效，可在截止前修改或撤回；已撤回的可重新报价。',
      en: 'A listing you offered on has changed. An offer not withdrawn stands; until the deadline you may revise or withdraw it, or offer anew.',
    },
  },
  'deadline-moved': {
    kind: 'alert',
    reach: 'urgent',
    link: '/listings/{listing}/offer',
    title: { zh: '报价截止时间已变更：{product}', en: 'Quoting deadline moved: {product}' },
    body: { zh: '新的截止时间为 {deadline}。', en: 'The new deadline is {deadline}.' },
  },
  'listing-cancelled': {
    kind: 'alert',
    reach: 'urgent',
    link: '/listings/{listing}',
    title: { zh: '需求已撤销：{product}', en: 'Listing cancelled: {product}' },
    body: {
      zh: '您的报价一直密封，不会公开。如有替代需求，可在其中沿用原报价。',
      en: 'Your offer stays sealed for ever. If another listing takes its place, your former offer is prefilled there.',
    },
  },
  'second-round': {
    kind: 'to-do',
    reach: 'urgent',
    link: '/listings/{listing}/offer',
    title: { zh: '邀请二次报价：{product}', en: 'Second round: {product}' },
    body: {
      zh: '截止时间 {deadline}。不报则原报价继续有效；新单价不得高于原单价。',
      en: 'Deadline {deadline}. If you stay silent your earlier offer binds; a higher price is refused.',
    },
  },
  'second-round-ending': {
    kind: 'to-do',
    reach: 'urgent',
    link: '/listings/{listing}/offer',
    title: { zh: '二次报价即将截止：{product}', en: 'The second round ends soon: {product}' },
    body: {
      zh: '截止时间 {deadline}。不报则原报价继续有效。',
      en: 'Deadline {deadline}. If you stay silent your earlier offer binds.',
    },
  },
  'quoting-closed': {
    kind: 'to-do',
    reach: 'digest',
    link: '/listings/{listing}/board',
    title: { zh: '报价已截止，待定标：{product}', en: 'Quoting closed: {product}' },
    body: { zh: '可以比较报价并定标。', en: 'The offers can be compared and awarded.' },
  },
  'second-round-closed': {
    kind: 'to-do',
    reach: 'digest',
    link: '/listings/{listing}/board',
    title: { zh: '二次报价已截止，待定标：{product}', en: 'Second round closed: {product}' },
    body: { zh: '可以比较报价并定标。', en: 'The offers can be compared and awarded.' },
  },
  'listing-concluded': {
    kind: 'alert',
    reach: 'digest',
    link: '/listings/{listing}',
    title: { zh: '定标已到期结束：{product}', en: 'Awarding ended by time: {product}' },
    body: {
      zh: '30 天没有新的定标或接单，系统已按规则结束定标。',
      en: 'Nothing was awarded or answered for 30 days, so the awarding ended by rule.',
    },
  },
  'share-awarded': {
    kind: 'to-do',
    reach: 'urgent',
    link: '/my-awards',
    title: { zh: '中选，请接单：{product}', en: 'Awarded, please accept: {product}' },
    body: { zh: '请在 {acceptBy} 前接单或谢绝。', en: 'Please accept or decline before {acceptBy}.' },
  },
  'share-reminder': {
    kind: 'to-do',
    reach: 'urgent',
    link: '/my-awards',
    title: { zh: '接单期限将到：{product}', en: 'Time to accept is running out: {product}' },
    body: {
      zh: '{acceptBy} 前不接单，中选份额将失效。',
      en: 'The share lapses if it is not accepted before {acceptBy}.',
    },
  },
  'award-lapsing': {
    kind: 'alert',
    reach: 'digest',
    link: '/listings/{listing}',
    title: { zh: '中选份额即将逾期：{product}', en: 'A share is about to lapse: {product}' },
    body: {
      zh: '供方尚未接单，已提醒；{acceptBy} 前不接单将失效。',
      en: 'The supplier was reminded and has not answered; the share lapses unless accepted before {acceptBy}.',
    },
  },
  'share-declined': {
    kind: 'to-do',
    reach: 'digest',
    link: '/listings/{listing}',
    title: { zh: '有企业谢绝接单：{product}', en: 'A share was declined: {product}' },
    body: { zh: '空出的数量可以重新定标。', en: 'What became free can be awarded again.' },
  },
  'share-lapsed': {
    kind: 'to-do',
    reach: 'digest',
    link: '/listings/{listing}',
    title: { zh: '有中选份额逾期失效：{product}', en: 'A share lapsed: {product}' },
    body: { zh: '空出的数量可以重新定标。', en: 'What became free can be awarded again.' },
  },
  'shares-accepted': {
    kind: 'alert',
    reach: 'digest',
    link: '/listings/{listing}',
    title: { zh: '已接单：{product}', en: 'Accepted: {product}' },
    body: { zh: '供方已接单。', en: 'The supplier has accepted.' },
  },
  'not-selected': {
    kind: 'alert',
    reach: 'digest',
    link: '/listings/{listing}/offer',
    title: { zh: '未中选：{product}', en: 'Not selected: {product}' },
    body: { zh: '原因：{reason}。', en: 'Reason: {reason}.' },
  },
  'question-asked': {
    kind: 'to-do',
    reach: 'digest',
    link: '/listings/{listing}',
    title: { zh: '有新提问：{product}', en: 'New question: {product}' },
    body: { zh: '请公开答复；提问企业不显示。', en: 'Please answer in public; who asked is not shown.' },
  },
  'question-unanswered': {
    kind: 'to-do',
    reach: 'digest',
    link: '/listings/{listing}',
    title: { zh: '提问一天未答复：{product}', en: 'A question waits for a day: {product}' },
    body: { zh: '请公开答复；提问企业不显示。', en: 'Please answer in public; who asked is not shown.' },
  },
  'question-answered': {
    kind: 'alert',
    reach: 'digest',
    link: '/listings/{listing}',
    title: { zh: '提问已答复：{product}', en: 'Question answered: {product}' },
    body: { zh: '答复对所有可见企业公开。', en: 'The answer is shown to everyone who sees the listing.' },
  },
  'offer-voided': {
    kind: 'alert',
    reach: 'digest',
    link: '/listings/{listing}',
    title: { zh: '报价已作废：{product}', en: 'Offer void: {product}' },
    body: {
      zh: '主管部门已更正该统一社会信用代码的持有企业，原登记的报价作废。',
      en: 'The office has found another holder of the code; what the former registration offered is void.',
    },
  },
  'share-voided': {
    kind: 'to-do',
    reach: 'digest',
    link: '/listings/{listing}',
    title: { zh: '有中选份额作废：{product}', en: 'A share is void: {product}' },
    body: {
      zh: '主管部门已更正供方统一社会信用代码的持有企业；空出的数量可以重新定标。',
      en: 'The office has found another holder of the supplier’s code. What became free can be awarded again.',
    },
  },
  'proposal-waiting': {
    kind: 'to-do',
    reach: 'digest',
    link: '/listings/{listing}',
    title: { zh: '待您复核：{act}：{product}', en: 'Waits for a second person: {act}: {product}' },
    body: {
      zh: '本企业同事已提出，须由另一人批准或退回。',
      en: 'A colleague proposed it; another person approves or drops it.',
    },
  },
  'statement-asked': {
    kind: 'to-do',
    reach: 'urgent',
    link: '/checks/{match}/{check}',
    title: { zh: '核查：请提交说明：{product}', en: 'Check: a statement is asked for: {product}' },
    body: {
      zh: '主管部门正在核查这笔对接，请提交说明；期限见核查页面。',
      en: 'An office checks this match and asks for your statement; the page of the check says by when.',
    },
  },
  ...claimMessages,
  ...financeMessages,
  'order-opened': {
    kind: 'alert',
    reach: 'digest',
    link: '/orders/{order}',
    title: { zh: '订单已生成：{product}', en: 'Order opened: {product}' },
    body: { zh: '请双方登记合同，供方按期送货。', en: 'Please enter the contract; the supplier delivers as agreed.' },
  },
  'order-recorded': {
    kind: 'to-do',
    reach: 'digest',
    link: '/orders/{order}',
    title: { zh: '对方补录了订单，请确认：{product}', en: 'An order was recorded, please confirm: {product}' },
    body: { zh: '请核对后确认，或提出异议。', en: 'Please check it, and confirm or dispute it.' },
  },
  'delivery-to-accept': {
    kind: 'to-do',
    reach: 'urgent',
    link: '/orders/{order}',
    title: { zh: '已送货，请验收：{product}', en: 'Delivered, please accept: {product}' },
    body: {
      zh: '请验收；10 个工作日不回应，将显示对方未回应，主管部门可凭送货单认定。',
      en: 'Please accept or reject it. After 10 working days of silence an office may accept it on the delivery note.',
    },
  },
  'delivery-answered': {
    kind: 'alert',
    reach: 'digest',
    link: '/orders/{order}',
    title: { zh: '已验收：{product}', en: 'A delivery was answered: {product}' },
    body: { zh: '验收与拒收的数量见订单页面。', en: 'What was accepted and rejected stands on the page of the order.' },
  },
  'fact-to-confirm': {
    kind: 'to-do',
    reach: 'digest',
    link: '/orders/{order}',
    title: { zh: '对方登记了{kind}，请确认：{product}', en: 'Please confirm ({kind}): {product}' },
    body: {
      zh: '请核对后确认，或提出异议；10 个工作日不回应，将显示对方未回应。',
      en: 'Please check it, and confirm or dispute it; after 10 working days it shows as not answered.',
    },
  },
  'order-fact-disputed': {
    kind: 'to-do',
    reach: 'digest',
    link: '/orders/{order}',
    title: { zh: '对方对{kind}提出异议：{product}', en: 'Disputed ({kind}): {product}' },
    body: {
      zh: '可以收回后重新登记，或等待主管部门认定。',
      en: 'You may take it back and enter it anew, or an office decides.',
    },
  },
  'order-fact-decided': {
    kind: 'alert',
    reach: 'digest',
    link: '/orders/{order}',
    title: { zh: '主管部门已认定{kind}：{product}', en: 'An office has decided ({kind}): {product}' },
    body: { zh: '认定结果和理由见订单页面。', en: 'The decision and its reason stand on the page of the order.' },
  },
  'order-ended': {
    kind: 'alert',
    reach: 'digest',
    link: '/orders/{order}',
    title: { zh: '订单已结束：{product}', en: 'Order ended: {product}' },
    body: {
      zh: '未交付的数量退回需求，可重新定标；已交付的仍须开票和付款。',
      en: 'What was not delivered returns to the listing; what was delivered is still invoiced and paid.',
    },
  },
  'trade-statement-to-confirm': {
    kind: 'to-do',
    reach: 'digest',
    link: '/statements/{statement}',
    title: { zh: '对账单待确认：{month}', en: 'A statement waits for you: {month}' },
    body: {
      zh: '对方已制作对账单，请核对后确认，或提出异议。',
      en: 'The other firm has drawn up a statement. Please check it, and confirm or dispute it.',
    },
  },
  'trade-statement-confirmed': {
    kind: 'alert',
    reach: 'digest',
    link: '/statements/{statement}',
    title: { zh: '对账单已确认：{month}', en: 'A statement was confirmed: {month}' },
    body: {
      zh: '其中的发票和付款已计入各订单。',
      en: 'Its invoices and payments stand in their orders now.',
    },
  },
  'trade-statement-disputed': {
    kind: 'alert',
    reach: 'digest',
    link: '/statements/{statement}',
    title: { zh: '对方对对账单有异议：{month}', en: 'A statement was disputed: {month}' },
    body: {
      zh: '其中的发票已释放，请更正后重新制作。',
      en: 'Its invoices are free again; correct it and draw it up anew.',
    },
  },
  'payment-to-make': {
    kind: 'to-do',
    reach: 'urgent',
    link: '/orders/{order}',
    title: { zh: '货款已逾期未付：{product}', en: 'A payment is overdue: {product}' },
    body: { zh: '到期日 {dueOn}。请付款并登记。', en: 'It was due on {dueOn}. Please pay and enter it.' },
  },
  'payment-overdue': {
    kind: 'alert',
    reach: 'digest',
    link: '/orders/{order}',
    title: { zh: '对方付款逾期：{product}', en: 'A payment to you is overdue: {product}' },
    body: {
      zh: '到期日 {dueOn}。如已收款请登记。',
      en: 'It was due on {dueOn}. If you have received it, please enter it.',
    },
  },
} as const satisfies Record<string, Told>;

export type MessageAbout = keyof typeof messages;

/** A message ready to be sent, with its places filled. A value that differs by language is given as a label. */
export function messageOf(
  about: MessageAbout,
  values: Readonly<Record<string, string | Label>>,
): Told & { readonly about: MessageAbout } {
  const { kind, reach, link, title, body } = messages[about];
  return { about, kind, reach, link: filled(link, values, 'zh'), title: both(title, values), body: both(body, values) };
}

/** Words in both languages with their places filled. */
export const both = ({ zh, en }: Label, values: Readonly<Record<string, string | Label>>): Label => ({
  zh: filled(zh, values, 'zh'),
  en: filled(en, values, 'en'),
});

function filled(text: string, values: Readonly<Record<string, string | Label>>, language: 'zh' | 'en'): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    return value === undefined ? place : typeof value === 'string' ? value : value[language];
  });
}
