import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { After, Page, PageQuery, pageSize, WaitsFor } from '@app/http';
import type { Keyset } from '@app/http';
import { OneOf, Refused, Text } from '@app/kernel';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { CATALOGUE_KINDS } from './catalogue.decider';
import type { CatalogueKind, CatalogueStatus } from './catalogue.decider';
import { CatalogueById, CatalogueRow, catalogues, CataloguesOf } from './catalogues.view';
import { CatalogueLineView, CatalogueView, LISTING_STATES } from './listing-answer.rules';
import { partyOf } from './listing.controller';
import type { ListingStatus } from './listing.decider';
import { listingView } from './listing-page.controller';
import { CatalogueLines, LineCounts, ListingRow, listings, seesPage } from './listings.view';
import { Readers } from './readers.handlers';

const CATALOGUE_STATES = ['draft', 'publishing', 'published', 'discarded'] as const;

export class CatalogueQuery extends PageQuery {
  @OneOf(CATALOGUE_KINDS, { optional: true }) kind?: CatalogueKind;
  @OneOf(CATALOGUE_STATES, { optional: true }) status?: CatalogueStatus;
}

export class LineQuery extends PageQuery {
  @OneOf(LISTING_STATES, { optional: true }) status?: ListingStatus;
}

export class CataloguePage {
  @ApiProperty({ type: [CatalogueView] }) items: CatalogueView[];
  @Text(4096, { optional: true, description: 'cursor of the next page' }) next?: string;
}

export class LinePage {
  @ApiProperty({ type: [CatalogueLineView] }) items: CatalogueLineView[];
  @Text(4096, { optional: true, description: 'cursor of the next page' }) next?: string;
}

/** Catalogues: their owner's overview, and for others the lines that they may see of a published one. */
@ApiTags('catalogues')
@Controller('catalogues')
export class CatalogueOverviewController {
  constructor(
    private readonly queries: QueryBus,
    private readonly readers: Readers,
  ) {}

  /** The firm's own, the latest period first. */
  @Get()
  @Access('member')
  @WaitsFor(catalogues, listings)
  @ApiOkResponse({ type: CataloguePage })
  async page(
    @Query() query: CatalogueQuery,
    @CurrentActor() actor: Actor,
    @After() after: Keyset | undefined,
  ): Promise<Page<CatalogueView>> {
    const { kind, status } = query;
    const asked = { ...(kind && { kind }), ...(status && { status }) };
    const rows = await this.queries.execute(
      new CataloguesOf(partyOf(actor).registration, asked, pageSize(query) + 1, after as [string, string] | undefined),
    );
    const show = await this.shown(rows, 'owner');
    return Page.of(rows, query, ({ from, catalogue }) => [from, catalogue], show);
  }

  @Get(':catalogue')
  @Access('public')
  @WaitsFor(catalogues, listings)
  @ApiOkResponse({ type: CatalogueView })
  async one(@Param('catalogue') catalogue: string, @CurrentActor() actor: Actor | undefined): Promise<CatalogueView> {
    const row = await this.seen(catalogue, actor);
    return (await this.shown([row], isOwner(row, actor) ? 'owner' : 'other'))(row);
  }

  /** In the order of the catalogue. Whoever is not its owner gets the lines that he may see. */
  @Get(':catalogue/lines')
  @Access('public')
  @WaitsFor(catalogues, listings)
  @ApiOkResponse({ type: LinePage })
  async lines(
    @Param('catalogue') catalogue: string,
    @Query() query: LineQuery,
    @CurrentActor() actor: Actor | undefined,
    @After() after: Keyset | undefined,
  ): Promise<Page<CatalogueLineView>> {
    const row = await this.seen(catalogue, actor);
    if (isOwner(row, actor)) {
      const rows = await this.linesFrom(catalogue, query, pageSize(query) + 1, after);
      return Page.of(rows, query, keyOf, ownLine);
    }
    const reader = await this.readers.of(actor);
    const seen: ListingRow[] = [];
    // Hidden lines are passed over until the page is full, so that a short page does not tell how many there are.
    for (let from = after; seen.length <= pageSize(query);) {
      const rows = await this.linesFrom(catalogue, query, LINES_AT_ONCE, from);
      seen.push(...rows.filter((line) => seesPage(line, reader)));
      if (rows.length < LINES_AT_ONCE) break;
      from = keyOf(rows.at(-1)!);
    }
    return Page.of(seen.slice(0, pageSize(query) + 1), query, keyOf, (line) => lineView(line, 'other'));
  }

  private linesFrom(catalogue: string, { status }: LineQuery, limit: number, after: Keyset | undefined) {
    return this.queries.execute(new CatalogueLines(catalogue, status, limit, after as [string, string] | undefined));
  }

  /** Until it is published a catalogue is its owner's alone. */
  private async seen(catalogue: string, actor: Actor | undefined): Promise<CatalogueRow> {
    const row = await this.queries.execute(new CatalogueById(catalogue));
    if (!row || !(isOwner(row, actor) || row.publishedAt !== null)) throw new Refused('catalogue-unknown');
    return row;
  }

  private async shown(rows: readonly CatalogueRow[], reader: 'owner' | 'other') {
    const counts = await this.queries.execute(new LineCounts(rows.map(({ catalogue }) => catalogue)));
    const nameOf = await this.readers.namesOf(rows.map(({ enterprise }) => enterprise));
    return ({ catalogue, kind, enterprise, status, title, from, to, publishedAt, copiedFrom }: CatalogueRow) => {
      const states = Object.entries(counts.get(catalogue) ?? {}).map(([state, lines]) => ({ status: state, lines }));
      return {
        catalogue,
        kind,
        owner: { enterprise, name: nameOf(enterprise) },
        status,
        title,
        from,
        to,
        publishedAt: publishedAt ?? undefined,
        ...(reader === 'owner' && { copiedFrom: copiedFrom ?? undefined, counts: states }),
      } satisfies CatalogueView;
    };
  }
}

const LINES_AT_ONCE = 200;

const isOwner = ({ owner }: CatalogueRow, actor: Actor | undefined): boolean => actor?.party?.registration === owner;

const keyOf = ({ line, listing }: ListingRow): Keyset => [line, listing];

function lineView(row: ListingRow, reader: 'lead' | 'other'): CatalogueLineView {
  const { listing, status, terms } = listingView(row, reader, undefined);
  return { listing, status, terms };
}

const ownLine = (row: ListingRow): CatalogueLineView => ({
  ...lineView(row, 'lead'),
  offersReceived: row.own.offers.length,
  ...(row.own.publicationRefused !== undefined && { publicationRefused: row.own.publicationRefused }),
  waits: row.own.proposal !== undefined,
});
