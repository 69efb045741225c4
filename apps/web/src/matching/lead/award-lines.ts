import { Decimal } from 'decimal.js';
import type { Api } from '../../api/client';
import { reasonFault } from './award-reasons';
import {
  cellFault,
  isChosen,
  offerLeft,
  splitOffers,
  totalsOf,
  type CellFault,
  type Split,
  type SplitListing,
  type SplitOffer,
} from './award-sums';

// What a listing of a board still needs of its lead.

/** Whether a split can be sent as it stands, and the first fault that keeps it. */
export function readiness(
  split: Split,
  offers: readonly SplitOffer[],
  listing: SplitListing,
): 'empty' | 'ready' | { readonly fault: CellFault | string } {
  const chosen = offers.filter(({ offer }) => isChosen(split, offer));
  if (chosen.length === 0) return 'empty';
  for (const offer of chosen) {
    const fault = cellFault(split, offer, offers, listing) ?? reasonFault(split, offer, offers);
    if (fault !== undefined) return { fault };
  }
  return 'ready';
}

export type LineState =
  /** Something can still be awarded, and nothing is put down. */
  | 'open'
  | 'filled'
  | 'faulty'
  /** For a second person of the firm. */
  | 'waits'
  | 'second-round'
  | 'no-offers'
  /** Nothing is left to award now. */
  | 'done'
  | 'ended'
  | 'quoting'
  | 'draft';
/** A line of the catalogue's board, with how far its split is. */
export type BoardLineItem = Api['BoardLineView'] & { readonly state: LineState };

type Line = Pick<Api['BoardView'], 'status' | 'offers' | 'sealed'> & {
  readonly terms: Api['ListingTerms'];
  readonly split: Split;
};
/** What of a listing its board does not tell. */
export type Beside = { readonly waits: boolean; readonly secondRoundOpen: boolean; readonly ended: boolean };

export function lineState(
  { status, offers, terms, split }: Line,
  { waits, secondRoundOpen, ended }: Beside,
): LineState {
  if (status === 'draft' || status === 'discarded') return 'draft';
  if (status === 'quoting') return 'quoting';
  if (ended || status === 'cancelled' || status === 'unfilled') return 'ended';
  if (waits) return 'waits';
  if (secondRoundOpen) return 'second-round';
  const board = splitOffers(offers);
  const standing = board.filter((offer) => offer.standing);
  if (standing.length === 0) return 'no-offers';
  const listing = { quantity: terms.quantity ?? '0', partsAccepted: terms.partsAccepted ?? true };
  const { left, added } = totalsOf(split, board, listing);
  const free = new Decimal(left).plus(added);
  // A listing that is awarded with something left was concluded so.
  if (status === 'awarded') return free.gt(0) ? 'ended' : 'done';
  if (!free.gt(0) || standing.every((offer) => !new Decimal(offerLeft(offer)).gt(0))) return 'done';
  const ready = readiness(split, board, listing);
  return ready === 'empty' ? 'open' : ready === 'ready' ? 'filled' : 'faulty';
}

/** Lines that wait for the lead's own decision. */
export const needsDecision = (state: LineState): boolean =>
  state === 'open' || state === 'filled' || state === 'faulty';
