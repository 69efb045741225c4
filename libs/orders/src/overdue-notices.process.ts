import type { Recorded } from '@app/event-store';
import { MessagePort } from '@app/inbox';
import { addDays, Clock, derivedId, instantText, shanghaiDay, startOfDay } from '@app/kernel';
import { messageOf } from '@app/labels';
import type { Planned, Process } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Dues } from './payment-clock.view';

type Task = { readonly day: string };

/** Nine in the morning in Asia/Shanghai. */
const MORNING = 9 * 3_600_000;
const MOST_AT_ONCE = 200;
/** Days late after which it is no news any more: what was entered long afterwards stands on the list alone. */
const STALE = 30;

/**
 * Tells both firms in the morning that a payment is late, once for each order and due day. As the daily digest does, every
 * event plans the next two mornings: after a quiet time whoever comes first takes up what was left over.
 */
@Injectable()
export class OverdueNoticesProcess implements Process<never, Task> {
  readonly name = 'overdue-notices';
  readonly filter = {};

  constructor(
    private readonly messages: MessagePort,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  react({ metadata }: Recorded): Planned<Task>[] {
    const today = shanghaiDay(metadata.recordedAt);
    return [addDays(today, 1), addDays(today, 2)].map((day) => ({
      do: `overdue ${day}`,
      at: instantText(startOfDay(day) + MORNING),
      task: { day },
    }));
  }

  async perform(): Promise<unknown> {
    const today = shanghaiDay(this.clock.now());
    const asked = { state: 'overdue' } as const;
    let told = 0;
    for (let after: Dues['wanted']['after']; ;) {
      const wanted = { order: '-due', limit: MOST_AT_ONCE, ...(after && { after }) } as const;
      const { rows, next } = await this.queries.execute(new Dues({}, asked, today, wanted));
      for (const { order, dueOn, products, leadRegistration, supplierRegistration } of rows) {
        if (dueOn! < addDays(today, -STALE)) return told;
        const values = { order, product: products[0] ?? '', dueOn: dueOn! };
        const parties = [
          ['payment-to-make', leadRegistration],
          ['payment-overdue', supplierRegistration],
        ] as const;
        for (const [about, registration] of parties) {
          // The id makes it news once: sent again it is the message that is there.
          const id = derivedId('payment overdue', order, dueOn!, registration);
          await this.messages.send({ id, to: { registration }, ...messageOf(about, values) });
          told++;
        }
      }
      if (!next) return told;
      after = next;
    }
  }
}
