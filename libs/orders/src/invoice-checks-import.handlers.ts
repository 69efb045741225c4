import { CommandContext, Committed } from '@app/event-store';
import { canonicalHash, derivedId, Refused } from '@app/kernel';
import { guessMapping, openTable } from '@app/spreadsheets';
import { Command, CommandBus, CommandHandler, ICommandHandler } from '@nestjs/cqrs';
import { CHECK_COLUMNS, checkOfRow } from './invoice-check-columns.rules';
import { RecordInvoiceCheck } from './invoice.handlers';
import type { FirmPerson, OfficePerson } from './order-commands.rules';

/** Rows and bytes of one table of 查验 results. */
export const MOST_CHECKS = 2_000;
export const LARGEST_CHECKS = 5 * 1024 * 1024;

export type CheckRowResult = {
  /** Its number in Excel. */
  readonly row: number;
  readonly number?: string;
  readonly refused?: {
    readonly code: string;
    readonly values: Readonly<Record<string, string>>;
    readonly field: string;
  };
};
export type ImportedChecks = { readonly committed: Committed[]; readonly rows: readonly CheckRowResult[] };

/**
 * A table of 查验 results, row by row as if each had been recorded singly; a row that is refused leaves the others done.
 * The same file sent again under the same key changes nothing. Refuses as `openTable` does, `import-column-missing`,
 * `import-too-many-rows` and `import-no-rows`.
 */
export class ImportInvoiceChecks extends Command<ImportedChecks> {
  constructor(
    readonly bytes: Buffer,
    readonly by: FirmPerson | OfficePerson,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ImportInvoiceChecks)
export class ImportInvoiceChecksHandler implements ICommandHandler<ImportInvoiceChecks> {
  constructor(private readonly commands: CommandBus) {}

  async execute({ bytes, by, context }: ImportInvoiceChecks): Promise<ImportedChecks> {
    const committed: Committed[] = [];
    const rows: CheckRowResult[] = [];
    // Read whole before the first is recorded, so that a broken file leaves nothing behind.
    for (const { row, fields } of await rowsOf(bytes)) {
      try {
        const { number, state, checkedOn } = checkOfRow(fields);
        const commandId = derivedId(context.commandId, 'row', row);
        const commandHash = canonicalHash([context.commandHash, fields]);
        const asked = { check: derivedId(commandId, commandHash), state, checkedOn, attachments: [] };
        const step = { ...context, commandId, commandHash };
        committed.push(await this.commands.execute(new RecordInvoiceCheck(number, asked, by, step)));
        rows.push({ row, number });
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        const { code, values, field = '' } = error;
        rows.push({ row, refused: { code, values: { ...values }, field } });
      }
    }
    return { committed, rows };
  }
}

async function rowsOf(bytes: Buffer): Promise<{ row: number; fields: Record<string, string> }[]> {
  const chunks = (async function* () {
    yield bytes;
  })();
  const options = { columns: CHECK_COLUMNS, mostRows: MOST_CHECKS, mostBytes: LARGEST_CHECKS };
  const table = await openTable(chunks, options);
  try {
    const mapping = guessMapping(table.headings, CHECK_COLUMNS);
    for (const column of CHECK_COLUMNS) {
      const isMissing = 'required' in column && mapping[column.field] === undefined;
      if (isMissing) throw new Refused('import-column-missing', { heading: column.headings[0] }, 'file');
    }
    const places = Object.entries(mapping).map(([field, heading]) => [field, table.headings.indexOf(heading)] as const);
    const rows: { row: number; fields: Record<string, string> }[] = [];
    for await (const { row, cells } of table.rows) {
      const fields = Object.fromEntries(places.map(([field, place]) => [field, (cells[place] ?? '').trim()]));
      if (Object.values(fields).every((text) => text === '')) continue;
      if (rows.push({ row, fields }) > MOST_CHECKS) {
        throw new Refused('import-too-many-rows', { max: String(MOST_CHECKS) }, 'file');
      }
    }
    if (rows.length === 0) throw new Refused('import-no-rows', {}, 'file');
    return rows;
  } finally {
    await table.close();
  }
}
