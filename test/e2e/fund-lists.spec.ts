import { randomUUID } from 'node:crypto';
import { Streams } from '@app/event-store';
import { claim, claimStream } from '@app/subsidies';
import type { ClaimCommand } from '@app/subsidies';
import { countyFinance, WAY } from '@testing/subsidies';
import { startApp, TestApp } from '../support/app';
import type { Client } from '../support/client';
import { context } from '../support/firms';
import { codeOf } from '../support/invoicing';
import { must } from '../support/sealed-offers';

jest.setTimeout(300_000);

// The bank's list of payments beside the fund ledger, and paid claims drawn for a closer look.

let city: TestApp;
let bureau: Client;
let finance: Client;
let auditor: Client;
const round = randomUUID();
const paid: string[] = [];

/** A claim of the made-up firm of the decider's tests, from its filing to the bank's receipt. */
async function payClaim(receipt: string): Promise<void> {
  const id = randomUUID();
  const ids = new Map([
    ['"C1"', id],
    ['"B1"', round],
    ['"BR-1"', receipt],
  ]);
  const told = JSON.stringify(Object.values(WAY).flat()).replace(/"(C1|B1|BR-1)"/g, (name) => `"${ids.get(name)}"`);
  for (const command of JSON.parse(told) as ClaimCommand[]) {
    await city.app.get(Streams).decide(claim, claimStream(id), command, context());
  }
  paid.push(id);
}

beforeAll(async () => {
  city = await startApp({ now: '2021-02-18T02:00:00Z', auth: { idleMinutes: 1e6, longestHours: 1e5 } });
  bureau = await city.officer('city-officer');
  finance = await city.officer('city-finance');
  auditor = await city.officer('auditor');
  const terms = {
    ...{
      name: '2020年度批次',
      document: '演示〔2021〕2号',
      filing: { from: '2021-01-15', to: '2021-02-28' },
      year: 2020,
    },
    ...{ shares: { city: '1', county: '0' }, budgets: [{ level: 'city', amount: '1000000' }] },
  };
  await must(bureau.post('/api/rounds', { round, policy: { scheme: 'cluster-sme', version: '2020' }, terms }));
  for (const receipt of ['BR-1', 'BR-2', 'BR-3']) await payClaim(receipt);
});
afterAll(() => city?.stop());

const path = (what: string) => `/api/rounds/${round}/${what}`;
const list = (text: string) => {
  const body = new FormData();
  body.set('file', new Blob([text]), '付款清单.csv');
  return body;
};
const HEADING = '付款日期,收款人,账号,金额,回单编号\n';

it('shows what is matched, differing, and missing on either side', async () => {
  const rows = ['2021-02-18,演示,4010 0001,"60,000.00",BR-1', '2021-02-18,演示,,59000,BR-2', '2021-02-19,某厂,,1,BR-9'];
  const key = randomUUID();
  const sent = await must(finance.post(path('bank-lists'), list(HEADING + rows.join('\n')), { key }));
  expect((await finance.post(path('bank-lists'), list(HEADING + rows.join('\n')), { key })).body).toEqual(sent.body);
  const { list: id } = sent.body as { list: string };
  const found = (await must(auditor.get(path(`bank-lists/${id}`)))).body;
  expect(found).toMatchObject({
    ...{ rows: 3, bankTotal: '119001.00', ledgerTotal: '180000.00', difference: '-60999.00' },
    lines: [
      { state: 'matched', bank: { row: 2, account: '0001' }, ledger: { claim: paid[0] } },
      { state: 'differing', differing: ['amount'], ledger: { claim: paid[1] } },
      { state: 'missing-here', bank: { receipt: 'BR-9' } },
      { state: 'missing-there', ledger: { claim: paid[2] } },
    ],
  });
  expect((await must(auditor.get(path('bank-lists')))).body.items).toMatchObject([{ list: id, area: '' }]);
  // No county sees the list of the whole city.
  const county = await city.officer('county-finance', '350582');
  expect(codeOf(await county.get(path(`bank-lists/${id}`)))).toBe('bank-list-unknown');
  expect((await must(county.get(path('bank-lists')))).body.items).toEqual([]);
});

