import { randomUUID } from 'node:crypto';
import type { Firm } from './firms';
import { invoiceForm } from './invoicing';
import { must } from './sealed-offers';

/** A million pairs at a price, ordered, delivered, invoiced and paid in full within a month of a year, 2020 unless told, each fact confirmed. Its id. */
export async function recordedTrade(
  { lead, sme }: { readonly lead: Firm; readonly sme: Firm },
  given: { readonly invoice: string; readonly unitPrice: string; readonly gross: string; readonly year?: string },
): Promise<string> {
  const { invoice, unitPrice, gross, year = '2020' } = given;
  const [id, fact, line, delivery] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const goods = { line, product: '鞋底', unit: { code: 'PR', name: '双' } };
  const lines = [{ ...goods, quantity: '1000000', unitPrice, deliverBy: `${year}-05-31` }];
  const contract = { signedOn: `${year}-05-02`, paymentFrom: 'delivery', paymentTermDays: 30 };
  const head = { order: id, fact, as: 'supplier', partner: lead.enterprise, supplyMode: 'goods', vatRate: '0.13' };
  await must(sme.client.post('/api/orders', { ...head, lines, contract }));
  await must(lead.client.post(`/api/orders/${id}/facts/${fact}/confirmation`));
  const deliver = { fact: delivery, deliveredOn: `${year}-05-20`, lines: [{ line, quantity: '1000000' }] };
  await must(sme.client.post(`/api/orders/${id}/deliveries`, deliver));
  const accept = { acceptance: randomUUID(), acceptedOn: `${year}-05-21`, lines: [{ line, accepted: '1000000' }] };
  await must(lead.client.post(`/api/orders/${id}/deliveries/${delivery}/acceptances`, accept));
  const form = invoiceForm(invoice, { amount: `${unitPrice}000000.00`, invoicedOn: `${year}-05-30` });
  await must(sme.client.post(`/api/orders/${id}/invoices`, form));
  await must(lead.client.post(`/api/orders/${id}/facts/${form.fact}/confirmation`));
  const payment = { fact: randomUUID(), paidOn: `${year}-06-01`, gross, means: 'transfer' };
  await must(lead.client.post(`/api/orders/${id}/payments`, payment));
  await must(sme.client.post(`/api/orders/${id}/facts/${payment.fact}/confirmation`));
  return id;
}
