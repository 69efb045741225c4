import { Decimal } from 'decimal.js';
import type { Api } from '../../api/client';
import { typedDecimal } from '../../kit/decimal-text';

// A split of an award as it is being made: sums and rules, before anything is sent. The rules are those that the listing
// itself decides by; it decides again when the split arrives.

/** Wide enough that no product of a quantity, a price and a rate is rounded on the way. */
const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP });

export type BoardOffer = Api['BoardOfferView'];
export type AwardReason = Api['ShareForm']['reason'];
export type LossReason = Api['NotChosenForm']['reason'];

/** An offer whose terms the lead sees, with what of it is already awarded. */
export type SplitOffer = {
  readonly offer: string;
  readonly standing: boolean;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly vatRate: string;
  readonly deliverBy: string;
  readonly minimumLot?: string | undefined;
  /** In shares that wait for an answer or were accepted, with the price of each. */
  readonly live: readonly { readonly quantity: string; readonly unitPrice: string }[];
};
export type SplitListing = { readonly quantity: string; readonly partsAccepted: boolean };

/** What the lead has put down for one offer. Its id is made once, so that a split sent twice is the same split. */
export type SplitCell = {
  readonly share: string;
  readonly quantity?: string | undefined;
  readonly reason?: AwardReason | undefined;
  readonly reasonText?: string | undefined;
  readonly lossReason?: LossReason | undefined;
};
export type Split = {
  readonly cells: Readonly<Record<string, SplitCell>>;
  /** The cell that was changed last: what is too much in all is said there. */
  readonly last?: string | undefined;
};

export const NOTHING: Split = { cells: {} };

const LIVE: readonly string[] = ['offered', 'accepted'];

export const splitOffers = (offers: readonly BoardOffer[]): SplitOffer[] =>
  offers.flatMap(({ offer, state, terms, shares }) =>
    terms
      ? [
          {
            offer,
            standing: state === 'standing',
            ...terms,
            live: shares.filter(({ state: is }) => LIVE.includes(is)),
          },
        ]
      : [],
  );

const total = (values: readonly Decimal.Value[]): Decimal =>
  values.reduce<Decimal>((sum, value) => sum.plus(value), new Exact(0));

/** The amount of a line: rounded once, half away from zero, to fen. */
const lineAmount = (quantity: Decimal.Value, unitPrice: Decimal.Value): Decimal =>
  new Exact(quantity).times(unitPrice).toDecimalPlaces(2);

/** A unit price with VAT, at most six decimals. */
export const priceWithVat = (unitPrice: string, vatRate: string): string =>
  new Exact(unitPrice).times(new Exact(1).plus(vatRate)).toDecimalPlaces(6).toFixed();

/** `0.13` as `13`. */
export const percentOf = (rate: string): string => new Exact(rate).times(100).toFixed();

const QUANTITY = /^\d{1,12}(\.\d{1,6})?$/;

/** What stands in a cell as a decimal; undefined where it is empty or no quantity. */
export function quantityOf(cell: SplitCell | undefined): string | undefined {
  const typed = typedDecimal(cell?.quantity ?? '');
  return QUANTITY.test(typed) ? new Exact(typed).toFixed() : undefined;
}

const isEmpty = (cell: SplitCell | undefined): boolean => {
  const typed = typedDecimal(cell?.quantity ?? '');
  // A nought is how people write that nothing is given.
  return typed === '' || (QUANTITY.test(typed) && new Exact(typed).isZero());
};

export const isChosen = (split: Split, offer: string): boolean => !isEmpty(split.cells[offer]);

const liveOf = ({ live }: SplitOffer): Decimal => total(live.map(({ quantity }) => quantity));
const asked = (split: Split, offers: readonly SplitOffer[]): Decimal =>
  total(offers.map(({ offer }) => quantityOf(split.cells[offer]) ?? 0));

/** What of an offer is not awarded yet. */
export const offerLeft = (offer: SplitOffer): string => new Exact(offer.quantity).minus(liveOf(offer)).toFixed();

export type CellFault = { readonly code: string; readonly values: Readonly<Record<string, string>> };

/** Why a cell cannot be sent as it stands: a refusal that the listing would give, with what would be right. */
export function cellFault(
  split: Split,
  offer: SplitOffer,
  offers: readonly SplitOffer[],
  listing: SplitListing,
): CellFault | undefined {
  const cell = split.cells[offer.offer];
  if (isEmpty(cell)) return undefined;
  const typed = quantityOf(cell);
  const fault = (code: string, values: CellFault['values'] = {}): CellFault => ({ code, values });
  if (typed === undefined) return fault('field-quantity');
  if (!offer.standing) return fault('offer-not-standing');
  const quantity = new Exact(typed);
  if (!listing.partsAccepted && !quantity.eq(listing.quantity)) {
    return fault('whole-or-nothing', { quantity: listing.quantity });
  }
  if (quantity.gt(offerLeft(offer))) return fault('award-exceeds-offer', { quantity: offerLeft(offer) });
  if (offer.minimumLot !== undefined && quantity.lt(offer.minimumLot)) {
    return fault('below-minimum-lot', { quantity: offer.minimumLot });
  }
  const over = total(offers.map(liveOf)).plus(asked(split, offers)).minus(listing.quantity);
  if (over.gt(0) && isBlamed(split, offer.offer, offers)) {
    return fault('award-exceeds-demand', { quantity: over.toFixed() });
  }
  return undefined;
}

