import { Streams } from '@app/event-store';
import type { CommandContext, Recorded } from '@app/event-store';
import { instantText, instantTime } from '@app/kernel';
import type { Planned, Process } from '@app/projections';
import { Injectable } from '@nestjs/common';
import type { EvidenceEvent } from './evidence-story.rules';
import { Held, InvoiceClaims, SWEPT_AFTER } from './invoice-claims.handlers';
import { order } from './order.decider';
import { orderStream } from './order.handlers';
import type { OrderEvent } from './order-story.rules';

type Task =
  | ({ readonly do: 'sweep' } & Held)
  | { readonly do: 'release'; readonly order: string; readonly fact: string };

/**
 * Releases invoices that nobody holds any more: a claim that a crash left without an order, and one whose fact was taken
 * back or was found by an office not to hold.
 */
@Injectable()
export class InvoiceSweepProcess implements Process<EvidenceEvent | OrderEvent, Task> {
  readonly name = 'invoice-sweep';
  readonly filter = {
    categories: ['evidence', 'order'],
    types: ['InvoiceClaimed', 'InvoiceRestClaimed', 'InvoiceReleased', 'OrderFactTakenBack', 'OrderFactDecided'],
  };

  constructor(
    private readonly streams: Streams,
    private readonly claims: InvoiceClaims,
  ) {}

  react(event: Recorded<EvidenceEvent | OrderEvent>): Planned<Task>[] {
    switch (event.type) {
      case 'InvoiceClaimed': {
        const { number, claimant, redOf, at } = event.data;
        const due = instantText(instantTime(at) + SWEPT_AFTER);
        return [{ do: event.stream, at: due, task: { do: 'sweep', number, claimant, ...(redOf && { redOf }) } }];
      }
      case 'InvoiceRestClaimed': {
        const { claimant, at } = event.data;
        const number = event.stream.slice('evidence-'.length);
        const due = instantText(instantTime(at) + SWEPT_AFTER);
        return [{ do: event.id, at: due, task: { do: 'sweep', number, claimant } }];
      }
      case 'InvoiceReleased':
        return [{ drop: event.stream }];
      case 'OrderFactDecided':
        return event.data.decision === 'not-held' ? [releaseOf(event.stream, event.data.fact)] : [];
      case 'OrderFactTakenBack':
        return [releaseOf(event.stream, event.data.fact)];
      default:
        return [];
    }
  }

  async perform(task: Task, context: CommandContext): Promise<unknown> {
    if (task.do === 'sweep') return this.claims.releaseIfLeft(task, 'no-order', context);
    const { order: id, fact } = task;
    const { state } = await this.streams.load(order, orderStream(id));
    const invoice = state?.facts.get(fact);
    if (invoice?.kind !== 'invoice') return undefined;
    const { number, redOf } = invoice;
    return this.claims.releaseIfLeft(
      { number, redOf, claimant: { kind: 'order', order: id, fact } },
      'disputed',
      context,
    );
  }
}

const releaseOf = (stream: string, fact: string): Planned<Task> => {
  const id = stream.slice('order-'.length);
  return { do: `${id} ${fact}`, task: { do: 'release', order: id, fact } };
};
