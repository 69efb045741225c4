import { Exact, sum } from '@app/kernel';
import type { OpenClaim, Recovery } from './claim-state.rules';
import type { ClaimEvent, RecoveryEvent } from './claim-story.rules';

// 追回, as a claim's stream tells it.

const RECOVERY_EVENTS: readonly ClaimEvent['type'][] = [
  'RecoveryOpened',
  'RecoveryLapsed',
  'RecoveryDropped',
  'RecoveryConfirmed',
  'RecoveryHeard',
  'RecoveryDecided',
  'RecoveryPaid',
  'ClaimRecovered',
];
export const isRecovery = (event: ClaimEvent): event is RecoveryEvent => RECOVERY_EVENTS.includes(event.type);

export function recoveryEvolve(state: OpenClaim, event: RecoveryEvent): OpenClaim {
  if (event.type === 'RecoveryOpened') {
    const { recovery, cause, due } = event.data;
    const recoveries = new Set(state.recoveries).add(recovery);
    return {
      ...state,
      recoveries,
      recovery: { recovery, cause, due, state: 'opened', heard: false, instalments: [], parts: [] },
    };
  }
  const { recovery } = state;
  if (!recovery) return state;
  const changed = (after: Partial<Recovery>): OpenClaim => ({ ...state, recovery: { ...recovery, ...after } });
  switch (event.type) {
    case 'RecoveryLapsed':
    case 'RecoveryDropped':
      return over(state);
    case 'RecoveryConfirmed': {
      const { due, hearUntil } = event.data;
      return { ...changed({ state: 'confirmed', due, hearUntil }), state: 'to-recover' };
    }
    case 'RecoveryHeard':
      return changed({ heard: true });
    case 'RecoveryDecided': {
      const { due, instalments, way, against, by, waived: left = new Exact(recovery.due).minus(due) } = event.data;
      const decided = { state: 'decided', due, instalments, way, decidedBy: by.account } as const;
      const waived = new Exact(state.waived).plus(left).toFixed(2);
      return {
        ...(isZero(due) ? over(state) : changed({ ...decided, ...(against !== undefined && { against }) })),
        waived,
      };
    }
    case 'RecoveryPaid': {
      const { part, amount, receipt } = event.data;
      const recovered = sum([state.recovered, amount]).toFixed(2);
      const { receipts } = withReceipt(state, receipt);
      return { ...changed({ parts: [...recovery.parts, { part, amount, receipt }] }), receipts, recovered };
    }
    case 'ClaimRecovered': {
      const { recovery: _, ...rest } = state;
      return { ...rest, state: 'recovered' };
    }
  }
}

const isZero = (amount: string): boolean => sum([amount]).isZero();

/** The recovery has come to nothing. */
function over({ recovery: _, ...rest }: OpenClaim): OpenClaim {
  return { ...rest, state: isZero(rest.recovered) ? 'paid' : 'recovered' };
}

/** A payment that came back before the bank's paper on it was asked for has none. */
export const withReceipt = (state: OpenClaim, receipt: string | undefined): OpenClaim =>
  receipt === undefined ? state : { ...state, receipts: new Set(state.receipts).add(receipt) };
