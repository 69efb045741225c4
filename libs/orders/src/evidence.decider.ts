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
  /** Parts that their orders refused, of an invoice that others still stand on. */
  | { type: 'ReleaseParts'; claimant: Claimant; facts: readonly string[]; at: string }
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

/** What one claimant holds of it. */
type EvidenceClaim = { readonly claimant: Claimant; readonly claimedAt: string; readonly facts: readonly string[] };
type Reversal = { readonly claimant: Claimant; readonly parts: readonly EvidencePart[] };

export type Evidence =
  | {
      readonly number: string;
      readonly seller: Party;
      readonly buyer: Party;
      readonly figures: InvoiceFigures;
      readonly redOf?: string;
      /** Who holds it, or held it last: one, but where parts of a divided one were given back and claimed anew. */
      readonly claims: readonly EvidenceClaim[];
      readonly isHeld: boolean;
      readonly parts: readonly EvidencePart[];
      /** Facts of parts that were given back. */
      readonly freed: readonly string[];
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
        const own = claimIn(state, command.claimant);
        if (!state || !own) return [];
        const { claimant, at } = command;
        // Another statement's parts stay.
        if (state.claims.length > 1)
          return [{ type: 'InvoicePartsReleased', data: { claimant, facts: own.facts, at } }];
        return [{ type: 'InvoiceReleased', data }];
      }
      case 'ReleaseParts': {
        const { claimant, at } = command;
        const facts = claimIn(state, claimant)?.facts.filter((fact) => command.facts.includes(fact)) ?? [];
        return facts.length === 0 ? [] : [{ type: 'InvoicePartsReleased', data: { claimant, facts, at } }];
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
          ...{ number, seller, buyer, figures, redOf, parts, freed: [] },
          claims: [{ claimant, claimedAt: at, facts: parts.map(({ fact }) => fact) }],
          ...{ isHeld: true, checks: isSame ? state.checks : [] },
          reversals: isSame ? state.reversals : new Map<string, Reversal>(),
        };
      }
      case 'InvoicePartsReleased': {
        if (!state) return state;
        const gone = event.data.facts;
        const claims = state.claims
          .map((one) => ({ ...one, facts: one.facts.filter((fact) => !gone.includes(fact)) }))
          .filter(({ facts }) => facts.length > 0);
        const parts = state.parts.filter(({ fact }) => !gone.includes(fact));
        return { ...state, claims, parts, freed: [...state.freed, ...gone], isHeld: claims.length > 0 };
      }
      case 'InvoiceRestClaimed': {
        if (!state) return state;
        const { claimant, parts, at } = event.data;
        const claim = { claimant, claimedAt: at, facts: parts.map(({ fact }) => fact) };
        return { ...state, claims: [...state.claims, claim], parts: [...state.parts, ...parts] };
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

/** What a claimant holds of the invoice now. */
export const claimIn = (state: Evidence, claimant: Claimant): EvidenceClaim | undefined =>
  state?.isHeld ? state.claims.find((one) => sameJson(one.claimant, claimant)) : undefined;

/** The 查验 that claims count: the last of an office. What firms recorded is shown beside it and decides nothing. */
export const countingCheck = <C extends { readonly by: CheckedBy }>(checks: readonly C[]): C | undefined =>
  checks.findLast(({ by }) => !('side' in by));

function claim(command: Claiming, state: Evidence): EvidenceEvent[] {
  const { type: _, ...data } = command;
  const { claimant, seller, buyer, figures, parts, redOf, at } = command;
  if (state?.isHeld) {
    const isSame = sameJson(
      [state.seller, state.buyer, state.figures, state.redOf ?? null],
      [seller, buyer, figures, redOf ?? null],
    );
    const own = claimIn(state, claimant);
    if (own) {
      const held = state.parts.filter(({ fact }) => own.facts.includes(fact));
      const asked = parts.filter(({ fact }) => !state.freed.includes(fact));
      if (!isSame || !sameJson(held, asked)) throw new Refused('invoice-differs');
      return [];
    }
    // It says neither by whom nor where: a firm must not learn of another's trade by trying numbers.
    if (!isSame || state.freed.length === 0 || claimant.kind !== 'statement') {
      throw new Refused('invoice-taken', {}, 'number');
    }
    checkParts(command, [...state.parts, ...parts]);
    return [{ type: 'InvoiceRestClaimed', data: { claimant, parts, by: command.by, at } }];
  }
  if (figures.invoicedOn > shanghaiDay(at)) throw new Refused('invoice-dated-ahead', {}, 'invoicedOn');
  if (redOf === command.number) throw new Refused('red-of-itself', {}, 'redOf');
  checkParts(command, parts);
  return [{ type: 'InvoiceClaimed', data }];
}

type Claiming = Extract<EvidenceCommand, { type: 'ClaimInvoice' }>;

/** All parts together never exceed the invoice, and each order has one. */
function checkParts({ figures, redOf }: Claiming, parts: readonly EvidencePart[]): void {
  const isRed = redOf !== undefined;
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
