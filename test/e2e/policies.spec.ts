import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shippedPolicy } from '@app/subsidies';
import { SERVER_KEY, startApp, TestApp } from '../support/app';
import type { Client } from '../support/client';
import { peitao } from '../support/command-line';
import { twice } from '../support/firms';
import { must } from '../support/sealed-offers';

jest.setTimeout(180_000);

// A policy of the bureau from its draft to its publication, the rounds under it and their money; the historical versions
// beside it, and the same evaluator behind a door for officers and the auditor.

let city: TestApp;
let drafter: Client;
let approver: Client;
let auditor: Client;
let county: Client;
let treasury: Client;
beforeAll(async () => {
  city = await startApp({ now: '2022-03-01T01:00:00Z', auth: { idleMinutes: 1e6, longestHours: 1e5 } });
  drafter = await city.officer('city-officer');
  approver = await city.officer('city-officer');
  auditor = await city.officer('auditor');
  county = await city.officer('county-officer', '350582');
  treasury = await city.officer('county-finance', '350583');
});
afterAll(() => city?.stop());

const PATH = '/api/policies/cluster-sme/2022-revised';
const shipped = shippedPolicy('cluster-sme', '2022')!.terms;
const terms = (given: object = {}) => ({
  ...shipped,
  title: '协作配套中小企业奖励（2022年修订）',
  budget: '300000',
  ...given,
});
const page = async (as: Client, path = PATH, query: Record<string, string> = {}) =>
  (await as.get(path, { query })).body;
const code = async (answer: Promise<{ body: { code: string } }>) => (await answer).body.code;
const without = (parameter: string) => shipped.readings.filter((one) => one.parameter !== parameter);

describe('the historical versions', () => {
  it('are everybody’s, with their sources and each default marked as ours', async () => {
    const { items } = await page(city.anybody(), '/api/policies');
    expect(items.map(({ scheme, version }: Record<string, string>) => `${scheme}@${version}`)).toEqual([
      'cluster-lead@2020',
      'cluster-sme@2020',
      'cluster-sme@2022',
      'interest-subsidy@2020-3',
      'interest-subsidy@2020-5',
    ]);
    const { terms: told, historical, hash } = await page(city.anybody(), '/api/policies/cluster-lead/2020');
    expect(historical).toBe(true);
    expect(told.sources.length).toBeGreaterThan(0);
    const pairing = told.readings.find(({ parameter }: { parameter: string }) => parameter === 'new-pairing');
    expect(pairing).toMatchObject({ reading: 'no-trade-since', ours: true, values: { since: '2019-01-01' } });
    expect(pairing.basis).toMatch(/2019-01-01/);
    const english = await page(city.anybody(), '/api/policies/cluster-lead/2020', { language: 'en' });
    expect(english.terms.title).toBe('Award to lead firms for newly matched supply within the city (2020)');
    expect(english.hash).toBe(hash);
  });

  it('are not drafted again', async () => {
    const again = drafter.post('/api/policies/cluster-sme/2020', { terms: terms() });
    expect(await code(again)).toBe('policy-version-exists');
  });
});

describe('a version of a policy', () => {
  it('is drafted with points left open, and nobody outside sees it', async () => {
    const draft = { terms: terms({ readings: without('cap-per') }) };
    expect((await twice(city, drafter, 'POST', PATH, draft)).status).toBe(201);
    expect((await city.anybody().get(PATH)).status).toBe(404);
    expect((await county.get(PATH)).status).toBe(404);
    expect((await page(auditor)).state).toBe('draft');
    const { items } = await page(city.anybody(), '/api/policies');
    expect(items).toHaveLength(5);
  });

  it('names the field and the rule when it is wrong', async () => {
    const vague = terms({ readings: [...without('vat'), { parameter: 'vat', reading: 'perhaps', ours: true }] });
    const answer = await drafter.put(PATH, { terms: vague });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain('/terms/readings');
    const unknown = await drafter.put(PATH, { terms: { ...terms(), bonus: '1' } });
    expect(unknown.status).toBe(400);
    const twofold = terms({ readings: [...shipped.readings, shipped.readings[0]] });
    expect(await code(drafter.put(PATH, { terms: twofold }))).toBe('reading-twice');
    expect((await page(auditor)).terms.readings).toHaveLength(without('cap-per').length);
  });

  it('is not proposed while a point is open', async () => {
    const open = await drafter.post(`${PATH}/proposal`);
    expect(open.body).toMatchObject({ code: 'open-point-unread' });
    await must(drafter.put(PATH, { terms: terms() }));
    expect((await twice(city, drafter, 'POST', `${PATH}/proposal`)).status).toBe(201);
  });

  it('is approved by another person, as he read it', async () => {
    const { hash } = await page(approver);
    const waiting = async (as: Client) =>
      ((await page(as, '/api/to-do')).items as { kind: string }[]).map(({ kind }) => kind);
    expect(await waiting(approver)).toContain('policy-to-approve');
    expect(await waiting(drafter)).not.toContain('policy-to-approve');
    expect((await county.post(`${PATH}/evaluation`, { facts: {} })).status).toBe(404);
    const approval = { hash, reason: '经会议审议' };
    expect(await code(drafter.post(`${PATH}/approval`, approval))).toBe('same-person');
    const other = approver.post(`${PATH}/approval`, { ...approval, hash: 'b'.repeat(64) });
    expect(await code(other)).toBe('policy-version-changed');
    expect((await twice(city, approver, 'POST', `${PATH}/approval`, approval)).status).toBe(201);
  });

  it('is published, and never changes again', async () => {
    const { hash } = await page(drafter);
    const publication = { hash, document: '演示〔2022〕5号' };
    expect((await twice(city, drafter, 'POST', `${PATH}/publication`, publication)).status).toBe(201);
    const seen = await page(city.anybody());
    expect(seen).toMatchObject({ state: 'published', historical: false, document: '演示〔2022〕5号', hash });
    expect(seen.steps).toBeUndefined();
    const steps = (await page(auditor)).steps as { step: string }[];
    expect(steps.map(({ step }) => step)).toEqual(['drafted', 'changed', 'proposed', 'approved', 'published']);
    expect(await code(drafter.put(PATH, { terms: terms({ noticeWorkingDays: 9 }) }))).toBe('policy-version-published');
    expect(await code(drafter.post(`${PATH}/return`, { reason: '再改' }))).toBe('policy-version-published');
    expect((await page(city.anybody())).hash).toBe(hash);
  });
});

