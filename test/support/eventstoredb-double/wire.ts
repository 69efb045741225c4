// Test code. Between the log and the client's own generated messages.
import * as grpc from '@grpc/grpc-js';
import * as shared from '@eventstore/db-client/generated/shared_pb';
import * as streams from '@eventstore/db-client/generated/streams_pb';
import { type Expected, type LogRecord, type ProposedEvent, wireRevision } from './log';

/** An answer to a read: a message, or the bytes of a record that were made before. */
export type ReadAnswer = streams.ReadResp | Buffer;

/** The server's default; it counts the data alone. */
export const MAXIMUM_APPEND_BYTES = 1_048_576;
const UINT64_MAX = '18446744073709551615';
const TICKS_PER_MS = 10_000n;
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A place in $all: commit and prepare byte; `start` is before everything (the server's -1/-1). */
export interface Place {
  commit: number;
  prepare: number;
}
export const BEFORE_EVERYTHING: Place = { commit: -1, prepare: -1 };

/** The place of the record that starts here. */
export function placeAt(position: number): Place {
  return { commit: position, prepare: position };
}

/** Throws where the server throws: a prepare position is never beyond its commit position. */
export function placeOf(position: streams.ReadReq.Options.Position | undefined): Place {
  const place = { commit: Number(position?.getCommitPosition()), prepare: Number(position?.getPreparePosition()) };
  if (place.prepare > place.commit)
    throw new RangeError('The commit position cannot be less than the prepare position');
  return place;
}

export function comparePlaces(a: Place, b: Place): number {
  return a.commit - b.commit || a.prepare - b.prepare;
}

/** -1 goes over the wire as the largest unsigned number, as the server sends it. */
export function wirePosition(position: number): string {
  return position === -1 ? UINT64_MAX : String(position);
}

export function nameOf(identifier: shared.StreamIdentifier | undefined): string {
  return Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');
}

export function identifierOf(name: string): shared.StreamIdentifier {
  return new shared.StreamIdentifier().setStreamName(Buffer.from(name, 'utf8'));
}

export function requiresLeader(call: { metadata: grpc.Metadata }): boolean {
  return call.metadata.get('requires-leader')[0]?.toString().toLowerCase() === 'true';
}

export function guidOf(uuid: shared.UUID | undefined): string {
  const text = uuid?.getString().toLowerCase() ?? '';
  if (!GUID.test(text)) throw new Error('Guid should contain 32 digits with 4 dashes');
  return text;
}

/** The other form of an id, in which the server writes its own. */
export function structured(id: string): shared.UUID {
  const bits = id.replaceAll('-', '');
  const half = (from: number) => String(BigInt.asIntN(64, BigInt(`0x${bits.slice(from, from + 16)}`)));
  const halves = new shared.UUID.Structured().setMostSignificantBits(half(0)).setLeastSignificantBits(half(16));
  return new shared.UUID().setStructured(halves);
}

interface ExpectationCase {
  hasAny(): boolean;
  hasNoStream(): boolean;
  hasStreamExists(): boolean;
}
export function expectedOf(options: ExpectationCase, revision: string): Expected {
  if (options.hasAny()) return 'any';
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasStreamExists()) return 'stream_exists';
  return Number(revision);
}

