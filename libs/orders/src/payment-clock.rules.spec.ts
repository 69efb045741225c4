import { Exact } from '@app/kernel';
import { clockRates, daysBetween, ONE_YEAR_LPR, orderDues } from './payment-clock.rules';
import type { ClockAcceptance, ClockTerms } from './payment-clock.rules';

const SIGNED = { before: '2020-08-31', first: '2020-09-01', last: '2025-05-31', revised: '2025-06-01' } as const;

const largeOwesSmall: Pick<ClockTerms, 'leadSize' | 'supplierSize' | 'vatRate'> = {
  leadSize: 'large',
  supplierSize: 'small',
  vatRate: '0.13',
};
const terms = (contractDate: string, agreed?: ClockTerms['agreed']): ClockTerms => ({
  contractDate,
  agreed,
  ...largeOwesSmall,
});

/** 1,000 yuan without VAT, 1,130 with. */
const accepted = (id = 'a', day = '2025-07-01', acceptedOn = day): ClockAcceptance => ({
  fact: `delivery ${id}`,
  acceptance: id,
  deliveredOn: day,
  acceptedOn,
  lines: [{ line: 'masks', quantity: '100', unitPrice: '10' }],
});

const dues = (of: ClockTerms, parts = [accepted()]) => orderDues(of, parts, []);
const onlyDue = (of: ClockTerms, part = accepted()) => dues(of, [part]).dues[0]!;

describe('when a delivery is due', () => {
  it('is as agreed, from the day of delivery or of acceptance', () => {
    const part = accepted('a', '2020-10-01', '2020-10-11');
    for (const day of Object.values(SIGNED)) {
      expect(onlyDue(terms(day, { days: 30, from: 'delivery' }), part)).toMatchObject({
        dueOn: '2020-10-31',
        reason: 'contract-delivery',
        amount: '1130.00',
      });
      expect(onlyDue(terms(day, { days: 30, from: 'acceptance' }), part)).toMatchObject({
        dueOn: '2020-11-10',
        reason: 'contract-acceptance',
      });
    }
  });

  it.each([
    [SIGNED.before, undefined, 'none'],
    [SIGNED.first, undefined, 'none'],
    [SIGNED.last, undefined, 'none'],
    [SIGNED.revised, '2025-08-30', 'sixty-days'],
  ])('of a contract of %s that says nothing is %s', (day, dueOn, reason) => {
    const due = onlyDue(terms(day));
    expect([due.dueOn, due.reason]).toEqual([dueOn, reason]);
  });

  it('is as the award said while no contract says more', () => {
    const part = accepted();
    const lines = [
      { ...part.lines[0]!, termDays: 15 },
      { line: 'gowns', quantity: '1', unitPrice: '1', termDays: 45 },
    ];
    expect(onlyDue(terms(SIGNED.revised), { ...part, lines })).toMatchObject({
      dueOn: '2025-08-15',
      reason: 'award-term',
    });
  });

  it('follows a longer term that a large firm agreed on with its supplier', () => {
    expect(onlyDue(terms(SIGNED.revised, { days: 90, from: 'delivery' })).dueOn).toBe('2025-09-29');
  });

  it.each([
    ['large', 'large', undefined],
    ['medium', 'small', undefined],
    ['micro', 'micro', undefined],
    ['large', 'medium', '2025-08-30'],
    ['large', 'micro', '2025-08-30'],
    ['large', undefined, undefined],
    [undefined, 'small', undefined],
  ] as const)('has 60 days only where a large firm owes an SME: %s owes %s', (leadSize, supplierSize, dueOn) => {
    expect(onlyDue({ ...terms(SIGNED.revised), leadSize, supplierSize }).dueOn).toBe(dueOn);
  });
});

