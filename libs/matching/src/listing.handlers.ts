import { CommandContext, Committed, Streams } from '@app/event-store';
import { Clock, instantText, Party, shanghaiDay } from '@app/kernel';
import { LeadMembership, StandingOf, StandingStates } from '@app/registry';
import { Injectable } from '@nestjs/common';
import { Command, CommandHandler, ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { listing, ListingCommand, ListingEvent, PublishedListing } from './listing.decider';
import { ListingFiles } from './listing-files.handlers';
import type { PublisherFacts } from './listing-publishing.rules';
import type { Listing } from './listing-state.rules';
import type { ListingTerms, StandingState } from './listing-terms.rules';
import type { NotChosen, ShareAsked } from './listing-story.rules';

export const listingStream = (id: string): string => `listing-${id}`;

export type ToldListing = Committed<ListingEvent>;

/** What a lead does in person: the account matters where a second person is wanted. */
export type ByPerson = { readonly by: Party; readonly account: string };

/** What the registry says about firms now, folded from the streams that own it: what deciders are told. */
@Injectable()
export class FirmFacts {
  constructor(
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  async standing({ registration, enterprise }: Party): Promise<StandingState> {
    return (await this.queries.execute(new StandingOf(registration, enterprise))).state;
  }

  standings(parties: readonly Party[]): Promise<Readonly<Record<string, StandingState>>> {
    return this.queries.execute(new StandingStates(parties));
  }

  /** Of a lead on the day of its act. */
  async publisher({
    registration,
    enterprise,
  }: Party): Promise<PublisherFacts & { secondPersonFor: readonly string[] }> {
    const [standing, membership] = await Promise.all([
      this.queries.execute(new StandingOf(registration, enterprise)),
      this.queries.execute(new LeadMembership(enterprise, shanghaiDay(this.clock.now()))),
    ]);
    return { standing: standing.state, onLeadList: membership.wasLead, secondPersonFor: standing.secondPersonFor };
  }
}

/** Any command to one listing that needs nothing from elsewhere. */
export class TellListing extends Command<ToldListing> {
  constructor(
    readonly listing: string,
    readonly command: ListingCommand,
    readonly context: CommandContext,
    /** Looks at the state that the command is about to change; throws what the caller is to get. */
    readonly precondition?: (state: Listing) => void,
  ) {
    super();
  }
}

@CommandHandler(TellListing)
export class TellListingHandler implements ICommandHandler<TellListing> {
  constructor(private readonly streams: Streams) {}

  execute({ listing: id, command, context, precondition }: TellListing) {
    return this.streams.decide(listing, listingStream(id), command, context, { precondition });
  }
}

/** A draft, or other terms for one. */
export class WriteDraft extends Command<ToldListing> {
  constructor(
    readonly listing: string,
    readonly command: Extract<ListingCommand, { type: 'DraftListing' | 'ChangeDraft' }>,
    readonly context: CommandContext,
    readonly precondition?: (state: Listing) => void,
  ) {
    super();
  }
}

@CommandHandler(WriteDraft)
export class WriteDraftHandler implements ICommandHandler<WriteDraft> {
  constructor(
    private readonly streams: Streams,
    private readonly files: ListingFiles,
  ) {}

  async execute({ listing: id, command, context, precondition }: WriteDraft) {
    await this.files.check(command.by, command);
    return this.streams.decide(listing, listingStream(id), command, context, { precondition });
  }
}

/** Publishes a draft, or proposes to where the firm wants two persons. */
export class PublishListing extends Command<ToldListing> {
  constructor(
    readonly listing: string,
    readonly person: ByPerson,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(PublishListing)
export class PublishListingHandler implements ICommandHandler<PublishListing> {
  constructor(
    private readonly streams: Streams,
    private readonly facts: FirmFacts,
    private readonly clock: Clock,
  ) {}

  async execute({ listing: id, person, context }: PublishListing) {
    const { secondPersonFor, ...facts } = await this.facts.publisher(person.by);
    return this.streams.decide(
      listing,
      listingStream(id),
      {
        type: 'PublishListing',
        ...person,
        ...facts,
        at: instantText(this.clock.now()),
        proposal: context.commandId,
        secondPerson: secondPersonFor.includes('publish'),
      },
      context,
    );
  }
}

/** Changes a published listing, or proposes to: terms are what is published, so the same two persons. */
export class AmendListing extends Command<ToldListing> {
  constructor(
    readonly listing: string,
    readonly person: ByPerson,
    readonly terms: ListingTerms,
    readonly context: CommandContext,
    readonly precondition?: (state: Listing) => void,
  ) {
    super();
  }
}

@CommandHandler(AmendListing)
export class AmendListingHandler implements ICommandHandler<AmendListing> {
  constructor(
    private readonly streams: Streams,
    private readonly facts: FirmFacts,
    private readonly files: ListingFiles,
    private readonly clock: Clock,
  ) {}

  async execute({ listing: id, person, terms, context, precondition }: AmendListing) {
    await this.files.check(person.by, { terms });
    const { secondPersonFor } = await this.facts.publisher(person.by);
    return this.streams.decide(
      listing,
      listingStream(id),
      {
        type: 'AmendListing',
        ...person,
        terms,
        at: instantText(this.clock.now()),
        proposal: context.commandId,
        secondPerson: secondPersonFor.includes('publish'),
      },
      context,
      { precondition },
    );
  }
}

/** The second person's approval of what a first one proposed. */
export class ApproveListingProposal extends Command<ToldListing> {
  constructor(
    readonly listing: string,
    readonly person: ByPerson,
    readonly proposal: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ApproveListingProposal)
export class ApproveListingProposalHandler implements ICommandHandler<ApproveListingProposal> {
  constructor(
    private readonly streams: Streams,
    private readonly facts: FirmFacts,
    private readonly clock: Clock,
  ) {}

  async execute({ listing: id, person, proposal, context }: ApproveListingProposal) {
    const { standing, onLeadList } = await this.facts.publisher(person.by);
    const { state } = await this.streams.load(listing, listingStream(id));
    const standings = await this.facts.standings(suppliersOf(state));
    return this.streams.decide(
      listing,
      listingStream(id),
      {
        type: 'ApproveProposal',
        ...person,
        proposal,
        standing,
        onLeadList,
        standings,
        at: instantText(this.clock.now()),
      },
      context,
    );
  }
}

/** What a party may do on a listing only by its standing. */
export class TellListingAsParty extends Command<ToldListing> {
  constructor(
    readonly listing: string,
    readonly command: WithoutStanding<'AskQuestion' | 'PledgeConfidentiality' | 'AcceptShares'>,
    readonly context: CommandContext,
  ) {
    super();
  }
}

type WithoutStanding<Type> = ListingCommand extends infer C
  ? C extends { type: Type }
    ? Omit<C, 'standing'>
    : never
  : never;

@CommandHandler(TellListingAsParty)
export class TellListingAsPartyHandler implements ICommandHandler<TellListingAsParty> {
  constructor(
    private readonly streams: Streams,
    private readonly facts: FirmFacts,
  ) {}

  async execute({ listing: id, command, context }: TellListingAsParty) {
    const standing = await this.facts.standing(command.by);
    return this.streams.decide(listing, listingStream(id), { ...command, standing }, context);
  }
}

/** Awards shares of one listing, or proposes to where the firm wants two persons. */
export class AwardShares extends Command<ToldListing> {
  constructor(
    readonly listing: string,
    readonly person: ByPerson,
    readonly award: string,
    readonly shares: readonly ShareAsked[],
    readonly notChosen: readonly NotChosen[],
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(AwardShares)
export class AwardSharesHandler implements ICommandHandler<AwardShares> {
  constructor(
    private readonly streams: Streams,
    private readonly facts: FirmFacts,
    private readonly clock: Clock,
  ) {}

  async execute({ listing: id, person, award, shares, notChosen, context }: AwardShares) {
    const { state } = await this.streams.load(listing, listingStream(id));
    const [standings, { secondPersonFor }] = await Promise.all([
      this.facts.standings(suppliersOf(state)),
      this.facts.publisher(person.by),
    ]);
    return this.streams.decide(
      listing,
      listingStream(id),
      {
        type: 'AwardShares',
        ...person,
        award,
        shares: [...shares],
        notChosen: [...notChosen],
        standings,
        at: instantText(this.clock.now()),
        proposal: context.commandId,
        secondPerson: secondPersonFor.includes('award'),
      },
      context,
    );
  }
}

/** Everyone whose offer could be awarded. */
function suppliersOf(state: Listing): Party[] {
  if (!state || !('offers' in state)) return [];
  const published: PublishedListing = state;
  return [...published.offers.values()].flatMap(({ supplier }): readonly Party[] =>
    supplier.kind === 'enterprise' ? [supplier] : supplier.shares,
  );
}
