import { addDays, Exact, sum } from '@app/kernel';
import fc from 'fast-check';
import { dueAccruals, duesAsOf } from './dues-as-of.rules';
import type { ClockPayment } from './dues-as-of.rules';
import { daysBetween, orderDues } from './payment-clock.rules';
import type { ClockAcceptance, ClockTerms, OrderDues } from './payment-clock.rules';

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

describe('where a due stands', () => {
  const order = dues(terms(SIGNED.revised)); // 1130.00 due on 2025-08-30
  const on = (asOf: string, ...payments: ClockPayment[]) => duesAsOf(order, payments, asOf)[0]!;

  it('is in time through its due day, and late from the next', () => {
    expect(on('2025-08-30')).toMatchObject({ open: '1130.00', overdueDays: 0, interest: '0.00' });
    expect(on('2025-08-31')).toMatchObject({ open: '1130.00', overdueDays: 1, interest: '0.57' });
    expect(on('2025-09-09')).toMatchObject({ overdueDays: 10, interest: '5.65' });
  });

  it('counts interest day by day on what is open', () => {
    const part = { paidOn: '2025-09-09', gross: '565.00' };
    expect(on('2025-09-19', part)).toMatchObject({ paid: '565.00', open: '565.00', overdueDays: 20, interest: '8.48' });
    const rest = { paidOn: '2025-09-19', gross: '565.00' };
    expect(on('2025-12-31', part, rest)).toMatchObject({ open: '0.00', overdueDays: 0, interest: '8.48' });
  });

  it('takes a payment on the due day as in time', () => {
    expect(on('2025-12-31', { paidOn: '2025-08-30', gross: '1130.00' }).interest).toBe('0.00');
    expect(on('2025-12-31', { paidOn: '2025-08-31', gross: '1130.00' }).interest).toBe('0.57');
  });

  it('opens again what was paid back', () => {
    const payments = [
      { paidOn: '2025-08-01', gross: '1130.00' },
      { paidOn: '2025-09-09', gross: '-130.00' },
    ];
    expect(on('2025-09-19', ...payments)).toMatchObject({ open: '130.00', overdueDays: 20, interest: '0.65' });
  });

  it('knows nothing that was paid later', () => {
    expect(on('2025-09-09', { paidOn: '2025-09-10', gross: '1130.00' }).open).toBe('1130.00');
    expect(duesAsOf(order, [], '2025-06-30')).toEqual([]);
  });

  it('shows what bills cover until they mature', () => {
    const bill = { paidOn: '2025-08-01', gross: '1000.00', maturesOn: '2026-01-31' };
    expect(on('2025-09-09', bill)).toMatchObject({ paid: '1000.00', open: '130.00', unmatured: '1000.00' });
    expect(on('2026-01-31', bill)).toMatchObject({ open: '130.00', unmatured: '0.00' });
  });

  it('covers the oldest due first, also by what was paid ahead', () => {
    const three = dues(terms(SIGNED.revised), [
      accepted('b', '2025-07-10'),
      accepted('a', '2025-07-01'),
      accepted('c', '2025-07-20'),
    ]);
    const states = duesAsOf(three, [{ paidOn: '2025-06-15', gross: '1500.00' }], '2025-07-31');
    expect(states.map(({ acceptance, paid, open }) => [acceptance, paid, open])).toEqual([
      ['a', '1130.00', '0.00'],
      ['b', '370.00', '760.00'],
      ['c', '0.00', '1130.00'],
    ]);
  });

  it('is without a clock where nothing sets one', () => {
    const [state] = duesAsOf(dues(terms(SIGNED.before)), [], '2030-01-01');
    expect(state).toMatchObject({ open: '1130.00', overdueDays: 0, interest: '0.00', reason: 'none' });
  });
});

