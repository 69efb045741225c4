import { randomUUID } from 'node:crypto';
import { startApp, TestApp } from '../support/app';
import type { Client } from '../support/client';
import { countOfEvents, eventsOf, eventually, Firm, Firms, twice, typesOf, uploaded } from '../support/firms';
import { codeOf, invoiceForm, invoicesOf, oldNumber, traded } from '../support/invoicing';
import { must } from '../support/sealed-offers';

jest.setTimeout(180_000);

let city: TestApp;
let lead: Firm;
let maker: Firm;
let rival: Firm;
let bureau: Client;
let office: Client;
beforeAll(async () => {
  city = await startApp({ now: '2020-06-15T02:00:00Z', auth: { idleMinutes: 1e6, longestHours: 1e5 } });
  const firms = new Firms(city);
  lead = await firms.lead();
  [maker, rival] = (await firms.many(2)) as [Firm, Firm];
  bureau = await city.officer('city-officer');
  office = await city.officer('county-officer', '350582');
});
afterAll(() => city?.stop());

describe('an invoice', () => {
  it('is entered by the supplier with or without VAT, once, and confirmed by the lead', async () => {
    const order = await traded(maker, lead);
    const number = oldNumber();
    const form = invoiceForm(number, { attachments: [(await uploaded(maker.client, '发票.pdf')).id] });
    const path = `/api/orders/${order}/invoices`;
    expect(codeOf(await lead.client.post(path, invoiceForm(number)))).toBe('fact-of-supplier');
    expect(codeOf(await maker.client.post(path, { ...form, tax: '90' }))).toBe('invoice-tax-differs');
    expect(codeOf(await maker.client.post(path, { ...form, number: '12345678' }))).toBe('invoice-number-malformed');
    expect(codeOf(await maker.client.post(path, { ...form, invoicedOn: '2020-06-16' }))).toBe('day-ahead');
    const entered = await twice(city, maker.client, 'POST', path, form);
    expect(entered).toMatchObject({ status: 201, body: { number, net: '1000.00', gross: '1130.00' } });
    expect(codeOf(await maker.client.post(path, invoiceForm(number)))).toBe('invoice-entered-already');
    await must(lead.client.post(`/api/orders/${order}/facts/${form.fact}/confirmation`));
    const [shown] = await invoicesOf(lead.client, { of: order });
    expect(shown).toMatchObject({ number, side: 'lead', checkState: 'unchecked', parts: [{ order }], net: '1000.00' });
    expect((await maker.client.get(`/api/invoices/${number}`)).body).toMatchObject({ number, side: 'supplier' });
    // With VAT, by its code apart: what the tax takes away is computed.
    const gross = invoiceForm('00000099', { code: '3500201130', amount: '113.00', amountIs: 'gross' });
    expect((await maker.client.post(path, gross)).body).toMatchObject({ net: '100.00', gross: '113.00' });
  });

  it('that several orders register at the same moment is one', async () => {
    const orders = await Promise.all([traded(maker, lead), traded(maker, lead), traded(rival, lead)]);
    const owners = [maker, maker, rival];
    for (let race = 0; race < 5; race++) {
      const number = oldNumber();
      const racing = orders.map((order, n) =>
        owners[n]!.client.post(`/api/orders/${order}/invoices`, invoiceForm(number)),
      );
      const codes = (await Promise.all(racing)).map(codeOf);
      expect(codes.toSorted()).toEqual(['done', 'invoice-taken', 'invoice-taken']);
      const entered = await Promise.all(
        orders.map(async (order) =>
          (await typesOf(city, `order-${order}`)).filter((type) => type === 'InvoiceEntered'),
        ),
      );
      expect(entered.flat()).toHaveLength(race + 1);
    }
  });

  it('says to nobody whose it is: a rival learns neither firm nor order', async () => {
    const order = await traded(maker, lead);
    const number = oldNumber();
    await must(maker.client.post(`/api/orders/${order}/invoices`, invoiceForm(number)));
    const own = await traded(rival, lead);
    const refused = await rival.client.post(`/api/orders/${own}/invoices`, invoiceForm(number));
    expect(refused).toMatchObject({ status: 409, body: { code: 'invoice-taken' } });
    for (const secret of [order, maker.enterprise, maker.registration, maker.name]) {
      expect(JSON.stringify(refused.body)).not.toContain(secret);
    }
    const check = { check: randomUUID(), state: 'valid', checkedOn: '2020-06-01' };
    expect(codeOf(await rival.client.post(`/api/invoices/${number}/checks`, check))).toBe('invoice-unknown');
    expect(codeOf(await rival.client.post('/api/invoices/3500201130-99999999/checks', check))).toBe('invoice-unknown');
    expect((await rival.client.get(`/api/invoices/${number}`)).status).toBe(404);
    expect(await invoicesOf(rival.client, { number })).toEqual([]);
    expect(codeOf(await rival.client.post(`/api/orders/${order}/invoices`, invoiceForm(oldNumber())))).toBe(
      'order-unknown',
    );
    expect((await city.anybody().get('/api/invoices')).status).toBe(401);
  });

  it('is free again when it was taken back', async () => {
    const [one, other] = await Promise.all([traded(maker, lead), traded(maker, lead)]);
    const number = oldNumber();
    const form = invoiceForm(number);
    await must(maker.client.post(`/api/orders/${one}/invoices`, form));
    const there = `/api/orders/${other}/invoices`;
    expect(codeOf(await maker.client.post(there, invoiceForm(number)))).toBe('invoice-taken');
    await must(maker.client.post(`/api/orders/${one}/facts/${form.fact}/withdrawal`));
    const codes = await eventually(
      async () => codeOf(await maker.client.post(there, invoiceForm(number))),
      (code) => code === 'done',
    );
    expect(codes).toBe('done');
    expect(codeOf(await maker.client.post(`/api/orders/${one}/invoices`, form))).toBe('fact-id-taken');
    expect((await invoicesOf(maker.client, { number })).map(({ parts }) => parts[0]?.order)).toEqual([other]);
  });

  it('is reversed by red ones, up to itself', async () => {
    const order = await traded(maker, lead);
    const [number, red] = [oldNumber(), oldNumber()];
    const path = `/api/orders/${order}/invoices`;
    const form = invoiceForm(number);
    const redForm = invoiceForm(red, { redOf: number, amount: '400.00', invoicedOn: '2020-06-10' });
    expect(codeOf(await maker.client.post(path, redForm))).not.toBe('done');
    await must(maker.client.post(path, form));
    await must(lead.client.post(`/api/orders/${order}/facts/${form.fact}/confirmation`));
    expect((await must(maker.client.post(path, redForm))).body).toMatchObject({ net: '-400.00', gross: '-452.00' });
    const more = invoiceForm(oldNumber(), { redOf: number, amount: '600.01', invoicedOn: '2020-06-10' });
    expect(codeOf(await maker.client.post(path, more))).not.toBe('done');
    expect((await maker.client.get(`/api/invoices/${number}`)).body.reversals).toMatchObject([{ red, net: '-400.00' }]);
    // Taken back, it gives back what it had reversed.
    await must(maker.client.post(`/api/orders/${order}/facts/${redForm.fact}/withdrawal`));
    await eventually(
      async () => (await maker.client.get(`/api/invoices/${number}`)).body.reversals.length as number,
      (length) => length === 0,
    );
  });
});

