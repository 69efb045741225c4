// What tests need to tell a story of a listing: made-up firms, terms, and the events of each act.
import type { Recorded } from '@app/event-store';
import { derivedId, Fact, Party, usccCheckCharacter } from '@app/kernel';
import type { Process } from '@app/projections';
import type { ListingCommand, ListingEvent, ShareAsked, ShareAwarded } from './listing.decider';
import type { OfferTerms, PublishedTerms, EnterpriseSupplier } from './listing-terms.rules';

const firms = new Map<number, Party>();

/** The n-th made-up firm: a valid code under 350527, and its registration. Thousands of stories name the same few. */
export function firm(n: number): Party {
  const known = firms.get(n);
  if (known) return known;
  const body = `91350527${String(n).padStart(9, '0')}`;
  const made = Object.freeze({ enterprise: body + usccCheckCharacter(body), registration: derivedId('firm', n) });
  firms.set(n, made);
  return made;
}

export const lead = firm(0);
export const supplier = (n: number): EnterpriseSupplier => ({ kind: 'enterprise', ...firm(n) });

/** Ten in the morning of 10 February 2020 in Asia/Shanghai, and the deadline that day at 18:00. */
export const MORNING = '2020-02-10T02:00:00.000Z';
export const DEADLINE = '2020-02-10T10:00:00.000Z';
/** An hour after the deadline, and the end of an acceptance term of 24 hours that began then. */
export const EVENING = '2020-02-10T11:00:00.000Z';
export const TERM_END = '2020-02-11T11:00:00.000Z';

export const listingTerms = (given: Partial<PublishedTerms> = {}): PublishedTerms => ({
  product: '鞋底',
  unit: { code: 'PR', name: '双' },
  quantity: '100',
  supplyMode: 'goods',
  freightIncluded: true,
  deliveryPlace: { area: '350582', text: '安海镇' },
  deliverBy: '2020-03-31',
  invoiceType: 'special',
  paymentTermDays: 30,
  quotingDeadline: DEADLINE,
  acceptanceHours: 24,
  partsAccepted: true,
  earlyCloseAllowed: false,
  visibility: { class: 'public' },
  ...given,
});

export const offerTerms = (given: Partial<OfferTerms> = {}): OfferTerms => ({
  quantity: '60',
  unitPrice: '2.5',
  vatRate: '0.13',
  deliverBy: '2020-03-20',
  ...given,
});

const LISTING = 'L1';

export const drafted = (terms: Partial<PublishedTerms> = {}): ListingEvent => ({
  type: 'ListingDrafted',
  data: { listing: LISTING, kind: 'purchase', lead, terms: listingTerms(terms) },
});

/** Drafted and published in the morning. */
export const published = (terms: Partial<PublishedTerms> = {}): ListingEvent[] => [
  drafted(terms),
  {
    type: 'ListingPublished',
    data: { listing: LISTING, kind: 'purchase', lead, terms: listingTerms(terms), at: MORNING },
  },
];

/** The offer `O<n>` of the n-th firm. */
export const offered = (n: number, terms: Partial<OfferTerms> = {}): ListingEvent => ({
  type: 'OfferSubmitted',
  data: { offer: `O${n}`, supplier: supplier(n), terms: offerTerms(terms), receivedAt: MORNING },
});

export const closed = (...offers: number[]): ListingEvent => ({
  type: 'QuotingClosed',
  data: { deadline: DEADLINE, early: false, offers: offers.map((n) => `O${n}`), at: DEADLINE },
});

export const asked = (share: string, offer: number, quantity: string, given: Partial<ShareAsked> = {}): ShareAsked => ({
  share,
  offer: `O${offer}`,
  quantity,
  reason: 'price',
  ...given,
});

/** The share as `awarded` records it of an offer with the usual terms. */
export const share = (id: string, offer: number, quantity: string): ShareAwarded => ({
  ...asked(id, offer, quantity),
  supplier: supplier(offer),
  unitPrice: '2.5',
  vatRate: '0.13',
  deliverBy: '2020-03-20',
  acceptBy: TERM_END,
});

export const awarded = (...shares: ShareAwarded[]): ListingEvent => ({
  type: 'SharesAwarded',
  data: { award: 'A1', shares, notChosen: [], at: EVENING },
});

/** An order gives back a part of a share, of which so much is left. */
export const restReturned = (share: string, quantity: string, left: string): ListingEvent => ({
  type: 'ShareRestReturned',
  data: { share, order: 'O1', fact: 'E1', quantity, left, at: TERM_END },
});

type AwardShares = Extract<ListingCommand, { type: 'AwardShares' }>;

/** The lead awards these shares in the evening; every firm up to the ninth is confirmed. */
export const award = (shares: ShareAsked[], given: Partial<AwardShares> = {}): AwardShares => ({
  type: 'AwardShares',
  by: lead,
  account: 'anna',
  at: EVENING,
  award: 'A1',
  shares,
  standings: Object.fromEntries(Array.from({ length: 10 }, (_, n) => [firm(n).registration, 'confirmed'])),
  proposal: 'P1',
  secondPerson: false,
  ...given,
});

/** What stands on a process's agenda after these events, by key: a key again takes the place of what stood under it. */
export function agendaAfter<E extends Fact>(process: Pick<Process<E>, 'react'>, events: readonly Recorded<E>[]) {
  const agenda: Record<string, { readonly at?: string; readonly task: object }> = {};
  for (const planned of events.flatMap((event) => process.react(event))) {
    if ('drop' in planned) delete agenda[planned.drop];
    else agenda[planned.do] = { ...(planned.at !== undefined && { at: planned.at }), task: planned.task };
  }
  return agenda;
}
