import { addDays, derivedId, instantText, startOfDay } from '@app/kernel';
import { AddLines, ListingTerms, PublishCatalogue, SubmitOffer, TellCatalogue } from '@app/matching';
import { AwardStory } from './awards';
import type { DemoCatalogue, DemoFirm, DemoLine, DemoOffer } from './city';
import { Listings } from './listings';
import { accountOf, Action, HOUR, MARK, MINUTE, partyOf, Telling } from './telling';

/** Demand catalogues: published, asked about, offered on, cancelled or asked again, and handed over to the awarding. */
export class CatalogueStory {
  private readonly listings = new Listings(this.telling);
  private readonly awards = new AwardStory(this.telling, this.listings);

  constructor(private readonly telling: Telling) {}

  actions(): Action[] {
    return this.telling.city.catalogues.flatMap((catalogue) => this.catalogueStory(catalogue));
  }

  private catalogueStory(plan: DemoCatalogue): Action[] {
    const { catalogue, lead, title, from, to, lines, publishedDaysAgo } = plan;
    const by = partyOf(lead);
    const published = startOfDay(addDays(this.telling.today, -publishedDaysAgo)) + 10 * HOUR;
    const deadline = deadlineOf(plan, this.telling.today);
    const draft = async () => {
      const open = { type: 'OpenCatalogue', catalogue, kind: 'demand', by, terms: { title, from, to } } as const;
      await this.telling.tell(lead, `open ${catalogue}`, (context) => new TellCatalogue(catalogue, open, context));
      const drafts = lines.map((line, n) => ({ listing: line.listing, terms: termsOf(line, n, lead, deadline) }));
      await this.telling.tell(lead, `lines ${catalogue}`, (context) => new AddLines(catalogue, by, drafts, context));
    };
    if (lines.every(({ fate }) => fate === 'draft')) return [{ at: published, run: draft }];
    const publish = () =>
      this.telling.tell(
        lead,
        `publish ${catalogue}`,
        (context) => new PublishCatalogue(catalogue, { by, account: accountOf(lead) }, context),
      );
    return [
      { at: published, run: () => draft().then(publish) },
      ...lines.flatMap((line, n) => this.lineStory(line, n, lead, published, deadline)),
    ];
  }

  private lineStory(line: DemoLine, n: number, lead: DemoFirm, published: number, deadline: number): Action[] {
    const { listing: id, fate, offers, question } = line;
    const by = partyOf(lead);
    const offering: Action[] = offers.map((offer, k) => ({
      at: published + 4 * HOUR + k * 20 * MINUTE,
      run: async () => {
        if (visibilityOf(n, line).class === 'pledge') {
          const pledge = {
            type: 'PledgeConfidentiality',
            by: partyOf(offer.firm),
            at: instantText(published + 3 * HOUR),
          } as const;
          await this.listings.asParty(offer.firm, `pledge ${id} ${offer.offer}`, id, pledge);
        }
        await this.offer(line, offer, Math.min(published + 4 * HOUR + k * 20 * MINUTE, this.telling.now));
      },
    }));
    const asking: Action[] = question && offers[0] ? [this.asking(line, offers[0].firm, lead, published)] : [];
    const cancelling = (): Action => ({
      at: published + 9 * HOUR,
      run: () =>
        this.listings.told(lead, `cancel ${id}`, id, {
          type: 'CancelListing',
          by,
          at: instantText(Math.min(published + 9 * HOUR, this.telling.now)),
          reason: 'no-longer-needed',
        }),
    });
    const story = [...offering, ...asking];
    switch (fate) {
      case 'draft':
        return [];
      case 'quoting':
        return story;
      case 'cancelled':
        return [...story, cancelling()];
      case 'closed':
        return [...story, { at: deadline + MINUTE, run: () => this.listings.untilClosed(id) }];
      case 'second-round':
        return [...story, this.secondRound(line, lead, deadline)];
      case 'unfilled':
        return [...story, this.awards.concluding(line, lead, deadline + 26 * HOUR)];
      case 'partly-awarded':
        return [...story, ...this.awards.awarding(line, lead, deadline, n)];
      case 'awarded':
        return [
          ...story,
          ...this.awards.awarding(line, lead, deadline, n),
          ...(deadline + 6 * 24 * HOUR < this.telling.now
            ? [this.awards.concluding(line, lead, deadline + 6 * 24 * HOUR)]
            : []),
        ];
    }
  }

