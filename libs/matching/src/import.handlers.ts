import { CommandContext, Committed, Streams } from '@app/event-store';
import { canonicalHash, Clock, derivedId, instantText, Party, Refused, shanghaiDay } from '@app/kernel';
import { StandingOf } from '@app/registry';
import { Staging } from '@app/spreadsheets';
import type {
  ImportRow,
  ImportJobRow,
  ImportMode,
  ImportSummary,
  Mapping,
  Mending,
  RepeatAnswer,
  SettledRow,
  StagedRow,
} from '@app/spreadsheets';
import { Command, CommandBus, CommandHandler, ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { catalogue, CatalogueTerms } from './catalogue.decider';
import { AddLines, catalogueStream, derivedContext, inBatches, TellCatalogue } from './catalogue.handlers';
import { fileImport, ImportedKind, ImportEvent } from './import.decider';
import { demandOf, importKind, promotionOf } from './import-rows.handlers';
import { TellPromotion } from './promotion.handlers';

export const importStream = (id: string): string => `import-${id}`;

export type AskedImport = {
  readonly import: string;
  readonly kind: ImportedKind;
  readonly by: Party;
  /** `account:<id>` or `process:<name>`. */
  readonly actor: string;
  /** Theirs already, or one that is opened when the import begins: then its terms are wanted. */
  readonly catalogue: string;
  readonly terms?: CatalogueTerms;
  readonly mapping?: Mapping;
  readonly constants?: Readonly<Record<string, string>>;
  /** Copied from a sheet: it may come without a heading. */
  readonly isPasted?: boolean;
};

/** Reads a file and checks every row of it; nothing is appended. Refuses as `Staging.stage` does. */
export class StageImport extends Command<ImportSummary> {
  constructor(
    readonly asked: AskedImport,
    readonly bytes: AsyncIterable<Uint8Array>,
  ) {
    super();
  }
}

@CommandHandler(StageImport)
export class StageImportHandler implements ICommandHandler<StageImport> {
  constructor(
    private readonly staging: Staging,
    private readonly streams: Streams,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  async execute({ asked, bytes }: StageImport): Promise<ImportSummary> {
    const { import: id, kind, by, actor, catalogue: into, terms, mapping, constants, isPasted } = asked;
    await checkCatalogue(this.streams, into, kind, by, terms);
    const given = { ...(kind === 'promotion' && (await this.areaOf(by))), ...constants };
    const job = { id, ...by, actor, catalogue: into, about: terms ?? {}, mapping, constants: given, isPasted };
    return this.staging.stage(job, bytes, importKind(kind));
  }

  /** Where a firm makes its products, unless the file says otherwise. */
  private async areaOf({ registration, enterprise }: Party): Promise<{ area?: string }> {
    const today = shanghaiDay(this.clock.now());
    const { facts } = await this.queries.execute(new StandingOf(registration, enterprise, today));
    const area = (facts.plantAddress ?? facts.registeredAddress)?.area;
    return area === undefined ? {} : { area };
  }
}

/** Other headings for the fields, or other constants: every row is checked again. Refuses as `Staging.remap` does. */
export class RemapImport extends Command<ImportSummary> {
  constructor(
    readonly id: string,
    readonly by: Party,
    readonly mapping: Mapping | undefined,
    readonly constants: Record<string, string> | undefined,
  ) {
    super();
  }
}

@CommandHandler(RemapImport)
export class RemapImportHandler implements ICommandHandler<RemapImport> {
  constructor(private readonly staging: Staging) {}

  async execute({ id, by, mapping, constants }: RemapImport): Promise<ImportSummary> {
    const { kind } = await this.staging.summary(id, by.registration);
    return this.staging.remap(id, by.registration, { mapping, constants }, importKind(kind));
  }
}

/** Changes what a row says, leaves it out or takes it back. Refuses as `Staging.mend` does. */
export class MendImportRow extends Command<{ readonly row: ImportRow; readonly summary: ImportSummary }> {
  constructor(
    readonly id: string,
    readonly by: Party,
    readonly row: number,
    readonly mending: Mending,
  ) {
    super();
  }
}

@CommandHandler(MendImportRow)
export class MendImportRowHandler implements ICommandHandler<MendImportRow> {
  constructor(private readonly staging: Staging) {}

  async execute({ id, by: { registration }, row: number, mending }: MendImportRow) {
    const { kind } = await this.staging.summary(id, registration);
    const row = await this.staging.mend(id, registration, number, mending, importKind(kind));
    return { row, summary: await this.staging.summary(id, registration) };
  }
}

/** From now on the good rows are carried out, by a process or by whoever takes the parts. Refuses as `Staging.begin` does. */
export class BeginImport extends Command<{ readonly committed: Committed[]; readonly summary: ImportSummary }> {
  constructor(
    readonly id: string,
    readonly by: Party,
    readonly choice: { readonly mode: ImportMode; readonly answer?: RepeatAnswer },
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(BeginImport)
export class BeginImportHandler implements ICommandHandler<BeginImport> {
  constructor(
    private readonly staging: Staging,
    private readonly streams: Streams,
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  async execute({ id, by, choice, context }: BeginImport) {
    const job = await this.staging.summary(id, by.registration);
    const kind = importKind(job.kind).name;
    const terms = job.about as CatalogueTerms;
    const isOpen = await checkCatalogue(this.streams, job.catalogue, kind, by, terms);
    const summary = await this.staging.begin(id, by.registration, choice);
    const committed: Committed[] = [];
    if (!isOpen) {
      const open = { type: 'OpenCatalogue', catalogue: job.catalogue, kind, by, terms } as const;
      committed.push(
        await this.commands.execute(new TellCatalogue(job.catalogue, open, derivedContext(context, 'catalogue'))),
      );
    }
    const at = instantText(this.clock.now());
    const begin = { type: 'BeginImport', import: id, kind, by, catalogue: job.catalogue, at } as const;
    committed.push(await this.streams.decide(fileImport, importStream(id), begin, context));
    return { committed, summary };
  }
}

/**
 * Carries out the next rows of a begun import. Its steps have ids that follow from the import and the rows, so that a part
 * that was interrupted, or is done by two workers beside each other, is done once.
 */
export class TakeImportPart extends Command<{ readonly ended: boolean; readonly recorded: boolean }> {
  constructor(
    readonly id: string,
    readonly causationId: string,
  ) {
    super();
  }
}

/** Rows of one part: what is done again after a crash. */
export const PART = 500;

@CommandHandler(TakeImportPart)
export class TakeImportPartHandler implements ICommandHandler<TakeImportPart> {
  constructor(
    private readonly staging: Staging,
    private readonly streams: Streams,
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  async execute({ id, causationId }: TakeImportPart) {
    const job = await this.staging.job(id);
    if (job.state !== 'begun') return { ended: true, recorded: false };
    const rows = await this.staging.nextPart(job, PART);
    const context = contextOf(job, rows[0]?.row, causationId);
    const at = instantText(this.clock.now());
    if (rows.length === 0) {
      await this.record(id, { type: 'EndImport', at }, context);
      await this.staging.end(id);
      return { ended: true, recorded: true };
    }
    const settled = await this.take(job, rows, context);
    const refused = settled.filter((row) => row.refused).length;
    const [from, to] = [rows[0]!.row, rows.at(-1)!.row];
    // The event before the rows: whatever follows the event finds this part again if the rows were not settled.
    const recorded = await this.record(
      id,
      { type: 'RecordImportPart', from, to, taken: rows.length - refused, refused, at },
      derivedContext(context, 'record'),
    );
    await this.staging.settle(id, settled);
    return { ended: false, recorded };
  }

  private async record(id: string, command: Parameters<typeof fileImport.decide>[0], context: CommandContext) {
    const told: Committed<ImportEvent> = await this.streams.decide(fileImport, importStream(id), command, context);
    return told.events.length > 0 && !told.repeated;
  }

  private async take(job: ImportJobRow, rows: readonly StagedRow[], context: CommandContext): Promise<SettledRow[]> {
    try {
      await this.write(job, rows, context);
      return rows.map(({ row }) => ({ row }));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
    // One of them was refused: each by itself, so that it leaves the others done.
    const settled: SettledRow[] = [];
    for (const row of rows) settled.push(await this.takeOne(job, row, derivedContext(context, `row ${row.row}`)));
    return settled;
  }

  private async takeOne(job: ImportJobRow, row: StagedRow, context: CommandContext): Promise<SettledRow> {
    try {
      await this.write(job, [row], context);
      return { row: row.row };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { code, values, field = '' } = error;
      return { row: row.row, refused: { field, code, values: { ...values } } };
    }
  }

  private async write(job: ImportJobRow, rows: readonly StagedRow[], context: CommandContext): Promise<void> {
    const { catalogue: into, enterprise, registration } = job;
    const by = { enterprise, registration };
    if (job.kind === 'demand') {
      const lines = rows.map((row) => ({ listing: targetOf(job, row), terms: demandOf(row.fields) }));
      await this.commands.execute(new AddLines(into, by, lines, context));
      return;
    }
    await inBatches(rows, (row) => {
      const promotion = targetOf(job, row);
      const terms = promotionOf(row.fields);
      const draft = { type: 'DraftPromotion', promotion, by, terms, catalogue: into } as const;
      return this.commands.execute(new TellPromotion(promotion, draft, derivedContext(context, promotion)));
    });
    const items = rows.map((row) => targetOf(job, row));
    const enter = { type: 'AddToCatalogue', by, kind: 'promotion', items } as const;
    await this.commands.execute(new TellCatalogue(into, enter, derivedContext(context, 'items')));
  }
}

/** The same row of the same file is the same listing or product of that catalogue, however often it is sent. */
export const targetOf = (
  { kind, enterprise, catalogue: into }: Pick<ImportJobRow, 'kind' | 'enterprise' | 'catalogue'>,
  { content, occurrence }: Pick<StagedRow, 'content' | 'occurrence'>,
): string => derivedId(`imported-${kind}`, enterprise, into, content, occurrence);

function contextOf({ id, actor, enterprise }: ImportJobRow, from: number | undefined, causationId: string) {
  const commandId = derivedId('import-part', id, from ?? 'end');
  const commandHash = canonicalHash(['import-part', id, from ?? 'end']);
  return { commandId, commandHash, actor, enterprise, correlationId: id, causationId };
}

/** Whether the catalogue is open already. Another firm's is as unknown as one that does not exist. */
async function checkCatalogue(
  streams: Streams,
  id: string,
  kind: ImportedKind,
  by: Party,
  terms: Partial<CatalogueTerms> = {},
): Promise<boolean> {
  const { state } = await streams.load(catalogue, catalogueStream(id));
  if (state) {
    if (state.owner.registration !== by.registration || state.kind !== kind) throw new Refused('catalogue-unknown');
    if (state.status === 'discarded') throw new Refused('catalogue-discarded');
    return true;
  }
  const { title, from, to } = terms;
  if (title === undefined || from === undefined || to === undefined)
    throw new Refused('import-title-missing', {}, 'title');
  if (to < from) throw new Refused('period-reversed', {}, 'to');
  return false;
}
