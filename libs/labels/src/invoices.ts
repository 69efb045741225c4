import type { Label } from './label';

const numberRefusals = {
  'invoice-number-malformed': {
    zh: '发票号码须为 20 位数电票号码，或 10 / 12 位代码加 8 位号码',
    en: 'an invoice number has 20 digits, or 8 with a code of 10 or 12 digits',
  },
  'invoice-text-missing': {
    zh: '请提供二维码文字，或上传数电票 XML 文件',
    en: 'send the text of the QR code, or the XML of the invoice as a file',
  },
  'invoice-qr-malformed': {
    zh: '无法识别这段二维码文字（{part}）；请核对或改为手工录入',
    en: 'the text of the QR code cannot be read at its {part}; compare it, or enter the invoice by hand',
  },
  'invoice-xml-too-large': { zh: 'XML 文件超过 {max} MB', en: 'the XML is larger than {max} MiB' },
  'invoice-xml-broken': { zh: 'XML 文件已损坏，无法读取', en: 'the XML is broken and cannot be read' },
  'invoice-xml-entities': {
    zh: 'XML 文件含有声明或实体，已拒绝读取',
    en: 'the XML declares types or entities, so it was not read',
  },
  'invoice-xml-other': {
    zh: '这不是税务平台的数电票 XML（没有 EInvoice）',
    en: 'this is no XML of an all-digital invoice: it holds no EInvoice',
  },
  'invoice-xml-element': {
    zh: '数电票 XML 的 {element} 缺失或无法读取',
    en: 'the element {element} of the XML is missing or cannot be read',
  },
  'invoice-xml-sums': {
    zh: '数电票 XML 的金额与税额之和不等于价税合计',
    en: 'amount and tax in the XML do not add up to its total',
  },
  'invoice-firms-differ': {
    zh: '发票上的企业是 {stated}，订单上的是 {order}',
    en: 'the invoice names {stated}, the order {order}',
  },
} as const satisfies Record<string, Label>;

const evidenceRefusals = {
  'invoice-unknown': { zh: '没有这张发票', en: 'there is no such invoice' },
  'invoice-taken': {
    zh: '这张发票已在平台登记，不能重复登记；如认为有误，请联系工信部门',
    en: 'this invoice is registered already and counts once; ask the office if you think that it is a mistake',
  },
  'invoice-differs': {
    zh: '这一登记编号下已有另一张内容不同的发票',
    en: 'under this fact the invoice stands with other figures',
  },
  'invoice-claim-lapsed': {
    zh: '上次登记中断过久，请重新提交',
    en: 'the earlier attempt was interrupted too long ago; send it anew',
  },
  'invoice-dated-ahead': { zh: '开票日期不能晚于今天', en: 'an invoice is not dated after today' },
  'invoice-amount-zero': { zh: '金额须大于 0', en: 'the amount is above zero' },
  'invoice-tax-differs': {
    zh: '税额与订单税率 {rate} 不符，按该税率约为 {tax} 元',
    en: 'the tax does not go with the VAT rate {rate} of the order; by that rate it is about {tax} yuan',
  },
  'invoice-tax-missing': {
    zh: '分摊到不同税率订单的发票须填写税额',
    en: 'state the tax of an invoice that orders of several VAT rates share',
  },
  'invoice-sign-wrong': {
    zh: '只有红字发票为负数，且不能为零',
    en: 'red invoices alone are below zero, and none is zero',
  },
  'invoice-order-twice': { zh: '同一订单在分摊中列了两次', en: 'an order stands twice among the parts' },
  'invoice-parts-exceed': { zh: '分摊金额合计超过发票金额', en: 'the parts come to more than the invoice' },
  'red-of-itself': { zh: '红字发票不能红冲自己', en: 'a red invoice does not reverse itself' },
  'red-of-red': { zh: '不能红冲红字发票', en: 'a red invoice is not reversed' },
  'red-original-unknown': {
    zh: '没有登记这张被红冲的发票，或它不属于这两家企业',
    en: 'the invoice that it reverses is not registered for these two firms',
  },
  'red-original-elsewhere': {
    zh: '被红冲的发票不在这份订单上',
    en: 'the invoice that it reverses does not stand on this order',
  },
  'red-before-original': {
    zh: '红字发票的日期不能早于原发票',
    en: 'a red invoice is not dated before the one that it reverses',
  },
  'red-exceeds-original': {
    zh: '红冲金额超过原发票的余额',
    en: 'more is reversed than is left of the invoice',
  },
} as const satisfies Record<string, Label>;

