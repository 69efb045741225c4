import type { Recorded } from '@app/event-store';
import { Conditions, Listed, listed, ListWanted, OrderOf, Projection, ReadModels } from '@app/projections';
import type { EnterpriseEvent } from '@app/registry';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { ClockEvent, DueRow, FirmSizesRow, foldSizes, setDues, SIZE_TYPES, sizeOn } from './due-rows.view';
import type { OrderSizes } from './order-dues.rules';
import type { OrderHolder, OrderState } from './order-figures.rules';
import { foldOrders, holdsWords, OrderRow, ordersOf } from './order-row.view';
import type { OrdersOf } from './order-row.view';
import type { OrderEvent, OrderSide } from './order-story.rules';

const TYPES = [
  'OrderOpened',
  'OrderLinesAdded',
  'ContractEntered',
  'DeliveryEntered',
  'DeliveryAccepted',
  'ReturnEntered',
  'InvoiceEntered',
  'PaymentEntered',
  'ChangeProposed',
  'EndProposed',
  'OrderFactConfirmed',
  'OrderFactDisputed',
  'OrderFactTakenBack',
  'OrderFactUnanswered',
  'OrderFactDecided',
  'OrderChanged',
  'OrderEnded',
] as const satisfies readonly OrderEvent['type'][];

/** Orders, and the dues of the payment clock, which hang on the sizes of both firms. */
export const orders: Projection<OrderEvent | EnterpriseEvent> = {
  name: 'orders',
  version: 1,
  filter: { categories: ['order', 'enterprise'], types: [...TYPES, ...SIZE_TYPES] },
  entities: [OrderRow, FirmSizesRow, DueRow],
  ddl: ['CREATE INDEX ON trade_order USING gin (files)'],
  async apply(events, rows) {
    const isOrder = ({ stream }: Recorded): boolean => stream.startsWith('order-');
    const firms = await foldSizes(events.filter((event) => !isOrder(event)) as ClockEvent[], rows);
    const changed = await foldOrders(events.filter(isOrder) as Recorded<OrderEvent>[], rows);
    return setDues(rows, changed, firms);
  },
};

/** A row of the list. */
export type ListedOrder = Omit<OrderRow, 'folded' | 'files'>;

const SHOWN = [
  '"order", lead, "leadRegistration", supplier, "supplierRegistration", origin, award, "supplyMode", "vatRate", products',
  'listings, "contractDate", "contractMissing", state, ordered, "orderedGross", delivered, "deliveredGross", invoiced',
  '"invoicedGross", paid, waits, disputed, holders, "openedAt", "changedAt", "nextDueOn", owed',
].join(', ');

export const ORDER_ORDERS = {
  opened: '"openedAt"',
  changed: '"changedAt"',
  due: `coalesce("nextDueOn", '9999-12-31')`,
  ordered: 'ordered',
  owed: 'owed',
  state: 'state',
} as const;
export type OrderOrder = OrderOf<typeof ORDER_ORDERS>;

export type OrdersAsked = {
  readonly as?: OrderSide;
  /** One of the two firms. */
  readonly partner?: string;
  readonly state?: OrderState;
  /** Something waits for the reader: facts that the firm has to answer, or that an office may decide. */
  readonly waiting?: boolean;
  readonly disputed?: boolean;
  readonly contractMissing?: boolean;
  /** Something is overdue on this day. */
  readonly overdueOn?: string;
  readonly award?: string;
  readonly words?: { readonly text: string; readonly firms: readonly string[] };
};

export class Orders extends Query<Listed<ListedOrder>> {
  constructor(
    readonly whose: OrdersOf,
    readonly asked: OrdersAsked,
    readonly wanted: ListWanted<OrderOrder>,
  ) {
    super();
  }
}

@QueryHandler(Orders)
export class OrdersHandler implements IQueryHandler<Orders> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ whose, asked, wanted }: Orders): Promise<Listed<ListedOrder>> {
    const where = conditions(whose, asked);
    const tab = { column: 'state', value: asked.state };
    const list = { shown: SHOWN, from: 'trade_order', key: '"order"', orders: ORDER_ORDERS, where, tab };
    return this.readModels.read(orders, (rows) => listed<ListedOrder>(rows, list, wanted));
  }
}

export type OrderCounts = Readonly<Record<'all' | 'waiting' | 'disputed' | 'overdue' | 'contractMissing', number>>;

/** How many orders of these want something on this day. */
export class OrderCountsOf extends Query<OrderCounts> {
  constructor(
    readonly whose: OrdersOf,
    readonly as: OrderSide | undefined,
    readonly today: string,
  ) {
    super();
  }
}

@QueryHandler(OrderCountsOf)
export class OrderCountsOfHandler implements IQueryHandler<OrderCountsOf> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ whose, as, today }: OrderCountsOf): Promise<OrderCounts> {
    const where = ordersOf(new Conditions(), whose, as);
    const [found] = await this.readModels.read(orders, (rows) =>
      rows.query<OrderCounts[]>(
        `SELECT count(*)::int AS all, count(*) FILTER (WHERE ${waitingSql(where, whose)})::int AS waiting,
           count(*) FILTER (WHERE disputed > 0)::int AS disputed,
           count(*) FILTER (WHERE "nextDueOn" < ${where.parameter(today)})::int AS overdue,
           count(*) FILTER (WHERE "contractMissing")::int AS "contractMissing"
         FROM trade_order WHERE ${where.sql}`,
        where.values,
      ),
    );
    return found!;
  }
}

