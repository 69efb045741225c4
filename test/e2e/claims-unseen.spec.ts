import { randomUUID } from 'node:crypto';
import { evaluateDoor, recomputeBundle } from '@app/subsidies';
import { startApp, TestApp } from '../support/app';
import { ClaimOffices } from '../support/claim-offices';
import type { Client } from '../support/client';
import { eventsOf, eventually, Firm, Firms } from '../support/firms';
import { codeOf, oldNumber } from '../support/invoicing';
import { recordedTrade } from '../support/recorded-trade';
import type { Schema } from '../support/routes';
import { must } from '../support/sealed-offers';

jest.setTimeout(300_000);

// Claims whose facts go: a firm takes back the revenue without which the text of 2022 cannot be evaluated, or is found not to
// be who it said. Offices decide all the same, nothing is paid on it, and nobody else waits.

const KINDS = ['paid', 'approved', 'applied', 'replaced', 'replacedApproved', 'offered', 'silent', 'idle'] as const;
type Kind = (typeof KINDS)[number];

let city: TestApp;
let firms: Firms;
let offices: ClaimOffices;
let looker: Client;
let lead: Firm;
let round: string;
const firm = {} as Record<Kind, Firm>;
const claim = {} as Record<Kind, string>;
const invoice = {} as Record<Kind, string>;

const revenue = '8000000';
const declare = (of: Firm, from: string) =>
  must(of.client.put('/api/registrations/own/facts', { from, staff: 50, revenue }));
const takeBack = (of: Firm) =>
  must(of.client.post('/api/registrations/own/facts/withdrawal', { kind: 'revenue', from: '2023-01-01' }));
const toThe = (day: string) => city.clock.set(Date.parse(`${day}T02:00:00Z`));
const shown = (kind: Kind) => offices.shown(claim[kind]);
const offer = async () =>
  ((await must(offices.bureau[0].post('/api/claims/offers', { round }))).body as Schema).lines as Schema[];

beforeAll(async () => {
  city = await startApp({ now: '2022-06-01T01:00:00Z', auth: { idleMinutes: 1e6, longestHours: 1e5 } });
  firms = new Firms(city);
  offices = await ClaimOffices.of(city);
  looker = await city.officer('county-officer', '350582');
  lead = await firms.lead('演示龙头');
  for (const kind of KINDS) {
    firm[kind] = await firms.confirmed(`演示企业${kind}`);
    await declare(firm[kind], '2021-01-01');
    invoice[kind] = oldNumber();
    if (kind === 'idle') continue;
    const trade = { invoice: invoice[kind], unitPrice: '6', gross: '6780000.00', year: '2022' };
    await recordedTrade({ lead, sme: firm[kind] }, trade);
  }
  toThe('2023-01-10');
  round = randomUUID();
  const terms = {
    ...{ name: '2022年度批次', document: '演示〔2023〕2号', year: 2022, shares: { city: '1', county: '0' } },
    filing: { from: '2023-01-15', to: '2023-02-28' },
    budgets: [{ level: 'city', amount: '1000000' }],
  };
  await must(
    offices.bureau[0].post('/api/rounds', { round, policy: { scheme: 'cluster-sme', version: '2022' }, terms }),
  );
  toThe('2023-02-01');
  const asking = ['paid', 'approved', 'applied', 'replaced', 'replacedApproved'] as const;
  for (const kind of [...asking, 'offered'] as const) await declare(firm[kind], '2023-01-01');
  for (const kind of asking) {
    claim[kind] = await offices.file(firm[kind], round, { also: ['sales-of-year'] });
    if (kind === 'applied') continue;
    const looked = { check: randomUUID(), state: 'valid', checkedOn: '2023-02-01' };
    await must(looker.post(`/api/invoices/${invoice[kind]}/checks`, looked));
    await offices.pass(claim[kind]);
    await offices.review(claim[kind]);
    const notice = randomUUID();
    await offices.propose(claim[kind], notice);
    await offices.publish(notice, claim[kind]);
  }
  toThe('2023-02-14');
  for (const kind of asking) if (kind !== 'applied') await must(offices.approve(claim[kind]));
  for (const [kind, receipt] of [
    ['paid', 'BR-1'],
    ['replaced', 'BR-2'],
  ] as const)
    await offices.pay(claim[kind], receipt, '2023-02-14');
});
afterAll(() => city?.stop());

