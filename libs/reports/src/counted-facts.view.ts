import { ReadModels } from '@app/projections';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { EntityManager } from 'typeorm';
import type { ChangedFact, CountedSum, Figure, SignedPeriod, StatedSum } from './day-figures.rules';
import { tradeFacts } from './trade-facts.view';

/** A listing's trade whose match stood as untrue at `k` counts nowhere. */
export const notUntrue = (party: string, k: string): string => `NOT EXISTS (
  SELECT FROM checked_match m, jsonb_to_recordset(m.untrue) AS u("from" text, "until" text)
   WHERE m.listing = l.listing AND m."supplierRegistration" = ${party}
     AND u."from" < ${k} AND (u."until" IS NULL OR u."until" >= ${k}))`;

const known = (recorded: string, voided: string, k: string): string =>
  `${recorded} < ${k} AND (${voided} IS NULL OR ${voided} >= ${k}) AND (l."voidKnown" IS NULL OR l."voidKnown" >= ${k})`;

const parties = (table: string) => `jsonb_to_recordset(${table}.parties) AS p(enterprise text, registration text)`;
/** Of a share that several enterprises make together, none may stand as untrue. */
export const noneUntrue = (k: string) =>
  `NOT EXISTS (SELECT FROM ${parties('s')} WHERE NOT (${notUntrue('p.registration', k)}))`;

/**
 * Where and what a registration was at an instant, as known just before `k`: area, industry, size. What happened before
 * the first day of its facts is placed by those.
 */
export const placeOf = (enterprise: string, registration: string, at: string, k: string): string => `
  SELECT k.area, k.industry, k.size
    FROM firm_place c, jsonb_to_recordset(c.places)
      AS k(registration text, "knownFrom" text, "knownUntil" text, "from" text, "until" text, area text, industry text,
           size text)
   WHERE c.enterprise = ${enterprise} AND k.registration = ${registration}
     AND k."knownFrom" < ${k} AND (k."knownUntil" IS NULL OR k."knownUntil" >= ${k})
     AND (k."until" IS NULL OR ${dayIn(at)} < k."until")
   ORDER BY k."from" LIMIT 1`;

/**
 * All facts that count, as known just before the instant `k` (an SQL expression): columns figure, fact, at, recorded,
 * listing, share, enterprise (whose area counts), other, amount, area, industry, size. day-figures.rules.ts says what each
 * figure means; of enterprises every fact stands here.
 */
