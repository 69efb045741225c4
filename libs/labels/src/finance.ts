import type { Label } from './label';

const requestRefusals = {
  'finance-request-unknown': { zh: '没有这笔融资需求', en: 'there is no such request for finance' },
  'finance-request-id-taken': { zh: '这个编号已用于另一笔融资需求', en: 'this id belongs to another request' },
  'finance-request-over': { zh: '这笔融资需求已经结束', en: 'this request is over' },
  'finance-order-unknown': {
    zh: '没有这笔订单，或贵企业不是它的供方',
    en: 'there is no such order of which your firm is the supplier',
  },
  'finance-amount-zero': { zh: '金额须大于 0', en: 'the amount must be above zero' },
  'finance-not-granted': { zh: '这笔融资需求没有由贵行获批', en: 'this request was not granted by your bank' },
  'consent-missing': {
    zh: '须同意向金融顾问和所选银行展示这笔订单',
    en: 'agree that the adviser and the banks are shown the order',
  },
  'bank-unknown': { zh: '所选账号不是银行', en: 'one of these accounts is not a bank' },
  'bank-not-consented': { zh: '企业没有同意向这家银行展示', en: 'the firm has not agreed to this bank' },
  'bank-shown-already': {
    zh: '已向其展示的银行不能再排除',
    en: 'a bank that was shown the request cannot be left out any more',
  },
  'bank-answer-incomplete': {
    zh: '缺少一项：方案须有金额、年利率、期限、有效期，不能办理须有原因（{field}）',
    en: 'an offer has amount, rate, term and validity, and a refusal its reason; missing: {field}',
  },
  'adviser-unknown': { zh: '请选择金融顾问', en: 'name an adviser' },
  'adviser-assigned': {
    zh: '已有金融顾问，只有市局可以更换',
    en: 'it has an adviser; only the bureau may assign another',
  },
  'adviser-is-bank': {
    zh: '答复这笔需求的银行不能同时作它的顾问',
    en: 'an account that answers a request as a bank cannot be its adviser',
  },
  'offer-above-request': { zh: '方案金额不得超过申请金额', en: 'an offer is at most the amount asked for' },
  'offer-validity-passed': { zh: '有效期须不早于今天', en: 'the last day of validity must not have passed' },
  'offer-chosen': {
    zh: '企业已选择这份方案，不能再改；不能办理请答复原因',
    en: 'the firm has chosen this offer, which changes no more; you may still refuse',
  },
  'offer-not-chosen': { zh: '企业没有选择贵行的方案', en: 'the firm has not chosen your offer' },
  'offer-stands': { zh: '还有可选的方案，不能以未获批结束', en: 'an offer may still be chosen' },
  'bank-offer-unknown': { zh: '没有这份方案，可能已被更改', en: 'there is no such offer; it may have been changed' },
  'bank-offer-expired': { zh: '这份方案已过有效期', en: 'this offer is no longer valid' },
} as const satisfies Record<string, Label>;

const loanRefusals = {
  'loan-unknown': { zh: '没有这笔贷款', en: 'there is no such loan' },
  'loan-evidenced-already': {
    zh: '这笔贷款（同一借款人、合同和借据）已经登记',
    en: 'this loan, by borrower, contract and voucher, is evidenced already',
  },
  'loan-struck': { zh: '这笔贷款登记已撤销', en: 'this loan was struck' },
  'loan-number-fixed': {
    zh: '合同编号和借据号不能更正；请撤销后重新登记',
    en: 'the numbers of a loan cannot be corrected: strike it and evidence it anew',
  },
  'loan-day-ahead': { zh: '日期不能晚于今天', en: 'the day must not lie ahead' },
  'loan-due-before-drawn': { zh: '到期日须晚于放款日', en: 'a loan is due after it was drawn' },
  'loan-drawn-before-signed': { zh: '放款日不得早于签订日', en: 'a loan is not drawn before it was signed' },
  'loan-entry-unknown': { zh: '没有这条利率变动或还款', en: 'there is no such change of rate or repayment' },
  'loan-corrected-meanwhile': {
    zh: '银行刚刚更正了这笔贷款，请看过再确认',
    en: 'the bank has corrected this loan; look at it again before you confirm',
  },
  'loan-overpaid': { zh: '还款合计超过了放款金额', en: 'more was repaid than was drawn' },
  'loan-rate-unknown': { zh: '{day} 没有利率', en: 'no rate is known for {day}' },
  'loan-above-grant': {
    zh: '超过获批金额，还可放款 {left} 元',
    en: 'this is more than was granted; {left} yuan are left',
  },
  'rate-outside-loan': {
    zh: '利率变动日须晚于 {from}、早于 {to}',
    en: 'a rate changes after {from} and before {to}',
  },
  'rate-day-taken': { zh: '这一天已有利率变动', en: 'the rate changes on this day already' },
  'relending-above-rate': { zh: '再贷款利率不得高于贷款利率', en: 'a relending rate is not above the loan’s rate' },
  'repayment-before-drawing': { zh: '还款日不得早于放款日 {day}', en: 'a loan drawn on {day} is not repaid before' },
  'borrower-unknown': { zh: '没有已确认的企业使用这个代码', en: 'no office has confirmed a firm on this code' },
  'borrower-differs': { zh: '借款人不是提出这笔需求的企业', en: 'the borrower is not the firm that asked' },
} as const satisfies Record<string, Label>;

