import { Accounts } from '@app/auth';
import { EventStore } from '@app/event-store';
import type { Recorded } from '@app/event-store';
import { matchOf, matchStream } from '@app/matching';
import { evidenceStream, orderStream } from '@app/orders';
import type { TradeOrder } from '@app/orders';
import { Injectable } from '@nestjs/common';
import { entitlementStream } from './claim-figures.handlers';
import type { Figure } from './claim-figures.handlers';
import { claimStream } from './claim-officer.handlers';
import type { ClaimHead } from './claim-story.rules';
import type { TrailEventView } from './claim-trail-answer.rules';
import { policyStream } from './policy.handlers';
import { roundStream } from './round.handlers';
import { streamsNamedIn } from './trail-bundle.rules';

export type RestingStreams = {
  /** The beneficiary's own: its claim, what it used up, its orders and their invoices. */
  readonly own: readonly string[];
  readonly others: readonly string[];
};

const READS_AT_ONCE = 16;

/** The events that a claim rests on, read from their own streams as known at an instant. */
@Injectable()
export class TrailEvents {
  constructor(
    private readonly store: EventStore,
    private readonly accounts: Accounts,
  ) {}

  /** All streams of a figure, each once, in the order in which they are to be read. */
  streams(head: ClaimHead, { trade, facts, policy }: Pick<Figure, 'trade' | 'facts' | 'policy'>): RestingStreams {
    const { scheme } = head.policy;
    const firms = (facts as { enterprises: readonly { id: string }[] }).enterprises;
    const own = [
      claimStream(head.claim),
      ...policy.schemes.map((one) => entitlementStream(one, head.firm.enterprise)),
      ...trade.flatMap(streamsOfTrade),
    ];
    const others = [
      policyStream(scheme),
      roundStream(head.round),
      ...firms.map(({ id }) => `enterprise-${id}`),
      ...matchesOf(trade),
      ...streamsNamedIn(facts),
    ];
    const isOwn = new Set(own);
    return { own: [...isOwn], others: [...new Set(others)].filter((stream) => !isOwn.has(stream)) };
  }

  async read(streams: readonly string[], knownAt: string, since = ''): Promise<Recorded[]> {
    const events: Recorded[] = [];
    for (let from = 0; from < streams.length; from += READS_AT_ONCE) {
      const some = streams.slice(from, from + READS_AT_ONCE);
      events.push(...(await Promise.all(some.map((stream) => this.of(stream, knownAt, since)))).flat());
    }
    return events;
  }

  private async of(stream: string, knownAt: string, since: string): Promise<Recorded[]> {
    const events: Recorded[] = [];
    for await (const event of this.store.read(stream)) {
      const { recordedAt } = event.metadata;
      if (recordedAt > since && recordedAt <= knownAt) events.push(event);
    }
    return events;
  }

  async shown(events: readonly Recorded[]): Promise<TrailEventView[]> {
    const names = await this.namesOf(events.map(({ metadata }) => metadata.actor));
    return events.map(({ id, stream, type, data, metadata: { recordedAt, actor, enterprise } }) => {
      const { at, ...details } = data as { at?: string } & Record<string, unknown>;
      const name = names(actor);
      return {
        ...{ event: id, stream, type, recordedAt, actor, enterprise, details },
        ...(at !== undefined && { at }),
        ...(name !== undefined && { name }),
      };
    });
  }

  /** People's names by `account:<id>`; those of erased accounts are gone. */
  async namesOf(actors: readonly string[]): Promise<(actor: string) => string | undefined> {
    const ids = actors.flatMap((actor) => (actor.startsWith(ACCOUNT) ? [actor.slice(ACCOUNT.length)] : []));
    const contacts = await this.accounts.contacts([...new Set(ids)]);
    return (actor) => contacts.get(actor.slice(ACCOUNT.length))?.name;
  }
}

const ACCOUNT = 'account:';

export const streamsOfTrade = ({ order, invoices }: TradeOrder): string[] => [
  orderStream(order),
  ...new Set(invoices.map(({ number }) => evidenceStream(number))),
];

/** Streams of the matches that trade stands on. */
export const matchesOf = (trade: readonly TradeOrder[]): string[] => [
  ...new Set(
    trade.flatMap(({ listings, supplier }) =>
      listings.map((listing) => matchStream(matchOf(listing, supplier.registration))),
    ),
  ),
];