export const everyFact = (k: string, facts = 'SELECT * FROM fact'): string => `
  WITH fact AS (
    SELECT 'demands' AS figure, l.listing AS fact, l."publishedAt" AS at, l."publishedKnown" AS recorded, l.listing,
           NULL::text AS share, l.lead AS enterprise, l."leadRegistration" AS registration, NULL::text AS other,
           l."publishedAt" AS placed, 1::numeric AS amount
      FROM traded_listing l
     WHERE l.kind = 'purchase' AND l.replaces IS NULL AND ${known('l."publishedKnown"', 'NULL::text', k)}
    UNION ALL
    SELECT 'unfilled', l.listing, l."concludedAt", l."concludedKnown", l.listing, NULL, l.lead, l."leadRegistration", NULL,
           l."publishedAt", 1
      FROM traded_listing l
     WHERE l.kind = 'purchase' AND l.outcome = 'unfilled' AND ${known('l."concludedKnown"', 'NULL::text', k)}
    UNION ALL
    SELECT 'offerers', o.key || ' ' || p.registration, o."receivedAt", o.known, l.listing, NULL, p.enterprise,
           p.registration, l.lead, o."receivedAt", 1
      FROM trade_offer o JOIN traded_listing l USING (listing), ${parties('o')}
     WHERE l.kind = 'purchase' AND ${known('o.known', 'o."voidKnown"', k)}
    UNION ALL
    SELECT 'awarded', s.key, s."awardedAt", s."awardedKnown", l.listing, s.share, l.lead, l."leadRegistration",
           s.parties->0->>'enterprise', s."awardedAt", s.amount
      FROM trade_share s JOIN traded_listing l USING (listing)
     WHERE l.kind = 'purchase' AND ${known('s."awardedKnown"', 's."voidKnown"', k)} AND ${noneUntrue(k)}
    UNION ALL
    SELECT 'awarded', s.key || ' ' || s."endedBy", s."endedAt", s."endedKnown", l.listing, s.share, l.lead,
           l."leadRegistration", s.parties->0->>'enterprise', s."awardedAt", -s.amount
      FROM trade_share s JOIN traded_listing l USING (listing)
     WHERE l.kind = 'purchase' AND s."endedKnown" IS NOT NULL AND ${known('s."endedKnown"', 's."voidKnown"', k)}
       AND ${noneUntrue(k)}
    UNION ALL
    SELECT 'awarded', s.key || ' returned ' || r.fact, r.at, r.known, l.listing, s.share, l.lead, l."leadRegistration",
           s.parties->0->>'enterprise', s."awardedAt", -r.amount
      FROM trade_share s JOIN traded_listing l USING (listing),
           jsonb_to_recordset(s.returned) AS r(fact text, amount numeric, at text, known text)
     WHERE l.kind = 'purchase' AND ${known('r.known', 's."voidKnown"', k)} AND ${noneUntrue(k)}
    UNION ALL
    SELECT 'partners', s.key || ' ' || p.registration, s."acceptedAt", s."acceptedKnown", l.listing, s.share,
           p.enterprise, p.registration, l.lead, s."acceptedAt", 1
      FROM trade_share s JOIN traded_listing l USING (listing), ${parties('s')}
     WHERE l.kind = 'purchase' AND s."acceptedKnown" IS NOT NULL AND ${known('s."acceptedKnown"', 's."voidKnown"', k)}
       AND ${notUntrue('p.registration', k)}
  ), placed AS (
    SELECT f.*, coalesce(w.area, '') AS area, w.industry, w.size
      FROM (${facts}) f LEFT JOIN LATERAL (${placeOf('f.enterprise', 'f.registration', 'f.placed', k)}) w ON true
  )
  SELECT * FROM placed WHERE figure <> 'partners' OR size IS DISTINCT FROM 'large'`;

/** Of offers the first of each enterprise, before its place is looked up: most offers are none's first. */
const FIRST_OFFERS = `
  SELECT * FROM fact WHERE figure <> 'offerers'
  UNION ALL
  SELECT * FROM (SELECT DISTINCT ON (enterprise) * FROM fact WHERE figure = 'offerers' ORDER BY enterprise, at, fact) o`;

/** The same with each enterprise counted once, by its first fact. */
export const countedFacts = (k: string): string => `
  SELECT DISTINCT ON (figure, CASE WHEN figure IN ('offerers', 'partners') THEN enterprise ELSE fact END) *
    FROM (${everyFact(k, FIRST_OFFERS)}) every
   ORDER BY figure, CASE WHEN figure IN ('offerers', 'partners') THEN enterprise ELSE fact END, at, fact`;

/** The day in Asia/Shanghai of an instant's text. */
export function dayIn(column: string): string {
  return `to_char((${column}::timestamptz AT TIME ZONE 'UTC') + interval '8 hours', 'YYYY-MM-DD')`;
}

export type Period = { readonly from: string; readonly cutOff: string; readonly knownAt: string };
export type Counted = {
  readonly sums: readonly CountedSum[];
  readonly facts: { readonly count: number; readonly sha256: string };
};

/** Sums of a period and of all up to its cut-off, by figure and area; and the proof of which facts they rest on. */
export class CountFacts extends Query<Counted> {
  constructor(readonly period: Period) {
    super();
  }
}

@QueryHandler(CountFacts)
export class CountFactsHandler implements IQueryHandler<CountFacts, Counted> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ period }: CountFacts): Promise<Counted> {
    return this.readModels.read(tradeFacts, (view) => countFacts(view, period));
  }
}

