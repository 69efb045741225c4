import { given } from '@testing/kernel';
import type { OrderCommand } from './order-commands.rules';
import { order } from './order.decider';
import {
  answering,
  confirmed,
  delivered,
  disputed,
  entering,
  FILE,
  invoiced,
  LATER,
  opened,
  orderLine,
  paid,
  person,
  sideOfPerson,
  takenBack,
  WORDS,
} from './testing';

const open = opened();

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

const NUMBER = '23442000000014209621';

it('a delivery is worth no more than an amount may be, line by line', () => {
  // Twice the largest amount, to the fen below it and above it.
  const dear = opened(orderLine({ quantity: '200000000', unitPrice: '1000000' }));
  const deliver = (quantity: string): OrderCommand => ({
    type: 'EnterDelivery',
    ...entering('supplier', { fact: 'D1', deliveredOn: '2020-03-20', lines: [{ line: 'S1', quantity }] }),
  });
  given(order, dear)
    .when(deliver('99999999.99999'))
    .records(delivered('D1', { line: 'S1', quantity: '99999999.99999' }));
  given(order, dear).when(deliver('100000000')).refuses('delivery-worth-too-large');
});

it('is entered by the firm of the order, not by another registration on its code, on its day in Shanghai', () => {
  const lines = [{ line: 'S1', quantity: '1' }];
  const deliver = (given: object): OrderCommand => ({
    type: 'EnterDelivery',
    ...entering('supplier', { fact: 'D1', deliveredOn: '2020-06-02', lines, ...given }),
  });
  const today = { at: '2020-06-01T16:00:00.000Z' };
  for (const side of ['lead', 'supplier'] as const) {
    const by = { ...person(side).by, registration: 'another' };
    given(order, open)
      .when(deliver({ ...today, by }))
      .refuses('order-unknown');
  }
  given(order, open)
    .when(deliver({ at: '2020-06-01T15:59:59.999Z' }))
    .refuses('day-ahead');
  expect(order.decide(deliver(today), [open].reduce(order.evolve, order.initial))).toHaveLength(1);
});

describe('an invoice', () => {
  const number = NUMBER;
  const enter = (fact: string, given: object = {}): OrderCommand => ({
    type: 'EnterInvoice',
    ...entering('supplier', { fact, number, invoicedOn: '2020-03-25', net: '100', gross: '113', ...given }),
  });
  const red = { number: 'red-1', redOf: number, net: '-40', gross: '-45.2' };
  it('is entered once, and again by a step that comes again', () => {
    given(order, open).when(enter('V1')).records(invoiced('V1'));
    given(order, open, invoiced('V1')).when(enter('V1')).records();
    given(order, open, invoiced('V1')).when(enter('V2')).refuses('invoice-entered-already');
    given(order, open, invoiced('V1'), takenBack('V1', 'supplier')).when(enter('V2')).records(invoiced('V2'));
    given(order, open, invoiced('V1'))
      .when(enter('V1', { number: '1' }))
      .refuses('fact-id-taken');
  });
  it('is the supplier’s, of a day that has come, above zero', () => {
    given(order, open)
      .when({ ...enter('V1'), ...person('lead') } as OrderCommand)
      .refuses('fact-of-supplier');
    given(order, open)
      .when(enter('V1', { invoicedOn: '2020-06-02' }))
      .refuses('day-ahead');
    given(order, open)
      .when(enter('V1', { net: '0' }))
      .refuses('amount-not-positive');
  });
  it('is reversed by red ones, never below zero', () => {
    given(order, open, invoiced('V1')).when(enter('V2', red)).records(invoiced('V2', red));
    given(order, open, invoiced('V1'))
      .when(enter('V2', { ...red, net: '40' }))
      .refuses('red-not-below-zero');
    given(order, open).when(enter('V2', red)).refuses('red-original-unknown');
    given(order, open, invoiced('V1'), invoiced('V2', red))
      .when(enter('V3', { ...red, number: 'red-2', net: '-60.01', gross: '-67.8' }))
      .refuses('red-exceeds-invoice');
  });
  it('counts below zero only beside an original that counts', () => {
    const both = [open, invoiced('V1'), invoiced('V2', red)];
    given(order, ...both)
      .when(answering('ConfirmFact', 'V2', 'lead'))
      .refuses('red-original-unknown');
    given(order, ...both, confirmed('V1', 'lead'))
      .when(answering('ConfirmFact', 'V2', 'lead'))
      .records(confirmed('V2', 'lead'));
    given(order, ...both)
      .when(answering('TakeBackFact', 'V1', 'supplier'))
      .refuses('invoice-has-red');
    given(order, ...both, disputed('V1', 'lead'))
      .when(decide('V1', 'not-held'))
      .refuses('invoice-has-red');
  });
});

