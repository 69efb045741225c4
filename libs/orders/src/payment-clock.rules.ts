import { addDays, Exact, lineAmount, startOfDay, sum, toFen } from '@app/kernel';
import type { Decimal } from 'decimal.js';

// 付款时限. When the price of what was accepted is due, and what being late costs. The dated table is that of 保障中小企业款项支付条例:
// 国务院令第728号 (2020-07-05, in force 2020-09-01), revised by 国务院令第802号 (2025-03-17, in force 2025-06-01). Which row holds, and
// who is large, is decided at the contract date (第三条).

export const CLOCK_ROWS = [
  // Nothing but the contract.
  { row: 'before-rule', from: '1900-01-01', term: 'agreed', interest: 'agreed' },
  // 728号: large firms agree on a term by the trade's custom, from acceptance where that was agreed; interest on what is late.
  { row: 'rule-2020', from: '2020-09-01', term: 'agreed', interest: 'at-least-lpr' },
  // 802号: within 60 days of delivery unless the contract says otherwise, or of acceptance where that was agreed; 第十七条: interest.
  { row: 'rule-2025', from: '2025-06-01', term: 'sixty-days', interest: 'at-least-lpr' },
] as const;
export type ClockRow = (typeof CLOCK_ROWS)[number]['row'];

/** Days from delivery, 802号. */
export const LONGEST_UNAGREED_TERM = 60;
/** 每日利率万分之五, where no rate was agreed (728号; 802号 第十七条). */
export const DAILY_RATE = '0.0005';
/** Days of a year by which a yearly rate becomes a daily one; our reading, since the rule names none. */
export const DAYS_OF_YEAR = 365;

/**
 * The one-year loan prime rate from the day on which it changed, as the National Interbank Funding Center publishes it on the
 * 20th of a month (the next working day), 中国货币网 chinamoney.com.cn; first published in this form on 2019-08-20.
 */
export const ONE_YEAR_LPR: readonly { readonly from: string; readonly rate: string }[] = [
  { from: '2019-08-20', rate: '0.0425' },
  { from: '2019-09-20', rate: '0.042' },
  { from: '2019-11-20', rate: '0.0415' },
  { from: '2020-02-20', rate: '0.0405' },
  { from: '2020-04-20', rate: '0.0385' },
  { from: '2021-12-20', rate: '0.038' },
  { from: '2022-01-20', rate: '0.037' },
  { from: '2022-08-22', rate: '0.0365' },
  { from: '2023-06-20', rate: '0.0355' },
  { from: '2023-08-21', rate: '0.0345' },
  { from: '2024-07-22', rate: '0.0335' },
  { from: '2024-10-21', rate: '0.031' },
  { from: '2025-05-20', rate: '0.03' },
];
/** The last day for which the table was held against what was published: a later floor is the last one known, and says so. */
export const LPR_KNOWN_UNTIL = '2025-11-19';

/** The sizes at the contract date decide whether the rule holds: a large firm owes an SME. Undefined: not known. */
export type ClockSize = 'micro' | 'small' | 'medium' | 'large' | undefined;

export type ClockTerms = {
  readonly contractDate: string;
  /** Of the confirmed contract; left out while there is none. */
  readonly agreed?: { readonly days: number; readonly from: 'delivery' | 'acceptance'; readonly lateInterest?: string };
  readonly leadSize: ClockSize;
  readonly supplierSize: ClockSize;
  readonly vatRate: string;
};

/** What was accepted of a delivery at one time: each part runs by a clock of its own where acceptance starts it. */
export type ClockAcceptance = {
  readonly fact: string;
  readonly acceptance: string;
  readonly deliveredOn: string;
  readonly acceptedOn: string;
  readonly lines: readonly {
    readonly line: string;
    readonly quantity: string;
    /** Without VAT. */
    readonly unitPrice: string;
    /** 账期 of the award, from delivery: what was agreed while no contract says more. */
    readonly termDays?: number;
  }[];
};
export type ClockReturn = {
  readonly returnedOn: string;
  /** The delivery that it came from, where the return names one. */
  readonly fact?: string;
  readonly lines: readonly { readonly line: string; readonly quantity: string }[];
};
export const DUE_REASONS = ['contract-delivery', 'contract-acceptance', 'award-term', 'sixty-days', 'none'] as const;
export type DueReason = (typeof DUE_REASONS)[number];
export const INTEREST_REASONS = ['agreed', 'lpr', 'daily', 'none'] as const;
export type InterestReason = (typeof INTEREST_REASONS)[number];

