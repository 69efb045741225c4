import { newId, pause } from '@app/kernel';
import { Expected, NewEvent, Recorded } from '../event-store';
import { LogMark, LogName } from '../log-mark';
import { MovableLog, patientEvents, patiently } from '../movable-log';
import { EventStoreDBEventStore } from './eventstoredb';
import { LEASE } from './eventstoredb-marks';

/**
 * How long after the seal an append may still be written, in milliseconds: its writer believed in its lease, and a server that
 * stood still carries out what it was sent until the deadline of the client's.
 */
const LAST_APPENDS = LEASE + 10_000;
/** Bytes and events of one stream that go together. */
const MOST_BYTES = 262_144;
const MOST_EVENTS = 500;

/** A log in EventStoreDB that is moved, or that another log moves to. Throws as `EventStoreDBEventStore.open`. */
export async function openMovableEventStoreDB(url: string): Promise<MovableLog> {
  const store = await EventStoreDBEventStore.openMarked({ url });
  const name: LogName = { store: await store.storeId(), kind: 'EventStoreDB' };
  return {
    name,
    mark: () => store.mark(),
    setMark: (mark) => setMark(store, mark),
    events: () => patientEvents(store),
    count: async () => undefined,
    compare: (a, b) => store.compare(a, b),
    fill: (events, written) => fill(store, events, written),
    close: () => store.close(),
  };
}

async function setMark(store: EventStoreDBEventStore, mark: LogMark): Promise<void> {
  const id = newId();
  const isNew = (await patiently(() => store.mark()))?.mark !== mark.mark;
  await patiently(() => store.setMark(id, mark));
  // Whoever sealed it may have been killed while he waited. An empty log that is to be filled has no writers to wait for
  // twice, and were there one, the comparison would find him.
  if (mark.mark === 'sealed' || (mark.mark === 'copying' && isNew)) await pause(LAST_APPENDS);
}

/**
 * One append after the other: were several under way, the server might leave one out whose deadline has passed and write the
 * next. Tried again, an append has the same ids at the same revision, so nothing is written twice.
 */
async function fill(
  store: EventStoreDBEventStore,
  events: AsyncIterable<Recorded>,
  written: (events: number) => void,
): Promise<void> {
  let count = 0;
  for await (const { stream, expected, run } of runs(events)) {
    await patiently(() => store.append(stream, expected, run));
    written((count += run.length));
  }
}

type Run = { readonly stream: string; readonly expected: Expected; readonly run: NewEvent[]; bytes: number };

/** Events of one stream that stand next to each other. */
async function* runs(events: AsyncIterable<Recorded>): AsyncGenerator<Run> {
  let open: Run | undefined;
  for await (const { stream, revision, position: _position, ...event } of events) {
    const bytes = Buffer.byteLength(JSON.stringify(event));
    const isFull = open && (open.bytes + bytes > MOST_BYTES || open.run.length === MOST_EVENTS);
    if (open && (open.stream !== stream || isFull)) {
      yield open;
      open = undefined;
    }
    open ??= { stream, expected: revision === 0n ? 'none' : revision - 1n, run: [], bytes: 0 };
    open.run.push(event);
    open.bytes += bytes;
  }
  if (open) yield open;
}
