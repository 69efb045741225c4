import type { Label } from './label';

/** What the door of the evaluator says no to. `{path}` is where the value stands. */
export const doorRefusals: Record<string, Label> = {
  'door-field-unknown': { zh: '{path}：没有这个字段', en: '{path}: there is no such field' },
  'door-field-missing': { zh: '{path}：缺少此项，无法测算', en: '{path}: without this nothing can be evaluated' },
  'door-field-not-of-policy': {
    zh: '{path}：此政策的规则用不到这一项',
    en: '{path}: the rules of this policy have no use for this',
  },
  'door-not-an-object': { zh: '{path}：须为对象', en: '{path}: must be an object' },
  'door-not-a-list': { zh: '{path}：须为列表', en: '{path}: must be a list' },
  'door-not-null': { zh: '{path}：须为 null', en: '{path}: must be null' },
  'door-not-a-text': { zh: '{path}：须为 1 至 200 个字的文字', en: '{path}: must be a text of 1 to 200 characters' },
  'door-not-a-date': {
    zh: '{path}：须为存在的日子，格式 2020-03-31',
    en: '{path}: must be a day that exists, written 2020-03-31',
  },
  'door-not-a-year': {
    zh: '{path}：须为年份，如 2020（数字）',
    en: '{path}: must be a year as a number, such as 2020',
  },
  'door-not-months': { zh: '{path}：须为 1 至 1200 的月数', en: '{path}: must be a number of months from 1 to 1200' },
  'door-not-an-amount': {
    zh: '{path}：须为以文字写出的十进制数（{form}）',
    en: '{path}: must be a decimal written as a string ({form})',
  },
  'door-not-an-area': {
    zh: '{path}：须为六位区划代码或开发区代码',
    en: '{path}: must be a six-digit area code or the code of a zone',
  },
  'door-not-one-of': { zh: '{path}：须为以下之一：{allowed}', en: '{path}: must be one of {allowed}' },
  'door-period-backwards': { zh: '{path}：结束日期早于开始日期', en: '{path}: the period ends before it begins' },
  'door-day-twice': { zh: '{path}：同一天有两条记录', en: '{path}: two entries are from the same day' },
  'door-enterprise-unknown': { zh: '{path}：没有企业 {id}', en: '{path}: there is no enterprise {id}' },
  'door-enterprise-twice': { zh: '{path}：企业 {id} 出现两次', en: '{path}: the enterprise {id} stands twice' },
  'door-order-twice': { zh: '{path}：订单 {id} 出现两次', en: '{path}: the order {id} stands twice' },
  'door-loan-twice': { zh: '{path}：贷款 {id} 出现两次', en: '{path}: the loan {id} stands twice' },
  'door-invoice-twice': { zh: '{path}：发票 {id} 出现两次', en: '{path}: the invoice {id} stands twice' },
  'door-own-supplier': {
    zh: '{path}：采购方与供应方不能是同一企业',
    en: '{path}: lead and supplier are the same enterprise',
  },
  'door-own-subsidiary': { zh: '{path}：企业不能是自己的子公司', en: '{path}: no enterprise is its own subsidiary' },
  'door-red-invoice-unknown': {
    zh: '{path}：本订单没有蓝字发票 {number}',
    en: '{path}: the order has no invoice {number} that could be reversed',
  },
  'door-red-invoice-above-zero': {
    zh: '{path}：红字发票 {number} 的金额不能为正',
    en: '{path}: the red invoice {number} cannot be above zero',
  },
  'door-invoice-below-zero': {
    zh: '{path}：发票 {number} 为负数，须写明所冲减的发票',
    en: '{path}: the invoice {number} is below zero; name the invoice that it reverses',
  },
  'loan-overpaid': {
    zh: '截至 {day} 归还的本金超过了放款金额',
    en: 'up to {day} more principal was repaid than drawn',
  },
  'loan-rate-unknown': { zh: '{day} 没有适用的利率', en: 'no rate is known for {day}' },
  'door-no-cases': { zh: '{path}：文件中没有任何用例', en: '{path}: the file holds no case' },
};
