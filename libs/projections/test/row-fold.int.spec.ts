import { applyAll, rebuildEquals, recorded, ViewUnderTest } from '@testing/projections';
import { type FreshDatabase, freshDatabase } from '../../../test/support/database';
import { type Projection, rowFold } from '../src';
import { type ListingFact, ListingRow, openListings } from './listings.view';

const published = (product: string, catalogue = 'c1'): ListingFact => ({
  type: 'TestListingPublished',
  data: { product, quantity: '1200.5', catalogue },
});
const amended = (quantity: string): ListingFact => ({ type: 'TestListingAmended', data: { quantity } });
const asked: ListingFact = { type: 'TestQuestionAsked', data: {} };
const cancelled: ListingFact = { type: 'TestListingCancelled', data: {} };
const closed = (catalogue: string): ListingFact => ({ type: 'TestCatalogueClosed', data: { catalogue } });

const history = recorded<ListingFact>(
  ['listing-a', published('口罩 “N95”\n')],
  ['listing-b', published('防护服')],
  ['listing-a', amended('900')],
  ['listing-c', published('额温枪', 'c2')],
  ['listing-b', asked],
  ['catalogue-c1', closed('c1')],
  ['listing-d', published('消毒液', 'c1')],
  ['listing-d', cancelled],
  ['listing-c', amended('0.000001')],
  ['listing-c', cancelled],
);

let database: FreshDatabase;
let view: ViewUnderTest<ListingFact> | undefined;

beforeAll(async () => {
  database = await freshDatabase();
});
afterEach(async () => {
  await view?.close();
  view = undefined;
});
afterAll(() => database.drop());

const rowsOf = (): Promise<ListingRow[]> => view!.read((rows) => rows.find(ListingRow, { order: { listing: 'ASC' } }));

it('folds events to rows, of every type of column', async () => {
  view = await applyAll(openListings, history, database.url);
  expect(await rowsOf()).toEqual([
    {
      listing: 'a',
      product: '口罩 “N95”\n',
      quantity: '900',
      catalogue: 'c1',
      state: 'closed',
      changes: 1,
      publishedAt: new Date('2020-02-10T02:00:01.000Z'),
      words: [...'口罩 “N95”\n'],
      terms: { unit: 'C62' },
      remark: null,
    },
    expect.objectContaining({ listing: 'b', state: 'closed', quantity: '1200.5' }),
  ]);
});

it('gives the same rows live, in batches and rebuilt', async () => {
  await rebuildEquals(openListings, history, database.url);
});

it('tells the keys whose rows changed, and no others', async () => {
  view = await ViewUnderTest.open(openListings, database.url);
  expect(await view.apply(history.slice(0, 4))).toEqual(['a', 'b', 'c']);
  expect(await view.apply(history.slice(4, 5))).toEqual([]);
  expect(await view.apply(history.slice(5, 6))).toEqual(['a', 'b']);
});

it('uses one statement each for reading, writing and deleting, however many rows', async () => {
  view = await ViewUnderTest.open(openListings, database.url);
  const many = recorded<ListingFact>(
    ...Array.from({ length: 500 }, (_, n) => [`listing-${n}`, published(`p${n}`)] as const),
    ['listing-7', cancelled],
  );
  const statements: string[] = [];
  const counting: Projection<ListingFact> = {
    ...openListings,
    apply: (events, rows) => {
      const query = rows.query.bind(rows);
      rows.query = (sql: string, values?: unknown[]) => {
        statements.push(sql.trim().split(/\s/)[0]!);
        return query(sql, values);
      };
      return openListings.apply(events, rows);
    },
  };
  await view.close();
  view = await ViewUnderTest.open(counting, database.url);
  await view.apply(many);
  await view.apply(many.slice(0, 500).map((event, n) => ({ ...event, ...(n < 3 ? cancelled : asked) }) as never));
  expect(statements).toEqual(['SELECT', 'INSERT', 'SELECT', 'DELETE']);
  expect(await rowsOf()).toHaveLength(496);
});

it('refuses a fold that changes the row it was given, and one that gives a row another key', async () => {
  const withFold = (fold: (row: ListingRow | undefined) => ListingRow | undefined): Projection<ListingFact> => ({
    ...openListings,
    apply: rowFold<ListingFact, ListingRow>({
      entity: ListingRow,
      keyColumn: 'listing',
      keyOf: ({ stream }) => stream.slice('listing-'.length),
      fold,
    }),
  });
  view = await applyAll(openListings, history.slice(0, 1), database.url);
  const { url } = database;
  await view.close();

  const row = { ...history[0]!.data, listing: 'a', words: [], terms: { unit: 'C62' } } as unknown as ListingRow;
  const changing = withFold((given) => {
    if (!given) return { ...row, catalogue: 'c', state: 'quoting', changes: 0, publishedAt: new Date(0), remark: null };
    given.changes++;
    return given;
  });
  view = await applyAll(changing, history.slice(0, 1), url);
  await expect(view.apply(history.slice(0, 1))).rejects.toThrow(TypeError);
  await view.close();

  view = await ViewUnderTest.open(
    withFold(() => ({ ...row, listing: 'other' })),
    url,
  );
  await expect(view.apply(history.slice(0, 1))).rejects.toThrow('another key');
});

it.each([
  ['quotes, backslashes and braces', '{"a\\\\b",}'],
  ['an empty text', ''],
  ['the characters that part lists', 'a\x1eb\x1f'],
  ['a word that looks like nothing', 'NULL'],
  ['lines', 'a\nb\tc'],
])('writes many rows as it writes one: %s', async (_what, product) => {
  const events = recorded<ListingFact>(
    ['listing-a', published(product, product)],
    ['listing-b', published('口罩')],
    ['listing-c', published(product)],
  );
  await rebuildEquals(openListings, events, database.url);
  view = await applyAll(openListings, events, database.url);
  expect(await rowsOf()).toMatchObject([
    { product, catalogue: product, words: [...product], remark: null },
    { product: '口罩' },
    { product },
  ]);
});

it('overwrites without reading where the row follows from the event alone', async () => {
  let asked = 0;
  const words: Projection<ListingFact> = {
    ...openListings,
    apply: rowFold<ListingFact, ListingRow>({
      entity: ListingRow,
      keyColumn: 'listing',
      overwrites: true,
      keyOf: ({ stream, type }) => (type === 'TestListingAmended' ? undefined : stream.slice('listing-'.length)),
      fold: (row, event, listing) => {
        expect(row === undefined || row.listing === listing).toBe(true);
        if (event.type !== 'TestListingPublished') return undefined;
        const { product, quantity, catalogue } = event.data;
        const rest = { changes: 0, publishedAt: new Date(0), words: [], terms: { unit: 'C62' }, remark: null };
        return {
          listing,
          get product() {
            asked++;
            return product;
          },
          quantity,
          catalogue,
          state: 'quoting',
          ...rest,
        };
      },
    }),
  };
  const events = recorded<ListingFact>(
    ['listing-a', published('鞋底')],
    ['listing-b', published('鞋面')],
    ['listing-a', published('大底')],
    ['listing-b', cancelled],
  );
  view = await applyAll(words, events, database.url);
  expect(await rowsOf()).toMatchObject([{ listing: 'a', product: '大底' }]);
  expect(asked).toBe(1);
  // What stood before the batch is replaced and deleted all the same.
  expect(await view.apply(recorded<ListingFact>(['listing-a', cancelled]))).toEqual(['a']);
  expect(await rowsOf()).toEqual([]);
});
