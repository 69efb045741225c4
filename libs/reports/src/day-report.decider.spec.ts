import { canonicalHash } from '@app/kernel';
import { given } from '@testing/kernel';
import { figuresHash, OfficeLine, Statement } from './day-figures.rules';
import { dayReport, DayReportCommand, DayReportEvent } from './day-report.decider';

const DAY = '2020-02-11';
const CUT_OFF = '2020-02-11T09:00:00.000Z';
const at = '2020-02-11T09:10:00.000Z';
const anna = { account: 'anna', name: '安娜', office: 'city' };
const bo = { account: 'bo', name: '阿博', office: 'city' };
const none = { day: '0', cumulative: '0' };
const total: OfficeLine = {
  office: 'total',
  demands: none,
  offerers: none,
  awarded: none,
  partners: none,
  unfilled: none,
};

const statement = (given: Partial<Statement> = {}): Statement => ({
  day: DAY,
  definitions: 1,
  previous: '2020-02-10',
  from: '2020-02-10T09:00:00.000Z',
  cutOff: CUT_OFF,
  knownAt: '2020-02-11T09:09:50.000Z',
  lines: [total],
  corrections: [],
  entered: [],
  facts: { count: 0, sha256: 'a'.repeat(64) },
  ...given,
});

const opened: DayReportEvent = {
  type: 'DayReportOpened',
  data: { day: DAY, cutOff: CUT_OFF, previous: '2020-02-10', by: anna, at },
};
const prepared: DayReportEvent = {
  type: 'DayReportPrepared',
  data: { statement: statement(), sha256: canonicalHash(statement()), by: anna, at },
};
const frozen: DayReportEvent = { type: 'DayReportFrozen', data: { sha256: canonicalHash(statement()), by: bo, at } };

const correction = {
  correction: 'C1',
  of: '2020-02-10',
  office: '350582',
  figure: 'demands',
  change: '-1',
  reason: '误将测试数据计入',
} as const;
const entered: DayReportEvent = { type: 'DayReportCorrectionEntered', data: { ...correction, by: anna, at } };

type Command<T extends DayReportCommand['type']> = Extract<DayReportCommand, { type: T }>;

const open = (cutOff = CUT_OFF): Command<'OpenDayReport'> => {
  return { type: 'OpenDayReport', day: DAY, cutOff, previous: '2020-02-10', by: anna, at };
};
const enter = (given: Partial<Command<'EnterCorrection'>> = {}): Command<'EnterCorrection'> => {
  return { type: 'EnterCorrection', ...correction, ofState: 'frozen', offices: ['350582'], by: anna, at, ...given };
};
const prepare = (given: Partial<Command<'PrepareDayReport'>> = {}): Command<'PrepareDayReport'> => {
  const signed = given.statement ?? statement();
  return { type: 'PrepareDayReport', statement: signed, seen: figuresHash(signed), by: anna, at, ...given };
};
const review = (given: Partial<Command<'ReviewDayReport'>> = {}): Command<'ReviewDayReport'> => {
  return { type: 'ReviewDayReport', sha256: canonicalHash(statement()), by: bo, at, ...given };
};
const back: Command<'ReturnDayReport'> = { type: 'ReturnDayReport', reason: '请核对', by: bo, at };

describe('opening', () => {
  it('sets the cut-off', () => given(dayReport).when(open()).records(opened));
  it('does nothing the second time', () => given(dayReport, opened).when(open()).records());
  it('takes a minute of its own day only', () => {
    given(dayReport).when(open('2020-02-11T16:00:00.000Z')).refuses('cut-off-not-of-day', { day: DAY });
    given(dayReport).when(open('2020-02-11T09:00:30.000Z')).refuses('cut-off-not-of-day');
  });
  it('comes before everything else', () => given(dayReport).when(back).refuses('day-report-unknown'));
});

describe('the cut-off', () => {
  const move = (cutOff: string): DayReportCommand => ({ type: 'MoveCutOff', cutOff, by: bo, at });
  const later = '2020-02-11T10:00:00.000Z';

  it('is moved while it is a draft', () =>
    given(dayReport, opened)
      .when(move(later))
      .records({ type: 'DayReportCutOffMoved', data: { before: CUT_OFF, cutOff: later, by: bo, at } }));
  it('stays where it is', () => given(dayReport, opened).when(move(CUT_OFF)).records());
  it('keeps to its day', () =>
    given(dayReport, opened).when(move('2020-02-12T01:00:00.000Z')).refuses('cut-off-not-of-day'));
  it('is not moved under a signature', () =>
    given(dayReport, opened, prepared).when(move(later)).refuses('day-report-not-draft'));
});

