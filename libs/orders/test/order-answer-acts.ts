import fc from 'fast-check';
import type { OrderCommand } from '../src/order-commands.rules';
import { FILE, LATER, person, WORDS } from '../src/testing';
import { Act, Answer, isOpen, mayChange, mayEnd, Model, ModelFact } from './order-model';

// The acts on what stands in an order already: answers of the other side, of an office, of its maker, and of time.

/** An act on a fact that there is. */
const onFact = (
  name: string,
  command: (fact: ModelFact) => OrderCommand,
  expectation: (fact: ModelFact, model: Model) => Answer,
) =>
  fc.nat(30).map((n): Act => {
    // Mostly the last, which has not been settled yet.
    const factOf = (model: Model) => model.facts.at(n % 3 === 0 ? n % Math.max(1, model.facts.length) : -1 - (n % 2));
    return {
      name,
      command: (model) => {
        const fact = factOf(model);
        return fact && command(fact);
      },
      expect: (model) => expectation(factOf(model)!, model),
    };
  });

const other = ({ side }: ModelFact) => person(side === 'lead' ? 'supplier' : 'lead');

/** Whether a fact may count now; and then it does. */
function counted(fact: ModelFact, model: Model): Answer {
  switch (fact.kind) {
    case 'contract':
      if (!model.fits(model.delivered, fact.percent)) return 'refused';
      model.percent = fact.percent;
      break;
    case 'change':
      if (model.ended || !mayChange(model, fact.quantity, fact.price)) return 'refused';
      model.givenBack += model.quantity - fact.quantity;
      model.quantity = fact.quantity;
      model.price = fact.price;
      break;
    case 'end':
      if (model.ended || !mayEnd(model)) return 'refused';
      model.end();
      break;
    case 'invoice': {
      if (fact.redOf === undefined) break;
      const left = model.left(fact.redOf, ({ state }) => state === 'counts');
      if (left === undefined || left + fact.amount < 0) return 'refused';
      break;
    }
    case 'payment':
      if (fact.amount < 0 && model.paid + fact.amount < 0) return 'refused';
      break;
    case 'delivery':
      fact.accepted += fact.waiting;
      fact.waiting = 0;
      break;
    case 'return':
      if (model.ended) model.goneAfterEnd(fact.quantity);
      break;
  }
  fact.state = 'counts';
  return 'done';
}

const hasRed = (fact: ModelFact, model: Model) =>
  fact.kind === 'invoice' &&
  model.of('invoice').some(({ state, redOf }) => state !== 'settled' && redOf === fact.number);

export const confirm = onFact(
  'confirm',
  (fact) => ({ type: 'ConfirmFact', fact: fact.id, ...other(fact), at: LATER }),
  (fact, model) => {
    // Of a delivery the state is the same word, however it came to it.
    if (fact.kind === 'delivery') return fact.state === 'counts' && !decidedOf(fact) ? 'nothing' : 'refused';
    if (fact.state === 'counts') return decidedOf(fact) ? 'refused' : 'nothing';
    return isOpen(fact) ? counted(fact, model) : 'refused';
  },
);

/** Facts that an office accepted: settled, and confirmed by nobody. */
const decided = new WeakSet<ModelFact>();
const decidedOf = (fact: ModelFact) => decided.has(fact);

export const dispute = onFact(
  'dispute',
  (fact) => ({ type: 'DisputeFact', fact: fact.id, ...other(fact), reason: 'wrong-amount', at: LATER }),
  (fact) => {
    if (fact.state === 'disputed') return 'nothing';
    if (!isOpen(fact)) return 'refused';
    fact.state = 'disputed';
    return 'done';
  },
);

export const takeBack = onFact(
  'take-back',
  (fact) => ({ type: 'TakeBackFact', fact: fact.id, ...person(fact.side), at: LATER }),
  (fact, model) => {
    if (fact.state === 'settled') return decidedOf(fact) ? 'refused' : 'nothing';
    const isAnswered = fact.kind === 'delivery' && fact.accepted + fact.rejected > 0;
    if (!isOpen(fact) || isAnswered || hasRed(fact, model)) return 'refused';
    fact.state = 'settled';
    return 'done';
  },
);

export const decide = fc.boolean().chain((isAccepted) =>
  onFact(
    isAccepted ? 'accept-for' : 'find-not-held',
    (fact) => ({
      type: 'DecideFact',
      fact: fact.id,
      decision: isAccepted ? 'accepted' : 'not-held',
      by: { account: 'olga' },
      text: WORDS,
      files: [FILE],
      at: LATER,
    }),
    (fact, model) => {
      if (decidedOf(fact) && fact.state === (isAccepted ? 'counts' : 'settled')) return 'nothing';
      if (!isOpen(fact) || fact.state === 'entered') return 'refused';
      if (!isAccepted && hasRed(fact, model)) return 'refused';
      if (isAccepted) {
        const answer = counted(fact, model);
        if (answer !== 'done') return answer;
      } else fact.state = 'settled';
      decided.add(fact);
      return 'done';
    },
  ),
);

export const silence = onFact(
  'silence',
  ({ id }) => ({ type: 'RecordSilence', fact: id, since: LATER, at: '2020-07-01T02:00:00.000Z' }),
  (fact) => {
    if (fact.state !== 'entered') return 'nothing';
    fact.state = 'unanswered';
    return 'done';
  },
);
