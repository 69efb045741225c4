import { given } from '@testing/kernel';
import { claim } from './claim.decider';
import type { ClaimCommand } from './claim.decider';
import {
  act,
  AFTER_NOTICE,
  city,
  cityFinance,
  grounds,
  MORNING,
  soundTrade,
  STAND_STILL_UNTIL,
  stateOf,
  text,
  told,
  until,
  WAY,
} from './testing';

const refused = (history: ReturnType<typeof until>, command: ClaimCommand, code: string) =>
  given(claim, ...history)
    .when(command)
    .refuses(code);
const [propose] = WAY.proposed;
const [start] = WAY['on-notice'];
const [approve] = WAY.approved;
const raise = (at = MORNING, objection = 'J1'): ClaimCommand => ({ type: 'RaiseObjection', objection, text, at });
const decideObjection = (result: 'upheld' | 'rejected', change: object = {}): ClaimCommand => ({
  type: 'DecideObjection',
  ...act(city('city-2')),
  objection: 'J1',
  result,
  text,
  standStillUntil: '2021-02-20',
  ...change,
});

describe('the proposed list', () => {
  it('freezes the account before the notice', () => {
    expect(stateOf(until('jointly-reviewed')).payee?.frozen).toBe(false);
    expect(stateOf(until('proposed')).payee?.frozen).toBe(true);
  });
  it('holds the award, or what the round leaves of it, never more', () => {
    expect(stateOf(until('proposed')).proposal?.granted).toBe('60000.00');
    const scaled = { ...propose, scale: '0.5', granted: '30000' };
    expect(stateOf(told(until('jointly-reviewed'), scaled)).proposal?.granted).toBe('30000.00');
    refused(until('jointly-reviewed'), { ...propose, granted: '0' }, 'claim-award-zero');
    refused(until('jointly-reviewed'), { ...propose, granted: '60000.01' }, 'granted-above-award');
  });
  it('is looked at again: an invoice may have been voided since the city’s check', () => {
    const trade = { ...soundTrade, invoices: [{ number: 'I1', state: 'voided' }] };
    refused(until('jointly-reviewed'), { ...propose, trade }, 'invoices-not-valid');
  });
  it('is taken back with its notice', () => {
    const take = { type: 'TakeBackProposal', ...act(city('city-2')), worthNow: '60000' } as const;
    const back = stateOf(told(until('on-notice'), take));
    expect(back.state).toBe('jointly-reviewed');
    expect(back.notice).toBeUndefined();
    expect(back.attempt).toBeUndefined();
    refused(until('city-passed'), take, 'claim-state');
  });
  it.each([
    ['approved', false],
    ['passed-down', true],
  ] as const)('%s is taken back where its facts bear less, and only there', (step, passedDown) => {
    const take = { type: 'TakeBackProposal', ...act(city('city-2'), { at: AFTER_NOTICE }), worthNow: '59999' } as const;
    refused(until(step), { ...take, worthNow: '60000' }, 'award-stands');
    refused(until('paid'), take, 'claim-state');
    const events = told(until(step), take);
    const approval = { round: 'B1', county: '350582', amount: '60000.00', attempt: 'A1', passedDown };
    expect(events.at(-1)!.data).toMatchObject({ approval });
    const back = stateOf(events);
    expect(back).toMatchObject({ state: 'jointly-reviewed', abandoned: new Set(['A1']) });
    expect([back.attempt, back.proposal, back.notice]).toEqual([undefined, undefined, undefined]);
  });
});

describe('objections', () => {
  it('are taken until the last minute of the notice, by anybody, once each', () => {
    expect(told(until('on-notice'), raise('2021-02-10T15:59:59.999Z'))).toHaveLength(until('on-notice').length + 1);
    refused(until('on-notice'), raise('2021-02-10T16:00:00.000Z'), 'notice-over');
    refused(until('proposed'), raise(), 'notice-unknown');
    given(claim, ...told(until('on-notice'), raise()))
      .when(raise())
      .records();
  });
  it('hold the approval until each is decided, and the stand-still begins anew', () => {
    const raised = told(until('on-notice'), raise());
    refused(raised, approve, 'objections-open');
    const decided = told(raised, decideObjection('rejected'));
    refused(decided, approve, 'stand-still');
    const at = '2021-02-20T16:00:00.000Z';
    expect(stateOf(told(decided, { ...approve, at })).state).toBe('approved');
    refused(decided, decideObjection('rejected'), 'objection-unknown');
  });
  it('shorten no stand-still', () => {
    const early = decideObjection('rejected', { standStillUntil: '2021-02-01' });
    const decided = told(until('on-notice'), raise(), early);
    expect(stateOf(decided).notice?.standStillUntil).toBe(STAND_STILL_UNTIL);
  });
  it('that are upheld send the claim back to the city’s check', () => {
    const upheld = stateOf(told(until('on-notice'), raise(), decideObjection('upheld')));
    expect(upheld.state).toBe('county-passed');
    expect(upheld.proposal).toBeUndefined();
    expect(upheld.notice).toBeUndefined();
  });
  it('start no second notice by a repeated word', () => {
    given(claim, ...until('on-notice'))
      .when(start)
      .records();
    refused(until('on-notice'), { ...start, notice: 'N2' }, 'claim-state');
  });
});

describe('the approval', () => {
  it('waits for the last minute of the stand-still', () => {
    refused(until('on-notice'), { ...approve, at: '2021-02-13T15:59:59.999Z' }, 'stand-still');
    expect(stateOf(told(until('on-notice'), { ...approve, at: '2021-02-13T16:00:00.000Z' })).state).toBe('approved');
  });
  it('is of what was on the notice', () => {
    refused(until('on-notice'), { ...approve, grounds: grounds('60000', 'd2') }, 'derivation-differs');
    refused(until('on-notice'), { ...approve, worthNow: '59999.99' }, 'award-changed');
    // What came in later does not raise what the public saw.
    const events = claim.decide({ ...approve, worthNow: '70000' }, stateOf(until('on-notice')));
    expect(events[0]?.data).toMatchObject({ amount: '60000.00', county: '350582', round: 'B1' });
  });
  it('stops while a match is in doubt', () =>
    refused(until('on-notice'), { ...approve, doubtfulMatches: ['M1'] }, 'match-doubtful'));
  it('is not finished once it was abandoned, and not abandoned once it stands', () => {
    const abandon = { type: 'AbandonApproval', attempt: 'A1', at: AFTER_NOTICE } as const;
    const abandoned = told(until('on-notice'), abandon);
    refused(abandoned, approve, 'approval-abandoned');
    expect(stateOf(told(abandoned, { ...approve, attempt: 'A2' })).state).toBe('approved');
    given(claim, ...abandoned)
      .when(abandon)
      .records();
    given(claim, ...until('approved'))
      .when(abandon)
      .records();
  });
  it('is the bureau’s', () =>
    refused(until('on-notice'), { ...approve, by: cityFinance('finance-1') }, 'claim-of-other-office'));
});
