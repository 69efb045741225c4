import { Refused } from '@app/kernel';
import { refusalSentence } from '@app/labels';
import Ajv2020 from 'ajv/dist/2020';
import { facts, firm, type Json, leadPolicy, loan, loanPolicy, order, smePolicy } from '../test/door-facts';
import { doorSchemas, evaluateDoor } from './policy-door.rules';

/** The refusal, whose sentences name its path in both languages. */
function refusal(act: () => unknown): Refused {
  try {
    act();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    for (const language of ['zh', 'en'] as const) {
      expect(refusalSentence(error.code, error.values, language)).toContain(error.field);
      expect(refusalSentence(error.code, error.values, language)).not.toMatch(/\{\w+\}/);
    }
    return error;
  }
  throw new Error('nothing was refused');
}
const refused = (policy: unknown, of: unknown) => {
  const { code, field } = refusal(() => evaluateDoor(policy, of));
  return [code, field];
};

const rests = [{ event: 'e-1', stream: 'order-1', revision: '3', recordedAt: '2020-03-03T00:00:00.000Z' }];
const reversed = order('O1', '1000', {
  rests,
  deliveries: [{ date: '2020-03-20', net: '1000', rests }],
  payments: [{ date: '2020-05-01', gross: '1130', means: 'bank-bill', maturity: '2020-08-01', rests }],
  invoices: [
    { number: 'I1', date: '2020-04-01', net: '1000', rests },
    { number: 'R1', date: '2020-04-02', net: '-100', redOf: 'I1', rests },
  ],
});
/** As JSON: nothing inside is shared. */
const cloned = (value: Json) => JSON.parse(JSON.stringify(value)) as Json;

/** Every field that facts may have. */
const whole = () =>
  cloned(
    facts([reversed, order('O2', '500')], {
      enterprises: [
        firm('lead-a', { rests, subsidiaryOf: [{ from: '2020-01-01', to: '2020-12-31', lead: 'lead-b', rests }] }),
        firm('lead-b'),
        firm('sme-a', { sizes: [{ from: '2019-01-01', size: 'small', rests }] }),
      ],
      earlierAwards: [{ scheme: 's', round: 'r', year: 2019, amount: '1', rests }],
      sales: { '2020': '100' },
      loans: [
        loan({
          rests,
          relendingRates: [{ from: '2020-03-01', rate: '0.01', rests }],
          repayments: [{ date: '2020-04-01', principal: '1', rests }],
        }),
      ],
      findings: [{ ground: 'penalty', from: '2020-01-01', to: '2020-02-01', rests }],
      rests: { sales: { '2020': rests }, usedInvoices: { I9: rests } },
    }),
  );
const wholePolicy = () =>
  cloned(
    smePolicy({
      newPairing: { rule: 'increase', since: '2019-01-01' },
      thresholds: { output: '1', fee: '1', shareOfSales: '0.3' },
      countsMeans: { transfer: 'receipt', 'bank-bill': 'maturity' },
      subsidiaries: 'anywhere',
      budget: { short: 'pro-rata' },
      exclusions: { grounds: ['penalty'] },
      otherSchemes: { rule: 'yearly-total', total: '100', schemes: ['x'] },
    }),
  );

/** Every object inside a value, with its path. */
function objectsIn(value: unknown, path: string): { path: string; object: Json }[] {
  if (Array.isArray(value)) return value.flatMap((item, at) => objectsIn(item, `${path}[${at}]`));
  if (typeof value !== 'object' || value === null) return [];
  const own = Object.entries(value).flatMap(([key, item]) => objectsIn(item, `${path}.${key}`));
  return [{ path, object: value as Json }, ...own];
}

