import { instantText, instantTime, shanghaiDay, startOfDay } from '@app/kernel';

const DAY = 86_400_000;

/** The first time at or after an instant when digests are made; `at` is `HH:MM` in Asia/Shanghai. */
export function digestAfter(instant: string, at: string): string {
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  const today = startOfDay(shanghaiDay(instant)) + (hours * 60 + minutes) * 60_000;
  return instantText(today >= instantTime(instant) ? today : today + DAY);
}

export const dayLater = (instant: string): string => instantText(instantTime(instant) + DAY);
