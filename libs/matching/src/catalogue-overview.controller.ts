import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { After, listWanted, Page, PageAnswer, PageQuery, WaitsFor } from '@app/http';
import type { Keyset } from '@app/http';
import { CalendarDate, OneOf, Refused, Text } from '@app/kernel';
import { orderNames } from '@app/projections';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { CATALOGUE_KINDS } from './catalogue.decider';
import type { CatalogueKind, CatalogueStatus } from './catalogue.decider';
import { CATALOGUE_ORDERS, CatalogueById, CatalogueRow, catalogues, CataloguesOf } from './catalogues.view';
import type { CatalogueOrder } from './catalogues.view';
import { CatalogueLineView, CatalogueView, LISTING_STATES } from './listing-answer.rules';
import { partyOf } from './listing.controller';
import type { ListingStatus } from './listing.decider';
import { listingView } from './listing-page.controller';
import {
  CatalogueLines,
  LINE_NEEDS,
  LINE_ORDERS,
  LineCounts,
  ListingRow,
  listings,
  SeesSomeLine,
} from './listings.view';
import type { LineNeed, LineOrder } from './listings.view';
import { Readers } from './readers.handlers';

const CATALOGUE_STATES = ['draft', 'publishing', 'published', 'discarded'] as const;

export class CatalogueQuery extends PageQuery {
  @OneOf(CATALOGUE_KINDS, { optional: true }) kind?: CatalogueKind;
  @OneOf(CATALOGUE_STATES, { optional: true }) status?: CatalogueStatus;
  @CalendarDate({ optional: true, description: 'with the other bound: days of which the period has at least one' })
  from?: string;
  @CalendarDate({ optional: true }) to?: string;
  @Text(100, { optional: true, description: 'of the title' }) words?: string;
  @OneOf(orderNames(CATALOGUE_ORDERS), { optional: true, description: 'default -period' }) order?: CatalogueOrder;
}

export class LineQuery extends PageQuery {
  @OneOf(LISTING_STATES, { optional: true }) status?: ListingStatus;
  @OneOf(LINE_NEEDS, { optional: true, description: 'what a line waits for; for its owner' }) needs?: LineNeed;
  @Text(100, { optional: true, description: 'of product, specification, item code or drawing number' }) words?: string;
  @OneOf(orderNames(LINE_ORDERS), { optional: true, description: 'default: line' }) order?: LineOrder;
}

export class CataloguePage extends PageAnswer {
  @ApiProperty({ type: [CatalogueView] }) items: CatalogueView[];
}

export class LinePage extends PageAnswer {
  @ApiProperty({ type: [CatalogueLineView] }) items: CatalogueLineView[];
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
    const wanted = listWanted(query, after, '-period');
    const found = await this.queries.execute(new CataloguesOf(partyOf(actor).registration, query, wanted));
    return Page.listed(found, await this.shown(found.rows, 'owner'));
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
    const wanted = listWanted(query, after, 'line');
    if (isOwner(row, actor)) {
      return Page.listed(await this.queries.execute(new CatalogueLines(catalogue, query, wanted)), ownLine);
    }
    const { needs, ...asked } = query;
    if (needs !== undefined) throw new Refused('not-your-catalogue');
    const seen = { ...asked, seenBy: await this.readers.of(actor) };
    return Page.listed(await this.queries.execute(new CatalogueLines(catalogue, seen, wanted)), otherLine);
  }

  /** Until it is published a catalogue is its owner's alone; then it shows to whoever may see a line of it. */
  private async seen(catalogue: string, actor: Actor | undefined): Promise<CatalogueRow> {
    const row = await this.queries.execute(new CatalogueById(catalogue));
    if (!row || !(isOwner(row, actor) || row.publishedAt !== null)) throw new Refused('catalogue-unknown');
    if (isOwner(row, actor) || row.kind !== 'demand') return row;
    const reader = await this.readers.of(actor);
    if (!(await this.queries.execute(new SeesSomeLine(catalogue, reader)))) throw new Refused('catalogue-unknown');
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

const isOwner = ({ owner }: CatalogueRow, actor: Actor | undefined): boolean => actor?.party?.registration === owner;

function lineView(row: ListingRow, reader: 'lead' | 'other'): CatalogueLineView {
  const { listing, status, terms } = listingView(row, reader, undefined);
  return { listing, status, terms };
}

const otherLine = (row: ListingRow): CatalogueLineView => lineView(row, 'other');

const ownLine = (row: ListingRow): CatalogueLineView => ({
  ...lineView(row, 'lead'),
  offersReceived: row.own.offers.length,
  ...(row.own.publicationRefused !== undefined && { publicationRefused: row.own.publicationRefused }),
  waits: row.own.proposal !== undefined,
});
