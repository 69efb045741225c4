import { facts as doorOf, Json, order, smePolicy } from '../test/door-facts';
import type { TradeForClaim } from './claim-facts.rules';
import type { Reservation } from './entitlement.decider';
import { readPolicy } from './policy-door-policy.rules';
import { Application, ApplicationFacts, replayApplication, replayedVersion, ReplayTally } from './replay.rules';

const ASOF = '2021-01-31';
const rests = {
  ...{ event: 'e', stream: 's', revision: '0', recordedAt: '2020-06-01T00:00:00.000Z' },
  ...{ confirmedByAccount: '', acceptedByOffice: false },
};

/** The door's orders, as trade that the orders' streams would tell. */
function trade(orders: readonly Json[]): TradeForClaim[] {
  return orders.map((one) => {
    const of = one as Record<'lead' | 'supplier' | 'id', string> &
      Record<'deliveries' | 'invoices' | 'payments', Json[]>;
    const party = (enterprise: string) => ({ enterprise, registration: enterprise });
    const restingOn = (facts: Json[], more: Json = {}) => facts.map((fact) => ({ ...fact, ...more, rests }));
    return {
      ...one,
      order: of.id,
      lead: party(of.lead),
      supplier: party(of.supplier),
      opened: rests,
      deliveries: restingOn(of.deliveries),
      invoices: restingOn(of.invoices, { divided: false }),
      payments: restingOn(of.payments, { means: 'transfer' }),
      unheld: [],
    } as unknown as TradeForClaim;
  });
}

const given = (...orders: Json[]): ApplicationFacts => ({
  ...{ asOf: ASOF, beneficiary: 'sme-a', trade: trade(orders), sales: {}, loans: [], findings: [] },
  firms: (doorOf([]) as { enterprises: { id: string }[] }).enterprises,
  ...{ untrueOrders: new Set<string>(), voidInvoices: 'leave-out' },
});
const application = (of: Partial<Application> = {}) => ({
  ...{ application: 'C1', claim: 'C1', round: 'R1', year: 2020, enterprise: 'sme-a', registration: 'sme-a' },
  ...of,
});
const nothing = { of: (): Reservation[] => [], schemes: [] };
const reserved = (award: string): Reservation => ({
  ...{ claim: 'old', attempt: 'old', round: 'R1', year: 2020, invoices: ['O9-1'], award },
  ...{ recovered: '0', wholly: false, parts: [] },
});
const versions = (a: Json, b: Json) =>
  [replayedVersion(readPolicy(a), ASOF), replayedVersion(readPolicy(b), ASOF)] as const;

it('says who gains and who loses, and why', () => {
  const both = versions(smePolicy(), smePolicy({ rates: { output: '0.02', fee: '0.025' } }));
  const { line, derivations } = replayApplication(application(), given(order('O1', '6000000')), nothing, both);
  expect(line).toMatchObject({
    ...{ a: { award: '60000' }, b: { award: '120000' }, change: 'gains', difference: '60000' },
    reasons: [{ reason: 'rates' }],
  });
  const amounts = derivations.map((told) => (JSON.parse(told!.text) as { amount: string }[]).at(-1)!.amount);
  expect(amounts).toEqual(['60000', '120000']);
});

it('takes its own awards and used invoices, in the order of application, and the recorded ones beside', () => {
  const both = versions(smePolicy(), smePolicy({ thresholds: { output: '7000000', fee: '2000000' } }));
  const facts = given(order('O1', '6000000'));
  const first = replayApplication(application(), facts, nothing, both).line;
  expect([first.a.award, first.b.award, first.change]).toEqual(['60000', '0', 'loses']);
  // Under A the first has used the invoice; under B it got nothing and used nothing.
  const more = given(order('O1', '6000000'), order('O2', '5000000'));
  const second = replayApplication(application({ application: 'C2', claim: 'C2' }), more, nothing, both).line;
  expect([second.a.award, second.b.award]).toEqual(['50000', '110000']);
  expect(second.reasons).toContainEqual({ reason: 'invoice-used', under: 'a', items: 1, amount: '6000000' });
  // And the third finds what both before it used, under either version.
  const all = given(order('O1', '6000000'), order('O2', '5000000'), order('O3', '7000000'));
  const third = replayApplication(application({ application: 'C3', claim: 'C3' }), all, nothing, both).line;
  expect([third.a.award, third.b.award]).toEqual(['70000', '70000']);
  const recorded = { of: () => [reserved('190000')], schemes: ['cluster-sme'] };
  const capped = replayApplication(application(), facts, recorded, versions(smePolicy(), smePolicy())).line;
  expect([capped.a.award, capped.b.award, capped.change, capped.reasons]).toEqual(['10000', '10000', 'same', []]);
});

