import { addDays, shanghaiDay } from '@app/kernel';
import { Entitlement, netAward, Reservation, wholeInvoice } from './entitlement.decider';
import { pairOf } from './claim-story.rules';
import type { RecordedFinding, RecoveryCause } from './claim-story.rules';
import type { Rests } from './policy-door-facts.rules';

// A beneficiary's facts as the evaluator's door takes them, from what the orders', firms' and entitlements' own streams tell.
// The types of trade are those of orders, stated by what is read of them: rules know no other context.

export type FactRests = {
  readonly event: string;
  readonly stream: string;
  readonly revision: string;
  readonly recordedAt: string;
  readonly confirmedByAccount: string;
  readonly acceptedByOffice: boolean;
};
export type TradeForClaim = {
  readonly order: string;
  readonly lead: { readonly enterprise: string; readonly registration: string };
  readonly supplier: { readonly enterprise: string; readonly registration: string };
  readonly kind: 'goods' | 'processing';
  readonly vatRate: string;
  readonly contractDate: string;
  readonly opened: FactRests;
  readonly contracted?: FactRests;
  readonly deliveries: readonly { readonly date: string; readonly net: string; readonly rests: FactRests }[];
  readonly invoices: readonly {
    readonly number: string;
    readonly date: string;
    readonly net: string;
    readonly redOf?: string;
    readonly divided: boolean;
    /** The last 查验; a firm's own decides nothing. */
    readonly check?: { readonly state: string; readonly byOffice?: boolean; readonly account?: string };
    readonly rests: FactRests;
  }[];
  readonly payments: readonly {
    readonly date: string;
    readonly gross: string;
    readonly means: string;
    readonly maturesOn?: string;
    readonly rests: FactRests;
  }[];
  /** Invoices without evidence that they are this order's. */
  readonly unheld: readonly string[];
};

/** One firm with its dated facts, each with the events that it rests on. */
export type FirmForClaim = { readonly id: string };

/** Why trade of the beneficiary never comes before the evaluator. */
export const LEFT_OUT = ['match-untrue', 'invoice-void', 'invoice-unheld', 'holder-replaced'] as const;
export type LeftOut = { readonly order: string; readonly invoice?: string; readonly reason: (typeof LEFT_OUT)[number] };

export type GatheredFacts = {
  readonly asOf: string;
  readonly beneficiary: string;
  readonly round: string;
  readonly year: number;
  readonly trade: readonly TradeForClaim[];
  readonly firms: readonly FirmForClaim[];
  readonly sales: Readonly<Record<string, { readonly amount: string; readonly rests: readonly object[] }>>;
  readonly loans: readonly object[];
  /** 失信, penalties, disputes as officers recorded them; undefined where nobody looked. */
  readonly findings?: readonly RecordedFinding[];
  /** What each scheme's entitlement tells; the claim's own share of it is left out. */
  readonly entitlements: readonly { readonly scheme: string; readonly reservations: readonly Reservation[] }[];
  readonly scheme: string;
  /** Another registration was found to hold the beneficiary's code: what this one did is void, so that nothing of it counts. */
  readonly isReplaced?: boolean;
  /** Orders whose match was found 不属实. */
  readonly untrueOrders: ReadonlySet<string>;
  /** `leave-out`: an invoice that the tax office knows as void or not at all is none. Before the city's check it stays, to block it. */
  readonly voidInvoices: 'keep' | 'leave-out';
  /** What alone may count, where the claim was proposed before. */
  readonly proposed?: readonly string[];
};

/** What counts for nobody as evidence of a sale. */
const VOID_STATES: readonly string[] = ['voided', 'not-found'];

