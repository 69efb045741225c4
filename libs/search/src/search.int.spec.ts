import fc from 'fast-check';
import { Column, DataSource, Entity, type EntityManager, PrimaryColumn } from 'typeorm';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database';
import { type Searchable, SearchColumns, searchColumnsOf, searchIndexes } from './columns';
import { fullScan, type Hit, search, type SearchRequest } from './search';

@Entity('goods')
class Goods {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { nullable: true }) area: string | null;
  @Column(() => SearchColumns) search: SearchColumns;
}

let database: FreshDatabase;
let source: DataSource;

beforeAll(async () => {
  database = await freshDatabase();
  source = new DataSource({ type: 'postgres', url: database.url, entities: [Goods], synchronize: true });
  await source.initialize();
  for (const statement of searchIndexes('goods', 'id')) await source.query(statement);
});

afterAll(async () => {
  await source?.destroy();
  await database?.drop();
});

afterEach(() => source.query('TRUNCATE goods'));

const idOf = (at: number): string => `00000000-0000-4000-8000-${String(at + 1).padStart(12, '0')}`;

async function offer(items: readonly (Searchable & { area?: string })[], first = 0): Promise<void> {
  const rows = items.map(({ area = null, ...item }, at) => ({
    id: idOf(first + at),
    area,
    search: searchColumnsOf({ ...item, facets: { area } }),
  }));
  await source.manager.insert(Goods, rows);
}

const pageOf = (request: Partial<SearchRequest> & { query: string }, rows: EntityManager = source.manager) =>
  search(rows, Goods, { limit: 20, ...request });

async function namesFor(query: string, items: readonly (string | [string, string])[]): Promise<string[]> {
  const goods = items.map((item) => (typeof item === 'string' ? { name: item } : { name: item[0], detail: item[1] }));
  await offer(goods);
  const { hits } = await pageOf({ query });
  return hits.map((hit) => goods.find((_, at) => idOf(at) === hit.id)?.name ?? '');
}

it.each<[string, string, string[], (string | [string, string])[]]>([
  [
    'Chinese, exact first, then by beginning, then the shorter',
    '口罩',
    ['口罩', '口罩机', '医用口罩'],
    ['医用口罩', '口罩机', '口罩', '面罩'],
  ],
  ['full pinyin from the start of a syllable', 'xiedi', ['鞋底', '布鞋底'], ['布鞋底', '鞋底', '鞋面']],
  ['an unfinished syllable', 'kouzh', ['口罩'], ['口罩', '扣子']],
  ['one unfinished syllable', 'sho', ['手套', '医用手套'], ['手套', '医用手套', '伞骨']],
  ['pinyin parted in two ways', 'xian', ['线', '西安鼓'], ['线', '西安鼓', '鞋']],
  ['initials', 'xd', ['鞋底', '鞋带', '女鞋底'], ['鞋底', '鞋带', '女鞋底', '鞋']],
  ['initials and pinyin in turn', 'kzhao', ['口罩'], ['口罩', '扣子']],
  ['a character of two readings', 'hanglixiang', ['行李箱'], ['行李箱', '箱']],
  ['ü typed as v', 'lvguan', ['铝管'], ['铝管', '路管']],
  ['letters as written', 'n95', ['n95口罩', '口罩'], [['口罩', '型号 KN-95'], 'N95口罩', '普通口罩']],
  ['pinyin and the letter of a Latin word', 'ann', ['安N95'], ['安N95', '安全帽']],
  ['Chinese with letters', 'n95口罩', ['N95口罩'], ['N95口罩', 'N95面罩', '口罩']],
  ['Chinese with pinyin', '鞋di', ['鞋底'], ['鞋底', '底座', '鞋']],
  [
    'several words, wherever they stand',
    '黑色 口罩',
    ['口罩'],
    [
      ['口罩', '黑色'],
      ['口罩', '白色'],
    ],
  ],
  [
    'a standard, however it is written',
    'yy 0469',
    ['甲', '乙'],
    [
      ['甲', 'YY0469—2011'],
      ['乙', '执行YY 0469-2010'],
      ['丙', 'YY 0969'],
    ],
  ],
])('finds %s: %s', async (_what, query, names, items) => {
  expect(await namesFor(query, items)).toEqual(names.map((name) => name.replace('n95口罩', 'N95口罩')));
});

