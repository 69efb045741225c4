import type { Recorded } from '@app/event-store';
import { Conditions, Listed, listed, ListWanted, OrderOf, Projection, ReadModels, rowFold } from '@app/projections';
import { search, SearchColumns, searchColumnsOf, searchIndexes } from '@app/search';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Column, Entity, EntityManager, Index, PrimaryColumn } from 'typeorm';
import type { PromotionEvent, PromotionStatus, PromotionTerms } from './promotion.decider';

@Entity('promotion')
@Index(['owner', 'promotion'])
@Index(['catalogue', 'promotion'])
export class PromotionRow {
  @PrimaryColumn('text') promotion: string;
  /** Its registration. */
  @Column('text') owner: string;
  @Column('text') enterprise: string;
  @Column('text', { nullable: true }) catalogue: string | null;
  @Column('text') status: PromotionStatus | 'voided';
  /** Where it is made. */
  @Column('text') area: string;
  @Column('text') industry: string;
  @Column('jsonb') terms: PromotionTerms;
  @Column('text', { nullable: true }) publishedAt: string | null;
  @Column(() => SearchColumns) search: SearchColumns;
}

/** What SMEs can make, drafts included; one row a product. */
export const promotions: Projection<PromotionEvent> = {
  name: 'promotions',
  version: 2,
  filter: { categories: ['promotion'] },
  entities: [PromotionRow],
  ddl: [
    `CREATE INDEX ON promotion ("publishedAt", promotion) WHERE status = 'published'`,
    ...searchIndexes('promotion', 'promotion'),
  ],
  apply: rowFold<PromotionEvent, PromotionRow>({
    entity: PromotionRow,
    keyColumn: 'promotion',
    keyOf: ({ stream }) => stream.slice('promotion-'.length),
    fold: promotionRow,
  }),
};

function promotionRow(
  row: PromotionRow | undefined,
  event: Recorded<PromotionEvent>,
  promotion: string,
): PromotionRow | undefined {
  if (event.type === 'PromotionDrafted') {
    const { owner, terms, catalogue = null } = event.data;
    const { enterprise, registration } = owner;
    const status = 'draft';
    return {
      promotion,
      owner: registration,
      enterprise,
      catalogue,
      status,
      publishedAt: null,
      ...termColumns(terms, status),
    };
  }
  if (!row) return row;
  switch (event.type) {
    case 'PromotionChanged':
      return { ...row, ...termColumns(event.data.terms, row.status) };
    case 'PromotionPublished': {
      const { terms, at } = event.data;
      return { ...row, status: 'published', publishedAt: at, ...termColumns(terms, 'published') };
    }
    case 'PromotionWithdrawn':
      return { ...row, status: 'withdrawn', ...termColumns(row.terms, 'withdrawn') };
    case 'PromotionVoided':
      return { ...row, status: 'voided', ...termColumns(row.terms, 'voided') };
  }
}

function termColumns(terms: PromotionTerms, status: PromotionRow['status']) {
  const { product, specification, area, industry = '' } = terms;
  const facets = { status, area, industry };
  return { terms, area, industry, search: searchColumnsOf({ name: product, detail: specification, facets }) };
}

export type Promoted = Omit<PromotionRow, 'search'>;

export type PromotionsAsked = {
  readonly words?: string;
  readonly area?: string;
  /** Beginnings of codes of GB/T 4754. */
  readonly industries?: readonly string[];
};

/** By how well the words fit, or the newest first. */
export type PromotionKey = readonly ['words', number, number, string] | readonly ['newest', string, string];

/** `next` is where the following part begins. */
export type PromotionPart = { readonly promotions: Promoted[]; readonly next?: PromotionKey };

/** Published products that fit. */
export class PromotionSearch extends Query<PromotionPart> {
  constructor(
    readonly asked: PromotionsAsked,
    readonly limit: number,
    readonly after?: PromotionKey,
  ) {
    super();
  }
}

const SHOWN = 'promotion, owner, enterprise, catalogue, status, area, industry, terms, "publishedAt"';

@QueryHandler(PromotionSearch)
export class PromotionSearchHandler implements IQueryHandler<PromotionSearch> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ asked, limit, after }: PromotionSearch): Promise<PromotionPart> {
    const { words } = asked;
    return this.readModels.read(promotions, (rows) =>
      words === undefined ? newest(rows, asked, limit, after) : byWords(rows, words, asked, limit, after),
    );
  }
}

async function byWords(
  rows: EntityManager,
  words: string,
  { area, industries }: PromotionsAsked,
  limit: number,
  after: PromotionKey | undefined,
): Promise<PromotionPart> {
  const { hits, next } = await search(rows, PromotionRow, {
    query: words,
    facets: { status: 'published', area },
    ...(industries && { also: (parameter) => below(industries, parameter) }),
    ...(after?.[0] === 'words' && { after: { rank: after[1], length: after[2], id: after[3] } }),
    limit,
  });
  const ids = hits.map(({ id }) => id);
  const found: Promoted[] = await rows.query(`SELECT ${SHOWN} FROM promotion WHERE promotion = ANY($1)`, [ids]);
  const byId = new Map(found.map((row) => [row.promotion, row]));
  return {
    promotions: ids.map((id) => byId.get(id)!),
    ...(next && { next: ['words', next.rank, next.length, next.id] as const }),
  };
}