/** Too much in all is the fault of the cell that was changed last, or of the last one filled. */
function isBlamed({ cells, last }: Split, offer: string, offers: readonly SplitOffer[]): boolean {
  const filled = offers.map((one) => one.offer).filter((one) => !isEmpty(cells[one]));
  return offer === (last !== undefined && filled.includes(last) ? last : filled.at(-1));
}

export type Totals = {
  /** With what was awarded before and still holds. */
  readonly divided: string;
  /** What this split adds. */
  readonly added: string;
  /** What remains of the listing; below zero where too much is given. */
  readonly left: string;
  readonly net: string;
  readonly gross: string;
  /** The lowest net amount for the same quantity, where the offers can make it up. */
  readonly cheapest?: string | undefined;
  /** By how much the split is above that, e.g. `+0.4`. */
  readonly above?: string | undefined;
};

export function totalsOf(split: Split, offers: readonly SplitOffer[], listing: SplitListing): Totals {
  const shares = offers.flatMap(({ offer, unitPrice, vatRate, live }) => [
    ...live.map((share) => ({ ...share, vatRate })),
    { quantity: quantityOf(split.cells[offer]) ?? '0', unitPrice, vatRate },
  ]);
  const divided = total(shares.map(({ quantity }) => quantity));
  const net = shares.map(({ quantity, unitPrice }) => lineAmount(quantity, unitPrice));
  const vat = shares.map(({ vatRate }, index) => net[index]!.times(vatRate).toDecimalPlaces(2));
  const sum = total(net);
  const cheapest = lowestAmount(offers, divided, listing);
  const above = cheapest && cheapest.gt(0) ? sum.div(cheapest).minus(1).times(100) : undefined;
  return {
    divided: divided.toFixed(),
    added: asked(split, offers).toFixed(),
    left: new Exact(listing.quantity).minus(divided).toFixed(),
    net: sum.toFixed(2),
    gross: sum.plus(total(vat)).toFixed(2),
    cheapest: cheapest?.toFixed(2),
    above: above && `${above.isNegative() && !above.isZero() ? '−' : '+'}${above.abs().toFixed(1)}`,
  };
}

/** Offers with a minimum lot double the plans that are looked at; beyond so many only the cheapest of them are. */
const MOST_LOTS = 10;

/**
 * The lowest net amount for which the standing offers make up the quantity: every choice of those that have a minimum lot,
 * each with its lots given first and the rest where it is cheapest.
 */
function lowestAmount(offers: readonly SplitOffer[], quantity: Decimal, listing: SplitListing): Decimal | undefined {
  if (!quantity.gt(0)) return undefined;
  const standing = offers.filter((offer) => offer.standing).sort((a, b) => new Exact(a.unitPrice).cmp(b.unitPrice));
  if (!listing.partsAccepted) {
    const [first] = standing.filter((offer) => new Exact(offer.quantity).eq(quantity));
    return first && lineAmount(quantity, first.unitPrice);
  }
  const lots = standing
    .filter(({ minimumLot, quantity: most }) => minimumLot !== undefined && new Exact(minimumLot).lte(most))
    .slice(0, MOST_LOTS);
  const free = standing.filter(({ minimumLot }) => minimumLot === undefined);
  let best: Decimal | undefined;
  for (let choice = 0; choice < 2 ** lots.length; choice++) {
    const chosen = new Set(lots.filter((_, place) => (choice >> place) % 2 === 1).concat(free));
    const amount = filled(
      standing.filter((offer) => chosen.has(offer)),
      quantity,
    );
    if (amount && (!best || amount.lt(best))) best = amount;
  }
  return best;
}

/** The amount when these offers, cheapest first, are given their lots and then the rest. */
function filled(offers: readonly SplitOffer[], quantity: Decimal): Decimal | undefined {
  const given = offers.map(({ minimumLot }) => new Exact(minimumLot ?? 0));
  let rest = quantity.minus(total(given));
  if (rest.isNegative()) return undefined;
  offers.forEach((offer, index) => {
    const more = Decimal.min(rest, new Exact(offer.quantity).minus(given[index]!));
    given[index] = given[index]!.plus(more);
    rest = rest.minus(more);
  });
  if (rest.gt(0)) return undefined;
  return total(offers.map(({ unitPrice }, index) => lineAmount(given[index]!, unitPrice)));
}
