import { PostgresEventStore, StoreUnavailable, VersionConflict } from '@app/event-store';
import { all, event, gather } from './logs';

// One process that appends, for tests that kill it: told a database, a name of its own and how much to write, it says the id of
// each event once it is acknowledged.

const WRITERS = 6;

async function main(url: string, name: string, each: number): Promise<void> {
  const store = await PostgresEventStore.open({ url });
  await Promise.all(
    Array.from({ length: WRITERS }, async (_, writer) => {
      for (let n = 0; n < each; n++) {
        const sent = event(n);
        // Every third append is on a stream that all processes fight for.
        const stream = n % 3 === 0 ? 'count-shared' : `count-${name}.${writer}`;
        for (let isWritten = false; !isWritten;) {
          const [last] = await gather(store.read(stream, { direction: 'backwards', max: 1 }));
          isWritten = await store.append(stream, last?.revision ?? 'none', [sent]).then(
            () => true,
            async (error: unknown) => {
              if (error instanceof VersionConflict) return false;
              if (!(error instanceof StoreUnavailable)) throw error;
              return (await all(store, stream)).some(({ id }) => id === sent.id);
            },
          );
        }
        process.send!(sent.id);
      }
    }),
  );
  await store.close();
}

main(process.argv[2]!, process.argv[3]!, Number(process.argv[4])).then(
  () => process.disconnect(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
