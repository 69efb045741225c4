import { given } from '@testing/kernel';
import { listing, ListingCommand, ListingEvent } from './listing.decider';
import type { ListingTerms, PublishedTerms } from './listing-terms.rules';
import { closed, DEADLINE, firm, lead, listingTerms, MORNING, offered, published } from './testing';

const byLead = { by: lead, account: 'anna', at: MORNING };
const ask = { ...byLead, proposal: 'P1', secondPerson: false };
const amend = (terms: Partial<ListingTerms>, more: object = {}): ListingCommand => ({
  type: 'AmendListing',
  ...ask,
  terms: { ...listingTerms(), ...terms },
  ...more,
});

describe('an amendment', () => {
  const before = published({ quantity: '100' });
  const amended = (terms: Partial<PublishedTerms>): ListingEvent => ({
    type: 'ListingAmended',
    data: { terms: listingTerms(terms), changed: Object.keys(terms) as never, at: MORNING },
  });
  it('may change anything while nobody has offered', () => {
    given(listing, ...before)
      .when(amend({ quantity: '50', specification: '40S' }))
      .records(amended({ quantity: '50', specification: '40S' }));
    const earlier = '2020-02-10T09:00:00.000Z';
    given(listing, ...before)
      .when(amend({ quotingDeadline: earlier }))
      .records(amended({ quotingDeadline: earlier }), {
        type: 'QuotingDeadlineMoved',
        data: { before: DEADLINE, deadline: earlier, at: MORNING },
      });
  });
  it('of nothing is none', () =>
    given(listing, ...before)
      .when(amend({}))
      .records());

  const rivals = [...before, offered(1)];
  const fixed: Partial<ListingTerms>[] = [
    { product: '鞋面' },
    { quantity: '99.999999' },
    { specification: '41S' },
    { drawingNumber: 'D-2' },
    { unit: { code: 'C62', name: '个' } },
    { supplyMode: 'processing' },
    { freightIncluded: false },
    { deliveryPlace: { area: '350502' } },
    { invoiceType: 'ordinary' },
    { paymentTermDays: 60 },
    { paymentTermText: '月结' },
    { partsAccepted: false },
    { earlyCloseAllowed: true },
    { visibility: { class: 'invited', invited: [firm(2).enterprise] } },
  ];
  it.each(fixed)('after an offer leaves %j alone', (terms) =>
    given(listing, ...rivals)
      .when(amend(terms))
      .refuses('term-fixed-by-offers', { field: Object.keys(terms)[0]! }),
  );
  it.each<Partial<ListingTerms>>([
    { quotingDeadline: '2020-02-10T09:00:00.000Z' },
    { deliverBy: '2020-03-30' },
    { acceptanceHours: 23 },
  ])('after an offer shortens no term: %j', (terms) =>
    given(listing, ...rivals)
      .when(amend(terms))
      .refuses('deadline-only-extended'),
  );
  it.each<Partial<PublishedTerms>>([
    { quantity: '101' },
    { note: '请附检测报告' },
    { itemCode: 'M-7' },
    { industry: '1953' },
    { hsHeading: '6406' },
    { deliverBy: '2020-04-01' },
    { acceptanceHours: 48 },
    { attachments: [{ id: 'F1', sha256: 'aa', name: '图纸.pdf' }] },
  ])('after an offer may still say %j', (terms) =>
    given(listing, ...rivals)
      .when(amend(terms))
      .records(amended(terms)),
  );
  it('never takes away what was attached', () => {
    const attachments = [{ id: 'F1', sha256: 'aa', name: '图纸.pdf' }];
    given(listing, ...published({ attachments }), offered(1))
      .when(amend({ attachments: [] }))
      .refuses('term-fixed-by-offers');
  });
  it('raises no quantity that was to be offered whole', () =>
    given(listing, ...published({ partsAccepted: false }), offered(1, { quantity: '100' }))
      .when(amend({ partsAccepted: false, quantity: '101' }))
      .refuses('term-fixed-by-offers'));
  it.each<[PublishedTerms['visibility'], PublishedTerms['visibility'], boolean]>([
    [{ class: 'verified' }, { class: 'public' }, true],
    [{ class: 'pledge' }, { class: 'verified' }, true],
    [{ class: 'verified' }, { class: 'pledge' }, false],
    [{ class: 'pledge', pledgeText: '一' }, { class: 'pledge', pledgeText: '二' }, false],
    [{ class: 'invited', invited: ['A', 'B'] }, { class: 'invited', invited: ['A', 'B', 'C'] }, true],
    [{ class: 'invited', invited: ['A', 'B'] }, { class: 'invited', invited: ['A', 'C'] }, false],
    [{ class: 'invited', invited: ['A'] }, { class: 'verified' }, false],
  ])('leaves nobody out who could see it: %j to %j', (from, to, may) => {
    const story = given(listing, ...published({ visibility: from }), offered(1)).when(amend({ visibility: to }));
    if (may) story.records(amended({ visibility: to }));
    else story.refuses('term-fixed-by-offers');
  });
  it('comes before the deadline, recorded or not', () => {
    given(listing, ...before)
      .when(amend({ note: '急' }, { at: DEADLINE }))
      .refuses('deadline-passed');
    given(listing, ...before, closed())
      .when(amend({ note: '急' }))
      .refuses('quoting-closed');
  });
});

describe('the deadline', () => {
  const later = '2020-02-11T10:00:00.000Z';
  const extend = (deadline: string, at = MORNING) => ({ type: 'ExtendQuoting', by: lead, at, deadline }) as const;
  const rivals = [...published(), offered(1)];
  it('is extended', () =>
    given(listing, ...rivals)
      .when(extend(later))
      .records({ type: 'QuotingDeadlineMoved', data: { before: DEADLINE, deadline: later, at: MORNING } }));
  it('is extended once by the same word', () =>
    given(listing, ...rivals)
      .when(extend(DEADLINE))
      .records());
  it('is never shortened', () =>
    given(listing, ...rivals)
      .when(extend('2020-02-10T09:59:00.000Z'))
      .refuses('deadline-only-extended'));
  it('is to the minute', () =>
    given(listing, ...rivals)
      .when(extend('2020-02-11T10:00:01.000Z'))
      .refuses('deadline-not-to-the-minute'));
  it('is not extended once it has passed', () =>
    given(listing, ...rivals)
      .when(extend(later, DEADLINE))
      .refuses('deadline-passed'));
  it('stays before the delivery', () =>
    given(listing, ...rivals)
      .when(extend('2020-03-31T16:00:00.000Z'))
      .refuses('delivery-before-close'));
});
