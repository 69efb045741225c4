import type { Recorded } from '@app/event-store';
import { Projection, ReadModels, rowFold } from '@app/projections';
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

/** A registration's own catalogues, the latest period first, `after` the one whose first day and id are given. */
export class CataloguesOf extends Query<CatalogueRow[]> {
  constructor(
    readonly registration: string,
    readonly asked: { readonly kind?: CatalogueKind; readonly status?: CatalogueStatus },
    readonly limit: number,
    readonly after?: readonly [from: string, catalogue: string],
  ) {
    super();
  }
}

@QueryHandler(CataloguesOf)
export class CataloguesOfHandler implements IQueryHandler<CataloguesOf> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ registration, asked, limit, after }: CataloguesOf): Promise<CatalogueRow[]> {
    return this.readModels.read(catalogues, (view) => {
      const query = view.createQueryBuilder(CatalogueRow, 'row').where('row.owner = :registration', { registration });
      if (asked.kind !== undefined) query.andWhere('row.kind = :kind', asked);
      if (asked.status !== undefined) query.andWhere('row.status = :status', asked);
      if (after) query.andWhere('(row.from, row.catalogue) < (:from, :id)', { from: after[0], id: after[1] });
      return query.orderBy({ 'row.from': 'DESC', 'row.catalogue': 'DESC' }).limit(limit).getMany();
    });
  }
}
