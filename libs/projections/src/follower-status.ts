import type { EventStore, Position } from '@app/event-store';
import type { DataSource } from 'typeorm';
import { STALE_AFTER } from './presence';

export type FollowerStatus = {
  /** A view's schema, or `process:<name>`. */
  readonly follower: string;
  readonly kind: 'view' | 'process';
  /** The view's or the process's name. */
  readonly name: string;
  /** Of a view. */
  readonly version?: number;
  /** False for a view that is being filled and one that was switched away from. */
  readonly serves: boolean;
  /** 'stopped': stands before an event that it cannot apply; 'unheld': no living process follows it. */
  readonly state: 'following' | 'stopped' | 'unheld';
  /** Events of the log after its checkpoint, of any kind; never counted beyond `LARGEST_LAG`. */
  readonly lag: number;
  /** Seconds since the oldest of these events was recorded, by the platform's clock. */
  readonly lagSeconds: number;
  /** Events and tasks that were set aside. */
  readonly parked: number;
  /** Of a stopped one, without figures. */
  readonly error?: string;
};

export const LARGEST_LAG = 1_000;

type Row = {
  follower: string;
  view: string | null;
  version: number | null;
  position: Position | null;
  serves: boolean;
  alive: boolean;
  parked: number;
  error: string | null;
};

/** `now` is of the platform's clock. */
export async function statusOf(rows: DataSource, store: EventStore, now: number): Promise<FollowerStatus[]> {
  const found = await rows.query<Row[]>(
    `SELECT c.follower, c.view, c.version, c.position, c.view IS NULL OR s.schema IS NOT NULL AS serves,
            coalesce(p.beat > clock_timestamp() - interval '${STALE_AFTER}', false) AS alive,
            ((SELECT count(*) FROM projections.parked k WHERE k.follower = c.follower AND k.state <> 'skipped')
             + (SELECT count(*) FROM projections.agenda a
                 WHERE 'process:' || a.process = c.follower AND a.state = 'parked'))::int AS parked,
            (SELECT min(k.error) FROM projections.parked k
              WHERE k.follower = c.follower AND k.state = 'stopping') AS error
       FROM projections.checkpoint c
       LEFT JOIN projections.serving s ON s.schema = c.follower
       LEFT JOIN projections.presence p ON p.id = c.holder
      WHERE c.retired_at IS NULL ORDER BY c.follower`,
  );
  const lags = await lagsOf(
    found.map(({ position }) => position ?? undefined),
    store,
  );
  return found.map((row, index) => ({
    follower: row.follower,
    kind: row.view === null ? 'process' : 'view',
    name: row.view ?? row.follower.replace('process:', ''),
    ...(row.version === null ? {} : { version: row.version }),
    serves: row.serves,
    state: !row.alive ? 'unheld' : row.error !== null ? 'stopped' : 'following',
    lag: lags[index]!.events,
    lagSeconds: secondsSince(lags[index]!.oldest, now),
    parked: row.parked,
    ...(row.error === null ? {} : { error: row.error }),
  }));
}

/** `oldest`: when the first of the events was recorded. */
type Lag = { readonly events: number; readonly oldest?: string };

/** A process with a clock that is ahead of ours may have recorded it. */
const secondsSince = (recordedAt: string | undefined, now: number): number =>
  recordedAt === undefined ? 0 : Math.max(0, now - Date.parse(recordedAt)) / 1_000;

/** Names of views that serve and stand before an event that they cannot apply. Asks the log nothing. */
export async function stoppedViews(rows: DataSource): Promise<string[]> {
  const found = await rows.query<{ view: string }[]>(
    `SELECT DISTINCT s.view FROM projections.serving s JOIN projections.parked k ON k.follower = s.schema
      WHERE k.state = 'stopping' ORDER BY s.view`,
  );
  return found.map(({ view }) => view);
}

/**
 * Positions are not numbers, so what lies after them is counted, once for all followers that stand at the same place.
 */
async function lagsOf(positions: readonly (Position | undefined)[], store: EventStore): Promise<Lag[]> {
  const none: Lag = { events: 0 };
  const compare = (a: Position | undefined, b: Position | undefined): number =>
    a === undefined ? (b === undefined ? 0 : -1) : b === undefined ? 1 : store.compare(a, b);
  const head = await store.head();
  const behind = positions.filter((position) => compare(position, head) < 0).sort(compare);
  if (head === undefined || behind.length === 0) return positions.map(() => none);
  const lags = new Map<Position | undefined, Lag>();
  for (const position of new Set(behind)) {
    let lag = none;
    const after = position === undefined ? {} : { after: position };
    for await (const { metadata } of store.readAll({ ...after, max: LARGEST_LAG })) {
      lag = { events: lag.events + 1, oldest: lag.oldest ?? metadata.recordedAt };
    }
    lags.set(position, lag);
  }
  return positions.map((position) => lags.get(position) ?? none);
}
