import { arithmeticSentences, limitSentences, loanSentences } from './derivation-money';
import { amountSentences, testSentences } from './derivation-trade';
import type { Label, Language } from './label';

/** Sentences of a derivation, by the code of the line; `{amount}` stands for what the line comes to. */
export const derivationSentences: Readonly<Record<string, Label>> = {
  ...testSentences,
  ...amountSentences,
  ...loanSentences,
  ...arithmeticSentences,
  ...limitSentences,
};

const firmSize = {
  micro: { zh: '微型', en: 'micro' },
  small: { zh: '小型', en: 'small' },
  medium: { zh: '中型', en: 'medium' },
  large: { zh: '大型', en: 'large' },
};

/** Words for values that are codes, by the name of the value. */
export const derivationWords: Readonly<Record<string, Readonly<Record<string, Label>>>> = {
  kind: {
    goods: { zh: '包工包料', en: 'goods' },
    processing: { zh: '来料加工', en: 'processing' },
  },
  size: firmSize,
  address: {
    registration: { zh: '注册地', en: 'registered address' },
    plant: { zh: '生产地', en: 'plant' },
  },
  related: {
    'same-largest-shareholder': { zh: '同一第一大股东', en: 'same largest shareholder' },
    'holding-25': { zh: '持股 25% 以上', en: 'a holding of 25 %' },
    'any-equity': { zh: '任何股权关系', en: 'any equity' },
  },
  earlierKind: {
    contract: { zh: '合同', en: 'contract' },
    delivery: { zh: '交货', en: 'delivery' },
    payment: { zh: '付款', en: 'payment' },
  },
  means: {
    transfer: { zh: '转账', en: 'transfer' },
    'bank-bill': { zh: '银行承兑汇票', en: 'bank bill' },
    'commercial-bill': { zh: '商业承兑汇票', en: 'commercial bill' },
    'set-off': { zh: '抵账', en: 'set-off' },
    cash: { zh: '现金', en: 'cash' },
  },
  ground: {
    dishonest: { zh: '失信记录', en: 'dishonesty' },
    penalty: { zh: '处罚', en: 'a penalty' },
    dispute: { zh: '纠纷', en: 'a dispute' },
  },
  rateBase: {
    'loan-rate': { zh: '贷款利率', en: 'loan rate' },
    'relending-rate': { zh: '再贷款利率', en: 'relending rate' },
  },
  reason: {
    'not-beneficiary': {
      zh: '申报主体不是本政策所扶持的一方',
      en: 'the beneficiary is not the party that is supported',
    },
    'outside-window': { zh: '合同日期不在政策期间内', en: 'the contract date lies outside the window' },
    'not-on-lead-list': { zh: '采购方不在龙头企业名单上', en: 'the lead is not on the list' },
    'not-in-city': { zh: '供应方不在本市', en: 'the supplier is not in the city' },
    'too-large': { zh: '供应方规模不符或未知', en: 'the size of the supplier is not supported, or not known' },
    related: { zh: '双方是关联方', en: 'both are related' },
    'not-new': { zh: '不属新对接，或没有超过上年的部分', en: 'not newly matched, or no more than before' },
    'outside-period': { zh: '开票日期不在计算期间内', en: 'the date of the invoice lies outside the period' },
    'invoice-used': { zh: '该发票此前已计入', en: 'the invoice was counted before' },
    'not-proposed': { zh: '拟补助时未计入本申报', en: 'it did not count when the claim was proposed' },
    'not-covered': { zh: '没有可覆盖的交货或付款，或已全部冲红', en: 'nothing covers it, or it is wholly reversed' },
    'not-preferential': { zh: '不是优惠贷款', en: 'not a preferential loan' },
    'loan-renewal': { zh: '借新还旧', en: 'renews an older loan' },
    'loan-used': { zh: '该贷款此前已计入', en: 'the loan was counted before' },
    'not-accruing': { zh: '没有可贴息的计息日', en: 'no day bears interest that is subsidised' },
  },
  // Where thresholds run over all leads, no single one is named.
  lead: { '': { zh: '全部龙头企业', en: 'All leads' } },
  area: { '': { zh: '未登记', en: 'not recorded' } },
};

type Line = {
  readonly code: string;
  readonly values: Readonly<Record<string, string>>;
  readonly amount?: string;
};

/** A line of a derivation as a sentence, its places filled; an unknown code is a fault of ours and throws. */
export function derivationSentence({ code, values, amount }: Line, language: Language): string {
  const sentence = Object.hasOwn(derivationSentences, code) ? derivationSentences[code]![language] : undefined;
  if (sentence === undefined) throw new Error(`no sentence for a line ${code} of a derivation`);
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => {
    if (name === 'amount') return amount ?? place;
    const value = Object.hasOwn(values, name) ? values[name]! : undefined;
    if (value === undefined) return place;
    const words = derivationWords[name];
    return words && Object.hasOwn(words, value) ? words[value]![language] : value;
  });
}
