import { randomUUID } from 'node:crypto';
import type { Client } from './client';
import type { Firm } from './firms';
import { must } from './sealed-offers';

/** A trade that both firms say there was: 100 at 10 yuan with 13 % VAT, delivered and accepted in May 2020. */
export async function traded(supplier: Firm, lead: Firm): Promise<string> {
  const [order, fact, line, delivery] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const goods = { line, product: '鞋底', unit: { code: 'PR', name: '双' } };
  const lines = [{ ...goods, quantity: '100', unitPrice: '10', deliverBy: '2020-05-31' }];
  const contract = { signedOn: '2020-05-02', paymentFrom: 'delivery', paymentTermDays: 30 };
  const head = { order, fact, as: 'supplier', partner: lead.enterprise, supplyMode: 'goods', vatRate: '0.13' };
  await must(supplier.client.post('/api/orders', { ...head, lines, contract }));
  await must(lead.client.post(`/api/orders/${order}/facts/${fact}/confirmation`));
  const deliver = { fact: delivery, deliveredOn: '2020-05-20', lines: [{ line, quantity: '100' }] };
  await must(supplier.client.post(`/api/orders/${order}/deliveries`, deliver));
  const accept = { acceptance: randomUUID(), acceptedOn: '2020-05-21', lines: [{ line, accepted: '100' }] };
  await must(lead.client.post(`/api/orders/${order}/deliveries/${delivery}/acceptances`, accept));
  return order;
}

let numbered = 0;
/** The number of an old invoice, another one each time. */
export const oldNumber = (): string => `3500201130-${String(++numbered).padStart(8, '0')}`;

/** An invoice of 1,000 yuan without VAT. */
export const invoiceForm = (number: string, given: object = {}) => ({
  ...{ fact: randomUUID(), number, invoicedOn: '2020-05-30', amount: '1000.00', amountIs: 'net', source: 'hand' },
  ...given,
});

export const codeOf = ({ status, body }: { status: number; body: { code?: string } }): string =>
  status < 300 ? 'done' : (body.code ?? String(status));

export type ShownInvoice = {
  readonly number: string;
  readonly parts: readonly { readonly order: string }[];
  readonly checkState: string;
};

export const invoicesOf = async (who: Client, query: Record<string, string> = {}): Promise<ShownInvoice[]> =>
  (await who.get<{ items: ShownInvoice[] }>('/api/invoices', { query })).body.items;
