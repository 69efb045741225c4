import type { Position } from '@app/event-store';
import type { DataSource } from 'typeorm';
import type { Taken } from './checkpoints';

type Step = {
  readonly taken: Taken;
  readonly from: Position | undefined;
  readonly to: Position;
  readonly settle: (moved: boolean) => void;
  readonly fail: (error: unknown) => void;
};

/**
 * Moves the checkpoints of followers that have nothing to write. Nearly every event is ignored by nearly every
 * follower: were each to pass it in a transaction of its own, one append would cost a hundred of them.
 */
export class Passing {
  private waiting: Step[] = [];
  private moving: Promise<void> | undefined;

  constructor(private readonly rows: DataSource) {}

  /**
   * Moves the checkpoint from where this holder read it. False when it was taken over or somebody holds it locked: the
   * follower must then ask by itself, so that no other waits with it.
   */
  pass(taken: Taken, from: Position | undefined, to: Position): Promise<boolean> {
    const moved = new Promise<boolean>((settle, fail) => this.waiting.push({ taken, from, to, settle, fail }));
    this.moving ??= this.moveAll();
    return moved;
  }

  /** One statement at a time; who comes meanwhile goes with the next. */
  private async moveAll(): Promise<void> {
    // Those that saw the same event ask within one turn of the event loop.
    await new Promise(setImmediate);
    while (this.waiting.length > 0) {
      const steps = this.waiting.splice(0);
      try {
        const moved = await this.move(steps);
        for (const { taken, settle } of steps) settle(moved.has(taken.follower));
      } catch (error) {
        for (const { fail } of steps) fail(error);
      }
    }
    this.moving = undefined;
  }

  private async move(steps: readonly Step[]): Promise<ReadonlySet<string>> {
    const asked = steps.map(({ taken: { follower, epoch }, from, to }) => ({
      follower,
      epoch,
      from: from ?? null,
      to,
    }));
    const [rows] = await this.rows.query<[{ follower: string }[], number]>(
      `WITH asked AS (
         SELECT * FROM json_to_recordset($1::json) AS a(follower text, epoch bigint, "from" text, "to" text)
       ), free AS (
         SELECT c.follower, a."to" FROM projections.checkpoint c JOIN asked a
             ON a.follower = c.follower AND a.epoch = c.epoch AND c.position IS NOT DISTINCT FROM a."from"
            FOR UPDATE OF c SKIP LOCKED
       )
       UPDATE projections.checkpoint c SET position = free."to" FROM free WHERE c.follower = free.follower
       RETURNING c.follower`,
      [JSON.stringify(asked)],
    );
    return new Set(rows.map(({ follower }) => follower));
  }
}
