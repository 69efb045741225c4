import fc from 'fast-check';
import type { OrderCommand } from '../src/order-commands.rules';
import { contractTerms, entering } from '../src/testing';

// A model of one order with one line that knows the domain's rules as plain loops over whole numbers, and the acts told to
// both it and the decider.

export const ORDERED = 100;
export const PRICE = 50;
export type Answer = 'refused' | 'nothing' | 'done';
type State = 'entered' | 'disputed' | 'unanswered' | 'settled' | 'counts';

export type ModelFact = { id: string; side: 'lead' | 'supplier'; state: State } & (
  | { kind: 'contract'; percent: number }
  | { kind: 'delivery'; waiting: number; accepted: number; rejected: number }
  | { kind: 'return'; of: string; quantity: number }
  | { kind: 'change'; quantity: number; price: number }
  | { kind: 'end' }
  | { kind: 'invoice'; number: string; amount: number; redOf?: string }
  | { kind: 'payment'; amount: number }
);
type Kind = ModelFact['kind'];
type Of<K extends Kind> = Extract<ModelFact, { kind: K }>;

const OPEN: readonly State[] = ['entered', 'disputed', 'unanswered'];
export const isOpen = ({ state }: ModelFact) => OPEN.includes(state);

export class Model {
  facts: ModelFact[] = [];
  quantity = ORDERED;
  price = PRICE;
  percent = 0;
  ended = false;
  givenBack = 0;

  of<K extends Kind>(kind: K): Of<K>[] {
    return this.facts.filter((fact): fact is Of<K> => fact.kind === kind);
  }
  get accepted() {
    return this.of('delivery').reduce((total, { accepted }) => total + accepted, 0);
  }
  get waiting() {
    return this.of('delivery').reduce((total, fact) => total + (isOpen(fact) ? fact.waiting : 0), 0);
  }
  get returned() {
    return this.of('return').reduce((total, { state, quantity }) => total + (state === 'counts' ? quantity : 0), 0);
  }
  get delivered() {
    return this.accepted + this.waiting - this.returned;
  }
  get paid() {
    return this.of('payment').reduce((total, { state, amount }) => total + (state === 'counts' ? amount : 0), 0);
  }
  fits(delivered: number, percent = this.percent): boolean {
    return delivered * 100 <= this.quantity * (100 + percent);
  }
  returnable(delivery: string): number {
    const found = this.of('delivery').find(({ id }) => id === delivery);
    const gone = this.of('return').filter(({ of, state }) => of === delivery && state !== 'settled');
    return (found?.accepted ?? 0) - gone.reduce((total, { quantity }) => total + quantity, 0);
  }
  /** What an original has left among facts that are `which`. */
  left(number: string, which: (fact: ModelFact) => boolean): number | undefined {
    const all = this.of('invoice').filter(which);
    const original = all.find((fact) => fact.number === number);
    if (!original) return undefined;
    return all.reduce((total, { redOf, amount }) => total + (redOf === number ? amount : 0), original.amount);
  }
  /** Nobody delivers it anew. */
  goneAfterEnd(quantity: number): void {
    const rest = Math.max(0, this.quantity - (this.delivered - quantity));
    this.givenBack += rest;
    this.quantity -= rest;
  }
  end(): void {
    this.givenBack += Math.max(0, this.quantity - this.delivered);
    this.quantity = Math.min(this.quantity, Math.max(this.delivered, 0));
    this.ended = true;
  }
}

/** One act: what the decider is told, and what the model makes of it. */
export type Act = {
  name: string;
  command: (model: Model) => OrderCommand | undefined;
  expect: (model: Model) => Answer;
};

const next = (model: Model) => `F${model.facts.length}`;
const some = fc.integer({ min: 1, max: 110 });
const nth = fc.nat(9);

/** Enters a fact: the model takes it where the rule holds. */
const enter = (
  name: string,
  command: (model: Model, fact: string) => OrderCommand | undefined,
  fact: (model: Model) => Omit<ModelFact, 'id' | 'state'> & object,
  holds: (model: Model) => boolean,
): Act => ({
  name,
  command: (model) => command(model, next(model)),
  expect(model) {
    if (!holds(model)) return 'refused';
    model.facts.push({ id: next(model), state: 'entered', ...fact(model) } as ModelFact);
    return 'done';
  },
});

export const contract = fc.constantFrom(0, 5, 10).map((percent) =>
  enter(
    'contract',
    (_, fact) => {
      const terms = contractTerms({ tolerance: `${percent / 100}` });
      return { type: 'EnterContract', ...entering('lead', { fact, contract: terms }) };
    },
    () => ({ kind: 'contract', side: 'lead', percent }),
    (model) => model.fits(model.delivered, percent),
  ),
);

export const deliver = some.map((quantity) =>
  enter(
    'deliver',
    (_, fact) => {
      const lines = [{ line: 'S1', quantity: `${quantity}` }];
      return { type: 'EnterDelivery', ...entering('supplier', { fact, deliveredOn: '2020-03-20', lines }) };
    },
    () => ({ kind: 'delivery', side: 'supplier', waiting: quantity, accepted: 0, rejected: 0 }),
    (model) => !model.ended && model.fits(model.delivered + quantity),
  ),
);

