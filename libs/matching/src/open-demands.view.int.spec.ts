import { ReadModels } from '@app/projections';
import { instantTime, SetClock } from '@app/kernel';
import { applyAll, rebuildEquals, recorded, ViewUnderTest } from '@testing/projections';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database';
import type { ListingEvent } from './listing.decider';
import type { PublishedTerms } from './listing-terms.rules';
import {
  DemandKey,
  DemandsAsked,
  OpenDemandCounts,
  OpenDemandCountsHandler,
  OpenDemands,
  openDemands,
  OpenDemandsHandler,
} from './open-demands.view';
import * as story from './testing';
import type { Reader } from './visibility.rules';

type DemandEvent = Parameters<typeof openDemands.apply>[0][number];

const NEXT_DAY = '2020-02-11T10:00:00.000Z';
const published = (n: number, terms: Partial<PublishedTerms> = {}, lead = story.lead) =>
  [
    `listing-D${n}`,
    {
      type: 'ListingPublished',
      data: {
        listing: `D${n}`,
        kind: 'purchase',
        lead,
        terms: story.listingTerms(terms),
        at: new Date(instantTime(story.MORNING) + n * 1000).toISOString(),
      },
    } satisfies ListingEvent,
  ] as const;
const close = (n: number) => [`listing-D${n}`, story.closed()] as const;
const pledged = (n: number, by: number) =>
  [`listing-D${n}`, { type: 'ConfidentialityPledged', data: { by: story.firm(by), at: story.MORNING } }] as const;

const HISTORY = recorded<ListingEvent>(
  published(1, { product: '橡胶鞋底', industry: '1953', quotingDeadline: NEXT_DAY }),
  published(2, { product: '鞋底', industry: '1954', deliveryPlace: { area: '350583' } }),
  published(3, { product: '拉链', visibility: { class: 'verified' } }),
  published(4, { product: '纽扣', visibility: { class: 'invited', invited: [story.firm(1).enterprise] } }),
  published(5, { product: '鞋带', visibility: { class: 'pledge' } }),
  published(6, { product: '织带' }),
  pledged(5, 1),
  [
    'listing-D2',
    {
      type: 'ListingAmended',
      data: {
        terms: story.listingTerms({ product: '童鞋鞋底', industry: '1954', deliveryPlace: { area: '350583' } }),
        changed: ['product'],
        at: story.MORNING,
      },
    },
  ],
  [
    'listing-D6',
    { type: 'QuotingDeadlineMoved', data: { before: story.DEADLINE, deadline: NEXT_DAY, at: story.MORNING } },
  ],
  published(7),
  close(7),
  published(8, { quotingDeadline: '2020-02-10T02:00:00.000Z' }),
) as DemandEvent[];

let database: FreshDatabase;
let view: ViewUnderTest<DemandEvent>;
beforeAll(async () => {
  database = await freshDatabase();
  view = await applyAll(openDemands, HISTORY, database.url);
});
afterAll(async () => {
  await view.close();
  await database.drop();
});

const clock = new SetClock(instantTime(story.MORNING) + 60_000);
// The real ReadModels resolves the serving schema; a view under test has one of its own.
const readModels = { read: (_: unknown, query: never) => view.read(query) } as unknown as ReadModels;
const found = async (reader: Reader, asked: DemandsAsked = {}, order: 'deadline' | 'newest' = 'newest') => {
  const query = new OpenDemands(reader, asked, order, 50);
  const { demands } = await new OpenDemandsHandler(readModels, clock).execute(query);
  return demands.map(({ listing }) => listing);
};
const firm = (n: number, isConfirmed = true): Reader => ({ firm: { ...story.firm(n), isConfirmed } });

