import { given } from '@testing/kernel';
import { claim } from './claim.decider';
import type { ClaimCommand } from './claim.decider';
import type { ClaimEvent } from './claim-story.rules';
import { act, city, clerk, countyFinance, file, grounds, leadClerk, STAND_STILL_UNTIL } from './testing';
import { stateOf, text, told, until, WAY } from './testing';

const LATER = '2021-06-01T02:00:00.000Z';
const refused = (history: readonly ClaimEvent[], command: ClaimCommand, code: string) =>
  given(claim, ...history)
    .when(command)
    .refuses(code);
const open = (worthNow: string, recovery = 'X1'): ClaimCommand => ({
  type: 'OpenRecovery',
  recovery,
  cause: 'red-invoice',
  worthNow,
  grounds: grounds(worthNow),
  at: LATER,
});
const officer = act(countyFinance('back-1'), { at: LATER, reason: '红字发票冲减' });
const confirm = { type: 'ConfirmRecovery', ...officer, recovery: 'X1', hearUntil: '2021-06-08' } as const;
const hear = { type: 'HearFirm', recovery: 'X1', text, files: [file], by: clerk, at: LATER } as const;
const decide = (change: object = {}): ClaimCommand => ({
  type: 'DecideRecovery',
  ...officer,
  recovery: 'X1',
  due: '10000.00',
  worthNow: '50000',
  way: 'at-once',
  instalments: [],
  ...change,
});
const back = (part: string, amount: string, change: object = {}): ClaimCommand => ({
  type: 'RecordRecoveryPayment',
  recovery: 'X1',
  part,
  amount,
  receipt: `IN-${part}`,
  paidOn: '2021-06-01',
  by: countyFinance('back-1'),
  entered: [],
  at: LATER,
  ...change,
});
const bounce = {
  type: 'ReportBounce',
  ...{ payment: 'Y1', receipt: 'TP-1', bouncedOn: '2021-02-20' },
  ...{ reason: '账号有误', by: countyFinance('pay-1'), at: LATER },
} as const;
const opened = told(until('paid'), open('50000'));
const decided = told(opened, confirm, hear, decide());

