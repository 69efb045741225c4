import { derivedId, instantText } from '@app/kernel';
import { AwardShares, OpenCheck, TellCheck } from '@app/matching';
import type { DemoFirm, DemoLine, DemoOffer } from './city';
import type { Listings } from './listings';
import { accountOf, Action, HOUR, partyOf, Telling } from './telling';

/** What becomes of the offers: shares awarded, accepted and declined, listings concluded, and a match that was checked. */
export class AwardStory {
  constructor(
    private readonly telling: Telling,
    private readonly listings: Listings,
  ) {}

  /** Splits the listing over its offers; the suppliers accept the next morning, and now and then one declines. */
  awarding(line: DemoLine, lead: DemoFirm, deadline: number, n: number): Action[] {
    const { listing: id } = line;
    const at = awardedAt(deadline);
    const split = sharesOf(line, n);
    if (split.length === 0) return [this.concluding(line, lead, at)];
    const shares = split.map(({ share, offer, quantity }, k) => ({
      share,
      offer: offer.offer,
      quantity: String(quantity),
      reason: (['price', 'delivery', 'nearby', 'quality'] as const)[(n + k) % 4]!,
    }));
    const person = { by: partyOf(lead), account: accountOf(lead) };
    const award = awardOf(lead, deadline);
    return [
      {
        at,
        run: async () => {
          await this.listings.untilClosed(id);
          await this.telling.tell(
            lead,
            `award ${id}`,
            (context) => new AwardShares(id, person, award, shares, [], context),
          );
        },
      },
      {
        at: acceptedAt(deadline),
        run: async () => {
          for (const { share, offer, isDeclined } of split) {
            const { firm } = offer;
            const when = instantText(Math.min(acceptedAt(deadline), this.telling.now));
            if (isDeclined) {
              const decline = {
                type: 'DeclineShares',
                by: partyOf(firm),
                shares: [share],
                reason: 'capacity',
                at: when,
              } as const;
              await this.listings.told(firm, `decline ${share}`, id, decline);
            } else {
              const accept = { type: 'AcceptShares', by: partyOf(firm), shares: [share], at: when } as const;
              await this.listings.asParty(firm, `accept ${share}`, id, accept);
            }
          }
          if (n === 2) await this.checking(line, split[0]!.offer.firm);
        },
      },
    ];
  }

  concluding({ listing: id }: DemoLine, lead: DemoFirm, at: number): Action {
    return {
      at,
      run: async () => {
        await this.listings.untilClosed(id);
        const conclude = {
          type: 'ConcludeListing',
          by: partyOf(lead),
          at: instantText(Math.min(at, this.telling.now)),
        } as const;
        await this.listings.told(lead, `conclude ${id}`, id, conclude);
      },
    };
  }

  /** A check that the city bureau opened for cause and closed without a finding. */
  private async checking({ listing: id }: DemoLine, supplier: DemoFirm): Promise<void> {
    const officer = this.telling.officerFor('city');
    const check = derivedId('demo-check', id);
    const by = { account: officer.account };
    const opened = await this.telling.tell(
      supplier,
      `check ${id}`,
      (context) => new OpenCheck({ listing: id, supplier: supplier.registration }, check, '演示·例行抽查', by, context),
      officer.account,
    );
    const entry = { type: 'ConcludeCheck', result: 'clear', by, text: '演示·凭证与登记一致' } as const;
    await this.telling.tell(
      supplier,
      `conclude check ${id}`,
      (context) => new TellCheck(opened.stream.slice('match-'.length), check, entry, context),
      officer.account,
    );
  }
}

/** The share of a line that is awarded: all of it, half, or nothing. */
const awardedPart = ({ fate }: DemoLine): number => (fate === 'awarded' ? 1 : fate === 'partly-awarded' ? 0.5 : 0);

/** One award of a lead covers what it closed at the same time. */
export const awardOf = (lead: DemoFirm, deadline: number): string =>
  derivedId('demo-award', lead.registration, deadline);
const awardedAt = (deadline: number): number => deadline + 22 * HOUR;
/** When suppliers accept or decline. */
export const acceptedAt = (deadline: number): number => awardedAt(deadline) + 18 * HOUR;

export type DemoShare = {
  readonly share: string;
  readonly offer: DemoOffer;
  readonly quantity: number;
  readonly isDeclined: boolean;
};

/** How the `n`th line of its catalogue is split; now and then the second supplier declines. */
export function sharesOf(line: DemoLine, n: number): DemoShare[] {
  const wanted = Math.floor((Number(line.quantity) * awardedPart(line)) / 100) * 100;
  return splitOf(line.offers, wanted).map(({ offer, quantity }, k) => ({
    share: derivedId('demo-share', line.listing, k),
    offer,
    quantity,
    isDeclined: k > 0 && n % 5 === 0,
  }));
}

/** Takes from the offers in their order until the wanted quantity is reached. */
function splitOf(offers: readonly DemoOffer[], wanted: number): { offer: DemoOffer; quantity: number }[] {
  const split: { offer: DemoOffer; quantity: number }[] = [];
  let left = wanted;
  for (const offer of offers) {
    const quantity = Math.min(left, Number(offer.quantity));
    if (quantity >= Number(offer.minimumLot ?? 1)) split.push({ offer, quantity });
    left -= quantity;
    if (left <= 0) break;
  }
  return split;
}