describe('reading an invoice', () => {
  const NUMBER = '23442000000014209621';
  const xml = (given: { seller?: string; extra?: string; net?: string } = {}) => `<?xml version="1.0" encoding="UTF-8"?>
${given.extra ?? ''}<EInvoice><Header><InherentLabel><GeneralOrSpecialVAT><LabelCode>01</LabelCode></GeneralOrSpecialVAT></InherentLabel></Header>
<EInvoiceData><SellerInformation><SellerIdNum>${given.seller ?? maker.enterprise}</SellerIdNum><SellerName>甲&amp;乙</SellerName></SellerInformation>
<BuyerInformation><BuyerIdNum>${lead.enterprise}</BuyerIdNum><BuyerName>演示龙头</BuyerName></BuyerInformation>
<BasicInformation><TotalAmWithoutTax>${given.net ?? '100.00'}</TotalAmWithoutTax><TotalTaxAm>13.00</TotalTaxAm>
<TotalTax-includedAmount>113.00</TotalTax-includedAmount><RequestTime>2020-05-30 10:00:00</RequestTime></BasicInformation></EInvoiceData>
<TaxSupervisionInfo><InvoiceNumber>${NUMBER}</InvoiceNumber><IssueTime>2020-05-30</IssueTime></TaxSupervisionInfo></EInvoice>`;
  const sent = (text: string, order?: string) => {
    const form = new FormData();
    form.set('file', new Blob([text]), '发票.xml');
    if (order !== undefined) form.set('order', order);
    return maker.client.post('/api/invoices/read', form);
  };

  it('keeps nothing, and does not guess whether a QR code’s amount is with VAT', async () => {
    const before = await countOfEvents(city);
    const qr = `01,32,,${NUMBER},112,20230215,,74AE`;
    const read = await maker.client.post('/api/invoices/read', { qr });
    expect(read.status).toBe(200);
    expect(read.body).toEqual({
      ...{ source: 'qr', number: NUMBER, kind: 'ordinary', invoicedOn: '2023-02-15', amount: '112', isRed: false },
    });
    expect(codeOf(await maker.client.post('/api/invoices/read', { qr: 'hello' }))).toBe('invoice-qr-malformed');
    expect(codeOf(await maker.client.post('/api/invoices/read', {}))).toBe('invoice-text-missing');
    expect(await countOfEvents(city)).toBe(before);
  });

  it('takes number, day, amounts and firms from an XML, which are the order’s', async () => {
    const order = await traded(maker, lead);
    const { body } = await sent(xml(), order);
    expect(body).toMatchObject({
      ...{
        source: 'xml',
        number: NUMBER,
        kind: 'special',
        invoicedOn: '2020-05-30',
        amount: '113.00',
        amountIs: 'gross',
      },
      ...{ tax: '13.00', seller: { enterprise: maker.enterprise, name: '甲&乙' } },
    });
    const other = xml({ seller: rival.enterprise });
    expect(codeOf(await sent(other, order))).toBe('invoice-firms-differ');
    const path = `/api/orders/${order}/invoices`;
    const { number, invoicedOn, amount, amountIs, tax, seller, buyer } = body;
    const form = { fact: randomUUID(), number, invoicedOn, amount, amountIs, tax, source: 'xml' };
    const firms = { seller: seller.enterprise, buyer: buyer.enterprise };
    expect(codeOf(await maker.client.post(path, { ...form, ...firms, seller: rival.enterprise }))).toBe(
      'invoice-firms-differ',
    );
    expect((await must(maker.client.post(path, { ...form, ...firms }))).body).toMatchObject({
      net: '100.00',
      gross: '113.00',
    });
    expect((await maker.client.get(`/api/invoices/${NUMBER}`)).body.source).toBe('xml');
  });

  it.each([
    ['entities', () => xml({ extra: '<!DOCTYPE x [<!ENTITY a "b">]>' }), 'invoice-xml-entities'],
    ['half a document', () => xml().slice(0, 400), 'invoice-xml-broken'],
    ['another document', () => '<Invoice/>', 'invoice-xml-other'],
    ['a thousand levels', () => '<a>'.repeat(1_000) + '</a>'.repeat(1_000), 'invoice-xml-broken'],
    ['sums that are none', () => xml({ net: '99.00' }), 'invoice-xml-sums'],
  ])('refuses %s', async (_, text, code) => expect(codeOf(await sent(text()))).toBe(code));
});