  private async offer({ listing: id, deliverBy }: DemoLine, offer: DemoOffer, at: number): Promise<void> {
    const { offer: offerId, firm, quantity, unitPrice, vatRate, minimumLot } = offer;
    const terms = { quantity, unitPrice, vatRate, deliverBy, ...(minimumLot && { minimumLot }), note: MARK };
    const receivedAt = instantText(at);
    await this.telling.tell(
      firm,
      `offer ${offerId}`,
      (context) => new SubmitOffer(id, offerId, partyOf(firm), terms, receivedAt, context),
    );
  }

  private asking({ listing: id, question }: DemoLine, asker: DemoFirm, lead: DemoFirm, published: number): Action {
    const asked = derivedId('demo-question', id);
    const { text, answer } = question!;
    return {
      at: published + 5 * HOUR,
      run: async () => {
        const at = instantText(Math.min(published + 5 * HOUR, this.telling.now));
        const ask = { type: 'AskQuestion', question: asked, by: partyOf(asker), text, at } as const;
        await this.listings.asParty(asker, `ask ${id}`, id, ask);
        const reply = { type: 'AnswerQuestion', question: asked, by: partyOf(lead), text: answer, at } as const;
        await this.listings.told(lead, `answer ${id}`, id, reply);
      },
    };
  }

  private secondRound({ listing: id, offers }: DemoLine, lead: DemoFirm, deadline: number): Action {
    const at = deadline + 20 * HOUR;
    const ends = startOfDay(addDays(this.telling.today, 2)) + 18 * HOUR;
    return {
      at,
      run: async () => {
        await this.listings.untilClosed(id);
        const named = offers.slice(0, 2).map(({ offer }) => offer);
        if (named.length === 0) return;
        const open = {
          type: 'OpenSecondRound',
          by: partyOf(lead),
          offers: named,
          deadline: instantText(ends),
        } as const;
        await this.listings.told(lead, `second round ${id}`, id, {
          ...open,
          at: instantText(Math.min(at, this.telling.now)),
        });
      },
    };
  }
}

/** `today`: the last day of the story. */
export const deadlineOf = ({ deadlineDaysAgo }: DemoCatalogue, today: string): number =>
  startOfDay(addDays(today, -deadlineDaysAgo)) + 18 * HOUR;

function visibilityOf(n: number, { offers }: DemoLine): NonNullable<ListingTerms['visibility']> {
  if (n === 2) return { class: 'verified' };
  if (n === 4) return { class: 'pledge' };
  if (n === 5) return { class: 'invited', invited: [...new Set(offers.map(({ firm }) => firm.enterprise))] };
  return { class: 'public' };
}

function termsOf(line: DemoLine, n: number, lead: DemoFirm, deadline: number): ListingTerms {
  const { product, specification, itemCode, quantity, supplyMode, deliverBy } = line;
  const visibility = visibilityOf(n, line);
  return {
    product: product.product,
    specification,
    itemCode,
    industry: product.industry,
    unit: product.unit,
    quantity,
    supplyMode,
    freightIncluded: n % 2 === 0,
    deliveryPlace: { area: lead.area, text: '演示路 1 号仓库' },
    deliverBy,
    invoiceType: 'special',
    paymentTermDays: 30 + (n % 3) * 15,
    quotingDeadline: instantText(deadline),
    acceptanceHours: 72,
    partsAccepted: true,
    earlyCloseAllowed: n % 4 === 0,
    visibility: visibility.class === 'invited' && !visibility.invited?.length ? { class: 'public' } : visibility,
    note: MARK,
  };
}
