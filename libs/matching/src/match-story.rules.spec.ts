import type { ListingEvent } from './listing.decider';
import { leadStoryOf, matchState, storyOf } from './match-story.rules';
import type { MatchEvent } from './match.decider';
import * as story from './testing';

const parties = {
  lead: story.lead.enterprise,
  supplier: story.firm(1).enterprise,
  supplierRegistration: story.firm(1).registration,
};

const told = (events: readonly (ListingEvent | MatchEvent)[], enterprise = '', actor = 'account:anna') =>
  events.map((event, index) => ({
    ...event,
    id: `E${index}`,
    metadata: { actor, enterprise, recordedAt: story.MORNING },
  }));

const HISTORY: readonly ListingEvent[] = [
  ...story.published(),
  story.offered(1, { unitPrice: '7.654321', quantity: '43.219' }),
  story.offered(2, { unitPrice: '6.543217' }),
  { type: 'QuestionAsked', data: { question: 'Q1', by: story.firm(2), text: '颜色？', at: story.MORNING } },
  story.closed(1, 2),
  {
    type: 'SharesAwarded',
    data: {
      award: 'A1',
      shares: [story.share('S1', 1, '40'), story.share('S2', 2, '60')],
      notChosen: [],
      at: story.EVENING,
    },
  },
  { type: 'SharesAccepted', data: { shares: ['S2'], at: story.EVENING } },
  { type: 'SharesDeclined', data: { shares: ['S1'], reason: 'capacity', at: story.EVENING } },
];

it('tells the steps of this match and of no other', () => {
  const entries = storyOf(told(HISTORY), parties);
  expect(entries.map(({ type }) => type)).toEqual([
    'ListingPublished',
    'OfferSubmitted',
    'QuestionAsked',
    'QuotingClosed',
    'SharesAwarded',
    'SharesDeclined',
  ]);
  expect(entries.at(-1)).toMatchObject({ reason: 'capacity', shares: [{ share: 'S1' }] });
  expect(entries.at(-2)!.shares).toMatchObject([{ share: 'S1', quantity: '40', unitPrice: '2.5' }]);
});

it('tells the pair what its order gave back, and nobody else', () => {
  const history = [...HISTORY, story.restReturned('S2', '25', '35')];
  const other = { ...parties, supplier: story.firm(2).enterprise, supplierRegistration: story.firm(2).registration };
  expect(storyOf(told(history), other).at(-1)).toMatchObject({
    type: 'ShareRestReturned',
    shares: [{ share: 'S2', quantity: '25' }],
  });
  expect(storyOf(told(history), parties).map(({ type }) => type)).not.toContain('ShareRestReturned');
});

it('has no figure of an offer, before the close nor after it', () => {
  const text = JSON.stringify(storyOf(told(HISTORY), parties));
  for (const figure of ['7.654321', '43.219', '6.543217']) expect(text).not.toContain(figure);
});

it('says of a question neither who asked nor by which account', () => {
  const asked = storyOf(told(HISTORY, story.firm(2).enterprise), parties).find(({ type }) => type === 'QuestionAsked');
  expect(asked!.by).toEqual({ side: 'hidden' });
});

it('says who acted: lead, SME, office or process', () => {
  const sideOf = (enterprise: string, actor?: string) =>
    storyOf(told([story.closed(1)], enterprise, actor), parties)[0]!.by;
  expect(sideOf(parties.lead)).toEqual({ side: 'lead', account: 'anna' });
  expect(sideOf(parties.supplier)).toEqual({ side: 'supplier', account: 'anna' });
  expect(sideOf('')).toEqual({ side: 'office', account: 'anna' });
  expect(sideOf('', 'process:closing')).toEqual({ side: 'process', process: 'closing' });
});

it.each([
  ['accepted', true, ['standing'], ['declined', 'accepted']],
  ['cancelled', true, ['standing'], ['cancelled']],
  ['awarded', false, ['standing'], ['lapsed', 'offered']],
  ['declined', false, ['not-chosen'], ['lapsed', 'declined']],
  ['lapsed', false, ['standing'], ['lapsed']],
  ['offered', false, ['withdrawn', 'standing'], []],
  ['not-chosen', false, ['not-chosen', 'withdrawn'], []],
  ['voided', false, ['voided'], []],
  ['withdrawn', false, ['withdrawn'], []],
] as const)('a match is %s', (state, isCancelled, offers, shares) => {
  expect(matchState(isCancelled, [...offers], [...shares])).toBe(state);
});

describe("the lead's own story", () => {
  const entries = () => leadStoryOf(told(HISTORY, story.lead.enterprise), story.lead.enterprise);

  it('has every share with whose it is, and no offer at all', () => {
    expect(entries().map(({ type }) => type)).toEqual([
      'ListingDrafted',
      'ListingPublished',
      'QuestionAsked',
      'QuotingClosed',
      'SharesAwarded',
      'SharesAccepted',
      'SharesDeclined',
    ]);
    const [one, two] = [1, 2].map((n) => story.firm(n).enterprise);
    const awarded = entries().find(({ type }) => type === 'SharesAwarded')!;
    expect(awarded.shares!.map(({ share, supplier }) => [share, supplier])).toEqual([
      ['S1', one],
      ['S2', two],
    ]);
    expect(JSON.stringify(entries())).not.toContain('7.654321');
  });

  it('says nothing of offers, pledges and voided offers, whose number would tell more than the lead may know', () => {
    const sealed: ListingEvent[] = [
      story.offered(1),
      { type: 'OfferWithdrawn', data: { offer: 'O1', receivedAt: story.MORNING } },
      { type: 'ConfidentialityPledged', data: { by: story.firm(1), at: story.MORNING } },
      {
        type: 'OffersVoided',
        data: { registration: story.firm(1).registration, offers: ['O1'], shares: [], at: story.MORNING },
      },
    ];
    expect(leadStoryOf(told(sealed), story.lead.enterprise)).toEqual([]);
  });

  it('names no person of another firm', () => {
    const answered: ListingEvent = { type: 'SharesAccepted', data: { shares: ['S2'], at: story.EVENING } };
    const [entry] = leadStoryOf(told([answered], story.firm(2).enterprise), story.lead.enterprise);
    expect(entry!.by).toEqual({ side: 'supplier' });
  });

  it('tells how it ended, not why one of many lost', () => {
    const ended: ListingEvent = {
      type: 'ListingConcluded',
      data: {
        outcome: 'unfilled',
        accepted: '0',
        notChosen: [{ offer: 'O1', reason: 'price' }],
        by: 'lead',
        at: story.EVENING,
      },
    };
    expect(leadStoryOf(told([ended]), story.lead.enterprise)).toMatchObject([{ result: 'unfilled' }]);
    expect(JSON.stringify(leadStoryOf(told([ended]), story.lead.enterprise))).not.toContain('price');
  });
});
