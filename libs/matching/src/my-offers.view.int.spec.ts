import { rebuildEquals, recorded, ViewUnderTest } from '@testing/projections';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database';
import type { ListingEvent } from './listing.decider';
import { awardList, ShareRow } from './award-list.view';
import { MyOfferRow, myOffers } from './my-offers.view';
import * as story from './testing';

const own = (n: number): string => `${story.firm(n).registration}/O${n}`;
const share = (n: number): string => `${story.firm(n).registration}/S${n}`;

const HISTORY: readonly ListingEvent[] = [
  ...story.published(),
  story.offered(1),
  story.offered(2, { quantity: '40' }),
  {
    type: 'OfferRevised',
    data: { offer: 'O1', terms: story.offerTerms({ unitPrice: '2.4' }), round: 1, receivedAt: story.MORNING },
  },
  story.offered(3),
  story.closed(1, 2, 3),
  {
    type: 'SharesAwarded',
    data: {
      award: 'A1',
      shares: [story.share('S1', 1, '60')],
      notChosen: [{ offer: 'O2', reason: 'price' }],
      at: story.EVENING,
    },
  },
  { type: 'ShareReminderRecorded', data: { share: 'S1', acceptBy: '2020-02-11T13:00:00.000Z', at: story.TERM_END } },
  { type: 'ShareLapsed', data: { share: 'S1', acceptBy: '2020-02-11T13:00:00.000Z', at: story.TERM_END } },
  story.awarded(story.share('S2', 2, '40')),
  { type: 'SharesAccepted', data: { shares: ['S2'], at: story.TERM_END } },
  {
    type: 'ListingConcluded',
    data: {
      outcome: 'awarded',
      accepted: '40',
      notChosen: [
        { offer: 'O1', reason: 'delivery' },
        { offer: 'O3', reason: 'others-chosen' },
      ],
      by: 'lead',
      at: story.TERM_END,
    },
  },
  story.restReturned('S2', '15', '25'),
];

const eventsFor = (view: { filter: { types?: readonly string[] } }, history: readonly ListingEvent[]) =>
  recorded(
    ...history.filter(({ type }) => view.filter.types!.includes(type)).map((event) => ['listing-L1', event] as const),
  ) as never[];

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

async function rowsAfter(count: number): Promise<Record<string, MyOfferRow>> {
  const view = await ViewUnderTest.open(myOffers, database.url);
  try {
    await view.apply(eventsFor(myOffers, HISTORY.slice(0, count)));
    const rows = await view.read((manager) => manager.find(MyOfferRow));
    return Object.fromEntries(rows.map((row) => [row.offer, row]));
  } finally {
    await view.close();
  }
}

it('shows an SME its own terms with every receipt', async () => {
  const { O1 } = await rowsAfter(6);
  expect(O1).toMatchObject({ supplier: story.firm(1).registration, result: 'quoting', terms: { unitPrice: '2.4' } });
  expect(O1!.receipts.map(({ terms }) => terms.unitPrice)).toEqual(['2.5', '2.4']);
  expect(new Set(O1!.receipts.map(({ receipt }) => receipt)).size).toBe(2);
});

it('tells the result: chosen, or not with a reason category, and after all when a share became free', async () => {
  expect(Object.values(await rowsAfter(7)).map(({ result }) => result)).toEqual(['awaiting', 'awaiting', 'awaiting']);
  const awarded = await rowsAfter(8);
  expect([awarded['O1']!.result, awarded['O2']!.result, awarded['O3']!.result]).toEqual([
    'chosen',
    'not-chosen',
    'awaiting',
  ]);
  const { O1, O2, O3 } = await rowsAfter(HISTORY.length);
  expect(O1).toMatchObject({ result: 'not-chosen', lossReason: 'delivery', shares: [{ state: 'lapsed' }] });
  expect(O2).toMatchObject({ result: 'chosen', shares: [{ share: 'S2', quantity: '25', state: 'accepted' }] });
  expect(O3).toMatchObject({ result: 'not-chosen', lossReason: 'others-chosen', shares: [] });
});

it('tells each change to its own firm alone', async () => {
  const view = await ViewUnderTest.open(myOffers, database.url);
  for (const event of eventsFor(myOffers, HISTORY.slice(0, 6))) await view.apply([event]);
  const [closed, awarded] = eventsFor(myOffers, HISTORY.slice(6, 8));
  expect(await view.apply([closed!])).toEqual([own(1), own(2), own(3)].sort());
  expect(await view.apply([awarded!])).toEqual([own(1), own(2)].sort());
  await view.close();
});

it('lists shares for the lead and for the SME, and tells both', async () => {
  const view = await ViewUnderTest.open(awardList, database.url);
  const keys = await view.apply(eventsFor(awardList, HISTORY));
  expect(keys).toEqual([share(1), share(2), `${story.lead.registration}/S1`, `${story.lead.registration}/S2`].sort());
  const rows = await view.read((manager) => manager.find(ShareRow, { order: { share: 'ASC' } }));
  expect(rows).toMatchObject([
    {
      share: 'S1',
      lead: story.lead.registration,
      supplierKey: story.firm(1).registration,
      quantity: '60',
      unitPrice: '2.5',
      state: 'lapsed',
      reminded: true,
      acceptBy: '2020-02-11T13:00:00.000Z',
    },
    { share: 'S2', quantity: '25', state: 'accepted', answeredAt: story.TERM_END },
  ]);
  await view.close();
});

it('gives the same rows live, in batches and rebuilt', async () => {
  await rebuildEquals(myOffers as never, eventsFor(myOffers, HISTORY), database.url);
  await rebuildEquals(awardList as never, eventsFor(awardList, HISTORY), database.url);
});
