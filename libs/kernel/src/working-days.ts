import { isWorkday } from 'chinese-days';
import { addDays } from './calendar';

// 工作日 by the State Council's calendar as it was published for each year, days worked in lieu and the extended Spring
// Festival of 2020 included. Of a year whose calendar is not out yet, Monday to Friday count.

/** Whether a day (YYYY-MM-DD, Asia/Shanghai) is worked. */
export const isWorkingDay = (day: string): boolean => isWorkday(day);

/** The `count`th working day after a day, which does not count itself; of 0 the day itself. */
export function addWorkingDays(day: string, count: number): string {
  let after = day;
  for (let left = count; left > 0;) {
    after = addDays(after, 1);
    if (isWorkingDay(after)) left -= 1;
  }
  return after;
}

/** How many working days lie after `from`, up to and including `to`; 0 where `to` is not after it. */
export function workingDaysBetween(from: string, to: string): number {
  let days = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(day)) days += 1;
  return days;
}
