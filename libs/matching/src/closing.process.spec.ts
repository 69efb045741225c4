import { recorded } from '@testing/projections';
import { ClosingProcess } from './closing.process';
import type { ListingEvent } from './listing.decider';
import {
  agendaAfter,
  awarded,
  closed,
  DEADLINE,
  EVENING,
  offered,
  published,
  restReturned,
  share,
  TERM_END,
} from './testing';

/** It plans by the event alone: nothing is looked up. */
const nothing = undefined as never;
const process = new ClosingProcess(nothing, nothing);
const after = (...events: ListingEvent[]) =>
  agendaAfter(process, recorded(...events.map((event) => ['listing-L1', event] as const)));

/** An offer received just before a deadline may still be under way then. */
const grace = (deadline: string) => new Date(Date.parse(deadline) + 5_000).toISOString();
const LATER = '2020-02-10T12:00:00.000Z';
const IN_30_DAYS = '2020-03-11';

describe('closing', () => {
  it('is planned for the deadline that a listing is published with', () =>
    expect(after(...published(), offered(1))).toEqual({
      'quoting L1': { at: grace(DEADLINE), task: { listing: 'L1', close: 'quoting', deadline: DEADLINE } },
    }));

  it('follows an extension, and names the deadline that it acts for', () => {
    const moved = { before: DEADLINE, deadline: LATER, at: DEADLINE };
    expect(after(...published(), { type: 'QuotingDeadlineMoved', data: moved })).toEqual({
      'quoting L1': { at: grace(LATER), task: { listing: 'L1', close: 'quoting', deadline: LATER } },
    });
  });

  it('leaves a closed listing thirty days, counted from its last award or answer', () => {
    const quiet = (since: string) => ({
      'quiet L1': {
        at: `${IN_30_DAYS}${since.slice(10)}`,
        task: { listing: 'L1', close: 'quiet', since },
      },
    });
    const history = [...published(), offered(1), closed(1)];
    expect(after(...history)).toEqual(quiet(DEADLINE));
    history.push(awarded(share('S1', 1, '10')));
    expect(after(...history)).toEqual(quiet(EVENING));
    history.push({ type: 'SharesAccepted', data: { shares: ['S1'], at: LATER } });
    expect(after(...history)).toEqual(quiet(LATER));
    history.push(restReturned('S1', '25', '35'));
    const again = { at: '2020-03-12T11:00:00.000Z', task: { listing: 'L1', close: 'quiet', since: TERM_END } };
    expect(after(...history)).toEqual({ 'quiet L1': again });
    const concluded = { outcome: 'awarded', accepted: '10', notChosen: [], by: 'lead', at: LATER } as const;
    expect(after(...history, { type: 'ListingConcluded', data: concluded })).toEqual({});
  });

  it('has a second round of its own', () => {
    const history: ListingEvent[] = [...published(), offered(1), closed(1)];
    history.push({ type: 'SecondRoundOpened', data: { offers: ['O1'], deadline: LATER, at: EVENING } });
    expect(after(...history)['second-round L1']).toEqual({
      at: grace(LATER),
      task: { listing: 'L1', close: 'second-round', deadline: LATER },
    });
    history.push({ type: 'SecondRoundClosed', data: { deadline: LATER, offers: [], at: LATER } });
    expect(Object.keys(after(...history))).toEqual(['quiet L1']);
  });

  it('ends with the listing', () => {
    const cancelled = { reason: 'no-longer-needed', shares: [], at: EVENING } as const;
    expect(after(...published(), { type: 'ListingCancelled', data: cancelled })).toEqual({});
    const voided = { registration: 'R', shares: [], at: EVENING };
    expect(after(...published(), { type: 'ListingVoided', data: voided })).toEqual({});
  });
});
