import { CalendarDate, Flag, Money, Nested, OneOf, Refused, Strings, Text } from '@app/kernel';

// The points that the texts of subsidies leave open, each with the readings that were seen. A version names for each point that
// touches it one reading and its basis 解释依据; the evaluator gets nothing but what was chosen here.

export const BENEFICIARIES = ['lead', 'sme', 'loan'] as const;
export type Beneficiary = (typeof BENEFICIARIES)[number];

const EVERYBODY: readonly Beneficiary[] = BENEFICIARIES;
const TRADERS: readonly Beneficiary[] = ['lead', 'sme'];
const DAYS = { needs: ['from', 'to'], may: [] } as const;
const PERIOD = { needs: ['from', 'to'], may: ['means', 'billsFrom'] } as const;
const NOTHING = { needs: [], may: [] } as const;

type ValueName = keyof ReadingValues;
type Reading = { readonly needs: readonly ValueName[]; readonly may: readonly ValueName[] };
type OpenPoint = {
  readonly touches: readonly Beneficiary[];
  readonly readings: Readonly<Record<string, Reading>>;
};

/** Every open point: whose policies it touches, its readings, and the values that a reading needs or may have. */
export const OPEN_POINTS = {
  // What is "newly matched" 新对接.
  'new-pairing': {
    touches: TRADERS,
    readings: {
      'no-trade-since': { needs: ['since'], may: [] },
      increase: { needs: ['since'], may: [] },
      never: NOTHING,
      'not-asked': NOTHING,
    },
  },
  // Contracts of these days count.
  window: { touches: EVERYBODY, readings: { dated: DAYS } },
  // When an amount counts, in the invoices of which days, and paid by which means.
  'amount-counts': {
    touches: TRADERS,
    readings: { least: PERIOD, delivered: PERIOD, invoiced: PERIOD, paid: PERIOD },
  },
  vat: { touches: TRADERS, readings: { net: NOTHING, gross: NOTHING } },
  'both-bases': { touches: ['sme'], readings: { larger: NOTHING, sum: NOTHING, 'either-opens-both': NOTHING } },
  'thresholds-over': { touches: ['sme'], readings: { all: NOTHING, each: NOTHING } },
  'related-parties': {
    touches: TRADERS,
    readings: {
      'same-largest-shareholder': NOTHING,
      'holding-25': NOTHING,
      'any-equity': NOTHING,
      'not-asked': NOTHING,
    },
  },
  'in-the-city': { touches: TRADERS, readings: { registration: NOTHING, plant: NOTHING, 'not-asked': NOTHING } },
  'cap-per': { touches: EVERYBODY, readings: { round: NOTHING, year: NOTHING, scheme: NOTHING } },
  'budget-short': {
    touches: EVERYBODY,
    readings: { 'full-then-scale': NOTHING, 'pro-rata': NOTHING, 'first-come': NOTHING },
  },
  rounding: { touches: EVERYBODY, readings: { 'yuan-down': NOTHING, 'fen-half-up': NOTHING } },
  // At which rate, and for the interest of which days.
  'interest-base': { touches: ['loan'], readings: { 'loan-rate': DAYS, 'relending-rate': DAYS } },
  'day-count': { touches: ['loan'], readings: { 'actual/360': NOTHING, 'actual/365': NOTHING } },
  exclusions: { touches: EVERYBODY, readings: { none: NOTHING, excluded: { needs: ['grounds'], may: [] } } },
  'other-schemes': {
    touches: EVERYBODY,
    readings: {
      'no-limit': NOTHING,
      'not-twice': { needs: ['schemes'], may: [] },
      'yearly-total': { needs: ['total'], may: ['schemes'] },
    },
  },
} as const satisfies Record<string, OpenPoint>;

export type Parameter = keyof typeof OPEN_POINTS;
export const PARAMETERS = Object.keys(OPEN_POINTS) as readonly Parameter[];
export type ReadingOf<P extends Parameter> = keyof (typeof OPEN_POINTS)[P]['readings'];

const READINGS = [...new Set(PARAMETERS.flatMap((parameter) => Object.keys(OPEN_POINTS[parameter].readings)))];

/** Means of payment as orders name them; a bill counts from its receipt or from its maturity. */
export const COUNTED_MEANS = ['transfer', 'bank-bill', 'commercial-bill', 'set-off', 'cash'] as const;
export const BILLS_FROM = ['receipt', 'maturity'] as const;
/** 失信, penalties, disputes: an officer finds them, no event shows them. */
export const EXCLUSION_GROUNDS = ['dishonest', 'penalty', 'dispute'] as const;
export type ExclusionGround = (typeof EXCLUSION_GROUNDS)[number];

