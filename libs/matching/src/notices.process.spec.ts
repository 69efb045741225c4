import { recorded } from '@testing/projections';
import { listing, ListingEvent } from './listing.decider';
import { published as publishedListing } from './listing-state.rules';
import { NoticesProcess, recipients } from './notices.process';
import { asked, awarded, closed, DEADLINE, EVENING, firm, listingTerms, offered, published, share } from './testing';

/** It plans by the event alone: nothing is looked up. */
const nothing = undefined as never;
const process = new NoticesProcess(nothing, nothing);
const told = (event: ListingEvent) =>
  process.react(recorded(['listing-L1', event])[0]!).map((planned) => ('task' in planned ? planned.task : planned));

const notice = (about: string, to: unknown, more: object = {}) => ({ listing: 'L1', about, to, ...more });
const at = EVENING;

it.each<[ListingEvent, object[]]>([
  [
    { type: 'ListingAmended', data: { terms: listingTerms(), changed: ['note'], at } },
    [notice('listing-amended', 'offerers')],
  ],
  [
    { type: 'QuotingDeadlineMoved', data: { before: DEADLINE, deadline: '2020-02-11T10:00:00.000Z', at } },
    [notice('deadline-moved', 'offerers', { values: { deadline: expect.stringContaining('18:00') } })],
  ],
  [
    { type: 'ListingCancelled', data: { reason: 'no-longer-needed', shares: [], at } },
    [notice('listing-cancelled', 'offerers')],
  ],
  [{ type: 'ListingVoided', data: { registration: 'R', shares: [], at } }, [notice('listing-cancelled', 'offerers')]],
  [
    { type: 'SecondRoundOpened', data: { offers: ['O1'], deadline: DEADLINE, at } },
    [notice('second-round', ['O1'], { values: { deadline: expect.stringContaining('18:00') } })],
  ],
  [
    { type: 'SecondRoundClosed', data: { deadline: DEADLINE, offers: ['O1'], at } },
    [notice('second-round-closed', 'lead')],
  ],
  [closed(1, 2), [notice('quoting-closed', 'lead')]],
  [{ type: 'SharesAccepted', data: { shares: ['S1'], at } }, [notice('shares-accepted', 'lead')]],
  [{ type: 'SharesDeclined', data: { shares: ['S1'], reason: 'capacity', at } }, [notice('share-declined', 'lead')]],
  [{ type: 'ShareLapsed', data: { share: 'S1', acceptBy: at, at } }, [notice('share-lapsed', 'lead')]],
  [
    { type: 'QuestionAsked', data: { question: 'Q1', by: firm(1), text: '何时交货', at } },
    [notice('question-asked', 'lead')],
  ],
  [{ type: 'QuestionAnswered', data: { question: 'Q1', text: '三月', at } }, [notice('question-answered', 'offerers')]],
  [
    { type: 'OffersVoided', data: { registration: 'R', offers: ['O1'], shares: [], at } },
    [notice('offer-voided', ['O1'])],
  ],
  [
    { type: 'OffersVoided', data: { registration: 'R', offers: [], shares: ['S1'], at } },
    [notice('share-voided', 'lead')],
  ],
  // Who offered, asked or pledged is nobody's news.
  [offered(1), []],
  [published()[1]!, []],
  [{ type: 'ConfidentialityPledged', data: { by: firm(1), at } }, []],
])('%j tells whom it concerns', (event, notices) => expect(told(event)).toEqual(notices));

it('an award tells winners their term and losers a category', () => {
  const event: ListingEvent = {
    type: 'SharesAwarded',
    data: { award: 'A1', shares: [share('S1', 1, '10')], notChosen: [{ offer: 'O2', reason: 'price' }], at },
  };
  expect(told(event)).toEqual([
    notice('share-awarded', ['O1'], { values: { acceptBy: expect.stringContaining('19:00') } }),
    notice('not-selected', ['O2'], { loss: 'price' }),
  ]);
  const notChosen = [{ offer: 'O3', reason: 'others-chosen' }] as const;
  const concluded = { outcome: 'awarded', accepted: '10', notChosen, by: 'time', at } as const;
  expect(told({ type: 'ListingConcluded', data: concluded })).toEqual([
    notice('not-selected', ['O3'], { loss: 'others-chosen' }),
    notice('listing-concluded', 'lead'),
  ]);
  expect(told({ type: 'ListingConcluded', data: { ...concluded, by: 'lead' } })).toEqual([
    notice('not-selected', ['O3'], { loss: 'others-chosen' }),
  ]);
});

it('no task carries a figure or a question’s asker', () => {
  const events: ListingEvent[] = [
    awarded({ ...share('S1', 1, '77777'), ...asked('S1', 1, '77777', { reasonText: '密语' }), unitPrice: '88888' }),
    { type: 'QuestionAsked', data: { question: 'Q1', by: firm(1), text: '密语', at } },
    { type: 'ListingAmended', data: { terms: listingTerms({ note: '密语' }), changed: ['note'], at } },
    { type: 'ListingConcluded', data: { outcome: 'awarded', accepted: '77777', notChosen: [], by: 'lead', at } },
  ];
  const tasks = JSON.stringify(events.flatMap(told));
  for (const secret of ['77777', '88888', '密语', firm(1).registration]) expect(tasks).not.toContain(secret);
});

it('everyone who offered is told, also who withdrew, and not whose offer is void', () => {
  const history: ListingEvent[] = [
    ...published(),
    offered(1),
    offered(2),
    offered(3),
    { type: 'OfferWithdrawn', data: { offer: 'O2', receivedAt: at } },
    { type: 'OffersVoided', data: { registration: firm(3).registration, offers: ['O3'], shares: [], at } },
  ];
  const state = publishedListing(history.reduce(listing.evolve, listing.initial));
  expect(recipients(state, 'offerers')).toEqual([firm(1).registration, firm(2).registration]);
});
