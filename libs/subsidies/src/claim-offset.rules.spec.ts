import { given } from '@testing/kernel';
import { claim } from './claim.decider';
import type { ClaimCommand } from './claim.decider';
import { owedOf, paymentOf, roomOf } from './claim-offset.rules';
import type { ClaimEvent } from './claim-story.rules';
import { act, AFTER_NOTICE, city, clerk, cityFinance, countyFinance, grounds, stateOf, text, told } from './testing';
import { until, WAY } from './testing';

const LATER = '2021-06-01T02:00:00.000Z';
const of = { claim: 'C0', recovery: 'X0', registration: 'R1' };
const keep = (part: string, amount: string, change: object = {}): ClaimCommand => ({
  ...{ type: 'OffsetAward', part, of, amount, worthNow: '60000' },
  ...{ by: countyFinance('off-1'), entered: [], at: AFTER_NOTICE, ...change },
});
const settle = (part: string): ClaimCommand => ({ type: 'SettleOffset', part, at: AFTER_NOTICE });
const giveBack = (part: string): ClaimCommand => ({ type: 'ReturnOffset', part, at: AFTER_NOTICE });
const [prepare, make] = WAY.paid;
const [passDown] = WAY['passed-down'];
const refused = (history: readonly ClaimEvent[], command: ClaimCommand, code: string) =>
  given(claim, ...history)
    .when(command)
    .refuses(code);

describe('an award that is kept back in part', () => {
  const kept = told(until('approved'), keep('T1', '45000'));

  it('says for which recovery, by whom and how much', () => {
    expect(kept.at(-1)).toEqual({
      type: 'AwardOffset',
      data: {
        ...{ round: 'B1', county: '350582', amount: '45000.00', recovered: 'C0', recovery: 'X0', part: 'T1' },
        ...{ by: countyFinance('off-1'), at: AFTER_NOTICE },
      },
    });
    given(claim, ...kept)
      .when(keep('T1', '45000'))
      .records();
  });

  it('has no more room than it has money, to the fen', () => {
    expect(roomOf(stateOf(kept))).toBe('15000.00');
    refused(kept, keep('T2', '15000.01'), 'offset-room');
    refused(kept, keep('T2', '0'), 'offset-room');
    refused(kept, keep('T2', '-1'), 'offset-room');
    expect(roomOf(stateOf(told(kept, keep('T2', '15000'))))).toBe('0.00');
  });

  it('is one that is approved, and for which no payment was prepared', () => {
    refused(until('on-notice'), keep('T1', '1'), 'offset-room');
    refused(until('paid'), keep('T1', '1'), 'offset-room');
    refused(told(until('passed-down'), prepare), keep('T1', '1'), 'offset-room');
    expect(roomOf(stateOf(until('passed-down')))).toBe('60000.00');
  });

  it('is of the same firm, and is kept back by whom its payment belongs to', () => {
    refused(until('approved'), keep('T1', '1', { of: { ...of, registration: 'R2' } }), 'offset-claim-unknown');
    refused(until('approved'), keep('T1', '1', { by: city('city-3') }), 'claim-of-other-office');
    refused(until('passed-down'), keep('T1', '1', { by: cityFinance('finance-2') }), 'claim-of-other-office');
    refused(until('approved'), keep('T1', '1', { entered: ['off-1'] }), 'claim-person-entered-fact');
    // He has acted in the payment, and in nothing else of this claim from here on.
    const recovery = told(kept, settle('T1'), passDown, prepare, make, open('50000'));
    refused(recovery, { ...confirm, by: countyFinance('off-1') }, 'claim-person-in-other-stage');
  });

  it('bears what it is worth as known now', () => {
    refused(until('approved'), keep('T1', '1', { worthNow: '59999' }), 'award-changed');
  });

  it('is not paid while the recovery has not said whether it takes it', () => {
    const down = told(kept, passDown);
    refused(down, prepare, 'offset-pending');
    expect(told(down, settle('T1'), prepare).at(-1)?.type).toBe('PaymentPrepared');
  });

  it('is paid with the rest alone, also after a 退票', () => {
    const paid = told(kept, settle('T1'), passDown, prepare, make);
    expect(paid.at(-1)).toMatchObject({ type: 'PaymentMade', data: { amount: '15000.00' } });
    const back = told(paid, {
      ...{ type: 'ReportBounce', payment: 'Y1', receipt: 'BB-1', bouncedOn: '2021-02-18', reason: '账号有误' },
      ...{ by: countyFinance('pay-1'), at: AFTER_NOTICE },
    });
    expect(back.at(-1)).toMatchObject({ type: 'PaymentBounced', data: { amount: '15000.00' } });
    const again = told(back, passDown, { ...prepare, payment: 'Y2' });
    expect(told(again, { ...make, payment: 'Y2', receipt: 'BR-2' }).at(-1)).toMatchObject({
      data: { amount: '15000.00' },
    });
  });

  it('is paid whole where it was given back, once', () => {
    const back = told(kept, giveBack('T1'));
    expect(back.at(-1)).toMatchObject({ type: 'AwardOffsetReturned', data: { amount: '45000.00', part: 'T1' } });
    for (const again of [giveBack('T1'), settle('T1'), keep('T1', '45000'), settle('T9')]) {
      given(claim, ...back)
        .when(again)
        .records();
    }
    given(claim, ...told(kept, settle('T1')))
      .when(giveBack('T1'))
      .records();
    expect(told(back, passDown, prepare, make).at(-1)).toMatchObject({ data: { amount: '60000.00' } });
  });

  it('may be nothing for the bank', () => {
    const whole = told(until('passed-down'), keep('T1', '60000'), settle('T1'), prepare, make);
    expect(whole.at(-1)).toMatchObject({ type: 'PaymentMade', data: { amount: '0.00' } });
    expect(stateOf(whole).state).toBe('paid');
  });

  it('is not taken back, and counts in full when its worth sinks after the money', () => {
    const takeBack: ClaimCommand = {
      ...{ type: 'TakeBackProposal', worthNow: '0', reason: '事实已变', entered: [] },
      ...{ by: city('city-2'), at: AFTER_NOTICE },
    };
    refused(kept, takeBack, 'award-offset');
    expect(told(told(kept, giveBack('T1')), takeBack).at(-1)?.type).toBe('ProposalTakenBack');
    const paid = told(kept, settle('T1'), passDown, prepare, make);
    expect(stateOf(told(paid, open('0'))).recovery?.due).toBe('60000.00');
  });

  it('whose worth sinks before the money is paid as far as it is worth, and then gives back what was kept beyond', () => {
    const settled = told(kept, settle('T1'));
    const at = (worthNow: string) =>
      told(settled, { ...passDown, worthNow }, { ...prepare, worthNow }, make, open(worthNow));
    expect(owedOf(stateOf(settled), '50000')).toEqual({ whole: '50000.00', told: { amount: '5000.00' } });
    const less = at('50000');
    expect(less.at(-1)).toMatchObject({ type: 'PaymentMade', data: { amount: '5000.00', withheld: '10000.00' } });
    expect(paymentOf(stateOf(less))).toEqual({ amount: '5000.00', withheld: '10000.00' });
    const beyond = at('40000');
    expect(beyond.at(-2)).toMatchObject({ type: 'PaymentMade', data: { amount: '0.00', withheld: '15000.00' } });
    expect(beyond.at(-1)).toMatchObject({ type: 'RecoveryOpened', data: { due: '5000.00' } });
    // Control: an award of which nothing is kept back is not paid at all.
    refused(until('approved'), { ...passDown, worthNow: '50000' }, 'award-changed');
  });
});

