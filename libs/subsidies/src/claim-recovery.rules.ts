import { Exact, Refused, shanghaiDay, sum } from '@app/kernel';
import { Act, checkState, decisionOf } from './claim-checking.rules';
import { entryOf } from './claim-paying.rules';
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
      way: RecoveryWay;
      instalments: readonly Instalment[];
    })
  | (Omit<Act, 'grounds' | 'reason'> & {
      type: 'RecordRecoveryPayment';
      recovery: string;
      part: string;
      amount: string;
      receipt: string;
      paidOn: string;
    });

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
      return decide(command, recovery);
    case 'RecordRecoveryPayment':
      return record(command, state, recovery);
  }
}

function open({ recovery, cause, worthNow, grounds, at }: Of<'OpenRecovery'>, state: OpenClaim): ClaimEvent[] {
  if (state.state !== 'paid' && state.state !== 'recovered') return [];
  const granted = new Exact(state.proposal?.granted ?? 0);
  const beyond = granted.minus(Exact.min(granted, scaledWorth(state, worthNow)));
  const due = beyond.minus(state.recovered).minus(state.waived);
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

function hear(command: Of<'HearFirm'>, state: OpenClaim, recovery: Recovery): ClaimEvent[] {
  const { text, files, by, at } = command;
  if (state.firm.registration !== by.registration || recovery.state === 'opened') throw new Refused('recovery-unknown');
  if (recovery.state === 'decided') throw new Refused('recovery-decided');
  return [{ type: 'RecoveryHeard', data: { recovery: recovery.recovery, text, files, by, at } }];
}

function decide(command: Of<'DecideRecovery'>, recovery: Recovery): ClaimEvent[] {
  const { due, way, instalments, at } = command;
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
  const data = { ...decisionOf(command), recovery: recovery.recovery, due: amount.toFixed(2), way, instalments };
  return [{ type: 'RecoveryDecided', data }];
}

function record(command: Of<'RecordRecoveryPayment'>, state: OpenClaim, recovery: Recovery): ClaimEvent[] {
  checkState(state, 'to-recover');
  const { part, amount, receipt, paidOn, by, at } = command;
  if (recovery.parts.some((one) => one.part === part)) return [];
  if (recovery.state !== 'decided') throw new Refused('recovery-undecided');
  if (paidOn > shanghaiDay(at)) throw new Refused('day-ahead', {}, 'paidOn');
  if (paidOn <= state.notice!.standStillUntil) throw new Refused('paid-before-approval', {}, 'paidOn');
  // One receipt is one sum of money.
  if (recovery.parts.some((one) => one.receipt === receipt)) throw new Refused('receipt-known', {}, 'receipt');
  const paid = sum([...recovery.parts.map((one) => one.amount), amount]);
  if (!new Exact(amount).greaterThan(0) || paid.greaterThan(recovery.due))
    throw new Refused('recovery-exceeded', { due: recovery.due }, 'amount');
  const entry = entryOf(state, new Exact(amount).toFixed(2));
  const back: ClaimEvent = {
    type: 'RecoveryPaid',
    data: { ...entry, recovery: recovery.recovery, part, receipt, paidOn, by, at },
  };
  if (paid.lessThan(recovery.due)) return [back];
  const wholly = sum([state.recovered, amount]).greaterThanOrEqualTo(state.proposal!.granted);
  return [back, { type: 'ClaimRecovered', data: { recovery: recovery.recovery, wholly, at } }];
}
