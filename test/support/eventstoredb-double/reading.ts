// Test code. Reads of one stream and of $all, both ways, with a count, over the part of the log that a node shows.
import type { ServerWritableStream } from '@grpc/grpc-js';
import { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import { type EventLog, isSoftDeleted, type LogRecord } from './log';
import {
  comparePlaces,
  encodedRecord,
  nameOf,
  placeAt,
  placeOf,
  type ReadAnswer,
  rpcErrors,
  streamNotFound,
} from './wire';

type ReadCall = ServerWritableStream<ReadReq, ReadAnswer>;
const FORWARDS = ReadReq.Options.ReadDirection.FORWARDS;

/** Waits while the client is slow; false once it has gone. */
export async function drained(call: ReadCall): Promise<boolean> {
  const events = ['drain', 'cancelled', 'close', 'error'];
  if (!call.cancelled && !call.destroyed) {
    await new Promise<void>((resolve) => {
      const settle = () => {
        for (const event of events) call.off(event, settle);
        resolve();
      };
      for (const event of events) call.on(event, settle);
    });
  }
  return !call.cancelled && !call.destroyed;
}

export async function readStream(
  log: EventLog,
  visible: number,
  options: ReadReq.Options,
  call: ReadCall,
): Promise<void> {
  if (options.getCount() === '0') return void call.emit('error', rpcErrors.badRead('ReadStreamResult: Error'));
  const name = nameOf(options.getStream()?.getStreamIdentifier());
  const stream = log.stream(name);
  const shown = stream ? shownOf(stream.records, visible) : 0;
  if (stream?.deletedForGood) return void call.emit('error', rpcErrors.streamDeleted(name));
  if (!stream || shown === 0 || isSoftDeleted(stream)) {
    call.write(streamNotFound(name));
    return void call.end();
  }
  const from = options.getStream()!;
  const start = from.hasStart() ? 0 : from.hasEnd() ? shown - 1 : Number(from.getRevision());
  const records =
    options.getReadDirection() === FORWARDS
      ? upwards(stream.records, Math.max(start, stream.truncateBefore), shown)
      : downwards(stream.records, Math.min(start, shown - 1), stream.truncateBefore);
  await send(call, records, Number(options.getCount()));
}

export async function readAll(log: EventLog, visible: number, options: ReadReq.Options, call: ReadCall): Promise<void> {
  // A read of nothing never ends: the server's pages of none never reach the end.
  if (options.getCount() === '0') return;
  const from = options.getAll()!;
  const forwards = options.getReadDirection() === FORWARDS;
  if (from.hasStart()) return send(call, forwards ? upwards(log.records, 0, visible) : [], Number(options.getCount()));
  if (from.hasEnd()) {
    return send(call, forwards ? [] : downwards(log.records, visible - 1, 0), Number(options.getCount()));
  }
  const place = placeOf(from.getPosition());
  // Past the last record there is nothing to read forwards; backwards the server's reader throws.
  const last = log.records[visible - 1];
  if (forwards && (!last || place.commit > last.position)) return send(call, [], 0);
  if (!forwards && place.commit > log.end) return void call.emit('error', rpcErrors.badRead('ReadAllResult: Error'));
  const index = log.indexAt(place.commit);
  if (index === undefined) return void call.emit('error', rpcErrors.badRead('ReadAllResult: InvalidPosition'));
  // Forwards a read begins with the record at the position, backwards with the record that ends there.
  const upFrom = comparePlaces(placeAt(place.commit), place) < 0 ? index + 1 : index;
  const downFrom = Math.min(comparePlaces(placeAt(place.commit), place) > 0 ? index - 2 : index - 1, visible - 1);
  const records = forwards ? upwards(log.records, upFrom, visible) : downwards(log.records, downFrom, 0);
  await send(call, records, Number(options.getCount()));
}

/** How many of a stream's records a node shows: a follower may lag by the last ones. */
function shownOf(records: readonly LogRecord[], visible: number): number {
  let count = records.length;
  while (count > 0 && records[count - 1]!.index >= visible) count--;
  return count;
}

function* upwards(records: readonly LogRecord[], from: number, to: number): Iterable<LogRecord> {
  for (let i = from; i < to; i++) yield records[i]!;
}

function* downwards(records: readonly LogRecord[], from: number, to: number): Iterable<LogRecord> {
  for (let i = from; i >= to; i--) yield records[i]!;
}

async function send(call: ReadCall, records: Iterable<LogRecord>, count: number): Promise<void> {
  let sent = 0;
  for (const record of records) {
    if (sent >= count) break;
    if (record.hidden) continue;
    sent++;
    if (!call.write(encodedRecord(record)) && !(await drained(call))) return;
  }
  call.end();
}