export async function countFacts(view: EntityManager, { from, cutOff, knownAt }: Period): Promise<Counted> {
  const sums = await view.query<CountedSum[]>(
    `SELECT figure, area, coalesce(sum(amount) FILTER (WHERE at > $3), 0)::text AS day, sum(amount)::text AS all
       FROM (${countedFacts('$1')}) c WHERE at <= $2 GROUP BY figure, area ORDER BY figure, area`,
    [knownAt, cutOff, from],
  );
  const [facts] = await view.query<[Counted['facts']]>(
    `SELECT count(*)::int AS count, encode(sha256(convert_to(coalesce(
              string_agg(figure || ' ' || fact || ' ' || area, E'\\n' ORDER BY figure, fact), ''), 'UTF8')), 'hex') AS sha256
       FROM (${countedFacts('$1')}) c WHERE at <= $2`,
    [knownAt, cutOff],
  );
  return { sums, facts };
}

export type Changes = { readonly changed: readonly ChangedFact[]; readonly stated: readonly StatedSum[] };

/** What of the periods already signed counts otherwise now than when the last of them was signed. */
export class FactsChanged extends Query<Changes> {
  constructor(
    readonly periods: readonly SignedPeriod[],
    readonly knownThen: string,
    readonly knownAt: string,
  ) {
    super();
  }
}

type DiffRow = Pick<ChangedFact, 'fact' | 'figure' | 'at' | 'change'> & {
  readonly wasArea: string | null;
  readonly wasAmount: string | null;
  readonly isArea: string | null;
  readonly isAmount: string | null;
};

@QueryHandler(FactsChanged)
export class FactsChangedHandler implements IQueryHandler<FactsChanged, Changes> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ periods, knownThen, knownAt }: FactsChanged): Promise<Changes> {
    return this.readModels.read(tradeFacts, (view) => factsChanged(view, periods, knownThen, knownAt));
  }
}

export async function factsChanged(
  view: EntityManager,
  periods: readonly SignedPeriod[],
  then: string,
  now: string,
): Promise<Changes> {
  const last = periods.at(-1);
  if (!last) return { changed: [], stated: [] };
  const changed = await changedFacts(view, last.cutOff, then, now);
  return { changed, stated: changed.length > 0 ? await statedSums(view, periods, then) : [] };
}

async function changedFacts(view: EntityManager, cutOff: string, then: string, now: string): Promise<ChangedFact[]> {
  const rows = await view.query<DiffRow[]>(
    `WITH was AS MATERIALIZED (SELECT * FROM (${countedFacts('$1')}) c WHERE at <= $3),
          known AS MATERIALIZED (${countedFacts('$2')}),
          now AS (SELECT * FROM known WHERE at <= $3)
     SELECT coalesce(was.fact, now.fact) AS fact, coalesce(was.figure, now.figure) AS figure,
            coalesce(was.at, now.at) AS at, was.area AS "wasArea", was.amount::text AS "wasAmount",
            now.area AS "isArea", now.amount::text AS "isAmount",
            CASE WHEN was.fact IS NOT NULL AND now.fact IS NOT NULL THEN 'moved'
                 WHEN now.fact IS NOT NULL AND now.recorded >= $1 THEN 'recorded-late'
                 WHEN now.fact IS NOT NULL THEN 'counted-elsewhere'
                 WHEN was.figure IN ('offerers', 'partners') AND EXISTS (
                   SELECT FROM known k WHERE k.figure = was.figure AND k.enterprise = was.enterprise)
                   THEN 'counted-elsewhere'
                 ELSE 'void' END AS change
       FROM was FULL JOIN now ON was.figure = now.figure AND was.fact = now.fact
      WHERE was.fact IS NULL OR now.fact IS NULL OR was.area <> now.area OR was.amount <> now.amount
      ORDER BY 3, 2, 1`,
    [then, now, cutOff],
  );
  const side = (area: string | null, amount: string | null) => (area === null ? undefined : { area, amount: amount! });
  return rows.map(({ fact, figure, at, change, wasArea, wasAmount, isArea, isAmount }) => {
    const [was, is] = [side(wasArea, wasAmount), side(isArea, isAmount)];
    return { fact, figure, at, change, ...(was && { was }), ...(is && { is }) };
  });
}

