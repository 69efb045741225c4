import { Streams } from '@app/event-store';
import type { CommandContext, Recorded } from '@app/event-store';
import { MessagePort } from '@app/inbox';
import { derivedId, shanghaiMinute } from '@app/kernel';
import { labels, MessageAbout, messageOf } from '@app/labels';
import type { Planned, Process } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { listing as listingDecider } from './listing.decider';
import type { ListingEvent } from './listing.decider';
import { listingStream } from './listing.handlers';
import { PublishedListing, published } from './listing-state.rules';
import type { Supplier } from './listing-terms.rules';

/** Who is told: everyone who offered, also those who withdrew, those named, or the lead. Ids and words only, never a figure. */
type Task = {
  readonly listing: string;
  readonly about: MessageAbout;
  readonly to: 'offerers' | 'lead' | readonly string[];
  readonly values?: Readonly<Record<string, string>>;
  readonly loss?: string;
};

/** Tells people what happened on a listing that concerns them. */
@Injectable()
export class NoticesProcess implements Process<ListingEvent, Task> {
  readonly name = 'notices';
  readonly filter = {
    categories: ['listing'],
    types: [
      'ListingAmended',
      'QuotingDeadlineMoved',
      'ListingCancelled',
      'ListingVoided',
      'SecondRoundOpened',
      'SecondRoundClosed',
      'QuotingClosed',
      'SharesAwarded',
      'SharesAccepted',
      'SharesDeclined',
      'ShareLapsed',
      'ListingConcluded',
      'QuestionAsked',
      'QuestionAnswered',
      'OffersVoided',
    ],
  };

  constructor(
    private readonly messages: MessagePort,
    private readonly streams: Streams,
  ) {}

  react(event: Recorded<ListingEvent>): Planned<Task>[] {
    const listing = event.stream.slice('listing-'.length);
    return noticesOf(event).map((notice, index) => ({
      do: `${event.id} ${index}`,
      task: { listing, ...notice },
    }));
  }

  async perform({ listing: id, about, to, values, loss }: Task, context: CommandContext): Promise<unknown> {
    const { state } = await this.streams.load(listingDecider, listingStream(id));
    const listing = published(state);
    const registrations = recipients(listing, to);
    const reason = loss === undefined ? undefined : labels['loss-reason']?.[loss];
    const { product } = listing.terms;
    const message = messageOf(about, { listing: id, product, ...values, ...(reason && { reason }) });
    for (const registration of registrations) {
      await this.messages.send({
        // A loss may be told with an award and stands again at the conclusion: it is news once.
        id: loss === undefined ? derivedId(context.commandId, registration) : derivedId(about, id, registration),
        to: { registration },
        ...message,
      });
    }
    return registrations.length;
  }
}

/** Registrations, each once. */
export function recipients(listing: PublishedListing, to: Task['to']): readonly string[] {
  if (to === 'lead') return [listing.lead.registration];
  const offers = [...listing.offers].filter(([id, { state }]) =>
    to === 'offerers' ? state !== 'voided' : to.includes(id),
  );
  return [...new Set(offers.flatMap(([, { supplier }]) => registrationsOf(supplier)))];
}

type Notice = Omit<Task, 'listing'>;

function noticesOf(event: Recorded<ListingEvent>): Notice[] {
  switch (event.type) {
    case 'ListingAmended':
      return [{ about: 'listing-amended', to: 'offerers' }];
    case 'QuotingDeadlineMoved': {
      const values = { deadline: shanghaiMinute(event.data.deadline) };
      return [{ about: 'deadline-moved', to: 'offerers', values }];
    }
    case 'ListingCancelled':
    case 'ListingVoided':
      return [{ about: 'listing-cancelled', to: 'offerers' }];
    case 'SecondRoundOpened': {
      const { offers, deadline } = event.data;
      return [{ about: 'second-round', to: offers, values: { deadline: shanghaiMinute(deadline) } }];
    }
    case 'QuotingClosed':
      return [{ about: 'quoting-closed', to: 'lead' }];
    case 'SharesAwarded': {
      const { shares, notChosen } = event.data;
      const awards = shares.map(({ offer, acceptBy }): Notice => {
        return { about: 'share-awarded', to: [offer], values: { acceptBy: shanghaiMinute(acceptBy) } };
      });
      return [...awards, ...losses(notChosen)];
    }
    case 'SecondRoundClosed':
      return [{ about: 'second-round-closed', to: 'lead' }];
    case 'ListingConcluded': {
      const { notChosen, by } = event.data;
      // A lead that concluded by itself knows.
      return [...losses(notChosen), ...(by === 'time' ? [{ about: 'listing-concluded', to: 'lead' } as const] : [])];
    }
    case 'SharesAccepted':
      return [{ about: 'shares-accepted', to: 'lead' }];
    case 'SharesDeclined':
      return [{ about: 'share-declined', to: 'lead' }];
    case 'ShareLapsed':
      return [{ about: 'share-lapsed', to: 'lead' }];
    case 'QuestionAsked':
      return [{ about: 'question-asked', to: 'lead' }];
    case 'QuestionAnswered':
      return [{ about: 'question-answered', to: 'offerers' }];
    case 'OffersVoided': {
      const { offers, shares } = event.data;
      return [
        ...(offers.length > 0 ? [{ about: 'offer-voided', to: offers } as const] : []),
        ...(shares.length > 0 ? [{ about: 'share-voided', to: 'lead' } as const] : []),
      ];
    }
    default:
      return [];
  }
}

/** A reason category and no figure. */
const losses = (notChosen: readonly { offer: string; reason: string }[]): Notice[] =>
  notChosen.map(({ offer, reason }) => ({ about: 'not-selected', to: [offer], loss: reason }));

const registrationsOf = (supplier: Supplier): string[] =>
  supplier.kind === 'enterprise' ? [supplier.registration] : supplier.shares.map(({ registration }) => registration);
