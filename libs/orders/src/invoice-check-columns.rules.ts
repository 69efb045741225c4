import { isCalendarDate, Refused } from '@app/kernel';
import type { InvoiceState } from './evidence-story.rules';
import { invoiceNumber } from './invoice-numbers.rules';

// A table of 查验 results, as the tax office's page exports it or people keep it: under these headings, in any order.

export const CHECK_COLUMNS = [
  { field: 'code', headings: ['发票代码', '代码', 'invoice code'] },
  {
    field: 'number',
    headings: ['发票号码', '数电票号码', '数电发票号码', '全电发票号码', '号码', 'invoice number', 'number'],
    required: true,
  },
  { field: 'state', headings: ['查验结果', '发票状态', '票面状态', '状态', '结果', 'result', 'state'], required: true },
  { field: 'checkedOn', headings: ['查验日期', '查验时间', '日期', 'checked on', 'date'], required: true },
] as const;

const STATES: Readonly<Record<string, InvoiceState>> = {
  ...{ 正常: 'valid', 一致: 'valid', valid: 'valid', normal: 'valid' },
  ...{ 作废: 'voided', 已作废: 'voided', voided: 'voided', void: 'voided' },
  ...{ 红冲: 'reversed', 已红冲: 'reversed', 全额红冲: 'reversed', 部分红冲: 'reversed', 已冲红: 'reversed' },
  ...{ 红字发票: 'reversed', reversed: 'reversed', red: 'reversed' },
  ...{ 查无: 'not-found', 查无此票: 'not-found', 不存在: 'not-found', 'not-found': 'not-found' },
  ...{ 'not found': 'not-found' },
};

export type CheckRow = { readonly number: string; readonly state: InvoiceState; readonly checkedOn: string };

/** Refuses `invoice-number-malformed`, `check-state-unknown` and `check-day-unreadable`, each under its field. */
export function checkOfRow(fields: Readonly<Record<string, string>>): CheckRow {
  const { code = '', number = '', state: word = '', checkedOn = '' } = fields;
  const state = STATES[word.normalize('NFKC').trim().toLowerCase()];
  if (!state) throw new Refused('check-state-unknown', {}, 'state');
  const [, year, month, day] =
    /^(\d{4})\D?(\d{1,2})\D?(\d{1,2})(?:\D|$)/.exec(checkedOn.normalize('NFKC').trim()) ?? [];
  const written = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  if (!isCalendarDate(written)) throw new Refused('check-day-unreadable', {}, 'checkedOn');
  return { number: invoiceNumber(number, code), state, checkedOn: written };
}
