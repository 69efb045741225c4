import { Readable } from 'node:stream';
import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { Takes, WaitsFor } from '@app/http';
import type { Keyset } from '@app/http';
import { isUuid, newId, Refused } from '@app/kernel';
import { refusalSentence, sheetTitles } from '@app/labels';
import { AnswersSheet, Asking, bookBytes, openTable, sheetFile } from '@app/spreadsheets';
import type { ExportAsking } from '@app/spreadsheets';
import { Controller, Get, HttpCode, Param, Post, UploadedFile, UseInterceptors } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { QueryBus } from '@nestjs/cqrs';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { CatalogueOverviewController } from './catalogue-overview.controller';
import { catalogues } from './catalogues.view';
import { faultsOf } from './import-rows.handlers';
import { ListingPages } from './listing-pages.handlers';
import { checkOffer, OfferTerms } from './listing-terms.rules';
import type { PublishedTerms } from './listing-terms.rules';
import { partyOf } from './listing.controller';
import { ListingRow, listings } from './listings.view';
import { MyOfferRow, MyOffers, myOffers } from './my-offers.view';
import { OfferSheetAnswer, OfferSheetLine } from './offer-sheet-answer.rules';
import {
  cellsByField,
  changedCells,
  isOfferEmpty,
  OFFER_SHEET_COLUMNS,
  offerSheet,
  offerSheetPlaces,
  offerSheetRow,
  offerTermsOf,
  RowCells,
  sameTerms,
  SheetLine,
} from './offer-sheet.handlers';

/** Bytes and rows of a sheet of offers. */
const LARGEST = 4 * 1024 * 1024;
const MOST_ROWS = 1_000;
const FILE = { type: 'string', format: 'binary' } as const;

type Fault = { readonly field: string; readonly code: string; readonly values: Record<string, string> };
type Judged =
  | { readonly is: 'empty' | 'unchanged' }
  | { readonly is: 'line' | 'revision'; readonly line: OfferSheetLine }
  | { readonly is: 'problem'; readonly product?: string; readonly faults: readonly Fault[] };

/** Many offers by one sheet: taken away with the lines locked, brought back filled in. It submits and keeps nothing. */
@ApiTags('offers')
@Controller()
export class OfferSheetController {
  constructor(
    private readonly queries: QueryBus,
    private readonly pages: ListingPages,
    private readonly routes: ModuleRef,
  ) {}

  /** The lines that quote and that the firm may see, with its own standing offers filled in. Excel alone. */
  @Get('catalogues/:catalogue/offer-sheet')
  @Access('member')
  @WaitsFor(catalogues, listings, myOffers)
  @AnswersSheet()
  async sheet(@Param('catalogue') catalogue: string, @Asking() { actor, language }: ExportAsking) {
    const lines = await this.linesOf(catalogue, actor!);
    const bytes = bookBytes(offerSheet(language), lines.map(offerSheetRow));
    return sheetFile(sheetTitles.offerSheet, 'xlsx', language, Readable.from(bytes, { objectMode: false }));
  }

  /**
   * What a filled-in sheet comes to: lines for `POST /api/offers`, revisions of offers that stand, and what is wrong in
   * which row. A cell that was locked and says something else refuses its row.
   */
  @Post('offer-sheets')
  @Access('manager', 'clerk')
  @Takes('multipart/form-data')
  @HttpCode(200)
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', required: ['file'], properties: { file: FILE } } })
  @ApiOkResponse({ type: OfferSheetAnswer })
  @UseInterceptors(FileInterceptor('file', { limits: { fileSize: LARGEST, files: 1, fields: 5, parts: 10 } }))
  async read(
    @UploadedFile() sent: { readonly buffer: Buffer } | undefined,
    @CurrentActor() actor: Actor,
  ): Promise<OfferSheetAnswer> {
    const party = partyOf(actor);
    if (!sent) throw new Refused('import-file-missing', {}, 'file');
    const rows = await this.rowsOf(sent.buffer);
    const ids = rows.map(({ cells }) => cells.get('listing') ?? '');
    const standing = await this.standing(party.registration, [...new Set(ids.filter(isUuid))]);
    const answer: OfferSheetAnswer = { lines: [], revisions: [], problems: [], unchanged: 0, empty: 0 };
    for (const [at, { row, cells }] of rows.entries()) {
      const isTwice = ids.indexOf(ids[at]!) < at;
      const judged = await this.judged(row, cells, actor, standing, isTwice);
      if (judged.is === 'line') answer.lines.push(judged.line);
      else if (judged.is === 'revision') answer.revisions.push(judged.line);
      else if (judged.is === 'problem') answer.problems.push(problemOf(row, judged.product, judged.faults));
      else answer[judged.is] += 1;
    }
    return answer;
  }