const deliveryOf = (model: Model, n: number) => model.of('delivery')[n % Math.max(1, model.of('delivery').length)];

export const accept = fc.tuple(nth, fc.nat(60), fc.nat(30)).map(([n, accepted, rejected]): Act => {
  const parts = ({ waiting }: Of<'delivery'>) =>
    // Often all that waits, so that something ends.
    n % 3 === 0 && waiting > 0 ? [waiting, 0] : [accepted, rejected];
  return {
    name: 'accept',
    command(model) {
      const delivery = deliveryOf(model, n);
      if (!delivery) return undefined;
      const [ok, bad] = parts(delivery);
      return {
        type: 'AcceptDelivery',
        ...entering('lead', {
          fact: delivery.id,
          acceptance: `K${delivery.id} ${delivery.accepted + delivery.rejected}`,
          acceptedOn: '2020-03-21',
        }),
        lines: [{ line: 'S1', accepted: `${ok}`, rejected: `${bad}` }],
        reason: 'quality',
      };
    },
    expect(model) {
      const delivery = deliveryOf(model, n)!;
      const [ok, bad] = parts(delivery) as [number, number];
      if (!isOpen(delivery) || ok + bad === 0 || ok + bad > delivery.waiting) return 'refused';
      delivery.waiting -= ok + bad;
      delivery.accepted += ok;
      delivery.rejected += bad;
      delivery.state = delivery.waiting === 0 ? 'counts' : 'entered';
      return 'done';
    },
  };
});

export const giveBack = fc.tuple(nth, fc.integer({ min: 1, max: 40 })).map(([n, quantity]) =>
  enter(
    'give-back',
    (model, fact) => {
      const delivery = deliveryOf(model, n)?.id ?? 'none';
      const lines = [{ line: 'S1', quantity: `${quantity}` }];
      const body = { fact, returnedOn: '2020-04-01', delivery, lines };
      return { type: 'EnterReturn', ...entering('lead', body), reason: 'quality' };
    },
    (model) => ({ kind: 'return', side: 'lead', of: deliveryOf(model, n)!.id, quantity }),
    (model) => {
      const delivery = deliveryOf(model, n);
      return delivery !== undefined && model.returnable(delivery.id) >= quantity;
    },
  ),
);

export const change = fc.tuple(some, fc.integer({ min: 40, max: 52 })).map(([quantity, price]) =>
  enter(
    'change',
    (_, fact) => {
      const lines = [{ line: 'S1', quantity: `${quantity}`, unitPrice: `${price}` }];
      return { type: 'ProposeChange', ...entering('supplier', { fact, lines, reason: '少要' }) };
    },
    () => ({ kind: 'change', side: 'supplier', quantity, price }),
    (model) => !model.ended && mayChange(model, quantity, price),
  ),
);
export const mayChange = (model: Model, quantity: number, price: number) =>
  price <= model.price && quantity <= model.quantity && quantity >= model.delivered;

export const end = fc.constant(
  enter(
    'end',
    (_, fact) => ({ type: 'ProposeEnd', ...entering('lead', { fact, reason: '停产' }), kind: 'default' }),
    () => ({ kind: 'end', side: 'lead' }),
    (model) => !model.ended && mayEnd(model),
  ),
);
export const mayEnd = (model: Model) => ![...model.of('delivery'), ...model.of('return')].some(isOpen);

export const invoice = fc.tuple(some, fc.boolean(), nth).map(([amount, isRed, n]) => {
  const redOf = (model: Model) => {
    const originals = model.of('invoice').filter((fact) => fact.redOf === undefined);
    return isRed ? (originals[n % Math.max(1, originals.length)]?.number ?? 'none') : undefined;
  };
  const value = isRed ? -amount : amount;
  return enter(
    isRed ? 'red' : 'invoice',
    (model, fact) => {
      const body = { fact, number: `N${fact}`, invoicedOn: '2020-04-01', net: `${value}`, gross: `${value}` };
      const original = redOf(model);
      return { type: 'EnterInvoice', ...entering('supplier', body), ...(original && { redOf: original }) };
    },
    (model) => ({
      kind: 'invoice',
      side: 'supplier',
      number: `N${next(model)}`,
      amount: value,
      redOf: redOf(model),
    }),
    (model) => {
      const original = redOf(model);
      if (original === undefined) return true;
      const left = model.left(original, ({ state }) => state !== 'settled');
      return left !== undefined && left + value >= 0;
    },
  );
});

export const pay = fc.tuple(some, fc.boolean(), fc.boolean()).map(([amount, isBack, byLead]) => {
  const value = isBack ? -amount : amount;
  const side = byLead ? 'lead' : 'supplier';
  return enter(
    isBack ? 'pay-back' : 'pay',
    (_, fact) => ({
      type: 'EnterPayment',
      ...entering(side, { fact, paidOn: '2020-04-10', gross: `${value}` }),
      means: 'transfer',
    }),
    () => ({ kind: 'payment', side, amount: value }),
    (model) => model.paid + value >= 0,
  );
});
