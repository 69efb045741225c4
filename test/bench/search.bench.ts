import { fullScan, search, SearchColumns, searchColumnsOf, searchIndexes } from '@app/search';
import { pinyin } from 'pinyin-pro';
import { Column, DataSource, Entity, PrimaryColumn } from 'typeorm';
import { withDurableServer } from './durable-log';
import { median, percentile, Report, rounded } from './report';
import { type Goods, goodsOf, type Random, randomOf } from './search-goods';

export const name = 'search';

const ITEMS = 1_000_000;
// The last of them are written as a live view writes, into the lists that stand.
const LIVE = 10_000;
const BATCH = 5_000;
const QUERIES = 60;
const ROUNDS = 5;
const PAGE = 20;
// Every fifth query asks in one area only.
const FILTERED = 5;

@Entity('promotion_item')
class PromotionItem {
  @PrimaryColumn('uuid') id: string;
  @Column('text') enterprise: string;
  @Column('text') area: string;
  @Column('text') industry: string;
  @Column('int') capacity: number;
  @Column(() => SearchColumns) search: SearchColumns;
}

interface Query {
  readonly query: string;
  readonly facets: { readonly area?: string };
}

/**
 * First pages of 20 over a million items, p95 over all queries in each round, median of the rounds; `right` is the
 * share of queries whose page is that of a scan of all rows. Half of the queries are fragments of any item, half of
 * the goods that thousands offer, down to one character: what matches a few rows and what matches 300,000.
 */
export async function run(report: Report): Promise<void> {
  await withDurableServer(async (url) => {
    const source = new DataSource({ type: 'postgres', url, entities: [PromotionItem], synchronize: true });
    await source.initialize();
    try {
      await fill(source);
      for (const kind of KINDS) await measure(source, kind, queriesFor(kind), report);
    } finally {
      await source.destroy();
    }
  });
}

async function measure(source: DataSource, kind: Kind, queries: readonly Query[], report: Report): Promise<void> {
  const rounds: number[][] = [];
  for (let round = -1; round < ROUNDS; round++) {
    const times: number[] = [];
    for (const query of queries) {
      const started = performance.now();
      await search(source.manager, PromotionItem, { ...query, limit: PAGE });
      times.push(performance.now() - started);
    }
    if (round >= 0) rounds.push(times);
  }
  let right = 0;
  const scans: number[] = [];
  for (const query of queries) {
    const page = await search(source.manager, PromotionItem, { ...query, limit: PAGE });
    const started = performance.now();
    const scan = await fullScan(source.manager, PromotionItem, { ...query, limit: PAGE });
    scans.push(performance.now() - started);
    if (JSON.stringify(page) === JSON.stringify(scan)) right++;
    else console.error(`  not what a scan finds: ${JSON.stringify(query)}`);
  }
  const p95 = rounds.map((times) => percentile(times, 0.95));
  const p50 = rounds.map((times) => percentile(times, 0.5));
  report({
    case: kind,
    value: rounded(median(p95), 1),
    unit: 'ms',
    ratio: null,
    right: right / queries.length,
    p50: rounded(median(p50), 1),
    scan: rounded(median(scans)),
  });
}

async function fill(source: DataSource): Promise<void> {
  const started = performance.now();
  const goods = goodsOf(ITEMS, randomOf(20200210));
  await insert(source, goods, ITEMS - LIVE);
  const loaded = performance.now();
  for (const statement of searchIndexes('promotion_item', 'id')) await source.query(statement);
  const indexed = performance.now();
  await insert(source, goods, LIVE);
  const seconds = (from: number, to: number): string => ((to - from) / 1000).toFixed(1);
  const live = rounded(LIVE / Number(seconds(indexed, performance.now())));
  console.log(
    `  filled in ${seconds(started, loaded)} s, indexed in ${seconds(loaded, indexed)} s, then ${live} rows/s`,
  );
  await source.query('VACUUM ANALYZE promotion_item');
}

async function insert(source: DataSource, goods: Iterator<Goods>, count: number): Promise<void> {
  for (let done = 0; done < count; done += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, count - done) }, () => rowOf(goods.next().value as Goods));
    await source.query(
      `INSERT INTO promotion_item SELECT * FROM jsonb_populate_recordset(NULL::promotion_item, $1::jsonb)`,
      [JSON.stringify(rows)],
    );
  }
}

function rowOf({ name, specification, ...item }: Goods): object {
  const { area, industry } = item;
  const columns = searchColumnsOf({ name, detail: specification, facets: { area, industry } });
  const { text, initials, pinyin, length, keys } = columns;
  return {
    ...item,
    searchText: text,
    searchInitials: initials,
    searchPinyin: pinyin,
    searchLength: length,
    searchKeys: keys,
  };
}

type Typed = (item: Goods, random: Random) => string;

const KINDS = ['zh', 'pinyin', 'initials'] as const;
type Kind = (typeof KINDS)[number];

const TYPED: Readonly<Record<Kind, Typed>> = {
  zh: (item, random) => (random() < 0.2 ? item.specification.split(/[，;]/)[0]! : fragment(item.name, random).join('')),
  pinyin: (item, random) => {
    const letters = syllablesOf(item, random).join('');
    return random() < 0.2 && letters.length > 3 ? letters.slice(0, -1) : letters;
  },
  initials: (item, random) =>
    syllablesOf(item, random)
      .map((syllable) => syllable.slice(0, 1))
      .join(''),
};

export function queriesFor(kind: Kind): Query[] {
  const random = randomOf(7);
  const queries: Query[] = [];
  for (const item of goodsOf(100 * QUERIES, randomOf(8))) {
    // What thousands offer is short.
    if (queries.length % 2 === 1 && item.name.length > 3) continue;
    const query = TYPED[kind](item, random).trim();
    if (query === '' || queries.some((other) => other.query === query)) continue;
    queries.push({ query, facets: queries.length % FILTERED === 0 ? { area: item.area } : {} });
    if (queries.length === QUERIES) break;
  }
  return queries;
}

/** One to five characters in a row. */
function fragment(text: string, random: Random): string[] {
  const characters = Array.from(text);
  const length = Math.min(characters.length, 1 + Math.floor(random() * 5));
  const start = Math.floor(random() * (characters.length - length + 1));
  return characters.slice(start, start + length);
}

const syllablesOf = (item: Goods, random: Random): string[] =>
  pinyin(fragment(item.name, random).join(''), { toneType: 'none', type: 'array', v: true, nonZh: 'removed' });
