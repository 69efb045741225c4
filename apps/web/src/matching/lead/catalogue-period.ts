import dayjs from 'dayjs';

export type Period = { readonly from: string; readonly to: string };

const day = (moment: dayjs.Dayjs): string => moment.format('YYYY-MM-DD');

/** The month after the one that `today` is in. */
export function nextMonth(today: string): Period {
  const first = dayjs(today).startOf('month').add(1, 'month');
  return { from: day(first), to: day(first.endOf('month')) };
}

/** The period that follows: whole months after whole months, else as many days. */
export function periodAfter({ from, to }: Period): Period {
  const [start, end] = [dayjs(from), dayjs(to)];
  const next = end.add(1, 'day');
  const isWholeMonths = start.date() === 1 && next.date() === 1;
  const length = isWholeMonths ? next.diff(start, 'month') : next.diff(start, 'day');
  return { from: day(next), to: day(next.add(length, isWholeMonths ? 'month' : 'day').subtract(1, 'day')) };
}

/** A title that names its month names the new one: 2020年3月产品需求目录. */
export function titleAfter(title: string, before: Period, after: Period): string {
  const [was, is] = [dayjs(before.from), dayjs(after.from)];
  return title
    .replace(new RegExp(`${was.year()}(\\s*年\\s*)0?${was.month() + 1}(\\s*月)`), `${is.year()}$1${is.month() + 1}$2`)
    .replace(was.format('YYYY-MM'), is.format('YYYY-MM'));
}
