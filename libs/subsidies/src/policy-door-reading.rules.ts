import type { Decimal } from 'decimal.js';
import {
  factsShape,
  type DoorEnterprise,
  type DoorFacts,
  type DoorLoan,
  type DoorOrder,
  type Rests,
} from './policy-door-facts.rules';
import type { FirmSize, MEANS } from './policy-door-policy.rules';
import { below, refuse, type Path } from './policy-door-shape.rules';

// The facts of a claim as the evaluator takes them: read once, sorted, looked up by id. The same facts serve several policies,
// so nothing here depends on one.

export type Known<T> = T & { readonly events: readonly string[] };
export type Holders = Known<{
  readonly from: string;
  /** Several entries of one holder are added up. */
  readonly held: ReadonlyMap<string, Decimal>;
  /** Those who hold most; several where they tie. */
  readonly largest: ReadonlySet<string>;
}>;
export type Enterprise = Known<{
  readonly id: string;
  readonly registration: string | null;
  readonly plant: string | null;
  /** Latest first, as are the holders. */
  readonly sizes: readonly Known<{ readonly from: string; readonly size: FirmSize }>[];
  readonly lists: readonly Known<{ readonly from: string; readonly to: string }>[];
  readonly holders: readonly Holders[];
  readonly parents: readonly Known<{ readonly from: string; readonly to?: string; readonly lead: Enterprise }>[];
}>;
export type Delivery = Known<{ readonly date: string; readonly net: Decimal }>;
export type Payment = Known<{
  readonly date: string;
  readonly gross: Decimal;
  readonly means?: (typeof MEANS)[number];
  readonly maturity?: string;
  readonly path: Path;
}>;
export type RedInvoice = Known<{ readonly number: string; readonly date: string; readonly net: Decimal }>;
export type Invoice = Known<{
  readonly number: string;
  readonly date: string;
  readonly net: Decimal;
  readonly reds: readonly RedInvoice[];
}>;
export type Order = Known<{
  readonly id: string;
  readonly lead: Enterprise;
  readonly supplier: Enterprise;
  readonly kind: 'goods' | 'processing';
  readonly contractDate: string;
  readonly vatRate: Decimal;
  /** Each by date; invoices by date, then number. */
  readonly deliveries: readonly Delivery[];
  readonly invoices: readonly Invoice[];
  readonly payments: readonly Payment[];
}>;
export type Loan = Omit<DoorLoan, 'borrower'> & {
  readonly borrower: Enterprise;
  readonly path: Path;
};
export type Facts = Pick<DoorFacts, 'asOf' | 'round' | 'year' | 'earlierAwards' | 'sales' | 'findings' | 'budget'> & {
  readonly beneficiary: Enterprise;
  /** By contract date, then id. */
  readonly orders: readonly Order[];
  readonly loans: readonly Loan[];
  /** Numbers without the mark of a part, each with what it rests on: an invoice that counted in part was used whole. */
  readonly usedInvoices: ReadonlyMap<string, readonly string[]>;
  readonly salesEvents: ReadonlyMap<string, Rests>;
  /** Undefined where whatever stands may count. */
  readonly proposed: ReadonlySet<string> | undefined;
};

const ROOT: Path = { key: 'facts' };

/**
 * Reads facts of the door. Refuses, with the path of the value, what has another shape, names an unknown enterprise, reverses
 * an invoice that the order does not have, or states a thing twice.
 */
