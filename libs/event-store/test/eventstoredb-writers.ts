// A process that appends with 64 writers until its standard input ends: `bare` by the client alone, `driver` by the driver.
// Prints `writing`, and `written <events>` when it has ended in order.
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { openEventStore, StoreUnavailable } from '@app/event-store';
import { newId, pause } from '@app/kernel';
import { event } from './logs';

const WRITERS = 64;
const DATA = { text: 'x'.repeat(20_000) };

async function main(how: string, url: string): Promise<void> {
  let isEnding = false;
  process.stdin.resume().on('end', () => (isEnding = true));
  const append = how === 'bare' ? bare(url) : await driver(url);
  let written = 0;
  const writers = Array.from({ length: WRITERS }, async (_, writer) => {
    for (let n = 0; !isEnding; n++) {
      // As any caller: what is unavailable is sent again.
      for (const id = newId(); !(await append.one(`writer-${writer}`, n, id));) await pause(5);
      if (written++ === 0) console.log('writing');
    }
  });
  await Promise.all(writers);
  await append.close();
  console.log(`written ${written}`);
}

function bare(url: string) {
  const client = EventStoreDBClient.connectionString(url);
  return {
    one: (stream: string, n: number, id: string) =>
      client
        .appendToStream(stream, jsonEvent({ id, type: 'Counted', data: DATA }), {
          expectedRevision: n === 0 ? 'no_stream' : BigInt(n - 1),
        })
        .then(
          () => true,
          () => false,
        ),
    close: () => client.dispose(),
  };
}

async function driver(url: string) {
  const store = await openEventStore({ databaseUrl: '', eventStoreUrl: url });
  return {
    one: async (stream: string, n: number, id: string): Promise<boolean> => {
      try {
        await store.append(stream, n === 0 ? 'none' : BigInt(n - 1), [{ ...event(n), id, data: DATA }]);
        return true;
      } catch (error) {
        if (error instanceof StoreUnavailable) return false;
        throw error;
      }
    },
    close: () => store.close(),
  };
}

const [, , how = '', url = ''] = process.argv;
void main(how, url);