/** What was accepted at one time, and when its price is due. Amounts in yuan with VAT. */
export type Due = {
  readonly fact: string;
  readonly acceptance: string;
  readonly deliveredOn: string;
  readonly acceptedOn: string;
  /** Less what was returned of it. */
  readonly amount: string;
  /** The last day on which it is paid in time; left out where nobody agreed on one and no rule sets one. */
  readonly dueOn?: string;
  readonly reason: DueReason;
};

export type ClockRates = {
  readonly row: ClockRow;
  /** Whether a large firm owes an SME; undefined where a size at the contract date is not known. */
  readonly holds?: boolean;
  readonly interest: InterestReason;
  /** Of the open amount for a day, as a decimal: `0.0005`; left out where late payment costs nothing. */
  readonly dailyRate?: string;
  /** The floor and the day of its publication, where it took the place of a lower agreed rate or stood below it. */
  readonly lpr?: { readonly rate: string; readonly from: string; readonly isKnown: boolean } | undefined;
};

export type OrderDues = { readonly rates: ClockRates; readonly dues: readonly Due[] };

/** The dues of one order with what they are reckoned by; the first due comes first, those without a day last. */
export function orderDues(
  terms: ClockTerms,
  accepted: readonly ClockAcceptance[],
  returns: readonly ClockReturn[],
): OrderDues {
  const rates = clockRates(terms);
  const withVat = (net: Decimal): Decimal => toFen(net.times(new Exact(terms.vatRate).plus(1)));
  const back = returned(accepted, returns);
  // With VAT all parts come to what one delivery of the whole would: each is the growth of the rounded total.
  let total: Decimal = new Exact(0);
  const dues = [...accepted]
    .sort((one, other) => (agedBy(one) < agedBy(other) ? -1 : 1))
    .map((acceptance): Due => {
      const { fact, acceptance: id, deliveredOn, acceptedOn } = acceptance;
      const net = sum(
        acceptance.lines.map(({ line, quantity, unitPrice }) =>
          lineAmount(quantity, unitPrice).minus(lineAmount(back(id, line), unitPrice)),
        ),
      );
      const before = total;
      total = total.plus(net);
      const amount = withVat(total).minus(withVat(before)).toFixed(2);
      return { fact, acceptance: id, deliveredOn, acceptedOn, amount, ...dueDay(terms, rates, acceptance) };
    })
    .filter(({ amount }) => amount !== '0.00');
  return { rates, dues: dues.sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1)) };
}

const NEVER = '9999';
const placeOf = ({ dueOn = NEVER, deliveredOn, acceptedOn, acceptance }: Due): string =>
  [dueOn, deliveredOn, acceptedOn, acceptance].join(' ');

/**
 * How much of each acceptance's line came back. Goods that name no delivery come back from the latest one of their line
 * first, of those accepted by then: the earlier ones have been looked at for longer.
 */
function returned(
  accepted: readonly ClockAcceptance[],
  returns: readonly ClockReturn[],
): (at: string, line: string) => Decimal {
  const back = new Map<string, Decimal>();
  const of = (at: string, line: string): Decimal => back.get(`${at} ${line}`) ?? new Exact(0);
  const latestFirst = [...accepted].sort((one, other) => (agedBy(one) < agedBy(other) ? 1 : -1));
  for (const { returnedOn, fact, lines } of [...returns].sort((one, other) =>
    one.returnedOn < other.returnedOn ? -1 : 1,
  )) {
    const rank = (one: ClockAcceptance): number => (one.fact === fact ? 0 : one.acceptedOn <= returnedOn ? 1 : 2);
    // A return entered with too early a day still reverses what was accepted.
    const from = [...latestFirst].sort((one, other) => rank(one) - rank(other));
    for (const { line, quantity } of lines) {
      let left: Decimal = new Exact(quantity);
      for (const { acceptance, lines: own } of from) {
        const whole = sum(own.filter((one) => one.line === line).map((one) => one.quantity));
        const taken = clamp(left, whole.minus(of(acceptance, line)));
        back.set(`${acceptance} ${line}`, of(acceptance, line).plus(taken));
        left = left.minus(taken);
      }
    }
  }
  return of;
}

