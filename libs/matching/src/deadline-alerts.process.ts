import { Accounts } from '@app/auth';
import { Streams } from '@app/event-store';
import type { CommandContext, Recorded } from '@app/event-store';
import { MessagePort, Recipient } from '@app/inbox';
import { derivedId, instantText, instantTime, shanghaiMinute } from '@app/kernel';
import { labels, messageOf } from '@app/labels';
import type { Planned, Process } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { listing as listingDecider } from './listing.decider';
import type { ListingEvent } from './listing.decider';
import { listingStream } from './listing.handlers';
import { DraftListing, isDraft, PublishedListing } from './listing-state.rules';
import { recipients } from './notices.process';

/** What somebody has not done yet, and about when it will be too late. */
type Task = { readonly listing: string } & (
  | { readonly alert: 'second-round-ending'; readonly deadline: string }
  | { readonly alert: 'award-lapsing'; readonly share: string; readonly acceptBy: string }
  | { readonly alert: 'question-unanswered'; readonly question: string }
  | { readonly alert: 'proposal-waiting'; readonly proposal: string }
);

const DAY = 24 * 3_600_000;

/** Tells people what they have left undone while there is time: each once, and only if it is still undone then. */
@Injectable()
export class DeadlineAlertsProcess implements Process<ListingEvent, Task> {
  readonly name = 'deadline-alerts';
  readonly filter = {
    categories: ['listing'],
    types: [
      'SecondRoundOpened',
      'SecondRoundClosed',
      'ShareReminderRecorded',
      'QuestionAsked',
      'QuestionAnswered',
      'ListingActProposed',
      'ListingCancelled',
      'ListingVoided',
    ],
  };

  constructor(
    private readonly messages: MessagePort,
    private readonly streams: Streams,
    private readonly accounts: Accounts,
  ) {}

  react(event: Recorded<ListingEvent>): Planned<Task>[] {
    const listing = event.stream.slice('listing-'.length);
    const round = `second-round ${listing}`;
    switch (event.type) {
      case 'SecondRoundOpened': {
        const { deadline, at } = event.data;
        const dayBefore = instantTime(deadline) - DAY;
        // Of a shorter round the invitation itself tells in time.
        if (dayBefore <= instantTime(at)) return [];
        return [{ do: round, at: instantText(dayBefore), task: { listing, alert: 'second-round-ending', deadline } }];
      }
      case 'SecondRoundClosed':
      case 'ListingCancelled':
      case 'ListingVoided':
        return [{ drop: round }];
      case 'ShareReminderRecorded': {
        const { share, acceptBy } = event.data;
        return [{ do: event.id, task: { listing, alert: 'award-lapsing', share, acceptBy } }];
      }
      case 'QuestionAsked': {
        const { question, at } = event.data;
        const due = instantText(instantTime(at) + DAY);
        return [
          { do: `question ${listing} ${question}`, at: due, task: { listing, alert: 'question-unanswered', question } },
        ];
      }
      case 'QuestionAnswered':
        return [{ drop: `question ${listing} ${event.data.question}` }];
      case 'ListingActProposed':
        return [{ do: event.id, task: { listing, alert: 'proposal-waiting', proposal: event.data.proposal } }];
      default:
        return [];
    }
  }

  async perform(task: Task, { commandId }: CommandContext): Promise<unknown> {
    const { listing, alert } = task;
    const { state } = await this.streams.load(listingDecider, listingStream(listing));
    if (!state) return 0;
    const { product = '' } = state.terms;
    const told = this.undone(task, state);
    if (!told) return 0;
    const message = messageOf(alert, { listing, product, ...told.values });
    const to = await told.to();
    for (const recipient of to) {
      await this.messages.send({ id: derivedId(commandId, JSON.stringify(recipient)), to: recipient, ...message });
    }
    return to.length;
  }

  /** Whom it concerns, and the words for it; undefined once it was done or is over. */
  private undone(task: Task, state: DraftListing | PublishedListing): Undone | undefined {
    const lead = state.lead.registration;
    if (task.alert === 'proposal-waiting') {
      const { proposal } = state;
      if (proposal?.proposal !== task.proposal) return undefined;
      const act = labels['proposed-act']![proposal.act.do]!;
      return { values: { act }, to: () => this.colleagues(lead, proposal.account) };
    }
    if (isDraft(state) || state.phase === 'cancelled') return undefined;
    const toLead = async () => [{ registration: lead }];
    switch (task.alert) {
      case 'second-round-ending': {
        const { secondRound } = state;
        if (secondRound?.state !== 'open' || secondRound.deadline !== task.deadline) return undefined;
        const silent = secondRound.offers.filter((id) => {
          const offer = state.offers.get(id);
          return offer?.state === 'standing' && !offer.improved;
        });
        const registrations = recipients(state, silent);
        return {
          values: { deadline: shanghaiMinute(task.deadline) },
          to: async () => registrations.map((registration) => ({ registration })),
        };
      }
      case 'award-lapsing': {
        if (state.shares.get(task.share)?.state !== 'offered') return undefined;
        return { values: { acceptBy: shanghaiMinute(task.acceptBy) }, to: toLead };
      }
      case 'question-unanswered':
        return state.questions.get(task.question) === false ? { values: {}, to: toLead } : undefined;
    }
  }

  /** Whoever may approve it: not the one who proposed it, and nobody who only looks. */
  private async colleagues(registration: string, proposer: string): Promise<Recipient[]> {
    const people = await this.accounts.accountsOf({ registration, innerRoles: ['manager', 'clerk'] });
    return people.filter((account) => account !== proposer).map((account) => ({ account }));
  }
}

type Undone = {
  readonly values: Parameters<typeof messageOf>[1];
  readonly to: () => Promise<readonly Recipient[]>;
};
