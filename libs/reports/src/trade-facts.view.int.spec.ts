import { rebuildEquals, recorded, ViewUnderTest } from '@testing/projections';
import * as story from '@testing/matching';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database';
import { countFacts, factsChanged } from './counted-facts.view';
import type { DayReportEvent } from './day-report.decider';
import { DayReportRow, dayReports } from './day-reports.view';
import { TradeEvent, tradeFacts, TradeShareRow } from './trade-facts.view';

const officer = { account: 'olga', name: '演示', office: '350582' };
const firm = (n: number): readonly [string, TradeEvent] => {
  const facts = { name: '演示', registeredAddress: { area: '350582', text: '一号路' }, industry: '1953' };
  return [
    `enterprise-${story.firm(n).enterprise}`,
    { type: 'RegistrationApplied', data: { ...story.firm(n), from: '2019-01-01', facts } },
  ];
};
const moved: readonly [string, TradeEvent] = [
  `enterprise-${story.firm(1).enterprise}`,
  {
    type: 'FactsRecorded',
    data: {
      registration: story.firm(1).registration,
      from: '2019-06-01',
      facts: { registeredAddress: { area: '350502', text: '二号路' } },
      source: { kind: 'checked', by: officer },
    },
  },
];
const LISTING = [
  ...story.published(),
  story.offered(1),
  story.offered(2),
  story.offered(3),
  { type: 'OfferWithdrawn', data: { offer: 'O3', receivedAt: story.MORNING } },
  story.closed(1, 2),
  story.awarded(story.share('S1', 1, '10.333'), story.share('S2', 2, '40')),
  { type: 'SharesAccepted', data: { shares: ['S1'], at: story.EVENING } },
  { type: 'SharesDeclined', data: { shares: ['S2'], reason: 'capacity', at: story.TERM_END } },
] as readonly TradeEvent[];
const CHECK: readonly TradeEvent[] = [
  {
    type: 'CheckOpened',
    data: {
      match: 'M1',
      listing: 'L1',
      lead: story.lead,
      supplier: story.firm(1),
      check: 'K1',
      cause: { kind: 'for-cause', text: { id: 'T1', sha256: 'a'.repeat(64) } },
      by: { account: 'olga' },
      at: story.TERM_END,
    },
  },
  {
    type: 'CheckConcluded',
    data: {
      check: 'K1',
      result: 'untrue',
      text: { id: 'T2', sha256: 'b'.repeat(64) },
      by: { account: 'olga' },
      at: story.TERM_END,
    },
  },
];

/** The n-th event is recorded n seconds after ten o'clock. */
const events = recorded<TradeEvent>(
  ...[0, 1, 2, 3].map(firm),
  ...LISTING.filter(({ type }) => tradeFacts.filter.types?.includes(type)).map(
    (event) => ['listing-L1', event] as const,
  ),
  moved,
  ...CHECK.map((event) => ['match-M1', event] as const),
);
const known = (n: number): string => events[n]?.metadata.recordedAt ?? '9999-12-31T00:00:00.000Z';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

it('keeps of an offer that it was made, and of a share what it is worth', async () => {
  const view = await ViewUnderTest.open(tradeFacts, database.url);
  expect(await view.apply(events)).toEqual(['city']);
  const shares = await view.read((rows) => rows.find(TradeShareRow, { order: { share: 'ASC' } }));
  expect(shares).toMatchObject([
    { share: 'S1', amount: '25.83', acceptedAt: story.EVENING, endedBy: null },
    { share: 'S2', amount: '100', acceptedAt: null, endedBy: 'declined', endedAt: story.TERM_END },
  ]);
  // The offers' terms say 60 at 2.5 each: of an offer that won nothing no term is there to be found.
  const { trade_offer: offers } = await view.rows();
  expect(offers).toHaveLength(3);
  expect(JSON.stringify(offers)).not.toMatch(/unitPrice|quantity|"60"/);
  await view.close();
});

it('counts as of a time what was known at a time', async () => {
  const view = await ViewUnderTest.open(tradeFacts, database.url);
  await view.apply(events);
  const counted = async (cutOff: string, knownAt: string) => {
    const { sums } = await view.read((rows) => countFacts(rows, { from: '', cutOff, knownAt }));
    return sums.map(({ figure, area, all }) => [figure, area, all]);
  };
  const beforeMove = known(events.length - 3);
  expect(await counted(story.EVENING, beforeMove)).toEqual([
    ['awarded', '350582', '125.83'],
    ['demands', '350582', '1'],
    ['offerers', '350582', '3'],
    ['partners', '350582', '1'],
  ]);
  expect(await counted(story.TERM_END, beforeMove)).toContainEqual(['awarded', '350582', '25.83']);
  // The address was found to be another one, and then the match to be untrue.
  expect(await counted(story.TERM_END, known(events.length - 1))).toEqual([
    ['awarded', '350582', '25.83'],
    ['demands', '350582', '1'],
    ['offerers', '350502', '1'],
    ['offerers', '350582', '2'],
    ['partners', '350502', '1'],
  ]);
  expect(await counted(story.TERM_END, known(events.length))).toEqual([
    ['awarded', '350582', '0'],
    ['demands', '350582', '1'],
    ['offerers', '350502', '1'],
    ['offerers', '350582', '2'],
  ]);
  await view.close();
});

