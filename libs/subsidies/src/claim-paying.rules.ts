import { Refused, shanghaiDay } from '@app/kernel';
import { Act, checkState, decisionOf } from './claim-checking.rules';
import { checkSettled, owedOf, paymentOf } from './claim-offset.rules';
import { checkPerson, checkReason } from './claim-persons.rules';
import { officeText } from './claim-state.rules';
import type { OpenClaim } from './claim-state.rules';
import type { ClaimEvent, ClaimOfficer, LedgerEntry, PayeeDoubt } from './claim-story.rules';

// 下达, 拨付, 退票: the money leaves in two hands.

export type PayingCommand =
  /** `worthNow`, here and below: what the claim is worth as known now. Less than granted is neither passed down nor paid. */
  | (Act & { type: 'PassFundsDown'; document: string; worthNow: string })
  /** `doubts`: what is found about the account now, beside what the claim knows. */
  | { type: 'ConfirmPayee'; payee: string; doubts: readonly PayeeDoubt[]; reason: string; by: ClaimOfficer; at: string }
  | (Act & { type: 'PreparePayment'; payment: string; payee: string; doubts: readonly PayeeDoubt[]; worthNow: string })
  /** The first hand's order did not go to the bank. */
  | (Act & { type: 'CancelPayment'; payment: string })
  | (Act & {
      type: 'MakePayment';
      payment: string;
      payee: string;
      doubts: readonly PayeeDoubt[];
      /** The bank's receipt number, and the day on it. */
      receipt: string;
      paidOn: string;
    })
  | {
      type: 'ReportBounce';
      payment: string;
      /** The number and the day of the bank's paper on the money that came back. */
      receipt: string;
      bouncedOn: string;
      reason: string;
      by: ClaimOfficer;
      at: string;
    };

type Of<T extends PayingCommand['type']> = Extract<PayingCommand, { type: T }>;

export function pay(command: PayingCommand, state: OpenClaim): ClaimEvent[] {
  checkReason(command.reason);
  switch (command.type) {
    case 'PassFundsDown': {
      checkState(state, 'approved');
      checkPerson(state, 'passing-down', command.by, command.entered);
      const { whole } = owedOf(state, command.worthNow);
      const { document } = command;
      checkReason(document, 'document');
      return [{ type: 'FundsPassedDown', data: { ...decisionOf(command), ...entryOf(state, whole), document } }];
    }
    case 'ConfirmPayee':
      return confirmPayee(command, state);
    case 'PreparePayment': {
      checkState(state, 'passed-down');
      checkPerson(state, 'payment', command.by, command.entered);
      const { payment } = command;
      if (state.payment?.payment === payment) return [];
      if (state.payments.has(payment)) throw new Refused('payment-known', {}, 'payment');
      checkSettled(state);
      const owed = owedOf(state, command.worthNow);
      checkPayable(state, command);
      return [{ type: 'PaymentPrepared', data: { ...decisionOf(command), payment, ...owed.told } }];
    }
    case 'CancelPayment': {
      const { payment } = command;
      checkState(state, 'passed-down');
      checkPerson(state, 'payment', command.by, command.entered);
      if (state.payment?.payment !== payment) throw new Refused('payment-unknown', {}, 'payment');
      return [{ type: 'PaymentCancelled', data: { ...decisionOf(command), payment } }];
    }
    case 'MakePayment':
      return makePayment(command, state);
    case 'ReportBounce': {
      const { payment, receipt, bouncedOn, reason, by, at } = command;
      checkState(state, 'paid');
      checkPerson(state, 'payment', by);
      if (state.recovery) throw new Refused('recovery-open');
      // One that came back before is over: the money that is out now went by the last one.
      if ([...state.payments].at(-1) !== payment) throw new Refused('payment-unknown', {}, 'payment');
      checkReceipt(state, receipt);
      if (bouncedOn > shanghaiDay(at)) throw new Refused('day-ahead', {}, 'bouncedOn');
      if (bouncedOn < state.paidOn!) throw new Refused('bounced-before-paid', { paidOn: state.paidOn! }, 'bouncedOn');
      const entry = entryOf(state, paymentOf(state).amount);
      return [{ type: 'PaymentBounced', data: { ...entry, payment, receipt, bouncedOn, reason, by, at } }];
    }
  }
}