export function readFacts(facts: unknown): Facts {
  const door = factsShape.read(facts, ROOT);
  const enterprises = readEnterprises(door);
  const firm = (id: string, ...keys: (string | number)[]): Enterprise =>
    enterprises.get(id) ?? refuse('door-enterprise-unknown', below(ROOT, ...keys), { id });
  const beneficiary = firm(door.beneficiary, 'beneficiary');
  const numbers = new Set<string>();
  const ids = new Set<string>();
  const orders = door.orders.map((order, at) => {
    once(ids, order.id, 'door-order-twice', 'orders', at, 'id');
    const lead = firm(order.lead, 'orders', at, 'lead');
    const supplier = firm(order.supplier, 'orders', at, 'supplier');
    if (lead === supplier) refuse('door-own-supplier', below(ROOT, 'orders', at, 'supplier'));
    order.invoices.forEach(({ number }, index) =>
      once(numbers, number, 'door-invoice-twice', 'orders', at, 'invoices', index, 'number'),
    );
    return readOrder(order, lead, supplier, below(ROOT, 'orders', at));
  });
  const loanIds = new Set<string>();
  const loans = (door.loans ?? []).map((loan, at) => {
    once(loanIds, loan.id, 'door-loan-twice', 'loans', at, 'id');
    checkDays(loan.rates, below(ROOT, 'loans', at, 'rates'));
    checkDays(loan.relendingRates ?? [], below(ROOT, 'loans', at, 'relendingRates'));
    return { ...loan, borrower: firm(loan.borrower, 'loans', at, 'borrower'), path: below(ROOT, 'loans', at) };
  });
  const { asOf, round, year: ofYear, earlierAwards, sales, findings, budget } = door;
  const usedRests = door.rests?.usedInvoices;
  return {
    ...{ asOf, round, year: ofYear, earlierAwards, sales, findings, budget, beneficiary },
    orders: orders.sort((one, other) => compare(one.contractDate, other.contractDate) || compare(one.id, other.id)),
    loans: loans.sort((one, other) => compare(one.contractDate, other.contractDate) || compare(one.id, other.id)),
    usedInvoices: new Map(door.usedInvoices.map((number) => [wholeNumber(number), eventsOf(usedRests?.get(number))])),
    salesEvents: door.rests?.sales ?? new Map(),
    proposed: door.proposed && new Set(door.proposed),
  };
}

/** A part of a divided invoice is written `<number>#<order>`. */
export const wholeNumber = (number: string): string => number.split('#', 1)[0]!;

export const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const NONE: readonly string[] = [];
export const eventsOf = (refs: Rests | undefined): readonly string[] =>
  refs === undefined || refs.length === 0 ? NONE : [...new Set(refs.map(({ event }) => event))].sort();

function known<T extends { readonly rests?: Rests }>({ rests: refs, ...value }: T): Known<Omit<T, 'rests'>> {
  return { ...value, events: eventsOf(refs) };
}

function once(seen: Set<string>, value: string, code: string, ...keys: (string | number)[]): void {
  if (seen.has(value)) refuse(code, below(ROOT, ...keys), { id: value });
  seen.add(value);
}

/** Two entries from one day contradict each other, and no order of the list may decide. */
function checkDays(entries: readonly { readonly from: string }[], path: Path): void {
  const days = new Set<string>();
  for (const [at, { from }] of entries.entries()) {
    if (days.has(from)) refuse('door-day-twice', below(path, at, 'from'));
    days.add(from);
  }
}

function readEnterprises({ enterprises: entries }: DoorFacts): ReadonlyMap<string, Enterprise> {
  type Parent = Enterprise['parents'][number];
  const enterprises = new Map<string, Enterprise & { parents: Parent[] }>();
  for (const [at, entry] of entries.entries()) {
    const path = below(ROOT, 'enterprises', at);
    if (enterprises.has(entry.id)) refuse('door-enterprise-twice', below(path, 'id'), { id: entry.id });
    checkDays(entry.sizes, below(path, 'sizes'));
    checkDays(entry.holders, below(path, 'holders'));
    enterprises.set(entry.id, readEnterprise(entry));
  }
  for (const [at, { id, subsidiaryOf = [] }] of entries.entries()) {
    for (const [index, { from, to, lead, rests: refs }] of subsidiaryOf.entries()) {
      const path = below(ROOT, 'enterprises', at, 'subsidiaryOf', index);
      const parent = enterprises.get(lead) ?? refuse('door-enterprise-unknown', below(path, 'lead'), { id: lead });
      if (to !== undefined && from > to) refuse('door-period-backwards', below(path, 'to'));
      if (lead === id) refuse('door-own-subsidiary', below(path, 'lead'));
      enterprises.get(id)!.parents.push({ from, to, lead: parent, events: eventsOf(refs) });
    }
    enterprises
      .get(id)!
      .parents.sort((one, other) => compare(one.lead.id, other.lead.id) || compare(one.from, other.from));
  }
  return enterprises;
}

