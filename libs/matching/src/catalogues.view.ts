import type { Recorded } from '@app/event-store';
import { Conditions, Listed, listed, ListWanted, OrderOf, Projection, ReadModels, rowFold } from '@app/projections';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { CatalogueEvent, CatalogueKind, CatalogueStatus, CatalogueTerms } from './catalogue.decider';

@Entity('catalogue')
@Index(['owner', 'from', 'catalogue'])
export class CatalogueRow {
  @PrimaryColumn('text') catalogue: string;
  @Column('text') kind: CatalogueKind;
  /** Its registration. */
  @Column('text') owner: string;
  @Column('text') enterprise: string;
  @Column('text') status: CatalogueStatus;
  @Column('text') title: string;
  @Column('text') from: string;
  @Column('text') to: string;
  @Column('text', { nullable: true }) copiedFrom: string | null;
  @Column('text', { nullable: true }) publishedAt: string | null;
}

/** Heads of catalogues; their lines stand with the listings and the promotions. */
export const catalogues: Projection<CatalogueEvent> = {
  name: 'catalogues',
  version: 1,
  filter: {
    categories: ['catalogue'],
    types: [
      'CatalogueOpened',
      'CatalogueChanged',
      'CataloguePublicationStarted',
      'CataloguePublished',
      'CatalogueDiscarded',
      'CatalogueVoided',
    ],
  },
  entities: [CatalogueRow],
  apply: rowFold<CatalogueEvent, CatalogueRow>({
    entity: CatalogueRow,
    keyColumn: 'catalogue',
    keyOf: ({ stream }) => stream.slice('catalogue-'.length),
    fold: catalogueRow,
  }),
};

function catalogueRow(
  row: CatalogueRow | undefined,
  event: Recorded<CatalogueEvent>,
  catalogue: string,
): CatalogueRow | undefined {
  if (event.type === 'CatalogueOpened') {
    const { kind, owner, terms, copiedFrom = null } = event.data;
    const { enterprise, registration } = owner;
    return {
      catalogue,
      kind,
      owner: registration,
      enterprise,
      status: 'draft',
      ...headOf(terms),
      copiedFrom,
      publishedAt: null,
    };
  }
  if (!row) return row;
  switch (event.type) {
    case 'CatalogueChanged':
      return { ...row, ...headOf(event.data.terms) };
    case 'CataloguePublicationStarted':
      return { ...row, status: 'publishing' };
    case 'CataloguePublished':
      return { ...row, status: 'published', publishedAt: row.publishedAt ?? event.data.at };
    case 'CatalogueDiscarded':
    case 'CatalogueVoided':
      return { ...row, status: 'discarded' };
    default:
      return row;
  }
}

const headOf = ({ title, from, to }: CatalogueTerms) => ({ title, from, to });

export class CatalogueById extends Query<CatalogueRow | undefined> {
  constructor(readonly catalogue: string) {
    super();
  }
}

@QueryHandler(CatalogueById)
export class CatalogueByIdHandler implements IQueryHandler<CatalogueById> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ catalogue }: CatalogueById): Promise<CatalogueRow | undefined> {
    return this.readModels.read(
      catalogues,
      async (view) => (await view.findOneBy(CatalogueRow, { catalogue })) ?? undefined,
    );
  }
}

export const CATALOGUE_ORDERS = {
  period: '"from"',
  title: 'title',
  published: `coalesce("publishedAt", '')`,
  status: 'status',
} as const;
export type CatalogueOrder = OrderOf<typeof CATALOGUE_ORDERS>;

export type CataloguesAsked = {
  readonly kind?: CatalogueKind;
  readonly status?: CatalogueStatus;
  /** Days of which their period has at least one. */
  readonly from?: string;
  readonly to?: string;
  readonly words?: string;
};

/** A registration's own catalogues. */
export class CataloguesOf extends Query<Listed<CatalogueRow>> {
  constructor(
    readonly registration: string,
    readonly asked: CataloguesAsked,
    readonly wanted: ListWanted<CatalogueOrder>,
  ) {
    super();
  }
}

@QueryHandler(CataloguesOf)
export class CataloguesOfHandler implements IQueryHandler<CataloguesOf> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ registration, asked, wanted }: CataloguesOf): Promise<Listed<CatalogueRow>> {
    const { kind, status, from, to, words } = asked;
    const where = new Conditions().equal('owner', registration).equal('kind', kind).holding(['title'], words);
    if (from !== undefined) where.and(`"to" >= ${where.parameter(from)}`);
    if (to !== undefined) where.and(`"from" <= ${where.parameter(to)}`);
    const tab = { column: 'status', value: status };
    const list = { from: 'catalogue', key: 'catalogue', orders: CATALOGUE_ORDERS, where, tab };
    return this.readModels.read(catalogues, (rows) => listed<CatalogueRow>(rows, list, wanted));
  }
}
