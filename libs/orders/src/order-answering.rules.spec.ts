import { given } from '@testing/kernel';
import type { OrderCommand } from './order-commands.rules';
import type { LineChange, OrderEvent } from './order-story.rules';
import { order } from './order.decider';
import {
  accepted,
  answering,
  confirmed,
  contractEntered,
  decided,
  delivered,
  disputed,
  endProposed,
  entering,
  FILE,
  LATER,
  opened,
  paid,
  person,
  returned,
  sideOfPerson,
  takenBack,
  unanswered,
  WORDS,
} from './testing';

const open = opened();
const some = (quantity: string, line = 'S1') => ({ line, quantity });
const part = (ok: string, bad = '0', line = 'S1') => ({ line, accepted: ok, rejected: bad });

describe('a return', () => {
  const history = (came: string, rest: string, back: string, tolerance = '0') => [
    open,
    ...[contractEntered('C1', { tolerance }), confirmed('C1', 'supplier')],
    ...[delivered('D1', some(came)), accepted('D1', 'K1', part(came))],
    ...[endProposed('E1'), confirmed('E1', 'supplier')],
    {
      type: 'OrderEnded',
      data: { fact: 'E1', kind: 'early-end', rest: rest === '0' ? [] : [{ ...RETURNED, quantity: rest }], at: LATER },
    } as OrderEvent,
    returned('B1', 'D1', some(back)),
  ];
  const RETURNED = { line: 'S1', listing: 'L1' };
  const changed = (left: string, quantity: string): OrderEvent => ({
    type: 'OrderChanged',
    data: { fact: 'B1', lines: [{ line: 'S1', quantity: left }], rest: [{ ...RETURNED, quantity }], at: LATER },
  });
  const confirm = answering('ConfirmFact', 'B1', 'supplier');
  it('after the end is not delivered anew, and goes back to the listing', () => {
    given(order, ...history('60', '40', '10'))
      .when(confirm)
      .records(confirmed('B1', 'supplier'), changed('50', '10'));
    given(order, open, delivered('D1', some('60')), accepted('D1', 'K1', part('60')), returned('B1', 'D1', some('10')))
      .when(confirm)
      .records(confirmed('B1', 'supplier'));
  });
  it('of more than was ordered gives back what was', () => {
    given(order, ...history('105', '0', '10', '0.1'))
      .when(confirm)
      .records(confirmed('B1', 'supplier'), changed('95', '5'));
    given(order, ...history('105', '0', '5', '0.1'))
      .when(confirm)
      .records(confirmed('B1', 'supplier'));
  });
});

describe('a change', () => {
  const propose = (...lines: LineChange[]): OrderCommand => ({
    type: 'ProposeChange',
    ...entering('lead', { fact: 'H1', lines, reason: '需求减少' }),
  });
  const proposed = (...lines: LineChange[]): OrderEvent => ({
    type: 'ChangeProposed',
    data: { fact: 'H1', by: sideOfPerson('lead'), files: [], at: LATER, lines, reason: '需求减少' },
  });
  const down = { line: 'S1', quantity: '80', unitPrice: '2.4' };
  it('takes force when the other side confirms it, and gives back what is less', () => {
    given(order, open).when(propose(down)).records(proposed(down));
    given(order, open, proposed(down))
      .when(answering('ConfirmFact', 'H1', 'supplier'))
      .records(confirmed('H1', 'supplier'), {
        type: 'OrderChanged',
        data: { fact: 'H1', lines: [down], rest: [{ line: 'S1', listing: 'L1', quantity: '20' }], at: LATER },
      });
  });
  it('goes down only, and not below what came', () => {
    given(order, open)
      .when(propose({ line: 'S1', unitPrice: '2.500001' }))
      .refuses('price-up');
    given(order, open)
      .when(propose({ line: 'S1', quantity: '100.5' }))
      .refuses('quantity-up');
    given(order, open, delivered('D1', some('81')))
      .when(propose(down))
      .refuses('quantity-below-delivered');
    given(order, open, proposed(down), delivered('D1', some('81')))
      .when(answering('ConfirmFact', 'H1', 'supplier'))
      .refuses('quantity-below-delivered');
  });
  it('changes something of lines of the order', () => {
    given(order, open).when(propose()).refuses('lines-missing');
    given(order, open)
      .when(propose({ line: 'S1' }))
      .refuses('change-empty');
    given(order, open)
      .when(propose({ line: 'S9', quantity: '1' }))
      .refuses('line-unknown');
    given(order, open).when(propose(down, down)).refuses('line-repeated');
    given(order, open)
      .when({ ...propose(down), reason: '13800138000' } as OrderCommand)
      .refuses('text-names-person');
  });
});

