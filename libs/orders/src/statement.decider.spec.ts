import { Refused, sum } from '@app/kernel';
import { given } from '@testing/kernel';
import { array, assert, constantFrom, integer, property } from 'fast-check';
import { holdsClaims, MOST_OF_STATEMENT, statement, StatementCommand } from './statement.decider';
import { dividedInvoice, dividedPayment, InvoiceToDivide } from './statement-division.rules';
import type { DividedInvoice, DividedPayment, StatementContent, StatementEvent } from './statement-story.rules';
import { LEAD, LATER, person, sideOfPerson, STRANGER, SUPPLIER, WORDS } from './testing';

const NUMBER = '23442000000014209621';
const invoice: DividedInvoice = {
  ...{ number: NUMBER, invoicedOn: '2020-05-30', net: '100.00', gross: '113.00', vatRate: '0.13' },
  parts: [
    { order: 'O1', fact: 'F1', net: '60.00', gross: '67.80' },
    { order: 'O2', fact: 'F2', net: '40.00', gross: '45.20' },
  ],
};
const payment: DividedPayment = {
  ...{ payment: 'P1', paidOn: '2020-05-31', gross: '113.00', means: 'transfer' },
  parts: [
    { order: 'O1', fact: 'F3', gross: '67.80' },
    { order: 'O2', fact: 'F4', gross: '45.20' },
  ],
};
const content: StatementContent = {
  orders: ['O1', 'O2'],
  deliveries: [{ order: 'O1', fact: 'D1', kind: 'delivery', date: '2020-05-20', net: '100.00' }],
  standingInvoices: [],
  standingPayments: [],
  invoices: [invoice],
  payments: [payment],
};
const terms = { statement: 'S1', lead: LEAD, supplier: SUPPLIER, month: '2020-05', files: [], at: LATER, ...content };
const drawUp = (given: object = {}): StatementCommand => ({
  ...{ type: 'DrawUpStatement', ...terms, ...person('supplier') },
  ...given,
});
const drawnUp: StatementEvent = { type: 'StatementDrawnUp', data: { ...terms, by: sideOfPerson('supplier') } };
const answer = (
  type: 'ConfirmStatement' | 'DisputeStatement' | 'WithdrawStatement',
  side: 'lead' | 'supplier',
): StatementCommand => ({ type, ...person(side), reason: 'wrong-amount', text: WORDS, at: LATER });
const by = sideOfPerson('lead');
const confirmed: StatementEvent = { type: 'StatementConfirmed', data: { by, at: LATER } };
const disputed: StatementEvent = {
  type: 'StatementDisputed',
  data: { by, reason: 'wrong-amount', text: WORDS, at: LATER },
};
const withdrawn: StatementEvent = {
  type: 'StatementWithdrawn',
  data: { by: sideOfPerson('supplier'), at: LATER },
};

