// What tests need to tell a story of an order: its firms, its lines, and the events of each fact.
import { derivedId, Party, usccCheckCharacter } from '@app/kernel';
import type { OrderCommand } from './order-commands.rules';
import type {
  Accepted,
  Contract,
  InvoicePart,
  OfLine,
  OrderEvent,
  OrderLine,
  OrderSide,
  PaymentPart,
} from './order-story.rules';

/** The n-th made-up firm: a valid code under 350527, and its registration. */
function orderFirm(n: number): Party {
  const body = `91350527${String(n).padStart(9, '0')}`;
  return { enterprise: body + usccCheckCharacter(body), registration: derivedId('firm', n) };
}

export const LEAD = orderFirm(0);
export const SUPPLIER = orderFirm(1);
export const STRANGER = orderFirm(2);

/** Ten in the morning of 2 March 2020 in Asia/Shanghai, and a quarter of a year later. */
export const OPENED_AT = '2020-03-02T02:00:00.000Z';
export const LATER = '2020-06-01T02:00:00.000Z';
export const FILE = { id: derivedId('voucher'), sha256: 'ab'.repeat(32) };
export const WORDS = { id: derivedId('words'), sha256: 'cd'.repeat(32) };

export const orderLine = (given: Partial<OrderLine> = {}): OrderLine => ({
  line: 'S1',
  listing: 'L1',
  product: '鞋底',
  unit: { code: 'PR', name: '双' },
  quantity: '100',
  unitPrice: '2.5',
  deliverBy: '2020-03-31',
  paymentTermDays: 30,
  ...given,
});

/** Opened by an award: two lines of 100 at 2.5 and of 40 at 10, with 13 % VAT. */
export const opened = (...lines: OrderLine[]): OrderEvent => ({
  type: 'OrderOpened',
  data: {
    order: 'O1',
    lead: LEAD,
    supplier: SUPPLIER,
    origin: { kind: 'award', award: 'A1' },
    supplyMode: 'goods',
    vatRate: '0.13',
    lines:
      lines.length > 0
        ? lines
        : [orderLine(), orderLine({ line: 'S2', listing: 'L2', product: '鞋带', quantity: '40', unitPrice: '10' })],
    at: OPENED_AT,
  },
});

export const contractTerms = (given: Partial<Contract> = {}): Contract => ({
  signedOn: '2020-03-02',
  paymentFrom: 'delivery',
  paymentTermDays: 30,
  ...given,
});

export const person = (side: OrderSide) => ({
  by: side === 'lead' ? LEAD : SUPPLIER,
  account: side === 'lead' ? 'lin' : 'su',
});
export const sideOfPerson = (side: OrderSide) => ({ side, account: person(side).account });

const head = (fact: string, side: OrderSide, at = LATER) => ({ fact, by: sideOfPerson(side), files: [], at });

export const contractEntered = (fact: string, contract: Partial<Contract> = {}): OrderEvent => ({
  type: 'ContractEntered',
  data: { ...head(fact, 'lead'), contract: contractTerms(contract) },
});
export const delivered = (fact: string, ...lines: OfLine[]): OrderEvent => ({
  type: 'DeliveryEntered',
  data: { ...head(fact, 'supplier'), deliveredOn: '2020-03-20', lines },
});
export const accepted = (fact: string, acceptance: string, ...lines: Accepted[]): OrderEvent => ({
  type: 'DeliveryAccepted',
  data: { fact, acceptance, by: sideOfPerson('lead'), acceptedOn: '2020-03-22', lines, files: [], at: LATER },
});
export const returned = (fact: string, delivery: string, ...lines: OfLine[]): OrderEvent => ({
  type: 'ReturnEntered',
  data: { ...head(fact, 'lead'), returnedOn: '2020-04-01', delivery, lines, reason: 'quality' },
});
export const invoiced = (fact: string, given: Partial<InvoicePart> = {}): OrderEvent => ({
  type: 'InvoiceEntered',
  data: {
    ...head(fact, 'supplier'),
    number: '23442000000014209621',
    invoicedOn: '2020-03-25',
    net: '100',
    gross: '113',
    ...given,
  },
});
export const paid = (fact: string, given: Partial<PaymentPart> = {}): OrderEvent => ({
  type: 'PaymentEntered',
  data: { ...head(fact, 'lead'), paidOn: '2020-04-10', gross: '113', means: 'transfer', ...given },
});
export const endProposed = (fact: string, side: OrderSide = 'lead'): OrderEvent => ({
  type: 'EndProposed',
  data: { ...head(fact, side), kind: 'early-end', reason: '需求减少' },
});

export const confirmed = (fact: string, side: OrderSide): OrderEvent => ({
  type: 'OrderFactConfirmed',
  data: { fact, by: sideOfPerson(side), at: LATER },
});
export const disputed = (fact: string, side: OrderSide): OrderEvent => ({
  type: 'OrderFactDisputed',
  data: { fact, by: sideOfPerson(side), reason: 'not-happened', at: LATER },
});
export const takenBack = (fact: string, side: OrderSide): OrderEvent => ({
  type: 'OrderFactTakenBack',
  data: { fact, by: sideOfPerson(side), at: LATER },
});
export const unanswered = (fact: string): OrderEvent => ({
  type: 'OrderFactUnanswered',
  data: { fact, since: LATER, at: LATER },
});
export const decided = (fact: string, decision: 'accepted' | 'not-held'): OrderEvent => ({
  type: 'OrderFactDecided',
  data: { fact, decision, by: { account: 'olga', area: '350582' }, text: WORDS, files: [FILE], at: LATER },
});

/** A command of a side, with the files and the time that tests rarely care about. */
export const entering = <C extends object>(side: OrderSide, command: C) => ({
  ...person(side),
  files: [],
  at: LATER,
  ...command,
});
export const answering = (type: 'ConfirmFact' | 'TakeBackFact', fact: string, side: OrderSide): OrderCommand => ({
  type,
  fact,
  ...person(side),
  at: LATER,
});
