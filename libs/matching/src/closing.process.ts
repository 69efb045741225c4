import type { CommandContext, Recorded } from '@app/event-store';
import { Clock, instantText, instantTime } from '@app/kernel';
import type { Planned, Process } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { ListingEvent } from './listing.decider';
import { TellListing } from './listing.handlers';
import { QUIET_TIME } from './listing-awarding.rules';

type Task = { readonly listing: string } & (
  | { readonly close: 'quoting' | 'second-round'; readonly deadline: string }
  | { readonly close: 'quiet'; readonly since: string }
);

/**
 * An offer that was received in time may still be on its way through the process when the deadline passes: the close leaves
 * it this long. Late ones are refused by their time of receipt anyway.
 */
const GRACE = 5_000;

/**
 * Closes what has an end: quoting at its deadline, a second round at its own, a listing thirty days after its last open
 * award. Each command names the end it acts for, and the listing does nothing if that was moved since.
 */
@Injectable()
export class ClosingProcess implements Process<ListingEvent, Task> {
  readonly name = 'closing';
  readonly filter = {
    categories: ['listing'],
    types: [
      'ListingPublished',
      'QuotingDeadlineMoved',
      'QuotingClosed',
      'SecondRoundOpened',
      'SecondRoundClosed',
      'SharesAwarded',
      'SharesAccepted',
      'SharesDeclined',
      'ShareLapsed',
      'ShareRestReturned',
      'OffersVoided',
      'ListingCancelled',
      'ListingVoided',
      'ListingConcluded',
    ],
  };

  constructor(
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  react(event: Recorded<ListingEvent>): Planned<Task>[] {
    const listing = event.stream.slice('listing-'.length);
    const [quoting, second, quiet] = [`quoting ${listing}`, `second-round ${listing}`, `quiet ${listing}`];
    switch (event.type) {
      case 'ListingPublished':
        return [closing(quoting, listing, event.data.terms.quotingDeadline)];
      case 'QuotingDeadlineMoved':
        return [closing(quoting, listing, event.data.deadline)];
      case 'QuotingClosed':
        return [{ drop: quoting }, concluding(quiet, listing, event.data.at)];
      case 'SecondRoundOpened': {
        const { deadline } = event.data;
        const task = { listing, close: 'second-round', deadline } as const;
        return [{ do: second, at: afterGrace(deadline), task }];
      }
      case 'SecondRoundClosed':
        return [{ drop: second }, concluding(quiet, listing, event.data.at)];
      case 'SharesAwarded':
      case 'SharesAccepted':
      case 'SharesDeclined':
      case 'ShareLapsed':
      case 'ShareRestReturned':
      case 'OffersVoided':
        return [concluding(quiet, listing, event.data.at)];
      case 'ListingCancelled':
      case 'ListingVoided':
      case 'ListingConcluded':
        return [{ drop: quoting }, { drop: second }, { drop: quiet }];
      default:
        return [];
    }
  }

  perform(task: Task, context: CommandContext): Promise<unknown> {
    const at = instantText(this.clock.now());
    switch (task.close) {
      case 'quoting':
        return this.tell(task.listing, { type: 'CloseQuoting', deadline: task.deadline, at }, context);
      case 'second-round':
        return this.tell(task.listing, { type: 'CloseSecondRound', deadline: task.deadline, at }, context);
      case 'quiet':
        return this.tell(task.listing, { type: 'ConcludeQuietListing', since: task.since, at }, context);
    }
  }

  private tell(listing: string, command: TellListing['command'], context: CommandContext): Promise<unknown> {
    return this.commands.execute(new TellListing(listing, command, context));
  }
}

const closing = (key: string, listing: string, deadline: string): Planned<Task> => ({
  do: key,
  at: afterGrace(deadline),
  task: { listing, close: 'quoting', deadline },
});

const concluding = (key: string, listing: string, since: string): Planned<Task> => ({
  do: key,
  at: instantText(instantTime(since) + QUIET_TIME),
  task: { listing, close: 'quiet', since },
});

const afterGrace = (deadline: string): string => instantText(instantTime(deadline) + GRACE);
