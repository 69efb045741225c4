import { CommandContext, Committed, EventStore, Recorded, Streams } from '@app/event-store';
import { Clock, instantText } from '@app/kernel';
import { Command, CommandBus, CommandHandler, ICommandHandler } from '@nestjs/cqrs';
import { derivedContext, TellCatalogue } from './catalogue.handlers';
import { listing, ListingCommand, ListingEvent } from './listing.decider';
import { ByPerson, FirmFacts, listingStream, PublishListing, TellListing } from './listing.handlers';
import { ListingFiles } from './listing-files.handlers';
import { isDraft } from './listing-state.rules';
import type { CarriedQuestion } from './listing-story.rules';
import type { ListingTerms } from './listing-terms.rules';
import { StandInCatalogue } from './publication.handlers';

/**
 * Cancel-and-republish as one action, for what may not change once somebody has offered: the successor is drafted, the old
 * listing cancelled naming it, the successor published. Each step has its own id, so that a retry goes on where the first
 * try ended.
 */
export class RepublishListing extends Command<Committed[]> {
  constructor(
    readonly listing: string,
    readonly successor: string,
    readonly person: ByPerson,
    readonly terms: ListingTerms,
    readonly text: string | undefined,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RepublishListing)
export class RepublishListingHandler implements ICommandHandler<RepublishListing> {
  constructor(
    private readonly streams: Streams,
    private readonly store: EventStore,
    private readonly facts: FirmFacts,
    private readonly files: ListingFiles,
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  async execute({ listing: old, successor, person, terms, text, context }: RepublishListing) {
    const { by } = person;
    const at = instantText(this.clock.now());
    await this.files.check(by, { terms });
    const cancel = { type: 'CancelListing', by, at, reason: 'republished', text, replacedBy: successor } as const;
    const draft = {
      type: 'DraftListing',
      listing: successor,
      kind: 'purchase',
      by,
      terms,
      replaces: old,
      ...(await this.carriedOver(old, cancel)),
    } as const;
    await this.checkPublishable(draft, person, at);
    const drafting = derivedContext(context, 'draft');
    const drafted = await this.streams.decide(listing, listingStream(successor), draft, drafting);
    const cancelling = derivedContext(context, 'cancel');
    const cancelled = await this.commands.execute(new TellListing(old, cancel, cancelling));
    const finished = await this.commands.execute(new FinishRepublishing(successor, person, cancelling));
    return [drafted, cancelled, ...finished];
  }

  /** Before anything is done: a successor that cannot be published would leave the lead with neither. */
  private async checkPublishable(
    draft: Extract<ListingCommand, { type: 'DraftListing' }>,
    person: ByPerson,
    at: string,
  ): Promise<void> {
    const { state } = await this.streams.load(listing, listingStream(draft.listing));
    if (state) return;
    const { secondPersonFor: _, ...facts } = await this.facts.publisher(person.by);
    listing.decide(
      { type: 'PublishListing', ...person, ...facts, at, proposal: draft.listing, secondPerson: false },
      listing.decide(draft, undefined).reduce(listing.evolve, undefined),
    );
  }

  /** Text and answers go over; who asked stays in the story of the old listing. Nothing of a listing that is another's. */
  private async carriedOver(
    id: string,
    cancel: ListingCommand,
  ): Promise<{ catalogue?: string; questions: CarriedQuestion[] }> {
    listing.decide(cancel, (await this.streams.load(listing, listingStream(id))).state);
    const asked = new Map<string, CarriedQuestion>();
    let catalogue: string | undefined;
    for await (const recorded of this.store.read(listingStream(id))) {
      const event = recorded as Recorded<ListingEvent>;
      if (event.type === 'ListingPublished') {
        ({ catalogue } = event.data);
        for (const carried of event.data.questions ?? []) asked.set(carried.question, carried);
      } else if (event.type === 'QuestionAsked') {
        const { question, text } = event.data;
        asked.set(question, { question, text });
      } else if (event.type === 'QuestionAnswered') {
        const { question, text: answer } = event.data;
        const before = asked.get(question);
        if (before) asked.set(question, { ...before, answer });
      }
    }
    return { catalogue, questions: [...asked.values()] };
  }
}

/**
 * What is left once the old listing is cancelled: the successor enters the catalogue and is published. `context` is that of
 * the cancellation, so that whoever goes on finds each step done or does it.
 */
export class FinishRepublishing extends Command<Committed[]> {
  constructor(
    readonly successor: string,
    readonly person: ByPerson,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(FinishRepublishing)
export class FinishRepublishingHandler implements ICommandHandler<FinishRepublishing> {
  constructor(
    private readonly streams: Streams,
    private readonly commands: CommandBus,
  ) {}

  async execute({ successor, person, context }: FinishRepublishing) {
    const { state } = await this.streams.load(listing, listingStream(successor));
    const catalogue = state && isDraft(state) ? state.drafted.catalogue : undefined;
    const committed: Committed[] = [];
    if (catalogue !== undefined) {
      const enter = { type: 'AddToCatalogue', by: person.by, kind: 'demand', items: [successor] } as const;
      committed.push(
        await this.commands.execute(new TellCatalogue(catalogue, enter, derivedContext(context, 'enter'))),
      );
    }
    const publish = new PublishListing(successor, person, derivedContext(context, 'publish'));
    const stood = await this.commands.execute(new StandInCatalogue(publish));
    return [...committed, ...stood.committed];
  }
}
