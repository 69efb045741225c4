import { maskSealed, openEventStore, Recorded, Upcasters, UpcastingEventStore } from '@app/event-store';
import type { Command } from 'commander';
import { eventCatalogue } from '../../api/src/app.module';
import { Opened, withPlatform } from './platform';

export function eventsCommand(program: Command): void {
  program
    .command('events')
    .description('print events as lines of JSON; terms that are sealed are masked, also after the close')
    .argument('[stream]', 'one stream, such as listing-<id>; without it all of them')
    .option('--follow', 'go on with what is appended from now on, until interrupted')
    .action(async (stream: string | undefined, { follow = false }: { follow?: boolean }) => {
      await withPlatform((opened) => print(opened, stream, follow));
    });
}

async function print(opened: Opened, stream: string | undefined, follow: boolean): Promise<void> {
  const catalogue = eventCatalogue();
  const log = await openEventStore(opened);
  const store = new UpcastingEventStore(log, new Upcasters(catalogue));
  const write = async (event: Recorded) => {
    const line = `${JSON.stringify(shown(maskSealed(event, catalogue)))}\n`;
    if (!process.stdout.write(line)) await new Promise((drained) => process.stdout.once('drain', drained));
  };
  const ended = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.abort());
  // Whoever reads our lines may stop: `peitao events | head`.
  process.stdout.on('error', () => ended.abort());
  try {
    if (!follow) {
      for await (const event of stream === undefined ? store.readAll() : store.read(stream)) {
        if (ended.signal.aborted) break;
        await write(event);
      }
      return;
    }
    // Following one stream begins with what it holds; following all begins now.
    const after = stream === undefined ? await store.head() : undefined;
    const filter = stream === undefined ? undefined : { categories: [stream.split('-', 1)[0]!] };
    for await (const event of store.subscribe({ after, filter, signal: ended.signal })) {
      if ('caughtUp' in event) continue;
      if (stream === undefined || event.stream === stream) await write(event);
    }
  } finally {
    await store.close();
  }
}

/** Neither the salt, which keeps a hash from being guessed, nor the position, which is a cursor and no fact. */
function shown({ id, stream, revision, type, data, metadata }: Recorded): object {
  const { actor, enterprise, recordedAt, commandId } = metadata;
  return { recordedAt, stream, revision: revision.toString(), type, data, actor, enterprise, id, commandId };
}
