import type { CommandContext, Recorded } from '@app/event-store';
import { TellListing } from '@app/matching';
import type { Planned, Process } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { OrderEvent } from './order-story.rules';

type Task = {
  readonly listing: string;
  readonly share: string;
  readonly order: string;
  readonly fact: string;
  readonly quantity: string;
  readonly at: string;
};

/** What an order will not deliver any more goes back to its listings, where it can be awarded again. */
@Injectable()
export class ReturningProcess implements Process<OrderEvent, Task> {
  readonly name = 'rest-returning';
  readonly filter = { categories: ['order'], types: ['OrderChanged', 'OrderEnded'] };

  constructor(private readonly commands: CommandBus) {}

  react(event: Recorded<OrderEvent>): Planned<Task>[] {
    if (event.type !== 'OrderChanged' && event.type !== 'OrderEnded') return [];
    const order = event.stream.slice('order-'.length);
    const { fact, rest, at } = event.data;
    // A trade that was not matched here has no listing to go back to.
    return rest.flatMap(({ line, share = line, listing, quantity }) =>
      listing === undefined
        ? []
        : [{ do: `${order} ${fact} ${line}`, task: { listing, share, order, fact, quantity, at } }],
    );
  }

  perform({ listing, ...rest }: Task, context: CommandContext): Promise<unknown> {
    return this.commands.execute(new TellListing(listing, { type: 'ReturnRest', ...rest }, context));
  }
}