describe('a payment', () => {
  const pay = (fact: string, given: object = {}, side: 'lead' | 'supplier' = 'lead'): OrderCommand => ({
    type: 'EnterPayment',
    ...entering(side, { fact, paidOn: '2020-04-10', gross: '113' }),
    means: 'transfer',
    ...given,
  });
  it('is entered by either side, and confirmed by the other', () => {
    given(order, open).when(pay('P1')).records(paid('P1'));
    given(order, open)
      .when(pay('P1', {}, 'supplier'))
      .records({
        type: 'PaymentEntered',
        data: {
          fact: 'P1',
          by: sideOfPerson('supplier'),
          files: [],
          at: LATER,
          paidOn: '2020-04-10',
          gross: '113',
          means: 'transfer',
        },
      });
  });
  it('has a maturity where it is a bill', () => {
    const bill = { means: 'bank-bill', maturesOn: '2020-10-10' };
    given(order, open)
      .when(pay('P1', bill))
      .records(paid('P1', { means: 'bank-bill', maturesOn: '2020-10-10' }));
    given(order, open)
      .when(pay('P1', { means: 'bank-bill' }))
      .refuses('maturity-of-bills');
    given(order, open)
      .when(pay('P1', { maturesOn: '2020-10-10' }))
      .refuses('maturity-of-bills');
    given(order, open)
      .when(pay('P1', { ...bill, maturesOn: '2020-04-09' }))
      .refuses('matures-before-paid');
  });
  it('is paid back up to what was paid and counts', () => {
    given(order, open)
      .when(pay('P1', { gross: '0' }))
      .refuses('amount-zero');
    given(order, open)
      .when(pay('P1', { paidOn: '2020-06-02' }))
      .refuses('day-ahead');
    given(order, open)
      .when(pay('P1', { reference: '13800138000' }))
      .refuses('text-names-person');
    given(order, open, paid('P1'))
      .when(pay('P2', { gross: '-1' }))
      .refuses('payback-exceeds-paid');
    const back = [open, paid('P1'), confirmed('P1', 'supplier'), paid('P2', { gross: '-113' })];
    given(order, ...back.slice(0, 3))
      .when(pay('P2', { gross: '-113' }))
      .records(back[3]!);
    given(order, ...back, paid('P3', { gross: '-113' }), confirmed('P2', 'supplier'))
      .when(answering('ConfirmFact', 'P3', 'supplier'))
      .refuses('payback-exceeds-paid');
  });
});

describe('a part of a statement', () => {
  const take = (given: object = {}): OrderCommand => ({
    type: 'TakeStatementPart',
    ...entering('lead', { fact: 'T1', statement: 'M1', confirmedBy: person('supplier') }),
    part: { kind: 'payment', paidOn: '2020-04-10', gross: '113', means: 'transfer' },
    ...given,
  });
  it('is entered and confirmed at once, once', () => {
    const taken = [paid('T1', { statement: 'M1' }), confirmed('T1', 'supplier')];
    given(order, open)
      .when(take())
      .records(...taken);
    given(order, open, ...taken)
      .when(take())
      .records();
  });
  it('may be an invoice, whoever drew the statement up', () => {
    const part = { kind: 'invoice', number: '1', invoicedOn: '2020-03-25', net: '100', gross: '113' } as const;
    const { kind: _, ...entry } = part;
    given(order, open)
      .when(take({ part }))
      .records(
        {
          type: 'InvoiceEntered',
          data: { fact: 'T1', by: sideOfPerson('lead'), files: [], at: LATER, ...entry, statement: 'M1' },
        },
        confirmed('T1', 'supplier'),
      );
  });
  it('reverses only an invoice that counts, since it counts at once', () => {
    const part = {
      kind: 'invoice',
      number: 'red-1',
      invoicedOn: '2020-03-26',
      redOf: NUMBER,
      net: '-40',
      gross: '-45.2',
    };
    const { kind: _, ...red } = part;
    given(order, open, invoiced('V1')).when(take({ part })).refuses('red-original-unknown');
    given(order, open, invoiced('V1'), confirmed('V1', 'lead'))
      .when(take({ part }))
      .records(
        {
          type: 'InvoiceEntered',
          data: { fact: 'T1', by: sideOfPerson('lead'), files: [], at: LATER, ...red, statement: 'M1' },
        },
        confirmed('T1', 'supplier'),
      );
  });
  it('is confirmed by the other side', () =>
    given(order, open)
      .when(take({ confirmedBy: person('lead') }))
      .refuses('own-fact'));
});
