import { derivationWords } from './derivation';
import type { Label } from './label';

/** Refusals of replays, by code. */
export const replayRefusals = {
  'replay-unknown': { zh: '没有这次政策重算', en: 'there is no such replay' },
  'replay-id-taken': { zh: '这个编号已用于另一次政策重算', en: 'this id belongs to another replay' },
  'replay-kinds-differ': {
    zh: '两个版本所扶持的对象不同（龙头企业、配套企业或贷款），不能相互比较',
    en: 'the two versions support different beneficiaries (leads, SMEs or loans) and cannot be compared',
  },
  'replay-ended': { zh: '这次政策重算已结束', en: 'this replay has ended' },
} as const satisfies Record<string, Label>;

/** Words for stored values of replays, by kind. */
export const replayLabels = {
  'replay-state': {
    waiting: { zh: '等待中', en: 'waiting' },
    running: { zh: '重算中', en: 'running' },
    done: { zh: '已完成', en: 'done' },
    failed: { zh: '未完成', en: 'failed' },
    cancelled: { zh: '已取消', en: 'cancelled' },
  },
  'replay-covers': {
    claims: { zh: '批次内的申报', en: 'claims of the rounds' },
    firms: { zh: '全部有交易的企业', en: 'every firm that trades' },
  },
  'replay-side': {
    a: { zh: '版本甲', en: 'version A' },
    b: { zh: '版本乙', en: 'version B' },
  },
  'replay-change': {
    gains: { zh: '增加', en: 'gains' },
    loses: { zh: '减少', en: 'loses' },
    same: { zh: '不变', en: 'the same' },
    unknown: { zh: '无法测算', en: 'cannot be evaluated' },
  },
  'replay-reason': {
    ...derivationWords.reason,
    'amount-differs': { zh: '计入金额口径不同', en: 'amounts are counted differently' },
    thresholds: { zh: '门槛', en: 'thresholds' },
    bases: { zh: '两项基数的取法', en: 'how both bases are taken' },
    rates: { zh: '奖补比例', en: 'rates' },
    findings: { zh: '失信、处罚、纠纷', en: 'findings against the firm' },
    cap: { zh: '上限', en: 'cap' },
    'other-schemes': { zh: '其他政策的限制', en: 'other schemes' },
    rounding: { zh: '取整', en: 'rounding' },
  },
} satisfies Record<string, Record<string, Label>>;
