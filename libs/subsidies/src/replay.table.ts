import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { canonicalJson, Clock, instantText } from '@app/kernel';
import { Conditions, Listed, listed, ListWanted, OrderOf } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { Column, DataSource, Entity, PrimaryColumn } from 'typeorm';
import type { DerivationLine } from './derivation.rules';
import type { ReplayChange, ReplayedApplication, ReplayLine, ReplayTotals } from './replay.rules';

export const REPLAY_STATES = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;
export type ReplayState = (typeof REPLAY_STATES)[number];
export type ReplayPolicy = { readonly scheme: string; readonly version: string };

/** A replay as it was asked for, how far it is, and what it came to. */
@Entity('replay')
export class ReplayRow {
  @PrimaryColumn('text') replay: string;
  @Column('jsonb') a: ReplayPolicy;
  @Column('jsonb') b: ReplayPolicy;
  @Column('text') asOf: string;
  @Column('text') knownAt: string;
  @Column('text', { array: true }) rounds: string[];
  /** Claims of the rounds, or every firm by itself; null until the log was read, where it was left open. */
  @Column('text', { nullable: true }) covers: string | null;
  @Column('text') state: ReplayState;
  /** Events read, and applications evaluated of how many. */
  @Column('integer') events: number;
  @Column('integer') evaluated: number;
  @Column('integer', { nullable: true }) applications: number | null;
  @Column('text') startedBy: string;
  @Column('text') startedAt: string;
  @Column('text', { nullable: true }) endedAt: string | null;
  @Column('jsonb', { nullable: true }) totals: ReplayTotals | null;
  /** When the process that runs it was last heard of, by the database's own clock. */
  @Column('timestamptz') aliveAt: Date;
}

@Entity('replay_line')
export class ReplayLineRow {
  @PrimaryColumn('text') replay: string;
  /** In the order of application. */
  @PrimaryColumn('integer') n: number;
  @Column('text') change: ReplayChange;
  @Column('numeric') difference: string;
  @Column('text') enterprise: string;
  @Column('jsonb') line: ReplayLine;
}

@Entity('replay_derivation')
export class ReplayDerivationRow {
  @PrimaryColumn('text') replay: string;
  @PrimaryColumn('integer') n: number;
  @PrimaryColumn('text') side: 'a' | 'b';
  @Column('text') hash: string;
  /** Canonical JSON, deflated: replays store millions of lines. */
  @Column('bytea') content: Buffer;
}

export const REPLAY_ORDERS = {
  application: `lpad(n::text, 10, '0')`,
  difference: 'difference',
  enterprise: 'enterprise',
} as const;
export type ReplayOrder = OrderOf<typeof REPLAY_ORDERS>;

/** Seconds of silence after which a replay's process is taken for dead. */
const SILENCE = 120;
const deflated = promisify(deflateRaw);
const inflated = promisify(inflateRaw);
/** Speed counts more than size here; level 1 already makes a derivation a tenth. */
const LEVEL = { level: 1 };

/** Replays with their lines and derivations. Kept, since what was decided on them must be found as it was read. */
@Injectable()
export class Replays {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** False where the id is taken. */
  async begin(row: Pick<ReplayRow, 'replay' | 'a' | 'b' | 'asOf' | 'knownAt' | 'rounds' | 'covers' | 'startedBy'>) {
    const started = { startedAt: instantText(this.clock.now()), endedAt: null, totals: null, aliveAt: () => 'now()' };
    const nothing = { state: 'waiting' as const, events: 0, evaluated: 0, applications: null };
    const values = { ...row, ...started, ...nothing } as unknown as ReplayRow;
    const made = await this.db.manager
      .createQueryBuilder()
      .insert()
      .into(ReplayRow)
      .values(values)
      .orIgnore()
      .returning('replay')
      .execute();
    return (made.raw as unknown[]).length > 0;
  }

  /** Sets how far it is; false once it is not to go on. */
  async progress(
    replay: string,
    far: Partial<Pick<ReplayRow, 'events' | 'evaluated' | 'applications' | 'covers' | 'rounds'>>,
  ): Promise<boolean> {
    return this.change(replay, { ...far, state: 'running' });
  }

  /** Ends it, unless it has ended already; false then. */
  async end(replay: string, state: 'done' | 'failed' | 'cancelled', totals: ReplayTotals | null = null) {
    return this.change(replay, { state, totals, endedAt: instantText(this.clock.now()) });
  }

