import type { Label } from './label';

/** Refusals of policies, by code. */
export const policyRefusals = {
  'policy-version-unknown': { zh: '没有这个政策版本', en: 'there is no such version of the policy' },
  'policy-version-exists': { zh: '这项政策已有同名版本', en: 'the policy has a version of this name already' },
  'policy-version-published': {
    zh: '已发布的版本不能再改，请起草新版本',
    en: 'a published version never changes; draft a new one',
  },
  'policy-version-not-draft': {
    zh: '这个版本已送审，请先退回再改',
    en: 'this version was proposed; return it before changing it',
  },
  'policy-version-not-proposed': { zh: '这个版本还没有送审', en: 'this version has not been proposed' },
  'policy-version-not-approved': { zh: '这个版本还没有批准', en: 'this version has not been approved' },
  'policy-version-not-published': { zh: '这个版本还没有发布', en: 'this version has not been published' },
  'policy-version-changed': {
    zh: '这个版本在您查看后有改动，请重新核对',
    en: 'this version has changed since you read it; check again',
  },
  'same-person': {
    zh: '须由另一人批准，起草、修改或送审的人不能批准',
    en: 'another person must approve; whoever drafted, changed or proposed it may not',
  },
  'policy-incomplete': { zh: '还缺以下各项：{fields}', en: 'these parts are missing: {fields}' },
  'policy-not-evaluable': {
    zh: '这个版本无法计算（{path}），不能送审',
    en: 'this version cannot be evaluated ({path}), so it cannot be proposed',
  },
  'open-point-unread': {
    zh: '以下原文未明确之处还没有选定解释：{parameters}',
    en: 'these open points have no chosen reading: {parameters}',
  },
  'reading-without-basis': {
    zh: '以下解释还没有写明解释依据：{parameters}',
    en: 'these readings have no basis: {parameters}',
  },
  'reading-twice': { zh: '同一处（{parameter}）选了两种解释', en: 'two readings were chosen for {parameter}' },
  'reading-unknown': {
    zh: '{parameter} 没有这种解释，可选：{allowed}',
    en: '{parameter} has no such reading; it may be {allowed}',
  },
  'reading-value-missing': {
    zh: '{parameter} 的这种解释还须填写 {value}',
    en: 'this reading of {parameter} needs {value}',
  },
  'reading-value-unused': {
    zh: '{parameter} 的这种解释不用填写 {value}',
    en: 'this reading of {parameter} takes no {value}',
  },
  'parameter-not-applicable': {
    zh: '{parameter} 与这类受益对象无关',
    en: '{parameter} does not touch this kind of beneficiary',
  },
  'clause-not-applicable': {
    zh: '{clause} 与这类受益对象无关',
    en: '{clause} does not belong to this kind of beneficiary',
  },
  'rate-malformed': {
    zh: '比例须大于 0、不超过 1，最多 8 位小数，如 0.025',
    en: 'a rate is above 0, at most 1, with at most 8 decimals, such as 0.025',
  },
  'name-not-kebab': {
    zh: '名称只能用小写字母、数字和连字符，如 loan-contract',
    en: 'a name has small letters, digits and hyphens, such as loan-contract',
  },
  'material-twice': { zh: '材料 {material} 列了两次', en: 'the material {material} is listed twice' },
  'policy-end-only-sooner': {
    zh: '截止日只能提前，不能晚于 {endsOn}；延长须发布新版本',
    en: 'an end may only come sooner than {endsOn}; a later one needs a new version',
  },
  'policy-end-passed': { zh: '截止日不得早于今天（{day}）', en: 'the end must not lie before today ({day})' },
  'superseded-version-unknown': {
    zh: '被替代的版本不存在或未发布',
    en: 'the version to be superseded is unknown or was not published',
  },
  'version-superseded-already': {
    zh: '这个版本已被另一版本替代',
    en: 'this version was superseded by another one already',
  },
} as const satisfies Record<string, Label>;

