import { addWorkingDays, endOfDay, instantText, shanghaiDay } from '@app/kernel';

/** 对方未回应: working days of silence after which a fact shows it. */
export const SILENCE = 10;

/** When a fact that waits since an instant has waited long enough: the end of the tenth working day after it. */
export const silenceEnds = (since: string): string =>
  instantText(endOfDay(addWorkingDays(shanghaiDay(since), SILENCE)));