const agedBy = ({ deliveredOn, acceptedOn, acceptance }: ClockAcceptance) =>
  [deliveredOn, acceptedOn, acceptance].join(' ');

function dueDay(
  { agreed }: ClockTerms,
  { row, holds }: ClockRates,
  { deliveredOn, acceptedOn, lines }: ClockAcceptance,
): Pick<Due, 'dueOn' | 'reason'> {
  if (agreed) {
    const start = agreed.from === 'delivery' ? deliveredOn : acceptedOn;
    return { dueOn: addDays(start, agreed.days), reason: `contract-${agreed.from}` };
  }
  // Of lines with different terms the longest: nothing is called late before all of it is.
  const awarded = lines.flatMap(({ termDays }) => termDays ?? []);
  if (awarded.length > 0) return { dueOn: addDays(deliveredOn, Math.max(...awarded)), reason: 'award-term' };
  const sixtyDays = holds === true && rowNamed(row).term === 'sixty-days';
  if (sixtyDays) return { dueOn: addDays(deliveredOn, LONGEST_UNAGREED_TERM), reason: 'sixty-days' };
  return { reason: 'none' };
}

const rowNamed = (name: ClockRow) => CLOCK_ROWS.find(({ row }) => row === name)!;

/** The one-year LPR in force on a day; undefined before it was first published. */
export function lprOn(day: string): ClockRates['lpr'] {
  const found = ONE_YEAR_LPR.findLast(({ from }) => from <= day);
  return found && { ...found, isKnown: day <= LPR_KNOWN_UNTIL };
}

/** Which row of the table holds for an order, and what a day of being late costs. */
export function clockRates({ contractDate, agreed, leadSize, supplierSize }: ClockTerms): ClockRates {
  const { row, interest: rule } = CLOCK_ROWS.findLast(({ from }) => from <= contractDate) ?? CLOCK_ROWS[0];
  const isKnown = leadSize !== undefined && supplierSize !== undefined;
  const holds = leadSize === 'large' && supplierSize !== 'large';
  const base = { row, ...(isKnown && { holds }) };
  const yearly = agreed?.lateInterest;
  if (!isKnown || !holds || rule === 'agreed') {
    return yearly === undefined
      ? { ...base, interest: 'none' }
      : { ...base, interest: 'agreed', dailyRate: daily(yearly) };
  }
  if (yearly === undefined) return { ...base, interest: 'daily', dailyRate: DAILY_RATE };
  const lpr = lprOn(contractDate);
  if (!lpr) return { ...base, interest: 'agreed', dailyRate: daily(yearly) };
  const { rate } = lpr;
  return new Exact(yearly).lt(rate)
    ? { ...base, interest: 'lpr', dailyRate: daily(rate), lpr }
    : { ...base, interest: 'agreed', dailyRate: daily(yearly), lpr };
}

/** Enough places that no sum of this domain differs by a fen. */
const daily = (yearly: string): string => new Exact(yearly).div(DAYS_OF_YEAR).toDecimalPlaces(30).toFixed();

/** Within 0 and `most`. */
export const clamp = (value: Decimal, most: Decimal.Value): Decimal => {
  if (value.lt(0)) return new Exact(0);
  return value.gt(most) ? new Exact(most) : value;
};

const DAY = 86_400_000;

/** Days from one day to another: 1 to the next. */
export const daysBetween = (from: string, to: string): number => (startOfDay(to) - startOfDay(from)) / DAY;
