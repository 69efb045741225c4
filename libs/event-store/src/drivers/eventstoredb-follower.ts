import { AllStreamSubscription, excludeSystemEvents, Position as Place } from '@eventstore/db-client';
import { pause } from '@app/kernel';
import { CaughtUp, Filter, matches, Position, Recorded } from '../event-store';
import { Call } from './eventstoredb-call';
import { Connection } from './eventstoredb-connection';
import { closed, givenUp, isInvalidPosition, isPassing, silent, unavailableOr } from './eventstoredb-errors';
import { comparePlaces, isVisible, placeAt, positionAt, recorded } from './eventstoredb-records';

/**
 * Milliseconds without news after which a follower looks where the log ends, and what it may lag behind that then. A node that
 * stands still, or that lost the others, says nothing.
 */
const LOOK_AFTER = 3_000;
const LAG = 2_000;
const LONGEST_PAUSE = 1_000;
/** In pages of the server's. Checkpoints are not needed here: what is left out is passed by the events themselves. */
const CHECKPOINTS = 100;

type Following = {
  /** A connection with room for one more. */
  readonly connection: () => Connection;
  /** Position of the log's newest event. */
  readonly head: () => Promise<Position | undefined>;
};

/** One follower of the whole log: events, and when it has caught up. It subscribes again after what it saw last, until it is ended. */
export async function* follow(
  { connection, head }: Following,
  { after, filter }: { after?: Position; filter?: Filter },
  ended: AbortSignal,
): AsyncGenerator<Recorded | CaughtUp> {
  let place: Place | undefined = after === undefined ? undefined : placeAt(after);
  // Where it said that it had caught up; undefined before the first time.
  let told: { readonly place: Place | undefined } | undefined;
  let failures = 0;
  while (!ended.aborted) {
    const through = connection();
    let call: Call | undefined;
    const end = () => call?.fail(closed());
    ended.addEventListener('abort', end, { once: true });
    try {
      call = await through.call((client): AllStreamSubscription => {
        const filter = excludeSystemEvents({ checkpointInterval: CHECKPOINTS });
        return client.subscribeToAll({ fromPosition: place ?? 'start', filter });
      });
      while (!ended.aborted) {
        for (let taken = call.take(); taken !== undefined; taken = call.take()) {
          const { event } = taken;
          if (!event?.position || !isVisible(event)) continue;
          failures = 0;
          place = event.position;
          if (!matches(filter, event.streamId, event.type)) continue;
          if (told) told = { place };
          yield recorded(event);
          if (ended.aborted) return;
        }
        if (call.isCaughtUp && (!told || isAfter(place, told.place))) {
          told = { place };
          yield { caughtUp: true, position: place && positionAt(place) };
          if (ended.aborted) return;
        }
        if (!(await call.news(LOOK_AFTER))) await lookWhetherItLags(call, place, head);
      }
    } catch (error) {
      if (ended.aborted) return;
      if (call) through.failed(call, error);
      if (isInvalidPosition(error)) throw new TypeError('no position of this store', { cause: error });
      if (!isPassing(error)) throw unavailableOr(error);
    } finally {
      ended.removeEventListener('abort', end);
      if (call) through.leave(call);
    }
    await pause(Math.random() * Math.min(LONGEST_PAUSE, 20 * 2 ** ++failures), ended);
  }
}

/** Throws StoreUnavailable when the log has grown and nothing of it comes. */
async function lookWhetherItLags(call: Call, place: Place | undefined, head: Following['head']): Promise<void> {
  if (call.isOver) throw givenUp();
  // If nobody answers, whoever asked has given all connections up.
  const newest = await head().catch(() => null);
  if (newest === null) return;
  if (newest === undefined || !isAfter(placeAt(newest), place)) {
    // Servers before 23.10 do not say it.
    call.isCaughtUp = true;
  } else if (!(await call.news(LAG))) {
    throw silent((LOOK_AFTER + LAG) / 1_000);
  }
}

const isAfter = (a: Place | undefined, b: Place | undefined): boolean =>
  a !== undefined && (b === undefined || comparePlaces(a, b) > 0);