describe('a correction', () => {
  it('is entered about a frozen report of an earlier day', () =>
    given(dayReport, opened).when(enter()).records(entered));
  it('is entered once', () => given(dayReport, opened, entered).when(enter()).records());
  it.each([
    ['its own day', { of: DAY }, 'corrected-report-not-frozen'],
    ['a report that is not frozen', { ofState: 'prepared' }, 'corrected-report-not-frozen'],
    ['no report', { ofState: 'none' }, 'corrected-report-not-frozen'],
    ['an office that is none', { office: '110101' }, 'office-none'],
    ['nothing', { change: '0.00' }, 'correction-zero'],
    ['half a listing', { change: '-0.5' }, 'correction-not-whole'],
    ['no number', { change: '1e3' }, 'change-malformed'],
    ['a person', { reason: '电话 13900001111' }, 'text-names-person'],
  ] as const)('is refused about %s', (_, wrong, code) => given(dayReport, opened).when(enter(wrong)).refuses(code));
  it('may be of an amount in fen', () =>
    given(dayReport, opened)
      .when(enter({ figure: 'awarded', change: '-0.05', office: 'elsewhere' }))
      .records({
        type: 'DayReportCorrectionEntered',
        data: { ...correction, figure: 'awarded', change: '-0.05', office: 'elsewhere', by: anna, at },
      }));
  it('is dropped again', () =>
    given(dayReport, opened, entered)
      .when({ type: 'DropCorrection', correction: 'C1', by: bo, at })
      .records({ type: 'DayReportCorrectionDropped', data: { correction: 'C1', by: bo, at } }));
  it('is dropped only where it stands', () =>
    given(dayReport, opened)
      .when({ type: 'DropCorrection', correction: 'C1', by: bo, at })
      .refuses('correction-unknown'));
});

describe('the preparer', () => {
  it('signs what he saw, with its hash', () => given(dayReport, opened).when(prepare()).records(prepared));
  it('does not sign what he did not see', () =>
    given(dayReport, opened)
      .when(prepare({ seen: 'b'.repeat(64) }))
      .refuses('day-report-changed'));
  it.each([
    ['another day', { day: '2020-02-12' }],
    ['another cut-off', { cutOff: '2020-02-11T08:00:00.000Z' }],
    ['another report before it', { previous: '2020-02-09' }],
    ['a correction that was dropped meanwhile', { entered: [{ ...correction, by: anna }] }],
  ])('does not sign figures of %s', (_, wrong) =>
    given(dayReport, opened)
      .when(prepare({ statement: statement(wrong) }))
      .refuses('day-report-changed'),
  );
  it('waits for the cut-off', () =>
    given(dayReport, opened)
      .when(prepare({ statement: statement({ knownAt: CUT_OFF }) }))
      .refuses('cut-off-ahead'));
  it('waits for the report before it', () => {
    const predecessor = { day: '2020-02-10', state: 'prepared' } as const;
    given(dayReport, opened).when(prepare({ predecessor })).refuses('previous-day-report-open', { day: '2020-02-10' });
    given(dayReport, opened)
      .when(prepare({ predecessor: { ...predecessor, state: 'frozen' } }))
      .records(prepared);
  });
  it('signs once', () => given(dayReport, opened, prepared).when(prepare()).refuses('day-report-not-draft'));
});

describe('the reviewer', () => {
  it('freezes what he saw', () => given(dayReport, opened, prepared).when(review()).records(frozen));
  it('is somebody else', () =>
    given(dayReport, opened, prepared)
      .when(review({ by: anna }))
      .refuses('reviewer-is-preparer'));
  it('signs the very statement', () =>
    given(dayReport, opened, prepared)
      .when(review({ sha256: 'b'.repeat(64) }))
      .refuses('day-report-changed'));
  it('has nothing to sign in a draft', () =>
    given(dayReport, opened).when(review()).refuses('day-report-not-prepared'));
  it('returns it with a reason', () => {
    const returned: DayReportEvent = { type: 'DayReportReturned', data: { reason: '请核对', by: bo, at } };
    given(dayReport, opened, prepared).when(back).records(returned);
    given(dayReport, opened, prepared, returned).when(review()).refuses('day-report-not-prepared');
    given(dayReport, opened, prepared, returned).when(prepare()).records(prepared);
    given(dayReport, opened).when(back).refuses('day-report-not-prepared');
    const naming = { ...back, reason: '问 13900001111' };
    given(dayReport, opened, prepared).when(naming).refuses('text-names-person');
  });
});

it('is changed by nobody once it is frozen', () => {
  const commands = [enter(), prepare(), review(), back];
  for (const command of commands) given(dayReport, opened, prepared, frozen).when(command).refuses('day-report-frozen');
});
