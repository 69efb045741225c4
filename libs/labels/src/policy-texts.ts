import type { Label } from './label';

/**
 * The words of the historical policy versions that the platform ships, by the keys of its rules. What stands under `ours` is a
 * reading of ours, where the text is silent.
 */
export const policyTexts: Readonly<Record<string, Label>> = {
  'cluster-lead-2020/title': {
    zh: '龙头企业新增市域内配套奖励（2020年）',
    en: 'Award to lead firms for newly matched supply within the city (2020)',
  },
  'cluster-lead-2020/clause': {
    zh: '对龙头企业在疫情期间新对接的市域内配套销售额，按1%给予奖励，最高100万元。',
    en: 'Lead firms receive 1 % of in-city supporting sales newly matched during the epidemic, at most 1,000,000 yuan.',
  },
  'cluster-sme-2020/title': {
    zh: '协作配套中小企业奖励（2020年）',
    en: 'Award to supporting SMEs (2020)',
  },
  'cluster-sme-2020/clause': {
    zh: '为龙头企业协作配套加工的市域内中小企业，年加工产值500万元（含）以上或加工费200万元（含）以上的，按加工产值的1%或加工费的2.5%给予奖励，最高20万元。',
    en: 'SMEs in the city that process for a lead firm, with a processing output value of 5,000,000 yuan or more, or processing fees of 2,000,000 yuan or more, in the year: 1 % of output value or 2.5 % of fees, at most 200,000 yuan.',
  },
  'cluster-2020/basis': {
    zh: '打通供应链协同配套难操作链专项行动',
    en: 'Action plan to clear the chain of difficulties in supply-chain cooperation',
  },
  'cluster-2020/issued-by': { zh: '泉州市', en: 'Quanzhou City' },
  'cluster-2020/source-1': {
    zh: '泉州市《打通供应链协同配套难操作链专项行动》，2020年2月',
    en: 'Quanzhou City, action plan “clear the chain of difficulties in supply-chain cooperation”, February 2020',
  },
  'cluster-2020/source-2': {
    zh: '同期丰泽、昆山、瑞安三地的做法',
    en: 'The practice of Fengze, Kunshan and Ruian in the same weeks',
  },
  'cluster-sme-2022/title': {
    zh: '协作配套中小企业奖励（2022年）',
    en: 'Award to supporting SMEs (2022)',
  },
  'cluster-sme-2022/clause': {
    zh: '加工产值与加工费之和占中小企业当年销售额30%（含）以上的，按加工产值的1%或加工费的2.5%给予奖励，最高30万元；与龙头企业子公司（含市外子公司）的往来一并计入。',
    en: 'SMEs whose output value plus fees reach 30 % of their sales of the year: 1 % of output value or 2.5 % of fees, at most 300,000 yuan; trade with a lead firm’s subsidiaries counts, also outside the city.',
  },
  'cluster-2022/basis': {
    zh: '同一扶持政策的2022年申报批次',
    en: 'The 2022 round of the same scheme',
  },
  'cluster-2022/issued-by': { zh: '泉州市', en: 'Quanzhou City' },
  'cluster-2022/source-1': {
    zh: '泉州市协作配套奖励2022年申报批次的通知',
    en: 'Quanzhou City, notice of the 2022 round of the award to supporting SMEs',
  },
  'interest-subsidy-2020-3/title': {
    zh: '疫情防控优惠贷款贴息（财金〔2020〕3号口径）',
    en: 'Interest subsidy on preferential loans of the epidemic (by document Caijin 2020 No. 3)',
  },
  'interest-subsidy-2020-3/clause': {
    zh: '按人民银行再贷款利率的50%给予贴息，贴息期限不超过1年。',
    en: 'Half of the relending rate of the People’s Bank is paid, for one year at most.',
  },
  'interest-3/basis': {
    zh: '财金〔2020〕3号',
    en: 'Caijin 2020 No. 3',
  },
  'interest-3/issued-by': { zh: '财政部', en: 'Ministry of Finance' },
  'interest-3/source-1': {
    zh: '财政部《关于支持金融强化服务 做好新型冠状病毒感染肺炎疫情防控工作的通知》（财金〔2020〕3号）',
    en: 'Ministry of Finance, notice on financial services against the epidemic (Caijin 2020 No. 3)',
  },
  'interest-3/interest-base': {
    zh: '财金〔2020〕3号：以人民银行再贷款利率为基数',
    en: 'Caijin 2020 No. 3: the base is the relending rate of the People’s Bank',
  },
  'interest-subsidy-2020-5/title': {
    zh: '疫情防控优惠贷款贴息（财金〔2020〕5号口径）',
    en: 'Interest subsidy on preferential loans of the epidemic (by document Caijin 2020 No. 5)',
  },
  'interest-subsidy-2020-5/clause': {
    zh: '按企业实际获得贷款利率的50%给予贴息，贴息期限不超过1年。',
    en: 'Half of the rate of the loan as the firm got it is paid, for one year at most.',
  },
  'interest-5/basis': {
    zh: '财金〔2020〕5号',
    en: 'Caijin 2020 No. 5',
  },
  'interest-5/issued-by': {
    zh: '财政部、发展改革委、工业和信息化部、人民银行、审计署',
    en: 'Ministry of Finance with four other central offices',
  },
  'interest-5/source-1': {
    zh: '《关于打赢疫情防控阻击战 强化疫情防控重点保障企业资金支持的紧急通知》（财金〔2020〕5号）',
    en: 'Urgent notice on funds for key firms in the fight against the epidemic (Caijin 2020 No. 5)',
  },
  'interest-5/interest-base': {
    zh: '财金〔2020〕5号：以企业实际获得的贷款利率为基数',
    en: 'Caijin 2020 No. 5: the base is the rate of the loan as the firm got it',
  },

  'ours/new-pairing/no-trade-since': {
    zh: '原文未定义“新对接”；取 2019-01-01 以来未发现双方订单、交货或付款',
    en: 'The text does not define “newly matched”; taken as no order, delivery or payment known since 2019-01-01',
  },
  'ours/new-pairing/not-asked': {
    zh: '原文对中小企业未要求“新对接”',
    en: 'The text asks SMEs for no new match',
  },
  'ours/window/dated': {
    zh: '原文未写起止日；疫情期间取 2020-01-23 至 2020-12-31，按年计的取整个年度',
    en: 'The text gives no days; the epidemic is taken as 2020-01-23 to 2020-12-31, and a year as the whole of it',
  },
  'ours/amount-counts/least': {
    zh: '原文未写以交货、开票还是付款为准；取三者中最少的，按发票所属年度',
    en: 'The text does not say whether delivery, invoice or payment counts; taken as the least of the three, in the year of the invoice',
  },
  'ours/vat/net': { zh: '原文未写是否含税；取不含税', en: 'The text is silent on VAT; taken as without' },
  'ours/both-bases/larger': {
    zh: '原文未写两项同时达标如何处理；取奖励较大的一项',
    en: 'The text is silent where both thresholds are reached; taken as the larger award',
  },
  'ours/thresholds-over/all': {
    zh: '原文未写按一家还是多家龙头企业合计；取合计',
    en: 'The text does not say whether thresholds are over one lead or all; taken as all together',
  },
  'ours/related-parties/same-largest-shareholder': {
    zh: '原文未涉及关联方；取第一大股东相同或互为第一大股东的不计',
    en: 'The text is silent on related parties; those with the same largest shareholder do not count',
  },
  'ours/in-the-city/registration': {
    zh: '原文“市域内”未写以注册地还是生产地为准；取供应商注册地在本市各县（市、区）及两区',
    en: '“Within the city” may be registration or plant; taken as the supplier’s registration in a county or zone of the city',
  },
  'ours/cap-per/round': {
    zh: '原文未写最高额按批次、年度还是政策；取每家企业每个批次',
    en: 'The text does not say what the cap is per; taken as per firm and round',
  },
  'ours/budget-short/full-then-scale': {
    zh: '原文未写资金不足如何处理；取先按足额测算，再由主管部门明确核减比例',
    en: 'The text is silent on short budgets; taken as the full rate first, then a scale that the office sets',
  },
  'ours/rounding/yuan-down': {
    zh: '原文未写取整；取计算过程不取整，最后舍去不足一元的部分',
    en: 'The text is silent on rounding; exact on the way, then down to the yuan once at the end',
  },
  'ours/rounding/fen-half-up': {
    zh: '原文未写取整；取四舍五入到分',
    en: 'The text is silent on rounding; taken as half away from zero to fen',
  },
  'ours/exclusions/none': { zh: '原文未列排除情形', en: 'The text lists no exclusions' },
  'ours/other-schemes/no-limit': {
    zh: '原文未限制与其他政策同时享受',
    en: 'The text does not limit what other schemes pay',
  },
  'ours/day-count/actual/360': {
    zh: '原文未写计息天数；取实际天数除以 360',
    en: 'The text is silent on the day count; taken as actual days over 360',
  },

  'material/contract': { zh: '购销或加工合同', en: 'Contract of sale or processing' },
  'material/invoices': { zh: '增值税发票', en: 'VAT invoices' },
  'material/delivery-notes': { zh: '送货单', en: 'Delivery notes' },
  'material/payment-vouchers': { zh: '付款凭证', en: 'Payment vouchers' },
  'material/pledge': { zh: '真实性承诺书', en: 'Pledge that what is stated is true' },
  'material/sales-of-year': { zh: '当年销售额证明', en: 'Proof of the sales of the year' },
  'material/loan-contract': { zh: '借款合同', en: 'Loan contract' },
  'material/drawing-slip': { zh: '借据', en: 'Slip of the drawing' },
  'material/interest-slips': { zh: '付息凭证', en: 'Interest slips' },
  'review-unknown': {
    zh: '历史文本，审查记录未取得',
    en: 'A historical text, whose review record was not obtained',
  },
  note: {
    zh: '历史版本，供测算、对照和演示。申报截止日、材料清单、公示工作日、异议答复期限和静默期在原文中没有，为本平台的默认。',
    en: 'A historical version, for estimates, comparison and demonstration. The last day of filing, materials, working days of the notice, time to answer objections and stand-still are not in the text; they are defaults of this platform.',
  },
};