export function doorFacts(gathered: GatheredFacts): { facts: object; leftOut: LeftOut[] } {
  const leftOut: LeftOut[] = [];
  const orders: object[] = [];
  for (const trade of gathered.trade) {
    if (gathered.isReplaced) leftOut.push({ order: trade.order, reason: 'holder-replaced' });
    else if (gathered.untrueOrders.has(trade.order)) leftOut.push({ order: trade.order, reason: 'match-untrue' });
    else orders.push(orderOf(trade, gathered.voidInvoices, leftOut));
  }
  const own = gathered.entitlements.find(({ scheme }) => scheme === gathered.scheme)?.reservations ?? [];
  const used = new Map(
    own
      .filter(({ wholly }) => !wholly)
      .flatMap(({ invoices, rests = [] }) => invoices.map((invoice) => [wholeInvoice(invoice), rests] as const)),
  );
  const sales = Object.entries(gathered.sales);
  const facts = {
    asOf: gathered.asOf,
    beneficiary: gathered.beneficiary,
    round: gathered.round,
    year: gathered.year,
    enterprises: gathered.firms,
    orders,
    usedInvoices: [...used.keys()].sort(),
    earlierAwards: gathered.entitlements.flatMap(({ scheme, reservations }) =>
      reservations.map((one) => ({
        ...{ scheme, round: one.round, year: one.year, amount: netAward(one) },
        ...(one.rests && { rests: one.rests }),
      })),
    ),
    ...(gathered.findings && { findings: gathered.findings }),
    ...(gathered.proposed && { proposed: gathered.proposed }),
    ...(gathered.loans.length > 0 && !gathered.isReplaced && { loans: gathered.loans }),
    ...(sales.length > 0 && {
      sales: Object.fromEntries(sales.map(([year, { amount }]) => [year, amount])),
    }),
    ...((sales.length > 0 || used.size > 0) && {
      rests: {
        ...(sales.length > 0 && { sales: Object.fromEntries(sales.map(([year, { rests }]) => [year, rests])) }),
        ...(used.size > 0 && { usedInvoices: Object.fromEntries(used) }),
      },
    }),
  };
  return { facts, leftOut };
}

function orderOf(trade: TradeForClaim, voidInvoices: GatheredFacts['voidInvoices'], leftOut: LeftOut[]): object {
  const { order, lead, supplier, kind, vatRate, contractDate } = trade;
  const reversed = new Set(trade.invoices.map(({ redOf }) => redOf));
  // 红冲 by a red invoice that is here counts as far as that goes; by one that nobody entered, whole.
  const isVoid = (state: string | undefined, number: string) =>
    VOID_STATES.includes(state ?? '') || (state === 'reversed' && !reversed.has(number));
  const voided = trade.invoices.filter((invoice) => isVoid(stateOf(invoice), invoice.number));
  const gone = new Set(voidInvoices === 'leave-out' ? voided.map(({ number }) => number) : []);
  for (const invoice of trade.unheld) leftOut.push({ order, invoice, reason: 'invoice-unheld' });
  for (const invoice of gone) leftOut.push({ order, invoice, reason: 'invoice-void' });
  const standing = trade.invoices.filter(({ number, redOf }) => !gone.has(number) && !(redOf && gone.has(redOf)));
  const names = new Map(trade.invoices.map((invoice) => [invoice.number, nameOf(invoice, order)]));
  return {
    id: order,
    lead: lead.enterprise,
    supplier: supplier.enterprise,
    kind,
    contractDate,
    vatRate,
    deliveries: trade.deliveries.map(({ date, net, rests }) => ({ date, net, rests: restsOf(rests) })),
    invoices: standing.map(({ number, date, net, redOf, rests }) => ({
      number: names.get(number)!,
      date,
      net,
      ...(redOf !== undefined && { redOf: names.get(redOf) ?? redOf }),
      rests: restsOf(rests),
    })),
    payments: trade.payments.map(({ date, gross, means, maturesOn, rests }) => ({
      date,
      gross,
      means,
      ...(maturesOn !== undefined && { maturity: maturesOn }),
      rests: restsOf(rests),
    })),
    rests: [trade.opened, ...(trade.contracted ? [trade.contracted] : [])].flatMap(restsOf),
  };
}

type Looked = TradeForClaim['invoices'][number];
const stateOf = ({ check }: Pick<Looked, 'check'>): string | undefined => (check?.byOffice ? check.state : undefined);

/** A part of a divided invoice is known by its order. */
const nameOf = ({ number, divided }: { number: string; divided: boolean }, order: string): string =>
  divided ? `${number}#${order}` : number;

export const restsOf = ({
  event,
  stream,
  revision,
  recordedAt,
}: Pick<FactRests, 'event' | 'stream' | 'revision' | 'recordedAt'>) =>
  [{ event, stream, revision, recordedAt }] satisfies Rests;

/** Accounts of officers who decided a fact of this trade in a firm's place, or recorded the 查验 by which an invoice counts. */
export const officersIn = (trade: readonly TradeForClaim[]): string[] => {
  const all = trade.flatMap(({ opened, contracted, deliveries, invoices, payments }) => [
    opened,
    ...(contracted ? [contracted] : []),
    ...[...deliveries, ...invoices, ...payments].map(({ rests }) => rests),
  ]);
  const decided = all.filter(({ acceptedByOffice }) => acceptedByOffice).map((one) => one.confirmedByAccount);
  const looked = trade
    .flatMap(({ invoices }) => invoices)
    .flatMap(({ check }) => (check?.byOffice && check.account !== undefined ? [check.account] : []));
  return [...new Set([...decided, ...looked])].sort();
};

