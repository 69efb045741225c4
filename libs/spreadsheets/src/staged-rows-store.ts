import { setImmediate as others } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import type { CsvRow } from './csv';
import type { ImportCounts, ImportKind } from './import-kind';
import { contentOf, fieldsOf } from './staged-rows';
import type { ImportJobRow, ImportRowRow, RowState } from './staging.table';

/** Rows checked before other requests get their turn. */
const TURN = 20;

export type MendedRow = CsvRow & Partial<Pick<ImportRowRow, 'mended' | 'omitted'>>;

function checked(job: ImportJobRow, { row, cells, mended, omitted }: MendedRow, kind: ImportKind) {
  const fields = fieldsOf({ cells, mended }, job.headings, job.mapping, job.constants);
  const { faults, doubts = [], notice } = kind.read(fields);
  const own = fieldsOf({ cells, mended }, job.headings, job.mapping, {});
  const isBad = faults.length > 0;
  return {
    ...{
      row,
      state: omitted ? 'left-out' : isBad ? 'bad' : 'good',
      notice: isBad || omitted ? null : (notice ?? null),
    },
    ...{ faults: isBad ? faults : null, doubts: isBad || omitted || doubts.length === 0 ? null : doubts },
    ...{ content: contentOf(own, kind.columns), occurrence: 1 },
  };
}

/** Checked by few at a time: whoever else asks something of this process is served in between. */
async function checkedInTurns(job: ImportJobRow, rows: readonly MendedRow[], kind: ImportKind) {
  const all: ReturnType<typeof checked>[] = [];
  for (const [at, row] of rows.entries()) {
    if (at % TURN === TURN - 1) await others();
    all.push(checked(job, row, kind));
  }
  return all;
}

export async function insertRows(
  kept: EntityManager,
  job: ImportJobRow,
  rows: readonly CsvRow[],
  kind: ImportKind,
): Promise<void> {
  // No text of PostgreSQL holds a zero byte; another control character keeps the row a bad one.
  const storable = (cells: readonly string[]) => cells.map((cell) => cell.replaceAll('\u0000', '\u0001'));
  const staged = (await checkedInTurns(job, rows, kind)).map((one, i) => ({ ...one, cells: storable(rows[i]!.cells) }));
  await kept.query(
    `INSERT INTO kept.import_row (job, row, cells, state, faults, doubts, notice, content, occurrence)
     SELECT $1, row, cells, state, faults, doubts, notice, content, occurrence FROM jsonb_to_recordset($2::jsonb)
       AS s(row integer, cells jsonb, state text, faults jsonb, doubts jsonb, notice text, content text, occurrence integer)`,
    [job.id, JSON.stringify(staged)],
  );
}

export async function updateRows(
  kept: EntityManager,
  job: ImportJobRow,
  rows: readonly MendedRow[],
  kind: ImportKind,
): Promise<void> {
  await kept.query(
    `UPDATE kept.import_row r SET state = s.state, faults = s.faults, doubts = s.doubts, notice = s.notice,
            content = s.content, occurrence = 1
     FROM jsonb_to_recordset($2::jsonb)
       AS s(row integer, state text, faults jsonb, doubts jsonb, notice text, content text)
     WHERE r.job = $1 AND r.row = s.row`,
    [job.id, JSON.stringify(await checkedInTurns(job, rows, kind))],
  );
}

export async function countsOf(kept: EntityManager, id: string): Promise<ImportCounts> {
  const rows = await kept.query<{ state: RowState; notice: string | null; doubtful: boolean; n: number }[]>(
    `SELECT state, notice, doubts IS NOT NULL AS doubtful, count(*)::int AS n
       FROM kept.import_row WHERE job = $1 GROUP BY state, notice, doubtful`,
    [id],
  );
  const notices: Record<string, number> = {};
  const counts = { rows: 0, good: 0, doubtful: 0, bad: 0, already: 0, 'left-out': 0, taken: 0, refused: 0, notices };
  for (const { state, notice, doubtful, n } of rows) {
    counts[state] += n;
    if (doubtful && state === 'good') counts.doubtful += n;
    counts.rows += n;
    if (notice !== null) notices[notice] = (notices[notice] ?? 0) + n;
  }
  return counts;
}
