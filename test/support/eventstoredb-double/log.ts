// Test code. The one log that all nodes of the double share, in memory: what the server's index writer decides, and positions
// as bytes of a file, so that a position between two records is one that no record has.
import { SYSTEM_TYPES, systemEventsOfAFreshLog } from './system-events';

export interface ProposedEvent {
  id: string;
  type: string;
  isJson: boolean;
  data: Uint8Array;
  metadata: Uint8Array;
}

export interface LogRecord extends ProposedEvent {
  index: number;
  stream: string;
  revision: number;
  /** Byte at which the record starts: its commit and its prepare position. */
  position: number;
  /** Byte after the record: where the next one starts. */
  end: number;
  /** Milliseconds since 1970. */
  created: number;
  /** Epoch records take room in the log and are shown to nobody. */
  hidden: boolean;
  /** The record as an answer to a read, made once. */
  encoded?: Buffer;
}

export type Expected = 'any' | 'no_stream' | 'stream_exists' | number;

export type Outcome =
  /** `repeated`: the ids were there before, and this is the first result. */
  | { kind: 'written'; revision: number; position: number; repeated?: true }
  | { kind: 'wrong-expected-version'; current: number | undefined }
  | { kind: 'stream-deleted' };

export interface Stream {
  records: LogRecord[];
  /** Reads begin here; a deletion sets it beyond the last revision. */
  truncateBefore: number;
  deletedForGood: boolean;
}

/** The revision of a tombstone, the largest that the wire has (int64); a double holds it as a safe integer. */
export const TOMBSTONE_REVISION = Number.MAX_SAFE_INTEGER;
const SOFT_DELETED = TOMBSTONE_REVISION;
const INT64_MAX = '9223372036854775807';
const RECORD_OVERHEAD_BYTES = 97;

export class EventLog {
  readonly records: LogRecord[] = [];
  private readonly streams = new Map<string, Stream>();
  /** Ids of appends without an expected revision: the server knows them only until it restarts. */
  private readonly rememberedIds = new Map<string, { stream: string; record: LogRecord }>();
  private readonly listeners = new Set<() => void>();

  get length(): number {
    return this.records.length;
  }

  /** Byte after the last record. */
  get end(): number {
    return this.records.at(-1)?.end ?? 0;
  }

  stream(name: string): Stream | undefined {
    return this.streams.get(name);
  }

