import type { Label } from './label';

/** Refusals of what an auditor reads and draws, by code. */
export const trailRefusals = {
  'bank-amount-unreadable': { zh: '第 {row} 行的金额无法识别', en: 'the amount in row {row} cannot be read' },
  'bank-day-unreadable': { zh: '第 {row} 行的日期无法识别', en: 'the day in row {row} cannot be read' },
  'bank-list-unknown': { zh: '没有这份银行付款清单', en: 'there is no such list of the bank' },
  'bank-receipt-missing': { zh: '第 {row} 行缺少回单编号', en: 'row {row} has no receipt number' },
  'sample-id-taken': { zh: '这个编号已用于另一次抽样', en: 'this id belongs to another sample' },
  'sample-of-nothing': {
    zh: '本批次还没有已拨付的申报，无从抽样',
    en: 'no claim of this round was paid: there is nothing to draw from',
  },
  'sample-unknown': { zh: '没有这次抽样', en: 'there is no such sample' },
} as const satisfies Record<string, Label>;

/** Words for what an auditor reads of claims, by kind. */
export const trailLabels = {
  'claim-viewed': {
    page: { zh: '申报页面', en: 'page' },
    derivation: { zh: '测算过程', en: 'derivation' },
    invoices: { zh: '计入的发票', en: 'invoices that count' },
    trail: { zh: '审计轨迹', en: 'audit trail' },
    changes: { zh: '变化情况', en: 'changes' },
    bundle: { zh: '审计数据包', en: 'bundle' },
    facts: { zh: '认定事实', en: 'facts' },
  },
  'reconciled-state': {
    matched: { zh: '相符', en: 'matched' },
    differing: { zh: '不符', en: 'differing' },
    'missing-here': { zh: '台账未列', en: 'missing here' },
    'missing-there': { zh: '银行未列', en: 'missing there' },
  },
  'bank-field': {
    paidOn: { zh: '付款日期', en: 'day' },
    payee: { zh: '收款人', en: 'payee' },
    account: { zh: '账号后四位', en: 'last four digits of the account' },
    amount: { zh: '金额', en: 'amount' },
    receipt: { zh: '回单编号', en: 'receipt number' },
  },
  doubt: {
    'base-near-threshold': { zh: '基数略高于门槛（5%以内）', en: 'base within 5 % above its threshold' },
    'shared-account': { zh: '与其他企业共用收款账户', en: 'account named by another firm' },
    'shared-phone': { zh: '企业间共用手机号码', en: 'firms with the same phone' },
    'shared-address': { zh: '企业间地址相同', en: 'firms at the same address' },
    'shared-holder': { zh: '企业间有同一自然人股东', en: 'one person holds shares of several firms' },
    'shared-file': { zh: '同一文件重复使用', en: 'one file used more than once' },
    'shared-receipt': { zh: '多份申报使用同一银行回单', en: 'one bank receipt for several claims' },
    'one-person-both-sides': { zh: '供需双方由同一人录入确认', en: 'both sides entered by one person' },
    'invoices-bunched': { zh: '期末集中开票', en: "invoices bunched at the period's end" },
  },
  'doubt-basis': {
    path: { zh: '门槛', en: 'threshold' },
    base: { zh: '基数', en: 'base' },
    threshold: { zh: '门槛金额', en: 'amount of the threshold' },
    lead: { zh: '龙头企业', en: 'lead firm' },
    phone: { zh: '手机号码', en: 'phone' },
    address: { zh: '地址', en: 'address' },
    holder: { zh: '自然人股东', en: 'holder' },
    file: { zh: '文件摘要', en: 'hash of the file' },
    receipt: { zh: '银行回单号', en: 'number of the bank receipt' },
    facts: { zh: '记录', en: 'entries' },
    order: { zh: '订单', en: 'order' },
    account: { zh: '账号', en: 'account' },
    from: { zh: '起', en: 'from' },
    to: { zh: '止', en: 'to' },
    invoices: { zh: '发票张数', en: 'invoices' },
    amount: { zh: '期末金额', en: 'amount at the end' },
    of: { zh: '计入总额', en: 'amount in all' },
  },
} satisfies Record<string, Record<string, Label>>;
