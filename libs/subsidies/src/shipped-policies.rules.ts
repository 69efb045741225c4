import { evaluationOf } from './policy-evaluation.rules';
import type { Beneficiary, ChosenReading, Parameter, ReadingValues } from './policy-readings.rules';
import { PolicyMaterial, PolicyTerms, StatedTerms, termsHash } from './policy-terms.rules';

// The historical versions that the platform ships: constants of the code, read beside those drafted here. Where a text is
// silent the reading is ours and says so. Their Chinese stands with the labels; `word` finds it by its key.

/** The words of a key, e.g. `cluster-2020/title`; keys stand for themselves where no words are wanted. */
export type PolicyWords = (key: string) => string;

export type ShippedPolicy = {
  readonly scheme: string;
  readonly version: string;
  readonly historical: true;
  readonly terms: PolicyTerms;
  readonly hash: string;
  /** In the shape of the door. */
  readonly evaluation: object;
};

type Choice = readonly [parameter: Parameter, reading: string, values?: ReadingValues];

/** Where the text says it itself; every other reading is a default of ours. */
type Stated = Partial<Record<Parameter, true>>;

const SME_SIZES: StatedTerms['sizes'] = ['micro', 'small', 'medium'];
const EPIDEMIC = { from: '2020-01-23', to: '2020-12-31' };
const YEAR_2020 = { from: '2020-01-01', to: '2020-12-31' };
const YEAR_2022 = { from: '2022-01-01', to: '2022-12-31' };

const TRADE: readonly Choice[] = [
  ['vat', 'net'],
  ['related-parties', 'same-largest-shareholder'],
  ['in-the-city', 'registration'],
  ['cap-per', 'round'],
  ['budget-short', 'full-then-scale'],
  ['rounding', 'yuan-down'],
  ['exclusions', 'none'],
  ['other-schemes', 'no-limit'],
];
const SME: readonly Choice[] = [
  ['new-pairing', 'not-asked'],
  ['both-bases', 'larger'],
  ['thresholds-over', 'all'],
];
const loan = (base: 'loan-rate' | 'relending-rate'): readonly Choice[] => [
  ['window', 'dated', EPIDEMIC],
  // A year of interest of a loan of the last day.
  ['interest-base', base, { from: '2020-01-23', to: '2021-12-30' }],
  ['day-count', 'actual/360'],
  ['cap-per', 'round'],
  ['budget-short', 'full-then-scale'],
  ['rounding', 'fen-half-up'],
  ['exclusions', 'none'],
  ['other-schemes', 'no-limit'],
];

type Shipping = {
  readonly scheme: string;
  readonly version: string;
  /** Under which its words stand. */
  readonly words: string;
  readonly beneficiary: Beneficiary;
  readonly days: { readonly from: string; readonly to: string };
  readonly stated: StatedTerms;
  readonly choices: readonly Choice[];
  readonly clauses: Stated;
  readonly sources: number;
  readonly materials: readonly string[];
};

const OF_TRADE = ['contract', 'invoices', 'delivery-notes', 'payment-vouchers', 'pledge'];
const OF_LOAN = ['loan-contract', 'drawing-slip', 'interest-slips', 'pledge'];
/** Asked for after the claim was accepted, where one waits for a bank or a partner. */
const MAY_FOLLOW = new Set(['payment-vouchers', 'interest-slips']);

