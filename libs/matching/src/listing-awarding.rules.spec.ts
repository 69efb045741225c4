import { given } from '@testing/kernel';
import { listing, ListingCommand, ListingEvent, ShareAwarded, statusOf } from './listing.decider';
import { asked, award, awarded, closed, EVENING, firm, lead, MORNING, offered, published, share } from './testing';
import { TERM_END } from './testing';

const reminded = (id: string, acceptBy = TERM_END): ListingEvent => ({
  type: 'ShareReminderRecorded',
  data: { share: id, acceptBy, at: EVENING },
});
const accepted = (...shares: string[]): ListingEvent => ({ type: 'SharesAccepted', data: { shares, at: EVENING } });
const declined = (...shares: string[]): ListingEvent => ({
  type: 'SharesDeclined',
  data: { shares, reason: 'capacity', at: EVENING },
});
const lapsed = (id: string): ListingEvent => ({
  type: 'ShareLapsed',
  data: { share: id, acceptBy: TERM_END, at: TERM_END },
});
const history = [...published(), offered(1), offered(2, { quantity: '70', minimumLot: '20' }), closed(1, 2)];
const split = [share('S1', 1, '60'), share('S2', 2, '40')];
const stateAfter = (...events: ListingEvent[]) => statusOf(events.reduce(listing.evolve, listing.initial)!);

describe('an award', () => {
  const story = given(listing, ...history);
  it('may be split over offers, each with its reason and frozen terms', () =>
    story
      .when(award([asked('S1', 1, '60', { reason: 'delivery' }), asked('S2', 2, '40')]))
      .records(awarded({ ...split[0]!, reason: 'delivery' }, split[1]!)));
  it('may be sent twice', () =>
    given(listing, ...history, awarded(...split))
      .when(award([asked('S1', 1, '60'), asked('S2', 2, '40')]))
      .records());
  it('waits for the close', () =>
    given(listing, ...published(), offered(1))
      .when(award([asked('S1', 1, '1')]))
      .refuses('quoting-open'));
  it('is the lead’s', () => story.when(award([asked('S1', 1, '1')], { by: firm(1) })).refuses('not-your-listing'));
  it('is of something', () => story.when(award([])).refuses('shares-missing'));
  it('gives each share an id of its own', () => {
    story.when(award([asked('S1', 1, '1'), asked('S1', 1, '2')])).refuses('share-id-taken');
    given(listing, ...history, awarded(share('S1', 1, '10')))
      .when(award([asked('S1', 1, '9')]))
      .refuses('share-id-taken');
  });
  it('never exceeds the demand, with earlier shares', () => {
    story.when(award([asked('S1', 1, '60'), asked('S2', 2, '40.000001')])).refuses('award-exceeds-demand');
    given(listing, ...history, awarded(share('S1', 1, '60')))
      .when(award([asked('S2', 2, '41')]))
      .refuses('award-exceeds-demand');
  });
  it('never exceeds an offer, in two shares and in two acts neither', () => {
    story.when(award([asked('S1', 1, '40'), asked('S2', 1, '21')])).refuses('award-exceeds-offer');
    given(listing, ...history, awarded(share('S1', 1, '40')))
      .when(award([asked('S2', 1, '21')]))
      .refuses('award-exceeds-offer');
  });
  it('keeps the minimum lot', () => story.when(award([asked('S1', 2, '19.999999')])).refuses('below-minimum-lot'));
  it('is for something above zero', () =>
    story.when(award([asked('S1', 1, '0')])).refuses('share-quantity-not-positive'));
  it('is for the whole where parts are refused', () => {
    const whole = [...published({ partsAccepted: false }), offered(1, { quantity: '100' }), closed(1)];
    given(listing, ...whole)
      .when(award([asked('S1', 1, '60')]))
      .refuses('whole-or-nothing');
  });
  it('is for an offer in the fixed set that still stands', () => {
    story.when(award([asked('S1', 9, '1')])).refuses('offer-unknown');
    const voided: ListingEvent = {
      type: 'OffersVoided',
      data: { registration: firm(1).registration, offers: ['O1'], shares: [], at: EVENING },
    };
    given(listing, ...history, voided)
      .when(award([asked('S1', 1, '1')]))
      .refuses('offer-not-standing');
  });
  it('is for confirmed suppliers', () =>
    story
      .when(award([asked('S1', 1, '1')], { standings: { [firm(1).registration]: 'suspended' } }))
      .refuses('supplier-not-confirmed'));
  it('says what the other reason is, without a person’s number', () => {
    story.when(award([asked('S1', 1, '1', { reason: 'other' })])).refuses('reason-text-missing');
    story
      .when(award([asked('S1', 1, '1', { reason: 'other', reasonText: '13800138000' })]))
      .refuses('text-names-person');
  });
  it('gives losers a category', () => {
    const notChosen = [{ offer: 'O2', reason: 'price' as const }];
    story.when(award([asked('S1', 1, '60')], { notChosen })).records({
      type: 'SharesAwarded',
      data: { award: 'A1', shares: [split[0]!], notChosen, at: EVENING },
    });
    story
      .when(award([asked('S1', 1, '60')], { notChosen: [{ offer: 'O9', reason: 'price' }] }))
      .refuses('offer-unknown');
  });
  it('never tells one offer that it was awarded and that it was not chosen', () => {
    const notChosen = [
      { offer: 'O2', reason: 'price' as const },
      { offer: 'O1', reason: 'price' as const },
    ];
    story.when(award([asked('S1', 1, '60')], { notChosen })).refuses('offer-chosen');
  });
  it('waits for the second round, and freezes what that improved', () => {
    const end = '2020-02-10T10:30:00.000Z';
    const round: ListingEvent[] = [
      { type: 'SecondRoundOpened', data: { offers: ['O1'], deadline: end, at: EVENING } },
      {
        type: 'OfferRevised',
        data: { offer: 'O1', terms: { ...offeredTerms(1), unitPrice: '2.1' }, round: 2, receivedAt: EVENING },
      },
    ];
    given(listing, ...history, ...round)
      .when(award([asked('S1', 1, '60')]))
      .refuses('second-round-open');
    given(listing, ...history, ...round, {
      type: 'SecondRoundClosed',
      data: { deadline: end, offers: ['O1'], at: end },
    })
      .when(award([asked('S1', 1, '60')]))
      .records(awarded({ ...split[0]!, unitPrice: '2.1' }));
  });
  it('gives again what was declined or lapsed, to the same offer too', () => {
    const free = [...history, awarded(...split), declined('S1')];
    given(listing, ...free)
      .when(award([asked('S3', 2, '30'), asked('S4', 1, '30')]))
      .records(awarded(share('S3', 2, '30'), share('S4', 1, '30')));
    given(listing, ...free)
      .when(award([asked('S3', 1, '60.1')]))
      .refuses('award-exceeds-offer');
  });
  it('is over with the conclusion', () =>
    given(listing, ...history, {
      type: 'ListingConcluded',
      data: { outcome: 'unfilled', accepted: '0', notChosen: [], by: 'lead', at: EVENING },
    })
      .when(award([asked('S1', 1, '1')]))
      .refuses('listing-concluded'));
});

