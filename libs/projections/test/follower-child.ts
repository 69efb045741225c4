import { type NewEvent, PostgresEventStore } from '@app/event-store';
import { derivedId, SystemClock } from '@app/kernel';
import { Client } from 'pg';
import type { Process, Projection } from '../src';
import { type ListingFact, openListings } from './listings.view';
import { newEvent, Platform } from './platform';

// A process of the platform that tests kill and freeze. Arguments: its mark, and what is to befall it: 'nothing';
// 'frozen', stopped while it applies a listing of the product 'freeze'; 'frozen-unfenced', the same with rows that
// are written past the follower's transaction; 'killed', ended between a command and its outcome.
const [mark, fate] = process.argv.slice(2) as [string, 'nothing' | 'frozen' | 'frozen-unfenced' | 'killed'];
const url = process.env['DATABASE_URL']!;
let frozen = false;

const marking: Projection<ListingFact> = {
  ...openListings,
  async apply(events, rows) {
    const freezes = events.some((event) => JSON.stringify(event.data).includes('freeze'));
    if (fate.startsWith('frozen') && freezes && !frozen) {
      frozen = true;
      process.kill(process.pid, 'SIGSTOP');
      // The signal arrives before the next turn of the event loop.
      await new Promise((resolve) => setImmediate(resolve));
      process.stdout.write('resumed\n');
      if (fate === 'frozen-unfenced') await writePast();
    }
    const keys = [...(await openListings.apply(events, rows))];
    await rows.query('UPDATE listing SET remark = $1 WHERE listing = ANY ($2)', [mark, keys]);
    return keys;
  },
};

async function writePast(): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('UPDATE open_listings_v1.listing SET remark = $1', [`${mark} unfenced`]);
  await client.end();
}

/** Closes every listing as soon as it is published. */
const closing = (store: PostgresEventStore): Process<ListingFact, { listing: string }> => ({
  name: 'closing',
  filter: { categories: ['listing'], types: ['TestListingPublished'] },
  react: ({ stream }) => [{ do: stream, task: { listing: stream } }],
  async perform({ listing }, { commandId }) {
    const event: NewEvent = {
      ...newEvent({ type: 'TestListingClosed', data: { by: mark } }),
      id: derivedId(commandId, 0),
    };
    await store.append(listing.replace('listing', 'closed'), 'none', [event]);
    if (fate === 'killed') process.kill(process.pid, 'SIGKILL');
  },
});

async function main(): Promise<void> {
  const store = await PostgresEventStore.open({ url });
  await Platform.start({ url, store, clock: new SystemClock(), projections: [marking], processes: [closing(store)] });
  process.stdout.write('started\n');
}

void main();
