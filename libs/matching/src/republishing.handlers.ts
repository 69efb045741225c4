import { CommandContext, Committed, EventStore, Recorded, Streams } from '@app/event-store';
import { Clock, instantText, Refused } from '@app/kernel';
import { Command, CommandBus, CommandHandler, ICommandHandler } from '@nestjs/cqrs';
import { derivedContext, TellCatalogue } from './catalogue.handlers';
import { listing, ListingEvent } from './listing.decider';
import { ByPerson, FirmFacts, listingStream, PublishListing, TellListing } from './listing.handlers';
import type { CarriedQuestion } from './listing-story.rules';
import type { ListingTerms } from './listing-terms.rules';

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
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  async execute({ listing: old, successor, person, terms, text, context }: RepublishListing) {
    const { by } = person;
    const at = instantText(this.clock.now());
    const { catalogue, questions } = await this.carriedOver(old);
    const drafted = await this.streams.decide(
      listing,
      listingStream(successor),
      { type: 'DraftListing', listing: successor, kind: 'purchase', by, terms, catalogue, replaces: old, questions },
      derivedContext(context, 'draft'),
    );
    try {
      await this.checkPublishable(successor, person, at);
      const cancel = { type: 'CancelListing', by, at, reason: 'republished', text, replacedBy: successor } as const;
      const cancelled = await this.commands.execute(new TellListing(old, cancel, derivedContext(context, 'cancel')));
      const entered = catalogue
        ? [
            await this.commands.execute(
              new TellCatalogue(
                catalogue,
                { type: 'AddToCatalogue', by, items: [successor] },
                derivedContext(context, 'enter'),
              ),
            ),
          ]
        : [];
      const published = await this.commands.execute(
        new PublishListing(successor, person, derivedContext(context, 'publish')),
      );
      return [drafted, cancelled, ...entered, published];
    } catch (error) {
      if (error instanceof Refused) await this.takeBack(successor, by, at, context);
      throw error;
    }
  }

  /** Before the old listing ends: a successor that cannot be published would leave the lead with neither. */
  private async checkPublishable(successor: string, person: ByPerson, at: string): Promise<void> {
    const { state } = await this.streams.load(listing, listingStream(successor));
    const { secondPersonFor: _, ...facts } = await this.facts.publisher(person.by);
    listing.decide(
      { type: 'PublishListing', ...person, ...facts, at, proposal: successor, secondPerson: false },
      state,
    );
  }

  private async takeBack(successor: string, by: ByPerson['by'], at: string, context: CommandContext): Promise<void> {
    const { state } = await this.streams.load(listing, listingStream(successor));
    if (state?.phase !== 'draft') return;
    const step = derivedContext(context, 'discard');
    await this.commands.execute(new TellListing(successor, { type: 'DiscardDraft', by, at }, step));
  }

  /** Text and answers go over; who asked stays in the story of the old listing. */
  private async carriedOver(id: string): Promise<{ catalogue?: string; questions: CarriedQuestion[] }> {
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
