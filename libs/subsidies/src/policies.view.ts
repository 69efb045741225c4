import type { Recorded } from '@app/event-store';
import { Projection, ReadModels, rowFold } from '@app/projections';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { POLICY_STEPS } from './policy-forms.rules';
import type { PolicyTerms } from './policy-terms.rules';
import type { PolicyEvent, PolicyOfficer, PolicyState } from './policy.decider';

/** One step of a version: who did what to it, when and why. */
export type PolicyStep = {
  readonly step: (typeof POLICY_STEPS)[number];
  readonly by: PolicyOfficer;
  readonly at: string;
  readonly reason?: string;
  readonly document?: string;
};

@Entity('policy_version')
export class PolicyVersionRow {
  /** Scheme and version. */
  @PrimaryColumn('text') key: string;
  @Column('text') scheme: string;
  @Column('text') version: string;
  @Column('text') state: PolicyState;
  @Column('jsonb') terms: PolicyTerms;
  @Column('jsonb') steps: readonly PolicyStep[];
  @Column('text', { nullable: true }) publishedAt: string | null;
  /** 文号 of its publication. */
  @Column('text', { nullable: true }) document: string | null;
  /** Last day of filing where it was brought forward. */
  @Column('text', { nullable: true }) endedOn: string | null;
  @Column('text', { nullable: true }) supersededBy: string | null;
}

const STEPS: Readonly<Record<PolicyEvent['type'], PolicyStep['step']>> = {
  PolicyVersionDrafted: 'drafted',
  PolicyVersionChanged: 'changed',
  PolicyVersionDiscarded: 'discarded',
  PolicyVersionProposed: 'proposed',
  PolicyVersionReturned: 'returned',
  PolicyVersionApproved: 'approved',
  PolicyVersionPublished: 'published',
  PolicyVersionSuperseded: 'superseded',
  PolicyVersionEnded: 'ended',
};

/** Versions of policies that were drafted here: one row a version, with its steps. */
export const policies: Projection<PolicyEvent> = {
  name: 'policies',
  version: 1,
  filter: { categories: ['policy'] },
  entities: [PolicyVersionRow],
  apply: rowFold<PolicyEvent, PolicyVersionRow>({
    entity: PolicyVersionRow,
    keyColumn: 'key',
    keyOf: ({ stream, data }) => `${stream.slice('policy-'.length)}/${data.version}`,
    fold: versionRow,
  }),
};

function versionRow(
  row: PolicyVersionRow | undefined,
  event: Recorded<PolicyEvent>,
  key: string,
): PolicyVersionRow | undefined {
  const { by, at } = event.data;
  const step: PolicyStep = {
    step: STEPS[event.type],
    by,
    at,
    ...('reason' in event.data && { reason: event.data.reason }),
    ...('document' in event.data && { document: event.data.document }),
  };
  if (event.type === 'PolicyVersionDrafted') {
    const { scheme, version, terms } = event.data;
    const nothing = { publishedAt: null, document: null, endedOn: null, supersededBy: null };
    return { key, scheme, version, state: 'draft', terms, steps: [step], ...nothing };
  }
  if (!row) return row;
  const told = { ...row, steps: [...row.steps, step] };
  switch (event.type) {
    case 'PolicyVersionChanged':
      return { ...told, terms: event.data.terms };
    case 'PolicyVersionDiscarded':
      return { ...told, state: 'discarded' };
    case 'PolicyVersionProposed':
      return { ...told, state: 'proposed' };
    case 'PolicyVersionReturned':
      return { ...told, state: 'draft' };
    case 'PolicyVersionApproved':
      return { ...told, state: 'approved' };
    case 'PolicyVersionPublished':
      return { ...told, state: 'published', publishedAt: at, document: event.data.document };
    case 'PolicyVersionSuperseded':
      return { ...told, supersededBy: event.data.supersededBy };
    case 'PolicyVersionEnded':
      return { ...told, endedOn: event.data.endsOn };
  }
}

/** Versions drafted here, by scheme and version; what is not published only for whoever may see it. */
export class PolicyVersions extends Query<PolicyVersionRow[]> {
  constructor(readonly which: 'published-only' | 'with-drafts') {
    super();
  }
}

@QueryHandler(PolicyVersions)
export class PolicyVersionsHandler implements IQueryHandler<PolicyVersions, PolicyVersionRow[]> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ which }: PolicyVersions): Promise<PolicyVersionRow[]> {
    const states = which === 'published-only' ? ['published'] : ['draft', 'proposed', 'approved', 'published'];
    return this.readModels.read(policies, (view) =>
      view
        .createQueryBuilder(PolicyVersionRow, 'row')
        .where('row.state = ANY(:states)', { states })
        .orderBy({ 'row.scheme': 'ASC', 'row.version': 'ASC' })
        .getMany(),
    );
  }
}

export class PolicyVersionByName extends Query<PolicyVersionRow | undefined> {
  constructor(
    readonly scheme: string,
    readonly version: string,
  ) {
    super();
  }
}

@QueryHandler(PolicyVersionByName)
export class PolicyVersionByNameHandler implements IQueryHandler<PolicyVersionByName> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ scheme, version }: PolicyVersionByName): Promise<PolicyVersionRow | undefined> {
    const key = `${scheme}/${version}`;
    const row = await this.readModels.read(policies, (view) => view.findOneBy(PolicyVersionRow, { key }));
    return row && row.state !== 'discarded' ? row : undefined;
  }
}
