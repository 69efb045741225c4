import { firmActs, officeActs, officeOf } from './claim-next';

type Claim = Parameters<typeof firmActs>[0];
const applied: Claim = {
  state: 'applied',
  mode: 'applied',
  openObjections: 0,
  steps: [],
  waitsFor: { stage: 'county-check', offices: ['350582'] },
};
const payee = { payee: 'p', checked: true, frozen: true, doubts: ['name-differs' as const], confirmedBy: ['350582'] };

describe('what is next on a claim', () => {
  it('is the check of the office that it waits for, and of no other', () => {
    expect(officeActs(applied, '350582').first).toBe('county-check');
    expect(officeActs(applied, '350583')).toEqual({ more: [] });
    expect(officeActs(applied, undefined)).toEqual({ more: [] });
  });

  it('lets a colleague take over what somebody of the office has begun', () => {
    expect(officeActs(applied, '350582').more).not.toContain('handover');
    const step = (area: string) => ({ by: { account: 'a', role: 'county-officer', area } }) as Claim['steps'][number];
    expect(officeActs({ ...applied, steps: [step('350582')] }, '350582').more).toContain('handover');
    expect(officeActs({ ...applied, steps: [step('350583')] }, '350582').more).not.toContain('handover');
  });

  it('has the account of what was offered without an application checked by its county, not by the list’s makers', () => {
    const offered: Claim = {
      ...applied,
      office: '350582',
      state: 'jointly-reviewed',
      mode: 'no-application',
      payee: { ...payee, checked: false, doubts: [] },
      waitsFor: { stage: 'joint-review', offices: ['city', 'city-finance'] },
    };
    expect(officeActs(offered, '350582')).toEqual({ first: 'payee-check', more: ['findings'] });
    expect(officeActs(offered, 'city-finance')).toEqual({
      first: 'proposal',
      more: ['refusal', 'relation-checks', 'hand-up'],
    });
    expect(officeActs(offered, '350583')).toEqual({ more: [] });
    expect(officeActs({ ...offered, mode: 'applied' }, '350582')).toEqual({ more: [] });
  });

  it('is the second hand once a payment was prepared', () => {
    const waiting: Claim = {
      ...applied,
      state: 'passed-down',
      waitsFor: { stage: 'payment', offices: ['350582-finance'] },
    };
    expect(officeActs(waiting, '350582-finance').first).toBe('payments');
    expect(officeActs({ ...waiting, payment: 'x' }, '350582-finance')).toEqual({
      first: 'receipt',
      more: ['payment-cancellation', 'hand-up'],
    });
    // The first hand neither completes nor cancels it: a colleague does.
    const first = { ...waiting, payment: 'x', barredFrom: ['payment' as const] };
    expect(officeActs(first, '350582-finance').more).not.toContain('payment-cancellation');
  });

  it('keeps back what is decided by offset, and takes money all the same', () => {
    const recovery = {
      recovery: 'x',
      cause: 'return',
      state: 'decided',
      due: '1',
      instalments: [],
      paid: '0',
    } as const;
    const decided: Claim = {
      ...applied,
      ...{ state: 'to-recover', waitsFor: { stage: 'recovery', offices: ['350582-finance'] } },
      recoveryNow: { ...recovery, instalments: [], way: 'offset', against: 'y' },
    };
    expect(officeActs(decided, '350582-finance')).toEqual({
      first: 'recovery-offset',
      more: ['recovery-payment', 'hand-up'],
    });
    const { against: _, ...cash } = decided.recoveryNow!;
    const more = officeActs({ ...decided, recoveryNow: { ...cash, way: 'at-once' } }, '350582-finance');
    expect(more).toEqual({ first: 'recovery-payment', more: ['hand-up'] });
  });

  it('lets a second office confirm an account in doubt', () => {
    const claim: Claim = {
      ...applied,
      state: 'passed-down',
      payee,
      waitsFor: { stage: 'payment', offices: ['350582-finance'] },
    };
    expect(officeActs(claim, 'city').more).toEqual(['proposal-withdrawal', 'payee-confirmation']);
    expect(officeActs(claim, '350582').more).toEqual([]);
  });

  it('takes an approval back at the city’s offices until the money has left', () => {
    const waits = { stage: 'passing-down' as const, offices: ['city-finance'] };
    const approved: Claim = { ...applied, state: 'approved', waitsFor: waits };
    expect(officeActs(approved, 'city-finance')).toEqual({ first: 'funds', more: ['proposal-withdrawal', 'hand-up'] });
    expect(officeActs(approved, 'city').more).toEqual(['proposal-withdrawal']);
    expect(officeActs(approved, '350582').more).toEqual([]);
    expect(officeActs({ ...approved, state: 'paid' }, 'city').more).toEqual([]);
  });

  it('answers an objection before anything else on notice', () => {
    const claim: Claim = { ...applied, state: 'on-notice', waitsFor: { stage: 'joint-review', offices: ['city'] } };
    expect(officeActs({ ...claim, openObjections: 1 }, 'city').first).toBe('objection');
  });

  it('hears of a payment that came back from the office that paid', () => {
    const by = { account: 'a', role: 'county-finance', area: '350582' };
    const step = { event: 'e', type: 'PaymentMade', at: '', recordedAt: '', details: {}, by };
    const paid: Claim = { ...applied, state: 'paid', waitsFor: undefined, steps: [step] };
    expect(officeActs(paid, '350582-finance').more).toEqual(['bounce']);
    expect(officeActs(paid, 'city').more).toEqual([]);
  });

  it('may refuse what it gave back, where the firm does not answer', () => {
    const by = { account: 'a', role: 'city-officer' };
    const step = { event: 'e', type: 'ClaimReturned', at: '', recordedAt: '', details: { stage: 'city-check' }, by };
    const returned: Claim = { ...applied, state: 'returned', waitsFor: undefined, steps: [step] };
    expect(officeActs(returned, 'city')).toEqual({ first: undefined, more: ['refusal'] });
    expect(officeActs(returned, '350582').more).toEqual([]);
    expect(officeActs({ ...returned, barredFrom: ['city-check'] }, 'city').more).toEqual([]);
    expect(officeActs({ ...returned, state: 'withdrawn' }, 'city').more).toEqual([]);
  });

  it('offers nobody the stage that the rules on persons keep him out of', () => {
    const reviewed: Claim = {
      ...applied,
      state: 'city-passed',
      waitsFor: { stage: 'joint-review', offices: ['city'] },
    };
    expect(officeActs(reviewed, 'city').first).toBe('joint-review');
    expect(officeActs({ ...reviewed, barredFrom: ['joint-review'] }, 'city')).toEqual({ more: ['hand-up'] });
    const waits = { stage: 'payment' as const, offices: ['350582-finance'] };
    const prepared: Claim = { ...applied, state: 'passed-down', payment: 'x', waitsFor: waits };
    expect(officeActs({ ...prepared, barredFrom: ['payment'] }, '350582-finance')).toEqual({ more: ['hand-up'] });
    const approved: Claim = { ...prepared, barredFrom: ['joint-review'] };
    expect(officeActs(approved, 'city').more).not.toContain('proposal-withdrawal');
  });

  it('is for the firm what it is asked for', () => {
    expect(firmActs({ ...applied, state: 'offered' }).first).toBe('confirm');
    expect(firmActs({ ...applied, state: 'returned' }).first).toBe('completion');
    expect(firmActs({ ...applied, deferredUntil: '2021-03-01' }).first).toBe('supplements');
    expect(firmActs({ ...applied, state: 'not-supported' }).first).toBe('review-request');
    const asked = { event: 'e', type: 'ClaimReviewAsked', at: '', recordedAt: '', details: {} };
    expect(firmActs({ ...applied, state: 'not-supported', steps: [asked] })).toEqual({ more: [] });
  });

  it('withdraws up to the approval', () => {
    expect(firmActs(applied).more).toEqual(['payee', 'withdrawal']);
    expect(firmActs({ ...applied, state: 'approved' }).more).toEqual(['payee']);
  });

  it('calls offices as claims do', () => {
    expect(officeOf({ roles: ['county-finance'], area: '350582' })).toBe('350582-finance');
    expect(officeOf({ roles: ['city-officer'] })).toBe('city');
    expect(officeOf({ roles: ['auditor'] })).toBeUndefined();
  });
});