describe('a statement', () => {
  it('is drawn up by either firm, once', () => {
    given(statement).when(drawUp()).records(drawnUp);
    given(statement)
      .when(drawUp(person('lead')))
      .records({ type: 'StatementDrawnUp', data: { ...terms, by } });
    given(statement, drawnUp).when(drawUp()).records();
    given(statement, drawnUp)
      .when(drawUp({ month: '2020-06' }))
      .refuses('statement-id-taken');
    given(statement, drawnUp)
      .when(drawUp(person('lead')))
      .refuses('statement-id-taken');
  });
  it('is nobody else’s', () => {
    given(statement)
      .when(drawUp({ by: STRANGER }))
      .refuses('statement-unknown');
    given(statement, drawnUp)
      .when({ ...answer('ConfirmStatement', 'lead'), by: STRANGER } as StatementCommand)
      .refuses('statement-unknown');
    given(statement).when(answer('ConfirmStatement', 'lead')).refuses('statement-unknown');
  });
  it('says something, and not too much', () => {
    const nothing = { deliveries: [], invoices: [], payments: [] };
    given(statement).when(drawUp(nothing)).refuses('statement-empty');
    const deliveries = Array.from({ length: MOST_OF_STATEMENT + 1 }, () => content.deliveries[0]!);
    given(statement)
      .when(drawUp({ ...nothing, deliveries }))
      .refuses('statement-too-long');
  });
  it('divides over its own orders, each invoice and payment once', () => {
    given(statement)
      .when(drawUp({ orders: ['O1'] }))
      .refuses('statement-order-missing');
    given(statement)
      .when(drawUp({ invoices: [{ ...invoice, parts: [] }] }))
      .refuses('statement-order-missing');
    given(statement)
      .when(drawUp({ invoices: [invoice, invoice] }))
      .refuses('statement-invoice-twice');
    given(statement)
      .when(drawUp({ payments: [payment, payment] }))
      .refuses('statement-payment-twice');
  });
  it('divides a payment up to itself', () => {
    const paying = (given: Partial<DividedPayment>) => drawUp({ payments: [{ ...payment, ...given }] });
    given(statement)
      .when(paying({ gross: '112.99' }))
      .refuses('payment-parts-exceed');
    given(statement)
      .when(paying({ gross: '0.00', parts: [] }))
      .refuses('statement-order-missing');
    given(statement)
      .when(paying({ gross: '0.00' }))
      .refuses('payment-zero');
    given(statement)
      .when(paying({ paidOn: '2020-06-02' }))
      .refuses('payment-dated-ahead');
    given(statement)
      .when(paying({ parts: [payment.parts[0]!, { ...payment.parts[0]!, gross: '0.01' }] }))
      .refuses('payment-order-twice');
    given(statement)
      .when(paying({ reference: '王某 13900001111' }))
      .refuses('text-names-person');
  });
  it('is confirmed or disputed by the other side, and withdrawn by its own', () => {
    given(statement, drawnUp).when(answer('ConfirmStatement', 'lead')).records(confirmed);
    given(statement, drawnUp, confirmed).when(answer('ConfirmStatement', 'lead')).records();
    given(statement, drawnUp).when(answer('ConfirmStatement', 'supplier')).refuses('statement-own');
    given(statement, drawnUp).when(answer('DisputeStatement', 'lead')).records(disputed);
    given(statement, drawnUp, disputed).when(answer('DisputeStatement', 'lead')).records();
    given(statement, drawnUp).when(answer('DisputeStatement', 'supplier')).refuses('statement-own');
    const unsaid = { ...answer('DisputeStatement', 'lead'), reason: 'other', text: undefined } as StatementCommand;
    given(statement, drawnUp).when(unsaid).refuses('reason-text-missing');
    given(statement, drawnUp).when(answer('WithdrawStatement', 'supplier')).records(withdrawn);
    given(statement, drawnUp, withdrawn).when(answer('WithdrawStatement', 'supplier')).records();
    given(statement, drawnUp).when(answer('WithdrawStatement', 'lead')).refuses('statement-not-own');
  });
  it.each([
    ['confirmed', confirmed, answer('DisputeStatement', 'lead')],
    ['confirmed', confirmed, answer('WithdrawStatement', 'supplier')],
    ['disputed', disputed, answer('ConfirmStatement', 'lead')],
    ['withdrawn', withdrawn, answer('ConfirmStatement', 'lead')],
  ] as const)('that was %s stays so', (_, event, command) =>
    given(statement, drawnUp, event).when(command).refuses('statement-settled'),
  );
  it('holds its invoices until it is over, or every order refused its part', () => {
    const holds = (...events: StatementEvent[]) =>
      holdsClaims([drawnUp, ...events].reduce(statement.evolve, statement.initial), NUMBER);
    const refused = (fact: string): StatementEvent => ({
      type: 'StatementPartRefused',
      data: { order: 'O1', fact, code: 'fact-id-taken', at: LATER },
    });
    expect([holds(), holds(confirmed), holds(disputed), holds(withdrawn)]).toEqual([true, true, false, false]);
    expect(holds(confirmed, refused('F1'))).toBe(true);
    expect(holds(confirmed, refused('F1'), refused('F2'))).toBe(false);
  });
  it('keeps what an order refused, once', () => {
    const refusal = { order: 'O1', fact: 'F1', code: 'order-ended', at: LATER };
    const record: StatementCommand = { type: 'RecordRefusedPart', ...refusal };
    const refused: StatementEvent = { type: 'StatementPartRefused', data: refusal };
    given(statement, drawnUp, confirmed).when(record).records(refused);
    given(statement, drawnUp, confirmed, refused).when(record).records();
  });
});