/** What a reading is about, by its kind: days, means of payment, grounds, schemes, an amount. */
export class ReadingValues {
  @CalendarDate({ optional: true, description: 'first day looked back to' }) since?: string;
  @CalendarDate({ optional: true, description: 'first day that counts' }) from?: string;
  @CalendarDate({ optional: true, description: 'last day that counts' }) to?: string;
  @Strings(COUNTED_MEANS, { optional: true, most: 5, min: 1, description: 'means that count; all where left out' })
  means?: (typeof COUNTED_MEANS)[number][];
  @OneOf(BILLS_FROM, { optional: true, description: 'from when a bill counts; receipt where left out' })
  billsFrom?: (typeof BILLS_FROM)[number];
  @Strings(EXCLUSION_GROUNDS, { optional: true, most: 3, min: 1 }) grounds?: ExclusionGround[];
  @Strings({ max: 60 }, { optional: true, most: 50, min: 1, description: 'other schemes, by their names' })
  schemes?: string[];
  @Money({ optional: true, description: 'most for one firm in one year over schemes, in yuan' }) total?: string;
}

/** The reading chosen for one open point, with its basis 解释依据. */
export class ChosenReading {
  @OneOf(PARAMETERS) parameter: Parameter;
  @OneOf(READINGS) reading: string;
  @Text(1000, {
    optional: true,
    description: '解释依据: what the reading rests on',
    example: '市工信局会议纪要第 3 条',
  })
  basis?: string;
  @Flag({ description: 'a default of ours where the text is silent, not a clause of it' }) ours: boolean;
  @Nested(() => ReadingValues, { optional: true }) values?: ReadingValues;
}

/** The reading of a point; undefined while nobody has chosen one. */
export const readingOf = (readings: readonly ChosenReading[], parameter: Parameter): ChosenReading | undefined =>
  readings.find((one) => one.parameter === parameter);

/** The points that a policy for this beneficiary must read. */
export const pointsOf = (beneficiary: Beneficiary): Parameter[] =>
  PARAMETERS.filter((parameter) => touches(parameter, beneficiary));

/**
 * Refuses what can be read in no way or in two: a reading of another point, values that it does not take. A draft may leave
 * points open; a version that is proposed may not (`checkAllRead`).
 */
export function checkReadings(beneficiary: Beneficiary, readings: readonly ChosenReading[]): void {
  const seen = new Set<Parameter>();
  for (const [index, { parameter, reading, values = {} }] of readings.entries()) {
    const field = `readings/${index}`;
    if (seen.has(parameter)) throw new Refused('reading-twice', { parameter }, `${field}/parameter`);
    seen.add(parameter);
    if (!touches(parameter, beneficiary)) {
      throw new Refused('parameter-not-applicable', { parameter }, `${field}/parameter`);
    }
    const known: Readonly<Record<string, Reading>> = OPEN_POINTS[parameter].readings;
    const taken = Object.hasOwn(known, reading) ? known[reading] : undefined;
    if (!taken) {
      const allowed = Object.keys(known).join(', ');
      throw new Refused('reading-unknown', { parameter, allowed }, `${field}/reading`);
    }
    const given = Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [name as ValueName]));
    for (const name of taken.needs) {
      if (!given.includes(name)) {
        throw new Refused('reading-value-missing', { parameter, value: name }, `${field}/values/${name}`);
      }
    }
    for (const name of given) {
      if (!taken.needs.includes(name) && !taken.may.includes(name)) {
        throw new Refused('reading-value-unused', { parameter, value: name }, `${field}/values/${name}`);
      }
    }
    const { from, to } = values;
    if (from !== undefined && to !== undefined && from > to) {
      throw new Refused('period-backwards', {}, `${field}/values/to`);
    }
  }
}

/** An open point without a reading, or a reading without its basis, would be decided later by nobody on record. */
export function checkAllRead(beneficiary: Beneficiary, readings: readonly ChosenReading[]): void {
  const open = pointsOf(beneficiary).filter((parameter) => !readingOf(readings, parameter));
  if (open.length > 0) throw new Refused('open-point-unread', { parameters: open.join(', ') }, 'readings');
  const baseless = readings.filter(({ basis }) => basis === undefined).map(({ parameter }) => parameter);
  if (baseless.length > 0) throw new Refused('reading-without-basis', { parameters: baseless.join(', ') }, 'readings');
}

function touches(parameter: Parameter, beneficiary: Beneficiary): boolean {
  const { touches: whose }: OpenPoint = OPEN_POINTS[parameter];
  return whose.includes(beneficiary);
}
