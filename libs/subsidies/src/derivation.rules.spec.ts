import { canonicalHash } from '@app/kernel';
import { derivationSentence, derivationSentences, derivationWords } from '@app/labels';
import { facts, firms, type Json, leadPolicy, loan, loanPolicy, order, smePolicy } from '../test/door-facts';
import { DERIVATION_VALUES, derivationHash, type DerivationLine } from './derivation.rules';
import { GROUNDS, MEANS, SIZES } from './policy-door-policy.rules';
import { evaluateDoor } from './policy-door.rules';
import { EXCLUSION_REASONS } from './subsidy-counting.rules';
import { LOAN_REASONS } from './subsidy-loan.rules';

const HAN = /\p{Script=Han}/u;
const LANGUAGES = ['zh', 'en'] as const;
const codes = Object.entries(DERIVATION_VALUES) as [keyof typeof DERIVATION_VALUES, readonly string[]][];

describe('the words of a derivation', () => {
  it('exist for every code, and for no other one', () => {
    expect(Object.keys(derivationSentences).sort()).toEqual(Object.keys(DERIVATION_VALUES).sort());
  });

  it.each(codes)('of %s tell all its values, in both languages', (code, names) => {
    const sentence = derivationSentences[code]!;
    const told = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
    for (const language of LANGUAGES) {
      const places = told(sentence[language]).filter((name) => name !== 'amount');
      expect(places.filter((name) => !names.includes(name))).toEqual([]);
      expect(names.filter((name) => !places.includes(name))).toEqual([]);
    }
    expect(sentence.zh).toMatch(HAN);
    expect(sentence.en).not.toMatch(HAN);
    expect(told(sentence.zh).includes('amount')).toBe(told(sentence.en).includes('amount'));
  });

  it.each([
    ['reason', [...EXCLUSION_REASONS, ...LOAN_REASONS]],
    ['size', SIZES],
    ['means', MEANS],
    ['ground', GROUNDS],
    ['kind', ['goods', 'processing']],
    ['related', ['same-largest-shareholder', 'holding-25', 'any-equity']],
    ['address', ['registration', 'plant']],
    ['earlierKind', ['contract', 'delivery', 'payment']],
    ['rateBase', ['loan-rate', 'relending-rate']],
  ])('have one for each %s', (name, values) => {
    expect(Object.keys(derivationWords[name]!).sort()).toEqual([...values].sort());
    for (const { zh, en } of Object.values(derivationWords[name]!)) {
      expect([HAN.test(zh), HAN.test(en)]).toEqual([true, false]);
    }
  });

  it('of an unknown code are a fault', () => {
    expect(() => derivationSentence({ code: 'toString', values: {} }, 'zh')).toThrow(/no sentence/);
  });
});

const ref = (event: string) => [{ event, stream: 's', revision: '0', recordedAt: '2020-03-03T00:00:00.000Z' }];
const evident = order('O1', '6000000', {
  rests: ref('e-contract'),
  deliveries: [{ date: '2020-03-20', net: '6000000', rests: ref('e-delivery') }],
  payments: [{ date: '2020-05-01', gross: '6780000', rests: ref('e-payment') }],
  invoices: [
    { number: 'I1', date: '2020-04-01', net: '6000000', rests: ref('e-invoice') },
    { number: 'R1', date: '2020-04-02', net: '-100', redOf: 'I1', rests: ref('e-red') },
  ],
});
const evidentFirms = firms('sme-a', {
  rests: ref('e-address'),
  sizes: [{ from: '2019-01-01', size: 'small', rests: ref('e-size') }],
  holders: [{ from: '2019-01-01', list: [{ id: 'p', share: '1' }], rests: ref('e-holders') }],
});
const lineOf = (lines: readonly DerivationLine[], code: string) => lines.find((line) => line.code === code);

describe('a derivation', () => {
  const { derivation } = evaluateDoor(smePolicy(), facts([evident], evidentFirms));

  it.each([
    ['order', ['e-contract']],
    ['supplier-in-city', ['e-address']],
    ['size-allowed', ['e-size']],
    ['not-related', ['e-holders']],
    ['delivery', ['e-delivery']],
    ['payment-without-vat', ['e-payment']],
    ['invoice', ['e-invoice']],
    ['red-invoice', ['e-red']],
    ['counted', ['e-invoice']],
  ])('names the events that its line "%s" rests on', (code, events) => {
    expect(lineOf(derivation, code)?.events).toEqual(events);
  });

  it('names the trade that makes a pair old, and the one that used an invoice', () => {
    const old = order('O0', '1', { contractDate: '2019-05-01', invoices: [], rests: ref('e-old') });
    const policy = leadPolicy({ newPairing: { since: '2019-01-01' } });
    const of = facts([evident, old], { beneficiary: 'lead-a' });
    expect(lineOf(evaluateDoor(policy, of).derivation, 'order-not-new')).toMatchObject({
      values: { earlierOrder: 'O0', earlierDate: '2019-05-01', earlierKind: 'contract' },
      events: ['e-contract', 'e-old'],
    });
    const used = facts([evident], { usedInvoices: ['I1'], rests: { usedInvoices: { I1: ref('e-award') } } });
    expect(lineOf(evaluateDoor(smePolicy(), used).derivation, 'left-out')?.events).toEqual(['e-award', 'e-invoice']);
  });

  it('says the same of equal amounts, however they are written', () => {
    const again = JSON.parse(
      JSON.stringify(facts([evident], evidentFirms)).replaceAll('6000000"', '6000000.00"'),
    ) as Json;
    expect(derivationHash(evaluateDoor(smePolicy({ cap: '200000.0' }), again).derivation)).toBe(
      derivationHash(derivation),
    );
  });

  it('is hashed as canonical JSON, short or long, with whatever signs', () => {
    for (const times of [0, 1, 500]) {
      const lines = Array<readonly DerivationLine[]>(times).fill(derivation).flat();
      expect(derivationHash(lines)).toBe(canonicalHash(JSON.parse(JSON.stringify(lines))));
    }
    const strange = 'a"\\b\n\u2028\u007f鞋𝌆';
    const own = facts([{ ...evident, id: strange }], { ...evidentFirms, round: strange });
    const lines = evaluateDoor(smePolicy(), own).derivation;
    expect(derivationHash(lines)).toBe(canonicalHash(JSON.parse(JSON.stringify(lines))));
    const torn = facts([], { round: '\ud800' });
    expect(() => evaluateDoor(smePolicy(), torn)).toThrow(expect.objectContaining({ field: 'facts.round' }));
  });

  // A decision stores this hash and must recompute it for years: whoever changes it moves EVALUATOR_VERSION.
  it.each([
    [
      'sme',
      smePolicy(),
      facts([evident], evidentFirms),
      '571be4ce2a5a8a0ccd666733df5620163199ea66d49533e19d433dcccf25771f',
    ],
    [
      'lead',
      leadPolicy(),
      facts([evident], { ...evidentFirms, beneficiary: 'lead-a' }),
      '24375e2b9af403b18b3cafae1a41e90842a782cfd929aa958fb0441c68f0feff',
    ],
    [
      'loan',
      loanPolicy(),
      facts([], { loans: [loan()] }),
      'c0d37257ab10b8b2581bb6559e1b45d8d7ba7eedf6f6a9309f9475eba95d7209',
    ],
  ])("of the evaluator's version 1 stays what it was: %s", (_name, policy, of, hash) => {
    expect(derivationHash(evaluateDoor(policy, of).derivation)).toBe(hash);
  });
});
