import { order } from './order.decider';
import { contractDay, duesOf, paymentsOf } from './order-dues.rules';
import type { OrderEvent } from './order-story.rules';
import type { OpenedOrder } from './order-state.rules';
import {
  accepted,
  confirmed,
  contractEntered,
  decided,
  delivered,
  opened,
  paid,
  returned,
  unanswered,
} from './testing';

// The payment clock of an order, from its own events.

const SIZES = { lead: 'large', supplier: 'small' } as const;
const of = (...events: OrderEvent[]): OpenedOrder => events.reduce(order.evolve, order.initial) as OpenedOrder;
const openedAt = (at: string): OrderEvent => {
  const event = opened() as Extract<OrderEvent, { type: 'OrderOpened' }>;
  return { ...event, data: { ...event.data, at } };
};
const agreed = (signedOn: string): OrderEvent[] => [contractEntered('C1', { signedOn }), confirmed('C1', 'supplier')];
/** 100 at 2.5 yuan, with 13 % VAT: 282.50. */
const took = [
  delivered('D1', { line: 'S1', quantity: '100' }),
  accepted('D1', 'A1', { line: 'S1', accepted: '100', rejected: '0' }),
];
const rowOf = (state: OpenedOrder) => duesOf(state, SIZES).rates;

describe('the row of the table', () => {
  it.each([
    ['2020-08-31', 'before-rule', 'none'],
    ['2020-09-01', 'rule-2020', 'daily'],
    ['2025-05-31', 'rule-2020', 'daily'],
    ['2025-06-01', 'rule-2025', 'daily'],
  ])('of a contract signed on %s is %s', (signedOn, row, interest) => {
    expect(rowOf(of(opened(), ...agreed(signedOn)))).toMatchObject({ row, interest });
  });

  it.each([
    ['2020-08-31T15:59:59.999Z', '2020-08-31', 'before-rule'],
    ['2020-08-31T16:00:00.000Z', '2020-09-01', 'rule-2020'],
    ['2025-05-31T15:59:59.999Z', '2025-05-31', 'rule-2020'],
    ['2025-05-31T16:00:00.000Z', '2025-06-01', 'rule-2025'],
  ])('without a contract is that of the day in Asia/Shanghai on which it opened: %s', (at, day, row) => {
    const state = of(openedAt(at));
    expect([contractDay(state), rowOf(state).row]).toEqual([day, row]);
  });

  it('does not move by a contract that one side alone says', () => {
    const state = of(openedAt('2025-06-01T02:00:00.000Z'), contractEntered('C1', { signedOn: '2020-08-31' }));
    expect(rowOf(state).row).toBe('rule-2025');
    expect(rowOf(of(...[openedAt('2025-06-01T02:00:00.000Z'), ...agreed('2020-08-31')])).row).toBe('before-rule');
  });
});

describe('what is due', () => {
  it('is each acceptance, as agreed from its delivery', () => {
    const { dues } = duesOf(of(opened(), ...agreed('2020-03-02'), ...took), SIZES);
    expect(dues).toMatchObject([{ acceptance: 'A1', dueOn: '2020-04-19', amount: '282.50' }]);
  });

  it('is nothing of what nobody has accepted, and less by what came back', () => {
    const [sent, answer] = took as [OrderEvent, OrderEvent];
    expect(duesOf(of(opened(), ...agreed('2020-03-02'), sent), SIZES).dues).toEqual([]);
    const back = [returned('R1', 'D1', { line: 'S1', quantity: '40' }), confirmed('R1', 'supplier')];
    const { dues } = duesOf(of(opened(), ...agreed('2020-03-02'), sent, answer, ...back), SIZES);
    expect(dues).toMatchObject([{ amount: '169.50' }]);
  });

  it('is also what an office accepted in the lead’s place', () => {
    const silent = [took[0]!, unanswered('D1'), decided('D1', 'accepted')];
    const { dues } = duesOf(of(opened(), ...agreed('2020-03-02'), ...silent), SIZES);
    expect(dues).toMatchObject([{ acceptance: 'D1', amount: '282.50' }]);
  });

  it('is met by payments that count, and by no others', () => {
    const state = of(opened(), paid('P1'), confirmed('P1', 'supplier'), paid('P2', { gross: '7' }));
    expect(paymentsOf(state)).toMatchObject([{ gross: '113', paidOn: '2020-04-10' }]);
  });
});
