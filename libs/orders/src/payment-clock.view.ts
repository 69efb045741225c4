import { addDays } from '@app/kernel';
import { Conditions, Listed, listed, ListWanted, OrderOf, ReadModels } from '@app/projections';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { DueRow } from './due-rows.view';
import { holdsWords, ordersOf } from './order-row.view';
import type { OrdersOf } from './order-row.view';
import { orders } from './orders.view';
import type { DueState } from './payment-clock-answer.rules';
import type { OrderSide } from './order-story.rules';

/** Days before a due day on which it counts as due soon. */
const SOON = 7;

/** A due as it stands today. */
export type ClockDue = Omit<DueRow, 'openDays' | 'since'> & {
  readonly state: DueState;
  readonly overdueDays: number;
  readonly interest: string;
  readonly products: readonly string[];
  readonly contractDate: string;
};

/** Dues as of a day: `day` and `soon` are places of parameters. What of an order was not agreed on has none. */
const standing = (day: string, soon: string): string => `(
  SELECT due.*, o.products, o."contractDate",
    CASE WHEN open = 0 THEN 'paid' WHEN "dueOn" IS NULL THEN 'no-term' WHEN "dueOn" < ${day} THEN 'overdue'
      WHEN "dueOn" <= ${soon} THEN 'due-soon' ELSE 'later' END AS state,
    CASE WHEN open = 0 OR "dueOn" IS NULL THEN 0 ELSE greatest(0, ${day}::date - "dueOn"::date) END AS "overdueDays",
    CASE WHEN "dueOn" IS NULL THEN 0.00
      ELSE round(("openDays" + open * greatest(0, ${day}::date - since::date)) * coalesce("dailyRate", 0), 2) END AS interest
  FROM due JOIN (SELECT "order", products, "contractDate" FROM trade_order) o USING ("order")) AS standing`;

export const DUE_ORDERS = {
  due: `coalesce("dueOn", '9999-12-31')`,
  amount: 'amount',
  open: 'open',
  overdue: '"overdueDays"',
  interest: 'interest',
  delivered: '"deliveredOn"',
} as const;
export type DueOrder = OrderOf<typeof DUE_ORDERS>;

export type DuesAsked = {
  /** Of the two firms, which one the reader is: for a firm's own list. */
  readonly as?: OrderSide;
  readonly order?: string;
  /** One of the two firms. */
  readonly partner?: string;
  readonly state?: DueState;
  readonly words?: { readonly text: string; readonly firms: readonly string[] };
};

export class Dues extends Query<Listed<ClockDue>> {
  constructor(
    readonly whose: OrdersOf,
    readonly asked: DuesAsked,
    /** A day in Asia/Shanghai. */
    readonly today: string,
    readonly wanted: ListWanted<DueOrder>,
  ) {
    super();
  }
}

@QueryHandler(Dues)
export class DuesHandler implements IQueryHandler<Dues> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ whose, asked, today, wanted }: Dues): Promise<Listed<ClockDue>> {
    const { where, from } = asking(whose, asked, today);
    const tab = { column: 'state', value: asked.state };
    const list = { from, key: 'key', orders: DUE_ORDERS, where, tab };
    return this.readModels.read(orders, (rows) => listed<ClockDue>(rows, list, wanted));
  }
}

export type ClockTotal = {
  readonly state: DueState;
  readonly items: number;
  readonly open: string;
  readonly interest: string;
};

/** How many dues stand how, with what is open of them and the interest that has run up. */
export class ClockTotals extends Query<ClockTotal[]> {
  constructor(
    readonly whose: OrdersOf,
    readonly asked: DuesAsked,
    readonly today: string,
  ) {
    super();
  }
}

@QueryHandler(ClockTotals)
export class ClockTotalsHandler implements IQueryHandler<ClockTotals> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ whose, asked, today }: ClockTotals): Promise<ClockTotal[]> {
    const { where, from } = asking(whose, asked, today);
    return this.readModels.read(orders, (rows) =>
      rows.query<ClockTotal[]>(
        `SELECT state, count(*)::int AS items, sum(open) AS open, sum(interest) AS interest FROM ${from}
         WHERE ${where.sql} GROUP BY state`,
        where.values,
      ),
    );
  }
}

function asking(whose: OrdersOf, { as, order, partner, words }: DuesAsked, today: string) {
  const where = new Conditions();
  const from = standing(`${where.parameter(today)}::text`, `${where.parameter(addDays(today, SOON))}::text`);
  ordersOf(where, whose, as).equal('"order"', order);
  if (partner !== undefined) where.and(`${where.parameter(partner)} IN (lead, supplier)`);
  if (words !== undefined) where.and(`(${holdsWords(where, words)})`);
  return { where, from };
}
