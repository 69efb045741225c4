import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { After, badFields, fieldError, Page, PageQuery, pageSize, WaitsFor } from '@app/http';
import type { Keyset } from '@app/http';
import { AreaCode, IndustryCode, Instant, instantText, instantTime, OneOf, Refused, Text } from '@app/kernel';
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { DemandCountsView, DemandView, FittingDemandView } from './demand-answer.rules';
import { FittingDemands } from './fitting-demands.handlers';
import { DEMAND_ORDERS, OpenDemand, OpenDemandCounts, OpenDemands, openDemands } from './open-demands.view';
import type { DemandKey, DemandOrder } from './open-demands.view';
import { promotions } from './promotions.view';
import { belowIndustry, Readers } from './readers.handlers';
import type { NameOf } from './readers.handlers';

export class OpenDemandQuery extends PageQuery {
  @Text(100, {
    optional: true,
    description: 'Chinese, pinyin or initials, of product and specification',
    example: 'xiedi',
  })
  words?: string;
  @AreaCode({ optional: true, description: 'of the delivery place' }) area?: string;
  @IndustryCode({ optional: true, description: 'and everything below it' }) industry?: string;
  @Instant({ optional: true }) closingBefore?: string;
  @OneOf(DEMAND_ORDERS, { optional: true, description: 'without words; they order by how well they fit' })
  order?: DemandOrder;
}

export class DemandPage {
  @ApiProperty({ type: [DemandView] }) items: DemandView[];
  @Text(4096, { optional: true, description: 'cursor of the next page' }) next?: string;
}

export class FittingDemandPage {
  @ApiProperty({ type: [FittingDemandView] }) items: FittingDemandView[];
  @Text(4096, { optional: true, description: 'cursor of the next page' }) next?: string;
}

/** The public fair, and what of it one's own products fit. */
@ApiTags('demands')
@Controller()
export class OpenDemandsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly readers: Readers,
  ) {}

  /** Listings that quote, as far as the asker may know of them: without a sign-in the public ones. */
  @Get('open-demands')
  @Access('public')
  @WaitsFor(openDemands)
  @ApiOkResponse({ type: DemandPage })
  async page(
    @Query() query: OpenDemandQuery,
    @CurrentActor() actor: Actor | undefined,
    @After() after: Keyset | undefined,
  ): Promise<Page<DemandView>> {
    const { words, area, industry, closingBefore, order = 'deadline' } = query;
    checkCursor(after, words === undefined ? order : 'words');
    const asked = {
      ...(words !== undefined && { words }),
      ...(area !== undefined && { area }),
      ...(industry !== undefined && { industries: belowIndustry(industry) }),
      ...(closingBefore !== undefined && { closingBefore: instantText(instantTime(closingBefore)) }),
    };
    const reader = await this.readers.of(actor);
    const { demands, next } = await this.queries.execute(
      new OpenDemands(reader, asked, order, pageSize(query), after as DemandKey | undefined),
    );
    const nameOf = await this.readers.namesOf(demands.map(({ lead }) => lead));
    return new Page(
      demands.map((demand) => demandView(demand, nameOf)),
      next,
    );
  }

  /** How many by area and industry; a number that rests on fewer than three lead firms is left out. */
  @Get('open-demands/counts')
  @Access('public')
  @WaitsFor(openDemands)
  @ApiOkResponse({ type: DemandCountsView })
  async counts(@CurrentActor() actor: Actor | undefined): Promise<DemandCountsView> {
    const { areas, industries } = await this.queries.execute(new OpenDemandCounts(await this.readers.of(actor)));
    return { areas: [...areas], industries: [...industries] };
  }

  /** Open demands that the firm's published products fit, the best first, each with the reasons. */
  @Get('fitting-demands')
  @Access('member')
  @WaitsFor(openDemands, promotions)
  @ApiOkResponse({ type: FittingDemandPage })
  async fitting(
    @Query() query: PageQuery,
    @CurrentActor() actor: Actor,
    @After() after: Keyset | undefined,
  ): Promise<Page<FittingDemandView>> {
    const { firm, ...rest } = await this.readers.of(actor);
    if (!firm) throw new Refused('not-allowed');
    const all = await this.queries.execute(new FittingDemands({ ...rest, firm }));
    const keyOf = (one: (typeof all)[number]) => [-one.score, one.demand.terms.quotingDeadline, one.demand.listing];
    const from = after ? all.findIndex((one) => isBehind(keyOf(one), after)) : 0;
    const rows = from < 0 ? [] : all.slice(from, from + pageSize(query) + 1);
    const nameOf = await this.readers.namesOf(rows.map(({ demand }) => demand.lead));
    return Page.of(rows, query, keyOf, ({ demand, promotion, reasons }) => ({
      demand: demandView(demand, nameOf),
      promotion: promotion.promotion,
      product: promotion.terms.product,
      reasons: [...reasons],
    }));
  }
}

const demandView = ({ listing, lead, terms, publishedAt }: OpenDemand, nameOf: NameOf): DemandView => ({
  listing,
  lead: { enterprise: lead, name: nameOf(lead) },
  terms,
  publishedAt,
});

/** A cursor of another order would begin the page somewhere at random. */
export function checkCursor(after: Keyset | undefined, order: string): void {
  if (after && after[0] !== order) throw badFields(fieldError('query', 'cursor', 'field-cursor'));
}

function isBehind(key: Keyset, after: Keyset): boolean {
  const at = key.findIndex((part, index) => part !== after[index]);
  return at >= 0 && key[at]! > after[at]!;
}
