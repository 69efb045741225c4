import type { ReadModels } from '@app/projections';
import { applyAll, rebuildEquals, recorded, ViewUnderTest } from '@testing/projections';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database';
import type { CatalogueEvent } from './catalogue.decider';
import { CatalogueRow, catalogues } from './catalogues.view';
import type { PromotionEvent, PromotionTerms } from './promotion.decider';
import { PromotionsAsked, promotions, PromotionSearch, PromotionSearchHandler } from './promotions.view';
import * as story from './testing';

const terms = (product: string, given: Partial<PromotionTerms> = {}): PromotionTerms => ({
  product,
  unit: { code: 'PR', name: '双' },
  area: '350582',
  industry: '1953',
  ...given,
});
const drafted = (n: number, product: string, given: Partial<PromotionTerms> = {}) =>
  [
    `promotion-P${n}`,
    {
      type: 'PromotionDrafted',
      data: { promotion: `P${n}`, owner: story.firm(n), terms: terms(product, given), catalogue: 'C1' },
    } satisfies PromotionEvent,
  ] as const;
const published = (n: number, product: string, given: Partial<PromotionTerms> = {}) =>
  [
    `promotion-P${n}`,
    {
      type: 'PromotionPublished',
      data: {
        promotion: `P${n}`,
        owner: story.firm(n),
        terms: terms(product, given),
        catalogue: 'C1',
        at: `2020-02-10T02:00:0${n}.000Z`,
      },
    } satisfies PromotionEvent,
  ] as const;
const withdrawn = ['promotion-P3', { type: 'PromotionWithdrawn', data: { at: story.EVENING } }] as const;

const HISTORY = recorded<PromotionEvent>(
  drafted(1, '鞋底'),
  published(1, '鞋底'),
  drafted(2, '橡胶鞋底', { area: '350583' }),
  published(2, '橡胶鞋底', { area: '350583' }),
  drafted(3, '童鞋鞋底'),
  published(3, '童鞋鞋底'),
  withdrawn,
  drafted(4, '鞋底大底'),
  [
    'promotion-P1',
    { type: 'PromotionChanged', data: { terms: terms('鞋底', { specification: 'EVA' }), at: story.EVENING } },
  ],
);

let database: FreshDatabase;
let view: ViewUnderTest<PromotionEvent>;
beforeAll(async () => {
  database = await freshDatabase();
  view = await applyAll(promotions, HISTORY, database.url);
});
afterAll(async () => {
  await view.close();
  await database.drop();
});

const readModels = { read: (_: unknown, query: never) => view.read(query) } as unknown as ReadModels;
const found = async (asked: PromotionsAsked) => {
  const { promotions: rows } = await new PromotionSearchHandler(readModels).execute(new PromotionSearch(asked, 50));
  return rows.map(({ promotion }) => promotion);
};

it('finds published products alone, the exact name first', async () => {
  expect(await found({ words: '鞋底' })).toEqual(['P1', 'P2']);
  expect(await found({ words: 'xd' })).toEqual(['P1', 'P2']);
  expect(await found({ words: 'eva' })).toEqual(['P1']);
  expect(await found({ words: '童鞋' })).toEqual([]);
});

it('filters by area and industry, and gives the newest first without words', async () => {
  expect(await found({})).toEqual(['P2', 'P1']);
  expect(await found({ area: '350583' })).toEqual(['P2']);
  expect(await found({ industries: ['20'] })).toEqual([]);
  expect(await found({ words: '鞋底', area: '350582' })).toEqual(['P1']);
});

it('gives the same rows live, in batches and rebuilt', async () => {
  const other = await freshDatabase();
  await rebuildEquals(promotions, HISTORY, other.url);
  await other.drop();
});

it('follows the head of a catalogue', async () => {
  const owner = story.firm(1);
  const head = { title: '三月目录', from: '2020-03-01', to: '2020-03-31' };
  const history = recorded<CatalogueEvent>(
    ['catalogue-C1', { type: 'CatalogueOpened', data: { catalogue: 'C1', kind: 'promotion', owner, terms: head } }],
    ['catalogue-C1', { type: 'CataloguePublicationStarted', data: { at: story.MORNING } }],
    ['catalogue-C1', { type: 'CataloguePublished', data: { at: story.EVENING } }],
    ['catalogue-C1', { type: 'CatalogueChanged', data: { terms: { ...head, title: '四月目录' } } }],
  );
  const other = await freshDatabase();
  await rebuildEquals(catalogues, history, other.url);
  const heads = await applyAll(catalogues, history, other.url);
  expect(await heads.read((rows) => rows.find(CatalogueRow))).toMatchObject([
    { catalogue: 'C1', owner: owner.registration, status: 'published', title: '四月目录', publishedAt: story.EVENING },
  ]);
  await heads.close();
  await other.drop();
});
