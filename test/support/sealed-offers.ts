import { createHash, randomUUID } from 'node:crypto';
import { Exact } from '@app/kernel';
import type { TestApp } from './app';
import type { Answer, Client } from './client';
import { eventually, Firm, inMinutes, listingTerms, offerTerms } from './firms';
import { tracesOf } from './walk';

// Offers with figures that stand nowhere else, planted by the real API on listings in every state.

/** What became of the terms that carry a figure, and whose they are. */
export type Kind =
  /** By the maker: revised before the close. */
  | 'superseded'
  /** By the maker: what stood at the close. */
  | 'standing'
  /** By the rival: what stood at the close and was neither improved nor chosen. */
  | 'silent'
  /** By another, who withdrew. */
  | 'withdrawn'
  /** By the maker in the second round. */
  | 'improved';

export const STATES = [
  'open',
  'cancelled',
  'republished',
  'closed',
  'second-round-open',
  'second-round-closed',
  'second-round-cancelled',
  'awarded',
] as const;
export type State = (typeof STATES)[number];

export type Canary = {
  readonly state: State;
  readonly visibility: string;
  readonly kind: Kind;
  readonly figure: 'price' | 'quantity' | 'amount';
  readonly value: string;
  readonly traces: readonly string[];
};

export type Planted = {
  readonly listing: string;
  readonly state: State;
  readonly visibility: string;
  readonly offers: Readonly<Record<'maker' | 'rival' | 'quitter', string>>;
};

export type Makers = { readonly lead: Firm; readonly maker: Firm; readonly rival: Firm; readonly quitter: Firm };

const PLACES: readonly (readonly [State, string])[] = [
  // First what needs the clock to move.
  ['second-round-closed', 'public'],
  ['second-round-open', 'verified'],
  ['second-round-cancelled', 'public'],
  ['open', 'public'],
  ['open', 'verified'],
  ['open', 'invited'],
  ['open', 'pledge'],
  ['cancelled', 'public'],
  ['cancelled', 'invited'],
  ['republished', 'public'],
  ['closed', 'public'],
  ['closed', 'invited'],
  ['awarded', 'public'],
];

/** Throws unless the answer is a success: what was not planted cannot be found. */
export async function must(answer: Promise<Answer>): Promise<Answer> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return answer;
}

export class SealedOffers {
  readonly canaries: Canary[] = [];
  readonly planted: Planted[] = [];

  constructor(
    private readonly city: TestApp,
    private readonly firms: Makers,
  ) {}

  async plantAll(): Promise<void> {
    for (const [state, visibility] of PLACES) await this.plant(state, visibility);
  }

  private async plant(state: State, visibility: string): Promise<void> {
    const { lead, maker, rival, quitter } = this.firms;
    const listing = await this.publish(visibility);
    const offers = { maker: randomUUID(), rival: randomUUID(), quitter: randomUUID() };
    this.planted.push({ listing, state, visibility, offers });
    const path = `/api/listings/${listing}`;
    const terms = (kind: Kind, dearer: number) => this.termsWith({ state, visibility, kind }, dearer);
    const offer = (by: Client, id: string, kind: Kind) =>
      must(by.post(`${path}/offers`, { offer: id, terms: terms(kind, 900) }));

    if (visibility === 'pledge') {
      for (const { client } of [maker, rival, quitter]) await must(client.post(`${path}/pledge`));
    }
    await offer(maker.client, offers.maker, 'superseded');
    await must(maker.client.put(`${path}/offers/${offers.maker}`, { terms: terms('standing', 800) }));
    await offer(quitter.client, offers.quitter, 'withdrawn');
    await must(quitter.client.delete(`${path}/offers/${offers.quitter}`));
    await offer(rival.client, offers.rival, 'silent');
    if (state === 'open') return;
    if (state === 'cancelled') return void (await must(lead.client.post(`${path}/cancellation`, NO_MORE)));
    if (state === 'republished') {
      const body = { listing: randomUUID(), terms: this.listingTerms(visibility) };
      return void (await must(lead.client.post(`${path}/successor`, body)));
    }
    await must(lead.client.post(`${path}/close`));
    if (state === 'awarded') {
      const shares = [{ share: randomUUID(), offer: offers.maker, quantity: '7', reason: 'price' }];
      const notChosen = [{ offer: offers.rival, reason: 'price' }];
      await must(lead.client.post(`${path}/awards`, { award: randomUUID(), shares, notChosen }));
    }
    if (state.startsWith('second-round')) await this.secondRound(state, listing, offers.maker, terms('improved', 700));
  }

  private async secondRound(state: State, listing: string, offer: string, terms: object): Promise<void> {
    const { lead, maker } = this.firms;
    const path = `/api/listings/${listing}`;
    const round = { offers: [offer], deadline: inMinutes(this.city, 60) };
    await must(lead.client.post(`${path}/second-round`, round));
    await must(maker.client.put(`${path}/offers/${offer}`, { terms }));
    if (state === 'second-round-cancelled') await must(lead.client.post(`${path}/cancellation`, NO_MORE));
    if (state !== 'second-round-closed') return;
    this.city.clock.advance(61 * 60_000);
    await eventually(
      async () => (await lead.client.get(path)).body.secondRound?.state as string,
      (is) => is === 'closed',
    );
  }

  private async publish(visibility: string): Promise<string> {
    const listing = randomUUID();
    const { client } = this.firms.lead;
    await must(client.post('/api/listings', { listing, terms: this.listingTerms(visibility) }));
    await must(client.post(`/api/listings/${listing}/publication`));
    return listing;
  }

  private listingTerms(visibility: string) {
    const { maker, rival, quitter } = this.firms;
    const invited = [maker, rival, quitter].map(({ enterprise }) => enterprise);
    return listingTerms(inMinutes(this.city, 10 * 24 * 60), {
      quantity: '200000',
      earlyCloseAllowed: true,
      visibility: { class: visibility, ...(visibility === 'invited' && { invited }) },
    });
  }

  /** Terms whose figures stand nowhere else. `dearer`: a second round takes no higher price. */
  private termsWith(of: Pick<Canary, 'state' | 'visibility' | 'kind'>, dearer: number) {
    const digits = (figure: string): string => {
      const hash = createHash('sha256')
        .update(JSON.stringify([of, figure]))
        .digest();
      // None ends in a zero, which a figure would lose on its way.
      return String(hash.readUInt32BE() % 1_000_000)
        .padStart(6, '0')
        .replace(/0$/, '7');
    };
    // A second round takes no smaller quantity.
    const quantity = `1${1_000 - dearer}${digits('whole').slice(0, 2)}.${digits('quantity')}`;
    const unitPrice = `${dearer}${digits('yuan').slice(0, 2)}.${digits('price')}`;
    const amount = new Exact(quantity).times(unitPrice).toFixed(2);
    for (const [figure, value] of Object.entries({ price: unitPrice, quantity, amount })) {
      this.canaries.push({ ...of, figure: figure as Canary['figure'], value, traces: tracesOf(value) });
    }
    return offerTerms({ unitPrice, quantity });
  }
}

const NO_MORE = { reason: 'no-longer-needed' };