const offeredTerms = (n: number) => (offered(n) as Extract<ListingEvent, { type: 'OfferSubmitted' }>).data.terms;

describe('a share', () => {
  const open = [...history, awarded(...split)];
  const accept = (shares: string[], more: object = {}): ListingCommand => ({
    type: 'AcceptShares',
    by: firm(1),
    shares,
    standing: 'confirmed',
    at: EVENING,
    ...more,
  });
  const decline = (shares: string[], more: object = {}): ListingCommand => ({
    type: 'DeclineShares',
    by: firm(1),
    shares,
    reason: 'capacity',
    at: EVENING,
    ...more,
  });

  it('is accepted by its SME, once', () => {
    given(listing, ...open)
      .when(accept(['S1', 'S1']))
      .records(accepted('S1'));
    given(listing, ...open, accepted('S1'))
      .when(accept(['S1']))
      .records();
  });
  it('of another is unknown', () => {
    given(listing, ...open)
      .when(accept(['S2']))
      .refuses('share-unknown', {});
    given(listing, ...open)
      .when(decline(['S9']))
      .refuses('share-unknown', {});
  });
  it('is accepted under a confirmed registration', () =>
    given(listing, ...open)
      .when(accept(['S1'], { standing: 'suspended' }))
      .refuses('registration-not-confirmed'));
  it('is declined with a reason, once', () => {
    given(listing, ...open)
      .when(decline(['S1']))
      .records(declined('S1'));
    given(listing, ...open)
      .when(decline(['S1'], { reason: 'other' }))
      .refuses('reason-text-missing');
    given(listing, ...open, declined('S1'))
      .when(decline(['S1']))
      .records();
  });
  it('is settled by its first answer', () => {
    given(listing, ...open, accepted('S1'))
      .when(decline(['S1']))
      .refuses('share-not-open');
    given(listing, ...open, declined('S1'))
      .when(accept(['S1']))
      .refuses('share-not-open');
  });
  it('may be answered until its term ends, and until it was reminded of', () => {
    given(listing, ...open, reminded('S1'))
      .when(accept(['S1'], { at: TERM_END }))
      .refuses('term-passed');
    given(listing, ...open)
      .when(accept(['S1'], { at: TERM_END }))
      .records({ type: 'SharesAccepted', data: { shares: ['S1'], at: TERM_END } });
  });

  const remind = (at: string) => ({ type: 'RecordShareReminder', share: 'S1', at }) as const;
  it('is reminded of once; a late reminder leaves two hours', () => {
    given(listing, ...open)
      .when(remind(EVENING))
      .records(reminded('S1'));
    given(listing, ...open)
      .when(remind(TERM_END))
      .records({
        type: 'ShareReminderRecorded',
        data: { share: 'S1', acceptBy: '2020-02-11T13:00:00.000Z', at: TERM_END },
      });
    given(listing, ...open, reminded('S1'))
      .when(remind(EVENING))
      .records();
    given(listing, ...open, accepted('S1'))
      .when(remind(EVENING))
      .records();
    given(listing, ...history)
      .when(remind(EVENING))
      .refuses('share-unknown');
  });
  const lapse = (more: object = {}): ListingCommand => ({
    type: 'LapseShare',
    share: 'S1',
    acceptBy: TERM_END,
    at: TERM_END,
    ...more,
  });
  it('lapses at the end of its term, after a reminder and not before', () => {
    given(listing, ...open, reminded('S1'))
      .when(lapse())
      .records(lapsed('S1'));
    given(listing, ...open)
      .when(lapse())
      .refuses('reminder-missing');
    given(listing, ...open, reminded('S1'))
      .when(lapse({ at: EVENING }))
      .records();
    given(listing, ...history)
      .when(lapse())
      .refuses('share-unknown');
  });
  it('does not lapse by a term that was moved since, nor when it is answered', () => {
    given(listing, ...open, reminded('S1', '2020-02-11T13:00:00.000Z'))
      .when(lapse())
      .records();
    given(listing, ...open, reminded('S1'), accepted('S1'))
      .when(lapse())
      .records();
  });
});

