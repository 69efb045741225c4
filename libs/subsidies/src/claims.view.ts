import type { Recorded } from '@app/event-store';
import { Exact } from '@app/kernel';
import { Conditions, Listed, listed, ListWanted, OrderOf, Projection, ReadModels, rowFold } from '@app/projections';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { claim } from './claim.decider';
import { offsetOf } from './claim-offset.rules';
import { officesOf, stageWaitedFor } from './claim-persons.rules';
import { frozen, thawed } from './claim-rows.rules';
import { HIDDEN_FROM_FIRM } from './claim-story.rules';
import type { ClaimEvent, ClaimPolicy, ClaimState, LedgerEntry } from './claim-story.rules';

/** One public notice 公示 that a claim stood on, and what became of it there. */
export type ClaimNoticed = LedgerEntry & {
  readonly notice: string;
  readonly document?: string;
  readonly policy: ClaimPolicy;
  readonly enterprise: string;
  readonly workingDays: number;
  readonly startedAt: string;
  readonly until: string;
  readonly standStillUntil: string;
  readonly outcome: 'standing' | 'approved' | 'taken-back' | 'upheld' | 'withdrawn' | 'refused';
};

@Entity('claim')
@Index(['round', 'office'])
export class ClaimRow {
  @PrimaryColumn('text') claim: string;
  @Column('text') round: string;
  @Index() @Column('text') scheme: string;
  @Column('text') version: string;
  @Column('text') beneficiary: string;
  @Index() @Column('text') enterprise: string;
  @Index() @Column('text') registration: string;
  @Index() @Column('text') office: string;
  @Index() @Column('text') state: ClaimState;
  @Column('text') mode: string;
  @Column('text', { nullable: true }) filedAt: string | null;
  @Column('numeric') award: string;
  @Column('numeric', { nullable: true }) granted: string | null;
  /** The proposed list on which it stands. */
  @Index() @Column('text', { nullable: true }) list: string | null;
  @Column('text', { nullable: true }) noticeUntil: string | null;
  @Column('text', { nullable: true }) standStillUntil: string | null;
  @Column('integer') openObjections: number;
  /** 容缺: the first day on which something is due. */
  @Column('text', { nullable: true }) deferredUntil: string | null;
  @Column('text', { array: true }) payeeDoubts: string[];
  @Column('text', { nullable: true }) recoveryState: string | null;
  @Column('numeric', { nullable: true }) recoveryDue: string | null;
  @Column('numeric') recovered: string;
  /** 已抵扣: kept back from its award for a recovery of another claim. */
  @Column('numeric') offset: string;
  /** Orders, invoices (without the mark of a part) and firms that it stands on, once it was proposed. */
  @Column('text', { array: true }) orders: string[];
  @Column('text', { array: true }) invoices: string[];
  @Column('text', { array: true }) firms: string[];
  @Column('jsonb') notices: readonly ClaimNoticed[];
  @Column('text') changedAt: string;
  /** As far as the firm knows: nothing of a recovery before an officer has confirmed it. */
  @Column('text') changedForFirm: string;
  /** Whether the firm does not know of the last change yet; two may bear the same time. */
  @Column('boolean') isHiddenFromFirm: boolean;
  /** The stage that it waits for, with the offices that may act in it. */
  @Column('text', { nullable: true }) stage: string | null;
  @Column('text', { array: true }) offices: string[];
  @Column('text', { array: true }) files: string[];
  /** The claim as its decider folds it. */
  @Column('jsonb') folded: object;
}

/** 申报: one row a claim. Its page is read from its own stream; this is what lists are made of. */
export const claims: Projection<ClaimEvent> = {
  name: 'claims',
  version: 1,
  filter: { categories: ['claim'] },
  entities: [ClaimRow],
  apply: rowFold<ClaimEvent, ClaimRow>({
    entity: ClaimRow,
    keyColumn: 'claim',
    keyOf: ({ stream }) => stream.slice('claim-'.length),
    fold: claimRow,
  }),
};

function claimRow(row: ClaimRow | undefined, event: Recorded<ClaimEvent>, key: string): ClaimRow | undefined {
  const state = claim.evolve(row && thawed(row.folded), event);
  if (!state) return row;
  const { policy, firm, proposal, notice, recovery } = state;
  const stage = stageWaitedFor(state);
  const proposed = event.type === 'ClaimProposed' ? event.data : undefined;
  return {
    claim: key,
    round: state.round,
    scheme: policy.scheme,
    version: policy.version,
    beneficiary: state.beneficiary,
    enterprise: firm.enterprise,
    registration: firm.registration,
    office: state.office,
    state: state.state,
    mode: state.mode,
    filedAt: state.filedOn ?? null,
    award: new Exact((proposal?.grounds ?? state.grounds).award).toFixed(),
    granted: proposal?.granted ?? null,
    list: proposal?.list ?? null,
    noticeUntil: notice?.until ?? null,
    standStillUntil: notice?.standStillUntil ?? null,
    openObjections: [...state.objections.values()].filter((one) => one === 'open').length,
    deferredUntil: state.deferred.map(({ until }) => until).sort()[0] ?? null,
    payeeDoubts: [...(state.payee?.doubts ?? [])],
    recoveryState: recovery?.state ?? null,
    recoveryDue: recovery?.due ?? null,
    recovered: state.recovered,
    offset: offsetOf(state.offsets),
    orders: proposed ? [...proposed.orders] : (row?.orders ?? []),
    invoices: proposed ? proposed.invoices.map((invoice) => invoice.split('#')[0]!) : (row?.invoices ?? []),
    firms: proposed ? [...proposed.firms] : (row?.firms ?? []),
    notices: noticesAfter(row?.notices ?? [], event),
    changedAt: event.data.at,
    isHiddenFromFirm: HIDDEN_FROM_FIRM.includes(event.type),
    changedForFirm: HIDDEN_FROM_FIRM.includes(event.type) && row ? row.changedForFirm : event.data.at,
    stage: stage ?? null,
    offices: stage ? [...officesOf(state, stage)] : [],
    files: [...new Set([...(row?.files ?? []), ...filesIn(event)])],
    folded: frozen(state),
  };
}

