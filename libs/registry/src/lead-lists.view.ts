import { Clock, shanghaiDay } from '@app/kernel';
import { Projection, ReadModels, rowFold } from '@app/projections';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Announcement, LeadList, leadList, LeadListEvent } from './lead-list.decider';
import { DatedList, listsFor } from './lead-membership.rules';

@Entity('lead_list')
export class LeadListRow {
  @PrimaryColumn('text') list: string;
  @Column('text') state: LeadList['state'];
  @Column('text') title: string;
  @Column('text') document: string;
  @Column('text') from: string;
  @Column('text') to: string;
  /** Empty while it is a draft. */
  @Column('text') publishedOn: string;
  /** What was announced about each firm, in order of recording. */
  @Column('jsonb') firms: [enterprise: string, announcements: readonly Announcement[]][];
}

/** The versions of the list of lead firms: one row a version. */
export const leadLists: Projection<LeadListEvent> = {
  name: 'lead-lists',
  version: 1,
  filter: { categories: ['leadlist'] },
  entities: [LeadListRow],
  apply: rowFold<LeadListEvent, LeadListRow>({
    entity: LeadListRow,
    keyColumn: 'list',
    keyOf: ({ stream }) => stream.slice('leadlist-'.length),
    fold(row, event, list) {
      const { state, head, publishedOn, firms } = leadList.evolve(row ? listOf(row) : leadList.initial, event);
      return { list, state, ...head, publishedOn, firms: [...firms] };
    },
  }),
};

const listOf = ({ list, state, title, document, from, to, publishedOn, firms }: LeadListRow): LeadList => ({
  list,
  state,
  head: { title, document, from, to },
  publishedOn,
  firms: new Map(firms),
});

export type LeadListCard = Omit<LeadListRow, 'firms'> & { readonly size: number };
export type ListedFirmView = {
  readonly enterprise: string;
  readonly name: string;
  readonly announcements: readonly Announcement[];
};
export type LeadListView = LeadListCard & { readonly firms: readonly ListedFirmView[] };

/** The ids of all versions that were ever drafted. */
export class LeadListIds extends Query<string[]> {}

/** Versions of the list, the latest period first; drafts only for whoever may see them. */
export class LeadLists extends Query<LeadListCard[]> {
  constructor(readonly drafts: 'with-drafts' | 'published-only') {
    super();
  }
}

export class LeadListById extends Query<LeadListView | undefined> {
  constructor(readonly list: string) {
    super();
  }
}

/** The lead firms of a day (default today in Asia/Shanghai), by what has been announced so far: USCC to name. */
export class LeadFirmsOn extends Query<ReadonlyMap<string, string>> {
  constructor(readonly day?: string) {
    super();
  }
}

@QueryHandler(LeadListIds)
export class LeadListIdsHandler implements IQueryHandler<LeadListIds, string[]> {
  constructor(private readonly readModels: ReadModels) {}

  async execute(): Promise<string[]> {
    const rows = await this.readModels.read(leadLists, (view) =>
      view.createQueryBuilder(LeadListRow, 'row').select('row.list').orderBy('row.list').getMany(),
    );
    return rows.map(({ list }) => list);
  }
}

@QueryHandler(LeadLists)
export class LeadListsHandler implements IQueryHandler<LeadLists, LeadListCard[]> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ drafts }: LeadLists): Promise<LeadListCard[]> {
    const states = drafts === 'with-drafts' ? ['draft', 'published'] : ['published'];
    const rows = await this.readModels.read(leadLists, (view) =>
      view
        .createQueryBuilder(LeadListRow, 'row')
        .where('row.state = ANY(:states)', { states })
        .orderBy({ 'row.from': 'DESC', 'row.publishedOn': 'DESC', 'row.list': 'ASC' })
        .getMany(),
    );
    return rows.map(cardOf);
  }
}

@QueryHandler(LeadListById)
export class LeadListByIdHandler implements IQueryHandler<LeadListById, LeadListView | undefined> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ list }: LeadListById): Promise<LeadListView | undefined> {
    const row = await this.readModels.read(leadLists, (view) => view.findOneBy(LeadListRow, { list }));
    if (!row || row.state === 'discarded') return undefined;
    const firms = row.firms.map(([enterprise, announcements]) => ({
      enterprise,
      name: announcements.findLast((one) => one.kind === 'listed')?.name ?? '',
      announcements,
    }));
    return { ...cardOf(row), firms };
  }
}

@QueryHandler(LeadFirmsOn)
export class LeadFirmsOnHandler implements IQueryHandler<LeadFirmsOn, ReadonlyMap<string, string>> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly clock: Clock,
  ) {}

  async execute({ day }: LeadFirmsOn): Promise<ReadonlyMap<string, string>> {
    const today = shanghaiDay(this.clock.now());
    const on = day ?? today;
    const rows = await this.readModels.read(leadLists, (view) =>
      view
        .createQueryBuilder(LeadListRow, 'row')
        .where(`row.state = 'published' AND row.from <= :on AND row.to >= :on`, { on })
        .getMany(),
    );
    const lists: DatedList[] = rows.map(listOf);
    const names = new Map<string, string>();
    for (const { firms } of lists) {
      for (const [enterprise, said] of firms) {
        if (listsFor(lists, enterprise, on, today).length === 0) continue;
        names.set(enterprise, said.findLast((one) => one.kind === 'listed')?.name ?? '');
      }
    }
    return names;
  }
}

const cardOf = ({ firms, ...head }: LeadListRow): LeadListCard => ({
  ...head,
  size: firms.filter(([, said]) => said.at(-1)?.kind === 'listed').length,
});