  onWritten(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  append(name: string, expected: Expected, events: readonly ProposedEvent[]): Outcome {
    const decision = this.decide(name, expected, events);
    if (decision !== 'write') return decision;
    const stream = this.open(name);
    const wasDeleted = isSoftDeleted(stream);
    const next = stream.records.length;
    if (events.length === 0) return this.writeNothing(name, next);
    const written = events.map((event, i) => this.write(name, next + i, event));
    for (const record of written) this.rememberedIds.set(record.id, { stream: name, record });
    if (name.startsWith('$$')) this.takeMetadata(name, written);
    if (wasDeleted) this.writeMetadata(name, { $tb: next });
    this.tell();
    return { kind: 'written', revision: stream.records.length - 1, position: written.at(-1)!.position };
  }

  /** Soft: the revisions go on when it is written again. Hard: the name is used up for ever. */
  delete(name: string, expected: Expected, how: 'soft' | 'hard'): Outcome {
    const decision = this.decide(name, expected, []);
    if (decision !== 'write') return decision;
    const stream = this.open(name);
    if (how === 'soft') {
      if (stream.records.length === 0) return { kind: 'wrong-expected-version', current: undefined };
      const record = this.writeMetadata(name, { $tb: SOFT_DELETED });
      this.tell();
      return { kind: 'written', revision: record.revision, position: record.position };
    }
    const tombstone = { ...systemEvent(SYSTEM_TYPES.streamDeleted, ''), isJson: false };
    const record = this.write(name, TOMBSTONE_REVISION, tombstone);
    stream.records.pop();
    stream.deletedForGood = true;
    this.tell();
    return { kind: 'written', revision: record.revision, position: record.position };
  }

  /** A leader writes an epoch when it begins; positions jump by it, and `any` has forgotten its ids. */
  beginEpoch(): void {
    this.rememberedIds.clear();
    const fresh = this.length === 0;
    this.writeSystemEvent('$epoch-information', '$epoch-information', '{}', true);
    for (const { stream, type, data } of fresh ? systemEventsOfAFreshLog() : []) {
      this.writeSystemEvent(stream, type, data);
    }
    this.tell();
  }

  /** Index of the first record at or after this byte; undefined for a byte inside a record. */
  indexAt(position: number): number | undefined {
    let low = 0;
    let high = this.records.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.records[middle]!.position < position) low = middle + 1;
      else high = middle;
    }
    const record = this.records[low];
    return record ? (record.position === position ? low : undefined) : position >= this.end ? low : undefined;
  }

  /** The server's commit check: what it does with an append, and the first result where the same ids were written before. */
  private decide(name: string, expected: Expected, events: readonly ProposedEvent[]): 'write' | Outcome {
    const stream = this.streams.get(name);
    if (!stream) return expected === 'any' || expected === 'no_stream' ? 'write' : wrongVersion(undefined);
    if (stream.deletedForGood) return { kind: 'stream-deleted' };
    const last = stream.records.length - 1;
    const current = last < 0 ? undefined : last;
    if (expected === 'stream_exists' && isSoftDeleted(stream)) return { kind: 'stream-deleted' };
    if (expected === 'stream_exists' && last < 0) return wrongVersion(undefined);
    if (expected === 'any' || expected === 'stream_exists') return this.decideByRememberedIds(name, current, events);

    const at = expected === 'no_stream' ? -1 : expected;
    if (at === last) return 'write';
    if (at > last) return wrongVersion(current);
    for (const [i, event] of events.entries()) {
      if (stream.records[at + 1 + i]?.id === event.id) continue;
      return i === 0 && at === -1 && isSoftDeleted(stream) ? 'write' : wrongVersion(current);
    }
    const first = stream.records[at + events.length];
    if (events.length === 0 || !first) return wrongVersion(current);
    return { kind: 'written', revision: first.revision, position: first.position, repeated: true };
  }

  private decideByRememberedIds(
    name: string,
    current: number | undefined,
    events: readonly ProposedEvent[],
  ): 'write' | Outcome {
    let last: LogRecord | undefined;
    for (const [i, event] of events.entries()) {
      const remembered = this.rememberedIds.get(event.id);
      if (remembered?.stream !== name) return i === 0 ? 'write' : wrongVersion(current);
      last = remembered.record;
    }
    return last ? { kind: 'written', revision: last.revision, position: last.position, repeated: true } : 'write';
  }

  private open(name: string): Stream {
    let stream = this.streams.get(name);
    if (!stream) this.streams.set(name, (stream = { records: [], truncateBefore: 0, deletedForGood: false }));
    return stream;
  }

  private write(name: string, revision: number, event: ProposedEvent, hidden = false): LogRecord {
    const position = this.end;
    const bytes =
      RECORD_OVERHEAD_BYTES +
      Buffer.byteLength(name) +
      Buffer.byteLength(event.type) +
      event.data.length +
      event.metadata.length;
    const record: LogRecord = {
      id: event.id,
      type: event.type,
      isJson: event.isJson,
      data: event.data,
      metadata: event.metadata,
      index: this.records.length,
      stream: name,
      revision,
      position,
      end: position + bytes,
      created: Date.now(),
      hidden,
    };
    this.records.push(record);
    this.open(name).records.push(record);
    return record;
  }

  /** An append of no events takes room in the log and is seen by nobody. */
  private writeNothing(name: string, next: number): Outcome {
    const { position } = this.write(name, next, systemEvent('', ''), true);
    this.open(name).records.pop();
    this.tell();
    return { kind: 'written', revision: Math.max(0, next - 1), position };
  }

  private writeMetadata(name: string, metadata: { $tb: number }): LogRecord {
    const stream = this.open(name);
    stream.truncateBefore = metadata.$tb;
    const data = `{"$tb":${wireRevision(metadata.$tb)}}`;
    return this.writeSystemEvent(`$$${name}`, SYSTEM_TYPES.metadata, data);
  }

  private takeMetadata(name: string, written: readonly LogRecord[]): void {
    const last = written.at(-1);
    if (!last?.isJson) return;
    const { $tb } = JSON.parse(Buffer.from(last.data).toString('utf8')) as { $tb?: unknown };
    this.open(name.slice(2)).truncateBefore = typeof $tb === 'number' ? $tb : 0;
  }

  private writeSystemEvent(stream: string, type: string, data: string, hidden = false): LogRecord {
    return this.write(stream, this.open(stream).records.length, systemEvent(type, data), hidden);
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

export function wireRevision(revision: number): string {
  return revision === TOMBSTONE_REVISION ? INT64_MAX : String(revision);
}

export function isSoftDeleted(stream: Stream): boolean {
  return stream.truncateBefore === SOFT_DELETED;
}

function wrongVersion(current: number | undefined): Outcome {
  return { kind: 'wrong-expected-version', current };
}

function systemEvent(type: string, data: string): ProposedEvent {
  return { id: crypto.randomUUID(), type, isJson: true, data: Buffer.from(data), metadata: new Uint8Array() };
}
