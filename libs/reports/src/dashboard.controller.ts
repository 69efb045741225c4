import { Access, areaRows, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { After, Page, PageQuery, pageSize, WaitsFor } from '@app/http';
import type { Keyset } from '@app/http';
import {
  addDays,
  AreaCode,
  CalendarDate,
  endOfDay,
  Exact,
  IndustryCode,
  instantText,
  OneOf,
  Refused,
  startOfDay,
  sum,
  Text,
} from '@app/kernel';
import { sectionOf } from '@app/registry';
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { FactRows } from './counted-facts.view';
import {
  AwardedSupplierView,
  DashboardMark,
  ListingOutcomeView,
  OutcomeDashboard,
  SupplierDashboard,
  SupplierMarkView,
  TradeDashboard,
} from './dashboard-answer.rules';
import {
  AwardedSuppliers,
  BUCKETS,
  GROUPINGS,
  LISTING_RESULTS,
  ListingOutcomes,
  NOW,
  OutcomesOverTime,
  SUPPLIER_SIZES,
  SuppliersOverTime,
  TradeOverTime,
} from './dashboards.view';
import type { Bucket, DashboardAsked, Grouping, ListingResult, SupplierMark, SupplierSize } from './dashboards.view';
import { FIGURES } from './day-figures.rules';
import type { Figure } from './day-figures.rules';
import { FactView } from './day-report-answer.rules';
import { FactViews } from './fact-views.handlers';
import { tradeFacts } from './trade-facts.view';

const AREA = { optional: true, description: 'of the firm that counts; a county office asks for its own' } as const;
const INDUSTRY = { optional: true, description: 'of the listing, also every industry below it' } as const;

export class DashboardQuery {
  @CalendarDate() from: string;
  @CalendarDate() to: string;
  @OneOf(BUCKETS) bucket: Bucket;
  @OneOf(GROUPINGS, { optional: true }) by?: Grouping;
  @AreaCode(AREA) area?: string;
  @IndustryCode(INDUSTRY) industry?: string;
}

class MarkQuery extends PageQuery {
  @CalendarDate() from: string;
  @CalendarDate() to: string;
  @AreaCode(AREA) area?: string;
  @IndustryCode(INDUSTRY) industry?: string;
}

export class DashboardFactQuery extends MarkQuery {
  @OneOf(FIGURES) figure: Figure;
}

export class ListingOutcomeQuery extends MarkQuery {
  @OneOf(LISTING_RESULTS, { optional: true }) result?: ListingResult;
}

export class AwardedSupplierQuery extends MarkQuery {
  @OneOf(SUPPLIER_SIZES, { optional: true }) size?: SupplierSize;
}

export class DashboardFactPage {
  @ApiProperty({ type: [FactView] }) items: FactView[];
  @Text(4096, { optional: true, description: 'cursor of the next page' }) next?: string;
}

export class ListingOutcomePage {
  @ApiProperty({ type: [ListingOutcomeView] }) items: ListingOutcomeView[];
  @Text(4096, { optional: true, description: 'cursor of the next page' }) next?: string;
}

export class AwardedSupplierPage {
  @ApiProperty({ type: [AwardedSupplierView] }) items: AwardedSupplierView[];
  @Text(4096, { optional: true, description: 'cursor of the next page' }) next?: string;
}

const MOST_DAYS = 1_100;
const DAY = 86_400_000;

/** What the charts show and what is behind them: for the bureau and the auditor, and of its own area for a county office. */
@ApiTags('dashboards')
@Controller('dashboards')
@Access('county-officer', 'city-officer', 'auditor')
export class DashboardController {
  constructor(
    private readonly queries: QueryBus,
    private readonly factViews: FactViews,
  ) {}

  /** Demands, offering enterprises and awards over time. */
  @Get('trade')
  @WaitsFor(tradeFacts)
  @ApiOkResponse({ type: TradeDashboard })
  async trade(@Query() query: DashboardQuery, @CurrentActor() actor: Actor): Promise<TradeDashboard> {
    const asked = askedBy(actor, query);
    const marks = await this.queries.execute(new TradeOverTime(asked));
    return { items: marks.map(({ start, part, ...rest }) => ({ ...markOf(asked, start, part), ...rest })) };
  }

  /** Fill rate and days to the award. */
  @Get('outcomes')
  @WaitsFor(tradeFacts)
  @ApiOkResponse({ type: OutcomeDashboard })
  async outcomes(@Query() query: DashboardQuery, @CurrentActor() actor: Actor): Promise<OutcomeDashboard> {
    const asked = askedBy(actor, query);
    const marks = await this.queries.execute(new OutcomesOverTime(asked));
    return {
      items: marks.map(({ start, part, daysFromClose, daysFromPublication, ...rest }) => ({
        ...markOf(asked, start, part),
        ...rest,
        ...(daysFromClose !== null && { daysFromClose }),
        ...(daysFromPublication !== null && { daysFromPublication }),
      })),
    };
  }

  /** Share of small and medium enterprises among those that were awarded. */
  @Get('suppliers')
  @WaitsFor(tradeFacts)
  @ApiOkResponse({ type: SupplierDashboard })
  async suppliers(@Query() query: DashboardQuery, @CurrentActor() actor: Actor): Promise<SupplierDashboard> {
    const asked = askedBy(actor, query);
    const found = await this.queries.execute(new SuppliersOverTime(asked));
    const marks = new Map<string, SupplierMark[]>();
    for (const mark of found) {
      const key = `${mark.start} ${mark.part}`;
      marks.set(key, [...(marks.get(key) ?? []), mark]);
    }
    return { items: [...marks.values()].map((sizes) => supplierMark(asked, sizes)) };
  }

  /** The facts behind a mark; an enterprise stands once, with its first fact of the days asked for. */
  @Get('facts')
  @WaitsFor(tradeFacts)
  @ApiOkResponse({ type: DashboardFactPage })
  async facts(
    @Query() query: DashboardFactQuery,
    @CurrentActor() actor: Actor,
    @After() after: Keyset | undefined,
  ): Promise<Page<FactView>> {
    const { from, to, area, industries } = askedBy(actor, query);
    const asked = {
      figure: query.figure,
      from: instantText(startOfDay(from) - 1),
      until: instantText(endOfDay(to) - 1),
      knownAt: NOW,
      once: 'in-period' as const,
      ...(area !== undefined && { areas: [area] }),
      ...(industries && { industries }),
    };
    const rows = await this.queries.execute(
      new FactRows(asked, pageSize(query) + 1, after as [string, string] | undefined),
    );
    return Page.of(rows, query, ({ at, fact }) => [at, fact], await this.factViews.of(rows));
  }

  @Get('listings')
  @WaitsFor(tradeFacts)
  @ApiOkResponse({ type: ListingOutcomePage })
  async listings(
    @Query() query: ListingOutcomeQuery,
    @CurrentActor() actor: Actor,
    @After() after: Keyset | undefined,
  ): Promise<Page<ListingOutcomeView>> {
    const asked = askedBy(actor, query);
    const rows = await this.queries.execute(
      new ListingOutcomes(asked, query.result, pageSize(query) + 1, after as [string, string] | undefined),
    );
    const firm = await this.factViews.firms(rows.map(({ lead }) => lead));
    return Page.of(
      rows,
      query,
      ({ closedAt, listing }) => [closedAt, listing],
      ({ firstAwardAt, lead, ...rest }) => ({
        ...rest,
        lead: firm(lead),
        ...(firstAwardAt !== null && { firstAwardAt }),
      }),
    );
  }

  @Get('suppliers/rows')
  @WaitsFor(tradeFacts)
  @ApiOkResponse({ type: AwardedSupplierPage })
  async supplierRows(
    @Query() query: AwardedSupplierQuery,
    @CurrentActor() actor: Actor,
    @After() after: Keyset | undefined,
  ): Promise<Page<AwardedSupplierView>> {
    const asked = askedBy(actor, query);
    const rows = await this.queries.execute(
      new AwardedSuppliers(asked, query.size, pageSize(query) + 1, after as [string, string] | undefined),
    );
    const firm = await this.factViews.firms(rows.map(({ enterprise }) => enterprise));
    return Page.of(
      rows,
      query,
      ({ enterprise, size }) => [enterprise, size],
      ({ enterprise, ...rest }) => ({ firm: firm(enterprise), ...rest }),
    );
  }
}

/** A county office asks for no area but its own. */
function askedBy(actor: Actor, query: MarkQuery & Partial<DashboardQuery>): DashboardAsked {
  const { from, to, bucket = 'day', by = 'none', industry } = query;
  if (from > to) throw new Refused('period-backwards', {}, 'from');
  // Counted in time: after the year 9999 days do not compare as text.
  if (endOfDay(to) - endOfDay(from) > MOST_DAYS * DAY)
    throw new Refused('period-too-long', { most: String(MOST_DAYS) }, 'to');
  const { area: own } = areaRows(actor);
  if (own !== undefined && query.area !== undefined && query.area !== own) throw new Refused('not-allowed-in-area');
  const area = own ?? query.area;
  const industries = industry === undefined ? undefined : beginningsOf(industry);
  return { from, to, bucket, by, ...(area !== undefined && { area }), ...(industries && { industries }) };
}

const DIVISIONS = Array.from({ length: 97 }, (_, index) => String(index + 1).padStart(2, '0'));

/** A section has its divisions below it. */
const beginningsOf = (industry: string): string[] =>
  /^[A-T]$/.test(industry) ? [industry, ...DIVISIONS.filter((one) => sectionOf(one) === industry)] : [industry];

function markOf({ from, to, bucket, by }: DashboardAsked, start: string, part: string | null): DashboardMark {
  const end = lastDay(start, bucket);
  return {
    from: start < from ? from : start,
    to: end > to ? to : end,
    ...(by !== 'none' && part !== null && { [by]: part }),
  };
}

function lastDay(start: string, bucket: Bucket): string {
  if (bucket === 'day') return start;
  if (bucket === 'week') return addDays(start, 6);
  const next = addDays(`${start.slice(0, 7)}-28`, 4);
  return addDays(`${next.slice(0, 7)}-01`, -1);
}

function supplierMark(asked: DashboardAsked, marks: readonly SupplierMark[]): SupplierMarkView {
  const { start, part } = marks[0]!;
  const known = marks.filter(({ size }) => size !== 'unknown');
  const small = known.filter(({ size }) => size !== 'large');
  const share = (of: (mark: SupplierMark) => string | number): string | undefined => {
    const all = sum(known.map(of));
    return all.isZero() ? undefined : new Exact(sum(small.map(of))).div(all).toFixed(4);
  };
  const smeShare = share(({ enterprises }) => enterprises);
  const smeAmountShare = share(({ amount }) => amount);
  return {
    ...markOf(asked, start, part),
    sizes: marks.map(({ size, enterprises, amount }) => ({ size, enterprises, amount })),
    ...(smeShare !== undefined && { smeShare }),
    ...(smeAmountShare !== undefined && { smeAmountShare }),
  };
}
