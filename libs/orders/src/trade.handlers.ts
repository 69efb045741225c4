import { EventStore, Recorded, StoreUnavailable } from '@app/event-store';
import type { Fact, Party } from '@app/kernel';
import { ReadModels } from '@app/projections';
import { IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { Injectable } from '@nestjs/common';
import { evidenceStream } from './invoice-claims.handlers';
import { orderStream } from './order.handlers';
import { OrderIdsOf, orders } from './orders.view';
import type { OrderEvent, OrderSide } from './order-story.rules';
import { foldTrade, noTradeYet, tradeWithEvidence } from './trade-fold.rules';
import type { EvidenceTold, ToldOrderEvent } from './trade-fold.rules';
import type { TradeOrder } from './trade.rules';

/** How long a question waits until the list of orders has what was recorded when it was asked. */
const PATIENCE = 5_000;

/** Orders as their own streams and their invoices' tell them. Events recorded after the instant `knownAt` do not exist. */
@Injectable()
export class Trade {
  constructor(private readonly store: EventStore) {}

  async of(order: string, knownAt?: string): Promise<TradeOrder | undefined> {
    const progress = noTradeYet();
    const told = new Map<string, EvidenceTold[]>();
    for (const event of await this.told<ToldOrderEvent>(orderStream(order), knownAt)) {
      foldTrade(progress, event);
      if (event.type !== 'InvoiceEntered' || told.has(event.data.number)) continue;
      const { number } = event.data;
      told.set(number, await this.told<EvidenceTold>(evidenceStream(number), knownAt));
    }
    return tradeWithEvidence(progress, (number) => told.get(number) ?? []);
  }

  private async told<E extends Fact>(stream: string, knownAt?: string): Promise<E[]> {
    const events: Recorded[] = [];
    for await (const event of this.store.read(stream)) {
      if (knownAt === undefined || event.metadata.recordedAt <= knownAt) events.push(event);
    }
    return events as unknown as E[];
  }
}

/**
 * The trade of a whole log, told from its events as they stand in it: for what is computed over every order at once. Millions of
 * events are kept as text, which is a fifth of the same as objects and costs the collector nothing; an order is folded when asked for.
 */
export class TradeLog {
  private readonly orders = new Map<
    string,
    { readonly lead: Party; readonly supplier: Party; readonly told: string[] }
  >();
  private readonly evidence = new Map<string, string[]>();

  /** Of the categories `order` and `evidence`. */
  add({ id, type, data, stream, revision, metadata: { recordedAt } }: Recorded): void {
    const key = stream.slice(stream.indexOf('-') + 1);
    const text = JSON.stringify([id, type, data, String(revision), recordedAt] satisfies KeptEvent);
    if (stream.startsWith('evidence-')) {
      const told = this.evidence.get(key);
      if (told) told.push(text);
      else this.evidence.set(key, [text]);
      return;
    }
    const order = this.orders.get(key);
    if (order) order.told.push(text);
    else if (type === 'OrderOpened') {
      const { lead, supplier } = data as OpenedData;
      this.orders.set(key, { lead, supplier, told: [text] });
    }
  }

  /** Ids of the orders of each firm on one side, by enterprise and registration. */
  byFirm(side: OrderSide): Map<string, { readonly firm: Party; readonly orders: string[] }> {
    const found = new Map<string, { firm: Party; orders: string[] }>();
    for (const [id, { [side]: firm }] of this.orders) {
      const { enterprise, registration } = firm;
      const key = `${enterprise}/${registration}`;
      const own = found.get(key);
      if (own) own.orders.push(id);
      else found.set(key, { firm: { enterprise, registration }, orders: [id] });
    }
    return found;
  }

  /** Undefined while the order does not count. */
  of(order: string): TradeOrder | undefined {
    const progress = noTradeYet();
    for (const event of eventsIn(orderStream(order), this.orders.get(order)?.told)) {
      foldTrade(progress, event as unknown as ToldOrderEvent);
    }
    const told = new Map<string, EvidenceTold[]>();
    return tradeWithEvidence(progress, (number) => {
      let events = told.get(number);
      if (!events) {
        events = eventsIn(evidenceStream(number), this.evidence.get(number)) as unknown as EvidenceTold[];
        told.set(number, events);
      }
      return events;
    });
  }
}

type OpenedData = Extract<OrderEvent, { type: 'OrderOpened' }>['data'];
type KeptEvent = [id: string, type: string, data: unknown, revision: string, recordedAt: string];

const eventsIn = (stream: string, kept: readonly string[] = []) =>
  kept.map((text) => {
    const [id, type, data, revision, recordedAt] = JSON.parse(text) as KeptEvent;
    return { id, type, data, stream, revision: BigInt(revision), metadata: { recordedAt } };
  });

/** An order's trade as known at an instant (UTC, ISO 8601; now when left out); undefined while it does not count. */
export class OrderAt extends Query<TradeOrder | undefined> {
  constructor(
    readonly order: string,
    readonly knownAt?: string,
  ) {
    super();
  }
}

@QueryHandler(OrderAt)
export class OrderAtHandler implements IQueryHandler<OrderAt> {
  constructor(private readonly trade: Trade) {}

  execute({ order, knownAt }: OrderAt): Promise<TradeOrder | undefined> {
    return this.trade.of(order, knownAt);
  }
}

/**
 * All orders that count in which an enterprise is lead or supplier, the oldest first. Which orders there are comes from a
 * list that has at least what was recorded when it was asked; throws StoreUnavailable where that list is behind.
 */
export class TradeOf extends Query<TradeOrder[]> {
  constructor(
    readonly enterprise: string,
    readonly knownAt?: string,
  ) {
    super();
  }
}

@QueryHandler(TradeOf)
export class TradeOfHandler implements IQueryHandler<TradeOf> {
  constructor(
    private readonly trade: Trade,
    private readonly queries: QueryBus,
    private readonly readModels: ReadModels,
    private readonly store: EventStore,
  ) {}

  async execute({ enterprise, knownAt }: TradeOf): Promise<TradeOrder[]> {
    const head = await this.store.head();
    if (head !== undefined && !(await this.readModels.reached(orders, head, PATIENCE))) {
      throw new StoreUnavailable(`${orders.name} is behind`);
    }
    const found: TradeOrder[] = [];
    for (const id of await this.queries.execute(new OrderIdsOf(enterprise))) {
      const order = await this.trade.of(id, knownAt);
      if (order) found.push(order);
    }
    return found;
  }
}