describe('what a day of being late costs', () => {
  const agreed = (lateInterest?: string) => ({ days: 30, from: 'delivery', lateInterest }) as const;

  it.each([
    [SIGNED.before, 'before-rule', 'none', undefined],
    [SIGNED.first, 'rule-2020', 'daily', '0.0005'],
    [SIGNED.last, 'rule-2020', 'daily', '0.0005'],
    [SIGNED.revised, 'rule-2025', 'daily', '0.0005'],
  ])('nothing agreed, contract of %s', (day, row, interest, dailyRate) => {
    const rates = clockRates(terms(day, agreed()));
    expect([rates.row, rates.interest, rates.dailyRate]).toEqual([row, interest, dailyRate]);
  });

  it.each([
    // Before the rule an agreed rate holds however low.
    [SIGNED.before, '0.0365', 'agreed', '0.0001', undefined],
    [SIGNED.first, '0.0384', 'lpr', daily('0.0385'), '0.0385'],
    [SIGNED.first, '0.0385', 'agreed', daily('0.0385'), '0.0385'],
    [SIGNED.last, '0.0299', 'lpr', daily('0.03'), '0.03'],
    [SIGNED.revised, '0.03', 'agreed', daily('0.03'), '0.03'],
    [SIGNED.revised, '0.073', 'agreed', '0.0002', '0.03'],
  ])('contract of %s with %s a year: %s', (day, lateInterest, interest, dailyRate, floor) => {
    const rates = clockRates(terms(day, agreed(lateInterest)));
    expect([rates.interest, rates.dailyRate, rates.lpr?.rate]).toEqual([interest, dailyRate, floor]);
  });

  it.each(['2021-12-19', '2021-12-20', '2024-10-20', '2024-10-21'])('takes the LPR of the contract date, %s', (day) => {
    const floor = clockRates(terms(day, agreed('0.001'))).lpr!;
    expect(floor).toEqual({
      rate: { '2021-12-19': '0.0385', '2021-12-20': '0.038', '2024-10-20': '0.0335', '2024-10-21': '0.031' }[day],
      from: { '2021-12-19': '2020-04-20', '2021-12-20': '2021-12-20', '2024-10-20': '2024-07-22', '2024-10-21': day }[
        day
      ],
      isKnown: true,
    });
  });

  it('says that a floor is the last one known', () => {
    expect(clockRates(terms('2030-01-01', agreed('0.001'))).lpr).toMatchObject({ rate: '0.03', isKnown: false });
  });

  it.each([
    ['medium', 'small', false],
    ['large', 'large', false],
    [undefined, 'small', undefined],
    ['large', undefined, undefined],
  ] as const)('is only what was agreed where %s owes %s', (leadSize, supplierSize, holds) => {
    const sizes = { leadSize, supplierSize };
    expect(clockRates({ ...terms(SIGNED.revised, agreed()), ...sizes })).toEqual({
      row: 'rule-2025',
      ...(holds !== undefined && { holds }),
      interest: 'none',
    });
    expect(clockRates({ ...terms(SIGNED.revised, agreed('0.0001')), ...sizes }).interest).toBe('agreed');
  });

  it('has a floor for every contract that the rule reaches', () => {
    expect(ONE_YEAR_LPR[0]!.from <= SIGNED.first).toBe(true);
    expect(ONE_YEAR_LPR.map(({ from }) => from)).toEqual([...ONE_YEAR_LPR.map(({ from }) => from)].sort());
  });
});

it('comes with VAT to what the whole comes to, however it was parted', () => {
  const part = (id: string, day: string, quantity: string): ClockAcceptance => ({
    ...accepted(id, day),
    lines: [{ line: 'boxes', quantity, unitPrice: '35.01' }],
  });
  const of = { ...terms(SIGNED.revised), vatRate: '0.03' };
  const whole = onlyDue(of, part('a', '2025-07-01', '5035')).amount;
  expect(whole).toBe('181563.61');
  // Rounded each by itself they would come to a fen more, which nobody owes.
  const parts = [part('b', '2025-07-02', '2385'), part('a', '2025-07-01', '2650')];
  expect(dues(of, parts).dues.map(({ amount }) => amount)).toEqual(['95559.80', '86003.81']);
});

describe('returns', () => {
  const parts = [accepted('a', '2025-07-01'), accepted('b', '2025-07-10'), accepted('c', '2025-07-20')];
  const amounts = (returnedOn: string, quantity: string, line = 'masks') =>
    Object.fromEntries(
      orderDues(terms(SIGNED.revised), parts, [{ returnedOn, lines: [{ line, quantity }] }]).dues.map(
        ({ acceptance, amount }) => [acceptance, amount],
      ),
    );

  it('take from the latest delivery that was accepted by then', () => {
    expect(amounts('2025-07-31', '40')).toEqual({ a: '1130.00', b: '1130.00', c: '678.00' });
    expect(amounts('2025-07-12', '40')).toEqual({ a: '1130.00', b: '678.00', c: '1130.00' });
  });

  it('go on to the one before, and what came back whole is no due', () => {
    expect(amounts('2025-07-31', '150')).toEqual({ a: '1130.00', b: '565.00' });
    expect(amounts('2025-07-01', '150')).toEqual({ b: '1130.00', c: '565.00' });
  });

  it('come from the delivery that they name', () => {
    const back = [{ returnedOn: '2025-07-31', fact: 'delivery a', lines: [{ line: 'masks', quantity: '40' }] }];
    const { dues: left } = orderDues(terms(SIGNED.revised), parts, back);
    expect(left.map(({ acceptance, amount }) => [acceptance, amount])).toEqual([
      ['a', '678.00'],
      ['b', '1130.00'],
      ['c', '1130.00'],
    ]);
  });

  it('leave other lines alone', () => {
    expect(amounts('2025-07-31', '40', 'gowns')).toEqual({ a: '1130.00', b: '1130.00', c: '1130.00' });
  });
});

function daily(yearly: string): string {
  return new Exact(yearly).div(365).toDecimalPlaces(30).toFixed();
}

it('counts days between days', () => {
  expect([daysBetween('2025-02-28', '2025-03-01'), daysBetween('2024-02-28', '2024-03-01')]).toEqual([1, 2]);
  expect(daysBetween('2025-03-01', '2025-03-01')).toBe(0);
});
