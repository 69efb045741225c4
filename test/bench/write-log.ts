import { createHash } from 'node:crypto';
import { EventStore, NewEvent } from '@app/event-store';
import { derivedId, Fact, instantText } from '@app/kernel';
import type { Told } from './city-log';

/** Events that are appended beside each other. */
const TOGETHER = 500;

/**
 * Writes a log through the port: a stream's events in their order, and all nearly so. `revisions` are those of the streams, and
 * are brought up to date.
 */
export async function writeLog(store: EventStore, log: Iterable<Told>, revisions: Map<string, bigint>): Promise<void> {
  const write = async (some: Map<string, NewEvent[]>) => {
    await Promise.all(
      [...some].map(async ([stream, events]) => {
        const { revision } = await store.append(stream, revisions.get(stream) ?? 'none', events);
        revisions.set(stream, revision);
      }),
    );
  };
  let some = new Map<string, NewEvent[]>();
  let gathered = 0;
  for (const { stream, event, at } of log) {
    const events = some.get(stream) ?? [];
    events.push(inEnvelope(stream, (revisions.get(stream) ?? -1n) + BigInt(events.length), event, at));
    some.set(stream, events);
    if (++gathered % TOGETHER === 0) {
      await write(some);
      some = new Map();
    }
  }
  await write(some);
}

/** Unlike breaking off a loop, it leaves the rest to be had. */
export function* firstOf<T>(all: Iterator<T>, count: number): Generator<T> {
  for (let left = count; left > 0; left--) {
    const next = all.next();
    if (next.done) return;
    yield next.value;
  }
}

function inEnvelope(stream: string, before: bigint, { type, data }: Fact, at: number): NewEvent {
  const commandId = derivedId('city', stream, Number(before));
  const actor = `account:${derivedId('account', stream)}`;
  const commandHash = createHash('sha256').update(commandId).digest('hex');
  return {
    id: derivedId(commandId, stream, 0),
    type,
    data,
    metadata: {
      actor,
      causationId: commandId,
      commandHash,
      commandId,
      correlationId: commandId,
      enterprise: '91350527MA2XXXXX0A',
      recordedAt: instantText(at),
      salt: commandHash.slice(32),
      schema: '1',
    },
  };
}