/** Throws where the server's own constructor of an event throws. */
export function proposedEvent(
  message: streams.BatchAppendReq.ProposedMessage | streams.AppendReq.ProposedMessage,
): ProposedEvent {
  const metadata = message.getMetadataMap();
  const type = metadata.get('type');
  if (!type) throw new Error('Empty eventType provided.');
  return {
    id: guidOf(message.getId()),
    type,
    isJson: metadata.get('content-type') === 'application/json',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

/** What the limit on an append counts: the data alone (metadata and type are not counted where data is there). */
export function countedBytes(events: readonly ProposedEvent[]): number {
  return events.reduce((sum, event) => sum + event.data.length, 0);
}

/** One record as an answer to a read. Made once: many readers of one log get the same bytes. */
export function encodedRecord(record: LogRecord): Buffer {
  return (record.encoded ??= encode(record));
}

function encode(record: LogRecord): Buffer {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(record.id))
    .setStreamIdentifier(identifierOf(record.stream))
    .setStreamRevision(wireRevision(record.revision))
    .setCommitPosition(String(record.position))
    .setPreparePosition(String(record.position))
    .setData(record.data)
    .setCustomMetadata(record.metadata);
  const metadata = recorded.getMetadataMap();
  metadata.set('type', record.type);
  metadata.set('created', String(BigInt(record.created) * TICKS_PER_MS));
  metadata.set('content-type', record.isJson ? 'application/json' : 'application/octet-stream');
  const event = new streams.ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(String(record.position));
  return bytesOf(new streams.ReadResp().setEvent(event));
}

export function confirmation(id: string): streams.ReadResp {
  return new streams.ReadResp().setConfirmation(new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(id));
}

export function checkpoint(place: Place): streams.ReadResp {
  return new streams.ReadResp().setCheckpoint(
    new streams.ReadResp.Checkpoint()
      .setCommitPosition(wirePosition(place.commit))
      .setPreparePosition(wirePosition(place.prepare)),
  );
}

export function caughtUp(): streams.ReadResp {
  return new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp());
}

export function streamNotFound(name: string): streams.ReadResp {
  return new streams.ReadResp().setStreamNotFound(
    new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifierOf(name)),
  );
}

export function bytesOf(message: { serializeBinary(): Uint8Array }): Buffer {
  const bytes = message.serializeBinary();
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A status with the trailers by which the client tells its error classes apart. */
export function rpcError(code: grpc.status, details: string, trailers: Record<string, string> = {}): grpc.ServiceError {
  const metadata = new grpc.Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
}

export const rpcErrors = {
  timeout: (what: string) => rpcError(grpc.status.ABORTED, `Operation timed out: ${what}`),
  notReady: () => rpcError(grpc.status.UNAVAILABLE, 'Server Is Not Ready'),
  /** How a clean stop of the server looks to a call that is open. */
  stopped: () => rpcError(grpc.status.INTERNAL, 'Received RST_STREAM with code 0 (Call ended without gRPC status)'),
  unavailable: () => rpcError(grpc.status.UNAVAILABLE, 'Connection dropped'),
  notLeader: (leader: { host: string; port: number }) =>
    rpcError(grpc.status.NOT_FOUND, 'Leader info available', {
      exception: 'not-leader',
      'leader-endpoint-host': leader.host,
      'leader-endpoint-port': String(leader.port),
    }),
  streamDeleted: (name: string) =>
    rpcError(grpc.status.FAILED_PRECONDITION, `Event stream '${name}' is deleted.`, {
      exception: 'stream-deleted',
      'stream-name': name,
    }),
  wrongExpectedVersion: (operation: string, name: string, expected: string, actual: number) =>
    rpcError(
      grpc.status.FAILED_PRECONDITION,
      `${operation} failed due to WrongExpectedVersion. Stream: ${name}, Expected version: ${expected}, Actual version: ${actual}`,
      {
        exception: 'wrong-expected-version',
        'stream-name': name,
        'expected-version': expected,
        'actual-version': String(actual),
      },
    ),
  maximumAppendSize: (bytes: number) =>
    rpcError(grpc.status.INVALID_ARGUMENT, `Maximum Append Size of ${bytes} Exceeded.`, {
      exception: 'maximum-append-size-exceeded',
      'maximum-append-size': String(bytes),
    }),
  badRead: (result: 'ReadAllResult: InvalidPosition' | 'ReadAllResult: Error' | 'ReadStreamResult: Error') =>
    rpcError(grpc.status.UNKNOWN, `Unexpected ${result}`),
  invalidSubscriptionPosition: () => rpcError(grpc.status.INVALID_ARGUMENT, 'Trying to read from an invalid position.'),
  handlerThrew: () => rpcError(grpc.status.UNKNOWN, 'Exception was thrown by handler.'),
} as const;
