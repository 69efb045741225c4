import { given } from '@testing/kernel';
import { worthDay } from './claim-worth.rules';
import { claim } from './claim.decider';
import type { ClaimCommand } from './claim.decider';
import { grounds, head, MORNING, stateOf, told, until, WAY } from './testing';

const LATER = '2021-06-01T02:00:00.000Z';
/** Of an award of 60,000 only half was granted. */
const granted = (change: object = {}) =>
  told(
    until('jointly-reviewed'),
    { ...WAY.proposed[0], granted: '30000', ...change },
    ...WAY['on-notice'],
    ...WAY.approved,
    ...WAY['passed-down'],
  );
const open = (worthNow: string): ClaimCommand => ({
  ...{ type: 'OpenRecovery', recovery: 'X1', cause: 'red-invoice', worthNow, grounds: grounds(worthNow), at: LATER },
});
const [prepare] = WAY.paid;

describe('an award that got what money was left', () => {
  it('is paid whole while the facts bear that much', () => {
    expect(stateOf(told(granted(), { ...prepare, worthNow: '30000' })).payment?.payment).toBe('Y1');
    given(claim, ...granted())
      .when({ ...prepare, worthNow: '29999.99' })
      .refuses('award-changed');
  });

  it('is recovered only below it', () => {
    const paid = told(granted(), ...WAY.paid);
    given(claim, ...paid)
      .when(open('30000'))
      .records();
    expect(stateOf(told(paid, open('20000'))).recovery?.due).toBe('10000.00');
  });

  it('was not scaled: a scaled one falls with every yuan', () => {
    const scaled = granted({ scale: '0.5' });
    given(claim, ...scaled)
      .when({ ...prepare, worthNow: '30000' })
      .refuses('award-changed');
    expect(stateOf(told(scaled, ...WAY.paid, open('30000'))).recovery?.due).toBe('15000.00');
  });
});

describe('the day by which a claim is computed again', () => {
  const { proposal } = stateOf(until('proposed'));

  it('is today, but for interest the one of its proposal', () => {
    expect(worthDay({ ...head, proposal: proposal! }, LATER)).toBe('2021-06-01');
    expect(worthDay({ ...head, beneficiary: 'loan', proposal: proposal! }, LATER)).toBe(proposal!.grounds.asOf);
    expect(worthDay({ ...head, beneficiary: 'loan' }, MORNING)).toBe('2021-02-01');
  });
});
