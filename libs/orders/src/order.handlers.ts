import { CommandContext, Committed, Streams } from '@app/event-store';
import { Command, CommandHandler, ICommandHandler } from '@nestjs/cqrs';
import type { OrderCommand } from './order-commands.rules';
import { order } from './order.decider';
import type { OrderEvent } from './order-story.rules';

export const orderStream = (id: string): string => `order-${id}`;

/** Vault entries that orders write: disputes and decisions may name people. */
export const ORDER_TEXTS = 'order-text';

export type ToldOrder = Committed<OrderEvent>;

/** Any command to one order that needs nothing from elsewhere. */
export class TellOrder extends Command<ToldOrder> {
  constructor(
    readonly order: string,
    readonly command: OrderCommand,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(TellOrder)
export class TellOrderHandler implements ICommandHandler<TellOrder> {
  constructor(private readonly streams: Streams) {}

  execute({ order: id, command, context }: TellOrder) {
    return this.streams.decide(order, orderStream(id), command, context);
  }
}
