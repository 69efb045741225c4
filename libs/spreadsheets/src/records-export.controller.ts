import { Access, AccountActs, Looks } from '@app/auth';
import { Page, PageQuery, WaitsFor } from '@app/http';
import type { Keyset } from '@app/http';
import { sheetHeadings as heading, sheetTitles } from '@app/labels';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AnswersSheet, Asking, exportOf, Exports } from './exports';
import type { ExportAsking } from './exports';
import type { Sheet } from './sheet';

class RecordsExport extends exportOf(PageQuery) {}

type Numbered = { readonly number: string };
type LookRow = Awaited<ReturnType<Looks['latest']>>[number];
type ActRow = Awaited<ReturnType<AccountActs['latest']>>[number];

const looks: Sheet<LookRow> = {
  title: sheetTitles.looks,
  columns: [
    { key: 'at', heading: heading.at, kind: 'minute', value: ({ at }) => at.toISOString() },
    { key: 'actor', heading: heading.actor, kind: 'text', value: ({ actor }) => actor },
    { key: 'enterprise', heading: heading.enterpriseCode, kind: 'text', value: ({ enterprise }) => enterprise },
    { key: 'kind', heading: heading.kind, kind: 'text', value: ({ kind }) => kind },
    { key: 'subject', heading: heading.subject, kind: 'text', value: ({ subject }) => subject },
    { key: 'reason', heading: heading.reason, kind: 'text', value: ({ reason }) => reason },
  ],
};

const accountActs: Sheet<ActRow> = {
  title: sheetTitles.accountActs,
  columns: [
    { key: 'at', heading: heading.at, kind: 'minute', value: ({ at }) => at.toISOString() },
    { key: 'actor', heading: heading.actor, kind: 'text', value: ({ actor }) => actor },
    { key: 'act', heading: heading.act, kind: 'text', value: ({ act }) => act },
    { key: 'account', heading: heading.account, kind: 'text', value: ({ account }) => account ?? undefined },
    { key: 'detail', heading: heading.detail, kind: 'text', value: ({ detail }) => JSON.stringify(detail) },
  ],
};

const AT_ONCE = 1_000;

/** The auditor's records as files. */
@ApiTags('records')
@Controller()
@Access('auditor')
export class RecordsExportController {
  constructor(
    private readonly exports: Exports,
    private readonly looks: Looks,
    private readonly acts: AccountActs,
  ) {}

  @Get('looks/export')
  @WaitsFor()
  @AnswersSheet()
  async looksFile(@Query() query: RecordsExport, @Asking() asking: ExportAsking) {
    return this.exports.send(looks, query, asking, (_, after) =>
      paged((before) => this.looks.latest(before, AT_ONCE), after),
    );
  }

  @Get('account-acts/export')
  @WaitsFor()
  @AnswersSheet()
  async actsFile(@Query() query: RecordsExport, @Asking() asking: ExportAsking) {
    return this.exports.send(accountActs, query, asking, (_, after) =>
      paged((before) => this.acts.latest(before, AT_ONCE), after),
    );
  }
}

async function paged<Row extends Numbered>(
  latest: (before: string | undefined) => Promise<Row[]>,
  after: Keyset | undefined,
) {
  const rows = await latest(after?.[0] as string | undefined);
  return new Page(rows, rows.length < AT_ONCE ? undefined : [rows.at(-1)!.number]);
}
