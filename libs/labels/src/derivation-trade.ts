import type { Label } from './label';

const order = {
  zh: '订单 {order}（采购方 {lead}，供应方 {supplier}，{kind}，合同日期 {contractDate}）',
  en: 'Order {order} (lead {lead}, supplier {supplier}, {kind}, contract of {contractDate})',
};
const invoice = { zh: '发票 {invoice}（订单 {order}，{date}）', en: 'Invoice {invoice} (order {order}, {date})' };

/** A sentence about one thing, which it names first. */
export const about = (subject: Label, zh: string, en: string): Label => ({
  zh: `${subject.zh}：${zh}`,
  en: `${subject.en}: ${en}`,
});

/** Why the trade of an order counts or not. */
export const testSentences: Record<string, Label> = {
  policy: { zh: '按政策 {scheme} 的 {version} 版测算', en: 'Evaluated under version {version} of the policy {scheme}' },
  claim: {
    zh: '申报主体 {beneficiary}，批次 {round}，年度 {year}，数据截至 {asOf}',
    en: 'Beneficiary {beneficiary}, round {round}, year {year}, facts up to {asOf}',
  },
  order: about(order, '合同日期在 {from} 至 {to} 之内', 'the contract date lies in {from} to {to}'),
  'lead-on-list': {
    zh: '订单 {order}：{lead} 在合同日期 {contractDate} 列入龙头企业名单（{from} 至 {to}）',
    en: 'Order {order}: on the contract date {contractDate} {lead} is on the list of lead firms ({from} to {to})',
  },
  'subsidiary-of-lead': {
    zh: '订单 {order}：{subsidiary} 在合同日期 {contractDate} 是 {lead} 的子公司，其采购计入该龙头企业',
    en: 'Order {order}: on the contract date {contractDate} {subsidiary} is a subsidiary of {lead}, for which its purchases count',
  },
  'supplier-in-city': {
    zh: '订单 {order}：供应方 {supplier} 的{address}（{area}）在本市',
    en: 'Order {order}: the {address} of the supplier {supplier} ({area}) lies in the city',
  },
  'size-allowed': {
    zh: '订单 {order}：供应方 {supplier} 在合同日期 {contractDate} 为{size}企业，符合规模条件',
    en: 'Order {order}: on the contract date {contractDate} the supplier {supplier} is {size}, a size that is supported',
  },
  'not-related': {
    zh: '订单 {order}：按“{related}”标准，{lead} 与 {supplier} 在合同日期 {contractDate} 不是关联方',
    en: 'Order {order}: by the test "{related}", {lead} and {supplier} are not related on the contract date {contractDate}',
  },
  'pair-new': {
    zh: '订单 {order}：{lead} 与 {supplier} 在 {from} 至 {to} 之间没有已知的合同、交货或付款，属新对接',
    en: 'Order {order}: no contract, delivery or payment of {lead} and {supplier} is known from {from} to {to}; they are newly matched',
  },
  'pair-never-before': {
    zh: '订单 {order}：{lead} 与 {supplier} 截至 {to} 从无已知的合同、交货或付款，属新对接',
    en: 'Order {order}: no contract, delivery or payment of {lead} and {supplier} is known up to {to}; they are newly matched',
  },
  'order-not-beneficiary': about(
    order,
    '申报主体 {beneficiary} 不是本政策所扶持的一方，不计入',
    'the beneficiary {beneficiary} is not the party that this policy supports; it does not count',
  ),
  'order-outside-window': about(
    order,
    '合同日期不在 {from} 至 {to} 之内，不计入',
    'the contract date lies outside {from} to {to}; it does not count',
  ),
  'order-not-on-lead-list': about(
    order,
    '采购方在合同日期不在龙头企业名单上，不计入',
    'on the contract date the lead is on no list of lead firms; it does not count',
  ),
  'order-not-in-city': about(
    order,
    '供应方的{address}（{area}）不在本市，不计入',
    'the {address} of the supplier ({area}) is not in the city; it does not count',
  ),
  'order-too-large': about(
    order,
    '供应方在合同日期为{size}企业，不符合规模条件，不计入',
    'on the contract date the supplier is {size}, a size that is not supported; it does not count',
  ),
  'order-size-unknown': about(
    order,
    '供应方在合同日期的规模未知，不计入',
    'the size of the supplier on the contract date is not known; it does not count',
  ),
  'order-related': about(
    order,
    '按“{related}”标准，双方在合同日期是关联方，不计入',
    'by the test "{related}" both are related on the contract date; it does not count',
  ),
  'order-not-new': about(
    order,
    '双方此前已有往来（订单 {earlierOrder}，{earlierDate} 的{earlierKind}），不属新对接，不计入',
    'both have traded before ({earlierKind} of {earlierDate}, order {earlierOrder}) and are not newly matched; it does not count',
  ),
  'left-out': about(invoice, '不计入，原因：{reason}', 'does not count: {reason}'),
};

