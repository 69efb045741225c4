import { ReadModels } from '@app/projections';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { EntityManager } from 'typeorm';
import { tradeFacts } from './trade-facts.view';

// What one enterprise has done on the platform, whichever registration acted for it. Of its offers the result is told and no
// figure: a losing price has a route of its own, which asks for a reason.

/** After everything: a list that begins with the latest begins here. */
const LATEST = ['9999', ''] as const;

const OFFERED = `o.parties @> jsonb_build_array(jsonb_build_object('enterprise', $1::text))`;
const SUPPLIED = `s.parties @> jsonb_build_array(jsonb_build_object('enterprise', $1::text))`;

const SHARE_STATE = `CASE WHEN s."voidKnown" IS NOT NULL THEN 'voided' WHEN s."endedBy" IS NOT NULL THEN s."endedBy"
  WHEN s."acceptedAt" IS NOT NULL THEN 'accepted' ELSE 'offered' END`;

const LISTING_STATE = `CASE WHEN l."voidKnown" IS NOT NULL OR l."cancelledAt" IS NOT NULL THEN 'cancelled'
  WHEN l.outcome IS NOT NULL THEN l.outcome WHEN l."firstAwardAt" IS NOT NULL THEN 'partly-awarded'
  WHEN l."closedAt" IS NOT NULL THEN 'closed' ELSE 'quoting' END`;

/** The furthest that any of an offer's shares came, or else what became of the offer. */
const OFFER_RESULT = `CASE
  WHEN o."voidKnown" IS NOT NULL THEN 'voided' WHEN o."withdrawnAt" IS NOT NULL THEN 'withdrawn'
  WHEN EXISTS (SELECT FROM shares WHERE state = 'accepted') THEN 'accepted'
  WHEN EXISTS (SELECT FROM shares WHERE state = 'offered') THEN 'awarded'
  WHEN EXISTS (SELECT FROM shares WHERE state = 'declined') THEN 'declined'
  WHEN EXISTS (SELECT FROM shares WHERE state = 'lapsed') THEN 'lapsed'
  WHEN l."voidKnown" IS NOT NULL OR l."cancelledAt" IS NOT NULL THEN 'cancelled'
  WHEN l.outcome IS NOT NULL THEN 'not-chosen' ELSE 'offered' END`;

const OFFERS = `
  SELECT o.offer, o.listing, l.product, l.lead, o."receivedAt", r.result
    FROM trade_offer o JOIN traded_listing l USING (listing)
    CROSS JOIN LATERAL (
      WITH shares AS (SELECT ${SHARE_STATE} AS state FROM trade_share s WHERE s.listing = o.listing AND s.offer = o.offer)
      SELECT ${OFFER_RESULT} AS result) r
   WHERE ${OFFERED}`;

type Counts = { readonly value: string; readonly items: number };

export type AuditSummary = {
  readonly listings: readonly Counts[];
  readonly offers: readonly Counts[];
  readonly shares: readonly (Counts & { readonly amount: string })[];
  /** What it has awarded as a lead and what stands of it, in yuan without VAT. */
  readonly awarded: string;
  readonly checks: readonly AuditCheck[];
  /** Listings that it published or offered on. */
  readonly concerning: readonly string[];
};

export type AuditCheck = {
  readonly match: string;
  readonly listing: string;
  readonly check: string;
  readonly openedAt: string;
  readonly result: string;
  readonly concludedAt: string | null;
};

export class EnterpriseTrade extends Query<AuditSummary> {
  constructor(readonly enterprise: string) {
    super();
  }
}

@QueryHandler(EnterpriseTrade)
export class EnterpriseTradeHandler implements IQueryHandler<EnterpriseTrade, AuditSummary> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ enterprise }: EnterpriseTrade): Promise<AuditSummary> {
    return this.readModels.read(tradeFacts, async (view) => {
      const asked = [enterprise];
      const listings = await view.query<Counts[]>(
        `SELECT ${LISTING_STATE} AS value, count(*)::int AS items FROM traded_listing l WHERE lead = $1 GROUP BY 1 ORDER BY 1`,
        asked,
      );
      const offers = await view.query<Counts[]>(
        `SELECT result AS value, count(*)::int AS items FROM (${OFFERS}) o GROUP BY 1 ORDER BY 1`,
        asked,
      );
      const shares = await view.query<AuditSummary['shares']>(
        `SELECT ${SHARE_STATE} AS value, count(*)::int AS items, round(sum(s."standingAmount"), 2)::text AS amount
           FROM trade_share s WHERE ${SUPPLIED} GROUP BY 1 ORDER BY 1`,
        asked,
      );
      const [{ awarded }] = await view.query<[{ awarded: string }]>(
        `SELECT round(coalesce(sum(s."standingAmount"), 0), 2)::text AS awarded
           FROM trade_share s JOIN traded_listing l USING (listing)
          WHERE l.lead = $1 AND s."endedKnown" IS NULL AND s."voidKnown" IS NULL`,
        asked,
      );
      return { listings, offers, shares, awarded, ...(await this.concerning(view, enterprise)) };
    });
  }

  private async concerning(
    view: EntityManager,
    enterprise: string,
  ): Promise<Pick<AuditSummary, 'checks' | 'concerning'>> {
    const found = await view.query<{ listing: string }[]>(
      `SELECT listing FROM traded_listing WHERE lead = $1
        UNION SELECT o.listing FROM trade_offer o WHERE ${OFFERED} ORDER BY 1`,
      [enterprise],
    );
    const checks = await view.query<AuditCheck[]>(
      `SELECT m.match, m.listing, c."check", c."openedAt", coalesce(c.result, 'open') AS result, c."concludedAt"
         FROM checked_match m JOIN traded_listing l USING (listing),
              jsonb_to_recordset(m.checks) AS c("check" text, "openedAt" text, result text, "concludedAt" text)
        WHERE l.lead = $1 OR EXISTS (
          SELECT FROM firm_place f, jsonb_to_recordset(f.places) AS p(registration text)
           WHERE f.enterprise = $1 AND p.registration = m."supplierRegistration")
        ORDER BY c."openedAt" DESC, c."check"`,
      [enterprise],
    );
    return { checks, concerning: found.map(({ listing }) => listing) };
  }
}

