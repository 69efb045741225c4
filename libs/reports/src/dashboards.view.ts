import { ReadModels } from '@app/projections';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { dayIn, everyFact, noneUntrue, notUntrue, placeOf } from './counted-facts.view';
import type { Figure } from './day-figures.rules';
import { tradeFacts } from './trade-facts.view';

// Dashboards count what is known now, in days, weeks or months of Asia/Shanghai.

export const BUCKETS = ['day', 'week', 'month'] as const;
export type Bucket = (typeof BUCKETS)[number];
export const GROUPINGS = ['none', 'area', 'industry'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export type DashboardAsked = {
  /** First and last day. */
  readonly from: string;
  readonly to: string;
  readonly bucket: Bucket;
  readonly by: Grouping;
  readonly area?: string;
  /** Beginnings of industry codes. */
  readonly industries?: readonly string[];
};

/** Later than anything: what is known now. */
export const NOW = '9999-12-31T00:00:00.000Z';

/** One mark of a chart: its bucket by the first day, and its area or division of industry. */
type Mark = { readonly start: string; readonly part: string | null };

const bucketOf = (column: string, bucket: Bucket): string =>
  `to_char(date_trunc('${bucket}', ${dayIn(column)}::date), 'YYYY-MM-DD')`;

/** A section letter, or the division of a code. */
const DIVISION = (industry: string): string => `left(${industry}, 2)`;

const partOf = (by: Grouping, area: string, industry: string): string =>
  by === 'none' ? 'NULL::text' : by === 'area' ? area : DIVISION(industry);

const within = (column: string): string => `${dayIn(column)} >= $1 AND ${dayIn(column)} <= $2`;
const filtered = (area: string, industry: string): string =>
  `($3::text IS NULL OR ${area} = $3)
   AND ($4::text[] IS NULL OR EXISTS (SELECT FROM unnest($4) i WHERE starts_with(${industry}, i)))`;

const valuesOf = ({ from, to, area, industries }: DashboardAsked): unknown[] => [
  from,
  to,
  area ?? null,
  industries ?? null,
];

export type TradeMark = Mark &
  Pick<Record<Figure, number>, 'demands' | 'offerers' | 'unfilled' | 'partners'> & {
    readonly awards: number;
    readonly awarded: string;
  };

/**
 * Demands, enterprises that offered, accepted and were left without, shares awarded and what is left of their amounts.
 * Enterprises count once in each mark. No term of an offer stands in it.
 */
export class TradeOverTime extends Query<TradeMark[]> {
  constructor(readonly asked: DashboardAsked) {
    super();
  }
}

@QueryHandler(TradeOverTime)
export class TradeOverTimeHandler implements IQueryHandler<TradeOverTime, TradeMark[]> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ asked }: TradeOverTime): Promise<TradeMark[]> {
    const industry = `coalesce(t.industry, f.industry, '')`;
    return this.readModels.read(tradeFacts, (view) =>
      view.query<TradeMark[]>(
        `SELECT ${bucketOf('f.at', asked.bucket)} AS start, ${partOf(asked.by, 'f.area', industry)} AS part,
                count(*) FILTER (WHERE figure = 'demands')::int AS demands,
                count(DISTINCT enterprise) FILTER (WHERE figure = 'offerers')::int AS offerers,
                count(DISTINCT enterprise) FILTER (WHERE figure = 'partners')::int AS partners,
                count(*) FILTER (WHERE figure = 'unfilled')::int AS unfilled,
                count(*) FILTER (WHERE figure = 'awarded' AND amount > 0)::int AS awards,
                round(coalesce(sum(amount) FILTER (WHERE figure = 'awarded'), 0), 2)::text AS awarded
           FROM (${everyFact(`'${NOW}'`)}) f JOIN traded_listing t USING (listing)
          WHERE ${within('f.at')} AND ${filtered('f.area', industry)}
          GROUP BY 1, 2 ORDER BY 1, 2`,
        valuesOf(asked),
      ),
    );
  }
}

