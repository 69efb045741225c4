import { createHash } from 'node:crypto';
import { canonicalJson, Clock, Refused } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { Column, guessMapping, Mapping } from './columns';
import { CsvRow, readCsv } from './csv';
import { checkConstants, checkMapping, contentOf, fieldsOf } from './staged-rows';
import { ImportJobRow, ImportMode, ImportRowRow, RepeatAnswer, RowFault, RowState } from './staging.table';

/** What a context makes of a row. */
export type Reading = { readonly faults: readonly RowFault[]; readonly notice?: string };
export type ImportKind = {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Pure; `fields` holds what is filled, trimmed. */
  read(fields: Readonly<Record<string, string>>): Reading;
};

export type NewImport = Pick<ImportJobRow, 'id' | 'registration' | 'enterprise' | 'actor' | 'catalogue' | 'about'> & {
  readonly mapping?: Mapping;
  readonly constants?: Record<string, string>;
};

export type ImportCounts = Readonly<Record<RowState, number>> & {
  readonly rows: number;
  /** How many good rows lack something, by refusal code. */
  readonly notices: Readonly<Record<string, number>>;
};
export type ImportSummary = ImportJobRow & { readonly counts: ImportCounts };
export type StagedRow = {
  readonly row: number;
  readonly fields: Readonly<Record<string, string>>;
  readonly content: string;
  readonly occurrence: number;
};
export type SettledRow = { readonly row: number; readonly refused?: RowFault };

/** Bytes of a file. */
export const LARGEST_IMPORT = 32 * 1024 * 1024;
export const MOST_ROWS = 100_000;
const BATCH = 1_000;

/**
 * Files on their way in: every row stands here, checked, before the first is appended anywhere. Memory holds one batch of
 * rows at a time.
 */