function filesIn({ data }: Recorded<ClaimEvent>): string[] {
  const brought =
    'materials' in data ? data.materials.flatMap(({ files }) => files) : 'files' in data ? data.files : [];
  return brought.map(({ id }) => id);
}

function noticesAfter(notices: readonly ClaimNoticed[], event: Recorded<ClaimEvent>): readonly ClaimNoticed[] {
  if (event.type === 'NoticeStarted') {
    const { notice, document, listed: entry, workingDays, until, standStillUntil, at: startedAt } = event.data;
    const numbered = { notice, ...(document !== undefined && { document }) };
    const shown = {
      ...numbered,
      ...entry,
      workingDays,
      startedAt,
      until,
      standStillUntil,
      outcome: 'standing',
    } as const;
    return [...notices, shown];
  }
  const last = notices.at(-1);
  // What was approved after its notice may still be taken back.
  const isOver = last?.outcome !== 'standing' && !(last?.outcome === 'approved' && event.type === 'ProposalTakenBack');
  if (!last || isOver) return notices;
  const changed = (change: Partial<ClaimNoticed>) => [...notices.slice(0, -1), { ...last, ...change }];
  switch (event.type) {
    case 'ClaimApproved':
      return changed({ outcome: 'approved' });
    case 'ProposalTakenBack':
      return changed({ outcome: 'taken-back' });
    case 'ClaimWithdrawn':
      return changed({ outcome: 'withdrawn' });
    case 'ClaimNotSupported':
      return changed({ outcome: 'refused' });
    case 'ObjectionDecided': {
      const { result, standStillUntil } = event.data;
      if (result === 'upheld') return changed({ outcome: 'upheld' });
      return standStillUntil > last.standStillUntil ? changed({ standStillUntil }) : notices;
    }
    default:
      return notices;
  }
}

/** Whose claims: one registration's own, or an office's: of an area, or of the whole city. */
export type ClaimsOf = { readonly registration: string } | { readonly area?: string };

export const CLAIM_ORDERS = {
  changed: '"changedAt"',
  filed: `coalesce("filedAt", '')`,
  award: 'award',
  state: 'state',
  enterprise: 'enterprise',
} as const;
export type ClaimOrder = OrderOf<typeof CLAIM_ORDERS>;
const ORDERS_OF_FIRM = { ...CLAIM_ORDERS, changed: '"changedForFirm"' };

export type ClaimsAsked = {
  readonly round?: string;
  readonly state?: ClaimState;
  readonly enterprise?: string;
  readonly office?: string;
  /** Those with a recovery that waits for somebody. */
  readonly recovery?: 'opened' | 'confirmed' | 'decided';
};

const SHOWN = [
  ...['claim', 'round', 'scheme', 'version', 'beneficiary', 'enterprise', 'registration', 'office', 'state', 'mode'],
  ...['filedAt', 'award', 'granted', 'noticeUntil', 'standStillUntil', 'openObjections', 'deferredUntil'],
  ...['payeeDoubts', 'recoveryState', 'recoveryDue', 'recovered', 'offset', 'notices', 'changedAt', 'changedForFirm'],
]
  .map((column) => `"${column}"`)
  .join(', ');
export type ClaimCard = Omit<
  ClaimRow,
  'folded' | 'orders' | 'invoices' | 'firms' | 'files' | 'stage' | 'offices' | 'list' | 'isHiddenFromFirm'
>;

export class Claims extends Query<Listed<ClaimCard>> {
  constructor(
    readonly whose: ClaimsOf,
    readonly asked: ClaimsAsked,
    readonly wanted: ListWanted<ClaimOrder>,
  ) {
    super();
  }
}

@QueryHandler(Claims)
export class ClaimsHandler implements IQueryHandler<Claims, Listed<ClaimCard>> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ whose, asked, wanted }: Claims): Promise<Listed<ClaimCard>> {
    const { round, state, enterprise, office, recovery } = asked;
    const where = visible(whose).equal('round', round).equal('enterprise', enterprise);
    where.equal('office', office).equal('"recoveryState"', recovery);
    const tab = { column: 'state', value: state };
    const orders = 'registration' in whose ? ORDERS_OF_FIRM : CLAIM_ORDERS;
    const list = { shown: SHOWN, from: 'claim', key: 'claim', orders, where, tab };
    return this.readModels.read(claims, (rows) => listed<ClaimCard>(rows, list, wanted));
  }
}

export function visible(whose: ClaimsOf): Conditions {
  const where = new Conditions();
  if ('registration' in whose) return where.equal('registration', whose.registration);
  return where.equal('office', whose.area);
}