export type AuditListing = {
  readonly listing: string;
  readonly product: string;
  readonly kind: string;
  readonly unit: string;
  readonly quantity: string;
  readonly state: string;
  readonly publishedAt: string;
};

/** What it published, the latest first. */
export class ListingsOfEnterprise extends Query<AuditListing[]> {
  constructor(
    readonly enterprise: string,
    readonly limit: number,
    readonly after?: readonly [publishedAt: string, listing: string],
  ) {
    super();
  }
}

@QueryHandler(ListingsOfEnterprise)
export class ListingsOfEnterpriseHandler implements IQueryHandler<ListingsOfEnterprise, AuditListing[]> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ enterprise, limit, after = LATEST }: ListingsOfEnterprise): Promise<AuditListing[]> {
    return this.readModels.read(tradeFacts, (view) =>
      view.query<AuditListing[]>(
        `SELECT listing, product, kind, unit, quantity::text, ${LISTING_STATE} AS state, "publishedAt"
           FROM traded_listing l WHERE lead = $1 AND ("publishedAt", listing) < ($2, $3)
          ORDER BY "publishedAt" DESC, listing DESC LIMIT $4`,
        [enterprise, ...after, limit],
      ),
    );
  }
}

export type AuditOffer = {
  readonly offer: string;
  readonly listing: string;
  readonly product: string;
  readonly lead: string;
  readonly receivedAt: string;
  readonly result: string;
};

/** What it offered on and what became of it, the latest first. */
export class OffersOfEnterprise extends Query<AuditOffer[]> {
  constructor(
    readonly enterprise: string,
    readonly limit: number,
    readonly after?: readonly [receivedAt: string, offer: string],
  ) {
    super();
  }
}

@QueryHandler(OffersOfEnterprise)
export class OffersOfEnterpriseHandler implements IQueryHandler<OffersOfEnterprise, AuditOffer[]> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ enterprise, limit, after = LATEST }: OffersOfEnterprise): Promise<AuditOffer[]> {
    return this.readModels.read(tradeFacts, (view) =>
      view.query<AuditOffer[]>(
        `SELECT * FROM (${OFFERS}) o WHERE ("receivedAt", offer) < ($2, $3)
          ORDER BY "receivedAt" DESC, offer DESC LIMIT $4`,
        [enterprise, ...after, limit],
      ),
    );
  }
}

export type AuditShare = {
  readonly key: string;
  readonly share: string;
  readonly listing: string;
  readonly product: string;
  readonly side: 'lead' | 'supplier';
  readonly other: string;
  readonly quantity: string;
  readonly unit: string;
  readonly amount: string;
  readonly state: string;
  readonly awardedAt: string;
};

/** Shares that it awarded or was awarded, the latest first. */
export class SharesOfEnterprise extends Query<AuditShare[]> {
  constructor(
    readonly enterprise: string,
    readonly limit: number,
    readonly after?: readonly [awardedAt: string, key: string],
  ) {
    super();
  }
}

@QueryHandler(SharesOfEnterprise)
export class SharesOfEnterpriseHandler implements IQueryHandler<SharesOfEnterprise, AuditShare[]> {
  constructor(private readonly readModels: ReadModels) {}

  execute({ enterprise, limit, after = LATEST }: SharesOfEnterprise): Promise<AuditShare[]> {
    return this.readModels.read(tradeFacts, (view) =>
      view.query<AuditShare[]>(
        `SELECT s.key, s.share, s.listing, l.product, CASE WHEN l.lead = $1 THEN 'lead' ELSE 'supplier' END AS side,
                CASE WHEN l.lead = $1 THEN s.parties->0->>'enterprise' ELSE l.lead END AS other, s."standingQuantity"::text AS quantity, l.unit,
                round(s."standingAmount", 2)::text AS amount, ${SHARE_STATE} AS state, s."awardedAt"
           FROM trade_share s JOIN traded_listing l USING (listing)
          WHERE (l.lead = $1 OR ${SUPPLIED}) AND (s."awardedAt", s.key) < ($2, $3)
          ORDER BY s."awardedAt" DESC, s.key DESC LIMIT $4`,
        [enterprise, ...after, limit],
      ),
    );
  }
}
