import { addDays, Exact, toFen, withVat } from '@app/kernel';
import { ActOnOrder, DecideOrderFact, RegisterInvoice } from '@app/orders';
import { City, personOf, SimulatedFirm } from './city';

// One order from its contract to its payment, each fact told by one side and answered by the other.

export type Performance = {
  readonly order: string;
  readonly line: string;
  /** Where it was matched. */
  readonly listing?: string;
  readonly lead: SimulatedFirm;
  readonly supplier: SimulatedFirm;
  readonly quantity: string;
  readonly price: string;
  /** The day of its contract. */
  readonly begins: string;
  /** Of one that was not matched here: the fact that there is such an order. */
  readonly opening?: string;
  readonly plan: Plan;
};

export type PlannedInvoice = {
  readonly fact: string;
  readonly number: string;
  readonly net: string;
  readonly day: string;
};
export type Plan = {
  readonly delivery: string;
  readonly cutPrice?: string;
  readonly delivered: string;
  readonly rejected: string;
  readonly invoices: readonly PlannedInvoice[];
  /** With VAT. */
  readonly paid: string;
  /** `late`: long after the claims of the year; `disputed`: the supplier says that no money came. */
  readonly payment: 'in-time' | 'late' | 'disputed' | 'accepted-by-office';
  readonly isContractConfirmed: boolean;
  readonly isFirstInvoiceTakenBack: boolean;
};

let numbered = 0;
export const nextNumber = (): string => `3500201130-${String(++numbered).padStart(8, '0')}`;

export function planOf(city: City, { order, quantity, price, begins }: Omit<Performance, 'plan'>): Plan {
  const { id, chance, draw } = city;
  const cutPrice = chance(0.05) ? new Exact(price).times('0.9').toDecimalPlaces(3).toFixed() : undefined;
  const delivered = chance(0.8) ? quantity : new Exact(quantity).times('0.6').floor().toFixed();
  const rejected = chance(0.1) ? new Exact(delivered).times('0.1').floor().toFixed() : '0';
  const net = new Exact(delivered).minus(rejected).times(cutPrice ?? price);
  // Some invoice less than they delivered, and a few more.
  const invoiced = net.times([1, 1, 1, 0.9, 1.15][Math.floor(draw() * 5)]!);
  const halves = chance(0.3) ? ['0.5', '0.5'] : ['1'];
  const invoices = halves.map((part, at) => ({
    fact: id('invoice', order, at),
    number: nextNumber(),
    net: toFen(invoiced.times(part)).toFixed(2),
    day: addDays(begins, 30 + at),
  }));
  const share = [1, 1, 1, 1, 0.8, 0.5, 0.95][Math.floor(draw() * 7)]!;
  const paid = toFen(withVat(toFen(invoiced), '0.13').times(share)).toFixed(2);
  const way = draw();
  const payment = way < 0.06 ? 'late' : way < 0.09 ? 'disputed' : way < 0.12 ? 'accepted-by-office' : 'in-time';
  return {
    ...{ delivery: id('delivery', order), delivered, rejected, invoices, paid, payment },
    ...(cutPrice !== undefined && { cutPrice }),
    isContractConfirmed: !chance(0.04),
    isFirstInvoiceTakenBack: chance(0.03),
  };
}

type Act = ConstructorParameters<typeof ActOnOrder>[2];

export const act = (city: City, order: string, firm: SimulatedFirm, what: Act): Promise<unknown> =>
  city.tellAs(firm, (context) => new ActOnOrder(order, personOf(firm), what, context));

export const confirm = (city: City, order: string, firm: SimulatedFirm, fact: string): Promise<unknown> =>
  act(city, order, firm, { type: 'ConfirmFact', fact });

export async function perform(city: City, performance: Performance): Promise<void> {
  const { order, line, lead, supplier, begins, opening, plan } = performance;
  if (opening !== undefined) await confirm(city, order, lead, opening);
  else {
    const fact = city.id('contract', order);
    const contract = { signedOn: begins, paymentFrom: 'delivery', paymentTermDays: 30 } as const;
    await act(city, order, lead, { type: 'EnterContract', fact, contract });
    if (plan.isContractConfirmed) await confirm(city, order, supplier, fact);
  }
  if (plan.cutPrice !== undefined) {
    const fact = city.id('change', order);
    const lines = [{ line, unitPrice: plan.cutPrice }];
    await act(city, order, lead, { type: 'ProposeChange', fact, lines, reason: '材料降价' });
    await confirm(city, order, supplier, fact);
  }
  await deliver(city, performance);
  for (const invoice of plan.invoices) {
    await enterInvoice(city, performance, invoice);
    if (plan.isFirstInvoiceTakenBack && invoice === plan.invoices[0]) {
      await act(city, order, supplier, { type: 'TakeBackFact', fact: invoice.fact });
    } else await confirm(city, order, lead, invoice.fact);
  }
  if (plan.payment !== 'late') await pay(city, performance, addDays(begins, 45));
}

async function deliver(city: City, { order, line, lead, supplier, begins, plan }: Performance): Promise<void> {
  const { delivery: fact, delivered, rejected } = plan;
  const lines = [{ line, quantity: delivered }];
  await act(city, order, supplier, { type: 'EnterDelivery', fact, deliveredOn: addDays(begins, 20), lines });
  const accepted = new Exact(delivered).minus(rejected).toFixed();
  await act(city, order, lead, {
    type: 'AcceptDelivery',
    ...{ fact, acceptance: city.id('acceptance', order), acceptedOn: addDays(begins, 22) },
    lines: [{ line, accepted, rejected }],
    ...(rejected !== '0' && { reason: 'quality' as const }),
  });
}

export async function enterInvoice(
  city: City,
  { order, supplier }: Pick<Performance, 'order' | 'supplier'>,
  { fact, number, day, net, redOf }: PlannedInvoice & { readonly redOf?: string },
): Promise<void> {
  const amounts = { amount: net, amountIs: 'net', source: 'hand', attachments: [] } as const;
  const asked = { fact, number, invoicedOn: day, ...amounts, ...(redOf !== undefined && { redOf }) };
  await city.tellAs(supplier, (context) => new RegisterInvoice(order, asked, personOf(supplier), context));
}

/** A red invoice 红字 over a part of an invoice. */
export async function reverse(
  city: City,
  performance: Performance,
  invoice: PlannedInvoice,
  part: string,
  day: string,
) {
  const net = toFen(new Exact(invoice.net).times(part)).toFixed(2);
  const red = { fact: city.id('red', invoice.number), number: nextNumber(), net, day, redOf: invoice.number };
  await enterInvoice(city, performance, red);
  await confirm(city, performance.order, performance.lead, red.fact);
}

export async function pay(city: City, { order, lead, supplier, plan }: Performance, paidOn: string): Promise<void> {
  const fact = city.id('payment', order);
  await act(city, order, lead, { type: 'EnterPayment', fact, paidOn, gross: plan.paid, means: 'transfer' });
  if (plan.payment === 'in-time' || plan.payment === 'late') return void (await confirm(city, order, supplier, fact));
  await act(city, order, supplier, { type: 'DisputeFact', fact, reason: 'not-happened' });
  if (plan.payment === 'disputed') return;
  const office = city.id('office-of-facts');
  const attachments = [await city.upload({ account: office }, `bank-slip-${fact}`)];
  const asked = { fact, decision: 'accepted', text: '银行回单相符', attachments } as const;
  await city.tell(office, '', (context) => new DecideOrderFact(order, asked, { account: office }, context));
}