  private async change(replay: string, to: object): Promise<boolean> {
    const { affected } = await this.db.manager
      .createQueryBuilder()
      .update(ReplayRow)
      .set({ ...to, aliveAt: () => 'now()' })
      .where(`replay = :replay AND state IN ('waiting', 'running')`, { replay })
      .execute();
    return affected === 1;
  }

  /** Lines and derivations of some applications, in one transaction. `from`: the number of the first. */
  async keep(replay: string, from: number, some: readonly ReplayedApplication[]): Promise<void> {
    const lines = some.map(({ line }, at) => {
      const { change, difference, enterprise } = line;
      return { replay, n: from + at, change, difference, enterprise, line: canonicalJson(line) };
    });
    const derivations = await Promise.all(
      some.flatMap(({ line, derivations: both }, at) =>
        both.flatMap((told, index) => {
          const side = index === 0 ? ('a' as const) : ('b' as const);
          return told ? [packed(replay, from + at, side, line[side].derivation!, told.text)] : [];
        }),
      ),
    );
    await this.db.transaction(async (rows) => {
      await rows.query(
        `INSERT INTO kept.replay_line (replay, n, change, difference, enterprise, line)
         SELECT * FROM unnest($1::text[], $2::int[], $3::text[], $4::numeric[], $5::text[], $6::jsonb[])`,
        (['replay', 'n', 'change', 'difference', 'enterprise', 'line'] as const).map((column) =>
          lines.map((line) => line[column]),
        ),
      );
      if (derivations.length === 0) return;
      await rows
        .createQueryBuilder()
        .insert()
        .into(ReplayDerivationRow)
        .values(derivations)
        .updateEntity(false)
        .execute();
    });
  }

  async dropLines(replay: string): Promise<void> {
    await this.db.query('DELETE FROM kept.replay_derivation WHERE replay = $1', [replay]);
    await this.db.query('DELETE FROM kept.replay_line WHERE replay = $1', [replay]);
  }

  /** The latest first. One whose process is gone shows as failed. */
  async all(): Promise<ReplayRow[]> {
    const rows = await this.db.manager.find(ReplayRow, { order: { startedAt: 'DESC', replay: 'ASC' }, take: 200 });
    return this.asTheyStand(rows);
  }

  async find(replay: string): Promise<ReplayRow | undefined> {
    const row = await this.db.manager.findOneBy(ReplayRow, { replay });
    return row ? (await this.asTheyStand([row]))[0] : undefined;
  }

  /** By the database's clock, since processes may differ. */
  private async asTheyStand(rows: readonly ReplayRow[]): Promise<ReplayRow[]> {
    const silent = await this.db.query<{ replay: string }[]>(
      `SELECT replay FROM kept.replay
       WHERE state IN ('waiting', 'running') AND "aliveAt" < now() - make_interval(secs => $1)`,
      [SILENCE],
    );
    const lost = new Set(silent.map(({ replay }) => replay));
    return rows.map((row) => (lost.has(row.replay) ? { ...row, state: 'failed' } : row));
  }

  lines(
    replay: string,
    change: ReplayChange | undefined,
    wanted: ListWanted<ReplayOrder>,
  ): Promise<Listed<Pick<ReplayLineRow, 'n' | 'line'>>> {
    const where = new Conditions().equal('replay', replay);
    const tab = { column: 'change', value: change };
    const key = `lpad(n::text, 10, '0')`;
    const list = { shown: 'n, line', from: 'kept.replay_line', key, orders: REPLAY_ORDERS, where, tab };
    return listed<Pick<ReplayLineRow, 'n' | 'line'>>(this.db.manager, list, wanted);
  }

  async derivation(replay: string, n: number, side: 'a' | 'b'): Promise<DerivationLine[] | undefined> {
    const row = await this.db.manager.findOneBy(ReplayDerivationRow, { replay, n, side });
    return row ? (JSON.parse((await inflated(row.content)).toString()) as DerivationLine[]) : undefined;
  }
}

async function packed(
  replay: string,
  n: number,
  side: 'a' | 'b',
  hash: string,
  text: string,
): Promise<ReplayDerivationRow> {
  return { replay, n, side, hash, content: await deflated(text, LEVEL) };
}
