import { Decider, Exact, Party, Refused, sameJson, shanghaiDay, sum } from '@app/kernel';
import type {
  CheckedBy,
  Claimant,
  EvidenceEvent,
  EvidencePart,
  InvoiceFigures,
  InvoiceSource,
  InvoiceState,
} from './evidence-story.rules';
import type { ByPerson, Commitment, OrderFile } from './order-story.rules';

// One invoice, once in the whole system. Whoever names it claims it here first and enters it on an order after; what that
// leaves without an order is released. Two claimants race for one stream, and one of them is refused.

export type EvidenceCommand =
  | {
      type: 'ClaimInvoice';
      number: string;
      claimant: Claimant;
      seller: Party;
      buyer: Party;
      figures: InvoiceFigures;
      redOf?: string;
      parts: readonly EvidencePart[];
      source: InvoiceSource;
      files: readonly OrderFile[];
      by: ByPerson;
      at: string;
    }
  /** Of another claimant than the one who holds it, nothing: it has been released before. */
  | { type: 'ReleaseInvoice'; claimant: Claimant; reason: 'refused' | 'disputed' | 'no-order'; at: string }
  | {
      type: 'ReverseInvoice';
      red: string;
      claimant: Claimant;
      seller: Party;
      buyer: Party;
      parts: readonly EvidencePart[];
      invoicedOn: string;
      at: string;
    }
  | { type: 'ReleaseReversal'; red: string; claimant: Claimant; at: string }
  | {
      type: 'RecordCheck';
      check: string;
      state: InvoiceState;
      checkedOn: string;
      /** A firm's person: the seller is the orders' supplier, the buyer their lead. Of an office the account and its area. */
      by: { readonly party: Party; readonly account: string } | { readonly account: string; readonly area?: string };
      text?: Commitment;
      files: readonly OrderFile[];
      at: string;
    };

export type InvoiceCheck = {
  readonly check: string;
  readonly state: InvoiceState;
  readonly checkedOn: string;
  readonly by: CheckedBy;
};

type Reversal = { readonly claimant: Claimant; readonly parts: readonly EvidencePart[] };

export type Evidence =
  | {
      readonly number: string;
      readonly seller: Party;
      readonly buyer: Party;
      readonly figures: InvoiceFigures;
      readonly redOf?: string;
      /** Who holds it, or held it last. */
      readonly claimant: Claimant;
      readonly claimedAt: string;
      readonly isHeld: boolean;
      readonly parts: readonly EvidencePart[];
      /** By the red invoice's number. */
      readonly reversals: ReadonlyMap<string, Reversal>;
      readonly checks: readonly InvoiceCheck[];
    }
  | undefined;

export const evidence: Decider<Evidence, EvidenceCommand, EvidenceEvent> = {
  initial: undefined,

  decide(command, state) {
    switch (command.type) {
      case 'ClaimInvoice':
        return claim(command, state);
      case 'ReleaseInvoice': {
        const { type: _, ...data } = command;
        if (!state?.isHeld || !sameJson(state.claimant, command.claimant)) return [];
        return [{ type: 'InvoiceReleased', data }];
      }
      case 'ReverseInvoice':
        return reverse(command, state);
      case 'ReleaseReversal': {
        const { type: _, ...data } = command;
        const standing = state?.reversals.get(command.red);
        if (!standing || !sameJson(standing.claimant, command.claimant)) return [];
        return [{ type: 'InvoiceReversalReleased', data }];
      }
      case 'RecordCheck':
        return record(command, state);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'InvoiceClaimed': {
        const { number, seller, buyer, figures, redOf, claimant, parts, at } = event.data;
        // What was looked up, and what reversed it, belong to the invoice as it was claimed: to these firms and figures.
        const isSame = state && sameJson([state.seller, state.buyer, state.figures], [seller, buyer, figures]);
        return {
          ...{ number, seller, buyer, figures, redOf, claimant, parts },
          ...{ claimedAt: at, isHeld: true, checks: isSame ? state.checks : [] },
          reversals: isSame ? state.reversals : new Map<string, Reversal>(),
        };
      }
      case 'InvoiceReleased':
        return state && { ...state, isHeld: false };
      case 'InvoiceReversed': {
        const { red, claimant, parts } = event.data;
        return state && { ...state, reversals: new Map(state.reversals).set(red, { claimant, parts }) };
      }
      case 'InvoiceReversalReleased': {
        if (!state) return state;
        const reversals = new Map(state.reversals);
        reversals.delete(event.data.red);
        return { ...state, reversals };
      }
      case 'InvoiceChecked': {
        const { check, state: found, checkedOn, by } = event.data;
        return state && { ...state, checks: [...state.checks, { check, state: found, checkedOn, by }] };
      }
    }
  },
};

