import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { policyCommand } from './policy';

const YEAR = { from: '2020-01-01', to: '2020-12-31' };
const policy = {
  ...{
    scheme: 'cluster-sme',
    version: '2020',
    beneficiary: 'sme',
    window: YEAR,
    period: YEAR,
    counts: 'least',
    vat: 'net',
  },
  ...{ newPairing: null, area: null, related: null, sizes: null, thresholds: { output: '5000000', fee: '2000000' } },
  ...{ thresholdsOver: 'all', bases: 'larger', rates: { output: '0.01', fee: '0.025' } },
  ...{ cap: '200000', capPer: 'round', rounding: 'yuan-down' },
};
const firm = (id: string) => ({ id, registration: '350582', plant: null, sizes: [], lists: [YEAR], holders: [] });
const facts = {
  ...{ asOf: '2021-01-31', beneficiary: 'sme', round: '2020-1', year: 2020, enterprises: [firm('lead'), firm('sme')] },
  orders: [
    {
      ...{ id: 'O1', lead: 'lead', supplier: 'sme', kind: 'goods', contractDate: '2020-03-02', vatRate: '0' },
      deliveries: [{ date: '2020-03-20', net: '5000000.00' }],
      invoices: [{ number: 'I1', date: '2020-04-01', net: '5000000.00' }],
      payments: [{ date: '2020-05-01', gross: '5000000.00' }],
    },
  ],
  usedInvoices: [],
  earlierAwards: [],
};
const expected = { award: '50000', base: { output: '5000000', fee: '0' }, counted: { I1: '5000000' }, excluded: {} };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'peitao-policy-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  process.exitCode = undefined;
});

const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

/** What `peitao policy …` prints, and its exit code where it sets one. */
async function run(...given: string[]): Promise<{ out: string; code: typeof process.exitCode }> {
  const printed: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  const log = jest.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(`${text}\n`));
  try {
    const program = new Command('peitao').exitOverride();
    policyCommand(program);
    await program.parseAsync(['policy', ...given], { from: 'user' });
    return { out: printed.join(''), code: process.exitCode };
  } finally {
    write.mockRestore();
    log.mockRestore();
  }
}

describe('peitao policy evaluate', () => {
  it('prints the award with its derivation as JSON', async () => {
    const { out } = await run('evaluate', '--policy', file('p.json', policy), '--facts', file('f.json', facts));
    const result = JSON.parse(out) as { derivation: object[] };
    expect(result).toMatchObject({ ...expected, evaluator: '1', hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(result.derivation.length).toBeGreaterThan(5);
  });

  it.each([
    ['zh', /1\. 按政策 cluster-sme 的 2020 版测算\n[^]*补助 50000 元\n$/],
    ['en', /1\. Evaluated under version 2020 of the policy cluster-sme\n[^]*the award is 50000 yuan\n$/],
  ])('prints it as sentences in %s', async (language, sentences) => {
    const given = ['--policy', file('p.json', policy), '--facts', file('f.json', facts), '--words', language];
    const { out } = await run('evaluate', ...given);
    expect(out).toMatch(sentences);
    expect(out).not.toMatch(/\{\w+\}/);
  });

  it('knows the shipped versions by name', async () => {
    const { out } = await run('evaluate', '--policy', 'cluster-lead@2020', '--facts', file('f.json', facts));
    expect(JSON.parse(out)).toMatchObject({ award: '0', excluded: { I1: 'not-beneficiary' } });
    const unknown = run('evaluate', '--policy', 'cluster-lead@1999', '--facts', file('f.json', facts));
    await expect(unknown).rejects.toThrow(/cluster-lead@2020.*内置的有/);
  });

  it('says which value it cannot take, and which file it cannot read', async () => {
    const bad = file('bad.json', { ...facts, asOf: 'today' });
    const given = ['evaluate', '--policy', file('p.json', `\ufeff${JSON.stringify(policy)}`), '--facts'];
    await expect(run(...given, bad)).rejects.toMatchObject({ code: 'door-not-a-date', field: 'facts.asOf' });
    await expect(run(...given, file('text.json', 'no JSON'))).rejects.toThrow(/is not JSON/);
    await expect(run(...given, join(folder, 'nowhere.json'))).rejects.toThrow(/cannot be read/);
  });
});

describe('peitao policy check', () => {
  const own = { name: 'one', policy, facts };

  it('ends with what passed', async () => {
    const { out, code } = await run('check', file('cases.json', [{ ...own, expect: expected }]));
    expect([out, code]).toEqual(['1 passed, 0 failed\n', undefined]);
  });

  it('prints each difference and exits with 1', async () => {
    const cases = [
      { ...own, expect: expected },
      { ...own, name: 'two', expect: { ...expected, award: '1', excluded: { I2: 'related' } } },
    ];
    const { out, code } = await run('check', file('cases.json', cases));
    expect(out).toBe(
      'two: award: expected 1, found 50000\ntwo: excluded.I2: expected related, found nothing\n1 passed, 1 failed\n',
    );
    expect(code).toBe(1);
  });
});

it('peitao policy schema prints the JSON Schemas', async () => {
  const { out } = await run('schema');
  expect(Object.keys(JSON.parse(out) as object)).toEqual(['policy', 'facts', 'cases']);
});
