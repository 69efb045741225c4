import { given } from '@testing/kernel';
import { claim } from './claim.decider';
import type { ClaimCommand } from './claim.decider';
import { act, AFTER_NOTICE, city, clerk, county, countyFinance, MORNING, payee, STAND_STILL_UNTIL } from './testing';
import { stateOf, told, until, WAY } from './testing';

const refused = (history: ReturnType<typeof until>, command: ClaimCommand, code: string) =>
  given(claim, ...history)
    .when(command)
    .refuses(code);
const [prepare, make] = WAY.paid;
const [checkPayee] = WAY['county-passed'];
const rename = (name = 'P2', at = AFTER_NOTICE): ClaimCommand => ({
  type: 'NamePayee',
  payee: { payee: name, commitment: `k-${name}` },
  by: clerk,
  at,
});
const confirm = (by: ReturnType<typeof county>, change: object = {}): ClaimCommand => ({
  type: 'ConfirmPayee',
  payee: 'P1',
  doubts: [],
  reason: '已向开户行核实',
  by,
  at: AFTER_NOTICE,
  ...change,
});

const cancel = (change: object = {}): ClaimCommand => ({
  type: 'CancelPayment',
  ...act(countyFinance('pay-2'), { at: AFTER_NOTICE, reason: '未提交银行' }),
  payment: 'Y1',
  ...change,
});
const bounce = (change: object = {}): ClaimCommand => ({
  type: 'ReportBounce',
  payment: 'Y1',
  receipt: 'TP-1',
  bouncedOn: '2021-02-18',
  reason: '账号有误',
  by: countyFinance('pay-1'),
  at: AFTER_NOTICE,
  ...change,
});

describe('the payee account', () => {
  it('is checked by the county before anything passes', () => {
    const { payee: _, ...without } = WAY.filed[0];
    const nameless = told([], without);
    refused(nameless, checkPayee, 'payee-missing');
    refused(nameless, WAY['county-passed'][1], 'payee-missing');
    refused(until('filed'), { ...checkPayee, payee: 'P9' }, 'payee-changed');
    refused(told(until('filed'), checkPayee, rename('P2', MORNING)), WAY['county-passed'][1], 'payee-unchecked');
    given(claim, ...until('filed'))
      .when({ type: 'NamePayee', payee, by: clerk, at: MORNING })
      .records();
  });
  it.each(['name-differs', 'used-by-another'] as const)('%s holds the payment for two offices', (doubt) => {
    const [filed, ...rest] = [
      WAY.filed[0],
      { ...checkPayee, doubts: [doubt] },
      WAY['county-passed'][1],
      ...WAY['city-passed'],
      ...WAY['jointly-reviewed'],
      ...WAY.proposed,
      ...WAY['on-notice'],
      ...WAY.approved,
      ...WAY['passed-down'],
    ] as ClaimCommand[];
    const ready = told([], filed!, ...rest);
    refused(ready, prepare, 'payee-blocked');
    const once = told(ready, confirm(county('county-3')));
    refused(once, prepare, 'payee-blocked');
    refused(once, confirm(county('county-4')), 'payee-same-office');
    expect(stateOf(told(once, confirm(city('city-5')), prepare, make)).state).toBe('paid');
  });
  it('blocks the payment when it was changed after it was frozen', () => {
    const changed = told(until('passed-down'), rename());
    expect(stateOf(changed).payee?.doubts).toEqual(['changed-after-freeze']);
    refused(changed, { ...prepare, payee: 'P2' }, 'payee-blocked');
    // Looking at it again is no confirmation.
    const looked = told(changed, { ...checkPayee, payee: 'P2', at: AFTER_NOTICE });
    refused(looked, { ...prepare, payee: 'P2' }, 'payee-blocked');
    const confirmed = told(
      changed,
      confirm(county('county-3'), { payee: 'P2' }),
      confirm(city('city-5'), { payee: 'P2' }),
    );
    expect(stateOf(told(confirmed, { ...prepare, payee: 'P2' })).payment?.payment).toBe('Y1');
  });
  it('is looked at again before the bank is told; what is found when it has paid is recorded with its receipt', () => {
    refused(until('passed-down'), { ...prepare, doubts: ['used-by-another'] }, 'payee-blocked');
    const paid = told(until('passed-down'), prepare, { ...make, doubts: ['used-by-another'] });
    expect(stateOf(paid)).toMatchObject({ state: 'paid', payee: { doubts: ['used-by-another'], confirmedBy: [] } });
    // Given back by the bank, it waits for two offices.
    const again = told(paid, bounce(), ...WAY['passed-down']);
    refused(again, { ...prepare, payment: 'Y2' }, 'payee-blocked');
  });
  it('is not changed, and the award not taken back, while a payment may be with the bank', () => {
    const prepared = told(until('passed-down'), prepare);
    refused(prepared, rename(), 'payment-prepared');
    const takeBack = { type: 'TakeBackProposal', ...act(city('city-2')), worthNow: '0' } as const;
    refused(prepared, takeBack, 'payment-prepared');
    const cancelled = told(prepared, cancel());
    expect(stateOf(told(cancelled, takeBack)).state).toBe('jointly-reviewed');
    expect(stateOf(told(cancelled, rename())).payee?.payee).toBe('P2');
    // The account it names already is no change.
    expect(told(prepared, { type: 'NamePayee', payee, by: clerk, at: AFTER_NOTICE })).toEqual(prepared);
  });
  it('is in a new doubt for those too who confirmed it in an older one', () => {
    const changed = told(until('passed-down'), rename());
    const second = { payee: 'P2' };
    const confirmed = told(changed, confirm(county('county-3'), second), confirm(city('city-5'), second));
    const found = { ...checkPayee, ...second, doubts: ['used-by-another'], at: AFTER_NOTICE } as const;
    const prepared = { ...prepare, ...second, doubts: ['used-by-another'] } as const;
    refused(told(confirmed, found), prepared, 'payee-blocked');
    // What they knew of already asks them nothing again.
    const known = told(confirmed, { ...found, doubts: [] }, { ...prepare, ...second });
    expect(stateOf(known).payment?.payment).toBe('Y1');
  });
  it('that two confirmed in one doubt is held by the next one, for two offices again', () => {
    const second = { payee: 'P2' };
    const changed = told(until('passed-down'), rename());
    const confirmed = told(changed, confirm(county('county-3'), second), confirm(city('city-5'), second));
    const found = { ...second, doubts: ['used-by-another'] } as const;
    refused(confirmed, { ...prepare, ...found }, 'payee-blocked');
    const once = told(confirmed, confirm(county('county-3'), found));
    expect(stateOf(once).payee?.confirmedBy).toEqual(['350582']);
    refused(once, { ...prepare, ...found }, 'payee-blocked');
    const twice = told(once, confirm(city('city-5'), found), { ...prepare, ...found });
    expect(stateOf(twice).payment?.payment).toBe('Y1');
  });
  it('that takes the place of another needs its own first hand', () => {
    const swapped = told(until('passed-down'), prepare, cancel(), rename());
    const second = { payee: 'P2' };
    const confirmed = told(swapped, confirm(county('county-3'), second), confirm(city('city-5'), second));
    refused(confirmed, { ...make, ...second }, 'payment-unknown');
  });
  it('that nobody doubts is confirmed by nobody', () => {
    refused(until('passed-down'), confirm(county('county-3')), 'payee-not-doubted');
    refused(until('passed-down'), confirm(county('county-3'), { payee: 'P9' }), 'payee-changed');
    refused(until('paid'), rename(), 'claim-over');
  });
});

