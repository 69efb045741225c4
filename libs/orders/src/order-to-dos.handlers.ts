import type { Actor } from '@app/auth';
import { GivesToDos } from '@app/inbox';
import type { ToDo, ToDoSource } from '@app/inbox';
import { endOfDay, instantText } from '@app/kernel';
import { Readers } from '@app/matching';
import { ReadModels } from '@app/projections';
import { Injectable } from '@nestjs/common';
import type { OrderHolder } from './order-figures.rules';
import { waitsFor } from './order-figures.rules';
import { OrderReaders, sideOf } from './order-readers.handlers';
import { OrderRow } from './order-row.view';
import { silenceEnds } from './order-silence.rules';
import { isOpen } from './order-state.rules';
import { Orders, orders } from './orders.view';
import { Dues } from './payment-clock.view';
import type { ClockDue } from './payment-clock.view';
import { QueryBus } from '@nestjs/cqrs';

/** Orders looked through for one reader: of more he sees the oldest first. */
const MOST_ORDERS = 1_000;

/** What waits for somebody in orders: facts to answer, deliveries to accept, contracts, late payments, and disputes for offices. */
@GivesToDos()
@Injectable()
export class OrderToDos implements ToDoSource {
  readonly views = [orders];

  constructor(
    private readonly queries: QueryBus,
    private readonly readModels: ReadModels,
    private readonly orderReaders: OrderReaders,
    private readonly readers: Readers,
  ) {}

  async toDos(actor: Actor): Promise<ToDo[]> {
    const isOffice = actor.roles.some((role) => role === 'county-officer' || role === 'city-officer');
    if (!isOffice && (!actor.party || actor.party.innerRole === 'viewer')) return [];
    const found = await Promise.all([
      this.facts(actor, isOffice),
      isOffice ? [] : this.contracts(actor),
      isOffice ? [] : this.payments(actor, 'overdue'),
      isOffice ? [] : this.payments(actor, 'due-soon'),
    ]);
    return found.flat();
  }

  private async facts(actor: Actor, isOffice: boolean): Promise<ToDo[]> {
    const whose = await this.orderReaders.whose(actor);
    const wanted = { order: 'changed', limit: MOST_ORDERS } as const;
    const { rows } = await this.queries.execute(new Orders(whose, { waiting: true }, wanted));
    const nameOf = await this.readers.namesOf(rows.flatMap(({ lead, supplier }) => [lead, supplier]));
    const folded = await this.folded(rows.map(({ order }) => order));
    return rows.flatMap((row) => {
      const reader: OrderHolder | undefined = isOffice ? 'office' : sideOf(row, actor);
      const facts = (folded.get(row.order)?.facts ?? []).filter(
        (fact) => isOpen(fact) && reader && waitsFor(fact, reader),
      );
      const firm = nameOf(reader === 'lead' ? row.supplier : row.lead);
      const kinds = new Map<string, typeof facts>();
      for (const fact of facts) {
        const kind = isOffice
          ? fact.state === 'disputed'
            ? 'order-facts-to-decide'
            : 'order-facts-unanswered'
          : fact.kind === 'delivery'
            ? 'deliveries-to-accept'
            : 'facts-to-confirm';
        kinds.set(kind, [...(kinds.get(kind) ?? []), fact]);
      }
      return [...kinds].map(([kind, own]): ToDo => {
        const since = own.map(({ waitingSince }) => waitingSince).sort()[0]!;
        const due = isOffice ? undefined : silenceEnds(since);
        return { ...head(row, kind, firm), items: own.length, since, ...(due !== undefined && { due }) };
      });
    });
  }

  private async contracts(actor: Actor): Promise<ToDo[]> {
    const whose = await this.orderReaders.whose(actor);
    const wanted = { order: 'opened', limit: MOST_ORDERS } as const;
    const { rows } = await this.queries.execute(new Orders(whose, { contractMissing: true }, wanted));
    const nameOf = await this.readers.namesOf(rows.flatMap(({ lead, supplier }) => [lead, supplier]));
    // Where somebody has entered one, it waits for the other's word and stands among the facts.
    return rows
      .filter(({ waits }) => waits.lead + waits.supplier + waits.office === 0)
      .map((row) => {
        const other = sideOf(row, actor) === 'lead' ? row.supplier : row.lead;
        return { ...head(row, 'order-contract-missing', nameOf(other)), since: row.openedAt };
      });
  }

  /** Of each order the first day on which something is late, or soon will be: to the lead to pay, to the SME to ask for. */
  private async payments(actor: Actor, state: 'overdue' | 'due-soon'): Promise<ToDo[]> {
    const { today } = this.orderReaders;
    const whose = await this.orderReaders.whose(actor);
    const wanted = { order: 'due', limit: MOST_ORDERS } as const;
    const { rows } = await this.queries.execute(new Dues(whose, { state }, today, wanted));
    const nameOf = await this.readers.namesOf(rows.flatMap(({ lead, supplier }) => [lead, supplier]));
    const first = new Map<string, { due: ClockDue; items: number }>();
    for (const due of rows) {
      const before = first.get(due.order);
      first.set(due.order, { due: before?.due ?? due, items: (before?.items ?? 0) + 1 });
    }
    return [...first.values()].flatMap(({ due: row, items }): ToDo[] => {
      const side = sideOf(row, actor);
      // A supplier has nothing to do about what is not late yet.
      if (side === 'supplier' && state === 'due-soon') return [];
      const kind = side === 'lead' ? 'payments-to-make' : 'payments-overdue';
      const firm = nameOf(side === 'lead' ? row.supplier : row.lead);
      return [{ ...head(row, kind, firm), items, due: instantText(endOfDay(row.dueOn!)) }];
    });
  }

  private async folded(ids: readonly string[]): Promise<ReadonlyMap<string, OrderRow['folded']>> {
    if (ids.length === 0) return new Map();
    const rows = await this.readModels.read(orders, (view) =>
      view.query<Pick<OrderRow, 'order' | 'folded'>[]>(
        'SELECT "order", folded FROM trade_order WHERE "order" = ANY($1)',
        [ids],
      ),
    );
    return new Map(rows.map(({ order, folded }) => [order, folded]));
  }
}

const head = (row: { order: string; products: readonly string[] }, kind: string, firm: string | undefined) => ({
  kind,
  link: { order: row.order },
  ...(row.products[0] !== undefined && { subject: row.products[0] }),
  ...(firm !== undefined && { firm }),
});