describe('the end', () => {
  const end: OrderCommand = {
    type: 'ProposeEnd',
    ...entering('lead', { fact: 'E1', reason: '需求减少' }),
    kind: 'early-end',
  };
  const ended = (...rest: { line: string; listing: string; quantity: string }[]): OrderEvent => ({
    type: 'OrderEnded',
    data: { fact: 'E1', kind: 'early-end', rest, at: LATER },
  });
  const all = [
    { line: 'S1', listing: 'L1', quantity: '100' },
    { line: 'S2', listing: 'L2', quantity: '40' },
  ];
  it('gives back what was not delivered for good', () => {
    given(order, open).when(end).records(endProposed('E1'));
    given(order, open, endProposed('E1'))
      .when(answering('ConfirmFact', 'E1', 'supplier'))
      .records(confirmed('E1', 'supplier'), ended(...all));
    const traded = [
      delivered('D1', some('60'), some('40', 'S2')),
      accepted('D1', 'K1', part('50', '10'), part('40', '0', 'S2')),
      returned('B1', 'D1', some('5')),
      confirmed('B1', 'supplier'),
    ];
    given(order, open, ...traded, endProposed('E1'))
      .when(answering('ConfirmFact', 'E1', 'supplier'))
      .records(confirmed('E1', 'supplier'), ended({ ...all[0]!, quantity: '55' }));
  });
  it('waits until every delivery is answered and every return settled', () => {
    given(order, open, delivered('D1', some('1')))
      .when(end)
      .refuses('delivery-waits');
    given(order, open, endProposed('E1'), delivered('D1', some('1')), disputed('D1', 'lead'))
      .when(answering('ConfirmFact', 'E1', 'supplier'))
      .refuses('delivery-waits');
    given(order, open, delivered('D1', some('1')), accepted('D1', 'K1', part('1')), returned('B1', 'D1', some('1')))
      .when(end)
      .refuses('return-waits');
  });
  it('is followed by no delivery, no change and no other end', () => {
    const over = [open, endProposed('E1'), confirmed('E1', 'supplier'), ended(...all)];
    given(order, ...over)
      .when({
        type: 'EnterDelivery',
        ...entering('supplier', { fact: 'D1', deliveredOn: '2020-03-20', lines: [some('1')] }),
      })
      .refuses('order-ended');
    given(order, ...over)
      .when({ ...end, fact: 'E2' })
      .refuses('order-ended');
    given(order, ...over, endProposed('E2', 'supplier'))
      .when(answering('ConfirmFact', 'E2', 'lead'))
      .refuses('order-ended');
  });
});

const dispute = (fact: string, given: object = {}): OrderCommand => ({
  type: 'DisputeFact',
  fact,
  ...person('supplier'),
  reason: 'not-happened',
  at: LATER,
  ...given,
});

function decide(fact: string, decision: 'accepted' | 'not-held', given: object = {}): OrderCommand {
  return {
    type: 'DecideFact',
    fact,
    decision,
    by: { account: 'olga', area: '350582' },
    text: WORDS,
    files: [FILE],
    at: LATER,
    ...given,
  };
}

