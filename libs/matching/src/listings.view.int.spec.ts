import { applyAll, rebuildEquals, recorded, ViewUnderTest } from '@testing/projections';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database';
import { listing as decider, ListingEvent } from './listing.decider';
import { listingRow, pageVersion, PageFields, versionOf } from './listing-page.rules';
import { statusOf } from './listing-state.rules';
import { ListingRow, listings, PageEvent, QuestionAskerRow, seesPage } from './listings.view';
import * as story from './testing';

const STREAM = 'listing-L1';
const asked: ListingEvent = {
  type: 'QuestionAsked',
  data: { question: 'Q1', by: story.firm(7), text: '可以分批交货吗？', at: story.MORNING },
};

/** From draft to conclusion, with everything that a page can show on the way. */
const LIFE: readonly ListingEvent[] = [
  ...story.published({ visibility: { class: 'pledge', pledgeText: '保密' } }),
  { type: 'ConfidentialityPledged', data: { by: story.firm(1), at: story.MORNING } },
  asked,
  { type: 'QuestionAnswered', data: { question: 'Q1', text: '可以。', at: story.MORNING } },
  story.offered(1),
  story.offered(2, { quantity: '40' }),
  { type: 'QuotingDeadlineMoved', data: { before: story.DEADLINE, deadline: story.EVENING, at: story.MORNING } },
  { type: 'OfferWithdrawn', data: { offer: 'O2', receivedAt: story.MORNING } },
  story.offered(3, { quantity: '50' }),
  story.closed(1, 3),
  {
    type: 'ListingActProposed',
    data: {
      proposal: 'P1',
      account: 'anna',
      act: { do: 'award', award: 'A1', shares: [story.asked('S1', 1, '60')], notChosen: [] },
      at: story.EVENING,
    },
  },
  story.awarded(story.share('S1', 1, '60')),
  story.awarded(story.share('S2', 3, '40')),
  { type: 'SharesAccepted', data: { shares: ['S1'], at: story.EVENING } },
  { type: 'SharesDeclined', data: { shares: ['S2'], reason: 'capacity', at: story.EVENING } },
  {
    type: 'ListingConcluded',
    data: { outcome: 'awarded', accepted: '60', notChosen: [], by: 'lead', at: story.TERM_END },
  },
];

/** What an order gives back opens a concluded listing again. */
const REOPENED = [...LIFE, story.restReturned('S1', '25', '35')];

const happened = (events: readonly ListingEvent[]) =>
  recorded<PageEvent>(
    ['catalogue-C1', { type: 'CatalogueItemsAdded', data: { items: ['L0'] } }],
    ...events.map((event) => [STREAM, event] as const),
    ['catalogue-C1', { type: 'CatalogueItemsAdded', data: { items: ['L9', 'L1'] } }],
    [
      'catalogue-C1',
      {
        type: 'CatalogueItemsReported',
        data: { published: [], refused: [{ item: 'L1', code: 'quantity-missing' }], at: story.MORNING },
      },
    ],
  );

let database: FreshDatabase;
let view: ViewUnderTest<PageEvent> | undefined;
beforeAll(async () => {
  database = await freshDatabase();
});
afterEach(async () => {
  await view?.close();
  view = undefined;
});
afterAll(() => database.drop());

const row = (): Promise<ListingRow> => view!.read((rows) => rows.findOneByOrFail(ListingRow, { listing: 'L1' }));

it('shows a listing with its terms, questions, changes and place in its catalogue', async () => {
  view = await applyAll(listings, happened(LIFE), database.url);
  expect(await row()).toMatchObject({
    lead: story.lead.enterprise,
    status: 'awarded',
    visibility: 'pledge',
    pledged: [story.firm(1).registration],
    terms: { product: '鞋底', quotingDeadline: story.EVENING },
    questions: [{ question: 'Q1', text: '可以分批交货吗？', answer: '可以。' }],
    changes: [{ changed: ['quotingDeadline'], before: { product: '鞋底', quotingDeadline: story.DEADLINE } }],
    catalogue: 'C1',
    line: '1001',
    closedAt: story.DEADLINE,
    endedAt: story.TERM_END,
    own: { offers: ['O1', 'O3'], publicationRefused: 'quantity-missing' },
  });
  expect(JSON.stringify(await row())).not.toContain(story.firm(7).registration);
  const askers = await view.read((rows) => rows.find(QuestionAskerRow));
  expect(askers).toMatchObject([{ question: 'Q1', enterprise: story.firm(7).enterprise }]);
});

it('shows a concluded listing of which an order gave back a part as one that may be awarded again', async () => {
  view = await applyAll(listings, happened(REOPENED), database.url);
  expect(await row()).toMatchObject({
    status: 'partly-awarded',
    endedAt: null,
    own: { shares: { S1: ['35', 'accepted'] } },
  });
});

it('gives the same rows live, in batches and rebuilt', async () => {
  await rebuildEquals(listings, happened(REOPENED), database.url);
});

it('tells of an offer, a pledge or a proposal only the firm whose business it is', async () => {
  const events = happened(LIFE);
  view = await ViewUnderTest.open(listings, database.url);
  const heard: Record<string, string[]> = {};
  for (const event of events) {
    const keys = await view.apply([event]);
    heard[event.type] = [...(heard[event.type] ?? []), ...keys];
  }
  const own = `${story.lead.registration}/L1`;
  expect(heard['OfferSubmitted']).toEqual([own, own, own]);
  expect(heard['OfferWithdrawn']).toEqual([own]);
  expect(heard['ListingActProposed']).toEqual([own]);
  expect(heard['ConfidentialityPledged']).toEqual([`${story.firm(1).registration}/L1`]);
  expect(heard['QuestionAsked']).toEqual(['L1']);
  expect(heard['QuotingClosed']).toEqual(['L1']);
  expect(heard['ListingPublished']).toEqual(['L1']);
});

it('has the status and version of the decider after every event', () => {
  let page: PageFields | undefined;
  let state = decider.initial;
  for (const [revision, event] of REOPENED.entries()) {
    page = listingRow(page, { ...event, stream: STREAM, revision: BigInt(revision) }, 'L1');
    state = decider.evolve(state, event);
    expect(page!.status).toBe(statusOf(state!));
    // As it comes back from a jsonb column, where keys have another order.
    const terms = Object.fromEntries(Object.entries(page!.terms).reverse());
    expect(pageVersion({ ...page!, terms: terms as never })).toEqual(versionOf(state!));
  }
});

it('shows a draft to its lead alone, and a listing to whoever has offered on it', async () => {
  view = await applyAll(listings, happened(LIFE.slice(0, 1)), database.url);
  const lead = { firm: { ...story.lead, isConfirmed: true } };
  expect(seesPage(await row(), lead)).toBe(true);
  expect(seesPage(await row(), { office: 'city' })).toBe(false);
  await view.close();
  view = await applyAll(listings, happened(LIFE), database.url);
  const firm = (n: number, isConfirmed = true) => ({ firm: { ...story.firm(n), isConfirmed } });
  expect(seesPage(await row(), {})).toBe(false);
  expect(seesPage(await row(), firm(1))).toBe(true);
  expect(seesPage(await row(), firm(3))).toBe(true);
  expect(seesPage(await row(), firm(8))).toBe(false);
  expect(seesPage(await row(), { office: [story.lead.enterprise] })).toBe(true);
  expect(seesPage(await row(), { office: [story.firm(3).enterprise] })).toBe(false);
});