/** Listings with what they were filled by, of firms whose listing is not void: columns as `ListingOutcome` has them. */
const OUTCOMES = `
  SELECT l.listing, l.product, l.unit, l.lead, l.quantity, l."publishedAt", l."closedAt", l."firstAwardAt", l."concludedAt",
         coalesce(s.taken, 0) AS taken, least(coalesce(s.taken, 0) / l.quantity, 1) AS fill,
         coalesce(w.area, '') AS area, coalesce(l.industry, w.industry, '') AS industry,
         CASE WHEN coalesce(s.taken, 0) >= l.quantity THEN 'filled' WHEN coalesce(s.taken, 0) > 0 THEN 'partly-filled'
              WHEN l.outcome = 'unfilled' THEN 'unfilled' ELSE 'undecided' END AS result
    FROM traded_listing l
    LEFT JOIN LATERAL (
      SELECT sum(s."standingQuantity") AS taken FROM trade_share s
       WHERE s.listing = l.listing AND s."endedKnown" IS NULL AND s."voidKnown" IS NULL
         AND ${noneUntrue(`'${NOW}'`)}) s ON true
    LEFT JOIN LATERAL (${placeOf('l.lead', 'l."leadRegistration"', 'l."publishedAt"', `'${NOW}'`)}) w ON true
   WHERE l.kind = 'purchase' AND l."closedAt" IS NOT NULL AND l."voidKnown" IS NULL AND l."cancelledAt" IS NULL`;

export const LISTING_RESULTS = ['filled', 'partly-filled', 'unfilled', 'undecided'] as const;
export type ListingResult = (typeof LISTING_RESULTS)[number];

export type OutcomeMark = Mark & {
  readonly closed: number;
  readonly filled: number;
  readonly partlyFilled: number;
  readonly unfilled: number;
  readonly undecided: number;
  /** Mean over its listings of the part awarded: 0.8333. */
  readonly fillRate: string;
  /** Medians over listings with an award, in days: null where there is none. */
  readonly daysFromClose: string | null;
  readonly daysFromPublication: string | null;
};

/** What became of the listings whose quoting closed in each bucket. */
export class OutcomesOverTime extends Query<OutcomeMark[]> {
  constructor(readonly asked: DashboardAsked) {
    super();
  }
}

@QueryHandler(OutcomesOverTime)
export class OutcomesOverTimeHandler implements IQueryHandler<OutcomesOverTime, OutcomeMark[]> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ asked }: OutcomesOverTime): Promise<OutcomeMark[]> {
    const days = (since: string): string =>
      `round((percentile_cont(0.5) WITHIN GROUP (ORDER BY
         extract(epoch FROM o."firstAwardAt"::timestamptz - o."${since}"::timestamptz) / 86400))::numeric, 1)::text`;
    return this.readModels.read(tradeFacts, (view) =>
      view.query<OutcomeMark[]>(
        `SELECT ${bucketOf('o."closedAt"', asked.bucket)} AS start, ${partOf(asked.by, 'o.area', 'o.industry')} AS part,
                count(*)::int AS closed, count(*) FILTER (WHERE result = 'filled')::int AS filled,
                count(*) FILTER (WHERE result = 'partly-filled')::int AS "partlyFilled",
                count(*) FILTER (WHERE result = 'unfilled')::int AS unfilled,
                count(*) FILTER (WHERE result = 'undecided')::int AS undecided,
                round(avg(fill), 4)::text AS "fillRate",
                ${days('closedAt')} AS "daysFromClose", ${days('publishedAt')} AS "daysFromPublication"
           FROM (${OUTCOMES}) o WHERE ${within('o."closedAt"')} AND ${filtered('o.area', 'o.industry')}
          GROUP BY 1, 2 ORDER BY 1, 2`,
        valuesOf(asked),
      ),
    );
  }
}

export type ListingOutcome = {
  readonly listing: string;
  readonly product: string;
  readonly unit: string;
  readonly lead: string;
  readonly quantity: string;
  readonly taken: string;
  readonly publishedAt: string;
  readonly closedAt: string;
  readonly firstAwardAt: string | null;
  readonly result: ListingResult;
  readonly area: string;
};

/** The listings behind a mark, in order of their close. */
export class ListingOutcomes extends Query<ListingOutcome[]> {
  constructor(
    readonly asked: DashboardAsked,
    readonly result: ListingResult | undefined,
    readonly limit: number,
    readonly after?: readonly [closedAt: string, listing: string],
  ) {
    super();
  }
}