it('shows each reader the demands that quote and that he may know of', async () => {
  expect(await found({})).toEqual(['D6', 'D2', 'D1']);
  expect(await found(firm(1))).toEqual(['D6', 'D5', 'D4', 'D3', 'D2', 'D1']);
  expect(await found(firm(1, false))).toEqual(['D6', 'D2', 'D1']);
  expect(await found(firm(2))).toEqual(['D6', 'D3', 'D2', 'D1']);
  expect(await found(firm(0))).toHaveLength(6);
  expect(await found({ office: 'city' })).toHaveLength(6);
  expect(await found({ office: [story.firm(9).enterprise] })).toEqual(['D6', 'D2', 'D1']);
});

it('searches by Chinese, pinyin and initials, under the same rule', async () => {
  expect(await found({}, { words: '鞋底' })).toEqual(['D1', 'D2']);
  expect(await found({}, { words: 'xiedi' })).toEqual(['D1', 'D2']);
  expect(await found({}, { words: '鞋底', area: '350583' })).toEqual(['D2']);
  expect(await found({}, { words: '鞋底', industries: ['1953'] })).toEqual(['D1']);
  expect(await found({}, { words: 'xdai' })).toEqual([]);
  expect(await found(firm(1), { words: '鞋带' })).toEqual(['D5']);
  expect(await found({}, { words: '鞋带' })).toEqual([]);
});

it('filters by area, industry and deadline, and orders by either', async () => {
  expect(await found({}, { area: '350583' })).toEqual(['D2']);
  expect(await found({}, { industries: ['19'] })).toEqual(['D2', 'D1']);
  expect(await found({}, { closingBefore: NEXT_DAY })).toEqual(['D2']);
  expect(await found({}, {}, 'deadline')).toEqual(['D2', 'D1', 'D6']);
});

it.each([
  ['newest', undefined],
  ['deadline', undefined],
  ['newest', '鞋'],
] as const)('gives every row once, page by page: %s %s', async (order, words) => {
  const reader = firm(1);
  const whole = await found(reader, words ? { words } : {}, order);
  const pages: string[] = [];
  let after: DemandKey | undefined;
  do {
    const query = new OpenDemands(reader, words ? { words } : {}, order, 2, after);
    const { demands, next } = await new OpenDemandsHandler(readModels, clock).execute(query);
    pages.push(...demands.map(({ listing }) => listing));
    after = next;
  } while (after);
  expect(pages).toEqual(whole);
});

it('leaves out a demand whose deadline has passed, though its close is not recorded yet', async () => {
  const later = new SetClock(instantTime(story.DEADLINE));
  const { demands } = await new OpenDemandsHandler(readModels, later).execute(new OpenDemands({}, {}, 'newest', 50));
  expect(demands.map(({ listing }) => listing)).toEqual(['D6', 'D1']);
});

it('counts nothing that rests on fewer than three lead firms', async () => {
  const counts = (reader: Reader) =>
    new OpenDemandCountsHandler(readModels, clock).execute(new OpenDemandCounts(reader));
  expect(await counts({})).toEqual({ areas: [], industries: [] });
  const three = [11, 12, 13].map((n) => published(n, { industry: '1954' }, story.firm(n)));
  await view.apply(recorded<ListingEvent>(...three) as DemandEvent[]);
  expect((await counts({})).industries).toEqual([{ industry: '19', demands: 5 }]);
  await view.apply(recorded<ListingEvent>(...[11, 12, 13].map(close)) as DemandEvent[]);
});

it('tells of a pledge only the firm that gave it', async () => {
  const other = await freshDatabase();
  const again = await ViewUnderTest.open(openDemands, other.url);
  await again.apply(HISTORY.slice(0, 6));
  expect(await again.apply(HISTORY.slice(6, 7))).toEqual([`${story.firm(1).registration}/D5`]);
  await again.close();
  await other.drop();
});

it('gives the same rows live, in batches and rebuilt', async () => {
  const other = await freshDatabase();
  await rebuildEquals(openDemands, HISTORY, other.url);
  await other.drop();
});
