import { Party } from '@app/kernel';
import { given } from '@testing/kernel';
import { listing, ListingCommand, ListingEvent } from './listing.decider';
import type { OfferTerms, StandingState } from './listing-terms.rules';
import { awarded, closed, DEADLINE, drafted, EVENING, firm, lead, MORNING, offered, offerTerms } from './testing';
import { published, share } from './testing';

type Offering = { receivedAt?: string; standing?: StandingState; by?: Party; offer?: string };
const submit = (n: number, terms: Partial<OfferTerms> = {}, more: Offering = {}): ListingCommand => ({
  type: 'SubmitOffer',
  offer: `O${n}`,
  by: firm(n),
  terms: offerTerms(terms),
  receivedAt: MORNING,
  standing: 'confirmed',
  ...more,
});
const revise = (n: number, terms: Partial<OfferTerms>, more: Offering = {}): ListingCommand => ({
  type: 'ReviseOffer',
  offer: `O${n}`,
  by: firm(n),
  terms: offerTerms(terms),
  receivedAt: MORNING,
  ...more,
});
const withdraw = (n: number, more: Offering = {}): ListingCommand => ({
  type: 'WithdrawOffer',
  offer: `O${n}`,
  by: firm(n),
  receivedAt: MORNING,
  ...more,
});
const revised = (n: number, terms: Partial<OfferTerms>, round: 1 | 2 = 1, receivedAt = MORNING): ListingEvent => ({
  type: 'OfferRevised',
  data: { offer: `O${n}`, terms: offerTerms(terms), round, receivedAt },
});
const withdrawn = (n: number): ListingEvent => ({
  type: 'OfferWithdrawn',
  data: { offer: `O${n}`, receivedAt: MORNING },
});
const cancelled: ListingEvent = { type: 'ListingCancelled', data: { reason: 'supply-found', shares: [], at: MORNING } };

describe('an offer', () => {
  const story = given(listing, ...published());
  it('is recorded with its time of receipt', () => story.when(submit(1)).records(offered(1)));
  it('needs no confirmed registration', () => story.when(submit(1, {}, { standing: 'applied' })).records(offered(1)));
  it('may be sent twice, the second time after the deadline too', () =>
    given(listing, ...published(), offered(1))
      .when(submit(1, {}, { receivedAt: EVENING }))
      .records());
  it('has an id of its own', () => {
    const taken = given(listing, ...published(), offered(1));
    taken.when(submit(1, { unitPrice: '3' })).refuses('offer-id-taken');
    taken.when(submit(2, {}, { offer: 'O1' })).refuses('offer-id-taken');
    given(listing, ...published(), offered(1), withdrawn(1))
      .when(submit(1))
      .refuses('offer-id-taken');
  });
  it('is one for each registration', () => {
    const again = submit(1, {}, { offer: 'O7' });
    given(listing, ...published(), offered(1))
      .when(again)
      .refuses('offer-standing-already');
    given(listing, ...published(), offered(1), withdrawn(1))
      .when(again)
      .records({
        type: 'OfferSubmitted',
        data: { ...(offered(1).data as object), offer: 'O7' } as never,
      });
  });
  it('is at most what is wanted, to the last decimal', () => {
    story.when(submit(1, { quantity: '100.000001' })).refuses('offer-exceeds-demand', {});
    story.when(submit(1, { quantity: '100.000000' })).records(offered(1, { quantity: '100.000000' }));
  });
  it('is for the whole where parts are refused', () => {
    const whole = given(listing, ...published({ partsAccepted: false }));
    whole.when(submit(1, { quantity: '99' })).refuses('parts-not-accepted');
    whole.when(submit(1, { quantity: '100' })).records(offered(1, { quantity: '100' }));
  });
  it('has no minimum lot above itself', () => {
    story.when(submit(1, { minimumLot: '61' })).refuses('minimum-lot-exceeds-offer');
    story.when(submit(1, { minimumLot: '60' })).records(offered(1, { minimumLot: '60' }));
  });
  it('carries no telephone number', () =>
    story.when(submit(1, { note: '电话 138-0013-8000' })).refuses('text-names-person'));
  it('is not for the publisher, under whatever registration', () =>
    story.when(submit(1, {}, { by: { ...lead, registration: 'another' } })).refuses('own-listing'));
  it('is refused from the deadline on, whether or not the close is recorded', () => {
    const late = submit(1, {}, { receivedAt: DEADLINE });
    story.when(late).refuses('deadline-passed');
    given(listing, ...published(), closed())
      .when(late)
      .refuses('deadline-passed');
  });
  it('counts to the last millisecond', () => {
    const receivedAt = '2020-02-10T09:59:59.999Z';
    story.when(submit(1, {}, { receivedAt })).records({
      type: 'OfferSubmitted',
      data: { ...(offered(1).data as object), receivedAt } as never,
    });
  });
  it('counts only before the close', () =>
    given(listing, ...published(), closed())
      .when(submit(1))
      .refuses('quoting-closed'));
  it('is not for a cancelled listing', () =>
    given(listing, ...published(), cancelled)
      .when(submit(1))
      .refuses('listing-cancelled'));
  it('is not for a draft, which nobody knows', () => {
    given(listing, drafted()).when(submit(1)).refuses('listing-unknown');
    given(listing).when(submit(1)).refuses('listing-unknown');
  });
});

