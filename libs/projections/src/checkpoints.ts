import type { EventStore, Position } from '@app/event-store';
import type { DataSource, EntityManager } from 'typeorm';

/** Another process has taken the follower over, or its rows are gone: what was about to be written is rolled back. */
export class Fenced extends Error {
  constructor(readonly follower: string) {
    super(`${follower} was taken over`);
    this.name = 'Fenced';
  }
}

/** A follower's place as one holder found it; the epoch is his alone. */
export type Taken = {
  readonly follower: string;
  readonly epoch: string;
  readonly position: Position | undefined;
  /** Of a process: performs nothing that was due up to here. */
  readonly start: { readonly position: Position; readonly time: number } | undefined;
};

/** Where followers are. Every row belongs to one store, and whoever reads it is asked which. */
export class Checkpoints {
  constructor(
    private readonly source: DataSource,
    private readonly store: EventStore,
  ) {}

  /**
   * Makes the checkpoints of processes, at the beginning of the log. Where the log holds events already, its end and the
   * time become their start mark. Does nothing for a process that has one.
   */
  async ensureProcesses(followers: readonly string[], now: number): Promise<void> {
    const [store, head] = [await this.store.storeId(), await this.store.head()];
    await this.source.query(
      `INSERT INTO projections.checkpoint (follower, store, start_position, start_time)
       SELECT follower, $2, $3, $4 FROM json_array_elements_text($1::json) AS f(follower) ON CONFLICT DO NOTHING`,
      [JSON.stringify(followers), store, head ?? null, head === undefined ? null : new Date(now)],
    );
  }

  /** Throws ForeignPosition when any of these checkpoints belongs to another log. */
  async refuseForeign(followers: readonly string[]): Promise<void> {
    const rows = await this.source.query<{ store: string; position: Position | null }[]>(
      'SELECT store, position FROM projections.checkpoint WHERE follower = ANY ($1)',
      [followers],
    );
    for (const { store, position } of rows) await this.store.placeOf({ store, position: position ?? undefined });
  }

  /** Under the follower's lock: makes this process the holder and every earlier holder's epoch void. */
  async takeOver(follower: string, holder: string): Promise<Taken> {
    const [rows] = await this.source.query<
      [{ epoch: string; store: string; position: Position | null; start_position: Position | null; start_time: Date }[]]
    >(
      `UPDATE projections.checkpoint SET epoch = epoch + 1, holder = $2 WHERE follower = $1
       RETURNING epoch, store, position, start_position, start_time`,
      [follower, holder],
    );
    const row = rows[0];
    if (!row) throw new Fenced(follower);
    const position = await this.store.placeOf({ store: row.store, position: row.position ?? undefined });
    const start = row.start_position ? { position: row.start_position, time: row.start_time.getTime() } : undefined;
    return { follower, epoch: row.epoch, position, start };
  }
}

/** Ends every batch: the checkpoint moves from where this holder read it, or everything is rolled back. */
export async function moveCheckpoint(
  rows: EntityManager,
  taken: Taken,
  from: Position | undefined,
  to: Position,
): Promise<void> {
  const [, moved] = await rows.query<[unknown, number]>(
    `UPDATE projections.checkpoint SET position = $3
      WHERE follower = $1 AND epoch = $2 AND position IS NOT DISTINCT FROM $4`,
    [taken.follower, taken.epoch, to, from ?? null],
  );
  if (moved === 0) throw new Fenced(taken.follower);
}

/** Inside a transaction: nobody takes the follower over before it ends. Throws Fenced when somebody has. */
export async function holdCheckpoint(rows: EntityManager, taken: Taken): Promise<void> {
  const found = await rows.query<unknown[]>(
    'SELECT FROM projections.checkpoint WHERE follower = $1 AND epoch = $2 FOR SHARE',
    [taken.follower, taken.epoch],
  );
  if (found.length === 0) throw new Fenced(taken.follower);
}

/** Throws Fenced when somebody else is the holder by now. */
export async function refuseTakenOver(rows: DataSource, taken: Taken): Promise<void> {
  const found = await rows.query<unknown[]>('SELECT FROM projections.checkpoint WHERE follower = $1 AND epoch = $2', [
    taken.follower,
    taken.epoch,
  ]);
  if (found.length === 0) throw new Fenced(taken.follower);
}