describe('an unknown field', () => {
  // The names of these are years and numbers of invoices, which the sender chooses.
  const chosen = /\.(sales|usedInvoices)$/;
  const paths = (value: Json, name: string) =>
    objectsIn(value, name).flatMap(({ path }) => (chosen.test(path) ? [] : [path]));
  const bent = (value: Json, name: string, path: string) => {
    objectsIn(value, name).find((one) => one.path === path)!.object['colour'] = 'red';
    return value;
  };

  it.each(paths(whole(), 'facts'))('in %s is refused by its name', (path) => {
    const of = bent(whole(), 'facts', path);
    expect(refused(smePolicy(), of)).toEqual(['door-field-unknown', `${path}.colour`]);
  });

  it.each(
    [wholePolicy(), leadPolicy(), loanPolicy()].flatMap((one) =>
      paths(one, 'policy').map((path) => [path, one] as const),
    ),
  )('in %s is refused by its name, whoever the policy is for', (path, policy) => {
    const own = bent(cloned(policy), 'policy', path);
    expect(refused(own, facts([]))).toEqual(['door-field-unknown', `${path}.colour`]);
  });

  it('may have any name', () => {
    const strange = JSON.parse('{"__proto__": 1}') as Json;
    expect(refused({ ...smePolicy(), 'a b': 1 }, facts([]))).toEqual(['door-field-unknown', 'policy["a b"]']);
    const { field } = refusal(() => evaluateDoor(smePolicy({ window: strange }), facts([])));
    expect(field).toBe('policy.window.__proto__');
  });
});

describe('what cannot be evaluated', () => {
  const orders = (...own: Json[]) => facts(own);
  const one = (changes: Json) => orders(order('O1', '1000', changes));
  it.each<[string, Json, Json, string]>([
    ['door-not-a-date', {}, facts([], { asOf: '2020-02-30' }), 'facts.asOf'],
    ['door-not-a-year', {}, facts([], { year: '2020' }), 'facts.year'],
    ['door-not-a-text', {}, facts([], { round: '' }), 'facts.round'],
    ['door-not-a-list', {}, facts([], { usedInvoices: {} }), 'facts.usedInvoices'],
    ['door-not-an-object', {}, facts([], { sales: [] }), 'facts.sales'],
    ['door-field-unknown', {}, facts([], { sales: { twenty: '1' } }), 'facts.sales.twenty'],
    ['door-enterprise-unknown', {}, facts([], { beneficiary: 'nobody' }), 'facts.beneficiary'],
    ['door-enterprise-unknown', {}, one({ supplier: 'nobody' }), 'facts.orders[0].supplier'],
    [
      'door-enterprise-twice',
      {},
      facts([], { enterprises: [firm('sme-a'), firm('sme-a')] }),
      'facts.enterprises[1].id',
    ],
    ['door-order-twice', {}, orders(order('O1', '1'), order('O1', '1')), 'facts.orders[1].id'],
    ['door-loan-twice', {}, facts([], { loans: [loan(), loan()] }), 'facts.loans[1].id'],
    ['door-own-supplier', {}, one({ lead: 'sme-a' }), 'facts.orders[0].supplier'],
    [
      'door-not-an-area',
      {},
      facts([], { enterprises: [firm('sme-a', { plant: 'Jinjiang' })] }),
      'facts.enterprises[0].plant',
    ],
    ['door-not-an-amount', {}, one({ vatRate: '13' }), 'facts.orders[0].vatRate'],
    ['door-not-an-amount', {}, one({ vatRate: 0.13 }), 'facts.orders[0].vatRate'],
    [
      'door-not-an-amount',
      {},
      one({ deliveries: [{ date: '2020-03-01', net: '1e3' }] }),
      'facts.orders[0].deliveries[0].net',
    ],
    [
      'door-not-an-amount',
      {},
      one({ payments: [{ date: '2020-03-01', gross: '' }] }),
      'facts.orders[0].payments[0].gross',
    ],
    ['door-field-missing', {}, one({ payments: [{ date: '2020-03-01' }] }), 'facts.orders[0].payments[0].gross'],
    ['door-not-one-of', {}, one({ kind: 'service' }), 'facts.orders[0].kind'],
    [
      'door-invoice-twice',
      {},
      orders(reversed, order('O2', '1', { invoices: [{ number: 'R1', date: '2020-04-01', net: '1' }] })),
      'facts.orders[1].invoices[0].number',
    ],
    [
      'door-red-invoice-unknown',
      {},
      one({ invoices: [{ number: 'R1', date: '2020-04-01', net: '-1', redOf: 'R1' }] }),
      'facts.orders[0].invoices[0].redOf',
    ],
    [
      'door-red-invoice-above-zero',
      {},
      one({
        invoices: [
          ...(reversed['invoices'] as Json[]).slice(0, 1),
          { number: 'R1', date: '2020-04-01', net: '1', redOf: 'I1' },
        ],
      }),
      'facts.orders[0].invoices[1].net',
    ],
    [
      'door-invoice-below-zero',
      {},
      one({ invoices: [{ number: 'I1', date: '2020-04-01', net: '-1' }] }),
      'facts.orders[0].invoices[0].net',
    ],
    [
      'door-day-twice',
      {},
      facts([], {
        enterprises: [
          firm('sme-a', {
            holders: [
              { from: '2020-01-01', list: [] },
              { from: '2020-01-01', list: [] },
            ],
          }),
        ],
      }),
      'facts.enterprises[0].holders[1].from',
    ],
    [
      'door-period-backwards',
      {},
      facts([], { enterprises: [firm('sme-a', { lists: [{ from: '2020-02-01', to: '2020-01-31' }] })] }),
      'facts.enterprises[0].lists[0].to',
    ],
    [
      'door-own-subsidiary',
      {},
      facts([], { enterprises: [firm('sme-a', { subsidiaryOf: [{ from: '2020-02-01', lead: 'sme-a' }] })] }),
      'facts.enterprises[0].subsidiaryOf[0].lead',
    ],
    ['door-period-backwards', { window: { from: '2020-02-01', to: '2020-01-31' } }, facts([]), 'policy.window.to'],
    ['door-field-missing', { cap: undefined }, facts([]), 'policy.cap'],
    ['door-not-an-amount', { cap: '0.001' }, facts([]), 'policy.cap'],
    ['door-not-an-amount', { cap: null }, facts([]), 'policy.cap'],
    ['door-not-one-of', { counts: 'shipped' }, facts([]), 'policy.counts'],
    ['door-not-an-amount', { rates: { output: '1.01', fee: '0' } }, facts([]), 'policy.rates.output'],
    ['door-field-missing', { thresholds: { output: '1' } }, facts([]), 'policy.thresholds.fee'],
    ['door-field-missing', { thresholds: {} }, facts([]), 'policy.thresholds.output'],
    ['door-not-an-object', { thresholds: null }, facts([]), 'policy.thresholds'],
    ['door-field-missing', { newPairing: {} }, facts([]), 'policy.newPairing.since'],
    [
      'door-field-not-of-policy',
      { newPairing: { rule: 'never', since: '2019-01-01' } },
      facts([]),
      'policy.newPairing.since',
    ],
    ['door-not-one-of', { beneficiary: 'bank' }, facts([]), 'policy.beneficiary'],
  ])('is refused: %s', (code, policy, of, path) => {
    expect(refused(smePolicy(policy), of)).toEqual([code, path]);
  });

  it('a policy for leads has no thresholds, one for loans at least one month', () => {
    expect(refused(leadPolicy({ thresholds: {} }), facts([]))).toEqual(['door-not-null', 'policy.thresholds']);
    expect(refused(loanPolicy({ longestMonths: 0 }), facts([]))).toEqual(['door-not-months', 'policy.longestMonths']);
  });
});