function confirmPayee({ payee, doubts, reason, by, at }: Of<'ConfirmPayee'>, state: OpenClaim): ClaimEvent[] {
  if (!state.payee) throw new Refused('payee-missing');
  if (state.payee.payee !== payee) throw new Refused('payee-changed', {}, 'payee');
  const found = doubts.filter((doubt) => !state.payee!.doubts.includes(doubt));
  if (found.length + state.payee.doubts.length === 0) throw new Refused('payee-not-doubted');
  // A doubt that is new was before nobody who confirmed.
  const before = found.length > 0 ? [] : state.payee.confirmedBy;
  if (before.includes(officeText(by))) throw new Refused('payee-same-office');
  return [
    ...found.map((doubt): ClaimEvent => ({ type: 'PayeeDoubted', data: { doubt, at } })),
    { type: 'PayeeConfirmed', data: { payee, reason, by, at } },
  ];
}

/**
 * The award and the account are looked at before the bank is told. Here the money has left, and a receipt that is refused would
 * let it leave twice: what is found of the account by now is recorded with it, and the claim is computed again once it is paid.
 */
function makePayment(command: Of<'MakePayment'>, state: OpenClaim): ClaimEvent[] {
  const { payment, receipt, paidOn, doubts, by, entered, at } = command;
  checkState(state, 'passed-down');
  checkPerson(state, 'payment', by, entered);
  if (state.payment?.payment !== payment) throw new Refused('payment-unknown', {}, 'payment');
  if (state.payment.preparedBy === by.account) throw new Refused('payment-same-person');
  if (state.payee?.payee !== command.payee) throw new Refused('payee-changed', {}, 'payee');
  checkReceipt(state, receipt);
  if (paidOn > shanghaiDay(at)) throw new Refused('day-ahead', {}, 'paidOn');
  // Nothing was approved before the stand-still was over.
  if (paidOn <= state.notice!.standStillUntil) throw new Refused('paid-before-approval', {}, 'paidOn');
  const { payee } = state;
  // What was kept back for a recovery went there; the bank pays the rest.
  const { amount, withheld } = paymentOf(state);
  const entry = { ...entryOf(state, amount), ...(withheld !== undefined && { withheld }) };
  return [
    ...doubts
      .filter((doubt) => !payee.doubts.includes(doubt))
      .map((doubt): ClaimEvent => ({ type: 'PayeeDoubted', data: { doubt, at } })),
    { type: 'PaymentMade', data: { ...decisionOf(command), ...entry, payment, receipt, paidOn } },
  ];
}

/** One receipt is one movement of money of a claim, out or back. */
export function checkReceipt({ receipts }: OpenClaim, receipt: string): void {
  if (receipts.has(receipt)) throw new Refused('receipt-known', {}, 'receipt');
}

/** A doubt about the account holds the money until two officers of different offices have confirmed it. */
function checkPayable({ payee }: OpenClaim, now: { readonly payee: string; readonly doubts: readonly PayeeDoubt[] }) {
  if (!payee) throw new Refused('payee-missing');
  if (payee.payee !== now.payee) throw new Refused('payee-changed', {}, 'payee');
  const isNew = now.doubts.some((doubt) => !payee.doubts.includes(doubt));
  const isDoubted = isNew || payee.doubts.length > 0;
  if (isNew || (isDoubted && payee.confirmedBy.length < 2)) throw new Refused('payee-blocked');
  if (!isDoubted && !payee.checked) throw new Refused('payee-unchecked');
}

export const entryOf = (state: OpenClaim, amount = state.proposal?.granted ?? '0'): LedgerEntry => ({
  round: state.round,
  county: state.office,
  amount,
});