/** What an order delivered, invoiced and paid, and what of it counts. */
export const amountSentences: Record<string, Label> = {
  delivery: {
    zh: '订单 {order}：{date} 交货（退货为负）{stated} 元，计 {amount} 元',
    en: 'Order {order}: delivery of {date} (a return is negative), {stated} yuan, taken as {amount} yuan',
  },
  'delivery-with-vat': {
    zh: '订单 {order}：{date} 交货（退货为负）未税 {stated} 元，按税率 {vatRate} 换算为含税 {amount} 元',
    en: 'Order {order}: delivery of {date} (a return is negative), {stated} yuan without VAT, which at the rate {vatRate} are {amount} yuan with VAT',
  },
  payment: {
    zh: '订单 {order}：{date} 付款（退款为负）{stated} 元，计 {amount} 元',
    en: 'Order {order}: payment of {date} (what was paid back is negative), {stated} yuan, taken as {amount} yuan',
  },
  'payment-without-vat': {
    zh: '订单 {order}：{date} 付款（退款为负）含税 {stated} 元，按税率 {vatRate} 换算为未税 {amount} 元',
    en: 'Order {order}: payment of {date} (what was paid back is negative), {stated} yuan with VAT, which at the rate {vatRate} are {amount} yuan without VAT',
  },
  'payment-means-not-counting': {
    zh: '订单 {order}：{date} 付款 {stated} 元，付款方式为{means}，按政策不计',
    en: 'Order {order}: payment of {date}, {stated} yuan by {means}, which does not count under this policy',
  },
  'payment-not-mature': {
    zh: '订单 {order}：{date} 付款 {stated} 元，{means}到期日为 {maturity}，尚未到期，暂不计',
    en: 'Order {order}: payment of {date}, {stated} yuan by {means} that matures on {maturity}; it does not count yet',
  },
  invoice: about(invoice, '票面未税 {stated} 元，计 {amount} 元', '{stated} yuan without VAT, taken as {amount} yuan'),
  'invoice-with-vat': about(
    invoice,
    '票面未税 {stated} 元，按税率 {vatRate} 换算为含税 {amount} 元',
    '{stated} yuan without VAT, which at the rate {vatRate} are {amount} yuan with VAT',
  ),
  'red-invoice': about(
    invoice,
    '红字发票，冲减 {redOf}，票面未税 {stated} 元，计 {amount} 元',
    'a red invoice that reverses {redOf}, {stated} yuan without VAT, taken as {amount} yuan',
  ),
  'red-invoice-with-vat': about(
    invoice,
    '红字发票，冲减 {redOf}，票面未税 {stated} 元，按税率 {vatRate} 换算为含税 {amount} 元',
    'a red invoice that reverses {redOf}, {stated} yuan without VAT, which at the rate {vatRate} are {amount} yuan with VAT',
  ),
  'ceiling-least': {
    zh: '订单 {order}：累计交货 {delivered} 元，累计付款 {paid} 元，取较小者且不低于零，上限为 {amount} 元',
    en: 'Order {order}: delivered {delivered} yuan, paid {paid} yuan; the lesser, not below zero, is the ceiling of {amount} yuan',
  },
  'ceiling-delivered': {
    zh: '订单 {order}：以累计交货为上限（不低于零），{amount} 元',
    en: 'Order {order}: what was delivered, not below zero, is the ceiling of {amount} yuan',
  },
  'ceiling-paid': {
    zh: '订单 {order}：以累计付款为上限（不低于零），{amount} 元',
    en: 'Order {order}: what was paid, not below zero, is the ceiling of {amount} yuan',
  },
  counted: about(
    invoice,
    '{kind}，冲减后 {invoiced} 元，上限尚余 {left} 元，计入 {amount} 元',
    '{kind}, {invoiced} yuan after red invoices, {left} yuan left of the ceiling: {amount} yuan count',
  ),
  'counted-as-invoiced': about(
    invoice,
    '{kind}，按开票金额计入 {amount} 元',
    '{kind}, counts as invoiced with {amount} yuan',
  ),
  'counted-increase': about(
    invoice,
    '{kind}，可计 {covered} 元，先抵减上年基数 {baseline} 元，增量 {amount} 元计入',
    '{kind}, {covered} yuan, of which {baseline} yuan only reach the earlier trade: the increase of {amount} yuan counts',
  ),
  'baseline-invoice': about(
    invoice,
    '基期发票，计入基数 {amount} 元',
    'an invoice of the earlier period, {amount} yuan of the baseline',
  ),
  baseline: {
    zh: '{lead} 与 {supplier} 的{kind}在 {from} 至 {to} 的基数为 {amount} 元',
    en: 'The baseline of {lead} and {supplier} for {kind} from {from} to {to} is {amount} yuan',
  },
};