describe('the state of a listing', () => {
  const unequal: ShareAwarded[] = [share('S1', 1, '60'), share('S2', 2, '20')];
  it.each<[string, ListingEvent[]]>([
    ['quoting', published()],
    ['closed', history],
    ['partly-awarded', [...history, awarded(...unequal)]],
    ['awarded', [...history, awarded(...split)]],
    ['partly-awarded', [...history, awarded(...split), accepted('S1'), declined('S2')]],
    ['closed', [...history, awarded(split[0]!), reminded('S1'), lapsed('S1')]],
  ])('is %s', (status, events) => expect(stateAfter(...events)).toBe(status));
});

describe('what an order gives back', () => {
  const taken = [...history, awarded(...split), accepted('S1', 'S2')];
  const back = (quantity: string, fact = 'E1'): ListingCommand => ({
    type: 'ReturnRest',
    share: 'S1',
    order: 'O1',
    fact,
    quantity,
    at: TERM_END,
  });
  const returned = (quantity: string, left: string, fact = 'E1'): ListingEvent => ({
    type: 'ShareRestReturned',
    data: { share: 'S1', order: 'O1', fact, quantity, left, at: TERM_END },
  });
  it('is free to be awarded again, once', () => {
    given(listing, ...taken)
      .when(back('25'))
      .records(returned('25', '35'));
    given(listing, ...taken, returned('25', '35'))
      .when(back('25'))
      .records();
    given(listing, ...taken, returned('25', '35'))
      .when(award([asked('S3', 2, '25.5')]))
      .refuses('award-exceeds-demand');
    given(listing, ...taken, returned('25', '35'))
      .when(award([asked('S3', 2, '25')]))
      .records(awarded(share('S3', 2, '25')));
  });
  it('is never more than the share holds', () => {
    given(listing, ...taken, returned('25', '35'))
      .when(back('35.5', 'E2'))
      .refuses('rest-exceeds-share');
    given(listing, ...taken)
      .when({ ...back('1'), share: 'S9' } as ListingCommand)
      .refuses('share-unknown');
  });
  it('is nothing of a share that is void or was never accepted', () => {
    given(listing, ...history, awarded(...split))
      .when(back('1'))
      .records();
    const voided = { registration: firm(1).registration, offers: [], shares: ['S1'], at: TERM_END };
    given(listing, ...taken, { type: 'OffersVoided', data: voided })
      .when(back('1'))
      .records();
  });
  it('opens a concluded listing for awards again', () => {
    const over: ListingEvent = {
      type: 'ListingConcluded',
      data: { outcome: 'awarded', accepted: '100', notChosen: [], by: 'lead', at: EVENING },
    };
    expect(stateAfter(...taken, over)).toBe('awarded');
    expect(stateAfter(...taken, over, returned('25', '35'))).toBe('partly-awarded');
    given(listing, ...taken, over)
      .when(award([asked('S3', 2, '25')]))
      .refuses('listing-concluded');
    given(listing, ...taken, over, returned('25', '35'))
      .when(award([asked('S3', 2, '25')]))
      .records(awarded(share('S3', 2, '25')));
  });
  it('is the whole that is wanted now where parts are refused', () => {
    const whole = [...published({ partsAccepted: false }), offered(1, { quantity: '100' }), closed(1)];
    const gone = [...whole, awarded(share('S1', 1, '100')), accepted('S1'), returned('40', '60')];
    given(listing, ...gone)
      .when(award([asked('S2', 1, '30')]))
      .refuses('whole-or-nothing');
    given(listing, ...gone)
      .when(award([asked('S2', 1, '40')]))
      .records(awarded(share('S2', 1, '40')));
  });
});