it('tells which facts changed since a report was signed', async () => {
  const view = await ViewUnderTest.open(tradeFacts, database.url);
  await view.apply(events);
  const period = { day: '2020-02-10', from: '2020-02-09T16:00:00.000Z', cutOff: story.EVENING };
  const then = known(events.length - 3);
  const changes = await view.read((rows) => factsChanged(rows, [period], then, known(events.length)));
  expect(changes.changed.map(({ figure, change }) => [figure, change])).toEqual([
    ['offerers', 'moved'],
    ['awarded', 'void'],
    ['partners', 'void'],
  ]);
  const same = await view.read((rows) => factsChanged(rows, [period], then, then));
  expect(same).toEqual({ changed: [], stated: [] });
  await view.close();
});

it('takes off what an order gives back of a share on the day on which it does, as it was known', async () => {
  const view = await ViewUnderTest.open(tradeFacts, database.url);
  const returned = { ...story.restReturned('S1', '4.133', '6.2').data, at: story.TERM_END };
  const given = recorded<TradeEvent>(
    firm(0),
    ...LISTING.filter(({ type }) => tradeFacts.filter.types?.includes(type)).map(
      (event) => ['listing-L1', event] as const,
    ),
    ['listing-L1', { type: 'ShareRestReturned', data: returned } as TradeEvent],
  );
  await view.apply(given);
  const [share] = await view.read((rows) => rows.find(TradeShareRow, { order: { share: 'ASC' } }));
  // 10.333 at 2.5 were 25.83; 6.2 of it are 15.5.
  expect(share).toMatchObject({ amount: '25.83', standingQuantity: '6.2', standingAmount: '15.5' });
  const awardedAs = async (cutOff: string, knownAt: string) => {
    const { sums } = await view.read((rows) => countFacts(rows, { from: '', cutOff, knownAt }));
    return sums.find(({ figure }) => figure === 'awarded')?.all;
  };
  const [before, after] = [given.at(-1)!.metadata.recordedAt, '9999-12-31T00:00:00.000Z'];
  // S2 was declined when the term ended, and its 100 went with it.
  expect(await awardedAs(story.EVENING, after)).toBe('125.83');
  expect(await awardedAs('2020-02-11T11:00:00.001Z', before)).toBe('25.83');
  expect(await awardedAs('2020-02-11T11:00:00.001Z', after)).toBe('15.50');
  await rebuildEquals(tradeFacts, given, database.url);
  await view.close();
});

it('gives the same rows live, in batches and rebuilt', () => rebuildEquals(tradeFacts, events, database.url));

describe('the list of day reports', () => {
  const act = { by: officer, at: story.EVENING };
  const told: readonly DayReportEvent[] = [
    { type: 'DayReportOpened', data: { day: '2020-02-10', cutOff: story.DEADLINE, ...act } },
    {
      type: 'DayReportPrepared',
      data: {
        statement: {
          day: '2020-02-10',
          definitions: 1,
          from: '2020-02-09T10:00:00.000Z',
          cutOff: story.DEADLINE,
          knownAt: story.EVENING,
          lines: [],
          corrections: [],
          entered: [],
          facts: { count: 0, sha256: 'a'.repeat(64) },
        },
        sha256: 'b'.repeat(64),
        ...act,
      },
    },
    { type: 'DayReportFrozen', data: { sha256: 'b'.repeat(64), ...act } },
  ];
  const history = recorded<DayReportEvent>(...told.map((event) => ['dayreport-2020-02-10', event] as const));

  it('has one row a day, with who signed', async () => {
    const view = await ViewUnderTest.open(dayReports, database.url);
    expect(await view.apply(history)).toEqual(['2020-02-10']);
    expect(await view.read((rows) => rows.find(DayReportRow))).toMatchObject([
      { day: '2020-02-10', state: 'frozen', prepared: act, reviewed: act, sha256: 'b'.repeat(64), corrections: 0 },
    ]);
    await view.close();
  });

  it('gives the same rows live, in batches and rebuilt', () => rebuildEquals(dayReports, history, database.url));
});
