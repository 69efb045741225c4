import { Exact, toFen } from '@app/kernel';

// Policies and facts in the shape of the door, as JSON, to be bent by a test.

export type Json = Record<string, unknown>;

const YEAR = { from: '2020-01-01', to: '2020-12-31' };
const trade = {
  version: '2020',
  window: YEAR,
  period: YEAR,
  counts: 'least',
  vat: 'net',
  newPairing: null,
  area: 'registration',
  related: 'same-largest-shareholder',
  thresholdsOver: 'all',
  bases: 'larger',
  capPer: 'round',
  rounding: 'yuan-down',
};

export const smePolicy = (changes: Json = {}): Json => ({
  ...trade,
  scheme: 'cluster-sme',
  beneficiary: 'sme',
  sizes: ['micro', 'small', 'medium'],
  thresholds: { output: '5000000', fee: '2000000' },
  rates: { output: '0.01', fee: '0.025' },
  cap: '200000',
  ...changes,
});

export const leadPolicy = (changes: Json = {}): Json => ({
  ...trade,
  scheme: 'cluster-lead',
  beneficiary: 'lead',
  sizes: null,
  thresholds: null,
  rates: { sales: '0.01' },
  cap: '1000000',
  ...changes,
});

export const loanPolicy = (changes: Json = {}): Json => ({
  scheme: 'interest-subsidy',
  version: '2020-5',
  beneficiary: 'loan',
  window: YEAR,
  period: { from: '2020-01-01', to: '2021-12-31' },
  area: 'registration',
  sizes: ['micro', 'small', 'medium'],
  base: 'loan-rate',
  dayCount: 'actual/360',
  rates: { share: '0.5' },
  cap: null,
  capPer: 'scheme',
  rounding: 'fen-half-up',
  ...changes,
});

export const firm = (id: string, changes: Json = {}): Json => ({
  id,
  registration: '350582',
  plant: '350582',
  sizes: [{ from: '2019-01-01', size: 'small' }],
  lists: id.startsWith('lead') ? [{ from: '2020-01-01', to: '2020-12-31' }] : [],
  holders: [{ from: '2018-01-01', list: [{ id: `person:${id}`, share: '1' }] }],
  ...changes,
});

/** Delivered, invoiced and paid in full, in the middle of the year. */
export function order(
  id: string,
  net: string,
  { vatRate = '0.13', ...changes }: Json & { vatRate?: string } = {},
): Json {
  return {
    id,
    lead: 'lead-a',
    supplier: 'sme-a',
    kind: 'goods',
    contractDate: '2020-03-02',
    vatRate,
    deliveries: [{ date: '2020-03-20', net }],
    invoices: [{ number: `${id}-1`, date: '2020-04-01', net }],
    payments: [{ date: '2020-05-01', gross: toFen(new Exact(vatRate).plus(1).times(net)).toFixed(2) }],
    ...changes,
  };
}

export const facts = (orders: readonly Json[], changes: Json = {}): Json => ({
  asOf: '2021-01-31',
  beneficiary: 'sme-a',
  round: '2020-1',
  year: 2020,
  enterprises: ['lead-a', 'lead-b', 'sme-a', 'sme-b'].map((id) => firm(id)),
  orders,
  usedInvoices: [],
  earlierAwards: [],
  ...changes,
});

/** The usual firms, one of them otherwise. */
export const firms = (id: string, changes: Json, ...more: readonly Json[]): Json => ({
  enterprises: [...['lead-a', 'lead-b', 'sme-a', 'sme-b'].map((one) => firm(one, one === id ? changes : {})), ...more],
});

export const loan = (changes: Json = {}): Json => ({
  id: 'L1',
  borrower: 'sme-a',
  contractDate: '2020-02-20',
  amount: '1000000',
  drawnOn: '2020-03-01',
  dueOn: '2021-02-24',
  rates: [{ from: '2020-03-01', rate: '0.0315' }],
  repayments: [],
  ...changes,
});
