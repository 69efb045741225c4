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
      await withPlatform((opened) => printEvents(opened, stream, follow));
    });
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
const EMPTY_LOG = 'The log holds no events. 日志中没有事件。';
const emptyStream = (stream: string): string => `The stream ${stream} holds no events. 流 ${stream} 中没有事件。`;

export async function printEvents(
  opened: Pick<Opened, 'databaseUrl' | 'eventStoreUrl'>,
  stream: string | undefined,
  follow: boolean,
): Promise<void> {
  const catalogue = eventCatalogue();
  const log = await openEventStore(opened);
  const store = new UpcastingEventStore(log, new Upcasters(catalogue));
  const write = async (event: Recorded) => {
    const line = `${JSON.stringify(shown(maskSealed(event, catalogue)))}\n`;
    if (!process.stdout.write(line)) await new Promise((drained) => process.stdout.once('drain', drained));
  };
  const ended = new AbortController();
  const end = () => ended.abort();
  for (const signal of SIGNALS) process.once(signal, end);
  // Whoever reads our lines may stop: `peitao events | head`.
  process.stdout.on('error', end);
  try {
    if (!follow) {
      let isEmpty = true;
      for await (const event of stream === undefined ? store.readAll() : store.read(stream)) {
        if (ended.signal.aborted) break;
        isEmpty = false;
        await write(event);
      }
      if (isEmpty) console.error(stream === undefined ? EMPTY_LOG : emptyStream(stream));
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
    for (const signal of SIGNALS) process.off(signal, end);
    process.stdout.off('error', end);
    await store.close();
  }
}

/** Neither the salt, which keeps a hash from being guessed, nor the position, which is a cursor and no fact. */
function shown({ id, stream, revision, type, data, metadata }: Recorded): object {
  const { actor, enterprise, recordedAt, commandId } = metadata;
  return { recordedAt, stream, revision: revision.toString(), type, data, actor, enterprise, id, commandId };
}