const SHIPPED: readonly Shipping[] = [
  {
    scheme: 'cluster-lead',
    version: '2020',
    words: 'cluster-2020',
    beneficiary: 'lead',
    days: { from: '2020-02-01', to: '2021-12-31' },
    stated: { rates: { sales: '0.01' }, cap: '1000000' },
    choices: [
      ['new-pairing', 'no-trade-since', { since: '2019-01-01' }],
      ['window', 'dated', EPIDEMIC],
      ['amount-counts', 'least', EPIDEMIC],
      ...TRADE,
    ],
    clauses: {},
    sources: 2,
    materials: OF_TRADE,
  },
  {
    scheme: 'cluster-sme',
    version: '2020',
    words: 'cluster-2020',
    beneficiary: 'sme',
    days: { from: '2020-02-01', to: '2021-12-31' },
    stated: {
      rates: { output: '0.01', fee: '0.025' },
      thresholds: { output: '5000000', fee: '2000000' },
      cap: '200000',
      sizes: SME_SIZES,
    },
    choices: [['window', 'dated', YEAR_2020], ['amount-counts', 'least', YEAR_2020], ...SME, ...TRADE],
    clauses: {},
    sources: 2,
    materials: OF_TRADE,
  },
  {
    scheme: 'cluster-sme',
    version: '2022',
    words: 'cluster-2022',
    beneficiary: 'sme',
    days: { from: '2022-01-01', to: '2023-12-31' },
    stated: {
      rates: { output: '0.01', fee: '0.025' },
      thresholds: { shareOfSales: '0.3' },
      cap: '300000',
      sizes: SME_SIZES,
      subsidiaries: 'anywhere',
    },
    choices: [['window', 'dated', YEAR_2022], ['amount-counts', 'least', YEAR_2022], ...SME, ...TRADE],
    clauses: {},
    sources: 1,
    materials: [...OF_TRADE, 'sales-of-year'],
  },
  {
    scheme: 'interest-subsidy',
    version: '2020-3',
    words: 'interest-3',
    beneficiary: 'loan',
    days: { from: '2020-02-01', to: '2021-12-31' },
    stated: { rates: { share: '0.5' }, sizes: SME_SIZES, longestMonths: 12 },
    choices: loan('relending-rate'),
    clauses: { 'interest-base': true },
    sources: 1,
    materials: OF_LOAN,
  },
  {
    scheme: 'interest-subsidy',
    version: '2020-5',
    words: 'interest-5',
    beneficiary: 'loan',
    days: { from: '2020-02-07', to: '2021-12-31' },
    stated: { rates: { share: '0.5' }, sizes: SME_SIZES, longestMonths: 12 },
    choices: loan('loan-rate'),
    clauses: { 'interest-base': true },
    sources: 1,
    materials: OF_LOAN,
  },
];

/** All shipped versions, with their words. */
export const shippedPolicies = (word: PolicyWords = (key) => key): ShippedPolicy[] =>
  SHIPPED.map((one) => shipped(one, word));

/** A shipped version, or undefined where none has this name. */
export function shippedPolicy(
  scheme: string,
  version: string,
  word: PolicyWords = (key) => key,
): ShippedPolicy | undefined {
  const found = SHIPPED.find((one) => one.scheme === scheme && one.version === version);
  return found && shipped(found, word);
}

export const isShipped = (scheme: string, version: string): boolean =>
  SHIPPED.some((one) => one.scheme === scheme && one.version === version);

function shipped(one: Shipping, word: PolicyWords): ShippedPolicy {
  const { scheme, version, words, beneficiary, days, stated, sources } = one;
  const said = (key: string) => word(`${words}/${key}`);
  const terms: PolicyTerms = {
    title: word(`${scheme}-${version}/title`),
    beneficiary,
    legalBasis: [{ title: said('basis'), issuedBy: said('issued-by'), clause: word(`${scheme}-${version}/clause`) }],
    sources: Array.from({ length: sources }, (_, n) => ({ title: said(`source-${n + 1}`) })),
    reviews: [{ kind: 'legality', office: said('issued-by'), result: word('review-unknown') }],
    effectiveFrom: days.from,
    endsOn: days.to,
    stated,
    readings: one.choices.map((choice) => reading(choice, one, word)),
    materials: one.materials.map((material) => materialOf(material, word)),
    noticeWorkingDays: 5,
    objections: { answerWorkingDays: 15, acceptsAnonymous: true },
    standStillDays: 3,
    note: word('note'),
  };
  const evaluation = evaluationOf(scheme, version, terms);
  return { scheme, version, historical: true, terms, hash: termsHash(terms), evaluation };
}

function reading([parameter, name, values]: Choice, { clauses, words }: Shipping, word: PolicyWords): ChosenReading {
  const isStated = clauses[parameter] === true;
  const basis = word(isStated ? `${words}/${parameter}` : `ours/${parameter}/${name}`);
  return { parameter, reading: name, basis, ours: !isStated, ...(values && { values }) };
}

const materialOf = (material: string, word: PolicyWords): PolicyMaterial => ({
  material,
  title: word(`material/${material}`),
  required: true,
  mayFollow: MAY_FOLLOW.has(material),
});
