import { Exact, Refused, shanghaiDay, sum } from '@app/kernel';
import { Act, checkState, decisionOf } from './claim-checking.rules';
import { checkReceipt, entryOf } from './claim-paying.rules';
import { checkPerson, checkReason } from './claim-persons.rules';
import type { OpenClaim, Recovery } from './claim-state.rules';
import type {
  Applicant,
  ClaimEvent,
  ClaimFile,
  ClaimText,
  Grounds,
  Instalment,
  RecoveryCause,
  RecoveryWay,
} from './claim-story.rules';
import { scaledWorth } from './claim-worth.rules';

// 追回: an officer's to-do first, then the firm is heard 陈述申辩, then a decision, then the money in one or in parts.

export type RecoveryCommand =
  /** By the process that recomputes paid claims. `worthNow` is the award as of the facts known now. */
  | { type: 'OpenRecovery'; recovery: string; cause: RecoveryCause; worthNow: string; grounds: Grounds; at: string }
  | (Act & { type: 'DropRecovery'; recovery: string })
  /** `hearUntil`: the last day of the firm's time to state its case. */
  | (Act & { type: 'ConfirmRecovery'; recovery: string; hearUntil: string })
  | {
      type: 'HearFirm';
      recovery: string;
      text: ClaimText;
      files: readonly ClaimFile[];
      by: Applicant;
      at: string;
    }
  | (Act & {
      type: 'DecideRecovery';
      recovery: string;
      due: string;
      /** What the claim is worth as known now: only what lies beyond it can be left with the firm. */
      worthNow: string;
      way: RecoveryWay;
      instalments: readonly Instalment[];
      /** 抵扣: the claim from whose award it is kept back, and what is found of it. */
      against?: string;
      offset?: OffsetClaim;
    })
  | (Omit<Act, 'grounds' | 'reason'> & {
      type: 'RecordRecoveryPayment';
      recovery: string;
      part: string;
      amount: string;
      receipt: string;
      /** Kept back from the award of this claim, by the event that the receipt names. */
      against?: string;
      paidOn: string;
    });

/** Whose the claim is, and the yuan that may still be kept back from its award. */
export type OffsetClaim = { readonly registration: string; readonly room: string };

type Of<T extends RecoveryCommand['type']> = Extract<RecoveryCommand, { type: T }>;

export function recover(command: RecoveryCommand, state: OpenClaim): ClaimEvent[] {
  if (command.type === 'OpenRecovery') return open(command, state);
  if (state.recovery?.recovery !== command.recovery) {
    const isOver = command.type === 'RecordRecoveryPayment' && state.recoveries.has(command.recovery);
    throw new Refused(isOver ? 'recovery-over' : 'recovery-unknown');
  }
  const { recovery } = state;
  if ('reason' in command) checkReason(command.reason);
  if (command.type === 'HearFirm') return hear(command, state, recovery);
  checkPerson(state, 'recovery', command.by, command.entered);
  switch (command.type) {
    case 'DropRecovery': {
      // Once the firm has been told, only a decision ends it.
      if (recovery.state !== 'opened') throw new Refused('recovery-confirmed');
      return [{ type: 'RecoveryDropped', data: { ...decisionOf(command), recovery: recovery.recovery } }];
    }
    case 'ConfirmRecovery': {
      if (recovery.state !== 'opened') throw new Refused('recovery-confirmed');
      const { hearUntil } = command;
      const data = { ...decisionOf(command), recovery: recovery.recovery, due: recovery.due, hearUntil };
      return [{ type: 'RecoveryConfirmed', data }];
    }
    case 'DecideRecovery':
      return decide(command, state, recovery);
    case 'RecordRecoveryPayment':
      return record(command, state, recovery);
  }
}

function open({ recovery, cause, worthNow, grounds, at }: Of<'OpenRecovery'>, state: OpenClaim): ClaimEvent[] {
  if (state.state !== 'paid' && state.state !== 'recovered') return [];
  const due = beyondWorth(state, worthNow);
  const before = state.recovery;
  if (due.lessThanOrEqualTo(0)) {
    if (before?.state !== 'opened') return [];
    return [{ type: 'RecoveryLapsed', data: { recovery: before.recovery, grounds, at } }];
  }
  const amount = due.toFixed(2);
  // What an officer has begun runs on; when it is over the claim is computed again.
  if (before && (before.state !== 'opened' || before.due === amount)) return [];
  if (state.recoveries.has(recovery)) return [];
  return [{ type: 'RecoveryOpened', data: { recovery, cause, due: amount, grounds, at } }];
}

/** Yuan that were paid beyond a claim's worth, less what came back or was left with the firm; below zero where that is more. */
function beyondWorth(state: OpenClaim, worthNow: string): InstanceType<typeof Exact> {
  const granted = new Exact(state.proposal?.granted ?? 0);
  const beyond = granted.minus(Exact.min(granted, scaledWorth(state, worthNow)));
  return beyond
    .minus(state.recovered)
    .minus(state.waived)
    .minus(state.withheld ?? 0);
}