describe('a fact', () => {
  it('is disputed by the other side, and may be confirmed after all', () => {
    given(order, open, paid('P1')).when(dispute('P1')).records(disputed('P1', 'supplier'));
    given(order, open, paid('P1'), disputed('P1', 'supplier')).when(dispute('P1')).records();
    given(order, open, paid('P1'), disputed('P1', 'supplier'))
      .when(answering('ConfirmFact', 'P1', 'supplier'))
      .records(confirmed('P1', 'supplier'));
    given(order, open, paid('P1'), confirmed('P1', 'supplier')).when(dispute('P1')).refuses('fact-settled');
    given(order, open, paid('P1'))
      .when(dispute('P1', { reason: 'other' }))
      .refuses('reason-text-missing');
    given(order, open, paid('P1'))
      .when(dispute('P1', person('lead')))
      .refuses('own-fact');
    given(order, open).when(dispute('P9')).refuses('fact-unknown');
  });
  it('is taken back by whoever entered it, while it does not count', () => {
    given(order, open, paid('P1'))
      .when(answering('TakeBackFact', 'P1', 'lead'))
      .records(takenBack('P1', 'lead'));
    given(order, open, paid('P1'), takenBack('P1', 'lead'))
      .when(answering('TakeBackFact', 'P1', 'lead'))
      .records();
    given(order, open, paid('P1'))
      .when(answering('TakeBackFact', 'P1', 'supplier'))
      .refuses('fact-of-other-side');
    given(order, open, paid('P1'), confirmed('P1', 'supplier'))
      .when(answering('TakeBackFact', 'P1', 'lead'))
      .refuses('fact-settled');
    given(order, open, delivered('D1', some('2')), accepted('D1', 'K1', part('1')))
      .when(answering('TakeBackFact', 'D1', 'supplier'))
      .refuses('fact-settled');
    given(order, open, paid('P1'), takenBack('P1', 'lead'))
      .when(answering('ConfirmFact', 'P1', 'supplier'))
      .refuses('fact-settled');
  });
  it('shows after ten working days that nobody answered', () => {
    // Entered on Monday 1 June 2020; the tenth working day after it is Monday 15 June.
    const silence = (at: string, since = LATER): OrderCommand => ({ type: 'RecordSilence', fact: 'P1', since, at });
    const over = '2020-06-15T16:00:00.000Z';
    given(order, open, paid('P1')).when(silence('2020-06-15T15:59:59.999Z')).records();
    given(order, open, paid('P1'))
      .when(silence(over))
      .records({ type: 'OrderFactUnanswered', data: { fact: 'P1', since: LATER, at: over } });
    given(order, open, paid('P1'), unanswered('P1')).when(silence(over)).records();
    given(order, open, paid('P1'), disputed('P1', 'supplier')).when(silence(over)).records();
    given(order, open, paid('P1')).when(silence(over, '2020-05-01T02:00:00.000Z')).records();
    given(order, open).when(silence(over)).records();
  });
  it('waits anew from each part of an answer', () => {
    const began = '2020-06-08T02:00:00.000Z';
    const over = '2020-06-22T16:00:00.000Z';
    const half = accepted('D1', 'K1', part('60'));
    const partly = [open, delivered('D1', some('100')), { ...half, data: { ...half.data, at: began } } as OrderEvent];
    const silence = (since: string): OrderCommand => ({ type: 'RecordSilence', fact: 'D1', since, at: over });
    given(order, ...partly)
      .when(silence(LATER))
      .records();
    given(order, ...partly)
      .when(silence(began))
      .records({ type: 'OrderFactUnanswered', data: { fact: 'D1', since: began, at: over } });
  });
  it('is decided by an office once it is silent or disputed, on a voucher', () => {
    const silent = [open, paid('P1'), unanswered('P1')];
    given(order, ...silent)
      .when(decide('P1', 'accepted'))
      .records(decided('P1', 'accepted'));
    given(order, ...silent, decided('P1', 'accepted'))
      .when(decide('P1', 'accepted'))
      .records();
    given(order, ...silent, decided('P1', 'accepted'))
      .when(decide('P1', 'not-held'))
      .refuses('fact-settled');
    given(order, open, paid('P1')).when(decide('P1', 'accepted')).refuses('fact-within-term');
    given(order, ...silent)
      .when(decide('P1', 'accepted', { files: [] }))
      .refuses('voucher-missing');
    given(order, ...silent)
      .when(decide('P1', 'not-held', { files: [] }))
      .records({
        type: 'OrderFactDecided',
        data: { ...(decided('P1', 'not-held').data as object), files: [] } as never,
      });
    given(order).when(decide('P1', 'accepted')).refuses('order-unknown');
  });
  it('that an office accepts follows the same rules as one that is confirmed', () => {
    // Its contract takes force as well: beyond 100 its tolerance allows what nothing else does.
    const beyond: OrderCommand = {
      type: 'EnterDelivery',
      ...entering('supplier', { fact: 'D9', deliveredOn: '2020-03-20', lines: [some('110')] }),
    };
    const term = [open, contractEntered('C1', { tolerance: '0.1' }), disputed('C1', 'supplier')];
    given(order, ...term)
      .when(beyond)
      .refuses('delivery-exceeds-order');
    given(order, ...term, decided('C1', 'accepted'))
      .when(beyond)
      .records(delivered('D9', some('110')));
    const wish = [open, endProposed('E1'), disputed('E1', 'supplier')];
    given(order, ...wish, delivered('D1', some('1')))
      .when(decide('E1', 'accepted'))
      .refuses('delivery-waits');
    given(order, open, delivered('D1', some('60')), unanswered('D1'), decided('D1', 'accepted'), contractEntered('C1'))
      .when({
        type: 'EnterReturn',
        ...entering('lead', { fact: 'B1', returnedOn: '2020-04-01', delivery: 'D1', lines: [some('60')] }),
        reason: 'quality',
      })
      .records(returned('B1', 'D1', some('60')));
  });
});
