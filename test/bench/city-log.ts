import { derivedId, Fact, instantText, Party, shanghaiDay, usccCheckCharacter } from '@app/kernel';
import type { ListingEvent, PromotionEvent } from '@app/matching';
import type { EnterpriseEvent } from '@app/registry';
import { Goods, goodsOf, Random, randomOf } from './search-goods';

// A city's log as it grows: firms register, promote what they make, list what they need, offer, are awarded and accept.
// The same log from the same seed, whatever its length: a shorter one is the beginning of a longer one.

export type Told = { readonly stream: string; readonly event: Fact; readonly at: number };

/** Listings whose stories run beside each other; then those of the next begin. */
const BLOCK = 500;
/** A new firm registers for so many listings. */
const LISTINGS_PER_FIRM = 4;
const FIRST_FIRMS = 40;
const LEADS = 20;
/** One listing in so many stays open, with its deadline ahead. */
const STAYS_OPEN = 20;
/** Milliseconds of the city's time between two events, and days from the beginning of the log to the latest deadlines. */
const PACE = 250;
const DAY = 86_400_000;
const AHEAD = 60 * DAY;
/** About as many events does a listing bring. */
const EVENTS_PER_LISTING = 15;

/** `start`: UTC ms of the first event. No deadline in it comes before 60 days later, so that nothing falls due meanwhile. */
export function* cityLog(events: number, start: number, seed = 2020): Generator<Told> {
  const city = new City(start, seed);
  let told = 0;
  while (told < events) {
    for (const { stream, event } of city.block()) {
      yield { stream, event, at: start + told * PACE };
      if (++told === events) return;
    }
  }
}

/** Beginning so that its last event lies just behind. */
export const cityStart = (events: number): number => Date.now() - events * PACE - DAY;

type Step = { readonly stream: string; readonly event: Fact };
type Firm = Party & { readonly goods: Goods };

class City {
  private readonly random: Random;
  private readonly goods: Generator<Goods>;
  private readonly firms: Firm[] = [];
  private listings = 0;

  constructor(
    private readonly start: number,
    seed: number,
  ) {
    this.random = randomOf(seed);
    this.goods = goodsOf(Infinity, this.random);
  }

  /** The stories of so many listings, and the firms that come meanwhile, in the order in which they run beside each other. */
  block(): Step[] {
    const steps: { at: number; step: Step }[] = [];
    const tell = (from: number, story: Step[], length: number): void => {
      story.forEach((step, n) => steps.push({ at: from + (n / story.length) * length, step }));
    };
    // The first firms are there before anybody lists or offers.
    if (this.firms.length === 0) {
      for (let n = 0; n < FIRST_FIRMS; n++) tell(-1 + n / FIRST_FIRMS, this.registration(), 0);
    }
    const known = [...this.firms];
    for (let n = 0; n < BLOCK; n++) {
      if (n % LISTINGS_PER_FIRM === 0) tell(n, this.registration(), 1);
      tell(n, this.listing(known), BLOCK / 4);
    }
    // Sorting keeps the order of equals, so a story stays in its own.
    return steps.sort((a, b) => a.at - b.at).map(({ step }) => step);
  }

  private now(): string {
    return instantText(this.start + this.listings * EVENTS_PER_LISTING * PACE);
  }

  private registration(): Step[] {
    const goods = this.goods.next().value as Goods;
    const first17 = `91350527MA${String(this.firms.length + 1).padStart(7, '0')}`;
    const enterprise = first17 + usccCheckCharacter(first17);
    const registration = derivedId('registration', enterprise);
    const firm = { enterprise, registration, goods };
    this.firms.push(firm);
    const evidence = (['business-licence', 'authorisation'] as const).map((kind) => {
      return { id: derivedId(kind, registration), sha256: 'a'.repeat(64), kind };
    });
    const { area } = goods;
    const facts = {
      name: `${goods.enterprise.slice(0, -4)}${this.firms.length}号有限公司`,
      registeredAddress: { area, text: '演示路 1 号' },
      industry: '1953',
    };
    const by = { account: derivedId('officer', area), name: '演示经办', office: area };
    const events: EnterpriseEvent[] = [
      { type: 'RegistrationApplied', data: { registration, enterprise, from: '2018-05-01', facts } },
      { type: 'EvidenceAttached', data: { registration, evidence } },
      { type: 'RegistrationConfirmed', data: { registration, evidence: evidence.map(({ id }) => id), by } },
    ];
    const stream = `enterprise-${enterprise}`;
    const story = events.map((event): Step => ({ stream, event }));
    return this.firms.length % 2 ? story : [...story, ...this.promotion(firm)];
  }

  private promotion({ goods, enterprise, registration }: Firm): Step[] {
    const drafted = {
      promotion: goods.id,
      owner: { enterprise, registration },
      terms: {
        product: goods.name,
        ...(goods.specification && { specification: goods.specification }),
        unit: { code: 'PR', name: '双' },
        area: goods.area,
        capacityPerMonth: String(goods.capacity),
        minimumLot: '100',
        leadTimeDays: 10,
        priceLow: '2.2',
        priceHigh: '3',
      },
    };
    const events: PromotionEvent[] = [
      { type: 'PromotionDrafted', data: drafted },
      { type: 'PromotionPublished', data: { ...drafted, at: this.now() } },
    ];
    return events.map((event) => ({ stream: `promotion-${goods.id}`, event }));
  }

