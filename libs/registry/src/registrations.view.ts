import type { Recorded } from '@app/event-store';
import { Projection, ReadModels, rowFold } from '@app/projections';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { officeFor } from './areas.rules';
import { evolve, NOBODY, REQUIRED_EVIDENCE } from './enterprise-state.rules';
import type { EnterpriseEvent, Registration, RegistrationState } from './enterprise-state.rules';
import { awaitingCheck, factsAsOf, Officer } from './enterprise.rules';

/**
 * What a registration waits for at its office: the first check, a contest of the holder, or a look at changed facts.
 */
export const WAITING_FOR = ['check', 'contest', 'facts'] as const;
export type WaitingFor = (typeof WAITING_FOR)[number];

/** The last decision of an office about a registration. */
export type Decision = {
  readonly event: EnterpriseEvent['type'];
  readonly reason?: string;
  readonly by: Officer;
  /** UTC, ISO 8601. */
  readonly at: string;
};

@Entity('registration')
@Index(['office', 'appliedAt', 'registration'])
@Index(['waitingFor', 'appliedAt', 'registration'])
export class RegistrationRow {
  @PrimaryColumn('text') registration: string;
  @Index() @Column('text') enterprise: string;
  @Column('text') name: string;
  /** The area whose office decides, or `city`. */
  @Column('text') office: string;
  @Column('text') state: RegistrationState;
  @Column('text', { nullable: true }) waitingFor: WaitingFor | null;
  @Column('boolean') contesting: boolean;
  /** Who contests, and by which text in the vault; of the last contest. */
  @Column('jsonb', { nullable: true }) statement: { id: string; sha256: string } | null;
  @Column('jsonb', { nullable: true }) decision: Decision | null;
  @Column('jsonb') known: Registration;
  @Column('text') appliedAt: string;
  @Column('text') changedAt: string;
}

/** Facts are never dated after the day they are recorded on, so every day after that reads the same. */
const ANY_DAY = '9999-12-31';

/** The queue of the offices, and each applicant's own registration: one row a registration. */
export const registrations: Projection<EnterpriseEvent> = {
  name: 'registrations',
  version: 1,
  filter: { categories: ['enterprise'] },
  entities: [RegistrationRow],
  apply: rowFold<EnterpriseEvent, RegistrationRow>({
    entity: RegistrationRow,
    keyColumn: 'registration',
    keyOf({ type, data }) {
      if (type === 'HolderReplaced') return [data.registration, data.replaced];
      return data.registration;
    },
    fold: registrationRow,
  }),
};

function registrationRow(
  row: RegistrationRow | undefined,
  event: Recorded<EnterpriseEvent>,
  registration: string,
): RegistrationRow | undefined {
  const before = {
    ...NOBODY,
    registrations: new Map(row ? [[registration, row.known]] : []),
    contests: new Set(row?.contesting ? [registration] : []),
  };
  const after = evolve(before, event);
  const known = after.registrations.get(registration);
  if (!known) return undefined;
  const { recordedAt } = event.metadata;
  const { name = '', registeredAddress } = factsAsOf(known.statements, ANY_DAY);
  const contesting = after.contests.has(registration);
  return {
    registration,
    enterprise: event.stream.slice('enterprise-'.length),
    name,
    office: officeFor(registeredAddress?.area ?? ''),
    state: known.state,
    waitingFor: waitingFor(known, contesting),
    contesting,
    statement: event.type === 'HolderContested' ? event.data.statement : (row?.statement ?? null),
    decision: decisionIn(event) ?? row?.decision ?? null,
    known,
    appliedAt: row?.appliedAt ?? recordedAt,
    changedAt: recordedAt,
  };
}

function waitingFor({ state, evidence, statements }: Registration, contesting: boolean): WaitingFor | null {
  if (contesting) return 'contest';
  const isComplete = REQUIRED_EVIDENCE.every((kind) => evidence.some((one) => one.kind === kind));
  if (state === 'applied' && isComplete) return 'check';
  if (state === 'confirmed' && Object.keys(awaitingCheck(statements, ANY_DAY)).length > 0) return 'facts';
  return null;
}

const DECISIONS: readonly EnterpriseEvent['type'][] = [
  'RegistrationReturned',
  'RegistrationConfirmed',
  'RegistrationRefused',
  'RegistrationSuspended',
  'RegistrationReinstated',
  'HolderKept',
  'HolderReplaced',
];

function decisionIn({ type, data, metadata }: Recorded<EnterpriseEvent>): Decision | undefined {
  if (!DECISIONS.includes(type) || !('by' in data) || data.by === undefined) return undefined;
  const reason = 'reason' in data ? { reason: data.reason } : {};
  return { event: type, ...reason, by: data.by, at: metadata.recordedAt };
}

/** `office` undefined: of every office. `after` is the sort key of the last row seen. */
export class RegistrationsAtOffice extends Query<RegistrationRow[]> {
  constructor(
    readonly asked: {
      readonly office?: string;
      readonly state?: RegistrationState;
      readonly waitingFor?: WaitingFor | 'anything';
      readonly enterprise?: string;
    },
    readonly limit: number,
    readonly after?: readonly [appliedAt: string, registration: string],
  ) {
    super();
  }
}

@QueryHandler(RegistrationsAtOffice)
export class RegistrationsAtOfficeHandler implements IQueryHandler<RegistrationsAtOffice, RegistrationRow[]> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ asked, limit, after }: RegistrationsAtOffice): Promise<RegistrationRow[]> {
    return this.readModels.read(registrations, (view) => {
      const query = view.createQueryBuilder(RegistrationRow, 'row');
      if (asked.office !== undefined) query.andWhere('row.office = :office', asked);
      if (asked.state !== undefined) query.andWhere('row.state = :state', asked);
      if (asked.enterprise !== undefined) query.andWhere('row.enterprise = :enterprise', asked);
      if (asked.waitingFor === 'anything') query.andWhere('row.waitingFor IS NOT NULL');
      else if (asked.waitingFor !== undefined) query.andWhere('row.waitingFor = :waitingFor', asked);
      if (after) {
        const [appliedAt, registration] = after;
        query.andWhere('(row.appliedAt, row.registration) > (:appliedAt, :registration)', { appliedAt, registration });
      }
      return query.orderBy({ 'row.appliedAt': 'ASC', 'row.registration': 'ASC' }).limit(limit).getMany();
    });
  }
}

export class RegistrationById extends Query<RegistrationRow | undefined> {
  constructor(readonly registration: string) {
    super();
  }
}

@QueryHandler(RegistrationById)
export class RegistrationByIdHandler implements IQueryHandler<RegistrationById, RegistrationRow | undefined> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ registration }: RegistrationById): Promise<RegistrationRow | undefined> {
    return this.readModels.read(
      registrations,
      async (view) => (await view.findOneBy(RegistrationRow, { registration })) ?? undefined,
    );
  }
}