  private async linesOf(catalogue: string, actor: Actor): Promise<SheetLine[]> {
    const list = this.routes.get(CatalogueOverviewController);
    const found: SheetLine[] = [];
    for (let after: Keyset | undefined; ;) {
      const page = await list.lines(catalogue, { status: 'quoting', limit: '200' }, actor, after);
      const { registration } = partyOf(actor);
      const own = await this.standing(
        registration,
        page.items.map(({ listing }) => listing),
      );
      for (const { listing, terms } of page.items) found.push({ listing, terms, offered: own.get(listing)?.terms });
      if (page.lastKey === undefined || found.length >= MOST_ROWS) return found.slice(0, MOST_ROWS);
      after = page.lastKey;
    }
  }

  private async rowsOf(file: Buffer): Promise<{ row: number; cells: RowCells }[]> {
    const bytes = (async function* () {
      yield file;
    })();
    const table = await openTable(bytes, { columns: OFFER_SHEET_COLUMNS, mostRows: MOST_ROWS, mostBytes: LARGEST });
    try {
      const places = offerSheetPlaces(table.headings);
      if (!places) throw new Refused('offer-sheet-broken', {}, 'file');
      const rows: { row: number; cells: RowCells }[] = [];
      for await (const { row, cells } of table.rows) {
        rows.push({ row, cells: cellsByField(cells, places) });
        if (rows.length > MOST_ROWS) throw new Refused('import-too-many-rows', { max: String(MOST_ROWS) }, 'file');
      }
      return rows;
    } finally {
      await table.close();
    }
  }

  /** The firm's own offers that stand, by listing. */
  private async standing(registration: string, among: readonly string[]): Promise<ReadonlyMap<string, MyOfferRow>> {
    if (among.length === 0) return new Map();
    const wanted = { order: '-received', limit: MOST_ROWS * 2 } as const;
    const { rows } = await this.queries.execute(new MyOffers(registration, { listings: among }, wanted));
    return new Map(rows.filter(({ state }) => state === 'standing').map((row) => [row.listing, row]));
  }

  private async judged(
    row: number,
    cells: RowCells,
    actor: Actor,
    standing: ReadonlyMap<string, MyOfferRow>,
    isTwice: boolean,
  ): Promise<Judged> {
    const own = standing.get(cells.get('listing')!);
    if (!own && isOfferEmpty(cells)) return { is: 'empty' };
    const problem = (code: string, field = '', values = {}): Judged => {
      return {
        is: 'problem',
        product: cells.get('product')?.slice(0, 200) || undefined,
        faults: [{ field, code, values }],
      };
    };
    if (isTwice) return problem('offer-sheet-row-twice', 'listing');
    const listing = await this.seen(cells.get('listing')!, actor);
    if (listing instanceof Refused) return problem(listing.code, 'listing', listing.values);
    const line = { listing: listing.listing, terms: listing.terms };
    const changed = changedCells(cells, line);
    const product = listing.terms.product;
    if (changed.length > 0) {
      const faults = changed.map(({ field, heading, expected }) => {
        return { field, code: 'offer-sheet-cell-changed', values: { heading: heading.zh, expected } };
      });
      return { is: 'problem', product, faults };
    }
    const terms = plainToInstance(OfferTerms, offerTermsOf(cells));
    const faults = offerFaults(terms, listing);
    if (faults.length > 0) return { is: 'problem', product, faults };
    if (own && sameTerms(own.terms, { ...terms })) return { is: 'unchanged' };
    const offer = own?.offer ?? newId();
    return {
      is: own ? 'revision' : 'line',
      line: { row, listing: listing.listing, product, offer, terms: { ...terms } },
    };
  }

  /** A listing that quotes and that the firm may see; otherwise why not, in the words in which offering refuses. */
  private async seen(listing: string, actor: Actor): Promise<ListingRow | Refused> {
    if (!isUuid(listing)) return new Refused('listing-unknown');
    try {
      const row = await this.pages.seen(listing, actor);
      return row.status === 'quoting' ? row : new Refused('quoting-closed');
    } catch (error) {
      if (error instanceof Refused) return error;
      throw error;
    }
  }
}

function offerFaults(terms: OfferTerms, listing: ListingRow): Fault[] {
  const faults = validateSync(terms).flatMap((error) => faultsOf(error));
  if (faults.length > 0) return faults;
  try {
    checkOffer(terms, listing.terms as PublishedTerms);
    return [];
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return [
      { field: /^terms\/(\w+)/.exec(error.field ?? '')?.[1] ?? '', code: error.code, values: { ...error.values } },
    ];
  }
}

const problemOf = (row: number, product: string | undefined, faults: readonly Fault[]) => ({
  row,
  ...(product !== undefined && { product }),
  faults: faults.map(({ field, code, values }) => ({
    ...{ field, code },
    zh: refusalSentence(code, values, 'zh'),
    en: refusalSentence(code, values, 'en'),
  })),
});
