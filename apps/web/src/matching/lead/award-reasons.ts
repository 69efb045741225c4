import { Decimal } from 'decimal.js';
import { isChosen, quantityOf, type AwardReason, type LossReason, type Split, type SplitOffer } from './award-sums';

// Reasons that the figures themselves give; the lead may choose others, and must choose where the figures give none.

const cheaper = (a: SplitOffer, b: SplitOffer): number => new Decimal(a.unitPrice).cmp(b.unitPrice);

/** Why an offer would be chosen, where that can be read off the board. */
export function reasonFor(offer: SplitOffer, offers: readonly SplitOffer[]): AwardReason | undefined {
  const standing = offers.filter(({ standing: is }) => is);
  if (standing.length === 1) return 'only-offer';
  if (standing.every((other) => cheaper(offer, other) <= 0)) return 'price';
  if (standing.every((other) => other === offer || offer.deliverBy < other.deliverBy)) return 'delivery';
  return undefined;
}

/** Why an offer lost against those that are chosen. */
export function lossFor(offer: SplitOffer, chosen: readonly SplitOffer[]): LossReason {
  if (chosen.length === 0) return 'others-chosen';
  if (chosen.every((other) => cheaper(offer, other) > 0)) return 'price';
  if (chosen.every((other) => offer.deliverBy > other.deliverBy)) return 'delivery';
  return 'others-chosen';
}

export const chosenReason = (split: Split, offer: SplitOffer, offers: readonly SplitOffer[]): AwardReason | undefined =>
  split.cells[offer.offer]?.reason ?? reasonFor(offer, offers);

/** Offers that get nothing now and hold nothing from before. */
export function unchosen(split: Split, offers: readonly SplitOffer[]): { offer: string; reason: LossReason }[] {
  const holds = (offer: SplitOffer): boolean => offer.live.length > 0 || isChosen(split, offer.offer);
  const chosen = offers.filter(holds);
  return offers
    .filter((offer) => offer.standing && !holds(offer))
    .map((offer) => ({
      offer: offer.offer,
      reason: split.cells[offer.offer]?.lossReason ?? lossFor(offer, chosen),
    }));
}

/** Whether a chosen offer still lacks its reason, or the words of 其他. */
export function reasonFault(split: Split, offer: SplitOffer, offers: readonly SplitOffer[]): string | undefined {
  if (!isChosen(split, offer.offer)) return undefined;
  const reason = chosenReason(split, offer, offers);
  if (reason === undefined) return 'reason-missing';
  return reason === 'other' && !split.cells[offer.offer]?.reasonText?.trim() ? 'reason-text-missing' : undefined;
}

/** The split as the API takes it. */
export function sharesOf(split: Split, offers: readonly SplitOffer[]) {
  return offers.flatMap((offer) => {
    const cell = split.cells[offer.offer];
    const quantity = quantityOf(cell);
    const reason = chosenReason(split, offer, offers);
    if (!cell || quantity === undefined || !isChosen(split, offer.offer) || reason === undefined) return [];
    const text = reason === 'other' ? cell.reasonText?.trim() : undefined;
    return [{ share: cell.share, offer: offer.offer, quantity, reason, ...(text && { reasonText: text }) }];
  });
}
