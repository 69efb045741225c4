import { about } from './derivation-trade';
import type { Label } from './label';

const loan = { zh: '贷款 {loan}', en: 'Loan {loan}' };

export const loanSentences: Record<string, Label> = {
  loan: about(
    loan,
    '借款人 {borrower}，合同日期 {contractDate}，本金 {principal} 元，{drawnOn} 放款',
    'borrower {borrower}, contract of {contractDate}, {principal} yuan drawn on {drawnOn}',
  ),
  'loan-not-beneficiary': about(
    loan,
    '借款人 {borrower} 不是申报主体 {beneficiary}，不计入',
    'the borrower {borrower} is not the beneficiary {beneficiary}; it does not count',
  ),
  'loan-not-preferential': about(
    loan,
    '借款人 {borrower} 的这笔贷款不是优惠贷款，不计入',
    'this loan of the borrower {borrower} is not preferential; it does not count',
  ),
  'loan-not-new': about(
    loan,
    '借款人 {borrower} 的这笔贷款属借新还旧，不是新增贷款，不计入',
    'this loan of the borrower {borrower} renews an older one and is not new; it does not count',
  ),
  'loan-outside-window': about(
    loan,
    '合同日期 {contractDate} 不在 {from} 至 {to} 之内，不计入',
    'the contract date {contractDate} lies outside {from} to {to}; it does not count',
  ),
  'loan-not-in-city': about(
    loan,
    '借款人 {borrower} 的{address}（{area}）不在本市，不计入',
    'the {address} of the borrower {borrower} ({area}) is not in the city; it does not count',
  ),
  'loan-too-large': about(
    loan,
    '借款人 {borrower} 在合同日期 {contractDate} 为{size}企业，不符合规模条件，不计入',
    'on the contract date {contractDate} the borrower {borrower} is {size}, a size that is not supported; it does not count',
  ),
  'loan-size-unknown': about(
    loan,
    '借款人 {borrower} 在合同日期 {contractDate} 的规模未知，不计入',
    'the size of the borrower {borrower} on the contract date {contractDate} is not known; it does not count',
  ),
  'loan-used': about(loan, '此前已计入一次，不再计入', 'it was counted before; it does not count again'),
  'loan-not-proposed': about(
    loan,
    '拟补助时未计入本申报，不计入',
    'it did not count when the claim was proposed; it does not count',
  ),
  'loan-not-accruing': about(
    loan,
    '在 {from} 至 {to} 之内没有可贴息的计息日，不计入',
    'no day from {from} to {to} bears interest that is subsidised; it does not count',
  ),
  'loan-stretch': about(
    loan,
    '{from} 至 {to} 共 {days} 天，本金 {principal} 元，{rateBase}（年）{rate}，本金×利率×天数 = {amount}',
    '{from} to {to}, {days} days, principal {principal} yuan, {rateBase} {rate} a year; principal × rate × days = {amount}',
  ),
  'loan-accrual': about(loan, '本金×利率×天数合计 {amount}', 'principal × rate × days together {amount}'),
  'base-accrual': {
    zh: '全部贷款的本金×利率×天数合计 {amount}',
    en: 'Principal × rate × days over all loans: {amount}',
  },
  interest: {
    zh: '{accrual} ÷ {days} 天 × 贴息比例 {share} = {amount} 元',
    en: '{accrual} ÷ {days} days × the subsidised share {share} = {amount} yuan',
  },
};

/** From the base to the full award. */
export const arithmeticSentences: Record<string, Label> = {
  'base-sales': { zh: '计入的配套销售额合计 {amount} 元', en: 'Supporting sales that count: {amount} yuan' },
  'base-output': { zh: '计入的加工产值合计 {amount} 元', en: 'Output value that counts: {amount} yuan' },
  'base-fee': { zh: '计入的加工费合计 {amount} 元', en: 'Processing fees that count: {amount} yuan' },
  'base-of-lead': {
    zh: '其中 {lead}：产值 {output} 元，加工费 {fee} 元，共 {amount} 元',
    en: 'Of these for {lead}: output {output} yuan, fees {fee} yuan, together {amount} yuan',
  },
  'threshold-output-reached': {
    zh: '{lead}：产值 {base} 元，达到 {threshold} 元的门槛',
    en: '{lead}: the output of {base} yuan reaches the threshold of {threshold} yuan',
  },
  'threshold-output-missed': {
    zh: '{lead}：产值 {base} 元，未达到 {threshold} 元的门槛',
    en: '{lead}: the output of {base} yuan does not reach the threshold of {threshold} yuan',
  },
  'threshold-fee-reached': {
    zh: '{lead}：加工费 {base} 元，达到 {threshold} 元的门槛',
    en: '{lead}: the fees of {base} yuan reach the threshold of {threshold} yuan',
  },
  'threshold-fee-missed': {
    zh: '{lead}：加工费 {base} 元，未达到 {threshold} 元的门槛',
    en: '{lead}: the fees of {base} yuan do not reach the threshold of {threshold} yuan',
  },
  'share-of-sales-reached': {
    zh: '{lead}：产值与加工费共 {base} 元，达到销售额 {sales} 元的 {share}，即 {threshold} 元',
    en: '{lead}: output and fees of {base} yuan reach {share} of the sales of {sales} yuan, that is {threshold} yuan',
  },
  'share-of-sales-missed': {
    zh: '{lead}：产值与加工费共 {base} 元，未达到销售额 {sales} 元的 {share}，即 {threshold} 元',
    en: '{lead}: output and fees of {base} yuan do not reach {share} of the sales of {sales} yuan, that is {threshold} yuan',
  },
  'path-sales': { zh: '销售额 {base} 元 × {rate} = {amount} 元', en: 'Sales {base} yuan × {rate} = {amount} yuan' },
  'path-output': {
    zh: '{lead}：产值 {base} 元 × {rate} = {amount} 元',
    en: '{lead}: output {base} yuan × {rate} = {amount} yuan',
  },
  'path-fee': {
    zh: '{lead}：加工费 {base} 元 × {rate} = {amount} 元',
    en: '{lead}: fees {base} yuan × {rate} = {amount} yuan',
  },
  'no-path': { zh: '{lead}：未达到条件，{amount} 元', en: '{lead}: no condition is met, {amount} yuan' },
  'larger-path': {
    zh: '{lead}：两项都达到，取较高者 {amount} 元',
    en: '{lead}: both qualify, the larger award is taken: {amount} yuan',
  },
  'sum-of-paths': {
    zh: '{lead}：两项都达到，相加 {amount} 元',
    en: '{lead}: both qualify and are added: {amount} yuan',
  },
  'both-opened': {
    zh: '{lead}：达到一项门槛即两项都计，相加 {amount} 元',
    en: '{lead}: one threshold reached lets both count, added: {amount} yuan',
  },
  'sum-over-leads': { zh: '{leads} 家龙头企业合计 {amount} 元', en: 'Over {leads} leads together {amount} yuan' },
};

