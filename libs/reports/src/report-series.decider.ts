import { Decider, mentionsPerson, Refused, shanghaiDay } from '@app/kernel';
import type { OfficerName } from './day-figures.rules';

// The order of the city's day reports: each names the one before it, so that periods neither overlap nor leave a gap; and
// the cut-off that a new one begins with.

/** 17:00, until the bureau sets another. */
export const FIRST_CUT_OFF = '17:00';

type Act = { readonly by: OfficerName; readonly at: string };

export type ReportSeriesEvent =
  | { type: 'ReportDayAdded'; data: { day: string; previous?: string } & Act }
  | { type: 'ReportCutOffSet'; data: { before: string; time: string; reason: string } & Act };

export type ReportSeriesCommand =
  | ({ type: 'AddReportDay'; day: string } & Act)
  | ({ type: 'SetReportCutOff'; time: string; reason: string } & Act);

export type ReportSeries = {
  /** Each day with the one before it. */
  readonly days: ReadonlyMap<string, string | undefined>;
  readonly last?: string;
  /** Minute of the day in Asia/Shanghai. */
  readonly cutOff: string;
};

export const reportSeries: Decider<ReportSeries, ReportSeriesCommand, ReportSeriesEvent> = {
  initial: { days: new Map(), cutOff: FIRST_CUT_OFF },

  decide(command, { days, last, cutOff }) {
    const { by, at } = command;
    if (command.type === 'SetReportCutOff') {
      const { time, reason } = command;
      if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) throw new Refused('time-malformed', {}, 'time');
      if (mentionsPerson(reason)) throw new Refused('text-names-person', {}, 'reason');
      return time === cutOff ? [] : [{ type: 'ReportCutOffSet', data: { before: cutOff, time, reason, by, at } }];
    }
    const { day } = command;
    if (days.has(day)) return [];
    if (day > shanghaiDay(at)) throw new Refused('report-day-ahead', {}, 'day');
    if (last !== undefined && day < last) throw new Refused('report-day-passed', { last }, 'day');
    return [{ type: 'ReportDayAdded', data: { day, ...(last !== undefined && { previous: last }), by, at } }];
  },

  evolve(state, event) {
    if (event.type === 'ReportCutOffSet') return { ...state, cutOff: event.data.time };
    const { day, previous } = event.data;
    return { ...state, days: new Map(state.days).set(day, previous), last: day };
  },
};
