import type { Position } from '@app/event-store';
import type { Checkpoints } from './checkpoints';
import { Follower, type FollowerPlace, PoisonEvent } from './follower';
import type { Presence } from './presence';
import type { AnyProjection, Projection } from './projection';
import type { ViewVersions } from './view-versions';

export type RebuildProgress = {
  /** Events of the view's filter that were applied so far. */
  readonly events: number;
  readonly eventsPerSecond: number;
};

type Rebuild = {
  readonly projection: AnyProjection;
  readonly presence: Presence;
  readonly versions: ViewVersions;
  readonly checkpoints: Checkpoints;
  readonly place: FollowerPlace;
  readonly onProgress: (progress: RebuildProgress) => void;
};

/** Fills another schema from the beginning of the log while the serving one is read and followed, then switches. */
export async function rebuild({
  projection,
  presence,
  versions,
  checkpoints,
  place,
  onProgress,
}: Rebuild): Promise<void> {
  const only = await presence.tryLock(`rebuild:${projection.name}`);
  if (!only) throw new Error(`${projection.name} is being rebuilt already`);
  let schema: string | undefined;
  try {
    schema = await versions.addFilling(projection);
    const lock = await presence.tryLock(schema);
    if (!lock) throw new Error(`${schema} is held by another process`);
    try {
      const signal = AbortSignal.any([only.lost, lock.lost]);
      const taken = await checkpoints.takeOver(schema, presence.id);
      const follower = new Follower(workOf(projection, schema), taken, place);
      await fill(follower, signal, onProgress);
      await versions.complete(projection, schema);
      // What was appended meanwhile; the rest is small and is read while the old follower is held.
      await follower.catchUp(signal);
      refuseLost(signal);
      await versions.switchTo(projection, schema, async (position) => {
        await reach(follower, position, signal);
      });
      schema = undefined;
    } finally {
      await lock.release();
    }
  } finally {
    if (schema !== undefined) await versions.abandon(schema).catch(() => undefined);
    await only.release();
  }
}

/** Whatever is written and deleted again within one batch costs no row: longer batches than live ones fill a view sooner. */
const BATCH = 20_000;

const workOf = (projection: AnyProjection, schema: string): ConstructorParameters<typeof Follower>[0] => ({
  filter: projection.filter,
  schema,
  batch: BATCH,
  apply: (events, rows) => (projection as Projection).apply(events, rows),
  committed: () => {},
  mayPark: () => false,
  onPoison: (event, error) => {
    throw new PoisonEvent(event, error);
  },
});

async function fill(follower: Follower, signal: AbortSignal, onProgress: Rebuild['onProgress']): Promise<void> {
  const begun = performance.now();
  let events = 0;
  const progress = (more: number) => {
    events += more;
    onProgress({ events, eventsPerSecond: Math.round((events * 1000) / (performance.now() - begun)) });
  };
  await follower.catchUp(signal, progress);
  refuseLost(signal);
}

async function reach(follower: Follower, position: Position | undefined, signal: AbortSignal): Promise<void> {
  while (position !== undefined && !follower.hasReached(position)) {
    refuseLost(signal);
    await follower.catchUp(signal);
  }
}

function refuseLost(signal: AbortSignal): void {
  if (signal.aborted) throw new Error('the rebuild lost its connection to the database; the view is as it was');
}
