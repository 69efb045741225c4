import { offsetsAfter } from './claim-offset.rules';
import { isRecovery, recoveryEvolve, withReceipt } from './claim-recovery-fold.rules';
import { officeText } from './claim-state.rules';
import type { Claim, ClaimPayee, ClaimRelation, OpenClaim } from './claim-state.rules';
import type {
  ClaimEvent,
  ClaimHead,
  ClaimStage,
  Grounds,
  Material,
  MaterialGap,
  RecoveryEvent,
} from './claim-story.rules';
import { restingOn } from './resting.rules';

const fresh = (head: ClaimHead, grounds: Grounds): Omit<OpenClaim, 'state' | 'mode'> => ({
  ...head,
  required: [],
  materials: new Map(),
  deferred: [],
  nameable: new Map(),
  relations: new Map(),
  acted: new Map(),
  holders: new Map(),
  handedUp: new Map(),
  grounds,
  objections: new Map(),
  abandoned: new Set(),
  payments: new Set(),
  receipts: new Set(),
  offsets: new Map(),
  recoveries: new Set(),
  recovered: '0',
  waived: '0',
});

export function evolve(state: Claim, event: ClaimEvent): Claim {
  if (event.type === 'ClaimOffered') {
    const { by: _, grounds, at: __, ...head } = event.data;
    return { ...fresh(head, grounds), state: 'offered', mode: 'no-application' };
  }
  if (event.type === 'ClaimFiled') {
    const { mode, required, materials, pledged: _, by: __, grounds, at, ...head } = event.data;
    return {
      ...(state ?? fresh(head, grounds)),
      grounds,
      // What is computed from events needs no check that somebody asked for: its list goes to the notice at once.
      state: mode === 'no-application' ? 'jointly-reviewed' : 'applied',
      mode,
      filedOn: at,
      required,
      materials: new Map(materials.map((one) => [one.material, one])),
    };
  }
  if (!state) return state;
  const decided = decision(state, event);
  return isRecovery(event) ? recoveryEvolve(decided, event) : checkEvolve(decided, event);
}

/** What every decision leaves: who acted in its stage, and what it rested on. */
function decision(state: OpenClaim, event: ClaimEvent): OpenClaim {
  const stage = stageOf(state, event);
  const { data } = event;
  const grounds = 'grounds' in data ? { grounds: data.grounds } : {};
  if (!stage || !('by' in data) || !('role' in data.by)) return { ...state, ...grounds };
  const before = state.acted.get(stage) ?? [];
  const { account } = data.by;
  const acted = before.includes(account) ? state.acted : new Map(state.acted).set(stage, [...before, account]);
  const holders = state.holders.has(stage) ? state.holders : new Map(state.holders).set(stage, account);
  return { ...state, ...grounds, acted, holders };
}

const STAGES: Partial<Record<ClaimEvent['type'], ClaimStage>> = {
  CountyCheckPassed: 'county-check',
  FindingsRecorded: 'county-check',
  PayeeChecked: 'county-check',
  CityCheckPassed: 'city-check',
  ClaimJointlyReviewed: 'joint-review',
  ClaimProposed: 'joint-review',
  ProposalTakenBack: 'joint-review',
  NoticeStarted: 'joint-review',
  ObjectionDecided: 'joint-review',
  ClaimApproved: 'approval',
  FundsPassedDown: 'passing-down',
  PaymentPrepared: 'payment',
  PaymentCancelled: 'payment',
  PaymentMade: 'payment',
  PaymentBounced: 'payment',
  AwardOffset: 'payment',
  ClaimReviewDecided: 'review',
  RecoveryDropped: 'recovery',
  RecoveryConfirmed: 'recovery',
  RecoveryDecided: 'recovery',
  RecoveryPaid: 'recovery',
};

const RELATION_STAGES: Partial<Record<OpenClaim['state'], ClaimStage>> = {
  applied: 'county-check',
  'county-passed': 'city-check',
  'jointly-reviewed': 'joint-review',
};

