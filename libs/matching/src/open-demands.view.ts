import type { Recorded } from '@app/event-store';
import { Clock, instantText } from '@app/kernel';
import { Projection, ReadModels, rowFold } from '@app/projections';
import { search, SearchColumns, searchColumnsOf, searchIndexes } from '@app/search';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Column, Entity, EntityManager, PrimaryColumn } from 'typeorm';
import type { ListingEvent } from './listing.decider';
import type { PublishedTerms } from './listing-terms.rules';
import { firmKey, isSeenBy, isSeenSql, Reader, Seen, seenColumns } from './visibility.rules';

/** What the fair shows of a listing: its terms but for whom else it is shown to. */
export type DemandTerms = Omit<PublishedTerms, 'visibility'>;

@Entity('open_demand')
export class OpenDemandRow implements Seen {
  @PrimaryColumn('text') listing: string;
  @Column('text') lead: string;
  @Column('text') leadRegistration: string;
  @Column('text') visibility: Seen['visibility'];
  @Column('text', { array: true }) invited: string[];
  @Column('text', { array: true }) pledged: string[];
  @Column('jsonb') terms: DemandTerms;
  /** Of the delivery place. */
  @Column('text') area: string;
  @Column('text') industry: string;
  @Column('text') deadline: string;
  @Column('text') publishedAt: string;
}

/** Apart from the rows that deadlines and pledges change: what is searched is large, and moves with the words alone. */
@Entity('demand_words')
class DemandWordsRow {
  @PrimaryColumn('text') listing: string;
  @Column('text') area: string;
  @Column(() => SearchColumns) search: SearchColumns;
}

const TYPES = [
  'ListingPublished',
  'ListingAmended',
  'QuotingDeadlineMoved',
  'QuotingClosed',
  'ListingCancelled',
  'ListingVoided',
  'ConfidentialityPledged',
] as const satisfies readonly ListingEvent['type'][];
type DemandEvent = Extract<ListingEvent, { type: (typeof TYPES)[number] }>;

/** The fair: listings that quote. What nobody but a lead or an SME may know of never reaches these rows. */
export const openDemands: Projection<DemandEvent> = {
  name: 'open-demands',
  version: 2,
  filter: { categories: ['listing'], types: TYPES },
  entities: [OpenDemandRow, DemandWordsRow],
  ddl: [
    'CREATE INDEX ON open_demand (deadline, listing)',
    'CREATE INDEX ON open_demand ("publishedAt", listing)',
    ...searchIndexes('demand_words', 'listing'),
  ],
  async apply(events, rows) {
    const heard = new Set<string>();
    await rowFold<DemandEvent, OpenDemandRow>({
      entity: OpenDemandRow,
      keyColumn: 'listing',
      keyOf: listingOf,
      fold(row, event, listing) {
        const after = demandRow(row, event, listing);
        const isPledge = event.type === 'ConfidentialityPledged';
        if (after !== row) heard.add(isPledge ? firmKey(event.data.by.registration, listing) : listing);
        return after;
      },
    })(events, rows);
    await keepWords(events, rows);
    return heard;
  },
};

const listingOf = ({ stream }: Recorded<DemandEvent>): string => stream.slice('listing-'.length);

const keepWords = rowFold<DemandEvent, DemandWordsRow>({
  entity: DemandWordsRow,
  keyColumn: 'listing',
  overwrites: true,
  keyOf: (event) => (changesWords(event) ? listingOf(event) : undefined),
  fold: (_, event, listing) =>
    event.type === 'ListingPublished' || event.type === 'ListingAmended'
      ? wordsRow(listing, event.data.terms)
      : undefined,
});

const SEARCHED: ReadonlySet<keyof PublishedTerms> = new Set(['product', 'specification', 'deliveryPlace']);

function changesWords(event: Recorded<DemandEvent>): boolean {
  if (event.type === 'ListingAmended') return event.data.changed.some((term) => SEARCHED.has(term));
  return event.type !== 'QuotingDeadlineMoved' && event.type !== 'ConfidentialityPledged';
}

/** Its search columns are made when it is written, which few rows of a rebuild are. */
function wordsRow(listing: string, { product, specification, deliveryPlace }: PublishedTerms): DemandWordsRow {
  const { area } = deliveryPlace;
  let columns: SearchColumns | undefined;
  return {
    listing,
    area,
    get search() {
      return (columns ??= searchColumnsOf({ name: product, detail: specification, facets: { area } }));
    },
  };
}