it('has no hits for what cannot be searched for', async () => {
  await offer([{ name: '口罩' }]);
  expect(await pageOf({ query: ' —/… ' })).toEqual({ hits: [] });
});

it('takes the marks of patterns as what they are', async () => {
  expect(await namesFor('75%', ['75%酒精', '750酒精'])).toEqual(['75%酒精']);
  expect((await pageOf({ query: "'; DROP TABLE goods; --" })).hits).toEqual([]);
  expect((await pageOf({ query: '.*+' })).hits).toEqual([]);
});

it('keeps to facets and further conditions', async () => {
  await offer([{ name: '口罩', area: '350502' }, { name: '口罩', area: '350503' }, { name: '口罩' }]);
  const inArea = await pageOf({ query: '口罩', facets: { area: '350503' } });
  expect(inArea.hits.map((hit) => hit.id)).toEqual([idOf(1)]);
  const others = await pageOf({ query: '口罩', also: (parameter) => `id <> ${parameter(idOf(0))}` });
  expect(others.hits.map((hit) => hit.id)).toEqual([idOf(1), idOf(2)]);
});

// More hits than are fetched to be sorted, so that names are read in order.
it('reads through thousands of hits page by page, once each', async () => {
  const names = ['口罩', '口罩机', '医用口罩', '棉口罩', '口罩绳'];
  await offer(Array.from({ length: 5000 }, (_, at) => ({ name: names[(at * 7) % 5] ?? '', detail: `K${at}` })));
  const seen: Hit[] = [];
  let after: SearchRequest['after'];
  do {
    const page: Awaited<ReturnType<typeof search>> = await pageOf({ query: 'kouzhao', limit: 371, after });
    seen.push(...page.hits);
    after = page.next;
  } while (after);
  const scan = await fullScan(source.manager, Goods, { query: 'kouzhao', limit: 6000 });
  expect(seen).toHaveLength(5000);
  expect(seen).toEqual(scan.hits);
});

describe('compared with reading every row', () => {
  const words = ['YY 0469-2010', ' ', ...'口,罩,鞋,底,西,安,先,行,N95,75%,线,黄'.split(',')];
  const typed = [...words, ...'kou,zh,xian,xi,an,xd,hang,z,n,x,04,/,a,.,嗯,huang'.split(',')];
  const name = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
  const item = fc.record({ name, detail: fc.oneof(fc.constant(''), name), area: fc.constantFrom('1', '2') });
  const query = fc.array(fc.constantFrom(...typed), { minLength: 1, maxLength: 2 }).map((parts) => parts.join(''));

  it('finds the same hits in the same order', async () => {
    let [found, further] = [0, 0];
    await fc.assert(
      fc.asyncProperty(
        fc.array(item, { minLength: 20, maxLength: 60, size: 'max' }),
        fc.array(fc.record({ query, area: fc.option(fc.constantFrom('1', '2'), { nil: undefined }) }), {
          minLength: 15,
          maxLength: 15,
        }),
        async (items, queries) => {
          await source.query('TRUNCATE goods');
          await offer(items);
          for (const { query, area } of queries) {
            const request = { query, facets: { area }, limit: 3 };
            const [page, scan] = [await pageOf(request), await fullScan(source.manager, Goods, request)];
            expect({ query, ...page }).toEqual({ query, ...scan });
            found += page.hits.length;
            if (!page.next) continue;
            further++;
            const after = { ...request, after: page.next };
            expect(await pageOf(after)).toEqual(await fullScan(source.manager, Goods, after));
          }
        },
      ),
      { numRuns: 12 },
    );
    expect(Math.min(found, further)).toBeGreaterThan(20);
  }, 180_000);

  it('misses rows that are filed under too few keys', async () => {
    await offer([{ name: '口罩' }]);
    await source.query('UPDATE goods SET "searchKeys" = "searchKeys"[2:]');
    const answers = await Promise.all(['口', '罩', '口罩', 'k', 'kz', 'kouzhao'].map((query) => pageOf({ query })));
    expect(answers.some(({ hits }) => hits.length === 0)).toBe(true);
  });
});