describe('a recovery', () => {
  it('is opened for what was paid beyond the claim’s worth, and only for that', () => {
    expect(stateOf(opened)).toMatchObject({ state: 'paid', recovery: { due: '10000.00', state: 'opened' } });
    given(claim, ...until('paid'))
      .when(open('60000'))
      .records();
    given(claim, ...until('paid'))
      .when(open('70000'))
      .records();
    given(claim, ...until('approved'))
      .when(open('50000'))
      .records();
    given(claim, ...opened)
      .when(open('50000', 'X2'))
      .records();
  });
  it('follows the facts until an officer confirms it', () => {
    const more = told(opened, open('40000', 'X2'));
    expect(stateOf(more).recovery).toMatchObject({ recovery: 'X2', due: '20000.00' });
    given(claim, ...told(opened, confirm))
      .when(open('40000', 'X2'))
      .records();
  });
  it('lapses by itself where the claim is worth what was paid before an officer acts', () => {
    const lapsed: ClaimEvent = {
      type: 'RecoveryLapsed',
      data: { recovery: 'X1', grounds: grounds('60000'), at: LATER },
    };
    given(claim, ...opened)
      .when(open('60000', 'X2'))
      .records(lapsed);
    expect(stateOf([...opened, lapsed])).toMatchObject({ state: 'paid' });
    expect(stateOf([...opened, lapsed]).recovery).toBeUndefined();
    refused([...opened, lapsed], confirm, 'recovery-unknown');
    given(claim, ...told(opened, confirm))
      .when(open('60000', 'X2'))
      .records();
  });
  it('of a scaled claim is the same share', () => {
    const history = told(
      until('jointly-reviewed'),
      { ...WAY.proposed[0], scale: '0.5', granted: '30000' },
      ...WAY['on-notice'],
      ...WAY.approved,
      ...WAY['passed-down'],
      ...WAY.paid,
      open('50000'),
    );
    expect(stateOf(history).recovery?.due).toBe('5000.00');
  });
  it('is dropped while the firm has not been told', () => {
    const drop = { type: 'DropRecovery', ...officer, recovery: 'X1' } as const;
    const dropped = stateOf(told(opened, drop));
    expect([dropped.state, dropped.recovery]).toEqual(['paid', undefined]);
    refused(told(opened, confirm), drop, 'recovery-confirmed');
    refused(told(opened, confirm), confirm, 'recovery-confirmed');
  });
  it('hears the firm first, or lets its time go by', () => {
    refused(opened, hear, 'recovery-unknown');
    const confirmed = told(opened, confirm);
    expect(stateOf(confirmed).state).toBe('to-recover');
    refused(confirmed, { ...hear, by: leadClerk }, 'recovery-unknown');
    refused(confirmed, decide(), 'firm-not-heard');
    refused(confirmed, decide({ at: '2021-06-08T15:59:59.999Z' }), 'firm-not-heard');
    refused(opened, decide(), 'recovery-unconfirmed');
    expect(stateOf(told(confirmed, decide({ at: '2021-06-08T16:00:00.000Z' }))).recovery?.state).toBe('decided');
    refused(decided, hear, 'recovery-decided');
    refused(decided, decide(), 'recovery-decided');
  });
  it('is over with a decision on nothing, where the firm was right, and is not opened again for the same', () => {
    const nothing = told(opened, confirm, hear, decide({ due: '0' }));
    expect(stateOf(nothing)).toMatchObject({ state: 'paid', waived: '10000.00' });
    expect(stateOf(nothing).recovery).toBeUndefined();
    refused(nothing, back('1', '1'), 'recovery-over');
    given(claim, ...nothing)
      .when(open('50000', 'X2'))
      .records();
    expect(stateOf(told(nothing, open('45000', 'X2'))).recovery).toMatchObject({ due: '5000.00' });
  });
  it('of less than was due leaves the rest with the firm, also when the claim is computed again', () => {
    const settled = told(opened, confirm, hear, decide({ due: '6000' }), back('1', '6000'));
    expect(stateOf(settled)).toMatchObject({ state: 'recovered', recovered: '6000.00', waived: '4000.00' });
    given(claim, ...settled)
      .when(open('50000', 'X2'))
      .records();
  });
  it('leaves with the firm only what it has too much on that day', () => {
    const righted = told(opened, confirm, hear, decide({ due: '0', worthNow: '60000' }));
    expect(stateOf(righted)).toMatchObject({ state: 'paid', waived: '0.00' });
    // The facts came back meanwhile, and fell again.
    expect(stateOf(told(righted, open('50000', 'X2'))).recovery).toMatchObject({ due: '10000.00' });
    const partly = told(opened, confirm, hear, decide({ due: '0', worthNow: '53000' }));
    expect(stateOf(partly).waived).toBe('7000.00');
    // What fell further while it was heard was decided by nobody.
    const further = told(opened, confirm, hear, decide({ due: '0', worthNow: '45000' }));
    expect(stateOf(told(further, open('45000', 'X2'))).recovery).toMatchObject({ due: '5000.00' });
  });
  it('leaves nothing of a payment that came back, or of an award that was taken back', () => {
    const back = told(opened, confirm, hear, decide({ due: '0' }), bounce);
    expect(stateOf(back)).toMatchObject({ state: 'approved', waived: '0' });
    const [prepare, make] = WAY.paid;
    const second = [
      { ...prepare, payment: 'Y2' },
      { ...make, payment: 'Y2', receipt: 'BR-2' },
    ] as const;
    const again = told(back, ...WAY['passed-down'], ...second, open('50000', 'X2'));
    expect(stateOf(again).recovery).toMatchObject({ recovery: 'X2', due: '10000.00' });
  });
  it('may be less than was due, never more, and its instalments add up', () => {
    const heard = told(opened, confirm, hear);
    refused(heard, decide({ due: '10000.01' }), 'recovery-due');
    refused(heard, decide({ due: '-1' }), 'recovery-due');
    const parts = (...amounts: string[]) => amounts.map((amount, n) => ({ dueOn: `2021-0${n + 7}-01`, amount }));
    const inParts = (...amounts: string[]) => decide({ way: 'instalments', instalments: parts(...amounts) });
    refused(heard, inParts('5000', '4999.99'), 'instalments-differ');
    refused(heard, inParts('10000'), 'instalments-differ');
    refused(heard, inParts('10000', '0'), 'instalments-differ');
    refused(heard, decide({ instalments: parts('10000') }), 'instalments-differ');
    refused(
      heard,
      decide({
        way: 'instalments',
        instalments: [
          { dueOn: '2021-06-01', amount: '5000' },
          { dueOn: '2021-07-01', amount: '5000' },
        ],
      }),
      'day-past',
    );
    expect(stateOf(told(heard, inParts('5000', '5000'))).recovery?.instalments).toHaveLength(2);
  });
  it('is over when all of it has come back', () => {
    refused(told(opened, confirm), back('1', '1'), 'recovery-undecided');
    const first = told(decided, back('1', '4000'));
    expect(stateOf(first).state).toBe('to-recover');
    given(claim, ...first)
      .when(back('1', '4000'))
      .records();
    refused(first, back('2', '6000.01'), 'recovery-exceeded');
    refused(first, back('2', '1', { receipt: 'IN-1' }), 'receipt-known');
    refused(first, back('2', '1', { paidOn: STAND_STILL_UNTIL }), 'paid-before-approval');
    refused(first, back('2', '0'), 'recovery-exceeded');
    refused(first, back('2', '1', { paidOn: '2021-06-02' }), 'day-ahead');
    const over = told(first, back('2', '6000'));
    expect(stateOf(over)).toMatchObject({ state: 'recovered', recovered: '10000.00' });
    expect(over.at(-1)).toMatchObject({ type: 'ClaimRecovered', data: { wholly: false } });
    refused(over, back('3', '1'), 'recovery-over');
    refused(over, back('3', '1', { recovery: 'X9' }), 'recovery-unknown');
  });
  it('that comes to nothing after another leaves the claim recovered as it was', () => {
    const again = told(decided, back('1', '10000'), open('0', 'X2'));
    const dropped = stateOf(told(again, { type: 'DropRecovery', ...officer, recovery: 'X2' }));
    expect(dropped).toMatchObject({ state: 'recovered', recovered: '10000.00' });
    expect(stateOf(told(again, open('50000', 'X3')))).toMatchObject({ state: 'recovered', recovered: '10000.00' });
  });
  it('can follow another, up to the whole', () => {
    const over = told(decided, back('1', '10000'), open('0', 'X2'));
    expect(stateOf(over).recovery).toMatchObject({ recovery: 'X2', due: '50000.00' });
    const again = told(
      over,
      { ...confirm, recovery: 'X2' },
      { ...hear, recovery: 'X2' },
      decide({ recovery: 'X2', due: '50000', worthNow: '0' }),
    );
    // The bank's paper of the first recovery, or of the payment itself, is no second money.
    for (const receipt of ['IN-1', 'BR-1']) {
      refused(again, back('9', '50000', { recovery: 'X2', receipt }), 'receipt-known');
    }
    const rest = told(again, back('9', '50000', { recovery: 'X2' }));
    expect(rest.at(-1)).toMatchObject({ type: 'ClaimRecovered', data: { wholly: true } });
  });
  it('is no affair of who paid, and holds a 退票', () => {
    refused(opened, { ...confirm, by: countyFinance('pay-1') }, 'claim-person-in-other-stage');
    refused(opened, { ...confirm, by: city('city-3') }, 'claim-person-in-other-stage');
    refused(opened, bounce, 'recovery-open');
  });
});