describe('the evaluator behind its door', () => {
  const facts = (output: string) => ({
    asOf: '2021-01-31',
    beneficiary: 'S',
    round: '2020-1',
    year: 2020,
    enterprises: [
      {
        id: 'L',
        registration: '350582',
        plant: '350582',
        sizes: [],
        lists: [{ from: '2020-01-01', to: '2020-12-31' }],
        holders: [],
      },
      {
        id: 'S',
        registration: '350582',
        plant: '350582',
        sizes: [{ from: '2019-01-01', size: 'small' }],
        lists: [],
        holders: [],
      },
    ],
    orders: [
      {
        id: 'O1',
        lead: 'L',
        supplier: 'S',
        kind: 'goods',
        contractDate: '2020-03-01',
        vatRate: '0.13',
        deliveries: [{ date: '2020-03-20', net: output }],
        invoices: [{ number: 'I1', date: '2020-03-25', net: output }],
        payments: [{ date: '2020-05-01', gross: '99999999' }],
      },
    ],
    usedInvoices: [],
    earlierAwards: [],
  });
  const evaluate = (as: Client, output: string) =>
    as.post('/api/policies/cluster-sme/2020/evaluation', { facts: facts(output) });

  it('counts to the fen', async () => {
    expect((await evaluate(auditor, '5000000.00')).body).toMatchObject({ award: '50000', counted: { I1: '5000000' } });
    const short = (await evaluate(county, '4999999.99')).body;
    expect(short.award).toBe('0');
    expect(short.derivation.length).toBeGreaterThan(3);
  });
  it('refuses what it does not know, by its path', async () => {
    const odd = await auditor.post('/api/policies/cluster-sme/2020/evaluation', { facts: { ...facts('1'), bonus: 1 } });
    expect(odd.body).toMatchObject({ code: 'door-field-unknown' });
    expect(JSON.stringify(odd.body)).toContain('facts.bonus');
    expect((await auditor.post('/api/policies/cluster-sme/1999/evaluation', { facts: {} })).status).toBe(404);
  });
  it('is for offices and the auditor', async () => {
    expect((await evaluate(city.anybody(), '1')).status).toBe(401);
    expect((await evaluate(await city.officer('bank'), '1')).status).toBe(403);
  });
});

