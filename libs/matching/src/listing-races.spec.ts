import { EventStore, Streams } from '@app/event-store';
import { derivedId, Refused } from '@app/kernel';
import { commandContext, memoryStreams } from '@testing/event-store';
import { listing, ListingCommand, PublishedListing } from './listing.decider';
import { asked, award, closed, offered, published } from './testing';

const RACES = 10_000;
/** Each of them, from a process of its own, awards 60 of the 100; one can. */
const RIVALS = [1, 2];
const history = [...published(), ...RIVALS.map((n) => offered(n)), closed(...RIVALS)];
const claim = (n: number): ListingCommand => award([asked(`S${n}`, n, '60')]);

/** A log that holds one closed listing for each race. */
async function closedListings(races: number) {
  const { streams, store, clock, catalogue } = memoryStreams();
  for (let race = 0; race < races; race++) {
    const { commandId, ...context } = commandContext();
    const events = history.map(({ type, data }, index) => ({
      id: derivedId(commandId, index),
      type,
      data,
      metadata: { ...context, commandId, recordedAt: '2020-02-10T10:00:00.000Z', schema: '1', salt: '' },
    }));
    await store.append(`listing-${race}`, 'none', events);
  }
  // Streams queues commands of its own process: rivals of other processes have queues of their own.
  const processes = RIVALS.map(() => new Streams(store, clock, catalogue));
  return { streams, store, processes };
}

async function awardedOn(streams: Streams, race: number): Promise<number> {
  const { state } = await streams.load(listing, `listing-${race}`);
  const shares = [...(state as PublishedListing).shares.values()];
  return shares.reduce((total, { quantity }) => total + Number(quantity), 0);
}

it(`never awards more than is wanted, in ${RACES} races of rivals`, async () => {
  const { processes } = await closedListings(RACES);
  let overAwards = 0;
  let refusals = 0;
  const run = async (race: number) => {
    const answers = await Promise.allSettled(
      RIVALS.map((n, i) => processes[i]!.decide(listing, `listing-${race}`, claim(n), commandContext())),
    );
    for (const answer of answers) {
      if (answer.status === 'fulfilled') continue;
      expect((answer.reason as Refused).code).toBe('award-exceeds-demand');
      refusals++;
    }
    const total = await awardedOn(processes[0]!, race);
    if (total > 100) overAwards++;
    expect(total).toBe(60);
  };
  // Races beside each other, since a loser waits a few milliseconds before it decides again.
  for (let first = 0; first < RACES; first += 100) {
    await Promise.all(Array.from({ length: 100 }, (_, n) => run(first + n)));
  }
  expect(overAwards).toBe(0);
  expect(refusals).toBe(RACES);
}, 240_000);

/** The same without the safeguard: whoever decided appends, whatever was written since. */
async function carelessly(store: EventStore, stream: string, command: ListingCommand): Promise<void> {
  let state = listing.initial;
  for await (const event of store.read(stream)) state = listing.evolve(state, event as never);
  const { commandId, ...context } = commandContext();
  const events = listing.decide(command, state).map(({ type, data }, index) => ({
    id: derivedId(commandId, stream, index),
    type,
    data,
    metadata: { ...context, commandId, recordedAt: '2020-02-10T10:00:00.000Z', schema: '1', salt: '' },
  }));
  await store.append(stream, 'any', events);
}

it('awards more than is wanted where nobody names the revision that he decided on', async () => {
  const races = 100;
  const { streams, store } = await closedListings(races);
  let overAwards = 0;
  for (let race = 0; race < races; race++) {
    await Promise.allSettled(RIVALS.map((n) => carelessly(store, `listing-${race}`, claim(n))));
    if ((await awardedOn(streams, race)) > 100) overAwards++;
  }
  expect(overAwards).toBeGreaterThan(0);
});
