import type { Recorded } from '@app/event-store';
import { Clock, shanghaiDay } from '@app/kernel';
import { Conditions, Listed, listed, ListWanted, OrderOf, Projection, ReadModels, rowFold } from '@app/projections';
import { search, SearchColumns, searchColumnsOf, SearchCursor, searchIndexes } from '@app/search';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { Enterprise, EnterpriseEvent, evolve, NOBODY, Registration, statementsOf } from './enterprise-state.rules';
import { FirmFacts, factsAsOf, sizeAsOf, Statement } from './enterprise.rules';
import { SizeClass } from './size-class.rules';

@Entity('enterprise')
export class EnterpriseRow {
  @PrimaryColumn('text') enterprise: string;
  /** Of the registration that holds the code; null until an office has confirmed one. */
  @Column('text', { nullable: true }) holder: string | null;
  @Index() @Column('text') state: 'unconfirmed' | 'confirmed' | 'suspended';
  @Column('text') name: string;
  @Index() @Column('text') area: string;
  @Index() @Column('text') industry: string;
  @Column('text', { nullable: true }) size: SizeClass | null;
  /** What counts for the holder: its own statements, and what was imported. */
  @Column('jsonb') statements: readonly Statement[];
  /** By name and code. */
  @Column(() => SearchColumns) search: SearchColumns;
  /** The other registrations on the code and what else the fold needs. */
  @Column('jsonb') folded: Folded;
}

type Folded = Pick<Enterprise, 'imported'> & {
  readonly registrations: readonly (readonly [registration: string, known: Registration])[];
  readonly contests: readonly string[];
};

const ANY_DAY = '9999-12-31';

/** The register of enterprises: one row a code. */
export const enterprises: Projection<EnterpriseEvent> = {
  name: 'enterprises',
  version: 2,
  filter: { categories: ['enterprise'] },
  entities: [EnterpriseRow],
  ddl: searchIndexes('enterprise', 'enterprise'),
  apply: rowFold<EnterpriseEvent, EnterpriseRow>({
    entity: EnterpriseRow,
    keyColumn: 'enterprise',
    keyOf: ({ stream }) => stream.slice('enterprise-'.length),
    fold: enterpriseRow,
  }),
};

function enterpriseRow(
  row: EnterpriseRow | undefined,
  event: Recorded<EnterpriseEvent>,
  enterprise: string,
): EnterpriseRow {
  const state = evolve(row ? stateOf(row) : NOBODY, event);
  const known = state.holder === undefined ? undefined : state.registrations.get(state.holder);
  const statements = state.holder === undefined ? [] : statementsOf(state, state.holder);
  const { name = '', registeredAddress, industry = '' } = factsAsOf(statements, ANY_DAY);
  const area = registeredAddress?.area ?? '';
  const size = sizeAsOf(statements, ANY_DAY) ?? null;
  return {
    enterprise,
    holder: state.holder ?? null,
    state: known ? (known.state === 'suspended' ? 'suspended' : 'confirmed') : 'unconfirmed',
    name,
    area,
    industry,
    size,
    search: searchColumnsOf({ name, detail: enterprise, facets: { area, size } }),
    statements,
    folded: {
      registrations: [...state.registrations],
      contests: [...state.contests],
      imported: state.imported,
    },
  };
}

const stateOf = ({ enterprise, holder, folded }: EnterpriseRow): Enterprise => ({
  code: enterprise,
  holder: holder ?? undefined,
  registrations: new Map(folded.registrations),
  contests: new Set(folded.contests),
  imported: folded.imported,
});

/** What anybody may know of a confirmed enterprise. */
export type EnterpriseCard = {
  readonly enterprise: string;
  readonly name: string;
  readonly state: 'confirmed' | 'suspended';
  readonly area: string;
  readonly plantArea: string | undefined;
  readonly industry: string | undefined;
  readonly size: SizeClass | undefined;
};

/** Cards by code, as of today; a code that no office has confirmed has none. */
export class EnterpriseCards extends Query<ReadonlyMap<string, EnterpriseCard>> {
  constructor(readonly enterprises: readonly string[]) {
    super();
  }
}

@QueryHandler(EnterpriseCards)
export class EnterpriseCardsHandler implements IQueryHandler<EnterpriseCards, ReadonlyMap<string, EnterpriseCard>> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly clock: Clock,
  ) {}

  async execute({ enterprises: codes }: EnterpriseCards): Promise<ReadonlyMap<string, EnterpriseCard>> {
    const today = shanghaiDay(this.clock.now());
    const rows = await this.readModels.read(enterprises, (view) =>
      view
        .createQueryBuilder(EnterpriseRow, 'row')
        .where(`row.enterprise = ANY(:codes) AND row.state <> 'unconfirmed'`, { codes })
        .getMany(),
    );
    return new Map(rows.map((row) => [row.enterprise, cardOf(row, today)]));
  }
}

export type EnterpriseFilter = {
  readonly area?: string;
  /** A code of GB/T 4754: itself and everything below it. */
  readonly industry?: string;
  readonly size?: SizeClass;
};

/** Confirmed and suspended enterprises in order of code, after the code `after`. */
export class EnterpriseSearch extends Query<EnterpriseCard[]> {
  constructor(
    readonly asked: EnterpriseFilter,
    readonly limit: number,
    readonly after?: string,
  ) {
    super();
  }
}

