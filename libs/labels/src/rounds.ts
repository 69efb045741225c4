import type { Label } from './label';

/** Refusals of rounds and their budgets, by code. */
export const roundRefusals = {
  'round-unknown': { zh: '没有这个申报批次', en: 'there is no such round' },
  'round-id-taken': { zh: '这个编号已用于另一申报批次', en: 'this id belongs to another round' },
  'filing-not-begun': { zh: '申报从 {from} 开始', en: 'filing begins on {from}' },
  'filing-closed': { zh: '申报已于 {to} 截止', en: 'filing ended on {to}' },
  'filing-open': { zh: '申报到 {to} 才截止', en: 'filing is open until {to}' },
  'filing-only-extended': {
    zh: '申报期限只能延长，不能早于 {to}',
    en: 'the filing period may only be extended beyond {to}',
  },
  'filing-before-policy': {
    zh: '申报不得早于政策施行日（{from}）',
    en: 'filing must not begin before the policy does ({from})',
  },
  'filing-beyond-policy': {
    zh: '申报不得晚于政策的申报截止日（{to}）',
    en: 'filing must not end after the policy’s last day ({to})',
  },
  'shares-not-whole': {
    zh: '市、县分担比例须各在 0 至 1 之间，合计为 1',
    en: 'the shares of city and county lie between 0 and 1 and add up to 1',
  },
  'level-twice': { zh: '{level} 的预算列了两次', en: 'the budget of {level} is listed twice' },
  'level-unknown': { zh: '没有这一级预算单位', en: 'there is no such level of budget' },
  'county-has-no-share': {
    zh: '县级不分担，{level} 不设预算',
    en: 'counties bear nothing, so {level} has no budget',
  },
  'city-budget-missing': { zh: '市级分担，须有市级预算', en: 'the city bears a share, so it needs a budget' },
  'round-beyond-policy-budget': {
    zh: '本批次预算合计 {asked} 元，超过政策预算 {budget} 元',
    en: 'the budgets of the round add up to {asked} yuan, beyond the policy’s {budget} yuan',
  },
  'budget-below-reserved': {
    zh: '预算不得低于已审定占用的 {reserved} 元',
    en: 'a budget cannot fall below the {reserved} yuan reserved already',
  },
  'budget-short': {
    zh: '{level} 预算 {budget} 元不足，须先追加预算或明确核减比例',
    en: 'the budget of {level}, {budget} yuan, does not suffice; add to it or set a scale first',
  },
  'budget-above-granted': {
    zh: '超过本批次可给的 {granted} 元',
    en: 'more than the {granted} yuan that the round grants',
  },
  'budget-reserved-already': {
    zh: '这份申报已占用预算，请先释放',
    en: 'this claim has budget reserved already; release it first',
  },
  'attempt-abandoned': { zh: '这次审定已作废', en: 'this approval was abandoned' },
  'earlier-claims-undecided': {
    zh: '先到先得：在先的申报尚未办结，余额要先留给它们',
    en: 'first come, first served: earlier claims are undecided, and what is left is kept for them',
  },
  'claims-undecided': {
    zh: '还有 {count} 份申报未经会审，暂不能按比例核减',
    en: '{count} claims have not been jointly reviewed, so nothing can be scaled yet',
  },
  'scale-not-of-policy': {
    zh: '本政策不按这种方式核减',
    en: 'the policy does not scale in this way',
  },
  'scale-not-fixed': {
    zh: '按比例核减尚未确定',
    en: 'the pro-rata scale has not been fixed yet',
  },
  'scale-malformed': {
    zh: '核减后的比例须大于 0、不超过 1，最多 10 位小数',
    en: 'a scale is above 0, at most 1, with at most 10 decimals',
  },
  'scale-too-large': {
    zh: '按这个比例，{level} 预算 {budget} 元仍不足',
    en: 'under this scale the budget of {level}, {budget} yuan, still does not suffice',
  },
  'scale-after-approval': {
    zh: '本批次已有审定的申报，比例不能再改',
    en: 'claims of this round were approved already, so the scale stands',
  },
} as const satisfies Record<string, Label>;

/** Words for stored values of rounds and the fund ledger, by kind. */
export const roundLabels = {
  'round-step': {
    opened: { zh: '开放申报批次', en: 'round opened' },
    'filing-extended': { zh: '延长申报', en: 'filing extended' },
    'budget-changed': { zh: '调整预算', en: 'budget changed' },
    'scale-set': { zh: '确定核减比例', en: 'scale set' },
    'pro-rata-fixed': { zh: '按比例核减', en: 'pro-rata scale fixed' },
  },
  'round-filing': {
    ahead: { zh: '尚未开始申报', en: 'filing ahead' },
    open: { zh: '申报中', en: 'filing open' },
    over: { zh: '申报已截止', en: 'filing over' },
  },
  'fund-ledger': {
    budget: { zh: '预算', en: 'budget' },
    approved: { zh: '审定', en: 'approved' },
    passedDown: { zh: '下达', en: 'passed down' },
    paid: { zh: '拨付', en: 'paid' },
    offset: { zh: '抵扣', en: 'offset' },
    recovered: { zh: '追回', en: 'recovered' },
    balance: { zh: '结余', en: 'balance' },
  },
  'budget-level': { city: { zh: '市级', en: 'city' } },
} as const satisfies Record<string, Record<string, Label>>;
