import { Accounts } from '@app/auth';
import { EventStore } from '@app/event-store';
import type { Recorded } from '@app/event-store';
import { Injectable } from '@nestjs/common';
import { listingStream } from './listing.handlers';
import type { ListingEvent } from './listing.decider';
import type { StoryActorView, StoryEntryView } from './match-answer.rules';
import type { StoryActor, StoryEntry } from './match-story.rules';
import { Readers } from './readers.handlers';
import type { NameOf } from './readers.handlers';

/** Whose people are named to the reader: the firms' own persons are their own business. */
export type StoryReader = {
  readonly lead: string;
  readonly supplier?: string;
  readonly names: 'lead' | 'supplier' | 'office';
};

/** Stories as pages show them: with the names that events do not carry. */
@Injectable()
export class Stories {
  constructor(
    private readonly store: EventStore,
    private readonly readers: Readers,
    private readonly accounts: Accounts,
  ) {}

  async eventsOf(listing: string): Promise<Recorded<ListingEvent>[]> {
    const events: Recorded<ListingEvent>[] = [];
    for await (const event of this.store.read(listingStream(listing))) events.push(event as Recorded<ListingEvent>);
    return events;
  }

  async shown(entries: readonly StoryEntry[], reader: StoryReader): Promise<StoryEntryView[]> {
    const { lead, supplier } = reader;
    const suppliers = entries.flatMap(({ shares = [] }) => shares.flatMap((share) => share.supplier ?? []));
    const nameOf = await this.readers.namesOf([lead, ...(supplier === undefined ? [] : [supplier]), ...suppliers]);
    const people = await this.accounts.contacts(
      entries.flatMap(({ by, proposedBy }) => [by.account, proposedBy].flatMap((account) => account ?? [])),
    );
    return entries.map(({ by, shares, changed, proposedBy, ...entry }) => {
      const named = reader.names === 'lead' ? proposedBy : undefined;
      const proposer = named === undefined ? undefined : people.get(named)?.name;
      return {
        ...entry,
        by: actorView(by, reader, nameOf, (account) => people.get(account)?.name),
        ...(reader.names !== 'supplier' && proposedBy !== undefined && { proposedBy }),
        ...(proposer !== undefined && { proposedByName: proposer }),
        ...(changed && { changed: [...changed] }),
        ...(shares && {
          shares: shares.map(({ supplier: whose, ...share }) => {
            return { ...share, ...(whose !== undefined && { supplier: { enterprise: whose, name: nameOf(whose) } }) };
          }),
        }),
      };
    });
  }
}

function actorView(
  { side, account, process }: StoryActor,
  { lead, supplier, names }: StoryReader,
  nameOf: NameOf,
  personOf: (account: string) => string | undefined,
): StoryActorView {
  const enterprise = side === 'lead' ? lead : side === 'supplier' ? supplier : undefined;
  // An office is shown who acted by the account; a firm is shown its own people and those of offices by name.
  const isShown = names === 'office' || side === names;
  const name = account !== undefined && (side === names || side === 'office') ? personOf(account) : undefined;
  return {
    side,
    ...(isShown && account !== undefined && { account }),
    ...(name !== undefined && { name }),
    ...(enterprise !== undefined && { firm: { enterprise, name: nameOf(enterprise) } }),
    ...(process !== undefined && { process }),
  };
}
