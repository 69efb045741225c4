import type { Position } from '@app/event-store';
import type { Clock } from '@app/kernel';
import type { Agenda } from './agenda';
import type { Held } from './contend';
import type { Feed } from './feed';
import { Follower, type FollowerPlace } from './follower';
import { Performer } from './performer';
import type { AnyProcess } from './process';
import { KEPT } from './rows';

type FollowedProcess = Held & {
  readonly process: AnyProcess;
  readonly agenda: Agenda;
  readonly clock: Clock;
  readonly feed: Feed;
  readonly place: FollowerPlace;
};

/** Keeps a process's agenda and carries it out, until the process is lost to another holder. */
export async function followProcess(followed: FollowedProcess): Promise<void> {
  const { process, agenda, clock, taken, holding, place } = followed;
  const { start } = taken;
  const isBeforeStart = (position: Position, due: number | undefined): boolean =>
    start !== undefined &&
    place.store.compare(position, start.position) <= 0 &&
    (due === undefined || due <= start.time);

  const performer = new Performer(process, taken, agenda, place, clock);
  const follower = new Follower(
    {
      filter: process.filter,
      schema: KEPT,
      ignores: (events) => events.every((event) => process.react(event as never).length === 0),
      apply: (events, rows) => agenda.plan(process, events, rows, isBeforeStart),
      committed: (keys) => keys.length > 0 && performer.wake(),
      mayPark: () => false,
    },
    taken,
    place,
  );
  holding.decided = () => {
    follower.decided();
    performer.wake();
  };

  // What ends one of the two ends the other.
  const over = new AbortController();
  const signal = AbortSignal.any([followed.signal, over.signal]);
  let performing: Promise<void> | undefined;
  const ended = (error: unknown) => {
    over.abort();
    throw error;
  };
  // Performed only when the agenda knows all that happened while nobody held it: a deadline may have been extended.
  const caughtUp = async () => {
    performing ??= performer.run(signal).catch(ended);
    performing.catch(() => undefined);
  };
  await follower.run(followed.feed, signal, caughtUp).catch(ended);
  await performing;
}