/**
 * The invoices that count with the last 查验 of each, the orders they stand on, their firms, and their pairs. What a subsidiary
 * buys counts for its lead: `leads` has the lead of each such order, whose pair with the supplier is then the one that is new.
 */
export function countedTrade(
  trade: readonly TradeForClaim[],
  counted: readonly string[],
  leads: ReadonlyMap<string, string>,
) {
  const wanted = new Set(counted);
  const invoices: { number: string; state?: string }[] = [];
  const orders = new Set<string>();
  const pairs = new Set<string>();
  const firms = new Set<string>();
  for (const one of trade) {
    const [buyer, supplier] = [one.lead.enterprise, one.supplier.enterprise];
    const lead = leads.get(one.order) ?? buyer;
    for (const invoice of one.invoices) {
      if (!wanted.has(nameOf(invoice, one.order))) continue;
      const state = stateOf(invoice);
      invoices.push({ number: invoice.number, ...(state !== undefined && { state }) });
      orders.add(one.order);
      pairs.add(pairOf(lead, supplier));
      for (const firm of [lead, buyer, supplier]) firms.add(firm);
    }
  }
  return { invoices, orders: [...orders].sort(), pairs: [...pairs].sort(), firms: [...firms].sort() };
}

/** What an entitlement held apart from one claim: that claim's own decision does not stand in its way. */
export const reservationsBut = ({ reservations }: Entitlement, claim: string | undefined): Reservation[] =>
  [...reservations.values()].filter((one) => one.claim !== claim);

/** 补录: a fact that was recorded long after its day, or after the round had opened. */
export type Supplemented = {
  readonly order: string;
  readonly kind: 'contract' | 'delivery' | 'invoice' | 'payment';
  readonly date: string;
  readonly recordedAt: string;
  readonly event: string;
};
/** Days after which a record counts as late. */
const LATE_DAYS = 30;

export function supplementedIn(trade: readonly TradeForClaim[], roundOpenedAt: string): Supplemented[] {
  return trade.flatMap(({ order, contractDate, contracted, opened, deliveries, invoices, payments }) => {
    const facts = [
      { kind: 'contract' as const, date: contractDate, rests: contracted ?? opened },
      ...deliveries.map((fact) => ({ kind: 'delivery' as const, ...fact })),
      ...invoices.map((fact) => ({ kind: 'invoice' as const, ...fact })),
      ...payments.map((fact) => ({ kind: 'payment' as const, ...fact })),
    ];
    return facts
      .filter(({ date, rests }) => isLateFact(date, rests) || rests.recordedAt > roundOpenedAt)
      .map(({ kind, date, rests: { recordedAt, event } }) => ({ order, kind, date, recordedAt, event }));
  });
}

/** Whether something of an order was recorded long after its day. */
export const isLate = (trade: TradeForClaim): boolean =>
  isLateFact(trade.contractDate, trade.contracted ?? trade.opened) ||
  [...trade.deliveries, ...trade.invoices, ...trade.payments].some(({ date, rests }) => isLateFact(date, rests));

const isLateFact = (date: string, { recordedAt }: Pick<FactRests, 'recordedAt'>): boolean =>
  shanghaiDay(recordedAt) > addDays(date, LATE_DAYS);

/** What of a paid claim's trade is new since it was proposed: why it is worth less. The gravest first. */
export function causeOf(
  proposed: { readonly orders: readonly string[]; readonly knownAt: string },
  now: {
    readonly trade: readonly TradeForClaim[];
    readonly leftOut: readonly LeftOut[];
    readonly excluded: Readonly<Record<string, string>>;
  },
): RecoveryCause {
  const orders = new Set(proposed.orders);
  const trade = now.trade.filter(({ order }) => orders.has(order));
  const left = now.leftOut.filter(({ order }) => orders.has(order));
  const isNew = ({ rests }: { readonly rests: FactRests }) => rests.recordedAt > proposed.knownAt;
  const isBack = (amount: string) => amount.startsWith('-');
  if (left.some(({ reason }) => reason === 'match-untrue')) return 'match-untrue';
  if (left.some(({ reason }) => reason === 'invoice-void')) return 'voided-invoice';
  if (trade.some(({ invoices }) => invoices.some((one) => one.redOf !== undefined && isNew(one)))) return 'red-invoice';
  if (trade.some(({ deliveries }) => deliveries.some((one) => isBack(one.net) && isNew(one)))) return 'return';
  if (trade.some(({ payments }) => payments.some((one) => isBack(one.gross) && isNew(one)))) return 'payment-back';
  const names = trade.flatMap(({ order, invoices }) => invoices.map((one) => nameOf(one, order)));
  return names.some((name) => now.excluded[name] === 'not-on-lead-list') ? 'list-exit' : 'facts-changed';
}