it('takes no list that it cannot read whole', async () => {
  const send = async (text: string, to = path('bank-lists')) => codeOf(await finance.post(to, list(text)));
  expect(await send(`${HEADING}昨天,演示,,1,BR-1\n`)).toBe('bank-day-unreadable');
  expect(await send(`${HEADING}2021-02-18,演示,,六万,BR-1\n`)).toBe('bank-amount-unreadable');
  expect(await send(`${HEADING}2021-02-18,演示,,1,\n`)).toBe('bank-receipt-missing');
  expect(await send('收款人,金额\n演示,1\n')).toBe('import-column-missing');
  expect(await send(HEADING)).toBe('import-no-rows');
  expect(await send(HEADING + '2021-02-18,演示,,1,BR-1\n'.repeat(10_001))).toBe('import-too-many-rows');
  expect(codeOf(await finance.post(path('bank-lists'), new FormData()))).toBe('import-file-missing');
  expect(await send(`${HEADING}2021-02-18,演示,,1,BR-1\n`, `/api/rounds/${randomUUID()}/bank-lists`)).toBe(
    'round-unknown',
  );
  expect((await must(auditor.get(path('bank-lists')))).body.items).toHaveLength(1);
});

it('draws a sample by its seed, which whoever reads it draws again', async () => {
  const sample = randomUUID();
  const form = { sample, seed: '2021-03-02 双色球 03 07 11 19 24 30 + 08', count: 2 };
  await must(bureau.post(path('samples'), form));
  const drawn = (await must(auditor.get(path(`samples/${sample}`)))).body as { claims: { claim: string }[] };
  expect(drawn).toMatchObject({ population: 3, count: 2, isReproduced: true });
  expect(drawn.claims).toHaveLength(2);
  for (const one of drawn.claims) expect(paid).toContain(one.claim);
  // What is paid later was not there to be drawn.
  city.clock.set(Date.parse('2021-02-19T02:00:00Z'));
  await payClaim('BR-4');
  expect((await must(auditor.get(path(`samples/${sample}`)))).body).toMatchObject({
    population: 3,
    isReproduced: true,
  });
  expect(codeOf(await bureau.post(path('samples'), { ...form, count: 3 }))).toBe('sample-id-taken');
  expect(codeOf(await auditor.get(path(`samples/${randomUUID()}`)))).toBe('sample-unknown');
  expect((await auditor.post(path('samples'), { ...form, sample: randomUUID() })).status).toBe(403);
  expect((await must(auditor.get(path('samples')))).body.items).toMatchObject([{ sample, seed: form.seed }]);
});

it('holds what came back against the bank’s own paper and day of it', async () => {
  await payClaim('BR-4');
  city.clock.set(Date.parse('2021-02-20T02:00:00Z'));
  const command: ClaimCommand = {
    type: 'ReportBounce',
    ...{ payment: 'Y1', receipt: 'TP-4', bouncedOn: '2021-02-19', reason: '账号有误' },
    ...{ by: countyFinance('pay-1'), at: '2021-02-20T02:00:00.000Z' },
  };
  await city.app.get(Streams).decide(claim, claimStream(paid.at(-1)!), command, context());
  const rows = ['2021-02-18,演示,,60000,BR-4', '2021-02-19,演示,,-60000,TP-4', '2021-02-18,演示,,-60000,BR-4'];
  const { list: id } = (await must(finance.post(path('bank-lists'), list(HEADING + rows.join('\n'))))).body as {
    list: string;
  };
  const { lines } = (await must(auditor.get(path(`bank-lists/${id}`)))).body as { lines: { state: string }[] };
  expect(lines.slice(0, 3)).toMatchObject([
    { state: 'matched', ledger: { amount: '60000.00', receipt: 'BR-4' } },
    { state: 'matched', ledger: { amount: '-60000.00', receipt: 'TP-4', paidOn: '2021-02-19' } },
    { state: 'missing-here' },
  ]);
});