/** From the full award to what is awarded. */
export const limitSentences: Record<string, Label> = {
  'excluded-by-finding': {
    zh: '自 {from} 起有{ground}，按政策不予补助，{amount} 元',
    en: 'Since {from} there is a finding of {ground}, which excludes the firm: {amount} yuan',
  },
  'no-finding': {
    zh: '截至 {asOf} 没有排除情形，{amount} 元',
    en: 'Nothing excludes the firm as of {asOf}: {amount} yuan',
  },
  'earlier-award': {
    zh: '此前 {scheme} {round} 批次（{year} 年度）已补助 {amount} 元',
    en: 'Awarded earlier under {scheme}, round {round}, year {year}: {amount} yuan',
  },
  'cap-used-by-round': {
    zh: '批次 {round} 已用限额 {amount} 元',
    en: 'Used of the cap in round {round}: {amount} yuan',
  },
  'cap-used-by-year': { zh: '{year} 年度已用限额 {amount} 元', en: 'Used of the cap in {year}: {amount} yuan' },
  'cap-used-by-scheme': { zh: '{scheme} 已用限额 {amount} 元', en: 'Used of the cap under {scheme}: {amount} yuan' },
  'cap-left': {
    zh: '限额 {cap} 元，已用 {used} 元，尚余 {amount} 元',
    en: 'Of the cap of {cap} yuan {used} yuan are used, {amount} yuan are left',
  },
  'no-cap': { zh: '本政策没有限额，{amount} 元', en: 'This policy has no cap: {amount} yuan' },
  'cap-applied': {
    zh: '{before} 元超过限额余额 {left} 元，按 {amount} 元',
    en: '{before} yuan are more than the {left} yuan left of the cap: {amount} yuan',
  },
  'cap-not-reached': {
    zh: '{before} 元未超过限额余额 {left} 元，按 {amount} 元',
    en: '{before} yuan are within the {left} yuan left of the cap: {amount} yuan',
  },
  'other-scheme-awarded': {
    zh: '{year} 年度已享受 {scheme}，不重复享受，{before} 元减为 {amount} 元',
    en: 'Awarded under {scheme} in {year} already and not twice: {before} yuan become {amount} yuan',
  },
  'no-other-scheme': {
    zh: '{year} 年度没有享受其他同类政策，{amount} 元',
    en: 'No award under the other schemes in {year}: {amount} yuan',
  },
  'yearly-total-left': {
    zh: '{year} 年度合计上限 {total} 元，已用 {used} 元，尚余 {amount} 元',
    en: 'Of the yearly total of {total} yuan for {year} {used} yuan are used, {amount} yuan are left',
  },
  'yearly-total-applied': {
    zh: '{before} 元超过年度合计余额 {left} 元，按 {amount} 元',
    en: '{before} yuan are more than the {left} yuan left of the yearly total: {amount} yuan',
  },
  'yearly-total-not-reached': {
    zh: '{before} 元未超过年度合计余额 {left} 元，按 {amount} 元',
    en: '{before} yuan are within the {left} yuan left of the yearly total: {amount} yuan',
  },
  'budget-not-short': { zh: '预算充足，{amount} 元', en: 'The budget is not short: {amount} yuan' },
  'budget-scale': {
    zh: '预算不足，按比例核减：{before} 元 × {scale} = {amount} 元',
    en: 'The budget is short; scaled: {before} yuan × {scale} = {amount} yuan',
  },
  'budget-left': {
    zh: '按先后顺序，预算尚余 {left} 元；{before} 元按 {amount} 元',
    en: 'First come: {left} yuan are left of the budget; {before} yuan become {amount} yuan',
  },
  'award-yuan-down': {
    zh: '{before} 元舍去元以下，补助 {amount} 元',
    en: '{before} yuan, down to the yuan: the award is {amount} yuan',
  },
  'award-fen-half-up': {
    zh: '{before} 元四舍五入到分，补助 {amount} 元',
    en: '{before} yuan, rounded half away from zero to fen: the award is {amount} yuan',
  },
};
