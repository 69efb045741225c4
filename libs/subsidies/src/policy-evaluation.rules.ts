import { Refused } from '@app/kernel';
import { Policy, readPolicy } from './policy-door-policy.rules';
import { BILLS_FROM, ChosenReading, Parameter, readingOf, ReadingValues } from './policy-readings.rules';
import type { PolicyTerms, StatedTerms } from './policy-terms.rules';

// What the evaluator takes follows from clauses and readings alone, in the shape of the door. Nobody writes it beside them, so
// that a version cannot say one thing and pay another.

/** A version's policy as the evaluator and the door take it. The terms must have a reading for every open point. */
export function evaluationOf(scheme: string, version: string, terms: PolicyTerms): object {
  const { beneficiary, stated, readings } = terms;
  const { from, to } = valuesOf(readings, 'window');
  const capPer = readingIn(readings, 'cap-per');
  const always = {
    scheme,
    version,
    beneficiary,
    window: { from, to },
    area: unlessNotAsked(readingOf(readings, 'in-the-city')),
    sizes: stated.sizes ?? null,
    capPer,
    cap: stated.cap ?? null,
    rounding: readingIn(readings, 'rounding'),
    budget: { short: readingIn(readings, 'budget-short') },
    ...exclusions(readings),
    ...otherSchemes(readings),
  };
  if (beneficiary === 'loan') {
    const days = valuesOf(readings, 'interest-base');
    return {
      ...always,
      period: { from: days.from, to: days.to },
      base: readingIn(readings, 'interest-base'),
      dayCount: readingIn(readings, 'day-count'),
      rates: { share: stated.rates.share },
      ...(stated.longestMonths !== undefined && { longestMonths: stated.longestMonths }),
    };
  }
  const counted = valuesOf(readings, 'amount-counts');
  return {
    ...always,
    period: { from: counted.from, to: counted.to },
    counts: readingIn(readings, 'amount-counts'),
    ...(counted.means && { countsMeans: countsMeans(counted) }),
    vat: readingIn(readings, 'vat'),
    newPairing: newPairing(readings),
    related: unlessNotAsked(readingOf(readings, 'related-parties')),
    ...(stated.subsidiaries && { subsidiaries: stated.subsidiaries }),
    ...(beneficiary === 'lead'
      ? { thresholds: null, thresholdsOver: 'all', bases: 'larger', rates: { sales: stated.rates.sales } }
      : {
          thresholds: thresholdsOf(stated),
          thresholdsOver: readingIn(readings, 'thresholds-over'),
          bases: readingIn(readings, 'both-bases'),
          rates: { output: stated.rates.output, fee: stated.rates.fee },
        }),
  };
}

/** What cannot be evaluated is refused before anybody approves it. Returns what the evaluator reads. */
export function checkEvaluable(scheme: string, version: string, terms: PolicyTerms): Policy {
  try {
    return readPolicy(evaluationOf(scheme, version, terms));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw new Refused('policy-not-evaluable', { path: error.field ?? '' }, 'terms');
  }
}

function newPairing(readings: readonly ChosenReading[]): object | null {
  const reading = readingIn(readings, 'new-pairing');
  const { since } = valuesOf(readings, 'new-pairing');
  if (reading === 'no-trade-since') return { since };
  if (reading === 'increase') return { since, rule: 'increase' };
  return reading === 'never' ? { rule: 'never' } : null;
}

/** A bill counts from its receipt or its maturity, any other means when it is paid. */
const countsMeans = ({ means = [], billsFrom = BILLS_FROM[0] }: ReadingValues): object =>
  Object.fromEntries(means.map((one) => [one, one.endsWith('-bill') ? billsFrom : 'receipt']));

const thresholdsOf = ({ thresholds = {} }: StatedTerms): object =>
  Object.fromEntries(Object.entries(thresholds).filter(([, value]) => value !== undefined));

function exclusions(readings: readonly ChosenReading[]): object {
  const { grounds } = valuesOf(readings, 'exclusions');
  return readingIn(readings, 'exclusions') === 'excluded' ? { exclusions: { grounds } } : {};
}

function otherSchemes(readings: readonly ChosenReading[]): object {
  const rule = readingIn(readings, 'other-schemes');
  if (rule === 'no-limit') return {};
  const { schemes, total } = valuesOf(readings, 'other-schemes');
  return { otherSchemes: { rule, ...(total !== undefined && { total }), ...(schemes && { schemes }) } };
}

const unlessNotAsked = (chosen: ChosenReading | undefined): string | null =>
  chosen && chosen.reading !== 'not-asked' ? chosen.reading : null;

function readingIn(readings: readonly ChosenReading[], parameter: Parameter): string {
  const chosen = readingOf(readings, parameter);
  if (!chosen) throw new Refused('open-point-unread', { parameters: parameter }, 'terms/readings');
  return chosen.reading;
}

const valuesOf = (readings: readonly ChosenReading[], parameter: Parameter): ReadingValues =>
  readingOf(readings, parameter)?.values ?? {};