function stageOf(state: OpenClaim, event: ClaimEvent): ClaimStage | undefined {
  if (event.type === 'ClaimReturned' || event.type === 'ClaimNotSupported') return event.data.stage;
  if (event.type === 'RelationChecked') return RELATION_STAGES[state.state];
  return STAGES[event.type];
}

function checkEvolve(state: OpenClaim, event: Exclude<ClaimEvent, RecoveryEvent>): OpenClaim {
  switch (event.type) {
    case 'ClaimReturned': {
      const { stage, gaps } = event.data;
      const nameable = new Map(state.nameable).set(stage, materialsIn(gaps));
      return { ...state, state: 'returned', returned: { from: state.state, stage }, nameable };
    }
    case 'ClaimCompleted': {
      const changed = event.data.materials.map(({ material }) => material);
      const nameable = new Map([...state.nameable].map(([stage, names]) => [stage, [...names, ...changed]] as const));
      const { returned, ...rest } = withMaterials(state, event.data.materials);
      return { ...rest, state: returned?.from ?? state.state, nameable };
    }
    case 'ClaimWithdrawn':
      return { ...state, state: 'withdrawn' };
    case 'MaterialsSupplied':
      return withMaterials(state, event.data.materials);
    case 'PayeeNamed': {
      const { payee, commitment } = event.data;
      const frozen = state.payee?.frozen ?? false;
      // What was prepared was prepared for the account before.
      const { payment: _, ...rest } = state;
      return { ...rest, payee: { payee, commitment, checked: false, frozen, doubts: [], confirmedBy: [] } };
    }
    case 'PayeeChecked': {
      // Looking at it again does not undo that it was changed too late.
      const before = state.payee?.doubts ?? [];
      const late = before.filter((doubt) => doubt === 'changed-after-freeze');
      // Whoever confirmed the account did not know of what is found only now.
      const isNew = event.data.doubts.some((doubt) => !before.includes(doubt));
      const doubts = [...late, ...event.data.doubts];
      return withPayee(state, { checked: true, doubts, ...(isNew && { confirmedBy: [] }) });
    }
    case 'PayeeFrozen':
      return withPayee(state, { frozen: true });
    case 'PayeeDoubted':
      return withPayee(state, { doubts: [...(state.payee?.doubts ?? []), event.data.doubt], confirmedBy: [] });
    case 'PayeeConfirmed':
      return withPayee(state, { confirmedBy: [...(state.payee?.confirmedBy ?? []), officeText(event.data.by)] });
    case 'NoTradePledged': {
      const { pair, by } = event.data;
      const before = state.relations.get(pair) ?? { pledges: [] };
      return withRelation(state, pair, { ...before, pledges: [...before.pledges, by.enterprise] });
    }
    case 'RelationChecked': {
      const { pair, result } = event.data;
      return withRelation(state, pair, { pledges: state.relations.get(pair)?.pledges ?? [], result });
    }
    case 'FindingsRecorded':
      return { ...state, findings: event.data.findings.map((one) => ({ ...one, rests: restingOn(event) })) };
    case 'CountyCheckPassed':
      return { ...state, state: 'county-passed', deferred: event.data.deferred };
    case 'CityCheckPassed':
      return { ...state, state: 'city-passed' };
    case 'ClaimJointlyReviewed':
      return { ...state, state: 'jointly-reviewed' };
    case 'ClaimProposed': {
      const { list, granted, scale, grounds, invoices, orders } = event.data;
      const scaled = scale === undefined ? {} : { scale };
      return { ...state, state: 'proposed', proposal: { list, granted, ...scaled, grounds, invoices, orders } };
    }
    case 'ProposalTakenBack': {
      const { proposal: _, notice: __, payment: ___, attempt, ...rest } = state;
      const { approval } = event.data;
      const abandoned = approval ? new Set(state.abandoned).add(approval.attempt) : state.abandoned;
      const kept = approval || attempt === undefined ? {} : { attempt };
      return { ...rest, ...kept, abandoned, waived: '0', state: 'jointly-reviewed' };
    }
    case 'NoticeStarted': {
      const { notice, until, standStillUntil } = event.data;
      return { ...state, state: 'on-notice', notice: { notice, until, standStillUntil } };
    }
    case 'ObjectionRaised':
      return withObjection(state, event.data.objection, 'open');
    case 'ObjectionDecided': {
      const { objection, result, standStillUntil } = event.data;
      const { notice, ...heard } = withObjection(state, objection, result);
      if (!notice) return heard;
      const later = standStillUntil > notice.standStillUntil ? standStillUntil : notice.standStillUntil;
      if (result === 'rejected') return { ...heard, notice: { ...notice, standStillUntil: later } };
      // What was listed does not hold: it is checked again from the city's check on, and comes to a new notice.
      const { proposal: _, ...back } = heard;
      return { ...back, state: 'county-passed' };
    }
    case 'ClaimApproved':
      return { ...state, state: 'approved', attempt: event.data.attempt };
    case 'ApprovalAbandoned':
      return { ...state, abandoned: new Set(state.abandoned).add(event.data.attempt) };
    case 'FundsPassedDown':
      return { ...state, state: 'passed-down' };
    case 'PaymentPrepared': {
      const { payment, amount, by } = event.data;
      return { ...state, payment: { payment, preparedBy: by.account, ...(amount !== undefined && { amount }) } };
    }
    case 'PaymentCancelled': {
      const { payment: _, ...rest } = state;
      return { ...rest, payments: new Set(state.payments).add(event.data.payment) };
    }
    case 'PaymentMade': {
      const { payment: _, ...rest } = withReceipt(state, event.data.receipt);
      const payments = new Set(state.payments).add(event.data.payment);
      const { paidOn, withheld = '0' } = event.data;
      return { ...rest, state: 'paid', payments, paidOn, withheld };
    }
    case 'PaymentBounced':
      // What was left with the firm was of money that it has no more.
      return { ...withReceipt(state, event.data.receipt), waived: '0', withheld: '0', state: 'approved' };
    case 'AwardOffset':
    case 'AwardOffsetSettled':
    case 'AwardOffsetReturned':
      return { ...state, offsets: offsetsAfter(state.offsets, event) };
    case 'ClaimNotSupported':
      return { ...state, state: 'not-supported', refusedFrom: state.state };
    case 'ClaimReviewAsked':
      return { ...state, review: 'asked' };
    case 'ClaimReviewDecided': {
      const { result } = event.data;
      if (result === 'kept') return { ...state, review: 'kept' };
      return { ...state, review: 'reopened', state: state.refusedFrom ?? state.state };
    }
    case 'StageHandedUp':
      return { ...state, handedUp: new Map(state.handedUp).set(event.data.stage, event.data.to) };
    case 'StageHandedOver':
      return { ...state, holders: new Map(state.holders).set(event.data.stage, event.data.to) };
    default:
      return state;
  }
}

const materialsIn = (gaps: readonly MaterialGap[]): string[] => gaps.map(({ material }) => material);

function withMaterials(state: OpenClaim, brought: readonly Material[]): OpenClaim {
  const materials = new Map(state.materials);
  for (const one of brought) materials.set(one.material, one);
  const deferred = state.deferred.filter(({ material }) => !brought.some((one) => one.material === material));
  return { ...state, materials, deferred };
}

const withPayee = (state: OpenClaim, change: Partial<ClaimPayee>): OpenClaim =>
  state.payee ? { ...state, payee: { ...state.payee, ...change } } : state;

const withRelation = (state: OpenClaim, pair: string, relation: ClaimRelation): OpenClaim => ({
  ...state,
  relations: new Map(state.relations).set(pair, relation),
});

const withObjection = (state: OpenClaim, objection: string, is: 'open' | 'upheld' | 'rejected'): OpenClaim => ({
  ...state,
  objections: new Map(state.objections).set(objection, is),
});
