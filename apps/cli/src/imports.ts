import { createReadStream } from 'node:fs';
import type { CommandContext } from '@app/event-store';
import {
  canonicalHash,
  Clock,
  derivedId,
  isCalendarDate,
  isUscc,
  newId,
  Party,
  Refused,
  shanghaiDay,
} from '@app/kernel';
import { labels, refusalSentence } from '@app/labels';
import { BeginImport, importKind, StageImport, TakeImportPart } from '@app/matching';
import { HolderOf, ImportIndustries } from '@app/registry';
import {
  guessMapping,
  IMPORT_MODES,
  LARGEST_IMPORT,
  MOST_ROWS,
  openTable,
  readCsv,
  REPEAT_ANSWERS,
  Staging,
} from '@app/spreadsheets';
import type { ImportMode, ImportSummary, RepeatAnswer } from '@app/spreadsheets';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { withApp } from './platform';

type ImportOptions = {
  readonly enterprise: string;
  readonly registration?: string;
  readonly mapping?: Record<string, string>;
  readonly set?: Record<string, string>;
  readonly catalogue?: string;
  readonly title?: string;
  readonly from?: string;
  readonly to?: string;
  readonly mode: ImportMode;
  readonly repeated?: RepeatAnswer;
  readonly dryRun?: boolean;
};

/** Acts of the installation itself, in the name of no account. */
const OPERATOR = 'process:operator';
/** Of a long list of bad rows: the rest stands in the same file. */
const MOST_SHOWN = 200;

export function importCommand(program: Command): void {
  const command = program.command('import').description('take catalogues and tables over from Excel and CSV files');
  for (const kind of ['demand', 'promotion'] as const) {
    command
      .command(kind)
      .description(`${kind === 'demand' ? 'a demand catalogue of a lead firm' : 'a promotion catalogue of an SME'}`)
      .argument('<file>', 'Excel (.xlsx), or CSV in UTF-8 or GB18030')
      .requiredOption('--enterprise <uscc>', 'the firm whose catalogue it is', uscc)
      .option('--registration <id>', 'which registration of the firm; by default the one that holds the code')
      .option('--mapping <field=heading...>', 'which column fills which field, beside those that are recognised', pairs)
      .option('--set <field=text...>', 'what a field holds where its cell is empty or it has no column', pairs)
      .option('--catalogue <id>', 'add to this catalogue; by default to the one of the month')
      .option('--title <title>', 'of a catalogue that is new')
      .option('--from <day>', 'first day of its period', day)
      .option('--to <day>', 'last day of its period', day)
      .addOption(new Option('--mode <mode>', 'what bad rows mean').choices(IMPORT_MODES).default('good-rows'))
      .addOption(
        new Option('--repeated <answer>', 'what rows mean that stand in another catalogue').choices(REPEAT_ANSWERS),
      )
      .option('--dry-run', 'check the file and take nothing')
      .action((file: string, options: ImportOptions) =>
        withApp((app) => new FileImport(app, kind, file, options).carryOut()),
      );
  }
  command
    .command('industries')
    .description('the table of GB/T 4754-2017: columns code and name')
    .argument('<file>')
    .action((file: string) => withApp((app) => importIndustries(app, file)));
}

class FileImport {
  private readonly commands = this.app.get(CommandBus);

  constructor(
    private readonly app: INestApplicationContext,
    private readonly kind: 'demand' | 'promotion',
    private readonly file: string,
    private readonly options: ImportOptions,
  ) {}

  async carryOut(): Promise<void> {
    const by = await this.party();
    const staged = await this.stage(by);
    await this.show(staged);
    if (this.options.dryRun) return;
    const { mode, repeated: answer } = this.options;
    const context = contextOf(staged.id, by);
    const { summary } = await this.commands.execute(new BeginImport(staged.id, by, { mode, answer }, context));
    await this.take(summary);
  }

  private async party(): Promise<Party> {
    const { enterprise, registration } = this.options;
    const holder = registration ?? (await this.app.get(QueryBus).execute(new HolderOf(enterprise)));
    if (holder === undefined) throw new Refused('registration-unknown', {}, '--enterprise');
    return { enterprise, registration: holder };
  }

  private async stage(by: Party): Promise<ImportSummary> {
    const { set: constants, mapping } = this.options;
    const month = shanghaiDay(this.app.get(Clock).now()).slice(0, 7);
    const [from, to] = [this.options.from ?? `${month}-01`, this.options.to ?? lastDayOf(month)];
    const title = this.options.title ?? `${from.slice(0, 7)} ${titleOf(this.kind)}`;
    const catalogue =
      this.options.catalogue ?? derivedId('imported-catalogue', by.enterprise, by.registration, this.kind, from, to);
    const terms = { title, from, to };
    const asked = { import: newId(), kind: this.kind, by, actor: OPERATOR, catalogue, terms, constants };
    const whole = mapping && { ...(await guessed(this.file, this.kind)), ...mapping };
    return this.commands.execute(new StageImport({ ...asked, mapping: whole }, createReadStream(this.file)));
  }

