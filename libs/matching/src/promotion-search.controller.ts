import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { After, listWanted, Page, PageAnswer, PageQuery, pageSize, WaitsFor } from '@app/http';
import type { Keyset } from '@app/http';
import { AreaCode, IndustryCode, OneOf, Refused, Text, Uuid } from '@app/kernel';
import { orderNames } from '@app/projections';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { PromotionView } from './demand-answer.rules';
import { partyOf } from './listing.controller';
import { checkCursor } from './open-demands.controller';
import {
  OwnPromotions,
  Promoted,
  PROMOTION_ORDERS,
  PromotionById,
  promotions,
  PromotionSearch,
} from './promotions.view';
import type { PromotionKey, PromotionOrder } from './promotions.view';
import { belowIndustry, Readers } from './readers.handlers';
import type { NameOf } from './readers.handlers';

export class PromotionQuery extends PageQuery {
  @Text(100, {
    optional: true,
    description: 'Chinese, pinyin or initials, of product and specification',
    example: 'xd',
  })
  words?: string;
  @AreaCode({ optional: true, description: 'where it is made' }) area?: string;
  @IndustryCode({ optional: true, description: 'and everything below it' }) industry?: string;
}

const STATES = ['draft', 'published', 'withdrawn', 'voided'] as const;

export class OwnPromotionQuery extends PageQuery {
  @Uuid({ optional: true }) catalogue?: string;
  @OneOf(STATES, { optional: true }) status?: (typeof STATES)[number];
  @Text(100, { optional: true, description: 'of product or specification' }) words?: string;
  @OneOf(orderNames(PROMOTION_ORDERS), { optional: true, description: 'default: product' }) order?: PromotionOrder;
}

export class PromotionPage extends PageAnswer {
  @ApiProperty({ type: [PromotionView] }) items: PromotionView[];
}

/** What SMEs can make. */
@ApiTags('promotions')
@Controller('promotions')
export class PromotionSearchController {
  constructor(
    private readonly queries: QueryBus,
    private readonly readers: Readers,
  ) {}

  /** Published products: by how well they fit the words, or the newest first. */
  @Get()
  @Access('public')
  @WaitsFor(promotions)
  @ApiOkResponse({ type: PromotionPage })
  async search(@Query() query: PromotionQuery, @After() after: Keyset | undefined): Promise<Page<PromotionView>> {
    const { words, area, industry } = query;
    checkCursor(after, words === undefined ? 'newest' : 'words');
    const asked = {
      ...(words !== undefined && { words }),
      ...(area !== undefined && { area }),
      ...(industry !== undefined && { industries: belowIndustry(industry) }),
    };
    const found = await this.queries.execute(
      new PromotionSearch(asked, pageSize(query), after as PromotionKey | undefined),
    );
    const nameOf = await this.readers.namesOf(found.promotions.map(({ enterprise }) => enterprise));
    return new Page(
      found.promotions.map((row) => promotionView(row, nameOf)),
      found.next,
    );
  }

  /** The firm's own, in any state. */
  @Get('own')
  @Access('member')
  @WaitsFor(promotions)
  @ApiOkResponse({ type: PromotionPage })
  async own(
    @Query() query: OwnPromotionQuery,
    @CurrentActor() actor: Actor,
    @After() after: Keyset | undefined,
  ): Promise<Page<PromotionView>> {
    const wanted = listWanted(query, after, 'product');
    const found = await this.queries.execute(new OwnPromotions(partyOf(actor).registration, query, wanted));
    const nameOf = await this.readers.namesOf(found.rows.map(({ enterprise }) => enterprise));
    return Page.listed(found, (row) => promotionView(row, nameOf));
  }

  @Get(':promotion')
  @Access('public')
  @WaitsFor(promotions)
  @ApiOkResponse({ type: PromotionView })
  async one(@Param('promotion') promotion: string, @CurrentActor() actor: Actor | undefined): Promise<PromotionView> {
    const row = await this.queries.execute(new PromotionById(promotion));
    const isOwn = row !== undefined && actor?.party?.registration === row.owner;
    if (!row || !(isOwn || row.status === 'published')) throw new Refused('promotion-unknown');
    return promotionView(row, await this.readers.namesOf([row.enterprise]));
  }
}

const promotionView = (row: Promoted, nameOf: NameOf): PromotionView => ({
  promotion: row.promotion,
  owner: { enterprise: row.enterprise, name: nameOf(row.enterprise) },
  terms: row.terms,
  status: row.status,
  catalogue: row.catalogue ?? undefined,
  publishedAt: row.publishedAt ?? undefined,
});
