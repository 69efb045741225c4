import { Decider, Exact, Refused, sum } from '@app/kernel';
import { Resting, restingOn } from './resting.rules';

// What one beneficiary has used of one scheme: every invoice that counted, every award and every recovery. Whoever approves
// a claim reserves here first, so that one invoice counts once and the cap holds over all claims of the firm.

export type Cap = { readonly amount: string; readonly per: 'round' | 'year' | 'scheme' };

export type EntitlementCommand =
  | {
      type: 'ReserveEntitlement';
      claim: string;
      /** Of one try to approve. A second try waits until the first has ended or was taken back. */
      attempt: string;
      round: string;
      year: number;
      invoices: readonly string[];
      award: string;
      cap?: Cap;
      at: string;
    }
  | { type: 'ReleaseEntitlement'; claim: string; attempt: string; at: string }
  /** `wholly`: nothing of the award is left with the firm, and its invoices are free again. */
  | {
      type: 'NoteRecovery';
      claim: string;
      recovery: string;
      part: string;
      amount: string;
      wholly: boolean;
      at: string;
    };

export type EntitlementEvent =
  | {
      type: 'EntitlementReserved';
      data: {
        claim: string;
        attempt: string;
        round: string;
        year: number;
        invoices: readonly string[];
        award: string;
        at: string;
      };
    }
  | { type: 'EntitlementReleased'; data: { claim: string; attempt: string; at: string } }
  | {
      type: 'AwardRecovered';
      data: { claim: string; recovery: string; part: string; amount: string; wholly: boolean; at: string };
    };

export type Reservation = {
  readonly claim: string;
  readonly attempt: string;
  readonly round: string;
  readonly year: number;
  readonly invoices: readonly string[];
  readonly award: string;
  readonly recovered: string;
  readonly wholly: boolean;
  readonly parts: readonly string[];
  /** The award's event, then its recoveries'; none of what a replay awards itself. */
  readonly rests?: readonly Resting[];
};
export type Entitlement = { readonly reservations: ReadonlyMap<string, Reservation> };

/** A divided invoice is known by order as `<number>#<order>`; counted in part it is used whole. */
export const wholeInvoice = (invoice: string): string => invoice.split('#')[0]!;

/** Every invoice that counts for a claim that stands, and whose. */
export function usedInvoices({ reservations }: Entitlement, except?: string): Map<string, string> {
  const used = new Map<string, string>();
  for (const { claim, invoices, wholly } of reservations.values()) {
    if (claim === except || wholly) continue;
    for (const invoice of invoices) used.set(wholeInvoice(invoice), claim);
  }
  return used;
}

/** What each claim leaves with the firm: the award less what came back. */
export const netAward = ({ award, recovered }: Reservation): string => new Exact(award).minus(recovered).toFixed(2);

/** What stays with the firm of all awards of a year, in yuan. */
export const netInYear = (reservations: Iterable<Reservation>, year: number): string =>
  sum([...reservations].filter((one) => one.year === year).map(netAward)).toFixed(2);

export const entitlement: Decider<Entitlement, EntitlementCommand, EntitlementEvent> = {
  initial: { reservations: new Map() },

  decide(command, state) {
    const before = state.reservations.get(command.claim);
    switch (command.type) {
      case 'ReserveEntitlement': {
        if (before?.attempt === command.attempt) return [];
        if (before) throw new Refused('approval-under-way');
        const { type: _, cap, ...data } = command;
        checkOnce(state, command);
        if (cap) checkCap(state, command, cap);
        return [{ type: 'EntitlementReserved', data }];
      }
      case 'ReleaseEntitlement': {
        const { claim, attempt, at } = command;
        if (before?.attempt !== attempt) return [];
        return [{ type: 'EntitlementReleased', data: { claim, attempt, at } }];
      }
      case 'NoteRecovery': {
        const { type: _, ...data } = command;
        if (!before) throw new Refused('entitlement-unknown');
        if (before.parts.includes(command.part)) return [];
        return [{ type: 'AwardRecovered', data }];
      }
    }
  },

  evolve(state, event) {
    const reservations = new Map(state.reservations);
    const { claim } = event.data;
    switch (event.type) {
      case 'EntitlementReserved': {
        const { attempt, round, year, invoices, award } = event.data;
        const reserved = { claim, attempt, round, year, invoices, award, recovered: '0', wholly: false, parts: [] };
        reservations.set(claim, { ...reserved, rests: restingOn(event) });
        break;
      }
      case 'EntitlementReleased':
        reservations.delete(claim);
        break;
      case 'AwardRecovered': {
        const { amount, wholly, part } = event.data;
        const before = reservations.get(claim);
        if (!before) return state;
        const recovered = sum([before.recovered, amount]).toFixed(2);
        const rests = [...(before.rests ?? []), ...restingOn(event)];
        reservations.set(claim, { ...before, recovered, wholly, parts: [...before.parts, part], rests });
      }
    }
    return { reservations };
  },
};

type Reserve = Extract<EntitlementCommand, { type: 'ReserveEntitlement' }>;

function checkOnce(state: Entitlement, { claim, invoices }: Reserve): void {
  const used = usedInvoices(state, claim);
  for (const invoice of invoices) {
    const other = used.get(wholeInvoice(invoice));
    if (other !== undefined) throw new Refused('invoice-used', { invoice: wholeInvoice(invoice), claim: other });
  }
}

function checkCap(state: Entitlement, { claim, round, year, award }: Reserve, cap: Cap): void {
  const inBucket = [...state.reservations.values()].filter(
    (other) =>
      other.claim !== claim &&
      (cap.per === 'scheme' || (cap.per === 'round' ? other.round === round : other.year === year)),
  );
  const total = sum([...inBucket.map(netAward), award]);
  if (total.greaterThan(cap.amount)) throw new Refused('cap-exceeded', { cap: cap.amount });
}