/** Refusals of finance, by code. */
export const financeRefusals = { ...requestRefusals, ...loanRefusals } as const satisfies Record<string, Label>;

const strikeReasons = {
  'typing-error': { zh: '录入有误', en: 'typing error' },
  'wrong-firm': { zh: '企业有误', en: 'wrong firm' },
  'entered-twice': { zh: '重复登记', en: 'entered twice' },
  'not-drawn': { zh: '未实际放款', en: 'not drawn' },
  other: { zh: '其他', en: 'other' },
} as const;

/** Words for stored values of finance, by kind. */
export const financeLabels = {
  'finance-request-state': {
    asked: { zh: '待指派顾问', en: 'waits for an adviser' },
    advised: { zh: '顾问办理中', en: 'with its adviser' },
    'with-banks': { zh: '银行答复中', en: 'with banks' },
    chosen: { zh: '已选方案，待获批', en: 'offer chosen, to be granted' },
    granted: { zh: '已获批', en: 'granted' },
    'not-granted': { zh: '未获批', en: 'not granted' },
    withdrawn: { zh: '已撤回', en: 'withdrawn' },
  },
  'bank-standing': {
    'to-answer': { zh: '待答复', en: 'to answer' },
    offered: { zh: '已给方案', en: 'offered' },
    refused: { zh: '已答复不能办理', en: 'refused' },
    chosen: { zh: '被选中，待获批', en: 'chosen, to be granted' },
    granted: { zh: '已获批', en: 'granted' },
    'not-chosen': { zh: '未被选择', en: 'not chosen' },
    'not-granted': { zh: '未获批', en: 'not granted' },
    withdrawn: { zh: '企业已撤回', en: 'withdrawn by the firm' },
  },
  'finance-reader': {
    firm: { zh: '企业', en: 'firm' },
    bureau: { zh: '市局', en: 'bureau' },
    adviser: { zh: '金融顾问', en: 'adviser' },
    bank: { zh: '银行', en: 'bank' },
  },
  'finance-purpose': {
    'raw-material': { zh: '购买原材料', en: 'raw material' },
    wages: { zh: '发放工资', en: 'wages' },
    equipment: { zh: '购置设备', en: 'equipment' },
    'working-capital': { zh: '流动资金', en: 'working capital' },
    other: { zh: '其他', en: 'other' },
  },
  'bank-answer': {
    offer: { zh: '方案', en: 'offer' },
    refusal: { zh: '不能办理', en: 'refusal' },
  },
  'bank-refusal': {
    credit: { zh: '信用条件不足', en: 'credit standing' },
    collateral: { zh: '缺少担保', en: 'collateral missing' },
    order: { zh: '订单不符合要求', en: 'the order does not qualify' },
    limit: { zh: '超过授信额度', en: 'beyond the credit limit' },
    product: { zh: '没有合适产品', en: 'no product that suits' },
    other: { zh: '其他', en: 'other' },
  },
  'not-granted-reason': {
    'no-bank-offers': { zh: '没有银行给出方案', en: 'no bank offered' },
    'conditions-not-met': { zh: '未达到银行条件', en: 'conditions of the bank not met' },
    'no-answer': { zh: '企业或银行未再回应', en: 'no answer any more' },
    other: { zh: '其他', en: 'other' },
  },
  'loan-state': {
    evidenced: { zh: '待企业确认', en: 'to be confirmed by the firm' },
    confirmed: { zh: '已确认', en: 'confirmed' },
    disputed: { zh: '有异议', en: 'disputed' },
    struck: { zh: '已撤销', en: 'struck' },
  },
  'loan-dispute': {
    'not-ours': { zh: '不是本企业的贷款', en: 'not our loan' },
    'wrong-amount': { zh: '金额有误', en: 'wrong amount' },
    'wrong-day': { zh: '日期有误', en: 'wrong day' },
    'wrong-rate': { zh: '利率有误', en: 'wrong rate' },
    repayment: { zh: '还款有误', en: 'wrong repayment' },
    other: { zh: '其他', en: 'other' },
  },
  'loan-strike': strikeReasons,
  'loan-story': {
    evidenced: { zh: '登记', en: 'evidenced' },
    corrected: { zh: '更正', en: 'corrected' },
    'rate-changed': { zh: '登记利率变动', en: 'change of rate entered' },
    repaid: { zh: '登记还款', en: 'repayment entered' },
    'entry-struck': { zh: '撤销一条登记', en: 'entry struck' },
    struck: { zh: '撤销贷款登记', en: 'loan struck' },
    confirmed: { zh: '企业确认', en: 'confirmed by the firm' },
    disputed: { zh: '企业提出异议', en: 'disputed by the firm' },
    'handed-over': { zh: '移交', en: 'handed over' },
  },
} as const satisfies Record<string, Record<string, Label>>;
