import type { Label } from './label';

export const reportRefusals: Record<string, Label> = {
  'day-report-unknown': { zh: '没有这一天的日报', en: 'there is no day report of this day' },
  'day-report-frozen': { zh: '这份日报已定稿，不能再改', en: 'this day report is frozen' },
  'day-report-not-draft': { zh: '这份日报已由填报人签字，请先退回', en: 'this day report is signed; return it first' },
  'day-report-not-prepared': {
    zh: '这份日报还没有填报人签字',
    en: 'this day report has not been signed by its preparer',
  },
  'day-report-changed': {
    zh: '数字在您查看后有变化，请重新核对',
    en: 'the figures have changed since you looked; check again',
  },
  'previous-day-report-open': {
    zh: '{day} 的日报尚未定稿，请先完成它',
    en: 'the report of {day} is not frozen yet; finish that one first',
  },
  'reviewer-is-preparer': { zh: '审核人不能是填报人本人', en: 'the reviewer must be somebody else than the preparer' },
  'cut-off-ahead': {
    zh: '统计截止时间未到，截止后片刻才能签字',
    en: 'the cut-off lies ahead; sign shortly after it',
  },
  'cut-off-not-of-day': {
    zh: '统计截止时间须在 {day} 当天，精确到分',
    en: 'the cut-off is a minute of {day}',
  },
  'time-malformed': { zh: '时间须为 00:00 至 23:59，如 17:00', en: 'a time is 00:00 to 23:59, such as 17:00' },
  'change-malformed': {
    zh: '更正数须为整数或最多两位小数，可带负号，如 -1',
    en: 'a change is a number with at most 2 decimals, such as -1',
  },
  'report-day-ahead': { zh: '这一天还没有到', en: 'this day has not come yet' },
  'report-day-passed': {
    zh: '{last} 的日报已经开始，不能再补更早的日报；更早的变化会列入下一份的更正',
    en: 'the report of {last} was opened already; earlier changes appear as corrections in the next one',
  },
  'correction-unknown': { zh: '没有这条更正', en: 'there is no such correction' },
  'correction-zero': { zh: '更正数不能为 0', en: 'a correction changes something' },
  'correction-not-whole': { zh: '户数和条数的更正须为整数', en: 'a count is corrected by a whole number' },
  'corrected-report-not-frozen': {
    zh: '只能更正此前已定稿的日报',
    en: 'only a frozen report of an earlier day is corrected',
  },
  'office-none': { zh: '没有这个县级工信部门', en: 'there is no such office' },
  'period-backwards': { zh: '起始日期不得晚于结束日期', en: 'the first day must not lie after the last' },
  'period-too-long': { zh: '一次最多统计 {most} 天', en: 'at most {most} days at once' },
};