@Injectable()
export class Staging {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * Reads and checks a whole file. The same file under the same id again changes nothing. Refuses what `readCsv` refuses,
   * `import-id-taken`, `import-too-large`, `import-too-many-rows`, `import-no-rows`, and what `remap` refuses.
   */
  async stage(asked: NewImport, bytes: AsyncIterable<Uint8Array>, kind: ImportKind): Promise<ImportSummary> {
    const hash = createHash('sha256');
    const { encoding, headings, rows } = await readCsv(limited(bytes, (chunk) => hash.update(chunk)));
    const mapping = asked.mapping ?? guessMapping(headings, kind.columns);
    const constants = asked.constants ?? {};
    checkMapping(mapping, headings, constants, kind.columns);
    checkConstants(constants, kind.columns);
    const { id, registration, enterprise, actor, catalogue, about } = asked;
    const job: ImportJobRow = {
      ...{ id, kind: kind.name, registration, enterprise, actor, catalogue, about },
      ...{ encoding, headings, mapping, constants, sha256: '', state: 'checked', mode: null, answer: null },
      madeAt: new Date(this.clock.now()),
    };
    await this.db.transaction(async (kept) => {
      await kept.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`import ${id}`]);
      const before = await kept.findOneBy(ImportJobRow, { id });
      let count = 0;
      let batch: CsvRow[] = [];
      const flush = async () => {
        if (!before) await insert(kept, job, batch, kind);
        batch = [];
      };
      for await (const row of rows) {
        if (++count > MOST_ROWS) throw new Refused('import-too-many-rows', { max: String(MOST_ROWS) }, 'file');
        if (batch.push(row) >= BATCH) await flush();
      }
      await flush();
      if (count === 0) throw new Refused('import-no-rows', {}, 'file');
      job.sha256 = hash.digest('hex');
      if (before) return checkSame(before, job);
      await kept.insert(ImportJobRow, job);
      await this.compare(kept, job);
    });
    return this.summary(id, registration);
  }

  /**
   * Another mapping, or other constants: every row is checked again. Refuses `import-unknown`, `import-begun`,
   * `import-field-unknown`, `import-heading-unknown`, `import-heading-twice`, `import-column-missing`.
   */
  async remap(
    id: string,
    registration: string,
    { mapping, constants }: { mapping?: Mapping; constants?: Record<string, string> },
    kind: ImportKind,
  ): Promise<ImportSummary> {
    await this.db.transaction(async (kept) => {
      const job = await owned(kept, id, registration);
      if (job.state === 'begun' || job.state === 'ended') throw new Refused('import-begun');
      job.mapping = mapping ?? job.mapping;
      job.constants = constants ?? job.constants;
      checkMapping(job.mapping, job.headings, job.constants, kind.columns);
      checkConstants(job.constants, kind.columns);
      for (let after = 0; ;) {
        const rows = await kept.query<CsvRow[]>(
          'SELECT row, cells FROM kept.import_row WHERE job = $1 AND row > $2 ORDER BY row LIMIT $3',
          [id, after, BATCH],
        );
        if (rows.length === 0) break;
        await update(kept, job, rows, kind);
        after = rows.at(-1)!.row;
      }
      await this.compare(kept, job);
      const { mapping: now, constants: given, state } = job;
      await kept.update(ImportJobRow, { id }, { mapping: now, constants: given, state });
    });
    return this.summary(id, registration);
  }

  /** Refuses `import-unknown`, also for another firm's. */
  async summary(id: string, registration: string): Promise<ImportSummary> {
    const job = await this.db.manager.findOneBy(ImportJobRow, { id, registration });
    if (!job) throw new Refused('import-unknown');
    return { ...job, counts: await countsOf(this.db.manager, id) };
  }

  /** Rows in order that are in one of these states or, with `noticed`, lack something. */
  rows(
    id: string,
    { states, noticed, after, limit }: { states: readonly RowState[]; noticed: boolean; after: number; limit: number },
  ): Promise<ImportRowRow[]> {
    return this.db.manager
      .createQueryBuilder(ImportRowRow, 'r')
      .where('r.job = :id AND r.row > :after', { id, after })
      .andWhere('(r.state = ANY(:states) OR (:noticed AND r.notice IS NOT NULL))', { states, noticed })
      .orderBy('r.row')
      .limit(limit)
      .getMany();
  }

  /**
   * From now on the file is only carried out. Begun again with the same choice nothing changes. Refuses `import-unknown`,
   * `import-asks`, `import-bad-rows` (all or none), `import-nothing-good`, `import-begun` (with another choice).
   */
  async begin(
    id: string,
    registration: string,
    { mode, answer }: { mode: ImportMode; answer?: RepeatAnswer },
  ): Promise<ImportSummary> {
    await this.db.transaction(async (kept) => {
      const job = await owned(kept, id, registration);
      if (job.state === 'begun' || job.state === 'ended') {
        if (job.mode === mode && job.answer === (answer ?? null)) return;
        throw new Refused('import-begun');
      }
      const { good, bad, already } = await countsOf(kept, id);
      if (mode === 'all-or-none' && bad > 0) throw new Refused('import-bad-rows', { count: String(bad) });
      if (good + already === 0) throw new Refused('import-nothing-good');
      if (job.state === 'asks' && answer === undefined) throw new Refused('import-asks', {}, 'answer');
      if (answer === 'skip') await this.mark(kept, job, 'elsewhere', 'left-out');
      await kept.update(ImportJobRow, { id }, { state: 'begun', mode, answer: answer ?? null });
    });
    return this.summary(id, registration);
  }

  /** The job whoever owns it, for what carries it out. */
  async job(id: string): Promise<ImportJobRow> {
    const job = await this.db.manager.findOneBy(ImportJobRow, { id });
    if (!job) throw new Refused('import-unknown');
    return job;
  }

  /** The next good rows: the same ones until they are settled, so that a part that was interrupted is done again. */
  async nextPart({ id, headings, mapping, constants }: ImportJobRow, size: number): Promise<StagedRow[]> {
    const rows = await this.db.manager.query<ImportRowRow[]>(
      `SELECT row, cells, content, occurrence FROM kept.import_row
       WHERE job = $1 AND state = 'good' ORDER BY row LIMIT $2`,
      [id, size],
    );
    return rows.map(({ row, cells, content, occurrence }) => ({
      ...{ row, content, occurrence },
      fields: fieldsOf(cells, headings, mapping, constants),
    }));
  }

  async settle(id: string, rows: readonly SettledRow[]): Promise<void> {
    await this.db.manager.query(
      `UPDATE kept.import_row r
       SET state = CASE WHEN s.refused IS NULL THEN 'taken' ELSE 'refused' END,
           faults = CASE WHEN s.refused IS NULL THEN NULL ELSE jsonb_build_array(s.refused) END
       FROM jsonb_to_recordset($2::jsonb) AS s(row integer, refused jsonb)
       WHERE r.job = $1 AND r.row = s.row AND r.state = 'good'`,
      [id, JSON.stringify(rows)],
    );
  }

  /** All good rows are settled. What the cells said stands in events now, or was never taken. */
  async end(id: string): Promise<void> {
    await this.db.transaction(async (kept) => {
      await kept.query(`UPDATE kept.import_row SET cells = '[]' WHERE job = $1`, [id]);
      await kept.update(ImportJobRow, { id }, { state: 'ended' });
    });
  }

  /** Good rows that the firm has imported before, into this catalogue or another: how many, or marked as `state`. */
  private async mark(
    kept: EntityManager,
    { id, kind, registration, catalogue }: ImportJobRow,
    where: 'here' | 'elsewhere',
    state?: RowState,
  ): Promise<number> {
    const jobs = await kept.query<{ id: string }[]>(
      `SELECT id FROM kept.import_job
       WHERE kind = $1 AND registration = $2 AND id <> $3 AND (catalogue = $4) = $5`,
      [kind, registration, id, catalogue, where === 'here'],
    );
    if (jobs.length === 0) return 0;
    const before = `(SELECT DISTINCT content, occurrence FROM kept.import_row
                     WHERE job = ANY($2::uuid[]) AND state = 'taken') t
       WHERE r.job = $1 AND r.state = 'good' AND t.content = r.content AND t.occurrence = r.occurrence`;
    await withoutLoops(kept);
    const values = [id, jobs.map((job) => job.id)];
    const [found] =
      state === undefined
        ? await kept.query<{ n: number }[]>(`SELECT count(*)::int AS n FROM kept.import_row r, ${before}`, values)
        : await kept.query<{ n: number }[]>(
            `WITH marked AS (UPDATE kept.import_row r SET state = $3 FROM ${before} RETURNING 1)
             SELECT count(*)::int AS n FROM marked`,
            [...values, state],
          );
    return found!.n;
  }

  /** Counts equal rows, and holds the good ones against what the firm has imported before. */
  private async compare(kept: EntityManager, job: ImportJobRow): Promise<void> {
    await withoutLoops(kept);
    await kept.query(
      `UPDATE kept.import_row r SET occurrence = n.n
       FROM (SELECT row, row_number() OVER (PARTITION BY content ORDER BY row) AS n
               FROM kept.import_row WHERE job = $1 AND state <> 'bad') n
       WHERE r.job = $1 AND r.row = n.row AND r.occurrence <> n.n`,
      [job.id],
    );
    await this.mark(kept, job, 'here', 'already');
    const [{ good }, elsewhere] = [await countsOf(kept, job.id), await this.mark(kept, job, 'elsewhere')];
    job.state = elsewhere * 2 > good ? 'asks' : 'checked';
    await kept.update(ImportJobRow, { id: job.id }, { state: job.state });
  }
}

