import type { Api } from '../api/client';

export type Parameter = Api['ChosenReading']['parameter'];
export type ReadingName = Api['ChosenReading']['reading'];
export type ValueName = keyof Api['ReadingValues'];
type Beneficiary = Api['PolicyTerms']['beneficiary'];
type Point = {
  readonly of: readonly Beneficiary[];
  readonly readings: readonly ReadingName[];
  /** Fields that a reading asks for or may have; none where it is not named. */
  readonly values?: Partial<Record<ReadingName, readonly ValueName[]>>;
};

const ALL: readonly Beneficiary[] = ['lead', 'sme', 'loan'];
const TRADERS: readonly Beneficiary[] = ['lead', 'sme'];
const PERIOD: readonly ValueName[] = ['from', 'to', 'means', 'billsFrom'];

// What the form offers. The server holds the rule: it refuses, at the field, a reading or a value that does not belong.
const POINTS: Readonly<Record<Parameter, Point>> = {
  'new-pairing': {
    of: TRADERS,
    readings: ['no-trade-since', 'increase', 'never', 'not-asked'],
    values: { 'no-trade-since': ['since'], increase: ['since'] },
  },
  window: { of: ALL, readings: ['dated'], values: { dated: ['from', 'to'] } },
  'amount-counts': {
    of: TRADERS,
    readings: ['least', 'delivered', 'invoiced', 'paid'],
    values: { least: PERIOD, delivered: PERIOD, invoiced: PERIOD, paid: PERIOD },
  },
  vat: { of: TRADERS, readings: ['net', 'gross'] },
  'both-bases': { of: ['sme'], readings: ['larger', 'sum', 'either-opens-both'] },
  'thresholds-over': { of: ['sme'], readings: ['all', 'each'] },
  'related-parties': {
    of: TRADERS,
    readings: ['same-largest-shareholder', 'holding-25', 'any-equity', 'not-asked'],
  },
  'in-the-city': { of: TRADERS, readings: ['registration', 'plant', 'not-asked'] },
  'cap-per': { of: ALL, readings: ['round', 'year', 'scheme'] },
  'budget-short': { of: ALL, readings: ['full-then-scale', 'pro-rata', 'first-come'] },
  rounding: { of: ALL, readings: ['yuan-down', 'fen-half-up'] },
  'interest-base': {
    of: ['loan'],
    readings: ['loan-rate', 'relending-rate'],
    values: { 'loan-rate': ['from', 'to'], 'relending-rate': ['from', 'to'] },
  },
  'day-count': { of: ['loan'], readings: ['actual/360', 'actual/365'] },
  exclusions: { of: ALL, readings: ['none', 'excluded'], values: { excluded: ['grounds'] } },
  'other-schemes': {
    of: ALL,
    readings: ['no-limit', 'not-twice', 'yearly-total'],
    values: { 'not-twice': ['schemes'], 'yearly-total': ['total', 'schemes'] },
  },
};

/** The open points of a beneficiary's policies, in the order in which they are read. */
export const pointsOf = (beneficiary: Beneficiary): Parameter[] =>
  (Object.keys(POINTS) as Parameter[]).filter((parameter) => POINTS[parameter].of.includes(beneficiary));

export const readingsOf = (parameter: Parameter): readonly ReadingName[] => POINTS[parameter].readings;

export const valuesOf = (parameter: Parameter, reading: ReadingName | undefined): readonly ValueName[] =>
  (reading && POINTS[parameter].values?.[reading]) || [];
