import { createHash } from 'node:crypto';
import { canonicalJson, Clock, Refused } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { guessMapping } from './columns';
import type { Mapping } from './columns';
import type { CsvRow } from './csv';
import type { ImportKind, ImportSummary, Mending, NewImport, RowsAsked, SettledRow, StagedRow } from './import-kind';
import { checkConstants, checkMapping, fieldsOf } from './staged-rows';
import { countsOf, insertRows, MendedRow, updateRows } from './staged-rows-store';
import { ImportJobRow, ImportMode, ImportRowRow, RepeatAnswer, RowState } from './staging.table';
import { openTable, TableFile } from './table-file';

/** Bytes of a file. */
export const LARGEST_IMPORT = 32 * 1024 * 1024;
export const MOST_ROWS = 100_000;
const BATCH = 1_000;
/** Rows by which columns without headings are known. */
const GUESSED_BY = 20;

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
   * Reads and checks a whole file. The same file under the same id again changes nothing. Refuses what `openTable` refuses,
   * `import-id-taken`, `import-too-large`, `import-too-many-rows`, `import-no-rows`, and what `remap` refuses.
   */
  async stage(asked: NewImport, bytes: AsyncIterable<Uint8Array>, kind: ImportKind): Promise<ImportSummary> {
    const hash = createHash('sha256');
    const counted = limited(bytes, (chunk) => hash.update(chunk));
    const { columns } = kind;
    const { isPasted } = asked;
    const table = await openTable(counted, { columns, isPasted, mostRows: MOST_ROWS, mostBytes: LARGEST_IMPORT });
    try {
      return await this.keep(asked, table, kind, () => hash.digest('hex'));
    } finally {
      await table.close();
    }
  }

  private async keep(
    { mapping: given, constants = {}, ...asked }: NewImport,
    table: TableFile,
    kind: ImportKind,
    sha256: () => string,
  ): Promise<ImportSummary> {
    const { form: encoding, headings, isHeaded } = table;
    const { known, rows } = await firstRows(table.rows, isHeaded ? 0 : GUESSED_BY);
    const mapping = given ?? (isHeaded ? guessMapping(headings, kind.columns) : guessed(kind, headings, known));
    // What was pasted without a heading is mapped by hand where the guess fails.
    checkMapping(mapping, headings, constants, kind.columns, isHeaded ? 'all-required' : 'nothing');
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
        if (!before) await insertRows(kept, job, batch, kind);
        batch = [];
      };
      for await (const row of rows) {
        if (++count > MOST_ROWS) throw new Refused('import-too-many-rows', { max: String(MOST_ROWS) }, 'file');
        if (batch.push(row) >= BATCH) await flush();
      }
      await flush();
      if (count === 0) throw new Refused('import-no-rows', {}, 'file');
      job.sha256 = sha256();
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
        const rows = await kept.query<MendedRow[]>(
          'SELECT row, cells, mended, omitted FROM kept.import_row WHERE job = $1 AND row > $2 ORDER BY row LIMIT $3',
          [id, after, BATCH],
        );
        if (rows.length === 0) break;
        await updateRows(kept, job, rows, kind);
        after = rows.at(-1)!.row;
      }
      await this.compare(kept, job);
      const { mapping: now, constants: given, state } = job;
      await kept.update(ImportJobRow, { id }, { mapping: now, constants: given, state });
    });
    return this.summary(id, registration);
  }

  /**
   * Another text for some fields of a row, or leaves it out, or takes it back; it is checked at once. The same again changes
   * nothing. Refuses `import-unknown`, `import-row-unknown`, `import-begun`, `import-field-unknown`.
   */
  async mend(
    id: string,
    registration: string,
    number: number,
    { fields = {}, isLeftOut }: Mending,
    kind: ImportKind,
  ): Promise<ImportRowRow> {
    await this.db.transaction(async (kept) => {
      const job = await owned(kept, id, registration);
      if (job.state === 'begun' || job.state === 'ended') throw new Refused('import-begun');
      checkConstants(fields, kind.columns);
      const row = await kept.findOneBy(ImportRowRow, { job: id, row: number });
      if (!row) throw new Refused('import-row-unknown', { row: String(number) });
      const mended = { ...row.mended, ...fields };
      const omitted = isLeftOut ?? row.omitted;
      const changed = { ...row, mended: Object.keys(mended).length > 0 ? mended : null, omitted };
      await kept.update(ImportRowRow, { job: id, row: number }, { mended: changed.mended, omitted });
      await updateRows(kept, job, [changed], kind);
      // Rows that say the same were counted with it, before or from now on.
      await kept.query(
        `UPDATE kept.import_row SET state = 'good' WHERE job = $1 AND state = 'already'
         AND content IN ($2, (SELECT content FROM kept.import_row WHERE job = $1 AND row = $3))`,
        [id, row.content, number],
      );
      await this.compare(kept, job);
    });
    return (await this.db.manager.findOneBy(ImportRowRow, { job: id, row: number }))!;
  }

  /** Refuses `import-unknown`, also for another firm's. */
  async summary(id: string, registration: string): Promise<ImportSummary> {
    const job = await this.db.manager.findOneBy(ImportJobRow, { id, registration });
    if (!job) throw new Refused('import-unknown');
    return { ...job, counts: await countsOf(this.db.manager, id) };
  }

  /** Rows in order that are in one of these states or, with `noticed`, lack something or, with `doubtful`, were guessed at. */
  rows(id: string, { states, noticed, doubtful = false, after, limit }: RowsAsked): Promise<ImportRowRow[]> {
    return this.db.manager
      .createQueryBuilder(ImportRowRow, 'r')
      .where('r.job = :id AND r.row > :after', { id, after })
      .andWhere(
        '(r.state = ANY(:states) OR (:noticed AND r.notice IS NOT NULL) OR (:doubtful AND r.doubts IS NOT NULL))',
        {
          ...{ states, noticed, doubtful },
        },
      )
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
      `SELECT row, cells, mended, content, occurrence FROM kept.import_row
       WHERE job = $1 AND state = 'good' ORDER BY row LIMIT $2`,
      [id, size],
    );
    return rows.map(({ row, cells, mended, content, occurrence }) => ({
      ...{ row, content, occurrence },
      fields: fieldsOf({ cells, mended }, headings, mapping, constants),
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
      await kept.query(`UPDATE kept.import_row SET cells = '[]', mended = NULL, doubts = NULL WHERE job = $1`, [id]);
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
               FROM kept.import_row WHERE job = $1 AND state NOT IN ('bad', 'left-out')) n
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

/** Where nothing is written above the columns, their places stand for headings. */
function guessed(kind: ImportKind, headings: readonly string[], rows: readonly CsvRow[]): Mapping {
  const places = kind.guess?.(rows.map(({ cells }) => cells)) ?? {};
  return Object.fromEntries(Object.entries(places).map(([field, place]) => [field, headings[place]!]));
}

async function firstRows(rows: AsyncIterable<CsvRow>, most: number) {
  const source = rows[Symbol.asyncIterator]();
  const known: CsvRow[] = [];
  while (known.length < most) {
    const next = await source.next();
    if (next.done) break;
    known.push(next.value);
  }
  const all = (async function* () {
    yield* known;
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
  })();
  return { known, rows: all };
}
