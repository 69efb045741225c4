import { decimalText, lineAmount, toFen, withVat } from '@app/kernel';
import { ReadModels } from '@app/projections';
import { EnterpriseCards } from '@app/registry';
import type { EnterpriseCard } from '@app/registry';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ShareRecords } from './award-list.view';
import type { ShareRecord } from './award-list.view';
import { cheapestSplit } from './cheapest-split.rules';
import { checks } from './checks.view';
import { restOf } from './listing-page.rules';
import type { ListingRow } from './listings.view';
import type { Supplier } from './listing-terms.rules';
import { BoardOfferRow, offerBoard } from './offer-board.view';
import type { BoardOfferView, BoardView, SupplierView, TradeRecordView } from './offer-answer.rules';
import { promotions } from './promotions.view';

/** To whom a board is shown: the lead with all of it, an office with losing prices or without. */
export type BoardReader = 'lead' | 'office-with-prices' | 'office';

type CheckCounts = Pick<TradeRecordView, 'clear' | 'doubtful' | 'untrue'>;
const NO_SHARES: ShareRecord = { awards: 0, accepted: 0, declined: 0, lapsed: 0 };
const NO_CHECKS: CheckCounts = { clear: 0, doubtful: 0, untrue: 0 };

/** Boards of listings whose quoting has closed, many at once; of a listing before its close there is nothing to show. */
@Injectable()
export class Boards {
  constructor(
    private readonly queries: QueryBus,
    private readonly readModels: ReadModels,
  ) {}

  async of(listings: readonly ListingRow[], reader: BoardReader): Promise<ReadonlyMap<string, BoardView>> {
    const closed = listings.filter(({ closedAt }) => closedAt !== null).map(({ listing }) => listing);
    const offers = await this.offersOn(closed);
    const firms = await this.firms(offers.map(({ supplier }) => supplier));
    const lead = listings[0]?.leadRegistration ?? '';
    const recordOf = reader === 'lead' ? await this.records(lead, [...firms.registrations]) : () => undefined;
    const show = (row: BoardOfferRow) => boardOffer(row, reader, firms.viewOf(row.supplier), recordOf(row.supplier));
    return new Map(
      listings.map((row) => {
        const own = offers.filter(({ listing }) => listing === row.listing);
        return [row.listing, boardOf(row, own, reader, show)];
      }),
    );
  }

  private async offersOn(listings: readonly string[]): Promise<BoardOfferRow[]> {
    if (listings.length === 0) return [];
    return this.readModels.read(offerBoard, (view) =>
      view.query<BoardOfferRow[]>(
        `SELECT * FROM board_offer WHERE listing = ANY($1) ORDER BY listing, "receivedAt", offer`,
        [listings],
      ),
    );
  }

  private async firms(suppliers: readonly Supplier[]) {
    const parties = suppliers.map(firstOf);
    const registrations = new Set(parties.map(({ registration }) => registration));
    const codes = [...new Set(parties.map(({ enterprise }) => enterprise))];
    const cards =
      codes.length > 0 ? await this.queries.execute(new EnterpriseCards(codes)) : new Map<string, EnterpriseCard>();
    const certificates = await this.certificates([...registrations]);
    const viewOf = (supplier: Supplier): SupplierView => {
      const { enterprise, registration } = firstOf(supplier);
      const { name, area, size } = cards.get(enterprise) ?? {};
      const named = { name, ...(area && { area }), ...(size && { size }) };
      return { enterprise, ...named, certificates: certificates.get(registration) ?? [] };
    };
    return { registrations, viewOf };
  }

  private async certificates(owners: readonly string[]): Promise<ReadonlyMap<string, string[]>> {
    if (owners.length === 0) return new Map();
    const found = await this.readModels.read(promotions, (view) =>
      view.query<{ owner: string; certificates: string[] }[]>(
        `SELECT owner, array_agg(DISTINCT named) AS certificates
         FROM promotion, jsonb_array_elements_text(coalesce(terms->'certificates', '[]')) named
         WHERE owner = ANY($1) AND status = 'published' GROUP BY owner`,
        [owners],
      ),
    );
    return new Map(found.map(({ owner, certificates }) => [owner, certificates.slice(0, MOST_CERTIFICATES)]));
  }