const checkRefusals = {
  'check-dated-ahead': { zh: '查验日期不能晚于今天', en: 'an invoice is not looked up after today' },
  'check-before-invoice': {
    zh: '查验日期不能早于开票日期',
    en: 'an invoice is not looked up before its own date',
  },
  'check-state-unknown': {
    zh: '查验结果须为：正常、作废、红冲、查无',
    en: 'the result is one of: valid, voided, reversed, not found',
  },
  'check-day-unreadable': { zh: '查验日期无法识别，格式 2020-03-31', en: 'the day cannot be read; write 2020-03-31' },
} as const satisfies Record<string, Label>;

const statementRefusals = {
  'statement-unknown': { zh: '没有这份对账单', en: 'there is no such statement' },
  'statement-id-taken': { zh: '这个编号已用于另一份对账单', en: 'this id belongs to another statement' },
  'statement-empty': {
    zh: '当月没有可对账的送货、发票或付款',
    en: 'there is no delivery, invoice or payment in this month',
  },
  'statement-too-long': {
    zh: '一份对账单最多 {most} 行，请按订单分成几份',
    en: 'a statement has at most {most} lines; divide it by orders',
  },
  'statement-order-missing': {
    zh: '请选择订单，且分摊只能用这些订单',
    en: 'name the orders, and divide over these alone',
  },
  'statement-firms-differ': {
    zh: '一份对账单只能包含同两家企业的订单',
    en: 'the orders of a statement are of the same two firms',
  },
  'statement-invoice-twice': { zh: '同一张发票列了两次', en: 'an invoice stands twice on the statement' },
  'statement-payment-twice': { zh: '同一笔付款列了两次', en: 'a payment stands twice on the statement' },
  'statement-own': {
    zh: '对账单由对方确认或提出异议，不能自己确认',
    en: 'the other side confirms or disputes a statement, not the one that drew it up',
  },
  'statement-not-own': { zh: '只有制单一方可以撤回', en: 'the side that drew it up withdraws it' },
  'statement-settled': {
    zh: '这份对账单已确认、有异议或已撤回',
    en: 'this statement was confirmed, disputed or withdrawn already',
  },
  'payment-zero': { zh: '付款金额须大于 0', en: 'a payment is above zero' },
  'payment-dated-ahead': { zh: '付款日期不能晚于今天', en: 'a payment is not dated after today' },
  'payment-parts-exceed': { zh: '分摊金额合计超过付款金额', en: 'the parts come to more than the payment' },
  'payment-order-twice': { zh: '同一订单在分摊中列了两次', en: 'an order stands twice among the parts' },
} as const satisfies Record<string, Label>;

/** Refusals about invoices and statements, by code. */
export const invoiceRefusals: Record<string, Label> = {
  ...numberRefusals,
  ...evidenceRefusals,
  ...checkRefusals,
  ...statementRefusals,
};

export const invoiceLabels: Record<string, Record<string, Label>> = {
  'invoice-kind': {
    special: { zh: '增值税专用发票', en: 'special VAT invoice' },
    ordinary: { zh: '普通发票', en: 'ordinary invoice' },
    other: { zh: '其他发票', en: 'another kind of invoice' },
  },
  'invoice-colour': {
    blue: { zh: '蓝字', en: 'blue' },
    red: { zh: '红字', en: 'red' },
  },
  'statement-state': {
    'drawn-up': { zh: '待对方确认', en: 'waiting for the other side' },
    confirmed: { zh: '双方已确认', en: 'confirmed by both' },
    disputed: { zh: '对方有异议', en: 'disputed' },
    withdrawn: { zh: '已撤回', en: 'withdrawn' },
  },
};