describe('a round', () => {
  const round = randomUUID();
  const opening = (given: object = {}, policy = { scheme: 'cluster-sme', version: '2022-revised' }) => ({
    round,
    policy,
    terms: {
      name: '2022年度第一批',
      document: '演示〔2022〕8号',
      filing: { from: '2022-03-01', to: '2022-03-31' },
      year: 2022,
      shares: { city: '0.5', county: '0.5' },
      budgets: [
        { level: 'city', amount: '200000' },
        { level: '350582', amount: '60000' },
        { level: '350583', amount: '40000' },
      ],
      ...given,
    },
  });

  it('is opened under a published version, within its days and its budget', async () => {
    const open = (...of: Parameters<typeof opening>) => code(drafter.post('/api/rounds', opening(...of)));
    expect(await open({}, { scheme: 'cluster-sme', version: '1999' })).toBe('policy-version-unknown');
    expect(await open({ filing: { from: '2022-03-01', to: '2024-01-01' } })).toBe('filing-beyond-policy');
    expect(await open({ budgets: [{ level: 'city', amount: '300000.01' }] })).toBe('round-beyond-policy-budget');
    expect(
      await open({
        budgets: [
          { level: 'city', amount: '1' },
          { level: '350100', amount: '1' },
        ],
      }),
    ).toBe('level-unknown');
    expect((await twice(city, drafter, 'POST', '/api/rounds', opening())).status).toBe(201);
  });

  it('is public, and its money is not', async () => {
    const { items } = await page(city.anybody(), '/api/rounds');
    expect(items).toEqual([
      {
        round,
        name: '2022年度第一批',
        document: '演示〔2022〕8号',
        policy: { scheme: 'cluster-sme', version: '2022-revised' },
        title: '协作配套中小企业奖励（2022年修订）',
        filing: { from: '2022-03-01', to: '2022-03-31' },
        state: 'open',
        year: 2022,
      },
    ]);
    expect((await city.anybody().get(`/api/rounds/${round}/funds`)).status).toBe(401);
    const all = await page(auditor, `/api/rounds/${round}/funds`);
    expect(all.levels.map(({ level, balance }: Record<string, string>) => [level, balance])).toEqual([
      ['city', '200000'],
      ['350582', '60000'],
      ['350583', '40000'],
    ]);
    const own = await page(treasury, `/api/rounds/${round}/funds`);
    expect(own.levels.map(({ level }: { level: string }) => level)).toEqual(['350583']);
  });

  it('is extended, never shortened', async () => {
    const filing = (to: string) =>
      drafter.put(`/api/rounds/${round}/filing`, { to, document: '演示9号', reason: '疫情' });
    expect(await code(filing('2022-03-30'))).toBe('filing-only-extended');
    expect(await code(filing('2024-01-01'))).toBe('filing-beyond-policy');
    await must(filing('2022-04-10'));
    expect((await page(city.anybody(), `/api/rounds/${round}`)).filing.to).toBe('2022-04-10');
  });

  it('gets more budget, and a scale where its policy says so', async () => {
    const said = { document: '演示10号', reason: '追加' };
    const budget = (level: string, amount: string) =>
      drafter.post(`/api/rounds/${round}/budgets`, { level, amount, ...said });
    expect(await code(budget('350583', '50000'))).toBe('round-beyond-policy-budget');
    await must(budget('city', '190000'));
    await must(budget('350583', '50000'));
    await must(drafter.post(`/api/rounds/${round}/scale`, { scale: '0.8', ...said }));
    expect(await code(drafter.post(`/api/rounds/${round}/pro-rata`, { document: '演示11号' }))).toBe(
      'scale-not-of-policy',
    );
    const funds = await page(auditor, `/api/rounds/${round}/funds`);
    expect(funds.scales).toEqual([{ scale: '0.8' }]);
    expect(funds.steps.map(({ step }: { step: string }) => step)).toEqual([
      'opened',
      'filing-extended',
      'budget-changed',
      'budget-changed',
      'scale-set',
    ]);
  });

  it('is not opened under a version that ended', async () => {
    const said = { document: '演示12号', reason: '资金已用完' };
    expect(await code(drafter.post(`${PATH}/end`, { endsOn: '2022-02-28', ...said }))).toBe('policy-end-passed');
    await must(drafter.post(`${PATH}/end`, { endsOn: '2022-03-15', ...said }));
    expect((await page(city.anybody())).lastDay).toBe('2022-03-15');
    const another = { ...opening(), round: randomUUID() };
    expect(await code(drafter.post('/api/rounds', another))).toBe('filing-beyond-policy');
    city.clock.set(Date.parse('2022-04-10T16:00:00Z'));
    expect((await page(city.anybody(), `/api/rounds/${round}`)).state).toBe('over');
  });
});

// Last: a program on today's clock ends the sessions of a city that lives in 2022.
describe('the command line', () => {
  const evaluated = async (version: string, env: Record<string, string>) => {
    const folder = mkdtempSync(join(tmpdir(), 'peitao-facts-'));
    try {
      const firm = { registration: '350582', plant: null, sizes: [], lists: [], holders: [] };
      const facts = {
        asOf: '2022-12-31',
        beneficiary: 'sme',
        round: '1',
        year: 2022,
        enterprises: [{ id: 'sme', ...firm }],
      };
      const none = { orders: [], usedInvoices: [], earlierAwards: [], sales: { 2022: '100' } };
      writeFileSync(join(folder, 'facts.json'), JSON.stringify({ ...facts, ...none }));
      const args = ['--policy', `cluster-sme@${version}`, '--facts', join(folder, 'facts.json')];
      return await peitao(['policy', 'evaluate', ...args], { PEITAO_DATA: folder, ...env });
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  const here = () => ({ DATABASE_URL: city.databaseUrl, PEITAO_SERVER_KEY: SERVER_KEY });

  it('finds a version that was published here', async () => {
    const { code: exit, out } = await evaluated('2022-revised', here());
    expect([exit, (JSON.parse(out) as { award: string }).award]).toEqual([0, '0']);
  });
  it.each([
    ['2023', 'no published policy', here],
    ['2022-revised', 'no database to look in', () => ({ DATABASE_URL: '' })],
  ])('says where it looked for %s: %s', async (version, sentence, env) => {
    const { code: exit, err } = await evaluated(version, env());
    expect([exit, err.includes(sentence)]).toEqual([1, true]);
  });
});
