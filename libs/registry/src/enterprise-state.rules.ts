import { CITY_BUREAU, officeFor } from './areas.rules';
import { FactKind, FirmFacts, factsAsOf, Officer, Source, Statement } from './enterprise.rules';

// What has happened on one code (USCC), and what follows from it. The stream holds all registrations that stand on
// the code: "who holds it" is a rule over them, so it needs their order of events.

export const REGISTRATION_STATES = ['applied', 'returned', 'confirmed', 'refused', 'suspended', 'replaced'] as const;
export type RegistrationState = (typeof REGISTRATION_STATES)[number];

/** 营业执照, 授权书, anything else. The first two are what an office confirms by. */
export const EVIDENCE_KINDS = ['business-licence', 'authorisation', 'other'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];
export const REQUIRED_EVIDENCE = ['business-licence', 'authorisation'] as const satisfies readonly EvidenceKind[];

/** A stored file by its id; the hash fixes which bytes the officer saw. Its name may name a person and stays out. */
export type Evidence = { readonly id: string; readonly sha256: string; readonly kind: EvidenceKind };

/** What an application lacks: a kind of fact, a kind of evidence, or anything else that the note says. */
export const GAP_FIELDS = [
  'name',
  'registeredAddress',
  'plantAddress',
  'industry',
  'staff',
  'revenue',
  'assets',
  'holders',
  ...EVIDENCE_KINDS,
] as const satisfies readonly (FactKind | EvidenceKind)[];
export type GapField = (typeof GAP_FIELDS)[number];
export type Gap = { readonly field: GapField; readonly note: string };

/** Acts for which a firm may require a second person of its own. */
export const SECOND_PERSON_ACTS = ['publish', 'award'] as const;
export type SecondPersonAct = (typeof SECOND_PERSON_ACTS)[number];

/** A text that may name people: it stands in the vault under `id`, and this proves which text it was. */
export type Commitment = { readonly id: string; readonly sha256: string };

export type EnterpriseEvent =
  | {
      type: 'RegistrationApplied';
      data: { registration: string; enterprise: string; from: string; facts: FirmFacts };
    }
  | { type: 'EvidenceAttached'; data: { registration: string; evidence: readonly Evidence[] } }
  | { type: 'RegistrationReturned'; data: { registration: string; gaps: readonly Gap[]; by: Officer } }
  | { type: 'RegistrationCompleted'; data: { registration: string } }
  | { type: 'RegistrationConfirmed'; data: { registration: string; evidence: readonly string[]; by: Officer } }
  | { type: 'RegistrationRefused'; data: { registration: string; reason: string; by: Officer } }
  | { type: 'RegistrationSuspended'; data: { registration: string; reason: string; by: Officer } }
  | { type: 'RegistrationReinstated'; data: { registration: string; reason: string; by: Officer } }
  | { type: 'HolderContested'; data: { registration: string; holder: string; statement: Commitment } }
  | { type: 'HolderKept'; data: { registration: string; holder: string; reason: string; by: Officer } }
  | {
      type: 'HolderReplaced';
      /** `registration` holds the code from now on; what `replaced` did is void and stays visible as void. */
      data: { registration: string; replaced: string; evidence: readonly string[]; reason: string; by: Officer };
    }
  | {
      type: 'FactsRecorded';
      /** Imported facts are about the enterprise and belong to no registration. */
      data: { registration?: string; from: string; facts: FirmFacts; source: Source };
    }
  | {
      type: 'FactWithdrawn';
      data: { registration: string; kind: FactKind; from: string; source: 'self-declared' | 'checked'; by?: Officer };
    }
  | { type: 'SecondPersonRequired'; data: { registration: string; acts: readonly SecondPersonAct[] } };

export type Registration = {
  readonly state: RegistrationState;
  readonly evidence: readonly Evidence[];
  readonly gaps: readonly Gap[];
  readonly statements: readonly Statement[];
  readonly secondPersonFor: readonly SecondPersonAct[];
};

export type Enterprise = {
  readonly code: string;
  readonly registrations: ReadonlyMap<string, Registration>;
  /** The registration that was confirmed last, suspended or not; undefined until an office confirms one. */
  readonly holder: string | undefined;
  /** Registrations that contest the holder and wait for the office. */
  readonly contests: ReadonlySet<string>;
  readonly imported: readonly Statement[];
};

