import { randomUUID } from 'node:crypto';
import { startApp, TestApp } from '../support/app';
import { ClaimOffices } from '../support/claim-offices';
import type { Client } from '../support/client';
import { eventually, Firm, Firms } from '../support/firms';
import { oldNumber, traded } from '../support/invoicing';
import { expectWholePages, LISTS_OF_MONEY, orderedLists } from '../support/page-walk';
import { recordedTrade } from '../support/recorded-trade';
import type { Schema } from '../support/routes';
import { must } from '../support/sealed-offers';

jest.setTimeout(300_000);

const SME_2020 = { scheme: 'cluster-sme', version: '2020' };
const FIRMS = 4;

let city: TestApp;
let lead: Firm;
let document: Schema;
let offices: ClaimOffices;
let replay: string;

/** Of four firms with equal and unlike trades each a claim, an invoice and a statement, and a replay of the claims. */
beforeAll(async () => {
  city = await startApp({
    now: '2020-06-01T01:00:00Z',
    http: { throttle: { limit: 1e6, ttl: 1_000 } },
    auth: { idleMinutes: 1e6, longestHours: 1e5 },
  });
  document = (await city.anybody().get('/api/openapi.json')).body as Schema;
  offices = await ClaimOffices.of(city);
  const firms = new Firms(city);
  lead = await firms.lead('演示龙头');
  const smes = await firms.many(FIRMS);
  const invoices: string[] = [];
  for (const [n, sme] of smes.entries()) {
    const { enterprise, registration } = sme;
    const facts = { staff: 50, revenue: '8000000' };
    await firms.tell(enterprise, { type: 'DeclareFacts', registration, day: '2020-06-01', from: '2019-01-01', facts });
    const price = n % 2 ? { unitPrice: '7', gross: '7910000.00' } : { unitPrice: '6', gross: '6780000.00' };
    const invoice = oldNumber();
    await recordedTrade({ lead, sme }, { invoice, ...price });
    invoices.push(invoice);
    const orders = [await traded(sme, lead)];
    const statement = { statement: randomUUID(), month: '2020-05', orders, invoices: [], payments: [] };
    await must(sme.client.post('/api/statements', statement));
  }
  city.clock.set(Date.parse('2021-01-10T01:00:00Z'));
  const round = await offices.open(SME_2020.scheme, '1000000');
  for (const [n, sme] of smes.entries()) {
    city.clock.set(Date.parse(`2021-02-0${1 + (n >> 1)}T02:00:00Z`));
    await offices.file(sme, round);
  }
  for (const number of invoices.slice(0, 2)) await offices.checkInvoice(number);
  replay = await replayed(round);
});
afterAll(() => city?.stop());

async function replayed(round: string): Promise<string> {
  const id = randomUUID();
  await must(offices.auditor.post('/api/replays', { replay: id, round, a: SME_2020, b: SME_2020 }));
  const { body } = await eventually(
    () => offices.auditor.get(`/api/replays/${id}`),
    ({ body: { state } }) => state !== 'waiting' && state !== 'running',
  );
  expect(body.state).toBe('done');
  return id;
}

it.each(LISTS_OF_MONEY)('%s shows each row exactly once in every order, page by page as at once', async (path) => {
  const askers: Readonly<Record<string, Client>> = { '/api/invoices': lead.client, '/api/statements': lead.client };
  const list = orderedLists(document).find((one) => one.path === path)!;
  await expectWholePages(askers[path] ?? offices.auditor, list, path.replace('{replay}', replay));
});
