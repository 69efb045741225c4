import { decimalText, Exact } from '@app/kernel';
import {
  deadlineOf,
  Fields,
  industryOf,
  INVOICE_WORDS,
  isDecimal,
  numberOf,
  reading,
  RowTerms,
  SUPPLY_WORDS,
  VISIBILITY_WORDS,
  YES_NO,
} from './import-columns-reading.rules';

export type { CellFault, RowTerms } from './import-columns-reading.rules';

// The columns of the two templates, under the headings that people write them by, and what a cell of each means.

export type ColumnOf = {
  readonly field: string;
  /** The first one is that of our own template. */
  readonly headings: readonly string[];
  readonly required?: boolean;
  readonly isNumber?: boolean;
  readonly example: string;
};

export const DEMAND_COLUMNS: readonly ColumnOf[] = [
  {
    field: 'product',
    headings: ['产品名称', '产品', '物资名称', '物资', '品名', '货物名称', '名称', 'product', 'item'],
    required: true,
    example: '鞋底',
  },
  {
    field: 'specification',
    headings: ['规格型号', '规格/标准', '规格', '型号', '标准', '技术要求', 'specification'],
    example: '42码 橡胶',
  },
  { field: 'drawingNumber', headings: ['图号', 'drawing number'], example: 'TH-2020-01' },
  { field: 'itemCode', headings: ['物料编码', '物料号', '料号', 'item code'], example: 'WL-0001' },
  { field: 'industry', headings: ['行业代码', '行业', 'industry'], example: '1954' },
  {
    field: 'quantity',
    headings: ['数量', '需求数量', '采购数量', '需求量', 'quantity'],
    isNumber: true,
    example: '1200',
  },
  // Recognised so that it is not taken for a unit of measure; who publishes is whoever imports.
  { field: 'publisher', headings: ['需求单位', '采购单位', '单位名称', '企业名称', '公司名称'], example: '' },
  { field: 'unit', headings: ['单位', '计量单位', 'unit'], example: '双' },
  { field: 'supplyMode', headings: ['供料方式', 'supply mode'], example: '包工包料' },
  { field: 'freightIncluded', headings: ['是否含运费', '含运费', 'freight included'], example: '是' },
  { field: 'deliveryArea', headings: ['交货地区代码', '区划代码', '地区代码', 'delivery area'], example: '350582' },
  { field: 'deliveryPlace', headings: ['交货地点', '交货地址', '收货地址', 'delivery place'], example: '1号仓库' },
  { field: 'deliverBy', headings: ['交货日期', '交期', '需求日期', 'deliver by'], example: '2020-03-31' },
  { field: 'invoiceType', headings: ['发票类型', 'invoice type'], example: '专票' },
  { field: 'paymentTermDays', headings: ['账期', '付款期限', 'payment term days'], isNumber: true, example: '30' },
  {
    field: 'quotingDeadline',
    headings: ['报价截止时间', '报价截止', '截止时间', 'quoting deadline'],
    example: '2020-02-20 18:00',
  },
  { field: 'acceptanceHours', headings: ['接单期限', 'acceptance hours'], isNumber: true, example: '72' },
  {
    field: 'partsAccepted',
    headings: ['是否接受部分数量', '接受部分报价', '可否拆分', 'parts accepted'],
    example: '是',
  },
  { field: 'earlyCloseAllowed', headings: ['是否可提前截止', 'early close allowed'], example: '否' },
  { field: 'visibility', headings: ['可见范围', 'visibility'], example: '公开' },
  { field: 'note', headings: ['备注', '说明', 'note'], example: '' },
];