/** Rows of this very transaction have no statistics, and the planner would compare each of them with each. */
const withoutLoops = (kept: EntityManager): Promise<unknown> => kept.query('SET LOCAL enable_nestloop = off');

async function* limited(bytes: AsyncIterable<Uint8Array>, seen: (chunk: Uint8Array) => void) {
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > LARGEST_IMPORT) throw new Refused('import-too-large', { max: String(LARGEST_IMPORT >> 20) }, 'file');
    seen(chunk);
    yield chunk;
  }
}

async function owned(kept: EntityManager, id: string, registration: string): Promise<ImportJobRow> {
  const job = await kept.findOne(ImportJobRow, { where: { id, registration }, lock: { mode: 'pessimistic_write' } });
  if (!job) throw new Refused('import-unknown');
  return job;
}

function checkSame(before: ImportJobRow, now: ImportJobRow): void {
  const said = ({ kind, registration, catalogue, about, sha256 }: ImportJobRow) =>
    canonicalJson([kind, registration, catalogue, about, sha256]);
  if (said(before) !== said(now)) throw new Refused('import-id-taken', {}, 'import');
}

function checked(job: ImportJobRow, { row, cells }: CsvRow, kind: ImportKind) {
  const fields = fieldsOf(cells, job.headings, job.mapping, job.constants);
  const { faults, notice } = kind.read(fields);
  const own = fieldsOf(cells, job.headings, job.mapping, {});
  return {
    ...{ row, state: faults.length > 0 ? 'bad' : 'good', notice: faults.length > 0 ? null : (notice ?? null) },
    ...{ faults: faults.length > 0 ? faults : null, content: contentOf(own, kind.columns), occurrence: 1 },
  };
}

async function insert(
  kept: EntityManager,
  job: ImportJobRow,
  rows: readonly CsvRow[],
  kind: ImportKind,
): Promise<void> {
  // No text of PostgreSQL holds a zero byte; another control character keeps the row a bad one.
  const storable = (cells: readonly string[]) => cells.map((cell) => cell.replaceAll('\u0000', '\u0001'));
  const staged = rows.map((row) => ({ ...checked(job, row, kind), cells: storable(row.cells) }));
  await kept.query(
    `INSERT INTO kept.import_row (job, row, cells, state, faults, notice, content, occurrence)
     SELECT $1, row, cells, state, faults, notice, content, occurrence FROM jsonb_to_recordset($2::jsonb)
       AS s(row integer, cells jsonb, state text, faults jsonb, notice text, content text, occurrence integer)`,
    [job.id, JSON.stringify(staged)],
  );
}

async function update(
  kept: EntityManager,
  job: ImportJobRow,
  rows: readonly CsvRow[],
  kind: ImportKind,
): Promise<void> {
  await kept.query(
    `UPDATE kept.import_row r SET state = s.state, faults = s.faults, notice = s.notice, content = s.content, occurrence = 1
     FROM jsonb_to_recordset($2::jsonb)
       AS s(row integer, state text, faults jsonb, notice text, content text) WHERE r.job = $1 AND r.row = s.row`,
    [job.id, JSON.stringify(rows.map((row) => checked(job, row, kind)))],
  );
}

async function countsOf(kept: EntityManager, id: string): Promise<ImportCounts> {
  const rows = await kept.query<{ state: RowState; notice: string | null; n: number }[]>(
    'SELECT state, notice, count(*)::int AS n FROM kept.import_row WHERE job = $1 GROUP BY state, notice',
    [id],
  );
  const notices: Record<string, number> = {};
  const counts = { rows: 0, good: 0, bad: 0, already: 0, 'left-out': 0, taken: 0, refused: 0, notices };
  for (const { state, notice, n } of rows) {
    counts[state] += n;
    counts.rows += n;
    if (notice !== null) notices[notice] = (notices[notice] ?? 0) + n;
  }
  return counts;
}