function demandRow(
  row: OpenDemandRow | undefined,
  event: Recorded<DemandEvent>,
  listing: string,
): OpenDemandRow | undefined {
  switch (event.type) {
    case 'ListingPublished': {
      const { lead, terms, at } = event.data;
      return {
        listing,
        lead: lead.enterprise,
        leadRegistration: lead.registration,
        pledged: [],
        publishedAt: at,
        ...termColumns(terms),
      };
    }
    case 'ListingAmended': {
      if (!row) return row;
      return { ...row, ...termColumns(event.data.terms) };
    }
    case 'QuotingDeadlineMoved': {
      const { deadline } = event.data;
      if (!row || row.deadline === deadline) return row;
      return { ...row, deadline, terms: { ...row.terms, quotingDeadline: deadline } };
    }
    case 'ConfidentialityPledged':
      return row && { ...row, pledged: [...row.pledged, event.data.by.registration] };
    case 'QuotingClosed':
    case 'ListingCancelled':
    case 'ListingVoided':
      return undefined;
  }
}

function termColumns(terms: PublishedTerms) {
  const { visibility: _hidden, ...shown } = terms;
  return {
    terms: shown,
    area: terms.deliveryPlace.area,
    industry: terms.industry ?? '',
    deadline: terms.quotingDeadline,
    ...seenColumns(terms),
  };
}

export type OpenDemand = Pick<OpenDemandRow, 'listing' | 'lead' | 'terms' | 'publishedAt'>;

export type DemandsAsked = {
  readonly words?: string;
  readonly area?: string;
  /** Beginnings of codes of GB/T 4754. */
  readonly industries?: readonly string[];
  /** UTC, ISO 8601. */
  readonly closingBefore?: string;
  /** Demands of others that have one of these pieces in product or specification, or one of these industries. */
  readonly resembling?: {
    readonly pieces: readonly string[];
    readonly industries: readonly string[];
    readonly notOf: string;
  };
};

/** Words are ordered by how well they fit; without words the soonest deadline or the newest listing comes first. */
export const DEMAND_ORDERS = ['deadline', 'newest'] as const;
export type DemandOrder = (typeof DEMAND_ORDERS)[number];
export type DemandKey = readonly ['words', number, number, string] | readonly [DemandOrder, string, string];

/** `next` is where the following part begins. */
export type DemandPart = { readonly demands: OpenDemand[]; readonly next?: DemandKey };

/** Up to `limit` demands that the reader may know of. */
export class OpenDemands extends Query<DemandPart> {
  constructor(
    readonly reader: Reader,
    readonly asked: DemandsAsked,
    readonly order: DemandOrder,
    readonly limit: number,
    readonly after?: DemandKey,
  ) {
    super();
  }
}

type Parameter = (value: unknown) => string;
const SHOWN = 'listing, lead, terms, "publishedAt"';

@QueryHandler(OpenDemands)
export class OpenDemandsHandler implements IQueryHandler<OpenDemands> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly clock: Clock,
  ) {}

  execute(query: OpenDemands): Promise<DemandPart> {
    const now = instantText(this.clock.now());
    return this.readModels.read(openDemands, (rows) =>
      query.asked.words === undefined ? inOrder(rows, query, now) : byWords(rows, query, query.asked.words, now),
    );
  }
}

/** Until its close is recorded, a listing whose deadline has passed is none that anybody could answer. */
function conditions({ reader, asked }: OpenDemands, now: string, parameter: Parameter): string {
  const all = [isSeenSql(reader, parameter), `deadline > ${parameter(now)}`];
  if (asked.closingBefore !== undefined) all.push(`deadline < ${parameter(asked.closingBefore)}`);
  if (asked.industries) all.push(`industry LIKE ANY(${parameter(asked.industries.map((code) => `${code}%`))}::text[])`);
  if (asked.resembling) {
    const { pieces, industries, notOf } = asked.resembling;
    const patterns = parameter(pieces.map((piece) => `%${piece.replace(/[\\%_]/g, '\\$&')}%`));
    const words = `SELECT w.listing FROM demand_words w WHERE w."searchText" LIKE ANY(${patterns}::text[])`;
    const alike = `listing IN (${words}) OR industry = ANY(${parameter(industries)}::text[])`;
    all.push(`lead <> ${parameter(notOf)} AND (${alike})`);
  }
  return all.join(' AND ');
}

async function byWords(rows: EntityManager, query: OpenDemands, words: string, now: string): Promise<DemandPart> {
  const { asked, limit, after } = query;
  const { hits, next } = await search(rows, DemandWordsRow, {
    query: words,
    facets: { area: asked.area },
    also: (parameter) =>
      `EXISTS (SELECT FROM open_demand o WHERE o.listing = demand_words.listing AND ${conditions(query, now, parameter)})`,
    ...(after?.[0] === 'words' && { after: { rank: after[1], length: after[2], id: after[3] } }),
    limit,
  });
  const ids = hits.map(({ id }) => id);
  const found: OpenDemand[] = await rows.query(`SELECT ${SHOWN} FROM open_demand WHERE listing = ANY($1)`, [ids]);
  const byId = new Map(found.map((row) => [row.listing, row]));
  return {
    demands: ids.map((id) => byId.get(id)!),
    ...(next && { next: ['words', next.rank, next.length, next.id] as const }),
  };
}