describe('the payment', () => {
  it('waits where the facts of today bear less than was granted', () => {
    const less = { worthNow: '59999.99' };
    refused(until('approved'), { ...WAY['passed-down'][0], ...less }, 'award-changed');
    refused(until('passed-down'), { ...prepare, ...less }, 'award-changed');
  });
  it('that was prepared and did not go to the bank is cancelled, and prepared under another name', () => {
    const prepared = told(until('passed-down'), prepare);
    refused(until('passed-down'), cancel(), 'payment-unknown');
    refused(prepared, cancel({ payment: 'Y2' }), 'payment-unknown');
    refused(prepared, cancel({ by: countyFinance('finance-2') }), 'claim-person-in-other-stage');
    refused(prepared, cancel({ by: city('city-5') }), 'claim-of-other-office');
    refused(until('paid'), cancel(), 'claim-state');
    const cancelled = told(prepared, cancel());
    refused(cancelled, make, 'payment-unknown');
    refused(cancelled, prepare, 'payment-known');
    const paid = told(cancelled, { ...prepare, payment: 'Y2' }, { ...make, payment: 'Y2' });
    expect(stateOf(paid).state).toBe('paid');
    refused(paid, bounce(), 'payment-unknown');
  });
  it('of a scaled award waits where the same share of what it is worth now is less', () => {
    const [propose] = WAY.proposed;
    const rest = [...WAY['on-notice'], ...WAY.approved, ...WAY['passed-down']];
    const scaled = told(until('jointly-reviewed'), { ...propose, scale: '0.5', granted: '30000' }, ...rest);
    refused(scaled, { ...prepare, worthNow: '59998' }, 'award-changed');
    expect(stateOf(told(scaled, prepare)).payment?.payment).toBe('Y1');
  });
  it('names what was prepared, a new receipt, and a day that has come', () => {
    const prepared = told(until('passed-down'), prepare);
    given(claim, ...prepared)
      .when(prepare)
      .records();
    refused(prepared, { ...make, payment: 'Y2' }, 'payment-unknown');
    refused(prepared, { ...make, paidOn: '2021-02-19' }, 'day-ahead');
    refused(prepared, { ...make, paidOn: STAND_STILL_UNTIL }, 'paid-before-approval');
    refused(prepared, { ...make, payee: 'P2' }, 'payee-changed');
  });
  it('that the bank gave back 退票 is approved again, and paid under a new receipt', () => {
    refused(until('paid'), bounce({ payment: 'Y2' }), 'payment-unknown');
    refused(until('paid'), bounce({ receipt: 'BR-1' }), 'receipt-known');
    refused(until('paid'), bounce({ bouncedOn: '2021-02-19' }), 'day-ahead');
    refused(until('paid'), bounce({ bouncedOn: '2021-02-17' }), 'bounced-before-paid');
    const back = told(until('paid'), bounce());
    expect(back.at(-1)?.data).toMatchObject({ receipt: 'TP-1', bouncedOn: '2021-02-18' });
    expect(stateOf(back).state).toBe('approved');
    const down = told(back, ...WAY['passed-down']);
    refused(down, prepare, 'payment-known');
    const again = told(down, { ...prepare, payment: 'Y2' });
    for (const receipt of ['BR-1', 'TP-1']) refused(again, { ...make, payment: 'Y2', receipt }, 'receipt-known');
    const twice = told(again, { ...make, payment: 'Y2', receipt: 'BR-2' });
    expect(stateOf(twice).state).toBe('paid');
    // The first came back once: said again it must not free the second.
    refused(twice, bounce({ receipt: 'TP-2' }), 'payment-unknown');
    expect(stateOf(told(twice, bounce({ payment: 'Y2', receipt: 'TP-2' }))).state).toBe('approved');
  });
});
