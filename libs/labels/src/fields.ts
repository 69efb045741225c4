import type { Label } from './label';

/** What the checks of @app/kernel/fields say. The field's own name stands beside the sentence. */
export const fieldRefusals: Record<string, Label> = {
  'field-quantity': {
    zh: '数量须为大于 0 的数，整数最多 12 位、小数最多 6 位，如 1200',
    en: 'a quantity is a decimal string above zero with at most 12 digits and 6 decimals, such as "1200"',
  },
  'field-unit-price': {
    zh: '单价（元，未税）须大于 0，整数最多 12 位、小数最多 6 位，如 12.5',
    en: 'a unit price in yuan is above zero, with at most 12 digits and 6 decimals, such as 12.5',
  },
  'field-money': {
    zh: '金额（元）最多两位小数，如 5000000.00',
    en: 'an amount is a decimal string in yuan with at most 2 decimals, such as "5000000.00"',
  },
  'field-vat-rate': { zh: '税率须为以下之一：{allowed}', en: 'the VAT rate is one of {allowed}' },
  'field-year-rate': {
    zh: '年利率须大于 0 且小于 1，小数最多 6 位，如 0.0435 表示 4.35%',
    en: 'a yearly rate is above zero and below one, with at most 6 decimals: "0.0435" is 4.35 %',
  },
  'field-date': { zh: '日期须为存在的日子，格式 2020-03-31', en: 'a date is a day that exists, written 2020-03-31' },
  'field-month': { zh: '月份格式为 2020-03', en: 'a month is written 2020-03' },
  'field-instant': {
    zh: '时间须为 UTC 时间，格式 2020-02-20T10:00:00Z',
    en: 'an instant is in UTC, written 2020-02-20T10:00:00Z',
  },
  'field-uuid': { zh: '须为 UUID', en: 'must be a UUID' },
  'field-uscc': {
    zh: '统一社会信用代码须为 18 位且校验位正确',
    en: 'a unified social credit code has 18 characters and a right check character',
  },
  'field-area': {
    zh: '地区须为六位县级区划代码，或两个开发区的代码',
    en: 'an area is a six-digit county code or the code of one of the two zones',
  },
  'field-industry': { zh: '行业须为 GB/T 4754-2017 代码', en: 'an industry is a GB/T 4754-2017 code' },
  'field-mail': { zh: '邮箱地址不正确', en: 'this is not a mail address' },
  'field-mobile': { zh: '手机号须为 11 位', en: 'a mobile number has 11 digits' },
  'field-text': {
    zh: '须为文字，且不含控制字符、方向控制符或损坏的字符',
    en: 'must be text without control, bidirectional or broken characters',
  },
  'field-text-length': { zh: '文字长度须为 1 至 {max} 个字', en: 'the text has 1 to {max} characters' },
  'field-flag': { zh: '须为 true 或 false', en: 'must be true or false' },
  'field-whole-number': { zh: '须为 {min} 至 {max} 的整数', en: 'must be a whole number from {min} to {max}' },
  'field-one-of': { zh: '须为以下之一：{allowed}', en: 'must be one of {allowed}' },
  'field-list': { zh: '须为列表', en: 'must be a list' },
  'field-list-length': { zh: '须有 {min} 至 {max} 项', en: 'the list has {min} to {max} items' },
  'field-list-repeats': { zh: '列表中有重复项', en: 'the list holds an item twice' },
  'field-list-item': { zh: '列表中有一项不合要求', en: 'an item of the list is not what it should be' },
  'field-object': { zh: '须为对象', en: 'must be an object' },
  'field-unknown': { zh: '没有这个字段', en: 'there is no such field' },
};

export const fieldLabels: Record<string, Record<string, Label>> = {
  'vat-rate': {
    '0': { zh: '免税或零税率', en: 'exempt or zero' },
    '0.005': { zh: '0.5%', en: '0.5%' },
    '0.01': { zh: '1%', en: '1%' },
    '0.03': { zh: '3%', en: '3%' },
    '0.05': { zh: '5%', en: '5%' },
    '0.06': { zh: '6%', en: '6%' },
    '0.09': { zh: '9%', en: '9%' },
    '0.13': { zh: '13%', en: '13%' },
  },
};
