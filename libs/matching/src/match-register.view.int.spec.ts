import { rebuildEquals, recorded, ViewUnderTest } from '@testing/projections';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database';
import { CheckRow, checks } from './checks.view';
import type { ListingEvent } from './listing.decider';
import { matchOf, MatchRow, matchRegister } from './match-register.view';
import type { MatchEvent } from './match.decider';
import * as story from './testing';

const PRICE = '7.654321';
const QUANTITY = '43.219';
const match = (n: number): string => matchOf('L1', story.firm(n).registration);
const text = { id: 'T1', sha256: 'a'.repeat(64) };
const by = { account: 'officer', area: '350582' };

const LISTING: readonly ListingEvent[] = [
  ...story.published(),
  story.offered(1, { unitPrice: PRICE }),
  story.offered(2, { unitPrice: PRICE, quantity: QUANTITY }),
  story.offered(3),
  { type: 'OfferWithdrawn', data: { offer: 'O3', receivedAt: story.MORNING } },
  story.closed(1, 2),
  {
    type: 'SharesAwarded',
    data: {
      award: 'A1',
      shares: [story.share('S1', 1, '60')],
      notChosen: [{ offer: 'O2', reason: 'price' }],
      at: story.EVENING,
    },
  },
  { type: 'SharesAccepted', data: { shares: ['S1'], at: story.EVENING } },
  story.restReturned('S1', '25', '35'),
];
const CHECK: readonly MatchEvent[] = [
  {
    type: 'CheckOpened',
    data: {
      match: match(1),
      listing: 'L1',
      lead: story.lead,
      supplier: story.firm(1),
      check: 'K1',
      cause: { kind: 'for-cause', text },
      by,
      at: story.EVENING,
    },
  },
  { type: 'StatementsAsked', data: { check: 'K1', sides: ['supplier'], text, by, at: story.EVENING } },
  {
    type: 'StatementGiven',
    data: {
      check: 'K1',
      statement: 'X1',
      side: 'supplier',
      by: story.firm(1),
      text,
      attachments: [],
      at: story.EVENING,
    },
  },
  { type: 'FindingAttached', data: { check: 'K1', finding: 'F1', text, attachments: [], by, at: story.EVENING } },
  { type: 'CheckConcluded', data: { check: 'K1', result: 'doubtful', text, by, at: story.TERM_END } },
];

const told = (view: { filter: { types?: readonly string[]; categories?: readonly string[] } }) =>
  recorded<ListingEvent | MatchEvent>(
    ...LISTING.map((event) => ['listing-L1', event] as const),
    ...CHECK.map((event) => [`match-${match(1)}`, event] as const),
  ).filter(
    ({ type, stream }) =>
      (view.filter.types?.includes(type) ?? true) && view.filter.categories!.includes(stream.split('-')[0]!),
  ) as never[];

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

it('has one row for each SME that ever offered, with what came of it', async () => {
  const view = await ViewUnderTest.open(matchRegister, database.url);
  await view.apply(told(matchRegister));
  const rows = await view.read((manager) => manager.find(MatchRow));
  const byId = new Map(rows.map((row) => [row.match, row]));
  expect(byId.get(match(1))).toMatchObject({
    supplier: story.firm(1).enterprise,
    state: 'accepted',
    shares: [{ share: 'S1', quantity: '35', state: 'accepted' }],
    check: 'K1',
    checkState: 'doubtful',
  });
  expect(byId.get(match(2))).toMatchObject({ state: 'not-chosen', shares: [], checkState: null });
  expect(byId.get(match(3))).toMatchObject({ state: 'withdrawn' });
  expect(rows).toHaveLength(3);
  await view.close();
});

it('holds no term of any offer', async () => {
  const view = await ViewUnderTest.open(matchRegister, database.url);
  await view.apply(told(matchRegister));
  const text = JSON.stringify(await view.rows());
  expect(text).not.toContain(PRICE);
  expect(text).not.toContain(QUANTITY);
  await view.close();
});

it('follows a check from its opening to its conclusion', async () => {
  const view = await ViewUnderTest.open(checks, database.url);
  expect(await view.apply(told(checks))).toEqual([`${match(1)}/K1`]);
  const row = await view.read((manager) => manager.findOneByOrFail(CheckRow, { check: 'K1' }));
  expect(row).toMatchObject({
    state: 'doubtful',
    asked: ['supplier'],
    entries: [
      { kind: 'statement', entry: 'X1', side: 'supplier' },
      { kind: 'finding', entry: 'F1', by },
    ],
    conclusion: { by, at: story.TERM_END },
  });
  await view.close();
});

it('gives the same rows live, in batches and rebuilt', async () => {
  await rebuildEquals(matchRegister as never, told(matchRegister), database.url);
  await rebuildEquals(checks as never, told(checks), database.url);
});
