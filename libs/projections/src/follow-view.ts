import type { Held } from './contend';
import type { Feed } from './feed';
import { Follower, type FollowerPlace } from './follower';
import type { Announcements } from './live-changes';
import { Moves } from './moves';
import type { AnyProjection, Projection } from './projection';
import type { Signals } from './signals';
import type { ViewVersions } from './view-versions';

export type ViewPlace = {
  readonly versions: ViewVersions;
  readonly moves: Moves;
  readonly signals: Signals;
  readonly announcements: Announcements;
};

type FollowedView = ViewPlace &
  Held & {
    readonly projection: AnyProjection;
    readonly waitedKey: string;
    readonly feed: Feed;
    readonly place: FollowerPlace;
  };

/** Follows one filling of a view until it is lost or another filling serves. */
export async function followView(view: FollowedView): Promise<void> {
  const { projection, versions, moves, signals, announcements, taken, signal, holding } = view;
  const schema = taken.follower;
  let serves = (await versions.serving(projection)) === schema;
  const follower = new Follower(
    {
      filter: projection.filter,
      schema,
      apply: (events, rows) => (projection as Projection).apply(events, rows),
      committed: (keys, position) => {
        if (serves) announcements.tell(projection.name, keys, position);
        moves.moved(schema, position);
        if (follower.isHurried()) signals.send('moved', [Moves.signal(schema, position)]);
      },
      // A view that has never served is being rebuilt, and leaves nothing out.
      mayPark: () => serves && projection.onPoison === 'park',
    },
    taken,
    view.place,
  );
  holding.decided = () => follower.decided();
  holding.waitedFor = (key, milliseconds) => {
    if (key !== view.waitedKey) return;
    follower.hurry(milliseconds);
    if (follower.at !== undefined) signals.send('moved', [Moves.signal(schema, follower.at)]);
  };
  await follower.run(view.feed, signal, async () => {
    if (serves) return;
    await versions.serve(projection, schema);
    serves = true;
  });
}