export const PROMOTION_COLUMNS: readonly ColumnOf[] = [
  {
    field: 'product',
    headings: ['产品名称', '产品', '品名', '名称', 'product'],
    required: true,
    example: '鞋底',
  },
  { field: 'specification', headings: ['规格型号', '规格', '型号', 'specification'], example: '36至45码' },
  { field: 'industry', headings: ['行业代码', '行业', 'industry'], example: '1954' },
  { field: 'maker', headings: ['厂商', '企业名称', '生产企业', '单位名称', '公司名称'], example: '' },
  { field: 'unit', headings: ['单位', '计量单位', 'unit'], example: '双' },
  {
    field: 'capacityPerMonth',
    headings: ['月产能', '每月产能', 'capacity per month'],
    isNumber: true,
    example: '20000',
  },
  { field: 'capacityPerDay', headings: ['日产能', '每日产能', 'capacity per day'], isNumber: true, example: '' },
  { field: 'minimumLot', headings: ['起订量', '最小批量', 'minimum lot'], isNumber: true, example: '100' },
  { field: 'leadTimeDays', headings: ['交货周期', '供货周期', 'lead time days'], isNumber: true, example: '7' },
  { field: 'priceLow', headings: ['最低价', '最低单价', 'price low'], isNumber: true, example: '8.5' },
  { field: 'priceHigh', headings: ['最高价', '最高单价', 'price high'], isNumber: true, example: '12' },
  { field: 'certificates', headings: ['资质证明', '资质', '认证', '证书', 'certificates'], example: 'ISO 9001' },
  { field: 'area', headings: ['产地区划代码', '区划代码', '地区代码', 'area'], example: '350582' },
  { field: 'note', headings: ['备注', '说明', 'note'], example: '' },
];

export function demandTerms(fields: Fields): RowTerms {
  const { terms, faults, doubts, word, plain, whole, day, unitAnd } = reading(fields);
  for (const field of ['product', 'specification', 'drawingNumber', 'itemCode', 'note']) plain(field);
  if (fields.industry !== undefined) terms.industry = industryOf(fields.industry);
  unitAnd('quantity');
  word('supplyMode', SUPPLY_WORDS, '包工包料, 来料加工');
  word('freightIncluded', YES_NO, '是, 否');
  word('invoiceType', INVOICE_WORDS, '专票, 普票');
  word('partsAccepted', YES_NO, '是, 否');
  word('earlyCloseAllowed', YES_NO, '是, 否');
  whole('paymentTermDays');
  whole('acceptanceHours', 24);
  day('deliverBy');
  if (fields.deliveryArea !== undefined) {
    terms.deliveryPlace = { area: fields.deliveryArea, ...(fields.deliveryPlace && { text: fields.deliveryPlace }) };
  } else if (fields.deliveryPlace !== undefined) {
    faults.push({ field: 'deliveryArea', code: 'field-missing', values: {} });
  }
  if (fields.quotingDeadline !== undefined) {
    const deadline = deadlineOf(fields.quotingDeadline);
    if (deadline !== undefined) terms.quotingDeadline = deadline;
    else faults.push({ field: 'quotingDeadline', code: 'import-deadline-unclear', values: {} });
  }
  word('visibility', VISIBILITY_WORDS, '公开, 已核验企业');
  if (typeof terms.visibility === 'string') terms.visibility = { class: terms.visibility };
  return { terms, faults, doubts };
}

export function promotionTerms(fields: Fields): RowTerms {
  const { terms, faults, doubts, plain, whole, unitAnd, number } = reading(fields);
  for (const field of ['product', 'specification', 'area', 'note']) plain(field);
  if (fields.industry !== undefined) terms.industry = industryOf(fields.industry);
  unitAnd('capacityPerMonth');
  for (const field of ['minimumLot', 'priceLow', 'priceHigh']) number(field);
  if (terms.capacityPerMonth === undefined && fields.capacityPerDay !== undefined) {
    const perDay = numberOf(fields.capacityPerDay);
    if (!isDecimal(perDay)) faults.push({ field: 'capacityPerDay', code: 'field-quantity', values: {} });
    else terms.capacityPerMonth = decimalText(new Exact(perDay).times(DAYS_OF_MONTH));
  }
  whole('leadTimeDays');
  if (fields.certificates !== undefined) {
    terms.certificates = [...new Set(fields.certificates.split(/[;；、\n]/).map((one) => one.trim()))].filter(Boolean);
  }
  return { terms, faults, doubts };
}

/** A maker's month, where it states what it makes in a day. */
const DAYS_OF_MONTH = 30;