@QueryHandler(EnterpriseSearch)
export class EnterpriseSearchHandler implements IQueryHandler<EnterpriseSearch, EnterpriseCard[]> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly clock: Clock,
  ) {}

  async execute({ asked, limit, after }: EnterpriseSearch): Promise<EnterpriseCard[]> {
    const rows = await this.readModels.read(enterprises, (view) => {
      const query = view.createQueryBuilder(EnterpriseRow, 'row').where(`row.state <> 'unconfirmed'`);
      if (asked.area !== undefined) query.andWhere('row.area = :area', asked);
      if (asked.size !== undefined) query.andWhere('row.size = :size', asked);
      if (asked.industry !== undefined) query.andWhere('starts_with(row.industry, :industry)', asked);
      if (after !== undefined) query.andWhere('row.enterprise > :after', { after });
      return query.orderBy('row.enterprise', 'ASC').limit(limit).getMany();
    });
    const today = shanghaiDay(this.clock.now());
    return rows.map((row) => cardOf(row, today));
  }
}

export const ENTERPRISE_ORDERS = {
  enterprise: 'enterprise',
  name: 'name',
  area: 'area',
  industry: 'industry',
  size: `coalesce(size, '')`,
} as const;
export type EnterpriseOrder = OrderOf<typeof ENTERPRISE_ORDERS>;

/** Confirmed and suspended enterprises as a list. */
export class EnterpriseRegister extends Query<Listed<EnterpriseCard>> {
  constructor(
    readonly asked: EnterpriseFilter,
    readonly wanted: ListWanted<EnterpriseOrder>,
  ) {
    super();
  }
}

@QueryHandler(EnterpriseRegister)
export class EnterpriseRegisterHandler implements IQueryHandler<EnterpriseRegister, Listed<EnterpriseCard>> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly clock: Clock,
  ) {}

  async execute({ asked: { area, size, industry }, wanted }: EnterpriseRegister): Promise<Listed<EnterpriseCard>> {
    const where = new Conditions().and(`state <> 'unconfirmed'`).equal('area', area).equal('size', size);
    if (industry !== undefined) where.and(`starts_with(industry, ${where.parameter(industry)})`);
    const list = { shown: CARD, from: 'enterprise', key: 'enterprise', orders: ENTERPRISE_ORDERS, where };
    const found = await this.readModels.read(enterprises, (rows) => listed<EnterpriseRow>(rows, list, wanted));
    const today = shanghaiDay(this.clock.now());
    return { ...found, rows: found.rows.map((row) => cardOf(row, today)) };
  }
}

const CARD = 'enterprise, state, name, area, industry, size, statements';

/** By words of their name (Chinese, pinyin, initials) or by their code: confirmed and suspended ones, the best first. */
export class EnterprisesNamed extends Query<{ readonly cards: EnterpriseCard[]; readonly next?: SearchCursor }> {
  constructor(
    readonly words: string,
    readonly asked: EnterpriseFilter,
    readonly limit: number,
    readonly after?: SearchCursor,
  ) {
    super();
  }
}

@QueryHandler(EnterprisesNamed)
export class EnterprisesNamedHandler implements IQueryHandler<EnterprisesNamed> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly clock: Clock,
  ) {}

  async execute({ words, asked: { area, size, industry = '' }, limit, after }: EnterprisesNamed) {
    return this.readModels.read(enterprises, async (view) => {
      const { hits, next } = await search(view, EnterpriseRow, {
        query: words,
        facets: { area, size },
        also: (parameter) => `state <> 'unconfirmed' AND starts_with(industry, ${parameter(industry)})`,
        ...(after && { after }),
        limit,
      });
      const codes = hits.map(({ id }) => id);
      const rows = await view
        .createQueryBuilder(EnterpriseRow, 'row')
        .where('row.enterprise = ANY(:codes)', { codes })
        .getMany();
      const byCode = new Map(rows.map((row) => [row.enterprise, row]));
      const today = shanghaiDay(this.clock.now());
      return { cards: codes.map((code) => cardOf(byCode.get(code)!, today)), ...(next && { next }) };
    });
  }
}

/** All that the register holds of one code, for its holder and for officers; undefined where nobody ever applied. */
export class EnterpriseFile extends Query<EnterpriseFileView | undefined> {
  constructor(readonly enterprise: string) {
    super();
  }
}

export type EnterpriseFileView = {
  readonly card: EnterpriseCard | undefined;
  readonly holder: string | undefined;
  readonly facts: FirmFacts;
  readonly statements: readonly Statement[];
  readonly registrations: readonly { readonly registration: string; readonly known: Registration }[];
};

@QueryHandler(EnterpriseFile)
export class EnterpriseFileHandler implements IQueryHandler<EnterpriseFile, EnterpriseFileView | undefined> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly clock: Clock,
  ) {}

  async execute({ enterprise }: EnterpriseFile): Promise<EnterpriseFileView | undefined> {
    const row = await this.readModels.read(enterprises, (view) => view.findOneBy(EnterpriseRow, { enterprise }));
    if (!row) return undefined;
    const today = shanghaiDay(this.clock.now());
    return {
      card: row.state === 'unconfirmed' ? undefined : cardOf(row, today),
      holder: row.holder ?? undefined,
      facts: factsAsOf(row.statements, today),
      statements: row.statements,
      registrations: row.folded.registrations.map(([registration, known]) => ({ registration, known })),
    };
  }
}

function cardOf({ enterprise, state, statements }: EnterpriseRow, today: string): EnterpriseCard {
  const { name = '', registeredAddress, plantAddress, industry } = factsAsOf(statements, today);
  return {
    enterprise,
    name,
    state: state === 'suspended' ? 'suspended' : 'confirmed',
    area: registeredAddress?.area ?? '',
    plantArea: plantAddress?.area,
    industry,
    size: sizeAsOf(statements, today),
  };
}
