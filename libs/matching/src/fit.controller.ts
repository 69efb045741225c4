import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { WaitsFor } from '@app/http';
import {
  Clock,
  Instant,
  instantText,
  ListOf,
  Nested,
  OneOf,
  Refused,
  Strings,
  Text,
  Uuid,
  WholeNumber,
} from '@app/kernel';
import { Controller, Get, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CatalogueById, catalogues } from './catalogues.view';
import { RefusalView, refusalView } from './consequences.controller';
import { FirmView } from './demand-answer.rules';
import { FIT_REASONS } from './demand-fit.rules';
import { FittingSuppliers } from './fitting-suppliers.handlers';
import type { FittingSupplier } from './fitting-suppliers.handlers';
import { ListingView } from './listing-answer.rules';
import { partyOf } from './listing.controller';
import { listingView } from './listing-page.controller';
import { ListingPages } from './listing-pages.handlers';
import { checkedForPublication } from './listing-terms.rules';
import { CatalogueLines, listings } from './listings.view';
import { promotions } from './promotions.view';
import { Readers } from './readers.handlers';

const MOST_SHOWN = 50;
const MOST_LINES = 100;

export class FittingSupplierView {
  @Nested(() => FirmView) supplier: FirmView;
  /** Its published product that fits best. */
  @Uuid() promotion: string;
  @Text(200, { example: '鞋底' }) product: string;
  @Strings(FIT_REASONS, { most: 8 }) reasons: string[];
}

export class ReasonCount {
  @OneOf(FIT_REASONS) reason: string;
  @WholeNumber(1, 1_000_000) firms: number;
}

export class FitView {
  @WholeNumber(0, 1_000_000, { description: 'confirmed SMEs whose published products fit' }) firms: number;
  @ListOf(() => ReasonCount, { most: 8 }) reasons: ReasonCount[];
  @ListOf(() => FittingSupplierView, { most: MOST_SHOWN, description: 'the best of them' })
  suppliers: FittingSupplierView[];
}

export class LineFit {
  @Uuid() listing: string;
  @Text(200) product: string;
  @WholeNumber(0, 1_000_000) firms: number;
  /** Why it cannot be told: terms that the draft still lacks. */
  @Nested(() => RefusalView, { optional: true }) refused?: RefusalView;
}

export class CatalogueFitView extends FitView {
  @ListOf(() => LineFit, { most: MOST_LINES, description: `the first ${MOST_LINES} lines` }) lines: LineFit[];
}

export class PreviewView {
  @Nested(() => ListingView) listing: ListingView;
  /** What still stands against its publication. */
  @Nested(() => RefusalView, { optional: true }) refused?: RefusalView;
  @Instant({ description: 'when it would be published' }) at: string;
}

/** Before and after a lead publishes: how an SME sees it, and how many it fits. */
@ApiTags('listings')
@Controller()
@Access('member')
export class FitController {
  constructor(
    private readonly queries: QueryBus,
    private readonly pages: ListingPages,
    private readonly readers: Readers,
    private readonly clock: Clock,
  ) {}

  /** The listing as an SME would see it if it were published now. */
  @Get('listings/:listing/preview')
  @WaitsFor(listings)
  @ApiOkResponse({ type: PreviewView })
  async preview(@Param('listing') listing: string, @CurrentActor() actor: Actor): Promise<PreviewView> {
    const row = await this.pages.own(listing, actor);
    const at = instantText(this.clock.now());
    const nameOf = await this.readers.namesOf([row.lead]);
    const isOut = row.publishedAt !== null;
    const shown = isOut ? row : { ...row, status: 'quoting' as const, publishedAt: at };
    const refused = isOut ? undefined : refusalOf(() => checkedForPublication(row.terms, at));
    return { listing: listingView(shown, 'other', nameOf(row.lead)), at, ...(refused && { refused }) };
  }

  /** The confirmed SMEs whose published products fit, by the rule that shows them the demand. */
  @Get('listings/:listing/fit')
  @WaitsFor(listings, promotions)
  @ApiOkResponse({ type: FitView })
  async ofListing(@Param('listing') listing: string, @CurrentActor() actor: Actor): Promise<FitView> {
    const { lead, terms } = await this.pages.own(listing, actor);
    const found = await this.queries.execute(new FittingSuppliers([{ listing, lead, terms }]));
    return fitView(found.get(listing) ?? []);
  }

  /** Of all lines together; a firm that fits several counts once. */
  @Get('catalogues/:catalogue/fit')
  @WaitsFor(catalogues, listings, promotions)
  @ApiOkResponse({ type: CatalogueFitView })
  async ofCatalogue(@Param('catalogue') catalogue: string, @CurrentActor() actor: Actor): Promise<CatalogueFitView> {
    const row = await this.queries.execute(new CatalogueById(catalogue));
    if (row?.owner !== partyOf(actor).registration) {
      throw new Refused(row?.publishedAt == null ? 'catalogue-unknown' : 'not-your-catalogue');
    }
    const wanted = { order: 'line', limit: MOST_LINES } as const;
    const { rows } = await this.queries.execute(new CatalogueLines(catalogue, {}, wanted));
    const best = new Map<string, FittingSupplier>();
    const lines: LineFit[] = [];
    for (const { listing, lead, terms, status } of rows) {
      if (status === 'discarded' || status === 'cancelled') continue;
      let firms: readonly FittingSupplier[] = [];
      const refused = await refusalIn(async () => {
        firms = (await this.queries.execute(new FittingSuppliers([{ listing, lead, terms }]))).get(listing) ?? [];
      });
      for (const firm of firms) {
        if (firm.score > (best.get(firm.enterprise)?.score ?? 0)) best.set(firm.enterprise, firm);
      }
      lines.push({ listing, product: terms.product, firms: firms.length, ...(refused && { refused }) });
    }
    const all = [...best.values()].sort((a, b) => b.score - a.score || (a.enterprise < b.enterprise ? -1 : 1));
    return { ...fitView(all), lines };
  }
}

function refusalOf(check: () => unknown): RefusalView | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return refusalView(error);
    throw error;
  }
}

async function refusalIn(work: () => Promise<void>): Promise<RefusalView | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return refusalView(error);
    throw error;
  }
}

function fitView(suppliers: readonly FittingSupplier[]): FitView {
  const counts = new Map<string, number>();
  for (const reason of suppliers.flatMap(({ reasons }) => reasons)) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return {
    firms: suppliers.length,
    reasons: [...counts].map(([reason, firms]) => ({ reason, firms })),
    suppliers: suppliers.slice(0, MOST_SHOWN).map(({ enterprise, name, promotion, product, reasons }) => {
      return { supplier: { enterprise, name }, promotion, product, reasons: [...reasons] };
    }),
  };
}