/** Words for stored values of policies, by kind; readings by `reading-<parameter>`. */
export const policyLabels = {
  'policy-state': {
    draft: { zh: '起草中', en: 'draft' },
    proposed: { zh: '待批准', en: 'proposed' },
    approved: { zh: '已批准', en: 'approved' },
    published: { zh: '已发布', en: 'published' },
    discarded: { zh: '已废弃', en: 'discarded' },
  },
  'policy-beneficiary': {
    lead: { zh: '龙头企业', en: 'lead firm' },
    sme: { zh: '协作配套中小企业', en: 'supporting SME' },
    loan: { zh: '贷款贴息', en: 'interest subsidy' },
  },
  'policy-review': {
    'fair-competition': { zh: '公平竞争审查', en: 'fair-competition review' },
    legality: { zh: '合法性审查', en: 'legality review' },
    'collective-decision': { zh: '集体审议', en: 'collective decision' },
  },
  'policy-parameter': {
    'new-pairing': { zh: '新对接', en: 'newly matched' },
    window: { zh: '疫情期间', en: 'epidemic window' },
    'amount-counts': { zh: '金额何时计入', en: 'when an amount counts' },
    vat: { zh: '是否含税', en: 'with VAT or without' },
    'both-bases': { zh: '两项同时达标', en: 'SME with both bases' },
    'thresholds-over': { zh: '达标口径', en: 'thresholds over' },
    'related-parties': { zh: '关联方', en: 'related parties' },
    'in-the-city': { zh: '市域内', en: 'in the city' },
    'cap-per': { zh: '最高额口径', en: 'cap per' },
    'budget-short': { zh: '资金不足', en: 'budget short' },
    rounding: { zh: '取整', en: 'rounding' },
    'interest-base': { zh: '贴息基数', en: 'interest base' },
    'day-count': { zh: '计息天数', en: 'day count' },
    exclusions: { zh: '排除情形', en: 'exclusions' },
    'other-schemes': { zh: '其他政策', en: 'other schemes' },
  },
  'reading-new-pairing': {
    'no-trade-since': { zh: '自某日起无往来', en: 'no trade since a day' },
    increase: { zh: '比上年增量', en: 'increase on last year' },
    never: { zh: '从未往来', en: 'never matched' },
    'not-asked': { zh: '不要求', en: 'not asked' },
  },
  'reading-window': { dated: { zh: '按起止日', en: 'dated' } },
  'reading-amount-counts': {
    least: { zh: '交货、开票、付款中最少的', en: 'least of delivered, invoiced, paid' },
    delivered: { zh: '按交货', en: 'delivered' },
    invoiced: { zh: '按开票', en: 'invoiced' },
    paid: { zh: '按付款', en: 'paid' },
  },
  'reading-vat': {
    net: { zh: '不含税', en: 'without VAT' },
    gross: { zh: '含税', en: 'with VAT' },
  },
  'reading-both-bases': {
    larger: { zh: '取较大的一项', en: 'larger path' },
    sum: { zh: '达标各项相加', en: 'sum of qualifying paths' },
    'either-opens-both': { zh: '一项达标两项都计', en: 'either threshold opens both' },
  },
  'reading-thresholds-over': {
    all: { zh: '各家龙头企业合计', en: 'all leads together' },
    each: { zh: '每家龙头企业分别', en: 'each lead by itself' },
  },
  'reading-related-parties': {
    'same-largest-shareholder': { zh: '第一大股东相同', en: 'same largest shareholder' },
    'holding-25': { zh: '持股 25% 以上', en: 'holding of 25 %' },
    'any-equity': { zh: '有任何股权关系', en: 'any equity' },
    'not-asked': { zh: '不排除关联方', en: 'related parties count' },
  },
  'reading-in-the-city': {
    registration: { zh: '注册地在市域内', en: 'registered in the city' },
    plant: { zh: '生产地在市域内', en: 'plant in the city' },
    'not-asked': { zh: '不限地域', en: 'anywhere' },
  },
  'reading-cap-per': {
    round: { zh: '每企业每批次', en: 'per firm and round' },
    year: { zh: '每企业每年度', en: 'per firm and year' },
    scheme: { zh: '每企业每项政策', en: 'per firm and scheme' },
  },
  'reading-budget-short': {
    'full-then-scale': { zh: '先足额测算，再明确核减比例', en: 'full rate, then an explicit scale' },
    'pro-rata': { zh: '按比例核减', en: 'pro-rata scale' },
    'first-come': { zh: '先到先得', en: 'first come' },
  },
  'reading-rounding': {
    'yuan-down': { zh: '最后舍到元', en: 'down to the yuan at the end' },
    'fen-half-up': { zh: '最后四舍五入到分', en: 'half away from zero to fen at the end' },
  },
  'reading-interest-base': {
    'loan-rate': { zh: '贷款利率', en: 'loan rate' },
    'relending-rate': { zh: '再贷款利率', en: 'relending rate' },
  },
  'reading-day-count': {
    'actual/360': { zh: '实际天数/360', en: 'actual/360' },
    'actual/365': { zh: '实际天数/365', en: 'actual/365' },
  },
  'reading-exclusions': {
    none: { zh: '无', en: 'none' },
    excluded: { zh: '有排除情形', en: 'with exclusions' },
  },
  'reading-other-schemes': {
    'no-limit': { zh: '不限制', en: 'no limit' },
    'not-twice': { zh: '不重复享受', en: 'not twice' },
    'yearly-total': { zh: '每企业年度合计封顶', en: 'yearly total per firm' },
  },
  'exclusion-ground': {
    dishonest: { zh: '失信', en: 'dishonest' },
    penalty: { zh: '受处罚', en: 'penalty' },
    dispute: { zh: '有纠纷', en: 'dispute' },
  },
  'lead-subsidiaries': {
    anywhere: { zh: '子公司计入，含市外', en: 'subsidiaries count, also outside the city' },
    'in-city': { zh: '市内子公司计入', en: 'subsidiaries in the city count' },
  },
  'bills-from': {
    receipt: { zh: '收票日', en: 'receipt' },
    maturity: { zh: '到期日', en: 'maturity' },
  },
  'policy-origin': {
    shipped: { zh: '随平台附带的历史版本', en: 'historical, shipped with the platform' },
    drafted: { zh: '本平台起草', en: 'drafted here' },
  },
  'policy-step': {
    drafted: { zh: '起草', en: 'drafted' },
    changed: { zh: '修改', en: 'changed' },
    discarded: { zh: '废弃', en: 'discarded' },
    proposed: { zh: '送审', en: 'proposed' },
    returned: { zh: '退回', en: 'returned' },
    approved: { zh: '批准', en: 'approved' },
    published: { zh: '发布', en: 'published' },
    superseded: { zh: '被新版本替代', en: 'superseded' },
    ended: { zh: '提前截止', en: 'ended sooner' },
  },
} as const satisfies Record<string, Record<string, Label>>;
