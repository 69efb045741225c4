import { Refused } from '@app/kernel';
import { Command, CommandHandler, ICommandHandler, IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { IndustryRow, IndustryTable } from './industry.table';
import { isIndustry, MANUFACTURING } from './industries.rules';

export type Industry = { readonly code: string; readonly zh: string };

/**
 * Takes over a table of GB/T 4754-2017: each code once more or anew, none taken away. Codes may carry their section
 * letter (C1953). Answers with how many there are now; refuses `industry-none` with the code and changes nothing.
 */
export class ImportIndustries extends Command<number> {
  constructor(readonly rows: readonly { readonly code: string; readonly name: string }[]) {
    super();
  }
}

@CommandHandler(ImportIndustries)
export class ImportIndustriesHandler implements ICommandHandler<ImportIndustries> {
  constructor(private readonly table: IndustryTable) {}

  async execute({ rows }: ImportIndustries): Promise<number> {
    const industries = new Map<string, IndustryRow>();
    for (const { code: written, name } of rows) {
      const code = written.trim().replace(/^[A-T](?=\d)/, '');
      if (!isIndustry(code) || name.trim() === '') throw new Refused('industry-none', { industry: written });
      industries.set(code, { code, name: name.trim() });
    }
    return this.table.take([...industries.values()]);
  }
}

/** The industries in order of code: what was imported, or the divisions of manufacturing. */
export class Industries extends Query<Industry[]> {}

@QueryHandler(Industries)
export class IndustriesHandler implements IQueryHandler<Industries, Industry[]> {
  constructor(private readonly table: IndustryTable) {}

  async execute(): Promise<Industry[]> {
    const rows = await this.table.all();
    return rows.length > 0 ? rows.map(({ code, name }) => ({ code, zh: name })) : [...MANUFACTURING];
  }
}