describe('what the tax office’s page said', () => {
  it('is recorded by both firms and the offices; the officer’s is the one that counts', async () => {
    const order = await traded(maker, lead);
    const number = oldNumber();
    await must(maker.client.post(`/api/orders/${order}/invoices`, invoiceForm(number)));
    const path = `/api/invoices/${number}/checks`;
    const form = (state: string) => ({ check: randomUUID(), state, checkedOn: '2020-06-01' });
    await twice(city, lead.client, 'POST', path, { ...form('voided'), text: '查验页面显示作废，王某' });
    expect((await invoicesOf(maker.client, { number }))[0]).toMatchObject({ checkState: 'unchecked' });
    const stranger = await city.officer('county-officer', '350583');
    expect(codeOf(await stranger.post(path, form('valid')))).toBe('invoice-unknown');
    await must(office.post(path, form('valid')));
    expect((await invoicesOf(bureau, { number, state: 'valid' }))[0]).toMatchObject({
      checkState: 'valid',
      checks: [
        { side: 'lead', state: 'voided', text: '查验页面显示作废，王某' },
        { side: 'office', state: 'valid' },
      ],
    });
    expect(codeOf(await office.post(path, { ...form('valid'), checkedOn: '2020-06-16' }))).toBe('check-dated-ahead');
    const log = await eventsOf(city, `evidence-${number}`);
    expect(JSON.stringify(log.map(({ data }) => data))).not.toContain('王某');
  });

  it('comes as a table too, each row by itself', async () => {
    const order = await traded(maker, lead);
    const [one, two] = [oldNumber(), oldNumber()];
    for (const number of [one, two])
      await must(maker.client.post(`/api/orders/${order}/invoices`, invoiceForm(number)));
    const table = [
      '发票代码,发票号码,查验结果,查验日期',
      `${one.split('-').join(',')},正常,2020-06-02`,
      `${two.split('-').join(',')},已作废,2020/6/3`,
      '3500201130,88888888,正常,2020-06-02',
      '3500201130,1,正常,2020-06-02',
      `${one.split('-').join(',')},不知道,2020-06-02`,
      `${one.split('-').join(',')},正常,昨天`,
    ].join('\n');
    const form = () => {
      const body = new FormData();
      body.set('file', new Blob([table]), '查验.csv');
      return body;
    };
    const key = randomUUID();
    const sent = await bureau.post('/api/invoices/checks/import', form(), { key });
    expect(sent.status).toBe(201);
    expect(sent.body.recorded).toBe(2);
    type Row = { readonly row: number; readonly refused?: readonly { readonly code: string }[] };
    const rows = (sent.body.rows as Row[]).map(({ row, refused }) => [row, refused?.[0]?.code]);
    expect(rows).toEqual([
      [2, undefined],
      [3, undefined],
      [4, 'invoice-unknown'],
      [5, 'invoice-number-malformed'],
      [6, 'check-state-unknown'],
      [7, 'check-day-unreadable'],
    ]);
    const none = new FormData();
    expect(codeOf(await bureau.post('/api/invoices/checks/import', none))).toBe('import-file-missing');
    const line = table.split('\n')[1];
    none.set('file', new Blob([[table, ...Array.from({ length: 2_000 }, () => line)].join('\n')]), '查验.csv');
    expect(codeOf(await bureau.post('/api/invoices/checks/import', none))).toBe('import-too-many-rows');
    const before = await countOfEvents(city);
    expect((await bureau.post('/api/invoices/checks/import', form(), { key })).body).toEqual(sent.body);
    expect(await countOfEvents(city)).toBe(before);
    expect((await invoicesOf(bureau, { number: two }))[0]).toMatchObject({ checkState: 'voided' });
  });

  it('stands in the list that people take away', async () => {
    const csv = await bureau.get('/api/invoices/export', { query: { format: 'csv', state: 'voided', reason: '核对' } });
    expect(csv.status).toBe(200);
    expect(csv.body).toContain('发票号码');
    expect(csv.body).toContain('作废');
    const none = await rival.client.get('/api/invoices/export', { query: { format: 'csv', state: 'voided' } });
    expect((none.body as string).trim().split('\n')).toHaveLength(1);
  });
});
