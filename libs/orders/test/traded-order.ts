import type { OrderEvent, OrderLine } from '../src/order-story.rules';

/** One order from its opening to money, as its stream would tell it. */
export const lead = { enterprise: '91350527MA00000018', registration: 'lead-registration' };
export const supplier = { enterprise: '91350527MA00000026', registration: 'supplier-registration' };

export const OPENED = '2025-06-10T02:00:00.000Z';
const at = (day: string): string => `${day}T02:00:00.000Z`;
const byLead = { side: 'lead', account: 'lead-clerk' } as const;
const bySupplier = { side: 'supplier', account: 'supplier-clerk' } as const;
const file = (id: string) => ({ id, sha256: 'a'.repeat(64) });

export const line = (id: string, more: Partial<OrderLine> = {}): OrderLine => ({
  line: id,
  listing: `listing-of-${id}`,
  product: '鞋底',
  unit: { code: 'PR', name: '双' },
  quantity: '100',
  unitPrice: '10',
  deliverBy: '2025-07-31',
  ...more,
});

export const opened = (order: string, lines: readonly OrderLine[] = [line('S1')]): OrderEvent => ({
  type: 'OrderOpened',
  data: {
    order,
    lead,
    supplier,
    origin: { kind: 'award', award: 'A1' },
    supplyMode: 'goods',
    vatRate: '0.13',
    lines,
    at: OPENED,
  },
});

export const confirmed = (fact: string, by: 'lead' | 'supplier', day: string): OrderEvent => ({
  type: 'OrderFactConfirmed',
  data: { fact, by: by === 'lead' ? byLead : bySupplier, at: at(day) },
});

export const contract = (fact: string, signedOn: string, days: number, lateInterest?: string): OrderEvent[] => [
  {
    type: 'ContractEntered',
    data: {
      fact,
      by: byLead,
      files: [file(`${fact}-file`)],
      at: at(signedOn),
      contract: { signedOn, paymentFrom: 'delivery', paymentTermDays: days, ...(lateInterest && { lateInterest }) },
    },
  },
  confirmed(fact, 'supplier', signedOn),
];

export const delivery = (fact: string, deliveredOn: string, quantity: string, of = 'S1'): OrderEvent => ({
  type: 'DeliveryEntered',
  data: {
    fact,
    by: bySupplier,
    files: [file(`${fact}-file`)],
    at: at(deliveredOn),
    deliveredOn,
    lines: [{ line: of, quantity }],
  },
});

export const acceptance = (fact: string, day: string, accepted: string, rejected = '0', of = 'S1'): OrderEvent => ({
  type: 'DeliveryAccepted',
  data: {
    fact,
    acceptance: `${fact}-${day}`,
    by: byLead,
    acceptedOn: day,
    lines: [{ line: of, accepted, rejected }],
    files: [],
    at: at(day),
  },
});

export const payment = (fact: string, paidOn: string, gross: string): OrderEvent => ({
  type: 'PaymentEntered',
  data: { fact, by: byLead, files: [], at: at(paidOn), paidOn, gross, means: 'transfer' },
});

export const disputed = (fact: string, by: 'lead' | 'supplier', day: string): OrderEvent => ({
  type: 'OrderFactDisputed',
  data: { fact, by: by === 'lead' ? byLead : bySupplier, reason: 'wrong-amount', at: at(day) },
});

export const decided = (fact: string, day: string): OrderEvent => ({
  type: 'OrderFactDecided',
  data: {
    fact,
    decision: 'accepted',
    by: { account: 'officer', area: '350582' },
    text: { id: 'T1', sha256: 'b'.repeat(64) },
    files: [file('voucher')],
    at: at(day),
  },
});

export const returned = (fact: string, of: string, day: string, quantity: string): OrderEvent => ({
  type: 'ReturnEntered',
  data: {
    fact,
    by: byLead,
    files: [],
    at: at(day),
    returnedOn: day,
    delivery: of,
    lines: [{ line: 'S1', quantity }],
    reason: 'quality',
  },
});
