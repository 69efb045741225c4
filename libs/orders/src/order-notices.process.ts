import { Streams } from '@app/event-store';
import type { CommandContext, Recorded } from '@app/event-store';
import { MessagePort } from '@app/inbox';
import { derivedId } from '@app/kernel';
import { labels, MessageAbout, messageOf } from '@app/labels';
import type { Planned, Process } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { order as orderDecider } from './order.decider';
import { orderStream } from './order.handlers';
import { otherSide } from './order-state.rules';
import type { OrderEvent, OrderSide } from './order-story.rules';

/** Ids and words only, never a figure: a message leaves the platform. */
type Task = {
  readonly order: string;
  readonly about: MessageAbout;
  readonly to: readonly OrderSide[] | 'maker';
  readonly fact?: string;
};

const BOTH: readonly OrderSide[] = ['lead', 'supplier'];

/** Tells both firms what happened on their order that they have to know or to answer. */
@Injectable()
export class OrderNoticesProcess implements Process<OrderEvent, Task> {
  readonly name = 'order-notices';
  readonly filter = {
    categories: ['order'],
    types: [
      'OrderOpened',
      'ContractEntered',
      'DeliveryEntered',
      'DeliveryAccepted',
      'ReturnEntered',
      'InvoiceEntered',
      'PaymentEntered',
      'ChangeProposed',
      'EndProposed',
      'OrderFactDisputed',
      'OrderFactDecided',
      'OrderEnded',
    ],
  };

  constructor(
    private readonly messages: MessagePort,
    private readonly streams: Streams,
  ) {}

  react(event: Recorded<OrderEvent>): Planned<Task>[] {
    const order = event.stream.slice('order-'.length);
    const notice = noticeOf(event);
    return notice ? [{ do: event.id, task: { order, ...notice } }] : [];
  }

  async perform({ order: id, about, to, fact }: Task, { commandId }: CommandContext): Promise<unknown> {
    const { state } = await this.streams.load(orderDecider, orderStream(id));
    if (!state) return 0;
    const known = fact === undefined ? undefined : state.facts.get(fact);
    const sides = to === 'maker' ? (known ? [known.by.side] : BOTH) : to;
    const [first] = state.lines.values();
    const values = {
      order: id,
      product: first?.product ?? '',
      ...(known && { kind: labels['fact-kind']![known.kind]! }),
    };
    const message = messageOf(about, values);
    for (const side of sides) {
      await this.messages.send({
        id: derivedId(commandId, side),
        to: { registration: state[side].registration },
        ...message,
      });
    }
    return sides.length;
  }
}

function noticeOf(event: Recorded<OrderEvent>): Omit<Task, 'order'> | undefined {
  switch (event.type) {
    case 'OrderOpened': {
      const { origin, by } = event.data;
      if (origin.kind === 'award') return { about: 'order-opened', to: BOTH };
      return by && { about: 'order-recorded', to: [otherSide(by.side)] };
    }
    case 'DeliveryEntered':
      return { about: 'delivery-to-accept', to: ['lead'] };
    case 'DeliveryAccepted':
      return { about: 'delivery-answered', to: ['supplier'] };
    case 'ContractEntered':
    case 'ReturnEntered':
    case 'InvoiceEntered':
    case 'PaymentEntered':
    case 'ChangeProposed':
    case 'EndProposed': {
      const { fact, by } = event.data;
      // What stands in a statement was confirmed there.
      if ('statement' in event.data && event.data.statement !== undefined) return undefined;
      return { about: 'fact-to-confirm', to: [otherSide(by.side)], fact };
    }
    case 'OrderFactDisputed':
      return { about: 'order-fact-disputed', to: 'maker', fact: event.data.fact };
    case 'OrderFactDecided':
      return { about: 'order-fact-decided', to: BOTH, fact: event.data.fact };
    case 'OrderEnded':
      return { about: 'order-ended', to: BOTH };
    default:
      return undefined;
  }
}