@QueryHandler(ListingOutcomes)
export class ListingOutcomesHandler implements IQueryHandler<ListingOutcomes, ListingOutcome[]> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ asked, result, limit, after = ['', ''] }: ListingOutcomes): Promise<ListingOutcome[]> {
    return this.readModels.read(tradeFacts, (view) =>
      view.query<ListingOutcome[]>(
        `SELECT listing, product, unit, lead, quantity::text, taken::text, "publishedAt", "closedAt", "firstAwardAt",
                result, area
           FROM (${OUTCOMES}) o WHERE ${within('o."closedAt"')} AND ${filtered('o.area', 'o.industry')}
            AND ($5::text IS NULL OR result = $5) AND ("closedAt", listing) > ($6, $7)
          ORDER BY "closedAt", listing LIMIT $8`,
        [...valuesOf(asked), result ?? null, ...after, limit],
      ),
    );
  }
}

export const SUPPLIER_SIZES = ['micro', 'small', 'medium', 'large', 'unknown'] as const;
export type SupplierSize = (typeof SUPPLIER_SIZES)[number];

/** Shares awarded that stand, with each supplier's size on the day of the award and the lead's area. */
const SUPPLIED = `
  SELECT s.key, s."awardedAt", p.enterprise, s."standingAmount" AS amount, coalesce(p.size, 'unknown') AS size, coalesce(w.area, '') AS area,
         coalesce(l.industry, w.industry, '') AS industry
    FROM traded_listing l JOIN trade_share s USING (listing)
    CROSS JOIN LATERAL (
      SELECT p.enterprise, p.registration, q.size FROM jsonb_to_recordset(s.parties) AS p(enterprise text, registration text)
        LEFT JOIN LATERAL (${placeOf('p.enterprise', 'p.registration', 's."awardedAt"', `'${NOW}'`)}) q ON true) p
    LEFT JOIN LATERAL (${placeOf('l.lead', 'l."leadRegistration"', 's."awardedAt"', `'${NOW}'`)}) w ON true
   WHERE l.kind = 'purchase' AND l."voidKnown" IS NULL AND s."voidKnown" IS NULL AND s."endedKnown" IS NULL
     AND ${notUntrue('p.registration', `'${NOW}'`)}`;

export type SupplierMark = Mark & {
  readonly size: SupplierSize;
  readonly enterprises: number;
  readonly amount: string;
};

/** Enterprises awarded in each bucket and the amounts, by size. */
export class SuppliersOverTime extends Query<SupplierMark[]> {
  constructor(readonly asked: DashboardAsked) {
    super();
  }
}

@QueryHandler(SuppliersOverTime)
export class SuppliersOverTimeHandler implements IQueryHandler<SuppliersOverTime, SupplierMark[]> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ asked }: SuppliersOverTime): Promise<SupplierMark[]> {
    return this.readModels.read(tradeFacts, (view) =>
      view.query<SupplierMark[]>(
        `SELECT ${bucketOf('s."awardedAt"', asked.bucket)} AS start, ${partOf(asked.by, 's.area', 's.industry')} AS part,
                s.size, count(DISTINCT s.enterprise)::int AS enterprises,
                round(sum(s.amount), 2)::text AS amount
           FROM (${SUPPLIED}) s WHERE ${within('s."awardedAt"')} AND ${filtered('s.area', 's.industry')}
          GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
        valuesOf(asked),
      ),
    );
  }
}

export type AwardedSupplier = {
  readonly enterprise: string;
  readonly size: SupplierSize;
  readonly shares: number;
  readonly amount: string;
};

/** The enterprises behind a mark, in order of code. */
export class AwardedSuppliers extends Query<AwardedSupplier[]> {
  constructor(
    readonly asked: DashboardAsked,
    readonly size: SupplierSize | undefined,
    readonly limit: number,
    readonly after?: readonly [enterprise: string, size: string],
  ) {
    super();
  }
}

@QueryHandler(AwardedSuppliers)
export class AwardedSuppliersHandler implements IQueryHandler<AwardedSuppliers, AwardedSupplier[]> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ asked, size, limit, after = ['', ''] }: AwardedSuppliers): Promise<AwardedSupplier[]> {
    return this.readModels.read(tradeFacts, (view) =>
      view.query<AwardedSupplier[]>(
        `SELECT enterprise, size, count(*)::int AS shares, round(sum(amount), 2)::text AS amount
           FROM (${SUPPLIED}) s WHERE ${within('s."awardedAt"')} AND ${filtered('s.area', 's.industry')}
            AND ($5::text IS NULL OR size = $5) AND (enterprise, size) > ($6, $7)
          GROUP BY enterprise, size ORDER BY enterprise, size LIMIT $8`,
        [...valuesOf(asked), size ?? null, ...after, limit],
      ),
    );
  }
}
