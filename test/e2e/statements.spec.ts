import { randomUUID } from 'node:crypto';
import { derivedId } from '@app/kernel';
import { startApp, TestApp } from '../support/app';
import type { Client } from '../support/client';
import { eventually, Firm, Firms, twice, typesOf } from '../support/firms';
import { codeOf, invoiceForm, invoicesOf, oldNumber, traded } from '../support/invoicing';
import { must } from '../support/sealed-offers';

jest.setTimeout(180_000);

let city: TestApp;
let lead: Firm;
let maker: Firm;
let rival: Firm;
let office: Client;
beforeAll(async () => {
  city = await startApp({ now: '2020-06-15T02:00:00Z', auth: { idleMinutes: 1e6, longestHours: 1e5 } });
  const firms = new Firms(city);
  lead = await firms.lead();
  [maker, rival] = (await firms.many(2)) as [Firm, Firm];
  office = await city.officer('county-officer', '350582');
});
afterAll(() => city?.stop());

describe('a statement over several orders', () => {
  const drawn = (orders: readonly string[], number: string, given: object = {}) => ({
    ...{ statement: randomUUID(), month: '2020-05', orders },
    invoices: [
      {
        ...{ number, invoicedOn: '2020-05-30', amount: '1500.00', amountIs: 'net' },
        parts: [
          { order: orders[0], amount: '1000.00' },
          { order: orders[1], amount: '500.00' },
        ],
      },
    ],
    payments: [
      {
        ...{ payment: randomUUID(), paidOn: '2020-06-01', amount: '1695.00', means: 'transfer' },
        parts: [
          { order: orders[0], amount: '1130.00' },
          { order: orders[1], amount: '565.00' },
        ],
      },
    ],
    ...given,
  });

  it('is proposed from what stands in the orders', async () => {
    const order = await traded(maker, lead);
    const query = { partner: lead.enterprise, as: 'supplier', month: '2020-05' };
    const { body } = await maker.client.get('/api/statements/proposal', { query });
    expect(body.orders).toContainEqual(expect.objectContaining({ order, notInvoiced: '1000.00' }));
    expect(body.deliveries).toContainEqual(expect.objectContaining({ order, net: '1000.00', date: '2020-05-20' }));
    const none = await rival.client.get('/api/statements/proposal', { query: { ...query, partner: maker.enterprise } });
    expect(none.body.orders).toEqual([]);
  });

  it('is of two firms', async () => {
    const orders = await Promise.all([traded(maker, lead), traded(maker, rival)]);
    expect(codeOf(await maker.client.post('/api/statements', drawn(orders, oldNumber())))).toBe(
      'statement-firms-differ',
    );
  });

  it('counts when the other side confirms it, each order with its part', async () => {
    const orders = await Promise.all([traded(maker, lead), traded(maker, lead)]);
    const number = oldNumber();
    const form = drawn(orders, number);
    expect(codeOf(await rival.client.post('/api/statements', form))).toBe('order-unknown');
    const tooMuch = { ...form, invoices: [{ ...form.invoices[0], amount: '1499.99' }] };
    expect(codeOf(await maker.client.post('/api/statements', tooMuch))).toBe('invoice-parts-exceed');
    const paths = { confirm: `/api/statements/${form.statement}/confirmation` };
    expect((await twice(city, maker.client, 'POST', '/api/statements', form)).status).toBe(201);
    // From now on it is nobody else's, on whatever order.
    expect(codeOf(await maker.client.post(`/api/orders/${orders[0]}/invoices`, invoiceForm(number)))).toBe(
      'invoice-taken',
    );
    expect(codeOf(await maker.client.post(paths.confirm))).toBe('statement-own');
    expect(codeOf(await rival.client.post(paths.confirm))).toBe('statement-unknown');
    expect((await rival.client.get(`/api/statements/${form.statement}`)).status).toBe(404);
    const waiting = await lead.client.get('/api/statements', { query: { wanting: 'me' } });
    expect(waiting.body.items).toMatchObject([{ statement: form.statement, waitsForMe: true, invoiced: '1695.00' }]);
    const toDo = async ({ client }: Firm) =>
      ((await client.get('/api/to-do')).body.items as { kind: string; link: object }[]).filter(
        ({ kind }) => kind === 'month-statement-to-answer',
      );
    expect(await toDo(lead)).toMatchObject([{ link: { item: form.statement }, subject: '2020-05' }]);
    expect(await toDo(maker)).toEqual([]);
    expect((await office.get('/api/statements')).status).toBe(403);
    const key = randomUUID();
    const confirmed = await lead.client.post(paths.confirm, undefined, { key });
    expect(confirmed.status).toBe(201);
    expect((await lead.client.post(paths.confirm, undefined, { key })).body).toEqual(confirmed.body);
    const paid = await eventually(
      async () =>
        Promise.all(
          orders.map(async (id) => (await maker.client.get(`/api/orders/${id}`)).body as Record<string, string>),
        ),
      (all) => all.every(({ paid: sum }) => sum !== '0' && sum !== '0.00'),
    );
    expect(paid.map(({ invoiced, paid: sum }) => [invoiced, sum])).toEqual([
      ['1000.00', '1130.00'],
      ['500.00', '565.00'],
    ]);
    const shown = (await maker.client.get(`/api/statements/${form.statement}`)).body;
    expect(shown).toMatchObject({
      state: 'confirmed',
      refused: [],
      deliveries: [{ net: '1000.00' }, { net: '1000.00' }],
    });
    expect((await invoicesOf(lead.client, { number }))[0]).toMatchObject({
      statement: form.statement,
      parts: [{}, {}],
    });
  });

  it('that is disputed or withdrawn gives its invoices back', async () => {
    const orders = await Promise.all([traded(maker, lead), traded(maker, lead)]);
    for (const [who, act, body] of [
      [lead, 'dispute', { reason: 'wrong-amount', text: '第二单未收货' }],
      [maker, 'withdrawal', undefined],
    ] as const) {
      const number = oldNumber();
      const form = drawn(orders, number);
      await must(maker.client.post('/api/statements', form));
      await must(who.client.post(`/api/statements/${form.statement}/${act}`, body));
      await eventually(
        async () => (await invoicesOf(maker.client, { number })).length,
        (length) => length === 0,
      );
      expect(codeOf(await lead.client.post(`/api/statements/${form.statement}/confirmation`))).not.toBe('done');
    }
    expect(await typesOf(city, `order-${orders[0]}`)).not.toContain('InvoiceEntered');
  });

  it('gives an invoice back that no order took', async () => {
    const [order, another] = await Promise.all([traded(maker, lead), traded(maker, lead)]);
    const number = oldNumber();
    const { invoices, payments: _, ...form } = drawn([order, another], number);
    const whole = { ...invoices[0], parts: [{ order, amount: '1500.00' }] };
    await must(maker.client.post('/api/statements', { ...form, invoices: [whole] }));
    // The other side enters something of its own under the id that the part is to have.
    const fact = derivedId('statement-invoice', form.statement, number, order);
    const payment = { fact, paidOn: '2020-06-01', gross: '1.00', means: 'transfer' };
    await must(lead.client.post(`/api/orders/${order}/payments`, payment));
    await must(lead.client.post(`/api/statements/${form.statement}/confirmation`));
    const register = () => maker.client.post(`/api/orders/${another}/invoices`, invoiceForm(number));
    expect(
      await eventually(
        async () => codeOf(await register()),
        (code) => code !== 'invoice-taken',
      ),
    ).toBe('done');
    const { refused } = (await maker.client.get(`/api/statements/${form.statement}`)).body;
    expect(refused).toMatchObject([{ order, fact, code: 'fact-id-taken' }]);
  });

  it('gives back the part that an order refused, and another statement divides it', async () => {
    const orders = await Promise.all([traded(maker, lead), traded(maker, lead)]);
    const number = oldNumber();
    const { payments: _, ...form } = drawn(orders, number);
    await must(maker.client.post('/api/statements', form));
    // The other side enters something of its own under the id that the second part is to have.
    const fact = derivedId('statement-invoice', form.statement, number, orders[1]);
    const payment = { fact, paidOn: '2020-06-01', gross: '1.00', means: 'transfer' };
    await must(lead.client.post(`/api/orders/${orders[1]}/payments`, payment));
    await must(lead.client.post(`/api/statements/${form.statement}/confirmation`));
    const shown = async () => (await invoicesOf(maker.client, { number }))[0]!;
    await eventually(shown, ({ parts }) => parts.length === 1);
    const another = await traded(maker, lead);
    const { payments: __, ...next } = drawn([orders[0], another], number);
    const [whole] = form.invoices;
    const rest = (amount: string) => ({ ...next, invoices: [{ ...whole, parts: [{ order: another, amount }] }] });
    expect(codeOf(await maker.client.post('/api/statements', rest('500.01')))).toBe('invoice-parts-exceed');
    await must(maker.client.post('/api/statements', rest('500.00')));
    await must(lead.client.post(`/api/statements/${next.statement}/confirmation`));
    const invoiced = async () =>
      ((await maker.client.get(`/api/orders/${another}`)).body as { invoiced: string }).invoiced;
    expect(await eventually(invoiced, (sum) => Number(sum) > 0)).toBe('500.00');
    expect((await shown()).parts.map(({ order }) => order)).toEqual([orders[0], another]);
  });

  it('takes no invoice that stands elsewhere, and then leaves none of its others taken', async () => {
    const orders = await Promise.all([traded(maker, lead), traded(maker, lead)]);
    const [free, taken] = [oldNumber(), oldNumber()];
    await must(maker.client.post(`/api/orders/${orders[0]}/invoices`, invoiceForm(taken, { amount: '10.00' })));
    const form = drawn(orders, free);
    const both = { ...form, invoices: [form.invoices[0], { ...form.invoices[0], number: taken }] };
    expect(codeOf(await maker.client.post('/api/statements', both))).not.toBe('done');
    const other = await traded(maker, lead);
    expect(codeOf(await maker.client.post(`/api/orders/${other}/invoices`, invoiceForm(free)))).toBe('done');
  });
});
