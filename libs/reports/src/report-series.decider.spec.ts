import { given } from '@testing/kernel';
import { reportSeries, ReportSeriesCommand, ReportSeriesEvent } from './report-series.decider';

const by = { account: 'anna', name: '安娜', office: 'city' };
const at = '2020-02-11T09:00:00.000Z';
const add = (day: string): ReportSeriesCommand => ({ type: 'AddReportDay', day, by, at });
const added = (day: string, previous?: string): ReportSeriesEvent => {
  return { type: 'ReportDayAdded', data: { day, ...(previous !== undefined && { previous }), by, at } };
};
const set = (time: string, reason = '口径'): ReportSeriesCommand => ({ type: 'SetReportCutOff', time, reason, by, at });

describe('the series of day reports', () => {
  it('names for each day the one before it', () => {
    given(reportSeries).when(add('2020-02-08')).records(added('2020-02-08'));
    given(reportSeries, added('2020-02-08')).when(add('2020-02-11')).records(added('2020-02-11', '2020-02-08'));
  });
  it('has each day once', () =>
    given(reportSeries, added('2020-02-08'), added('2020-02-09', '2020-02-08')).when(add('2020-02-08')).records());
  it('takes no day between two of it', () =>
    given(reportSeries, added('2020-02-09'))
      .when(add('2020-02-08'))
      .refuses('report-day-passed', { last: '2020-02-09' }));
  it('takes no day ahead', () => given(reportSeries).when(add('2020-02-12')).refuses('report-day-ahead'));
});

describe('the usual cut-off', () => {
  it('is set with a reason', () =>
    given(reportSeries)
      .when(set('16:30'))
      .records({ type: 'ReportCutOffSet', data: { before: '17:00', time: '16:30', reason: '口径', by, at } }));
  it('stays as it is', () => given(reportSeries).when(set('17:00')).records());
  it('is a minute of a day', () => given(reportSeries).when(set('24:00')).refuses('time-malformed'));
  it('names no person', () => given(reportSeries).when(set('16:00', '问 13900001111')).refuses('text-names-person'));
});
