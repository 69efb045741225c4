import { Position as Place, ResolvedEvent } from '@eventstore/db-client';
import { Appended, Filter, matches, Position, Recorded } from '../event-store';
import { Source } from './eventstoredb-call';
import { NodeClient } from './eventstoredb-client';
import { Connection } from './eventstoredb-connection';
import { closed, isInvalidPosition, isNotLeader, isStreamNotFound, unavailableOr } from './eventstoredb-errors';
import { comparePlaces, isVisible, placeAt, positionAt, recorded } from './eventstoredb-records';

/** Milliseconds after which a server that sends nothing counts as unavailable. */
const SILENT = 3_000;
const LEADERS_TRIED = 3;
/** Of the newest events some may be the server's own: few are asked for at first, then many. */
const FIRST_LOOK = 8;
const NEXT_LOOK = 500;

/** Reads from the leader, since another node may lack what was just written. */
export class LogReader {
  /** How far the log was searched for its newest visible event, and which that was. */
  private searched: { readonly end: Place; readonly head: Place | undefined } | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly wentSilent: () => void,
  ) {}

  async *stream(
    stream: string,
    given: { from?: bigint; direction?: 'forwards' | 'backwards'; max?: number },
    signal?: AbortSignal,
  ): AsyncGenerator<Recorded> {
    const { direction = 'forwards', max = Infinity } = given;
    let next = given.from;
    let left = max;
    if (left <= 0) return;
    const open = (client: NodeClient) =>
      client.readStream(stream, {
        direction,
        fromRevision: next ?? (direction === 'forwards' ? 'start' : 'end'),
        ...(left < Infinity && { maxCount: left }),
        requiresLeader: true,
      });
    for await (const { event } of this.events(open, signal)) {
      if (!event) continue;
      yield recorded(event);
      if (--left === 0 || (direction === 'backwards' && event.revision === 0n)) return;
      next = event.revision + (direction === 'forwards' ? 1n : -1n);
    }
  }

  async *all(
    { after, filter, max = Infinity }: { after?: Position; filter?: Filter; max?: number },
    signal?: AbortSignal,
  ): AsyncGenerator<Recorded> {
    let place = after === undefined ? undefined : placeAt(after);
    let left = max;
    if (left <= 0) return;
    // What is written while it reads is not part of it, or beside busy writers it would never end.
    const end = await this.end(signal);
    if (!end || (place && comparePlaces(place, end) >= 0)) return;
    const open = (client: NodeClient) => client.readAll({ fromPosition: place ?? 'start', requiresLeader: true });
    for await (const { event } of this.events(open, signal)) {
      // Reading begins with the event at the place itself.
      if (!event?.position || (place && comparePlaces(event.position, place) <= 0)) continue;
      place = event.position;
      if (comparePlaces(place, end) > 0) return;
      if (!isVisible(event) || !matches(filter, event.streamId, event.type)) continue;
      yield recorded(event);
      if (--left === 0) return;
    }
  }

  /** Where these events stand, if it is they that the stream has from this revision on. */
  async standing(stream: string, from: bigint, ids: readonly string[]): Promise<Appended | undefined> {
    let last: Recorded | undefined;
    let found = 0;
    for await (const event of this.stream(stream, { from, max: ids.length })) {
      if (event.id !== ids[found]) return undefined;
      last = event;
      found++;
    }
    return last && found === ids.length ? { revision: last.revision, position: last.position } : undefined;
  }

  /** Position of the newest visible event. */
  async head(signal?: AbortSignal): Promise<Position | undefined> {
    const before = this.searched;
    let end: Place | undefined;
    const found = (head: Place | undefined): Position | undefined => {
      if (end) this.searched = { end, head };
      return head && positionAt(head);
    };
    let from: Place | undefined;
    for (let maxCount = FIRST_LOOK; ; maxCount = NEXT_LOOK) {
      let isFurther = false;
      for await (const { event } of this.backwards(from, maxCount, signal)) {
        const place = event?.position;
        if (!place || (from && comparePlaces(place, from) >= 0)) continue;
        end ??= place;
        if (before && comparePlaces(place, before.end) <= 0) return found(before.head);
        if (isVisible(event)) return found(place);
        from = place;
        isFurther = true;
      }
      if (!isFurther) return found(undefined);
    }
  }

  /** Position of the newest event of any kind. */
  private async end(signal: AbortSignal | undefined): Promise<Place | undefined> {
    for await (const { event } of this.backwards(undefined, 1, signal)) return event?.position;
    return undefined;
  }

  private backwards(
    from: Place | undefined,
    maxCount: number,
    signal: AbortSignal | undefined,
  ): AsyncIterable<ResolvedEvent> {
    const options = { direction: 'backwards', fromPosition: from ?? 'end', maxCount, requiresLeader: true } as const;
    return this.events((client) => client.readAll(options), signal);
  }

  /** `open` is asked again when another node leads, and goes on where it was. */
  private async *events(
    open: (client: NodeClient) => Source,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<ResolvedEvent> {
    for (let attempt = 1; ; attempt++) {
      if (signal?.aborted) throw closed();
      const call = await this.connection.call(open);
      const end = () => call.fail(closed());
      signal?.addEventListener('abort', end, { once: true });
      try {
        for await (const event of call.events(SILENT)) {
          yield event;
          attempt = 1;
        }
        return;
      } catch (error) {
        if (isStreamNotFound(error)) return;
        // Of a handle that was closed the others do not suffer.
        if (signal?.aborted) throw closed();
        this.connection.failed(call, error);
        if (call.wasSilent) this.wentSilent();
        if (isInvalidPosition(error)) throw new TypeError('no position of this store', { cause: error });
        if (!isNotLeader(error) || attempt >= LEADERS_TRIED) throw unavailableOr(error);
      } finally {
        signal?.removeEventListener('abort', end);
        this.connection.leave(call);
      }
    }
  }
}