describe('the JSON Schemas', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const isValid = { policy: ajv.compile(doorSchemas.policy), facts: ajv.compile(doorSchemas.facts) };

  it('take what the door takes', () => {
    for (const policy of [wholePolicy(), leadPolicy(), loanPolicy()]) expect(isValid.policy(policy)).toBe(true);
    expect(isValid.facts(whole())).toBe(true);
    expect(ajv.compile(doorSchemas.cases)([{ name: 'x', policy: {}, facts: {}, expect: { error: 'facts' } }])).toBe(
      true,
    );
  });

  it('refuse every missing and every unknown field that the door refuses', () => {
    for (const [name, value] of [
      ['facts', whole()],
      ['policy', wholePolicy()],
    ] as const) {
      for (const { object } of objectsIn(value, name)) {
        for (const key of Object.keys(object)) {
          const kept = object[key];
          delete object[key];
          const isTaken = name === 'facts' ? takes(smePolicy(), value) : takes(value, facts([]));
          if (!isValid[name](value)) expect(isTaken).toBe(false);
          object[key] = 7;
          expect([key, isValid[name](value)]).toEqual([key, false]);
          object[key] = kept;
        }
      }
    }
  });
});

function takes(policy: unknown, of: unknown): boolean {
  try {
    evaluateDoor(policy, of);
    return true;
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}