describe('an invoice over several orders', () => {
  const asked = (given: Partial<InvoiceToDivide> = {}): InvoiceToDivide => ({
    ...{ number: NUMBER, invoicedOn: '2020-05-30', amount: '0.10', amountIs: 'net' },
    parts: [
      { order: 'O1', amount: '0.05' },
      { order: 'O2', amount: '0.05' },
    ],
    ...given,
  });
  const amounts = ({ net, gross, parts }: DividedInvoice) => [
    [net, gross],
    ...parts.map((part) => [part.net, part.gross]),
  ];
  it('leaves its last part what rounding left', () =>
    // By itself each part is 0.06 with VAT, and both would be 0.12.
    expect(amounts(dividedInvoice('S1', asked(), () => '0.13'))).toEqual([
      ['0.10', '0.11'],
      ['0.05', '0.06'],
      ['0.05', '0.05'],
    ]));
  it('may be divided in part', () =>
    expect(amounts(dividedInvoice('S1', asked({ amount: '100' }), () => '0.13'))).toEqual([
      ['100.00', '113.00'],
      ['0.05', '0.06'],
      ['0.05', '0.05'],
    ]));
  it('never comes to more than itself, and to itself where its parts are the whole', () => {
    const fen = (amount: number) => (amount / 100).toFixed(2);
    const shares = array(integer({ min: 10, max: 500_000 }), { minLength: 1, maxLength: 40 });
    const kinds = constantFrom<'net' | 'gross'>('net', 'gross');
    const rates = constantFrom('0', '0.01', '0.03', '0.09', '0.13');
    assert(
      property(shares, integer({ min: 0, max: 1_000 }), kinds, rates, (cents, rest, amountIs, rate) => {
        const parts = cents.map((amount, n) => ({ order: `O${n}`, amount: fen(amount) }));
        const amount = fen(cents.reduce((all, one) => all + one, rest));
        const divided = dividedInvoice('S1', asked({ amount, amountIs, parts }), () => rate);
        for (const one of ['net', 'gross'] as const) {
          const together = sum(divided.parts.map((part) => part[one]));
          expect(divided.parts.every((part) => Number(part[one]) > 0)).toBe(true);
          expect(together.lessThanOrEqualTo(divided[one])).toBe(true);
          if (rest === 0) expect(together.toFixed(2)).toBe(divided[one]);
        }
      }),
    );
  });
  it('may mix VAT rates where its tax is stated', () => {
    const rateOf = (order: string) => (order === 'O1' ? '0.13' : '0.09');
    const mixed = {
      amount: '200',
      parts: [
        { order: 'O1', amount: '100' },
        { order: 'O2', amount: '100' },
      ],
    };
    expect(() => dividedInvoice('S1', asked(mixed), rateOf)).toThrow(new Refused('invoice-tax-missing', {}, 'tax'));
    const divided = dividedInvoice('S1', asked({ ...mixed, tax: '22' }), rateOf);
    expect(divided.vatRate).toBeUndefined();
    expect(amounts(divided)).toEqual([
      ['200.00', '222.00'],
      ['100.00', '113.00'],
      ['100.00', '109.00'],
    ]);
  });
  it('has the tax of its orders’ rates', () => {
    const parts = ['O1', 'O2'].map((order) => ({ order, amount: '113' }));
    const mixed = { amount: '226', amountIs: 'gross', parts } as const;
    const rateOf = (order: string) => (order === 'O1' ? '0.13' : '0.09');
    const netsOf = (tax: string) => dividedInvoice('S1', asked({ ...mixed, tax }), rateOf).parts.map(({ net }) => net);
    expect(netsOf('22.33')).toEqual(['100.00', '103.67']);
    expect(netsOf('23.60')).toEqual(['100.00', '102.40']);
    // Less tax would give the second order more without VAT than it was sold for.
    for (const tax of ['0', '1', '21.05', '23.61']) {
      expect(() => netsOf(tax)).toThrow(expect.objectContaining({ code: 'invoice-tax-differs' }));
    }
  });
  it.each([
    // 200 of 300 are divided: 22 yuan of tax, and of the rest none up to 13.
    ['net', '300', '100', ['20.73', '22', '35', '36.27'], ['0', '20.72', '36.28', '99999999999999.99']],
    // 113 and 109 of 335 with VAT, and 113 more.
    ['gross', '335', '', ['20.73', '35', '36.27'], ['20.72', '36.28', '336', '99999999999999.99']],
  ] as const)('has no other tax where it is divided in part, %s', (amountIs, amount, part, good, bad) => {
    const rateOf = (order: string) => (order === 'O1' ? '0.13' : '0.09');
    const partOf = (order: string) => part || (order === 'O1' ? '113' : '109');
    const parts = ['O1', 'O2'].map((order) => ({ order, amount: partOf(order) }));
    for (const redOf of [undefined, 'R']) {
      const divide = (tax: string) => dividedInvoice('S1', asked({ amount, amountIs, parts, tax, redOf }), rateOf);
      for (const tax of good) expect(divide(tax).parts).toHaveLength(2);
      for (const tax of bad) {
        expect(() => divide(tax)).toThrow(expect.objectContaining({ code: 'invoice-tax-differs' }));
      }
    }
  });
  it('is below zero where it is a red one', () =>
    expect(amounts(dividedInvoice('S1', asked({ redOf: 'R' }), () => '0.13'))).toEqual([
      ['-0.10', '-0.11'],
      ['-0.05', '-0.06'],
      ['-0.05', '-0.05'],
    ]));
  it('gives each order a fact of its own, the same whenever it is divided', () => {
    const facts = () => dividedInvoice('S1', asked(), () => '0.13').parts.map(({ fact }) => fact);
    expect(facts()).toEqual(facts());
    expect(new Set(facts()).size).toBe(2);
  });
});

it('divides what was paid back below zero', () =>
  expect(
    dividedPayment('S1', {
      ...{ payment: 'P1', paidOn: '2020-05-31', amount: '10', isPaidBack: true, means: 'transfer' },
      parts: [{ order: 'O1', amount: '10' }],
    }),
  ).toMatchObject({ gross: '-10.00', parts: [{ order: 'O1', gross: '-10.00' }] }));