function readEnterprise({ id, registration, plant, sizes, lists, holders, rests: refs }: DoorEnterprise) {
  const latestFirst = (one: { from: string }, other: { from: string }): number => compare(other.from, one.from);
  return {
    ...{ id, registration, plant, events: eventsOf(refs) },
    sizes: sizes.map(known).sort(latestFirst),
    lists: lists.map(known).sort((one, other) => compare(one.from, other.from) || compare(one.to, other.to)),
    holders: holders.map(readHolders).sort(latestFirst),
    parents: [],
  };
}

function readHolders({ from, list: entries, rests: refs }: DoorEnterprise['holders'][number]): Holders {
  const held = new Map<string, Decimal>();
  for (const { id, share } of entries) held.set(id, held.get(id)?.plus(share) ?? share);
  let most: Decimal | undefined;
  for (const share of held.values()) if (!most || share.greaterThan(most)) most = share;
  // A share of nothing is no holding, and makes nobody the largest.
  const largest = [...held].flatMap(([id, share]) =>
    share.isPositive() && !share.isZero() && share.equals(most!) ? [id] : [],
  );
  return { from, held, largest: new Set(largest), events: eventsOf(refs) };
}

function readOrder(order: DoorOrder, lead: Enterprise, supplier: Enterprise, path: Path): Order {
  const { id, kind, contractDate, vatRate } = order;
  const reds = new Map<string, RedInvoice[]>();
  const own = new Set(order.invoices.flatMap(({ number, redOf }) => (redOf === undefined ? [number] : [])));
  order.invoices.forEach(({ number, net, redOf, date, rests: refs }, index) => {
    const at = (key: string) => below(path, 'invoices', index, key);
    if (redOf === undefined) {
      if (net.isNegative() && !net.isZero()) refuse('door-invoice-below-zero', at('net'), { number });
      return;
    }
    if (!own.has(redOf)) refuse('door-red-invoice-unknown', at('redOf'), { number: redOf });
    if (net.greaterThan(0)) refuse('door-red-invoice-above-zero', at('net'), { number });
    reds.set(redOf, [...(reds.get(redOf) ?? []), { number, date, net, events: eventsOf(refs) }]);
  });
  const invoices = order.invoices.flatMap(({ redOf, number, date, net, rests: refs }) => {
    if (redOf !== undefined) return [];
    return [{ number, date, net, reds: (reds.get(number) ?? []).sort(byDateThenNumber), events: eventsOf(refs) }];
  });
  return {
    ...{ id, lead, supplier, kind, contractDate, vatRate, events: eventsOf(order.rests) },
    invoices: invoices.sort(byDateThenNumber),
    deliveries: order.deliveries
      .map(known)
      .sort((one, other) => byDate(one, other) || one.net.comparedTo(other.net) || byEvent(one, other)),
    payments: order.payments
      .map((payment, at) => ({ ...known(payment), path: below(path, 'payments', at) }))
      .sort(
        (one, other) =>
          byDate(one, other) ||
          one.gross.comparedTo(other.gross) ||
          compare(one.means ?? '', other.means ?? '') ||
          compare(one.maturity ?? '', other.maturity ?? '') ||
          byEvent(one, other),
      ),
  };
}

type Dated = { readonly date: string };
type Evident = { readonly events: readonly string[] };
const byDate = (one: Dated, other: Dated): number => compare(one.date, other.date);
const byEvent = (one: Evident, other: Evident): number => compare(one.events.join(), other.events.join());
const byDateThenNumber = (one: Dated & { number: string }, other: Dated & { number: string }): number =>
  byDate(one, other) || compare(one.number, other.number);