export const NOBODY: Enterprise = {
  code: '',
  registrations: new Map(),
  holder: undefined,
  contests: new Set(),
  imported: [],
};

/** The statements that count for a registration: its own, and what was imported about the enterprise. */
export const statementsOf = (state: Enterprise, registration: string): readonly Statement[] => [
  ...state.imported,
  ...(state.registrations.get(registration)?.statements ?? []),
];

/**
 * The office that decides about a registration on a day: where it says it is registered, or the city bureau for firms
 * from elsewhere. Only the registration's own statements count: what was imported may be another applicant's.
 */
export const officeOf = (known: Pick<Registration, 'statements'>, day: string): string => {
  const area = factsAsOf(known.statements, day).registeredAddress?.area;
  return area === undefined ? CITY_BUREAU : officeFor(area);
};

export type Withdrawal = Extract<EnterpriseEvent, { type: 'FactWithdrawn' }>['data'];

export const isMeant = (statement: Statement, { kind, from, source }: Withdrawal) =>
  statement.from === from && statement.source.kind === source && statement.facts[kind] !== undefined;

export function evolve(state: Enterprise, event: EnterpriseEvent): Enterprise {
  const change = (registration: string, changed: Partial<Registration>): Enterprise => {
    const before = state.registrations.get(registration);
    if (!before) return state;
    const registrations = new Map(state.registrations).set(registration, { ...before, ...changed });
    return { ...state, registrations };
  };
  const of = (registration: string) => state.registrations.get(registration);
  const without = (registration: string) => new Set([...state.contests].filter((other) => other !== registration));

  switch (event.type) {
    case 'RegistrationApplied': {
      const { registration, enterprise: code, from, facts } = event.data;
      const statements: Statement[] = [{ from, facts, source: { kind: 'self-declared' } }];
      const applied = { state: 'applied', evidence: [], gaps: [], statements, secondPersonFor: [] } as const;
      return { ...state, code, registrations: new Map(state.registrations).set(registration, applied) };
    }
    case 'EvidenceAttached': {
      const { registration, evidence } = event.data;
      return change(registration, { evidence: [...(of(registration)?.evidence ?? []), ...evidence] });
    }
    case 'RegistrationReturned':
      return change(event.data.registration, { state: 'returned', gaps: event.data.gaps });
    case 'RegistrationCompleted':
      return change(event.data.registration, { state: 'applied', gaps: [] });
    case 'RegistrationConfirmed':
      return { ...change(event.data.registration, { state: 'confirmed', gaps: [] }), holder: event.data.registration };
    case 'RegistrationRefused':
      return change(event.data.registration, { state: 'refused' });
    case 'RegistrationSuspended':
      return change(event.data.registration, { state: 'suspended' });
    case 'RegistrationReinstated':
      return change(event.data.registration, { state: 'confirmed' });
    case 'HolderContested':
      return { ...state, contests: new Set(state.contests).add(event.data.registration) };
    case 'HolderKept':
      return {
        ...change(event.data.registration, { state: 'refused' }),
        contests: without(event.data.registration),
      };
    case 'HolderReplaced': {
      const { registration, replaced } = event.data;
      const registrations = new Map(state.registrations);
      const [old, next] = [of(replaced), of(registration)];
      if (old) registrations.set(replaced, { ...old, state: 'replaced' });
      if (next) registrations.set(registration, { ...next, state: 'confirmed', gaps: [] });
      return { ...state, registrations, holder: registration, contests: without(registration) };
    }
    case 'FactsRecorded': {
      const { registration, from, facts, source } = event.data;
      const statement: Statement = { from, facts, source };
      if (registration === undefined) return { ...state, imported: [...state.imported, statement] };
      return change(registration, { statements: [...(of(registration)?.statements ?? []), statement] });
    }
    case 'FactWithdrawn': {
      const { registration, kind } = event.data;
      const statements = (of(registration)?.statements ?? [])
        .map((statement) => (isMeant(statement, event.data) ? dropped(statement, kind) : statement))
        .filter(({ facts }) => Object.values(facts).some((fact) => fact !== undefined));
      return change(registration, { statements });
    }
    case 'SecondPersonRequired':
      return change(event.data.registration, { secondPersonFor: event.data.acts });
  }
}

function dropped(statement: Statement, kind: FactKind): Statement {
  const { [kind]: _withdrawn, ...facts } = statement.facts;
  return { ...statement, facts };
}