  private async records(lead: string, suppliers: readonly string[]) {
    const shares = await this.queries.execute(new ShareRecords(lead, suppliers));
    // Of checks the lead knows those in which it was asked.
    const found = await this.readModels.read(checks, (view) =>
      view.query<({ supplier: string } & CheckCounts)[]>(
        `SELECT "supplierRegistration" AS supplier, count(*) FILTER (WHERE state = 'clear')::int AS clear,
           count(*) FILTER (WHERE state = 'doubtful')::int AS doubtful,
           count(*) FILTER (WHERE state = 'untrue')::int AS untrue
         FROM match_check WHERE "leadRegistration" = $1 AND 'lead' = ANY(asked) AND "supplierRegistration" = ANY($2)
         GROUP BY "supplierRegistration"`,
        [lead, suppliers],
      ),
    );
    const checked = new Map(found.map(({ supplier, ...counts }) => [supplier, counts]));
    return (supplier: Supplier): TradeRecordView => {
      const { registration } = firstOf(supplier);
      return { ...(shares.get(registration) ?? NO_SHARES), ...(checked.get(registration) ?? NO_CHECKS) };
    };
  }
}

const MOST_CERTIFICATES = 200;

/** The enterprise, or for a shared factory the one that leads its list. */
const firstOf = (supplier: Supplier) =>
  supplier.kind === 'enterprise' ? supplier : (supplier.shares[0] ?? { enterprise: '', registration: '' });

function boardOf(
  row: ListingRow,
  offers: readonly BoardOfferRow[],
  reader: BoardReader,
  show: (row: BoardOfferRow) => BoardOfferView,
): BoardView {
  const { listing, status, closedAt, own, terms } = row;
  const head = { listing, status, ...(reader === 'lead' && { offersReceived: own.offers.length }) };
  if (closedAt === null) return { ...head, sealed: true, offers: [] };
  const board = { ...head, sealed: false, offers: offers.map(show) };
  if (reader !== 'lead') return board;
  const remaining = restOf(terms.quantity ?? '0', Object.values(own.shares));
  const lots = offers
    .filter(({ state }) => state === 'standing')
    .map((offer) => ({ ...offer.terms, offer: offer.offer, quantity: leftOf(offer) }));
  const { shares, ...cheapest } = cheapestSplit(remaining, lots, terms.partsAccepted ?? false);
  return { ...board, remaining, cheapest: { ...cheapest, shares: [...shares] } };
}

const leftOf = ({ terms, shares }: BoardOfferRow): string =>
  restOf(
    terms.quantity,
    shares.map(({ quantity, state }) => [quantity, state] as const),
  );

/** What was awarded is no losing price; the rest of an offer's terms is. */
function boardOffer(
  row: BoardOfferRow,
  reader: BoardReader,
  supplier: SupplierView,
  record: TradeRecordView | undefined,
): BoardOfferView {
  const { offer, state, receivedAt, terms, shares, lossReason } = row;
  return {
    offer,
    supplier,
    state,
    receivedAt,
    ...(reader !== 'office' && priced(row)),
    ...(reader === 'lead' && { remaining: leftOf(row) }),
    ...(reader !== 'office' && { terms }),
    ...(record && { record }),
    shares: shares.map(({ share, quantity, unitPrice, reason, ...rest }) => {
      return { share, quantity, unitPrice, reason, state: rest.state };
    }),
    ...(lossReason && { lossReason }),
  };
}

function priced({ terms: { quantity, unitPrice, vatRate } }: BoardOfferRow) {
  const amount = lineAmount(quantity, unitPrice);
  return {
    unitPriceWithVat: decimalText(withVat(unitPrice, vatRate)),
    amount: amount.toFixed(2),
    amountWithVat: amount.plus(toFen(amount.times(vatRate))).toFixed(2),
  };
}