  private async show({ id, headings, mapping, constants, encoding, counts, state }: ImportSummary): Promise<void> {
    console.log(`${this.file}: ${encoding}, ${counts.rows} rows, ${counts.good} good, ${counts.bad} bad`);
    for (const [field, heading] of Object.entries(mapping)) console.log(`  ${field} = ${heading}`);
    for (const [field, text] of Object.entries(constants)) console.log(`  ${field} : ${text}`);
    const unused = headings.filter((heading) => !Object.values(mapping).includes(heading));
    if (unused.length > 0) console.log(`  not used: ${unused.join(', ')}`);
    if (counts.already > 0) console.log(`  ${counts.already} rows stand in this catalogue already`);
    for (const [code, rows] of Object.entries(counts.notices)) console.log(`  ${rows} rows: ${sentence(code, {})}`);
    await this.showRows(id, ['bad']);
    if (state === 'asks') console.log(sentence('import-asks', {}));
  }

  private async showRows(id: string, states: ('bad' | 'refused')[]): Promise<void> {
    const rows = await this.app.get(Staging).rows(id, { states, noticed: false, after: 0, limit: MOST_SHOWN });
    for (const { row, faults } of rows) {
      for (const { field, code, values } of faults ?? []) {
        console.log(`row ${row}, ${field || '-'}: ${code} ${sentence(code, values)}`);
      }
    }
  }

  /** Beside a worker that does the same: its parts and ours have the same ids. */
  private async take({ id, counts: { good } }: ImportSummary): Promise<void> {
    let told = performance.now();
    for (;;) {
      const { ended } = await this.commands.execute(new TakeImportPart(id, id));
      if (ended) break;
      if (performance.now() - told < 1_000) continue;
      told = performance.now();
      const { counts } = await this.app
        .get(Staging)
        .job(id)
        .then((job) => this.summary(id, job.registration));
      console.log(`${counts.taken + counts.refused} of ${good} rows`);
    }
    const { registration } = await this.app.get(Staging).job(id);
    const { counts, catalogue } = await this.summary(id, registration);
    await this.showRows(id, ['refused']);
    const states = Object.entries(labels['import-row-state'] ?? {}).flatMap(([state, { zh, en }]) => {
      const n = counts[state as keyof typeof counts] as number;
      return n > 0 ? [`${n} ${zh} ${en}`] : [];
    });
    console.log(`catalogue ${catalogue}: ${states.join(', ')}`);
  }

  private summary = (id: string, registration: string) => this.app.get(Staging).summary(id, registration);
}

const titleOf = (kind: 'demand' | 'promotion'): string => labels['catalogue-title']![kind]!.zh;

const sentence = (code: string, values: Readonly<Record<string, string>>): string =>
  `${refusalSentence(code, values, 'zh')} / ${refusalSentence(code, values, 'en')}`;

/** A heading that is named fills its field; the others are guessed without it. */
async function guessed(file: string, kind: string): Promise<Record<string, string>> {
  const { columns } = importKind(kind);
  const limits = { mostRows: MOST_ROWS, mostBytes: LARGEST_IMPORT };
  const table = await openTable(createReadStream(file), { columns, ...limits });
  await table.close();
  return { ...guessMapping(table.headings, columns) };
}

function contextOf(id: string, { enterprise }: Party): CommandContext {
  const commandId = derivedId('cli-import', id);
  const commandHash = canonicalHash(['begin-import', id]);
  return { commandId, commandHash, actor: OPERATOR, enterprise, correlationId: id, causationId: id };
}

async function importIndustries(app: INestApplicationContext, file: string): Promise<void> {
  const { headings, rows } = await readCsv(createReadStream(file));
  const [code, name] = ['code', 'name'].map((wanted) => headings.indexOf(wanted));
  if (code === undefined || name === undefined || code < 0 || name < 0) {
    throw new Refused('import-column-missing', { heading: 'code, name' });
  }
  const industries: { code: string; name: string }[] = [];
  for await (const { cells } of rows) industries.push({ code: cells[code] ?? '', name: cells[name] ?? '' });
  const all = await app.get(CommandBus).execute(new ImportIndustries(industries));
  console.log(`${industries.length} rows; the table holds ${all} codes`);
}

function pairs(text: string, before: Record<string, string> = {}): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('write field=value');
  return { ...before, [text.slice(0, at).trim()]: text.slice(at + 1).trim() };
}

function day(text: string): string {
  if (!isCalendarDate(text)) throw new InvalidArgumentError('write a day as 2020-03-31');
  return text;
}

function uscc(text: string): string {
  if (!isUscc(text)) throw new InvalidArgumentError('18 characters with a right check character');
  return text;
}

const lastDayOf = (month: string): string => {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year!, number, 0)).toISOString().slice(0, 10);
};