/** Thresholds end in a character more, so that a fact on a cut-off falls before it. */
function statedSums(view: EntityManager, periods: readonly SignedPeriod[], then: string): Promise<StatedSum[]> {
  const thresholds = [periods[0]!.from, ...periods.map(({ cutOff }) => cutOff)].map((instant) => `${instant}0`);
  return view.query<StatedSum[]>(
    `SELECT figure, area, width_bucket(at, $2::text[]) AS bucket, sum(amount)::text AS amount
       FROM (${countedFacts('$1')}) c WHERE at <= $3 GROUP BY 1, 2, 3`,
    [then, thresholds, periods.at(-1)!.cutOff],
  );
}

export type FactRow = {
  readonly fact: string;
  readonly figure: Figure;
  readonly at: string;
  readonly recorded: string;
  readonly listing: string;
  readonly product: string;
  readonly share: string | null;
  readonly enterprise: string;
  readonly other: string | null;
  readonly amount: string;
  readonly area: string;
};

export type FactsAsked = {
  readonly figure: Figure;
  /** Instants: after `from`, up to `until`. */
  readonly from?: string;
  readonly until: string;
  readonly knownAt: string;
  /** Areas that the fact must lie in, or must not. */
  readonly areas?: readonly string[];
  readonly notAreas?: readonly string[];
  /** Beginnings of industry codes: of the listing, or else of the firm. */
  readonly industries?: readonly string[];
  /** Enterprises are counted once: ever, or in the period that is asked for. */
  readonly once?: 'ever' | 'in-period';
};

const ONE_OF = `CASE WHEN c.figure IN ('offerers', 'partners') THEN c.enterprise ELSE c.fact END`;
const ONCE_IN_PERIOD = `DISTINCT ON (${ONE_OF})`;

/** The facts behind a figure in order of their time, `after` the one whose time and id are given. */
export class FactRows extends Query<FactRow[]> {
  constructor(
    readonly asked: FactsAsked,
    readonly limit: number,
    readonly after?: readonly [at: string, fact: string],
  ) {
    super();
  }
}

@QueryHandler(FactRows)
export class FactRowsHandler implements IQueryHandler<FactRows, FactRow[]> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ asked, limit, after = ['', ''] }: FactRows): Promise<FactRow[]> {
    const { figure, from = '', until, knownAt, areas = null, notAreas = null, industries = null, once } = asked;
    return this.readModels.read(tradeFacts, (view) =>
      view.query<FactRow[]>(
        `SELECT * FROM (
           SELECT ${once === 'in-period' ? ONCE_IN_PERIOD : ''} c.fact, c.figure, c.at, c.recorded, c.listing, t.product,
                  c.share, c.enterprise, c.other, c.amount::text AS amount, c.area
             FROM (${once === 'in-period' ? everyFact('$1') : countedFacts('$1')}) c JOIN traded_listing t USING (listing)
            WHERE c.figure = $2 AND c.at > $3 AND c.at <= $4
              AND ($5::text[] IS NULL OR c.area = ANY($5)) AND ($6::text[] IS NULL OR c.area <> ALL($6))
              AND ($7::text[] IS NULL OR EXISTS (
                    SELECT FROM unnest($7) i WHERE starts_with(coalesce(t.industry, c.industry, ''), i)))
            ${once === 'in-period' ? `ORDER BY ${ONE_OF}, c.at, c.fact` : ''}) found
          WHERE (at, fact) > ($8, $9) ORDER BY at, fact LIMIT $10`,
        [knownAt, figure, from, until, areas, notAreas, industries, ...after, limit],
      ),
    );
  }
}