function hear(command: Of<'HearFirm'>, state: OpenClaim, recovery: Recovery): ClaimEvent[] {
  const { text, files, by, at } = command;
  if (state.firm.registration !== by.registration || recovery.state === 'opened') throw new Refused('recovery-unknown');
  if (recovery.state === 'decided') throw new Refused('recovery-decided');
  return [{ type: 'RecoveryHeard', data: { recovery: recovery.recovery, text, files, by, at } }];
}

function decide(command: Of<'DecideRecovery'>, state: OpenClaim, recovery: Recovery): ClaimEvent[] {
  const { due, worthNow, way, instalments, against, at } = command;
  if (recovery.state === 'decided') throw new Refused('recovery-decided');
  if (recovery.state === 'opened') throw new Refused('recovery-unconfirmed');
  const today = shanghaiDay(at);
  if (!recovery.heard && today <= recovery.hearUntil!)
    throw new Refused('firm-not-heard', { until: recovery.hearUntil! });
  const amount = new Exact(due);
  // Nothing at all, where the firm was right: once it has been told, no other act ends a recovery.
  if (amount.isNegative() || amount.greaterThan(recovery.due))
    throw new Refused('recovery-due', { due: recovery.due }, 'due');
  if (way === 'instalments') {
    const isEmpty = instalments.some((one) => new Exact(one.amount).isZero());
    if (isEmpty || instalments.length < 2 || !sum(instalments.map((one) => one.amount)).equals(amount))
      throw new Refused('instalments-differ', { due }, 'instalments');
    if (instalments.some(({ dueOn }) => dueOn <= today)) throw new Refused('day-past', {}, 'instalments');
  } else if (instalments.length > 0) throw new Refused('instalments-differ', { due }, 'instalments');
  checkOffset(command, state);
  // What the facts came to bear again meanwhile is left with nobody: a later fall of theirs is a recovery of its own.
  const left = Exact.min(recovery.due, beyondWorth(state, worthNow)).minus(amount);
  const waived = Exact.max(0, left).toFixed(2);
  const named = { ...(against !== undefined && { against }) };
  const decided = { recovery: recovery.recovery, due: amount.toFixed(2), waived, way, instalments, ...named };
  const data = { ...decisionOf(command), ...decided };
  return [{ type: 'RecoveryDecided', data }];
}

/** An offset names another claim of the firm that has room for it; what it may take in the end that claim's stream says. */
function checkOffset({ due, way, against, offset }: Of<'DecideRecovery'>, { firm }: OpenClaim): void {
  if ((way === 'offset') !== (against !== undefined)) throw new Refused('offset-claim-missing', {}, 'against');
  if (way !== 'offset') return;
  if (offset?.registration !== firm.registration) throw new Refused('offset-claim-unknown', {}, 'against');
  if (new Exact(due).greaterThan(offset.room)) throw new Refused('offset-room', { room: offset.room }, 'against');
}

function record(command: Of<'RecordRecoveryPayment'>, state: OpenClaim, recovery: Recovery): ClaimEvent[] {
  checkState(state, 'to-recover');
  const { part, amount, receipt, against, paidOn, by, at } = command;
  const known = recovery.parts.find((one) => one.part === part);
  // What came as cash under this id was kept back from nothing.
  if (known && against !== undefined && known.receipt !== receipt) throw new Refused('part-known', {}, 'part');
  if (known) return [];
  if (recovery.state !== 'decided') throw new Refused('recovery-undecided');
  if (against !== undefined) {
    if (recovery.against !== against) throw new Refused('offset-claim-unknown', {}, 'against');
    // As a payment: one decides that an award is used for it, another does it.
    if (recovery.decidedBy === by.account) throw new Refused('offset-same-person');
  }
  if (paidOn > shanghaiDay(at)) throw new Refused('day-ahead', {}, 'paidOn');
  if (paidOn <= state.notice!.standStillUntil) throw new Refused('paid-before-approval', {}, 'paidOn');
  checkReceipt(state, receipt);
  const paid = sum([...recovery.parts.map((one) => one.amount), amount]);
  if (!new Exact(amount).greaterThan(0) || paid.greaterThan(recovery.due))
    throw new Refused('recovery-exceeded', { due: recovery.due }, 'amount');
  const entry = entryOf(state, new Exact(amount).toFixed(2));
  const back: ClaimEvent = {
    type: 'RecoveryPaid',
    data: {
      ...{ ...entry, recovery: recovery.recovery, part, receipt, ...(against !== undefined && { against }) },
      ...{ paidOn, by, at },
    },
  };
  if (paid.lessThan(recovery.due)) return [back];
  const wholly = sum([state.recovered, amount, state.withheld ?? '0']).greaterThanOrEqualTo(state.proposal!.granted);
  return [back, { type: 'ClaimRecovered', data: { recovery: recovery.recovery, wholly, at } }];
}
