import { recorded } from '@testing/projections';
import type { ListingEvent, ShareAwarded } from './listing.decider';
import { ShareTermsProcess } from './share-terms.process';
import { agendaAfter, awarded, EVENING, firm, share, TERM_END } from './testing';

/** It plans by the event alone: nothing is looked up. */
const nothing = undefined as never;
const process = new ShareTermsProcess(nothing, nothing, nothing, nothing);
const after = (...events: ListingEvent[]) =>
  agendaAfter(process, recorded(...events.map((event) => ['listing-L1', event] as const)));

const remind = (id: string, n: number) => ({
  listing: 'L1',
  share: id,
  do: 'remind',
  registrations: [firm(n).registration],
});
const reminded = (id: string, acceptBy = TERM_END): ListingEvent => ({
  type: 'ShareReminderRecorded',
  data: { share: id, acceptBy, at: EVENING },
});

describe('the term of a share', () => {
  it('has a reminder half way when it is shorter than two days', () =>
    expect(after(awarded(share('S1', 1, '10'), share('S2', 2, '20')))).toEqual({
      'remind S1': { at: '2020-02-10T23:00:00.000Z', task: remind('S1', 1) },
      'remind S2': { at: '2020-02-10T23:00:00.000Z', task: remind('S2', 2) },
    }));

  it('has a reminder a day before its end when it is longer', () => {
    const long: ShareAwarded = { ...share('S1', 1, '10'), acceptBy: '2020-02-20T11:00:00.000Z' };
    expect(after(awarded(long))['remind S1']?.at).toBe('2020-02-19T11:00:00.000Z');
  });

  it('lapses only after a reminder, at the end that the reminder named', () => {
    expect(Object.keys(after(awarded(share('S1', 1, '10'))))).toEqual(['remind S1']);
    const late = '2020-02-11T13:00:00.000Z';
    expect(after(awarded(share('S1', 1, '10')), reminded('S1', late))['lapse S1']).toEqual({
      at: late,
      task: { listing: 'L1', share: 'S1', do: 'lapse', acceptBy: late },
    });
  });

  const history = [awarded(share('S1', 1, '10')), awarded(share('S2', 2, '20')), reminded('S1'), reminded('S2')];
  it.each<ListingEvent>([
    { type: 'SharesAccepted', data: { shares: ['S1'], at: EVENING } },
    { type: 'SharesDeclined', data: { shares: ['S1'], reason: 'capacity', at: EVENING } },
    { type: 'ShareLapsed', data: { share: 'S1', acceptBy: TERM_END, at: TERM_END } },
    { type: 'OffersVoided', data: { registration: 'R', offers: ['O1'], shares: ['S1'], at: EVENING } },
    { type: 'ListingCancelled', data: { reason: 'other', text: '停产', shares: ['S1'], at: EVENING } },
    { type: 'ListingVoided', data: { registration: 'R', shares: ['S1'], at: EVENING } },
  ])('is over with $type, and another share’s is not', (event) =>
    expect(Object.keys(after(...history, event))).toEqual(['remind S2', 'lapse S2']),
  );
});
