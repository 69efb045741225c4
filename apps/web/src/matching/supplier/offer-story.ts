import type { Api } from '../../api/client';

type MyOffer = Pick<Api['MyOfferView'], 'receipts' | 'secondRound'>;
type Share = Api['ShareView'];

/** What happened to an offer: its receipts by round, and the shares of it that were awarded and answered. */
export type OfferEvent = { readonly at: string } & (
  | { readonly kind: 'received'; readonly receipt: MyOffer['receipts'][number]; readonly first: boolean }
  | { readonly kind: 'second-round-ends' }
  | { readonly kind: 'awarded'; readonly share: Share }
  | { readonly kind: 'answered'; readonly share: Share }
);

/** Shares that an answer, or its term, has settled; what was cancelled or voided was not answered by anybody. */
const ANSWERED: readonly Share['state'][] = ['accepted', 'declined', 'lapsed'];

/** The latest first. */
export function offerStory({ receipts, secondRound }: MyOffer, shares: readonly Share[]): OfferEvent[] {
  const events: OfferEvent[] = [
    ...receipts.map((receipt, index): OfferEvent => ({
      kind: 'received',
      at: receipt.receivedAt,
      receipt,
      first: index === 0,
    })),
    ...(secondRound ? [{ kind: 'second-round-ends', at: secondRound.deadline } as const] : []),
    ...shares.map((share): OfferEvent => ({ kind: 'awarded', at: share.awardedAt, share })),
    ...shares
      .filter(({ state }) => ANSWERED.includes(state))
      .map((share): OfferEvent => ({ kind: 'answered', at: share.answeredAt ?? share.acceptBy, share })),
  ];
  return events.reverse().sort((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : 0));
}
