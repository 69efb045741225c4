import { Exact, Refused, sum } from '@app/kernel';
import type { Act } from './claim-checking.rules';
import { checkPerson } from './claim-persons.rules';
import type { AwardOffset, OpenClaim } from './claim-state.rules';
import type { ClaimEvent, LedgerEntry } from './claim-story.rules';
import { checkWorth, scaledWorth } from './claim-worth.rules';

// 抵扣: a recovery of one claim is kept back from what another claim of the firm is to be paid. This side is the award's: it
// gives what it has room for, holds its payment until the recovery has taken it, and has it back where the recovery has not.

export type OffsetCommand =
  /** `of`: the claim that is recovered, as its stream tells it. `worthNow`: what this claim is worth as known now. */
  | (Omit<Act, 'grounds' | 'reason'> & {
      type: 'OffsetAward';
      part: string;
      of: { readonly claim: string; readonly recovery: string; readonly registration: string };
      amount: string;
      worthNow: string;
    })
  /** The recovery took it, or did not: by the process that stands between the two claims. */
  | { type: 'SettleOffset'; part: string; at: string }
  | { type: 'ReturnOffset'; part: string; at: string };

type Of<T extends OffsetCommand['type']> = Extract<OffsetCommand, { type: T }>;

export function offset(command: OffsetCommand, state: OpenClaim): ClaimEvent[] {
  const { part, at } = command;
  const before = state.offsets.get(part);
  if (command.type === 'OffsetAward') return before ? [] : offsetAward(command, state);
  if (before?.state !== 'pending') return [];
  if (command.type === 'SettleOffset') return [{ type: 'AwardOffsetSettled', data: { part, at } }];
  return [{ type: 'AwardOffsetReturned', data: { ...ledgerOf(state, before.amount), part, at } }];
}

function offsetAward(command: Of<'OffsetAward'>, state: OpenClaim): ClaimEvent[] {
  const { part, of, worthNow, by, entered, at } = command;
  if (state.firm.registration !== of.registration) throw new Refused('offset-claim-unknown', {}, 'against');
  const amount = new Exact(command.amount);
  const room = roomOf(state);
  if (!amount.greaterThan(0) || amount.greaterThan(room)) throw new Refused('offset-room', { room }, 'amount');
  checkPerson(state, 'payment', by, entered);
  checkWorth(state, worthNow);
  const { claim: recovered, recovery } = of;
  const entry = ledgerOf(state, amount.toFixed(2));
  return [{ type: 'AwardOffset', data: { ...entry, recovered, recovery, part, by, at } }];
}

/** Yuan that may still be kept back: nothing once a payment was prepared, which was for what was left by then. */
export function roomOf(state: OpenClaim): string {
  const isOpen = state.state === 'approved' || state.state === 'passed-down';
  return isOpen && !state.payment ? payableOf(state) : '0.00';
}

/** What is left of the award for the bank, in yuan: what was granted, less what was kept back. */
export const payableOf = ({ proposal, offsets }: Pick<OpenClaim, 'proposal' | 'offsets'>): string =>
  new Exact(proposal?.granted ?? 0).minus(offsetOf(offsets)).toFixed(2);

/** The payment that is prepared, or that was made last. */
export function paymentOf(state: OpenClaim): { readonly amount: string; readonly withheld?: string } {
  const left = new Exact(payableOf(state));
  const amount = new Exact(state.payment?.amount ?? left.minus(state.withheld ?? 0));
  const withheld = left.minus(amount);
  return { amount: amount.toFixed(2), ...(!withheld.isZero() && { withheld: withheld.toFixed(2) }) };
}

/**
 * What is paid as known now: the whole award or, refused `award-changed`, none. One of which a part was kept back cannot be taken
 * back, so it is paid as far as it is worth; what was kept back beyond that is a recovery, once it is paid.
 */
export function owedOf(
  state: OpenClaim,
  worthNow: string,
): { readonly whole: string; readonly told: { amount?: string } } {
  const granted = state.proposal?.granted ?? '0';
  const kept = offsetOf(state.offsets);
  if (new Exact(kept).isZero()) {
    checkWorth(state, worthNow);
    return { whole: granted, told: {} };
  }
  const whole = Exact.max(kept, Exact.min(granted, scaledWorth(state, worthNow)));
  const amount = whole.minus(kept).toFixed(2);
  return { whole: whole.toFixed(2), told: amount === payableOf(state) ? {} : { amount } };
}

export const offsetOf = (offsets: OpenClaim['offsets']): string => sum(kept(offsets)).toFixed(2);

const kept = (offsets: OpenClaim['offsets']): string[] =>
  [...offsets.values()].flatMap(({ state, amount }) => (state === 'returned' ? [] : [amount]));

/** Refuses `offset-pending` while it is not known whether the recovery takes what was kept back. */
export function checkSettled({ offsets }: OpenClaim): void {
  if ([...offsets.values()].some(({ state }) => state === 'pending')) throw new Refused('offset-pending');
}

type OffsetEvent = Extract<ClaimEvent, { type: 'AwardOffset' | 'AwardOffsetSettled' | 'AwardOffsetReturned' }>;

export function offsetsAfter(offsets: OpenClaim['offsets'], event: OffsetEvent): OpenClaim['offsets'] {
  const { part } = event.data;
  const after = (one: AwardOffset) => new Map(offsets).set(part, one);
  if (event.type === 'AwardOffset') return after({ amount: event.data.amount, state: 'pending' });
  const before = offsets.get(part);
  if (!before) return offsets;
  return after({ ...before, state: event.type === 'AwardOffsetSettled' ? 'settled' : 'returned' });
}

const ledgerOf = ({ round, office: county }: OpenClaim, amount: string): LedgerEntry => ({ round, county, amount });