const open = (worthNow: string): ClaimCommand => ({
  ...{ type: 'OpenRecovery', recovery: 'X1', cause: 'red-invoice' },
  ...{ worthNow, grounds: grounds(worthNow), at: LATER },
});
const officer = act(countyFinance('back-1'), { at: LATER, reason: '红字发票冲减' });
const confirm = { type: 'ConfirmRecovery', ...officer, recovery: 'X1', hearUntil: '2021-06-08' } as const;
const hear = { type: 'HearFirm', recovery: 'X1', text, files: [], by: clerk, at: LATER } as const;
const decide = (change: object = {}): ClaimCommand => ({
  ...{ type: 'DecideRecovery', ...officer, recovery: 'X1', due: '10000', worthNow: '50000', way: 'offset' },
  ...{ instalments: [], against: 'C2', offset: { registration: 'R1', room: '10000.00' }, ...change },
});
const take = (change: object = {}): ClaimCommand => ({
  ...{ type: 'RecordRecoveryPayment', recovery: 'X1', part: 'T1', amount: '10000', receipt: 'E1', against: 'C2' },
  ...{ paidOn: '2021-06-01', by: countyFinance('back-2'), entered: [], at: LATER, ...change },
});

describe('a recovery by offset', () => {
  const heard = told(until('paid'), open('50000'), confirm, hear);
  const decided = told(heard, decide());

  it('names a claim of the firm that has room for it', () => {
    expect(decided.at(-1)).toMatchObject({ type: 'RecoveryDecided', data: { way: 'offset', against: 'C2' } });
    refused(heard, decide({ against: undefined }), 'offset-claim-missing');
    refused(heard, decide({ way: 'at-once' }), 'offset-claim-missing');
    refused(heard, decide({ offset: undefined }), 'offset-claim-unknown');
    refused(heard, decide({ offset: { registration: 'R2', room: '10000.00' } }), 'offset-claim-unknown');
    refused(heard, decide({ offset: { registration: 'R1', room: '9999.99' } }), 'offset-room');
  });

  it('takes it by another hand than the one that decided, from that claim alone', () => {
    refused(decided, take({ by: countyFinance('back-1') }), 'offset-same-person');
    refused(decided, take({ against: 'C3' }), 'offset-claim-unknown');
    refused(told(heard, decide({ way: 'at-once', against: undefined })), take(), 'offset-claim-unknown');
    const over = told(decided, take());
    expect(over.at(-2)).toMatchObject({ type: 'RecoveryPaid', data: { against: 'C2', receipt: 'E1' } });
    expect(stateOf(over)).toMatchObject({ state: 'recovered', recovered: '10000.00' });
  });

  it('may still come as money, and then takes nothing that it has no need of', () => {
    const cash = take({ against: undefined, receipt: 'IN-1', amount: '4000', by: countyFinance('back-1') });
    const partly = told(decided, cash);
    refused(partly, take(), 'part-known');
    refused(partly, take({ part: 'T2' }), 'recovery-exceeded');
    refused(told(decided, take({ against: undefined, receipt: 'IN-1' })), take({ part: 'T2' }), 'recovery-over');
  });
});