const funds = (kind: Kind) => offices.act(offices.finance[1], claim[kind], 'funds', { document: '演示财〔2023〕8号' });
const refuse = (who: Client, kind: Kind) => offices.act(who, claim[kind], 'refusal', { reason: '无法测算' });

describe('a firm that takes back what its claim is evaluated by', () => {
  beforeAll(async () => {
    for (const kind of ['paid', 'approved', 'applied'] as const) await takeBack(firm[kind]);
  });

  it('is returned to, and refused where it does not answer, though its check cannot be passed', async () => {
    const by = offices.county[0];
    await offices.checkPayee(claim.applied);
    expect(codeOf(await offices.act(by, claim.applied, 'county-check'))).toBe('door-field-missing');
    await must(offices.act(by, claim.applied, 'return', { gaps: [{ material: 'sales-of-year', note: '请申报收入' }] }));
    expect(codeOf(await refuse(offices.bureau[0], 'applied'))).toBe('claim-of-other-office');
    await must(refuse(by, 'applied'));
    // What it was last found to be worth stands beside the decision.
    expect(await shown('applied')).toMatchObject({ state: 'not-supported', award: '60000' });
  });

  it('is paid nothing that is not paid yet, and holds no budget', async () => {
    expect(codeOf(await funds('approved'))).toBe('door-field-missing');
    await must(offices.act(offices.bureau[1], claim.approved, 'proposal-withdrawal'));
    await must(refuse(offices.bureau[1], 'approved'));
    expect((await shown('approved')).state).toBe('not-supported');
    const released = async () => {
      const events = await eventsOf(city, `round-${round}`);
      const own = events.filter(({ data }) => (data as { claim?: string }).claim === claim.approved);
      return own.at(-1)!.type;
    };
    await eventually(released, (type) => type === 'BudgetReleased');
  });

  it('answers for what was paid: an officer confirms what to recover', async () => {
    const { recoveryNow, recoveryDue } = await eventually(
      () => shown('paid'),
      ({ recovery }) => recovery === 'opened',
    );
    expect([recoveryDue, recoveryNow?.cause]).toEqual(['60000.00', 'facts-changed']);
    const path = `recoveries/${recoveryNow!.recovery}/confirmation`;
    expect(codeOf(await offices.act(offices.county[0], claim.paid, path))).toBe('claim-person-in-other-stage');
    await must(offices.act(offices.county[1], claim.paid, path));
    expect((await shown('paid')).state).toBe('to-recover');
  });
});

describe('a registration that was found not to hold the code', () => {
  beforeAll(async () => {
    await firms.replaced(firm.replaced);
    await firms.replaced(firm.replacedApproved);
  });

  it('is paid nothing more, and its claim comes off the list', async () => {
    expect(codeOf(await funds('replacedApproved'))).toBe('award-changed');
    await must(offices.act(offices.bureau[1], claim.replacedApproved, 'proposal-withdrawal'));
    const propose = () => offices.act(offices.bureau[1], claim.replacedApproved, 'proposal', { list: randomUUID() });
    expect(codeOf(await propose())).toBe('claim-award-zero');
  });

  it('gives back all that it was paid, by facts that say so', async () => {
    const { recoveryDue } = await eventually(
      () => shown('replaced'),
      ({ recovery }) => recovery === 'opened',
    );
    expect(recoveryDue).toBe('60000.00');
    const { policy, facts, award } = (await must(offices.auditor.get(`/api/claims/${claim.replaced}/facts`)))
      .body as Schema;
    expect([award, evaluateDoor(policy, facts).award]).toEqual(['0', '0']);
    const bundle = (await must(offices.auditor.get(`/api/claims/${claim.replaced}/bundle`))).body;
    expect(await recomputeBundle(bundle)).toEqual([]);
  });
});

it('one firm without its revenue keeps nobody else from the list of 免申即享', async () => {
  const lines = await offer();
  const of = (kind: Kind) => lines.find(({ enterprise }) => enterprise === firm[kind].enterprise);
  expect(of('silent')).toMatchObject({ done: false, code: 'door-field-missing' });
  expect(of('offered')).toMatchObject({ done: true });
  // Whoever sold nothing has nothing coming, and is no line.
  expect([of('idle'), lines.find(({ enterprise }) => enterprise === lead.enterprise)]).toEqual([undefined, undefined]);
  await declare(firm.silent, '2023-01-01');
  expect(await offer()).toMatchObject([{ done: true, enterprise: firm.silent.enterprise }]);
});
