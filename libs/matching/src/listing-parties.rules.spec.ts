import { given } from '@testing/kernel';
import { listing, ListingCommand, ListingEvent, statusOf } from './listing.decider';
import { asked, award, awarded, closed, DEADLINE, drafted, EVENING, firm, lead, MORNING, offered } from './testing';
import { published, share } from './testing';

const ask = (more: object = {}): ListingCommand => ({
  type: 'AskQuestion',
  question: 'Q1',
  by: firm(1),
  text: '可否分批交货？',
  standing: 'applied',
  at: MORNING,
  ...more,
});
const askedQuestion: ListingEvent = {
  type: 'QuestionAsked',
  data: { question: 'Q1', by: firm(1), text: '可否分批交货？', at: MORNING },
};
const answer = { type: 'AnswerQuestion', question: 'Q1', by: lead, text: '可以', at: EVENING } as const;
const answered: ListingEvent = { type: 'QuestionAnswered', data: { question: 'Q1', text: '可以', at: EVENING } };
const cancelled: ListingEvent = { type: 'ListingCancelled', data: { reason: 'supply-found', shares: [], at: MORNING } };

describe('a question', () => {
  const story = given(listing, ...published());
  it('is asked by whoever sees the listing', () => {
    story.when(ask()).records(askedQuestion);
    given(listing, ...published({ visibility: { class: 'verified' } }))
      .when(ask())
      .refuses('listing-unknown');
    story.when(ask({ by: lead })).refuses('own-listing');
  });
  it('carries no telephone number, the answer neither', () => {
    story.when(ask({ text: '请致电13800138000' })).refuses('text-names-person');
    given(listing, ...published(), askedQuestion)
      .when({ ...answer, text: '请致电13800138000' })
      .refuses('text-names-person');
  });
  it('has an id of its own', () =>
    given(listing, ...published(), askedQuestion)
      .when(ask())
      .refuses('question-id-taken'));
  it('comes while offers are taken', () => {
    story.when(ask({ at: DEADLINE })).refuses('deadline-passed');
    given(listing, ...published(), closed())
      .when(ask())
      .refuses('quoting-closed');
    given(listing, ...published(), cancelled)
      .when(ask())
      .refuses('listing-cancelled');
  });
  it('is answered by the lead, once', () => {
    given(listing, ...published(), askedQuestion)
      .when(answer)
      .records(answered);
    given(listing, ...published(), askedQuestion, answered)
      .when(answer)
      .refuses('question-answered');
    given(listing, ...published(), askedQuestion)
      .when({ ...answer, by: firm(1) })
      .refuses('not-your-listing');
    story.when(answer).refuses('question-unknown');
    given(listing, ...published(), askedQuestion, cancelled)
      .when(answer)
      .refuses('listing-cancelled');
  });
  it('goes on on the listing that replaces an old one', () => {
    const questions = [{ question: 'Q1', text: '可否分批交货？' }];
    const replacing = published().map((event) => ({ ...event, data: { ...event.data, questions } }) as ListingEvent);
    given(listing, ...replacing)
      .when(answer)
      .records(answered);
  });
});

describe('the confidentiality pledge', () => {
  const pledge = { type: 'PledgeConfidentiality', by: firm(1), standing: 'confirmed', at: MORNING } as const;
  const pledged: ListingEvent = { type: 'ConfidentialityPledged', data: { by: firm(1), at: MORNING } };
  const secret = published({ visibility: { class: 'pledge' } });
  it('is given once', () => {
    given(listing, ...secret)
      .when(pledge)
      .records(pledged);
    given(listing, ...secret, pledged)
      .when(pledge)
      .records();
  });
  it('is for confirmed firms, and for listings that ask for it', () => {
    given(listing, ...secret)
      .when({ ...pledge, standing: 'applied' })
      .refuses('listing-unknown');
    given(listing, ...published())
      .when(pledge)
      .refuses('listing-unknown');
  });
});

describe('a replaced holder', () => {
  const holder = firm(1).registration;
  const voidIt = (registration: string): ListingCommand => ({ type: 'VoidRegistration', registration, at: EVENING });
  const voided = (shares: string[]): ListingEvent => ({
    type: 'OffersVoided',
    data: { registration: holder, offers: ['O1'], shares, at: EVENING },
  });
  const history = [...published(), offered(1), offered(2)];
  const split = [...history, closed(1, 2), awarded(share('S1', 1, '60'), share('S2', 2, '40'))];
  it('loses its offers, and its shares with them', () => {
    given(listing, ...history)
      .when(voidIt(holder))
      .records(voided([]));
    given(listing, ...split)
      .when(voidIt(holder))
      .records(voided(['S1']));
    given(listing, ...split, { type: 'SharesAccepted', data: { shares: ['S1'], at: EVENING } })
      .when(voidIt(holder))
      .records(voided(['S1']));
  });
  it('loses them once, and nobody else does', () => {
    given(listing, ...split, voided(['S1']))
      .when(voidIt(holder))
      .records();
    given(listing, ...split)
      .when(voidIt(firm(3).registration))
      .records();
  });
  it('is not in the set that closes', () =>
    given(listing, ...history, voided([]))
      .when({ type: 'CloseQuoting', deadline: DEADLINE, at: DEADLINE })
      .records(closed(2)));
  it('frees what it had for the others, of a concluded listing too', () => {
    const accepted: ListingEvent = { type: 'SharesAccepted', data: { shares: ['S1', 'S2'], at: EVENING } };
    const concluded: ListingEvent = {
      type: 'ListingConcluded',
      data: { outcome: 'awarded', accepted: '100', notChosen: [], by: 'lead', at: EVENING },
    };
    given(listing, ...split, accepted, concluded, voided(['S1']))
      .when(award([asked('S3', 2, '20')]))
      .records(awarded(share('S3', 2, '20')));
  });
  it('who published loses the listing', () => {
    const gone = (shares: string[]): ListingEvent => ({
      type: 'ListingVoided',
      data: { registration: lead.registration, shares, at: EVENING },
    });
    given(listing, drafted())
      .when(voidIt(lead.registration))
      .records({ type: 'ListingDraftDiscarded', data: { at: EVENING } });
    given(listing, ...split)
      .when(voidIt(lead.registration))
      .records(gone(['S1', 'S2']));
    given(listing, ...split, gone(['S1', 'S2']))
      .when(voidIt(lead.registration))
      .records();
    given(listing).when(voidIt(lead.registration)).records();
    expect(statusOf([...split, gone(['S1', 'S2'])].reduce(listing.evolve, listing.initial)!)).toBe('cancelled');
  });
});
