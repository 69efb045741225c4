import { isDeepStrictEqual } from 'node:util';
import { Exact, Refused } from '@app/kernel';
import fc from 'fast-check';
import * as answers from '../test/order-answer-acts';
import * as acts from '../test/order-model';
import { Act, Answer, Model, ORDERED, PRICE } from '../test/order-model';
import type { OrderCommand } from './order-commands.rules';
import { factsOf, lineSums, OpenedOrder, Order, orderSums } from './order-state.rules';
import type { OrderEvent } from './order-story.rules';
import { order } from './order.decider';
import { opened, orderLine } from './testing';

// Random stories of one order, told to the decider and to a model. Both must say the same to every command, and whatever
// was said, the order must never break its rules.

const { contract, deliver, accept, giveBack, change, end, invoice, pay } = acts;
const { confirm, dispute, takeBack, decide, silence } = answers;
const many = (weight: number, ...from: fc.Arbitrary<Act>[]) => from.map((arbitrary) => ({ weight, arbitrary }));
const stories = fc.array(
  fc.oneof(
    ...many(10, deliver, accept, accept, confirm, confirm, invoice, pay),
    ...many(4, contract, giveBack, change, dispute, silence, takeBack, decide),
    ...many(2, end),
  ),
  { minLength: 10, maxLength: 50 },
);

type Decide = typeof order.decide;
type Tally = Map<string, number>;

function tell(story: readonly Act[], decider: Decide, tally: Tally = new Map()): void {
  const model = new Model();
  const events: OrderEvent[] = [opened(orderLine({ quantity: `${ORDERED}`, unitPrice: `${PRICE}` }))];
  let state = events.reduce(order.evolve, order.initial);
  for (const { name, command, expect: expectation } of story) {
    const told = command(model);
    if (!told) continue;
    const said = answer(decider, told, state);
    const expected = expectation(model);
    tally.set(`${name} ${said.answer}`, (tally.get(`${name} ${said.answer}`) ?? 0) + 1);
    if (said.answer !== expected) throw new Error(`${name}: the decider says ${said.answer}, the model ${expected}`);
    state = said.events.reduce(order.evolve, state);
    events.push(...said.events);
    checkRules(state!, events, said.events);
  }
  if (!isDeepStrictEqual(events.reduce(order.evolve, order.initial), state)) throw new Error('a replay differs');
}

function answer(decider: Decide, command: OrderCommand, state: Order): { answer: Answer; events: OrderEvent[] } {
  try {
    const events = decider(command, state);
    return { answer: events.length > 0 ? 'done' : 'nothing', events };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { answer: 'refused', events: [] };
  }
}

function checkRules(after: OpenedOrder, events: readonly OrderEvent[], now: readonly OrderEvent[]): void {
  const line = after.lines.get('S1')!;
  const sums = lineSums(after, 'S1');
  const most = new Exact(line.quantity).times(new Exact(1).plus(after.contract?.tolerance ?? 0));
  if (sums.delivered.gt(most)) throw new Error('more is delivered than may be');
  if (sums.returned.plus(sums.returning).gt(sums.accepted)) throw new Error('more is sent back than was accepted');
  if (sums.delivered.isNegative()) throw new Error('less than nothing is delivered');
  if (new Exact(line.unitPrice).gt(PRICE)) throw new Error('a price is above the awarded one');
  const rests = events.flatMap((event) =>
    event.type === 'OrderChanged' || event.type === 'OrderEnded' ? event.data.rest.map((one) => one.quantity) : [],
  );
  if (
    !Exact.sum(0, ...rests)
      .plus(line.quantity)
      .eq(ORDERED)
  )
    throw new Error('rest and order are not the award');
  // What comes back after the end is given back too.
  if (after.ended && sums.delivered.lt(line.quantity)) throw new Error('the end leaves something to deliver');
  const isAdded = (event: OrderEvent) =>
    event.type === 'DeliveryEntered' ||
    (event.type === 'OrderChanged' && after.facts.get(event.data.fact)?.kind !== 'return');
  if (after.ended && now.some(isAdded)) {
    throw new Error('something is delivered or changed after the end');
  }
  const { invoicedNet, paid } = orderSums(after);
  if (paid.isNegative() || invoicedNet.isNegative()) throw new Error('an amount is below zero');
  const numbers = factsOf(after, 'invoice').map(({ number }) => number);
  if (new Set(numbers).size < numbers.length) throw new Error('an invoice stands twice');
}

const RUNS = Number(process.env.PEITAO_PROPERTY_RUNS ?? 3_000);

describe('random stories of an order', () => {
  it(`go as the model says, ${RUNS} times`, () => {
    const tally: Tally = new Map();
    fc.assert(
      fc.property(stories, (story) => tell(story, order.decide, tally)),
      { numRuns: RUNS },
    );
    const done = ['contract', 'deliver', 'accept', 'give-back', 'change', 'end', 'invoice', 'red', 'pay', 'pay-back'];
    done.push('confirm', 'dispute', 'take-back', 'accept-for', 'find-not-held', 'silence');
    const often = RUNS / 100;
    expect(done.filter((name) => (tally.get(`${name} done`) ?? 0) < often)).toEqual([]);
    const refused = ['deliver', 'accept', 'give-back', 'change', 'end', 'red', 'pay-back', 'confirm', 'take-back'];
    expect(refused.filter((name) => (tally.get(`${name} refused`) ?? 0) < often)).toEqual([]);
  }, 240_000);

  const without = (state: Order, forget: (order: OpenedOrder) => Partial<OpenedOrder>): Order =>
    state && { ...state, ...forget(state) };
  const facts = (order: OpenedOrder, kind: string) =>
    new Map([...order.facts].filter(([, fact]) => fact.kind !== kind));
  const careless: Record<string, Decide> = {
    'what was delivered before': (command, state) =>
      command.type === 'EnterDelivery'
        ? order.decide(
            command,
            without(state, (one) => ({ facts: facts(one, 'delivery') })),
          )
        : order.decide(command, state),
    'what was sent back before': (command, state) =>
      command.type === 'EnterReturn'
        ? order.decide(
            command,
            without(state, (one) => ({ facts: facts(one, 'return') })),
          )
        : order.decide(command, state),
    'the end': (command, state) =>
      order.decide(
        command,
        without(state, () => ({ ended: undefined })),
      ),
    'what is agreed now': (command, state) =>
      order.decide(
        command,
        without(state, ({ lines }) => ({
          lines: new Map([...lines].map(([id, line]) => [id, { ...line, ...line.awarded }])),
        })),
      ),
    'what was paid back before': (command, state) =>
      command.type === 'ConfirmFact'
        ? order.decide(
            command,
            without(state, (one) => ({
              facts: new Map(
                [...one.facts].filter(
                  ([, fact]) => fact.kind !== 'payment' || Number(fact.gross) > 0 || fact.state !== 'confirmed',
                ),
              ),
            })),
          )
        : order.decide(command, state),
  };
  it.each(Object.entries(careless))('catch a decider that forgets %s', (_, decider) => {
    const property = fc.property(stories, (story) => tell(story, decider));
    expect(fc.check(property, { numRuns: 1_000 }).failed).toBe(true);
  });
});