const ORDERS: Readonly<Record<DemandOrder, { column: 'deadline' | 'publishedAt'; way: 'ASC' | 'DESC' }>> = {
  deadline: { column: 'deadline', way: 'ASC' },
  newest: { column: 'publishedAt', way: 'DESC' },
};

async function inOrder(rows: EntityManager, query: OpenDemands, now: string): Promise<DemandPart> {
  const { order, limit, after, asked } = query;
  const { column, way } = ORDERS[order];
  const values: unknown[] = [];
  const parameter: Parameter = (value) => `$${values.push(value)}`;
  const all = [conditions(query, now, parameter)];
  if (asked.area !== undefined) all.push(`area = ${parameter(asked.area)}`);
  if (after?.[0] === order) {
    const [, value, id] = after;
    all.push(`("${column}", listing) ${way === 'ASC' ? '>' : '<'} (${parameter(value)}, ${parameter(id)})`);
  }
  const found: (OpenDemand & { key: string })[] = await rows.query(
    `SELECT ${SHOWN}, "${column}" AS key FROM open_demand WHERE ${all.join(' AND ')}
     ORDER BY "${column}" ${way}, listing ${way} LIMIT ${parameter(limit + 1)}`,
    values,
  );
  const last = found.length > limit ? found[limit - 1] : undefined;
  const demands = found.slice(0, limit).map(({ key: _key, ...demand }) => demand);
  return { demands, ...(last && { next: [order, last.key, last.listing] as const }) };
}

export type DemandCounts = {
  readonly areas: readonly { readonly area: string; readonly demands: number }[];
  /** By division of GB/T 4754. */
  readonly industries: readonly { readonly industry: string; readonly demands: number }[];
};

/** How many open demands the reader may know of; a number that rests on fewer than three lead firms is left out. */
export class OpenDemandCounts extends Query<DemandCounts> {
  constructor(readonly reader: Reader) {
    super();
  }
}

@QueryHandler(OpenDemandCounts)
export class OpenDemandCountsHandler implements IQueryHandler<OpenDemandCounts> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly clock: Clock,
  ) {}

  execute({ reader }: OpenDemandCounts): Promise<DemandCounts> {
    const now = instantText(this.clock.now());
    const counted = async <T>(rows: EntityManager, group: string, name: string): Promise<T[]> => {
      const values: unknown[] = [now];
      const seen = isSeenSql(reader, (value) => `$${values.push(value)}`);
      return rows.query<T[]>(
        `SELECT ${group} AS ${name}, count(*)::int AS demands FROM open_demand
         WHERE deadline > $1 AND ${group} <> '' AND ${seen}
         GROUP BY ${group} HAVING count(DISTINCT lead) >= ${FEWEST_FIRMS} ORDER BY ${group}`,
        values,
      );
    };
    return this.readModels.read(openDemands, async (rows) => ({
      areas: await counted(rows, 'area', 'area'),
      industries: await counted(rows, 'left(industry, 2)', 'industry'),
    }));
  }
}

/** A published number that rests on fewer enterprises would tell about one of them. */
const FEWEST_FIRMS = 3;

/** Whether the fair shows this listing to the reader. */
export class SeesDemand extends Query<boolean> {
  constructor(
    readonly listing: string,
    readonly reader: Reader,
  ) {
    super();
  }
}

@QueryHandler(SeesDemand)
export class SeesDemandHandler implements IQueryHandler<SeesDemand> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ listing, reader }: SeesDemand): Promise<boolean> {
    const row = await this.readModels.read(openDemands, (rows) => rows.findOneBy(OpenDemandRow, { listing }));
    return row !== null && isSeenBy(row, reader);
  }
}

/** How many listings are open for offers, whoever may see them: a figure for whoever runs the platform. */
export class NumberOfOpenDemands extends Query<number> {}

@QueryHandler(NumberOfOpenDemands)
export class NumberOfOpenDemandsHandler implements IQueryHandler<NumberOfOpenDemands> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly clock: Clock,
  ) {}

  execute(): Promise<number> {
    return this.readModels.read(openDemands, async (rows) => {
      const now = instantText(this.clock.now());
      const [counted] = await rows.query<[{ open: number }]>(
        'SELECT count(*)::int AS open FROM open_demand WHERE deadline > $1',
        [now],
      );
      return counted.open;
    });
  }
}
