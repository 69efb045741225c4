import type { Label } from './label';

/** What firms are told of their claims; `messages` joins it. */
export const claimMessages = {
  'claim-offered': {
    kind: 'to-do',
    reach: 'urgent',
    link: '/claims/{claim}',
    title: { zh: '免申即享：请确认是否领取补助', en: 'A subsidy is offered to you without application' },
    body: { zh: '请确认意向并填写收款账户。', en: 'Please say whether you want it, and name your account.' },
  },
  'claim-returned': {
    kind: 'to-do',
    reach: 'urgent',
    link: '/claims/{claim}',
    title: { zh: '申报被退回补正', en: 'Your claim was returned' },
    body: { zh: '需补正的内容已一次列全。', en: 'All that is lacking is named.' },
  },
  'claim-not-supported': {
    kind: 'alert',
    reach: 'urgent',
    link: '/claims/{claim}',
    title: { zh: '申报不予支持', en: 'Your claim is not supported' },
    body: { zh: '可以申请一次复核。', en: 'You may ask for one review.' },
  },
  'claim-on-notice': {
    kind: 'alert',
    reach: 'digest',
    link: '/claims/{claim}',
    title: { zh: '申报进入公示', en: 'Your claim is on public notice' },
    body: { zh: '公示期内任何人可以提出异议。', en: 'Until its end anybody may object.' },
  },
  'claim-approved': {
    kind: 'alert',
    reach: 'digest',
    link: '/claims/{claim}',
    title: { zh: '申报已审定', en: 'Your claim was approved' },
    body: { zh: '资金下达后将拨付到冻结的收款账户。', en: 'Money goes to the account that was frozen.' },
  },
  'claim-paid': {
    kind: 'alert',
    reach: 'urgent',
    link: '/claims/{claim}',
    title: { zh: '补助资金已拨付', en: 'Your subsidy was paid' },
    body: { zh: '请核对到账。', en: 'Please look for it on your account.' },
  },
  'claim-bounced': {
    kind: 'alert',
    reach: 'urgent',
    link: '/claims/{claim}',
    title: { zh: '补助资金被银行退回', en: 'The bank gave your subsidy back' },
    body: { zh: '请核对收款账户。', en: 'Please look at your account.' },
  },
  'claim-to-recover': {
    kind: 'to-do',
    reach: 'urgent',
    link: '/claims/{claim}',
    title: { zh: '拟追回补助资金，请陈述申辩', en: 'A subsidy is to be recovered: you may state your case' },
    body: { zh: '逾期未陈述的，将依现有材料决定。', en: 'After the time for it the decision is taken without.' },
  },
  'recovery-decided': {
    kind: 'to-do',
    reach: 'urgent',
    link: '/claims/{claim}',
    title: { zh: '追回决定', en: 'A recovery was decided' },
    body: { zh: '金额和方式见申报页面。', en: 'Amount and way stand on the page of the claim.' },
  },
  'claim-pledge-asked': {
    kind: 'to-do',
    reach: 'digest',
    link: '/claims/{claim}/pledge?pair={pair}',
    title: {
      zh: '合作企业申报补助，请承诺此前无往来',
      en: 'A partner claims a subsidy: please pledge that there was no trade',
    },
    body: { zh: '与实际不符的请不要承诺。', en: 'Do not pledge what is not so.' },
  },
} as const;

/** What waits for somebody because of a claim. */
export const claimToDos = {
  'claim-offered': { zh: '免申即享待确认', en: 'offered subsidy to confirm' },
  'claim-to-complete': { zh: '申报待补正', en: 'claim to complete' },
  'claim-deferred': { zh: '容缺材料待补', en: 'materials still to bring' },
  'recovery-to-answer': { zh: '追回待陈述申辩', en: 'recovery to answer' },
  'claim-county-check': { zh: '申报待初审', en: 'claims for the county check' },
  'claim-city-check': { zh: '申报待复审', en: 'claims for the city check' },
  'claim-joint-review': { zh: '申报待会审、公示', en: 'claims for the joint review and notice' },
  'claim-approval': { zh: '申报待审定', en: 'claims to approve' },
  'claim-passing-down': { zh: '资金待下达', en: 'funds to pass down' },
  'claim-payment': { zh: '资金待拨付', en: 'claims to pay' },
  'claim-review': { zh: '复核待决定', en: 'reviews to decide' },
  'claim-recovery': { zh: '追回待处理', en: 'recoveries to deal with' },
  'claim-to-hand-up': { zh: '申报待提交上级（本单位都须回避）', en: 'claims to hand up (nobody here may act)' },
} as const satisfies Record<string, Label>;