  /** About fourteen events: most listings are offered on, closed early, awarded and accepted. */
  private listing(firms: readonly Firm[]): Step[] {
    const n = this.listings++;
    const { random } = this;
    const { id: listing, name: product, specification, area, industry } = this.goods.next().value as Goods;
    const lead = partyOf(firms[Math.floor(random() * LEADS)]!);
    const at = this.now();
    const deadline = (days: number): string => instantText(this.start + AHEAD + days * DAY);
    const deliverBy = shanghaiDay(this.start + AHEAD + 90 * DAY);
    const quantity = String(100 * (1 + Math.floor(random() * 100)));
    const terms: Extract<ListingEvent, { type: 'ListingPublished' }>['data']['terms'] = {
      product,
      ...(specification && { specification }),
      industry,
      unit: { code: 'PR', name: '双' },
      quantity,
      supplyMode: 'goods',
      freightIncluded: true,
      deliveryPlace: { area, text: '安海镇' },
      deliverBy,
      invoiceType: 'special',
      paymentTermDays: 30,
      quotingDeadline: deadline(0),
      acceptanceHours: 48,
      partsAccepted: true,
      earlyCloseAllowed: true,
      visibility: { class: 'public' },
    };
    const events: ListingEvent[] = [
      { type: 'ListingDrafted', data: { listing, kind: 'purchase', lead, terms } },
      { type: 'ListingPublished', data: { listing, kind: 'purchase', lead, terms, at } },
    ];
    if (n % 5 === 0) {
      const amended = { ...terms, note: '可分批' };
      events.push({ type: 'ListingAmended', data: { terms: amended, changed: ['note'], at } });
    }
    if (n % 4 === 0) {
      const question = derivedId('question', listing);
      const by = partyOf(pick(firms, random));
      events.push({ type: 'QuestionAsked', data: { question, by, text: '可否分批交货？', at } });
      events.push({ type: 'QuestionAnswered', data: { question, text: '可以', at } });
    }
    const offers = this.offers(listing, lead, firms);
    for (const { offer, supplier, terms: offered } of offers) {
      events.push({ type: 'OfferSubmitted', data: { offer, supplier, terms: offered, receivedAt: at } });
      if (random() < 0.3) {
        const revised = { ...offered, unitPrice: (Number(offered.unitPrice) - 0.1).toFixed(2) };
        events.push({ type: 'OfferRevised', data: { offer, terms: revised, round: 1, receivedAt: at } });
      }
    }
    if (n % 7 === 0) {
      events.push({ type: 'QuotingDeadlineMoved', data: { before: deadline(0), deadline: deadline(2), at } });
    }
    if (n % STAYS_OPEN)
      events.push(...this.ending(listing, n % 7 ? deadline(0) : deadline(2), quantity, offers, events));
    return events.map((event) => ({ stream: `listing-${listing}`, event }));
  }

  private offers(listing: string, lead: Party, firms: readonly Firm[]) {
    const { random } = this;
    const by = new Map<string, Firm>();
    for (let left = 2 + Math.floor(random() * 7); left > 0; left--) {
      const firm = pick(firms, random);
      if (firm.registration !== lead.registration) by.set(firm.registration, firm);
    }
    return [...by.values()].map((firm, n) => ({
      offer: derivedId(listing, n),
      supplier: { kind: 'enterprise' as const, ...partyOf(firm) },
      terms: {
        quantity: '100',
        unitPrice: (2 + random()).toFixed(2),
        vatRate: '0.13',
        deliverBy: shanghaiDay(this.start + AHEAD + 30 * DAY),
      },
    }));
  }

  private ending(
    listing: string,
    deadline: string,
    quantity: string,
    offers: ReturnType<City['offers']>,
    before: readonly ListingEvent[],
  ): ListingEvent[] {
    const at = this.now();
    const ids = offers.map(({ offer }) => offer);
    const closing: ListingEvent = { type: 'QuotingClosed', data: { deadline, early: true, offers: ids, at } };
    // The price that stands is that of the last revision.
    const chosen = offers.slice(0, Math.max(1, Math.min(2, Number(quantity) / 100)));
    const shares = chosen.map(({ offer, supplier, terms }, n) => {
      const revised = before.findLast((one) => one.type === 'OfferRevised' && one.data.offer === offer);
      const { unitPrice, vatRate, deliverBy } = revised?.type === 'OfferRevised' ? revised.data.terms : terms;
      const share = derivedId('share', listing, n);
      const reason = 'price' as const;
      return { share, offer, quantity: '100', reason, supplier, unitPrice, vatRate, deliverBy, acceptBy: deadline };
    });
    const notChosen = ids.slice(shares.length).map((offer) => ({ offer, reason: 'price' as const }));
    return [
      closing,
      { type: 'SharesAwarded', data: { award: derivedId('award', listing), shares, notChosen: [], at } },
      ...shares.map(({ share }): ListingEvent => ({ type: 'SharesAccepted', data: { shares: [share], at } })),
      {
        type: 'ListingConcluded',
        data: { outcome: 'awarded', accepted: String(100 * shares.length), notChosen, by: 'lead', at },
      },
    ];
  }
}

const partyOf = ({ enterprise, registration }: Firm): Party => ({ enterprise, registration });
const pick = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)]!;