describe('the conclusion', () => {
  const conclude = { type: 'ConcludeListing', by: lead, at: TERM_END } as const;
  const concluded = (data: object): ListingEvent => ({
    type: 'ListingConcluded',
    data: { outcome: 'awarded', accepted: '60', notChosen: [], by: 'lead', at: TERM_END, ...data } as never,
  });
  const settled = [...history, awarded(...split), accepted('S1'), declined('S2')];
  it('is the lead’s, and tells each loser a category', () => {
    const notChosen = [{ offer: 'O2', reason: 'others-chosen' }];
    given(listing, ...settled)
      .when(conclude)
      .records(concluded({ notChosen }));
    given(listing, ...settled)
      .when({ ...conclude, notChosen: [{ offer: 'O2', reason: 'record' }] })
      .records(concluded({ notChosen: [{ offer: 'O2', reason: 'record' }] }));
    expect(stateAfter(...settled, concluded({ notChosen }))).toBe('awarded');
  });
  it('with nothing accepted is unfilled', () => {
    const notChosen = ['O1', 'O2'].map((offer) => ({ offer, reason: 'no-award' }));
    const unfilled = concluded({ outcome: 'unfilled', accepted: '0', notChosen });
    given(listing, ...history)
      .when(conclude)
      .records(unfilled);
    expect(stateAfter(...history, unfilled)).toBe('unfilled');
    given(listing, ...history, unfilled)
      .when(conclude)
      .records();
  });
  it('waits for open shares, the second round and the close', () => {
    given(listing, ...history, awarded(...split))
      .when(conclude)
      .refuses('shares-open');
    given(listing, ...history, { type: 'SecondRoundOpened', data: { offers: ['O1'], deadline: TERM_END, at: EVENING } })
      .when(conclude)
      .refuses('second-round-open');
    given(listing, ...published())
      .when(conclude)
      .refuses('quoting-open');
    given(listing, ...published())
      .when({ ...conclude, by: firm(1) })
      .refuses('not-your-listing');
  });
  it('comes by itself thirty days after the last open award', () => {
    const quiet = (since: string, at: string): ListingCommand => ({ type: 'ConcludeQuietListing', since, at });
    const after30 = '2020-03-11T11:00:00.000Z';
    const story = given(listing, ...settled);
    story
      .when(quiet(EVENING, after30))
      .records(concluded({ notChosen: [{ offer: 'O2', reason: 'others-chosen' }], by: 'time', at: after30 }));
    story.when(quiet(EVENING, '2020-03-11T10:59:59.999Z')).records();
    story.when(quiet(MORNING, after30)).records();
    given(listing, ...history, awarded(...split))
      .when(quiet(EVENING, after30))
      .records();
  });
});
