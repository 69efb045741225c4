import { Streams } from '@app/event-store';
import type { CommandContext, Recorded } from '@app/event-store';
import { MessagePort } from '@app/inbox';
import { Clock, derivedId, instantText, instantTime, shanghaiMinute } from '@app/kernel';
import { messageOf } from '@app/labels';
import type { Planned, Process } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { listing as listingDecider } from './listing.decider';
import type { ListingEvent } from './listing.decider';
import { listingStream, TellListing } from './listing.handlers';

type Task = { readonly listing: string; readonly share: string } & (
  | { readonly do: 'remind'; readonly registrations: readonly string[] }
  | { readonly do: 'lapse'; readonly acceptBy: string }
);

const DAY = 24 * 3_600_000;

/**
 * The term of each awarded share: a reminder a day before it ends (half way, where the term is shorter than two days), and
 * the lapse only after a recorded reminder.
 */
@Injectable()
export class ShareTermsProcess implements Process<ListingEvent, Task> {
  readonly name = 'share-terms';
  readonly filter = {
    categories: ['listing'],
    types: [
      'SharesAwarded',
      'ShareReminderRecorded',
      'SharesAccepted',
      'SharesDeclined',
      'ShareLapsed',
      'OffersVoided',
      'ListingCancelled',
      'ListingVoided',
    ],
  };

  constructor(
    private readonly commands: CommandBus,
    private readonly messages: MessagePort,
    private readonly streams: Streams,
    private readonly clock: Clock,
  ) {}

  react(event: Recorded<ListingEvent>): Planned<Task>[] {
    const listing = event.stream.slice('listing-'.length);
    switch (event.type) {
      case 'SharesAwarded': {
        const { at, shares } = event.data;
        return shares.map(({ share, supplier, acceptBy }) => {
          const parties = supplier.kind === 'enterprise' ? [supplier] : supplier.shares;
          const registrations = parties.map(({ registration }) => registration);
          const task = { listing, share, do: 'remind', registrations } as const;
          return { do: `remind ${share}`, at: reminderAt(at, acceptBy), task };
        });
      }
      case 'ShareReminderRecorded': {
        const { share, acceptBy } = event.data;
        return [{ do: `lapse ${share}`, at: acceptBy, task: { listing, share, do: 'lapse', acceptBy } }];
      }
      case 'ShareLapsed':
        return settled([event.data.share]);
      case 'SharesAccepted':
      case 'SharesDeclined':
      case 'OffersVoided':
      case 'ListingCancelled':
      case 'ListingVoided':
        return settled(event.data.shares);
      default:
        return [];
    }
  }

  async perform(task: Task, context: CommandContext): Promise<unknown> {
    const { listing, share } = task;
    const at = instantText(this.clock.now());
    if (task.do === 'lapse') {
      const command = { type: 'LapseShare', share, acceptBy: task.acceptBy, at } as const;
      return this.commands.execute(new TellListing(listing, command, context));
    }
    const told = await this.commands.execute(
      new TellListing(listing, { type: 'RecordShareReminder', share, at }, context),
    );
    const recorded = told.events.find((event) => event.type === 'ShareReminderRecorded');
    if (!recorded) return told;
    const { state } = await this.streams.load(listingDecider, listingStream(listing));
    const product = state?.terms.product ?? '';
    const message = messageOf('share-reminder', { product, acceptBy: shanghaiMinute(recorded.data.acceptBy) });
    for (const registration of task.registrations) {
      const id = derivedId('share-reminder', share, registration);
      await this.messages.send({ id, to: { registration }, ...message });
    }
    return told;
  }
}

const settled = (shares: readonly string[]): Planned<Task>[] =>
  shares.flatMap((share) => [{ drop: `remind ${share}` }, { drop: `lapse ${share}` }]);

/** A day before the end, or half way there when the term is shorter than two days. */
function reminderAt(from: string, to: string): string {
  const [start, end] = [instantTime(from), instantTime(to)];
  return instantText(Math.max(end - DAY, start + (end - start) / 2));
}
