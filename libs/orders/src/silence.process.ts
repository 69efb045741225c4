import type { CommandContext, Recorded } from '@app/event-store';
import { Clock, instantText } from '@app/kernel';
import type { Planned, Process } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { silenceEnds } from './order-silence.rules';
import { TellOrder } from './order.handlers';
import type { OrderEvent } from './order-story.rules';

type Task = { readonly order: string; readonly fact: string; readonly since: string };

/**
 * 对方未回应: what nobody answers for ten working days. Every answer ends the wait; a delivery answered in part waits on
 * for the rest of it.
 */
@Injectable()
export class SilenceProcess implements Process<OrderEvent, Task> {
  readonly name = 'order-silence';
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
      'OrderFactConfirmed',
      'OrderFactDisputed',
      'OrderFactTakenBack',
      'OrderFactDecided',
    ],
  };

  constructor(
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  react(event: Recorded<OrderEvent>): Planned<Task>[] {
    const order = event.stream.slice('order-'.length);
    switch (event.type) {
      case 'OrderOpened': {
        const { origin, at } = event.data;
        return origin.kind === 'recorded' ? [waiting(order, origin.fact, at)] : [];
      }
      case 'OrderFactConfirmed':
      case 'OrderFactDisputed':
      case 'OrderFactTakenBack':
      case 'OrderFactDecided':
        return [{ drop: keyOf(order, event.data.fact) }];
      case 'ContractEntered':
      case 'DeliveryEntered':
      case 'DeliveryAccepted':
      case 'ReturnEntered':
      case 'InvoiceEntered':
      case 'PaymentEntered':
      case 'ChangeProposed':
      case 'EndProposed':
        return [waiting(order, event.data.fact, event.data.at)];
      default:
        return [];
    }
  }

  perform({ order, fact, since }: Task, context: CommandContext): Promise<unknown> {
    const at = instantText(this.clock.now());
    return this.commands.execute(new TellOrder(order, { type: 'RecordSilence', fact, since, at }, context));
  }
}

const keyOf = (order: string, fact: string): string => `${order} ${fact}`;

const waiting = (order: string, fact: string, since: string): Planned<Task> => ({
  do: keyOf(order, fact),
  at: silenceEnds(since),
  task: { order, fact, since },
});
