import { foreseen } from './consequences.rules';
import type { ForeseenAct } from './consequences.rules';
import { freedoms } from './listing-amending.rules';
import { listing } from './listing.decider';
import type { Listing, ListingEvent } from './listing.decider';
import * as story from './testing';

const after = (...events: readonly ListingEvent[]): Listing =>
  events.reduce<Listing>((state, event) => listing.evolve(state, event), listing.initial);
const look = (act: ForeseenAct, state: Listing, at = story.MORNING) => foreseen(state, act, story.lead, at);

const QUOTING = after(...story.published(), story.offered(1), story.offered(2));
const WITHDRAWN = listing.evolve(QUOTING, {
  type: 'OfferWithdrawn',
  data: { offer: 'O2', receivedAt: story.MORNING },
});
const CLOSED = listing.evolve(QUOTING, story.closed(1, 2));
const AWARDED = listing.evolve(CLOSED, story.awarded(story.share('S1', 1, '60')));

it('counts the offers that stand, and says that a cancelled listing stays sealed', () => {
  expect(look('cancel', QUOTING)).toMatchObject({ offers: 2, sealedForEver: true, sharesEnded: 0 });
  expect(look('cancel', WITHDRAWN)).toMatchObject({ offers: 1 });
  expect(look('cancel', after(...story.published()))).toMatchObject({ offers: 0, sealedForEver: false });
  expect(look('cancel', CLOSED, story.EVENING)).toMatchObject({ sealedForEver: false });
});

it('tells what ends with a listing, and who hears that he was not chosen', () => {
  expect(look('republish', AWARDED, story.EVENING)).toMatchObject({ sharesEnded: 1 });
  expect(look('conclude', CLOSED, story.EVENING)).toMatchObject({ notChosen: 2 });
  expect(look('conclude', AWARDED, story.EVENING).refused?.code).toBe('shares-open');
});

it('refuses what the decider refuses, at the moment it would', () => {
  expect(look('amend', QUOTING).refused).toBeUndefined();
  expect(look('amend', QUOTING, story.DEADLINE).refused?.code).toBe('deadline-passed');
  expect(look('extend', CLOSED, story.EVENING).refused?.code).toBe('quoting-closed');
  expect(look('close', QUOTING).refused?.code).toBe('early-close-not-allowed');
  expect(look('second-round', CLOSED, story.EVENING).refused).toBeUndefined();
  expect(look('second-round', AWARDED, story.EVENING).refused?.code).toBe('awarding-begun');
});

it('leaves the listing as it was', () => {
  const before = JSON.stringify(QUOTING);
  for (const act of ['amend', 'extend', 'cancel', 'republish', 'close', 'second-round', 'conclude'] as const) {
    look(act, QUOTING);
  }
  expect(JSON.stringify(QUOTING)).toBe(before);
});

it('tells of every term how far it may change, as an amendment finds', () => {
  const terms = story.listingTerms({ earlyCloseAllowed: true, visibility: { class: 'verified' } });
  const free = freedoms(terms, 'with-offers');
  expect(Object.fromEntries(free)).toEqual({
    product: 'fixed',
    specification: 'fixed',
    drawingNumber: 'fixed',
    itemCode: 'free',
    industry: 'free',
    hsHeading: 'free',
    unit: 'fixed',
    quantity: 'eased',
    supplyMode: 'fixed',
    freightIncluded: 'fixed',
    deliveryPlace: 'fixed',
    deliverBy: 'eased',
    invoiceType: 'fixed',
    paymentTermDays: 'fixed',
    paymentTermText: 'fixed',
    quotingDeadline: 'eased',
    acceptanceHours: 'eased',
    partsAccepted: 'eased',
    earlyCloseAllowed: 'eased',
    visibility: 'eased',
    attachments: 'free',
    note: 'free',
  });
  const drawing = { id: 'F1', sha256: 'a', name: '图纸' };
  expect(freedoms({ ...terms, attachments: [drawing] }, 'with-offers').get('attachments')).toBe('eased');
  expect(freedoms({ ...terms, partsAccepted: false }, 'with-offers').get('quantity')).toBe('fixed');
  expect(freedoms(terms, 'with-offers').size).toBe(freedoms(terms, 'without').size);
  expect(new Set(freedoms(terms, 'without').values())).toEqual(new Set(['free']));
});
