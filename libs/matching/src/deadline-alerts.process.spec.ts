import { recorded } from '@testing/projections';
import { DeadlineAlertsProcess } from './deadline-alerts.process';
import type { ListingEvent } from './listing.decider';
import { agendaAfter, EVENING, firm, TERM_END } from './testing';

/** It plans by the event alone: nothing is looked up. */
const nothing = undefined as never;
const process = new DeadlineAlertsProcess(nothing, nothing, nothing);
const after = (...events: ListingEvent[]) =>
  agendaAfter(process, recorded(...events.map((event) => ['listing-L1', event] as const)));
const planned = (...events: ListingEvent[]) => Object.values(after(...events));

const at = EVENING;
const opened = (deadline: string): ListingEvent => ({
  type: 'SecondRoundOpened',
  data: { offers: ['O1'], deadline, at },
});
const asked: ListingEvent = { type: 'QuestionAsked', data: { question: 'Q1', by: firm(1), text: '何时交货', at } };

describe('a second round', () => {
  const long = opened('2020-02-14T11:00:00.000Z');

  it('is told of again a day before its deadline', () =>
    expect(planned(long)).toEqual([
      {
        at: '2020-02-13T11:00:00.000Z',
        task: { listing: 'L1', alert: 'second-round-ending', deadline: '2020-02-14T11:00:00.000Z' },
      },
    ]));

  it('of a day or less was told of in time', () => expect(planned(opened(TERM_END))).toEqual([]));

  it.each<ListingEvent>([
    { type: 'SecondRoundClosed', data: { deadline: at, offers: [], at } },
    { type: 'ListingCancelled', data: { reason: 'other', text: '停产', shares: [], at } },
    { type: 'ListingVoided', data: { registration: 'R', shares: [], at } },
  ])('is over with $type', (event) => expect(planned(long, event)).toEqual([]));
});

describe('a question', () => {
  it('is brought to mind after a day', () =>
    expect(planned(asked)).toEqual([
      { at: TERM_END, task: { listing: 'L1', alert: 'question-unanswered', question: 'Q1' } },
    ]));

  it('that was answered is not', () =>
    expect(planned(asked, { type: 'QuestionAnswered', data: { question: 'Q1', text: '三月', at } })).toEqual([]));
});

it('a lead hears at once of a share whose supplier was reminded, and of what waits for its second person', () => {
  const alerts = planned(
    { type: 'ShareReminderRecorded', data: { share: 'S1', acceptBy: TERM_END, at } },
    { type: 'ListingActProposed', data: { proposal: 'P1', account: 'A1', act: { do: 'publish' }, at } },
  );
  expect(alerts.map(({ task }) => task)).toEqual([
    { listing: 'L1', alert: 'award-lapsing', share: 'S1', acceptBy: TERM_END },
    { listing: 'L1', alert: 'proposal-waiting', proposal: 'P1' },
  ]);
});

it('no task carries a figure, who asked, or who proposed', () => {
  const shares = [{ share: 'S1', offer: 'O1', quantity: '77777', reason: 'price' as const, reasonText: '密语' }];
  const act = { do: 'award', award: 'A1', shares, notChosen: [] } as const;
  const tasks = JSON.stringify(
    planned(asked, { type: 'ListingActProposed', data: { proposal: 'P1', account: 'A-proposer', act, at } }),
  );
  for (const secret of ['77777', '密语', 'A-proposer', firm(1).registration]) expect(tasks).not.toContain(secret);
});