describe('visibility', () => {
  const seen = (visibility: Parameters<typeof published>[0]) => given(listing, ...published(visibility));
  it('verified: the unconfirmed learn nothing', () => {
    seen({ visibility: { class: 'verified' } })
      .when(submit(1, {}, { standing: 'applied' }))
      .refuses('listing-unknown');
    seen({ visibility: { class: 'verified' } })
      .when(submit(1))
      .records(offered(1));
  });
  it('invited: the others learn nothing', () => {
    const invited = seen({ visibility: { class: 'invited', invited: [firm(1).enterprise] } });
    invited.when(submit(2)).refuses('listing-unknown');
    invited.when(submit(1, {}, { standing: 'applied' })).refuses('listing-unknown');
    invited.when(submit(1)).records(offered(1));
  });
  it.each(['refused', 'replaced'] as const)('public: nothing more is taken from a %s registration', (standing) =>
    seen({})
      .when(submit(1, {}, { standing }))
      .refuses('registration-over'),
  );
  it('pledge: first the pledge', () => {
    const visibility = { class: 'pledge' } as const;
    seen({ visibility })
      .when(submit(1, {}, { standing: 'none' }))
      .refuses('listing-unknown');
    seen({ visibility }).when(submit(1)).refuses('pledge-missing');
    given(listing, ...published({ visibility }), { type: 'ConfidentialityPledged', data: { by: firm(1), at: MORNING } })
      .when(submit(1))
      .records(offered(1));
  });
});

describe('revising and withdrawing', () => {
  const story = given(listing, ...published(), offered(1));
  it('revises', () => story.when(revise(1, { unitPrice: '3' })).records(revised(1, { unitPrice: '3' })));
  it('to the same terms is nothing', () => story.when(revise(1, {})).records());
  it('keeps to what is wanted', () => story.when(revise(1, { quantity: '101' })).refuses('offer-exceeds-demand'));
  it('is not for rivals, who learn nothing', () => {
    story.when(revise(1, {}, { by: firm(2) })).refuses('offer-unknown', {});
    story.when(revise(2, {})).refuses('offer-unknown', {});
    story.when(withdraw(1, { by: firm(2) })).refuses('offer-unknown', {});
  });
  it('ends with the deadline', () => {
    story.when(revise(1, { unitPrice: '3' }, { receivedAt: DEADLINE })).refuses('deadline-passed');
    story.when(withdraw(1, { receivedAt: DEADLINE })).refuses('deadline-passed');
    const closedStory = given(listing, ...published(), offered(1), closed(1));
    closedStory.when(revise(1, { unitPrice: '2' })).refuses('quoting-closed');
    closedStory.when(withdraw(1)).refuses('quoting-closed');
  });
  it('withdraws, once', () => {
    story.when(withdraw(1)).records(withdrawn(1));
    given(listing, ...published(), offered(1), withdrawn(1))
      .when(withdraw(1))
      .records();
  });
  it('revises nothing that was withdrawn', () =>
    given(listing, ...published(), offered(1), withdrawn(1))
      .when(revise(1, { unitPrice: '2' }))
      .refuses('offer-not-standing'));
});

describe('the close', () => {
  const rivals = [...published(), offered(1), offered(2), offered(3), withdrawn(2)];
  const close = (deadline = DEADLINE, at = DEADLINE) => ({ type: 'CloseQuoting', deadline, at }) as const;
  it('fixes the offers that stand, in the order of their receipt', () =>
    given(listing, ...rivals)
      .when(close())
      .records(closed(1, 3)));
  it('happens once', () =>
    given(listing, ...rivals, closed(1, 3))
      .when(close())
      .records());
  it('waits for the deadline', () =>
    given(listing, ...rivals)
      .when(close(DEADLINE, '2020-02-10T09:59:59.999Z'))
      .records());
  it('does nothing for a deadline that was extended since', () =>
    given(listing, ...rivals, {
      type: 'QuotingDeadlineMoved',
      data: { before: DEADLINE, deadline: EVENING, at: MORNING },
    })
      .when(close(DEADLINE, EVENING))
      .records());
  it('does nothing to a cancelled listing or none', () => {
    given(listing, ...rivals, cancelled)
      .when(close())
      .records();
    given(listing).when(close()).records();
  });
  const early = { type: 'CloseQuotingEarly', by: lead, at: MORNING } as const;
  it('comes early only where the listing allowed it', () => {
    given(listing, ...rivals)
      .when(early)
      .refuses('early-close-not-allowed');
    given(listing, ...published({ earlyCloseAllowed: true }), offered(1))
      .when(early)
      .records({ type: 'QuotingClosed', data: { deadline: DEADLINE, early: true, offers: ['O1'], at: MORNING } });
  });
  it('comes early by the lead alone, and once', () => {
    given(listing, ...rivals)
      .when({ ...early, by: firm(1) })
      .refuses('not-your-listing');
    given(listing, ...rivals, cancelled)
      .when(early)
      .refuses('listing-cancelled');
    given(listing, ...rivals, closed(1, 3))
      .when(early)
      .records();
  });
});