const below = (industries: readonly string[], parameter: (value: unknown) => string): string =>
  `industry LIKE ANY(${parameter(industries.map((code) => `${code}%`))}::text[])`;

async function newest(
  rows: EntityManager,
  { area, industries }: PromotionsAsked,
  limit: number,
  after: PromotionKey | undefined,
): Promise<PromotionPart> {
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  const all = [`status = 'published'`];
  if (area !== undefined) all.push(`area = ${parameter(area)}`);
  if (industries) all.push(below(industries, parameter));
  if (after?.[0] === 'newest')
    all.push(`("publishedAt", promotion) < (${parameter(after[1])}, ${parameter(after[2])})`);
  const found: Promoted[] = await rows.query(
    `SELECT ${SHOWN} FROM promotion WHERE ${all.join(' AND ')}
     ORDER BY "publishedAt" DESC, promotion DESC LIMIT ${parameter(limit + 1)}`,
    values,
  );
  const last = found.length > limit ? found[limit - 1] : undefined;
  return {
    promotions: found.slice(0, limit),
    ...(last && { next: ['newest', last.publishedAt ?? '', last.promotion] as const }),
  };
}

/** One product, in any state. */
export class PromotionById extends Query<Promoted | undefined> {
  constructor(readonly promotion: string) {
    super();
  }
}

@QueryHandler(PromotionById)
export class PromotionByIdHandler implements IQueryHandler<PromotionById> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ promotion }: PromotionById): Promise<Promoted | undefined> {
    const [row] = await this.readModels.read(promotions, (rows) =>
      rows.query<Promoted[]>(`SELECT ${SHOWN} FROM promotion WHERE promotion = $1`, [promotion]),
    );
    return row;
  }
}

/** A registration's own products in any state, in the order of their ids. */
export class PromotionsOf extends Query<Promoted[]> {
  constructor(
    readonly registration: string,
    readonly asked: { readonly catalogue?: string; readonly status?: PromotionRow['status'] },
    readonly limit: number,
    readonly after?: string,
  ) {
    super();
  }
}

@QueryHandler(PromotionsOf)
export class PromotionsOfHandler implements IQueryHandler<PromotionsOf> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ registration, asked, limit, after }: PromotionsOf): Promise<Promoted[]> {
    return this.readModels.read(promotions, (rows) => {
      const values: unknown[] = [];
      const parameter = (value: unknown): string => `$${values.push(value)}`;
      const all = [`owner = ${parameter(registration)}`];
      if (asked.catalogue !== undefined) all.push(`catalogue = ${parameter(asked.catalogue)}`);
      if (asked.status !== undefined) all.push(`status = ${parameter(asked.status)}`);
      if (after !== undefined) all.push(`promotion > ${parameter(after)}`);
      return rows.query<Promoted[]>(
        `SELECT ${SHOWN} FROM promotion WHERE ${all.join(' AND ')} ORDER BY promotion LIMIT ${parameter(limit)}`,
        values,
      );
    });
  }
}

export const PROMOTION_ORDERS = {
  product: `terms->>'product'`,
  published: `coalesce("publishedAt", '')`,
  status: 'status',
  price: `coalesce((terms->>'priceLow')::numeric, 0)`,
  capacity: `coalesce((terms->>'capacityPerMonth')::numeric, 0)`,
} as const;
export type PromotionOrder = OrderOf<typeof PROMOTION_ORDERS>;

export type OwnPromotionsAsked = {
  readonly catalogue?: string;
  readonly status?: PromotionRow['status'];
  readonly words?: string;
};

/** A registration's own products as a list. */
export class OwnPromotions extends Query<Listed<Promoted>> {
  constructor(
    readonly registration: string,
    readonly asked: OwnPromotionsAsked,
    readonly wanted: ListWanted<PromotionOrder>,
  ) {
    super();
  }
}

@QueryHandler(OwnPromotions)
export class OwnPromotionsHandler implements IQueryHandler<OwnPromotions> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ registration, asked: { catalogue, status, words }, wanted }: OwnPromotions): Promise<Listed<Promoted>> {
    const where = new Conditions().equal('owner', registration).equal('catalogue', catalogue);
    where.holding([`terms->>'product'`, `terms->>'specification'`], words);
    const tab = { column: 'status', value: status };
    const list = { shown: SHOWN, from: 'promotion', key: 'promotion', orders: PROMOTION_ORDERS, where, tab };
    return this.readModels.read(promotions, (rows) => listed<Promoted>(rows, list, wanted));
  }
}
