import { rebuildEquals, recorded, ViewUnderTest } from '@testing/projections';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database';
import type { ListingEvent } from './listing.decider';
import { BoardOfferRow, offerBoard, PastOfferRow } from './offer-board.view';
import * as story from './testing';

type BoardEvent = Parameters<typeof offerBoard.apply>[0][number];

const SEALED = '7.654321';
const EARLIER = '8.123456';
const IMPROVED = '6.987654';

const revised = (n: number, unitPrice: string, round: 1 | 2 = 1): ListingEvent => ({
  type: 'OfferRevised',
  data: { offer: `O${n}`, terms: story.offerTerms({ unitPrice }), round, receivedAt: story.MORNING },
});
const withdrawn = (n: number): ListingEvent => ({
  type: 'OfferWithdrawn',
  data: { offer: `O${n}`, receivedAt: story.MORNING },
});
const cancelled: ListingEvent = {
  type: 'ListingCancelled',
  data: { reason: 'no-longer-needed', shares: [], at: story.EVENING },
};
const opened: ListingEvent = {
  type: 'SecondRoundOpened',
  data: { offers: ['O1'], deadline: story.TERM_END, at: story.EVENING },
};
const closedAgain = (...offers: string[]): ListingEvent => ({
  type: 'SecondRoundClosed',
  data: { deadline: story.TERM_END, offers, at: story.TERM_END },
});

const OFFERED = [
  ...story.published(),
  story.offered(1, { unitPrice: EARLIER }),
  story.offered(2, { unitPrice: '9.876543' }),
  revised(1, SEALED),
  withdrawn(2),
  story.offered(3),
];

const TYPES = new Set(offerBoard.filter.types);
const events = (...history: readonly ListingEvent[]) =>
  recorded(
    ...history.filter(({ type }) => TYPES.has(type)).map((event) => ['listing-L1', event] as const),
  ) as BoardEvent[];

let database: FreshDatabase;
let view: ViewUnderTest<never>;
beforeAll(async () => {
  database = await freshDatabase();
});
beforeEach(async () => {
  view = await ViewUnderTest.open(offerBoard, database.url);
});
afterEach(() => view.close());
afterAll(() => database.drop());

const apply = (...history: ListingEvent[]) => view.apply(events(...history) as never);
const board = () => view.read((rows) => rows.find(BoardOfferRow, { order: { offer: 'ASC' } }));
const past = () => view.read((rows) => rows.find(PastOfferRow, { order: { offer: 'ASC' } }));

/** Tables that queries read, as text. */
async function readable(): Promise<string> {
  const { sealed_offer: _sealed, ...rest } = await view.rows();
  return JSON.stringify(rest);
}

it('shows nothing of any offer before the close, and tells nobody that there is one', async () => {
  expect(await apply(...OFFERED)).toEqual([]);
  expect(await board()).toEqual([]);
  expect(await past()).toEqual([]);
  expect(await readable()).not.toContain(SEALED);
  // The control: the terms are there, in the table that no query names.
  expect(JSON.stringify(await view.rows())).toContain(SEALED);
});

it('opens the terms that stand at the close, and keeps apart those that were revised or withdrawn', async () => {
  expect(await apply(...OFFERED, story.closed(1, 3))).toEqual(['L1']);
  expect(await board()).toMatchObject([
    { offer: 'O1', terms: { unitPrice: SEALED }, state: 'standing', shares: [] },
    { offer: 'O3', terms: { unitPrice: '2.5' } },
  ]);
  expect(await past()).toMatchObject([
    { offer: 'O1', past: [{ terms: { unitPrice: EARLIER }, how: 'superseded' }] },
    { offer: 'O2', past: [{ terms: { unitPrice: '9.876543' }, how: 'withdrawn' }] },
  ]);
  expect((await view.rows())['sealed_offer']).toEqual([]);
});

it('keeps the terms of a listing cancelled before its close sealed for ever', async () => {
  await apply(...OFFERED, cancelled);
  expect(await view.rows()).toEqual({ board_offer: [], past_offer: [], sealed_offer: [] });
});

it('keeps a second round sealed until its close', async () => {
  await apply(...OFFERED, story.closed(1, 3), opened, revised(1, IMPROVED, 2));
  expect(await board()).toMatchObject([{ terms: { unitPrice: SEALED } }, {}]);
  expect(await readable()).not.toContain(IMPROVED);
  expect(await apply(closedAgain('O1'))).toEqual(['L1']);
  expect(await board()).toMatchObject([{ terms: { unitPrice: IMPROVED } }, { terms: { unitPrice: '2.5' } }]);
  expect((await past())[0]!.past.map(({ terms }) => terms.unitPrice)).toEqual([EARLIER, SEALED]);
});

it('never opens a second round whose listing was cancelled before its close', async () => {
  await apply(...OFFERED, story.closed(1, 3), opened, revised(1, IMPROVED, 2), cancelled);
  expect(JSON.stringify(await view.rows())).not.toContain(IMPROVED);
});

it('follows awards, answers and losses', async () => {
  const lost: ListingEvent = {
    type: 'ListingConcluded',
    data: {
      outcome: 'awarded',
      accepted: '60',
      notChosen: [{ offer: 'O3', reason: 'price' }],
      by: 'lead',
      at: story.TERM_END,
    },
  };
  const accepted: ListingEvent = { type: 'SharesAccepted', data: { shares: ['S1'], at: story.EVENING } };
  await apply(...OFFERED, story.closed(1, 3), story.awarded(story.share('S1', 1, '60')), accepted, lost);
  const after = async () => (await board()).map(({ shares }) => shares.map(({ quantity, state }) => [quantity, state]));
  expect(await after()).toEqual([[['60', 'accepted']], []]);
  await apply(story.restReturned('S1', '25', '35'));
  expect(await after()).toEqual([[['35', 'accepted']], []]);
  expect(await board()).toMatchObject([
    { offer: 'O1', shares: [{ share: 'S1', quantity: '35', state: 'accepted' }], lossReason: null },
    { offer: 'O3', shares: [], lossReason: 'price' },
  ]);
});

it("does not let an offer's id reach another listing's offer", async () => {
  await apply(...OFFERED, story.closed(1, 3));
  const rival = { ...story.offered(1, { unitPrice: '1' }) };
  const elsewhere = recorded(['listing-L2', rival]) as never;
  await view.apply(elsewhere);
  expect(await board()).toMatchObject([{ offer: 'O1', listing: 'L1', terms: { unitPrice: SEALED } }, {}]);
});

it('gives the same rows live, in batches and rebuilt', async () => {
  const history = events(
    ...OFFERED,
    story.closed(1, 3),
    opened,
    revised(1, IMPROVED, 2),
    closedAgain('O1'),
    story.awarded(story.share('S1', 1, '60')),
    { type: 'SharesDeclined', data: { shares: ['S1'], reason: 'capacity', at: story.EVENING } },
  );
  await rebuildEquals(offerBoard as never, history as never, database.url);
});