/**
 * Whether this order's fact stands on the invoice. A fact that lost its evidence, because a very late retry entered it
 * after it was swept, counts nowhere.
 */
export const holdsInvoice = (state: Evidence, order: string, fact: string): boolean =>
  state?.isHeld === true && state.parts.some((part) => part.order === order && part.fact === fact);

/** The 查验 that claims count: the last of an office. What firms recorded is shown beside it and decides nothing. */
export const countingCheck = <C extends { readonly by: CheckedBy }>(checks: readonly C[]): C | undefined =>
  checks.findLast(({ by }) => !('side' in by));

function claim(command: Extract<EvidenceCommand, { type: 'ClaimInvoice' }>, state: Evidence): EvidenceEvent[] {
  const { type: _, ...data } = command;
  const { claimant, seller, buyer, figures, parts, redOf, at } = command;
  if (state?.isHeld) {
    // It says neither by whom nor where: a firm must not learn of another's trade by trying numbers.
    if (!sameJson(state.claimant, claimant)) throw new Refused('invoice-taken', {}, 'number');
    const before = [state.seller, state.buyer, state.figures, state.parts, state.redOf ?? null];
    if (!sameJson(before, [seller, buyer, figures, parts, redOf ?? null])) throw new Refused('invoice-differs');
    return [];
  }
  if (figures.invoicedOn > shanghaiDay(at)) throw new Refused('invoice-dated-ahead', {}, 'invoicedOn');
  const isRed = redOf !== undefined;
  if (redOf === command.number) throw new Refused('red-of-itself', {}, 'redOf');
  const amounts = [figures, ...parts].flatMap(({ net, gross }) => [new Exact(net), new Exact(gross)]);
  if (amounts.some((amount) => amount.isZero() || amount.isNegative() !== isRed)) {
    throw new Refused('invoice-sign-wrong', {}, 'redOf');
  }
  if (new Set(parts.map(({ order }) => order)).size < parts.length)
    throw new Refused('invoice-order-twice', {}, 'parts');
  for (const one of ['net', 'gross'] as const) {
    const divided = sum(parts.map((part) => part[one])).abs();
    if (divided.greaterThan(new Exact(figures[one]).abs())) throw new Refused('invoice-parts-exceed', {}, 'parts');
  }
  return [{ type: 'InvoiceClaimed', data }];
}

function reverse(command: Extract<EvidenceCommand, { type: 'ReverseInvoice' }>, state: Evidence): EvidenceEvent[] {
  const { red, claimant, seller, buyer, parts, invoicedOn, at } = command;
  const isTheirs = state && sameJson([state.seller, state.buyer], [seller, buyer]);
  // Another pair's invoice is as unknown as none.
  if (!state?.isHeld || !isTheirs) throw new Refused('red-original-unknown', {}, 'redOf');
  if (state.redOf !== undefined) throw new Refused('red-of-red', {}, 'redOf');
  if (invoicedOn < state.figures.invoicedOn) throw new Refused('red-before-original', {}, 'invoicedOn');
  const before = state.reversals.get(red);
  if (before) {
    if (sameJson(before, { claimant, parts })) return [];
    throw new Refused('invoice-taken', {}, 'number');
  }
  const reversed = [...state.reversals.values()].flatMap((one) => one.parts);
  for (const part of parts) {
    const original = state.parts.find(({ order }) => order === part.order);
    if (!original) throw new Refused('red-original-elsewhere', {}, 'redOf');
    const all = [original, part, ...reversed.filter(({ order }) => order === part.order)];
    const left = (['net', 'gross'] as const).map((one) => sum(all.map((amounts) => amounts[one])));
    if (left.some((amount) => amount.isNegative())) throw new Refused('red-exceeds-original', {}, 'amount');
  }
  return [{ type: 'InvoiceReversed', data: { red, claimant, parts, invoicedOn, at } }];
}

function record(command: Extract<EvidenceCommand, { type: 'RecordCheck' }>, state: Evidence): EvidenceEvent[] {
  const { type: _, by, ...data } = command;
  if (!state?.isHeld) throw new Refused('invoice-unknown');
  if (state.checks.some(({ check }) => check === command.check)) return [];
  if (command.checkedOn > shanghaiDay(command.at)) throw new Refused('check-dated-ahead', {}, 'checkedOn');
  if (command.checkedOn < state.figures.invoicedOn) throw new Refused('check-before-invoice', {}, 'checkedOn');
  return [{ type: 'InvoiceChecked', data: { ...data, by: 'party' in by ? personOf(state, by) : by } }];
}

function personOf({ seller, buyer }: NonNullable<Evidence>, by: { party: Party; account: string }): ByPerson {
  const { registration } = by.party;
  if (registration === seller.registration) return { side: 'supplier', account: by.account };
  if (registration === buyer.registration) return { side: 'lead', account: by.account };
  throw new Refused('invoice-unknown');
}