export const reportLabels: Record<string, Record<string, Label>> = {
  'day-report-state': {
    draft: { zh: '填报中', en: 'draft' },
    prepared: { zh: '待审核', en: 'to be reviewed' },
    frozen: { zh: '已定稿', en: 'frozen' },
  },
  'report-line': {
    elsewhere: { zh: '市外', en: 'elsewhere' },
    total: { zh: '合计', en: 'total' },
  },
  'report-signature': {
    preparer: { zh: '填报人', en: 'prepared by' },
    reviewer: { zh: '审核人', en: 'reviewed by' },
  },
  'report-period': {
    day: { zh: '当日新增', en: 'of the day' },
    cumulative: { zh: '累计', en: 'cumulative' },
  },
  'report-figure': {
    demands: { zh: '需求（条）', en: 'demands' },
    offerers: { zh: '报价企业（家）', en: 'offering enterprises' },
    awarded: { zh: '定标金额（元）', en: 'awarded, yuan' },
    partners: { zh: '对接企业（家）', en: 'matched enterprises' },
    unfilled: { zh: '未成交（条）', en: 'unfilled' },
  },
  'report-figure-basis': {
    demands: {
      zh: '本地企业发布的采购需求条数。撤销后重发的只计一次；撤销的仍计，因其确已发布。',
      en: 'Purchase listings published by firms of the area. One published in place of a cancelled one counts once; a cancelled one stays counted.',
    },
    offerers: {
      zh: '对采购需求报过价的企业家数，每家只计一次，按其首次报价的时间和当时注册地计入，撤回的也计；合计等于各地之和。',
      en: 'Enterprises that offered, each once, by the time and its registered area of its first offer, withdrawn ones included; the total is the sum of the lines.',
    },
    awarded: {
      zh: '中选份额的未税金额，逐份四舍五入到分，按龙头企业定标时的注册地计入。谢绝、逾期失效、撤销或由订单退回的，在终止当日扣减，故当日可为负数。',
      en: 'Amounts without VAT of awarded shares, each rounded to fen, in the lead’s area when awarded. A share declined, lapsed, cancelled or given back by its order is taken off on the day it ends, so a day may be negative.',
    },
    partners: {
      zh: '已接单的中小企业家数（接单时已知为大型的不计），每家只计一次，按其首次接单的时间和当时注册地计入。',
      en: 'Enterprises that accepted a share, those known as large left out, each once, by the time and its registered area of its first acceptance.',
    },
    unfilled: {
      zh: '结束定标而无任何接单的采购需求条数，按龙头企业注册地计入。',
      en: 'Purchase listings concluded without an accepted share, in the lead’s area.',
    },
  },
  'dashboard-bucket': {
    day: { zh: '按日', en: 'by day' },
    week: { zh: '按周', en: 'by week' },
    month: { zh: '按月', en: 'by month' },
  },
  'dashboard-grouping': {
    none: { zh: '全部合并', en: 'all together' },
    area: { zh: '按地区', en: 'by area' },
    industry: { zh: '按行业', en: 'by industry' },
  },
  'listing-result': {
    filled: { zh: '足额定标', en: 'filled' },
    'partly-filled': { zh: '部分定标', en: 'partly filled' },
    unfilled: { zh: '未成交', en: 'unfilled' },
    undecided: { zh: '待定标', en: 'undecided' },
  },
  'supplier-size': {
    micro: { zh: '微型', en: 'micro' },
    small: { zh: '小型', en: 'small' },
    medium: { zh: '中型', en: 'medium' },
    large: { zh: '大型', en: 'large' },
    unknown: { zh: '规模未知', en: 'size unknown' },
  },
  'correction-part': {
    day: { zh: '当日新增', en: 'of the day' },
    before: { zh: '首份日报之前', en: 'before the first report' },
  },
  'correction-change': {
    'recorded-late': { zh: '定稿后补录', en: 'recorded after the signing' },
    void: { zh: '已作废或核查不属实', en: 'void or found untrue' },
    moved: { zh: '所属地区或金额已更正', en: 'area or amount corrected' },
    'counted-elsewhere': { zh: '改按另一笔计入', en: 'counted by another fact' },
  },
};

/** Words of a day report as a file; `{name}` places are filled by it. */
export const reportSheet = {
  title: { zh: '日报 {day}', en: 'Day report {day}' },
  rowsTitle: { zh: '日报明细 {day}', en: 'Rows of day report {day}' },
  office: { zh: '县（市、区）', en: 'Office' },
  column: { zh: '{figure}{period}', en: '{figure}, {period}' },
  note: { zh: '说明', en: 'Note' },
  cutOff: { zh: '统计截止', en: 'Cut-off' },
  correction: { zh: '更正 {of}：{figure} {was} → {is}', en: 'Correction of {of}: {figure} {was} → {is}' },
  correctionBefore: {
    zh: '更正首份日报（{of}）之前：{figure} {was} → {is}',
    en: 'Correction of what lay before the first report ({of}): {figure} {was} → {is}',
  },
  entered: {
    zh: '更正 {of}：{figure} {change}，{reason}（{by}）',
    en: 'Correction of {of}: {figure} {change}, {reason} ({by})',
  },
  at: { zh: '发生时间', en: 'Happened at' },
  recordedAt: { zh: '记录时间', en: 'Recorded at' },
  firm: { zh: '企业', en: 'Enterprise' },
  code: { zh: '统一社会信用代码', en: 'Code' },
  other: { zh: '对方企业', en: 'Other side' },
  product: { zh: '产品', en: 'Product' },
  amount: { zh: '计数或金额（元）', en: 'Count, or amount in yuan' },
} as const satisfies Record<string, Label>;