it('takes what any scheme awarded against a yearly total that names none', () => {
  const total = (more: Json = {}) => smePolicy({ otherSchemes: { rule: 'yearly-total', total: '50000', ...more } });
  const recorded = {
    of: (scheme: string) => (scheme === 'interest-subsidy' ? [reserved('40000')] : []),
    schemes: ['cluster-sme', 'interest-subsidy'],
  };
  const both = versions(total(), total({ schemes: ['cluster-lead'] }));
  const { line } = replayApplication(application(), given(order('O1', '6000000')), recorded, both);
  expect([line.a.award, line.b.award]).toEqual(['10000', '50000']);
});

it('passes nothing that a version cannot evaluate', () => {
  const both = versions(smePolicy(), smePolicy({ thresholds: { shareOfSales: '0.3' } }));
  const { line, derivations } = replayApplication(application(), given(order('O1', '6000000')), nothing, both);
  expect(line).toMatchObject({ change: 'unknown', difference: '0', reasons: [], a: { award: '60000' } });
  expect(line.b).toEqual({ base: {}, refused: { code: 'door-field-missing', field: 'facts.sales.2020' } });
  expect(derivations[1]).toBeUndefined();
});

it('takes a firm without a claim in the year of each version', () => {
  const later = { window: { from: '2022-01-01', to: '2022-12-31' }, period: { from: '2022-01-01', to: '2022-12-31' } };
  const both = versions(smePolicy(), smePolicy({ ...later, thresholds: { shareOfSales: '0.3' } }));
  expect(both.map(({ year }) => year)).toEqual([2020, 2022]);
  const alone = application({ claim: undefined, year: undefined });
  const { line } = replayApplication(alone, given(order('O1', '6000000')), nothing, both);
  expect(line.b.refused?.field).toBe('facts.sales.2022');
});

it('tells the difference of an application once under a reason that it has twice', () => {
  const both = versions(smePolicy(), smePolicy({ rates: { output: '0.02', fee: '0.025' } }));
  const { line } = replayApplication(application(), given(order('O1', '6000000')), nothing, both);
  const tally = new ReplayTally();
  const reason = 'not-covered';
  tally.add({ ...line, reasons: (['a', 'b'] as const).map((under) => ({ reason, under, items: 1, amount: '1' })) });
  expect(tally.totals(undefined).reasons).toEqual([{ reason, applications: 1, amount: '60000.00' }]);
});

it('adds up totals, changes, reasons and what is left of the budget', () => {
  const both = versions(smePolicy(), smePolicy({ rates: { output: '0.02', fee: '0.025' } }));
  const tally = new ReplayTally();
  for (const [id, net] of [
    ['O1', '6000000'],
    ['O2', '100'],
  ] as const) {
    const of = application({ application: id, claim: id, live: '1' });
    tally.add(replayApplication({ ...of, round: id }, given(order(id, net)), nothing, both).line);
  }
  expect(tally.totals('100000.00')).toEqual({
    ...{ applications: 2, a: '60000.00', b: '120000.00', live: '2.00', awardedA: 1, awardedB: 1 },
    changes: [
      { change: 'gains', applications: 1, amount: '60000.00' },
      { change: 'loses', applications: 0, amount: '0.00' },
      { change: 'same', applications: 1, amount: '0.00' },
      { change: 'unknown', applications: 0, amount: '0.00' },
    ],
    reasons: [{ reason: 'rates', applications: 1, amount: '60000.00' }],
    budget: { amount: '100000.00', leftA: '40000.00', leftB: '-20000.00' },
  });
});