describe('for any deliveries, returns and payments', () => {
  const day = fc.integer({ min: 0, max: 400 }).map((days) => addDays('2025-06-01', days));
  const fen = fc.integer({ min: 1, max: 1_000_000 }).map((amount) => new Exact(amount).div(100).toFixed(2));
  const part = fc.record({
    day,
    wait: fc.integer({ min: 0, max: 20 }),
    quantity: fc.integer({ min: 1, max: 500 }),
    price: fen,
  });
  const order = fc
    .record({
      parts: fc.array(part, { maxLength: 6 }),
      returns: fc.array(fc.record({ day, quantity: fc.integer({ min: 1, max: 300 }) }), { maxLength: 3 }),
      agreed: fc.option(
        fc.record({
          days: fc.integer({ min: 0, max: 120 }),
          from: fc.constantFrom('delivery' as const, 'acceptance' as const),
        }),
        { nil: undefined },
      ),
    })
    .map(({ parts, returns, agreed }): OrderDues => {
      const made = parts.map(({ day: deliveredOn, wait, quantity, price }, n) => ({
        fact: `f${n}`,
        acceptance: `a${n}`,
        deliveredOn,
        acceptedOn: addDays(deliveredOn, wait),
        lines: [{ line: 'x', quantity: String(quantity), unitPrice: price }],
      }));
      const back = returns.map(({ day: returnedOn, quantity }) => ({
        returnedOn,
        lines: [{ line: 'x', quantity: String(quantity) }],
      }));
      return orderDues(terms(SIGNED.revised, agreed), made, back);
    });
  const paid = fc.array(fc.record({ paidOn: day, gross: fen }), { maxLength: 6 });

  it('what is paid is what was paid, as far as there is something to pay', () => {
    fc.assert(
      fc.property(order, paid, day, (own, payments, asOf) => {
        const states = duesAsOf(own, payments, asOf);
        const total = sum(states.map(({ amount }) => amount));
        const money = sum(payments.filter(({ paidOn }) => paidOn <= asOf).map(({ gross }) => gross));
        const covered = sum(states.map((one) => one.paid));
        expect(covered.toFixed(2)).toBe((money.gt(total) ? total : money).toFixed(2));
        for (const state of states) {
          expect(new Exact(state.paid).plus(state.open).toFixed(2)).toBe(state.amount);
          expect(new Exact(state.open).gte(0) && new Exact(state.interest).gte(0)).toBe(true);
        }
        // The oldest first: nothing is paid behind what is open.
        const firstOpen = states.findIndex(({ open }) => open !== '0.00');
        const behind = firstOpen < 0 ? [] : states.slice(firstOpen + 1);
        expect(behind.filter((one) => one.paid !== '0.00')).toEqual([]);
      }),
    );
  });

  it('interest is that of a count day by day', () => {
    fc.assert(
      fc.property(order, paid, day, (own, payments, asOf) => {
        for (const { acceptance, dueOn, interest } of duesAsOf(own, payments, asOf)) {
          let counted = new Exact(0);
          for (let at = addDays(dueOn!, 1); at <= asOf; at = addDays(at, 1)) {
            const before = payments.filter(({ paidOn }) => paidOn < at);
            const open = openOf(own, before, acceptance);
            counted = counted.plus(new Exact(open).times(own.rates.dailyRate!));
          }
          expect(interest).toBe(counted.toDecimalPlaces(2, 4).toFixed(2));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('any later day follows from what a row keeps', () => {
    fc.assert(
      fc.property(order, paid, fc.integer({ min: 0, max: 400 }), (own, payments, days) => {
        const last = '2026-12-31'; // after all deliveries and payments
        const asOf = addDays(last, days);
        const kept = dueAccruals(own, payments).map(({ acceptance, open, openDays, since }) => {
          const late = Math.max(0, daysBetween(since, asOf));
          const interest = new Exact(openDays).plus(new Exact(open).times(late)).times(own.rates.dailyRate!);
          return [acceptance, open, interest.toDecimalPlaces(2, 4).toFixed(2)];
        });
        const states = duesAsOf(own, payments, asOf);
        expect(kept).toEqual(states.map(({ acceptance, open, interest }) => [acceptance, open, interest]));
      }),
    );
  });

  it('paying more never costs more, and waiting never costs less', () => {
    fc.assert(
      fc.property(order, paid, fc.record({ paidOn: day, gross: fen }), day, (own, payments, more, asOf) => {
        const interest = (made: ClockPayment[], on: string) =>
          sum(duesAsOf(own, made, on).map((one) => one.interest)).toNumber();
        expect(interest([...payments, more], asOf)).toBeLessThanOrEqual(interest(payments, asOf));
        expect(interest(payments, addDays(asOf, 1))).toBeGreaterThanOrEqual(interest(payments, asOf));
      }),
    );
  });
});

/** What an acceptance has open after these payments, reckoned the plain way. */
function openOf({ dues: all }: OrderDues, payments: readonly ClockPayment[], acceptance: string): string {
  let money = sum(payments.map(({ gross }) => gross));
  for (const due of all) {
    const covered = money.gt(due.amount) ? new Exact(due.amount) : money;
    if (due.acceptance === acceptance) return new Exact(due.amount).minus(covered).toFixed(2);
    money = money.minus(covered);
  }
  throw new Error(`no such due: ${acceptance}`);
}
