import type { Recorded } from '@app/event-store';
import { Conditions, Listed, listed, ListWanted, OrderOf, Projection, ReadModels, rowFold } from '@app/projections';
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

export const REGISTRATION_ORDERS = {
  applied: '"appliedAt"',
  changed: '"changedAt"',
  name: 'name',
  office: 'office',
  state: 'state',
} as const;
export type RegistrationOrder = OrderOf<typeof REGISTRATION_ORDERS>;

export type RegistrationsAsked = {
  /** Left out: of every office. */
  readonly office?: string;
  readonly state?: RegistrationState;
  readonly waitingFor?: WaitingFor | 'anything';
  readonly enterprise?: string;
  /** Of the name or the code. */
  readonly words?: string;
};

export class RegistrationsAtOffice extends Query<Listed<RegistrationRow>> {
  constructor(
    readonly asked: RegistrationsAsked,
    readonly wanted: ListWanted<RegistrationOrder>,
  ) {
    super();
  }
}

@QueryHandler(RegistrationsAtOffice)
export class RegistrationsAtOfficeHandler implements IQueryHandler<RegistrationsAtOffice, Listed<RegistrationRow>> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ asked, wanted }: RegistrationsAtOffice): Promise<Listed<RegistrationRow>> {
    const { office, state, waitingFor, enterprise, words } = asked;
    const where = new Conditions().equal('office', office).equal('enterprise', enterprise);
    where.holding(['name', 'enterprise'], words);
    if (waitingFor === 'anything') where.and('"waitingFor" IS NOT NULL');
    else where.equal('"waitingFor"', waitingFor);
    const tab = { column: 'state', value: state };
    const list = { from: 'registration', key: 'registration', orders: REGISTRATION_ORDERS, where, tab };
    return this.readModels.read(registrations, (rows) => listed<RegistrationRow>(rows, list, wanted));
  }
}

/** How many registrations wait at an office for what, and since when the first of them. */
export class RegistrationsWaiting extends Query<
  readonly { readonly waitingFor: WaitingFor; readonly items: number; readonly since: string }[]
> {
  constructor(readonly office: string) {
    super();
  }
}

@QueryHandler(RegistrationsWaiting)
export class RegistrationsWaitingHandler implements IQueryHandler<RegistrationsWaiting> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ office }: RegistrationsWaiting) {
    return this.readModels.read(registrations, (rows) =>
      rows.query<{ waitingFor: WaitingFor; items: number; since: string }[]>(
        `SELECT "waitingFor", count(*)::int AS items, min("changedAt") AS since FROM registration
         WHERE office = $1 AND "waitingFor" IS NOT NULL GROUP BY "waitingFor"`,
        [office],
      ),
    );
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
