import { Looks } from '@app/auth';
import type { Actor } from '@app/auth';
import { actorOf, badFields, contextOf, fieldError, Page, PageQuery } from '@app/http';
import type { Keyset } from '@app/http';
import { OneOf, Refused, Text } from '@app/kernel';
import type { Label, Language } from '@app/labels';
import {
  applyDecorators,
  createParamDecorator,
  ExecutionContext,
  Injectable,
  StreamableFile,
  Type,
} from '@nestjs/common';
import { ApiOkResponse, ApiProduces, OmitType } from '@nestjs/swagger';
import type { Request } from 'express';
import { chosenColumns, SHEET_FORMATS, SHEET_TYPES, sheetBytes } from './sheet';
import type { Sheet, SheetFormat } from './sheet';

/** Rows of one file. More are refused: what is left away without a word would be missed. */
export const MOST_EXPORTED = 50_000;
/** Exports that one process gathers at the same time. */
const MOST_AT_ONCE = 4;
const PAGE_SIZE = '200';

/** What every export is asked beside the filters of its list. */
export type ExportChoice = { readonly format: SheetFormat; readonly columns?: string; readonly reason?: string };

/** The query of a list's export: the list's own filters and order, which file, which columns, and why. */
export function exportOf<T extends PageQuery>(Query: Type<T>): Type<Omit<T, 'limit' | 'cursor'> & ExportChoice> {
  class ExportQuery extends (OmitType(Query as Type<PageQuery>, ['limit', 'cursor']) as Type<object>) {
    @OneOf(SHEET_FORMATS) format: SheetFormat;
    @Text(1000, { optional: true, description: 'keys of columns, by commas; default all', example: 'product,quantity' })
    columns?: string;
    @Text(500, { optional: true, description: 'of an office: why; recorded where the auditor sees it' })
    reason?: string;
  }
  return ExportQuery as unknown as Type<Omit<T, 'limit' | 'cursor'> & ExportChoice>;
}

/** Who wants a file of which list. */
export type ExportAsking = { readonly actor: Actor | undefined; readonly language: Language; readonly list: string };

/** Parameter decorator of an export's route. */
export const Asking = createParamDecorator((_: unknown, host: ExecutionContext): ExportAsking => {
  const request = host.switchToHttp().getRequest<Request>();
  const list = request.path.replace(/^\/api\//, '').replace(/\/export$/, '');
  return { actor: actorOf(request), language: contextOf(request).language, list };
});

const BINARY = { schema: { type: 'string', format: 'binary' } } as const;

/** On a route that answers with a file of either format. */
export const AnswersSheet = (): MethodDecorator =>
  applyDecorators(ApiProduces(SHEET_TYPES.xlsx, SHEET_TYPES.csv.split(';')[0]!), ApiOkResponse(BINARY));

/**
 * Lists as files. Rows come from the list's own page, so that a file never holds what its reader would not be shown; they
 * are all read before the first byte leaves, so that a file is whole or there is none.
 */
@Injectable()
export class Exports {
  private underWay = 0;

  constructor(private readonly looks: Looks) {}

  /**
   * Refuses `export-column-unknown`, `export-too-large`, `export-reason-missing` (an office without a reason) and what the
   * page refuses. What an account takes away is recorded before it leaves.
   */
  async send<Row, Query extends ExportChoice>(
    sheet: Sheet<Row>,
    query: Query,
    asking: ExportAsking,
    page: (query: Query & { limit: string }, after: Keyset | undefined) => Promise<Page<Row>>,
  ): Promise<StreamableFile> {
    const { format, columns, reason, ...filters } = query;
    const asked = { ...filters, limit: PAGE_SIZE } as unknown as Query & { limit: string };
    return this.sendRows(sheet, { format, columns, reason }, asking, filters, async function* () {
      for (let after: Keyset | undefined; ;) {
        const { items, lastKey } = await page(asked, after);
        yield* items;
        if (lastKey === undefined) return;
        after = lastKey;
      }
    });
  }

  /** The same for a list that has no pages. */
  async sendRows<Row>(
    sheet: Sheet<Row>,
    { format, columns, reason }: ExportChoice,
    asking: ExportAsking,
    filters: object,
    rowsOf: () => Iterable<Row> | AsyncIterable<Row>,
  ): Promise<StreamableFile> {
    const { language, actor } = asking;
    const keys = columns?.split(',').map((key) => key.trim());
    const chosen = { ...sheet, columns: chosenColumns(sheet, keys) };
    const isOffice = actor?.roles.some((role) => role !== 'member') ?? false;
    if (isOffice && reason === undefined) throw badFields(fieldError('query', 'reason', 'export-reason-missing'));
    const rows = await this.gathered(rowsOf);
    if (actor) await this.record(actor, asking.list, filters, reason);
    return sheetFile(chosen.title, format, language, sheetBytes(chosen, rows, { format, language }));
  }

  /** A few at a time: each holds all of its rows, and some may be asked for without signing in. */
  private async gathered<Row>(rowsOf: () => Iterable<Row> | AsyncIterable<Row>): Promise<Row[]> {
    if (this.underWay >= MOST_AT_ONCE) throw new Refused('too-many-exports');
    this.underWay++;
    try {
      const rows: Row[] = [];
      for await (const row of rowsOf()) {
        if (rows.push(row) > MOST_EXPORTED) throw new Refused('export-too-large', { max: String(MOST_EXPORTED) });
      }
      return rows;
    } finally {
      this.underWay--;
    }
  }

  private async record(actor: Actor, list: string, filters: object, reason: string | undefined): Promise<void> {
    const given = Object.entries(filters as Record<string, unknown>).filter(([, value]) => value !== undefined);
    const said = given.map(([name, value]) => `${name}=${String(value)}`).join('&');
    const subject = `${list}${said === '' ? '' : `?${said}`}`.slice(0, 200);
    await this.looks.record(actor, { kind: 'export', subject, reason: reason ?? said.slice(0, 500) });
  }
}

/** An answer that a browser keeps as a file. */
export function sheetFile(
  title: Label,
  format: SheetFormat,
  language: Language,
  bytes: ConstructorParameters<typeof StreamableFile>[0],
): StreamableFile {
  const name = encodeURIComponent(`${title[language]}.${format}`);
  const disposition = `attachment; filename="${title.en.replace(/\W+/g, '-')}.${format}"; filename*=UTF-8''${name}`;
  return new StreamableFile(bytes as never, { type: SHEET_TYPES[format], disposition });
}
