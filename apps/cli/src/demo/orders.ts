import { derivedId, Exact, lineAmount, sum } from '@app/kernel';
import { acceptedAt, awardOf, sharesOf } from './awards';
import { deadlineOf } from './catalogues';
import type { DemoCity, DemoFirm } from './city';
import { HOUR, partyOf } from './telling';

// Which orders the awards of the plan become, and what becomes of each: pure, as the plan is.

/** What has become of an order by the end of the filling. */
export const COURSES = [
  /** Delivered in two parts, invoiced, checked by an office and paid. */
  'settled',
  /** Part of the second delivery was rejected. */
  'rejected',
  /** Part of the first delivery went back, with a red invoice. */
  'returned',
  'partly-paid',
  /** Nothing was paid, and the term has passed. */
  'overdue',
  /** The lead says that the invoice is wrong. */
  'disputed',
  /** The lead has not answered the invoice for ten working days. */
  'unanswered',
  /** The second delivery waits for acceptance. */
  'delivering',
  /** Nothing but the contract. */
  'signed',
  /** Two orders of one pair, invoiced and paid together by a statement 对账单. */
  'on-account',
] as const;
export type Course = (typeof COURSES)[number];

export type DemoOrderLine = { readonly line: string; readonly quantity: number; readonly unitPrice: string };

export type DemoOrder = {
  readonly order: string;
  readonly lead: DemoFirm;
  readonly supplier: DemoFirm;
  readonly supplyMode: 'goods' | 'processing';
  readonly vatRate: string;
  readonly lines: readonly DemoOrderLine[];
  /** When its shares were accepted, or the trade was recorded. */
  readonly openedAt: number;
  readonly course: Course;
};

/** How the courses take turns. */
const TURNS: readonly Course[] = [
  ...(['settled', 'returned', 'partly-paid', 'settled', 'overdue', 'rejected'] as const),
  ...(['settled', 'disputed', 'delivering', 'settled', 'unanswered', 'signed'] as const),
];

/** Orders beyond these stay as they were opened. */
const MOST_TRADED = 48;
/** How many days before the last one an order opened that has a story. */
const TRADED_BEFORE = 20;

/** Without VAT. */
export const netOf = (lines: readonly { readonly quantity: number; readonly unitPrice: string }[]) =>
  sum(lines.map(({ quantity, unitPrice }) => lineAmount(String(quantity), unitPrice)));

/** Orders that have a story, those of `shown` firms first. `today` is the last day, `now` its instant. */
export function tradedOrders(city: DemoCity, today: string, now: number, shown: readonly DemoFirm[]): DemoOrder[] {
  const opened = openedOrders(city, today).filter(({ openedAt }) => openedAt < now - TRADED_BEFORE * 24 * HOUR);
  const isShown = ({ lead, supplier }: Opened) => shown.includes(lead) || shown.includes(supplier);
  const traded = [...opened.filter(isShown), ...opened.filter((one) => !isShown(one))].slice(0, MOST_TRADED);
  const pair = onAccount(traded);
  let turn = 0;
  return traded.map((one) => ({
    ...one,
    course: pair.includes(one) ? ('on-account' as const) : TURNS[turn++ % TURNS.length]!,
  }));
}

type Opened = Omit<DemoOrder, 'course'>;

/** As the platform opens them: one for each lead, supplier, award, way of supply and VAT rate. */
function openedOrders(city: DemoCity, today: string): Opened[] {
  const orders = new Map<string, Opened>();
  for (const catalogue of city.catalogues) {
    const { lead, lines } = catalogue;
    const deadline = deadlineOf(catalogue, today);
    for (const [n, line] of lines.entries()) {
      const { supplyMode } = line;
      for (const { share, offer, quantity, isDeclined } of sharesOf(line, n)) {
        if (isDeclined) continue;
        const { firm: supplier, vatRate, unitPrice } = offer;
        const key = [lead.registration, awardOf(lead, deadline), partyOf(supplier).registration, supplyMode, vatRate];
        const order = derivedId('order', ...key);
        const before = orders.get(order);
        const head = { order, lead, supplier, supplyMode, vatRate, openedAt: acceptedAt(deadline) };
        orders.set(order, { ...head, lines: [...(before?.lines ?? []), { line: share, quantity, unitPrice }] });
      }
    }
  }
  return [...orders.values()].sort((a, b) => a.openedAt - b.openedAt);
}

/** The first two orders of one pair. */
function onAccount(orders: readonly Opened[]): readonly Opened[] {
  const isPair = (one: Opened, other: Opened) => one.lead === other.lead && one.supplier === other.supplier;
  for (const one of orders) {
    const own = orders.filter((other) => isPair(one, other));
    if (own.length > 1) return own.slice(0, 2);
  }
  return [];
}

/** Half of each line, in whole units, and the rest. */
export const halves = (lines: readonly DemoOrderLine[]) => {
  const first = lines.map((line) => ({ ...line, quantity: Math.ceil(line.quantity / 2) }));
  const second = lines.map((line, n) => ({ ...line, quantity: line.quantity - first[n]!.quantity }));
  return [first, second] as const;
};

/** With VAT, to fen. */
export const grossOf = (net: string, vatRate: string): string =>
  new Exact(net).times(new Exact(1).plus(vatRate)).toDecimalPlaces(2, Exact.ROUND_HALF_UP).toFixed(2);
