import { CommandContext, Committed, EventStore, Recorded, Streams } from '@app/event-store';
import { Clock, shanghaiDay } from '@app/kernel';
import { Command, CommandHandler, ICommandHandler, IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { knownAt } from './enterprise.rules';
import { LeadList, leadList, LeadListCommand, LeadListEvent } from './lead-list.decider';
import { LeadListIds } from './lead-lists.view';
import { listsFor } from './lead-membership.rules';

export const leadListStream = (list: string): string => `leadlist-${list}`;

/** Any command to one version of the list of lead firms. */
export class TellLeadList extends Command<Committed<LeadListEvent>> {
  constructor(
    readonly list: string,
    readonly command: LeadListCommand,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(TellLeadList)
export class TellLeadListHandler implements ICommandHandler<TellLeadList> {
  constructor(private readonly streams: Streams) {}

  execute({ list, command, context }: TellLeadList) {
    return this.streams.decide(leadList, leadListStream(list), command, context);
  }
}

export type Membership = {
  readonly wasLead: boolean;
  /** The published lists that make it so, by the period they hold for. */
  readonly lists: readonly { readonly list: string; readonly title: string; readonly publishedOn: string }[];
};

/**
 * Whether a firm was a lead firm on a day. With `knownAt` (UTC, ISO 8601): whether that was known then, when neither a
 * later event nor a later publication exists.
 */
export class LeadMembership extends Query<Membership> {
  constructor(
    readonly enterprise: string,
    readonly day: string,
    readonly knownAt?: string,
  ) {
    super();
  }
}

@QueryHandler(LeadMembership)
export class LeadMembershipHandler implements IQueryHandler<LeadMembership, Membership> {
  constructor(
    private readonly streams: Streams,
    private readonly store: EventStore,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  async execute({ enterprise, day, knownAt: instant }: LeadMembership): Promise<Membership> {
    // The view only names the lists; each is folded from its own stream.
    const ids = await this.queries.execute(new LeadListIds());
    const lists = await Promise.all(ids.map((list) => leadListAt(this.streams, this.store, list, instant)));
    const known = shanghaiDay(instant ?? this.clock.now());
    const found = listsFor(lists, enterprise, day, known);
    return {
      wasLead: found.length > 0,
      lists: found.map(({ list, head: { title }, publishedOn }) => ({ list, title, publishedOn })),
    };
  }
}

async function leadListAt(streams: Streams, store: EventStore, list: string, known?: string): Promise<LeadList> {
  if (known === undefined) return (await streams.load(leadList, leadListStream(list))).state;
  const events: Recorded<LeadListEvent>[] = [];
  for await (const event of store.read(leadListStream(list))) events.push(event as Recorded<LeadListEvent>);
  return knownAt(events, known).reduce<LeadList>(leadList.evolve, leadList.initial);
}