export class OrderById extends Query<OrderRow | undefined> {
  constructor(
    readonly whose: OrdersOf,
    readonly order: string,
  ) {
    super();
  }
}

@QueryHandler(OrderById)
export class OrderByIdHandler implements IQueryHandler<OrderById> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ whose, order }: OrderById): Promise<OrderRow | undefined> {
    const where = ordersOf(new Conditions(), whose).equal('"order"', order);
    const [found] = await this.readModels.read(orders, (rows) =>
      rows.query<OrderRow[]>(`SELECT * FROM trade_order WHERE ${where.sql}`, where.values),
    );
    return found;
  }
}

/** The sizes of both firms at the contract date, as the dues of the order were reckoned by. */
export class SizesOf extends Query<OrderSizes> {
  constructor(readonly row: OrderRow) {
    super();
  }
}

@QueryHandler(SizesOf)
export class SizesOfHandler implements IQueryHandler<SizesOf> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ row }: SizesOf): Promise<OrderSizes> {
    const { lead, supplier, leadRegistration, supplierRegistration, contractDate } = row;
    const found = await this.readModels.read(orders, (rows) =>
      rows.query<FirmSizesRow[]>('SELECT * FROM firm_sizes WHERE enterprise = ANY($1)', [[lead, supplier]]),
    );
    const of = (code: string) => found.find(({ enterprise }) => enterprise === code);
    return {
      lead: sizeOn(of(lead), leadRegistration, contractDate),
      supplier: sizeOn(of(supplier), supplierRegistration, contractDate),
    };
  }
}

/** The ids of all orders in which an enterprise is on one side, the oldest first. */
export class OrderIdsOf extends Query<string[]> {
  constructor(readonly enterprise: string) {
    super();
  }
}

@QueryHandler(OrderIdsOf)
export class OrderIdsOfHandler implements IQueryHandler<OrderIdsOf> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ enterprise }: OrderIdsOf): Promise<string[]> {
    const found = await this.readModels.read(orders, (rows) =>
      rows.query<{ order: string }[]>(
        'SELECT "order" FROM trade_order WHERE lead = $1 OR supplier = $1 ORDER BY "openedAt", "order"',
        [enterprise],
      ),
    );
    return found.map(({ order }) => order);
  }
}

/** What is traded in orders, by order. */
export class ProductsOfOrders extends Query<ReadonlyMap<string, readonly string[]>> {
  constructor(readonly orders: readonly string[]) {
    super();
  }
}

@QueryHandler(ProductsOfOrders)
export class ProductsOfOrdersHandler implements IQueryHandler<ProductsOfOrders> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ orders: ids }: ProductsOfOrders): Promise<ReadonlyMap<string, readonly string[]>> {
    const found = await this.readModels.read(orders, (rows) =>
      rows.query<Pick<OrderRow, 'order' | 'products'>[]>(
        'SELECT "order", products FROM trade_order WHERE "order" = ANY($1)',
        [ids],
      ),
    );
    return new Map(found.map(({ order, products }) => [order, products]));
  }
}

/** Whether a file stands with a fact of one of these orders. */
export class SeesOrderFile extends Query<boolean> {
  constructor(
    readonly whose: OrdersOf,
    readonly attachment: string,
  ) {
    super();
  }
}

@QueryHandler(SeesOrderFile)
export class SeesOrderFileHandler implements IQueryHandler<SeesOrderFile> {
  constructor(private readonly readModels: ReadModels) {}

  async execute({ whose, attachment }: SeesOrderFile): Promise<boolean> {
    const where = ordersOf(new Conditions(), whose);
    where.and(`files @> ARRAY[${where.parameter(attachment)}]`);
    const found = await this.readModels.read(orders, (rows) =>
      rows.query<object[]>(`SELECT FROM trade_order WHERE ${where.sql} LIMIT 1`, where.values),
    );
    return found.length > 0;
  }
}

function conditions(whose: OrdersOf, asked: OrdersAsked): Conditions {
  const { as, partner, waiting, disputed, contractMissing, overdueOn, award, words } = asked;
  const where = ordersOf(new Conditions(), whose, as).equal('award', award);
  if (partner !== undefined) where.and(`${where.parameter(partner)} IN (lead, supplier)`);
  if (waiting) where.and(waitingSql(where, whose));
  if (disputed) where.and('disputed > 0');
  if (contractMissing) where.and('"contractMissing"');
  if (overdueOn !== undefined) where.and(`"nextDueOn" < ${where.parameter(overdueOn)}`);
  if (words !== undefined) where.and(`(${holdsWords(where, words)})`);
  return where;
}

const waits = (holder: OrderHolder): string => `(waits->>'${holder}')::int > 0`;

function waitingSql(where: Conditions, whose: OrdersOf): string {
  if (!('registration' in whose)) return waits('office');
  const own = where.parameter(whose.registration);
  return `(("leadRegistration" = ${own} AND ${waits('lead')}) OR ("supplierRegistration" = ${own} AND ${waits('supplier')}))`;
}