describe('the second round', () => {
  const end = '2020-02-12T10:00:00.000Z';
  const inRound = '2020-02-12T09:59:59.999Z';
  const openRound = (offers: string[] = ['O1'], more: object = {}): ListingCommand => ({
    type: 'OpenSecondRound',
    by: lead,
    offers,
    deadline: end,
    at: EVENING,
    ...more,
  });
  const opened: ListingEvent = { type: 'SecondRoundOpened', data: { offers: ['O1'], deadline: end, at: EVENING } };
  const ended = (...offers: string[]): ListingEvent => ({
    type: 'SecondRoundClosed',
    data: { deadline: end, offers, at: end },
  });
  const first = [...published(), offered(1, { minimumLot: '10' }), offered(2), closed(1, 2)];
  const base = { minimumLot: '10' };
  const second = given(listing, ...first, opened);
  const better = (terms: Partial<OfferTerms>) => revise(1, { ...base, ...terms }, { receivedAt: inRound });

  it('opens once, after the close and before awarding', () => {
    given(listing, ...first)
      .when(openRound())
      .records(opened);
    second.when(openRound()).refuses('second-round-once');
    given(listing, ...published(), offered(1))
      .when(openRound())
      .refuses('quoting-open');
    given(listing, ...first, awarded(share('S1', 1, '60')))
      .when(openRound())
      .refuses('awarding-begun');
    given(listing, ...first, cancelled)
      .when(openRound())
      .refuses('listing-cancelled');
    const over = { outcome: 'unfilled', accepted: '0', notChosen: [], by: 'lead', at: EVENING } as const;
    given(listing, ...first, { type: 'ListingConcluded', data: over })
      .when(openRound())
      .refuses('listing-concluded');
  });
  it('is for offers it names, which stand', () => {
    const closedStory = given(listing, ...first);
    closedStory.when(openRound([])).refuses('offers-missing');
    closedStory.when(openRound(['O9'])).refuses('offer-unknown');
    closedStory.when(openRound(['O1'], { deadline: EVENING })).refuses('deadline-not-ahead');
    closedStory.when(openRound(['O1'], { by: firm(1) })).refuses('not-your-listing');
  });
  it('takes a lower price', () =>
    second.when(better({ unitPrice: '2.4' })).records(revised(1, { ...base, unitPrice: '2.4' }, 2, inRound)));
  it('takes no higher price, and none above the first after a lower one', () => {
    second.when(better({ unitPrice: '2.500001' })).refuses('price-higher', {});
    const lowered = given(listing, ...first, opened, revised(1, { ...base, unitPrice: '2' }, 2, inRound));
    lowered.when(better({ unitPrice: '2.6' })).refuses('price-higher', {});
    lowered.when(better({ unitPrice: '2.3' })).records(revised(1, { ...base, unitPrice: '2.3' }, 2, inRound));
  });
  it.each<Partial<OfferTerms>>([
    { vatRate: '0.03' },
    { quantity: '59' },
    { deliverBy: '2020-03-21' },
    { minimumLot: '11' },
  ])('takes nothing worse: %j', (terms) => second.when(better(terms)).refuses('terms-worse', {}));
  it('is sealed from those it does not name', () =>
    second.when(revise(2, { unitPrice: '2' }, { receivedAt: inRound })).refuses('deadline-passed'));
  it('ends with its own deadline', () => {
    second.when(revise(1, { ...base, unitPrice: '2' }, { receivedAt: end })).refuses('deadline-passed');
    given(listing, ...first, opened, ended())
      .when(better({ unitPrice: '2' }))
      .refuses('quoting-closed');
  });
  it('is no way to withdraw', () => second.when(withdraw(1)).refuses('quoting-closed'));
  it('closes with those that improved; silence leaves the earlier price', () => {
    const close = { type: 'CloseSecondRound', deadline: end, at: end } as const;
    second.when(close).records(ended());
    given(listing, ...first, opened, revised(1, { ...base, unitPrice: '2' }, 2, inRound))
      .when(close)
      .records(ended('O1'));
    second.when({ ...close, at: inRound }).records();
    second.when({ ...close, deadline: EVENING }).records();
    given(listing, ...first, opened, ended())
      .when(close)
      .records();
  });
});
