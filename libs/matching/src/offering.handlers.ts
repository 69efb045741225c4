import { EventStore, Streams } from '@app/event-store';
import type { CommandContext, Recorded } from '@app/event-store';
import { Party, Refused } from '@app/kernel';
import { Command, CommandHandler, ICommandHandler } from '@nestjs/cqrs';
import { listing } from './listing.decider';
import type { ListingCommand, ListingEvent } from './listing.decider';
import { FirmFacts, listingStream, ToldListing } from './listing.handlers';
import type { OfferTerms } from './listing-terms.rules';

/** 回执: the event that recorded the offer, and when it was received. Says nothing of anybody else's. */
export type Receipt = { readonly offer: string; readonly receipt: string; readonly receivedAt: string };
export type Received = { readonly committed: ToldListing; readonly receipt: Receipt };

export class SubmitOffer extends Command<Received> {
  constructor(
    readonly listing: string,
    readonly offer: string,
    readonly by: Party,
    readonly terms: OfferTerms,
    /** UTC milliseconds in ISO 8601, taken when the request stood whole at the door. */
    readonly receivedAt: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(SubmitOffer)
export class SubmitOfferHandler implements ICommandHandler<SubmitOffer> {
  constructor(
    private readonly streams: Streams,
    private readonly store: EventStore,
    private readonly facts: FirmFacts,
  ) {}

  async execute({ listing: id, offer, by, terms, receivedAt, context }: SubmitOffer): Promise<Received> {
    const standing = await this.facts.standing(by);
    const command = { type: 'SubmitOffer', offer, by, terms, receivedAt, standing } as const;
    return receive(this.streams, this.store, id, command, context);
  }
}

/** Other terms for an offer that stands: any until the close, better ones in a second round. */
export class ReviseOffer extends Command<Received> {
  constructor(
    readonly listing: string,
    readonly offer: string,
    readonly by: Party,
    readonly terms: OfferTerms,
    readonly receivedAt: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ReviseOffer)
export class ReviseOfferHandler implements ICommandHandler<ReviseOffer> {
  constructor(
    private readonly streams: Streams,
    private readonly store: EventStore,
  ) {}

  execute({ listing: id, offer, by, terms, receivedAt, context }: ReviseOffer): Promise<Received> {
    return receive(this.streams, this.store, id, { type: 'ReviseOffer', offer, by, terms, receivedAt }, context);
  }
}

async function receive(
  streams: Streams,
  store: EventStore,
  id: string,
  command: Extract<ListingCommand, { type: 'SubmitOffer' | 'ReviseOffer' }>,
  context: CommandContext,
): Promise<Received> {
  const committed = await streams.decide(listing, listingStream(id), command, context);
  const receipt = committed.events.map((event) => receiptIn(event, command.offer)).find(Boolean);
  return { committed, receipt: receipt ?? (await lastReceipt(store, id, command.offer)) };
}

/** Of terms that stood already: pressing twice gives the receipt of the first time. */
async function lastReceipt(store: EventStore, id: string, offer: string): Promise<Receipt> {
  for await (const event of store.read(listingStream(id), { direction: 'backwards' })) {
    const receipt = receiptIn(event as Recorded<ListingEvent>, offer);
    if (receipt) return receipt;
  }
  throw new Refused('offer-unknown');
}

function receiptIn(event: Pick<ListingEvent, 'type' | 'data'> & { id: string }, offer: string): Receipt | undefined {
  if (event.type !== 'OfferSubmitted' && event.type !== 'OfferRevised') return undefined;
  const data = event.data as { offer: string; receivedAt: string };
  return data.offer === offer ? { offer, receipt: event.id, receivedAt: data.receivedAt } : undefined;
}
