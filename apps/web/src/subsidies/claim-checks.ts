import { tradeRows } from './derivation-rows';
import type { ClaimView } from './claim-next';

export type CheckName = 'lead-list' | 'size' | 'related' | 'new' | 'used' | 'payee' | 'findings';
export type CheckResult = 'passed' | 'failed' | 'open' | 'not-asked';
/** `count`: trades that passed; `left`: those that were left out because of it, or what is still to be looked at. */
export type Check = {
  readonly name: CheckName;
  readonly result: CheckResult;
  readonly count: number;
  readonly left: number;
};

type Known = Pick<ClaimView, 'derivation' | 'relations' | 'payee' | 'findings'>;

/** Pairs that must be newly matched, by the lines that found no earlier trade, and those that somebody pledged or checked. */
export function pairsOf({ derivation, relations }: Pick<Known, 'derivation' | 'relations'>): string[] {
  const told = (derivation?.lines ?? []).flatMap(({ code, values }) =>
    code === 'pair-new' || code === 'pair-never-before' ? [`${values.lead}/${values.supplier}`] : [],
  );
  return [...new Set([...told, ...relations.map(({ pair }) => pair)])];
}

/** What an officer would look at by himself, and what came of it: 名录, 规模, 关联, 新对接, 发票重复, 账户, 信用. */
export function checksOf(claim: Known): Check[] {
  const { derivation, payee, findings } = claim;
  const lines = derivation?.lines ?? [];
  const rows = derivation ? tradeRows(derivation) : [];
  const told = (...codes: string[]): number => lines.filter(({ code }) => codes.includes(code)).length;
  const leftOut = (...reasons: string[]): number => rows.filter(({ reason = '' }) => reasons.includes(reason)).length;
  const counted = rows.filter((row) => row.counted !== undefined).length;

  // What does not fit never counts, so that a test of what counts is passed; what it left out is said beside it.
  const tested = (name: CheckName, passed: number, left: number): Check => ({
    name,
    result: passed > 0 ? 'passed' : left > 0 ? 'failed' : 'not-asked',
    count: passed,
    left,
  });
  const pairs = pairsOf(claim);
  const resultOf = new Map(claim.relations.map(({ pair, result }) => [pair, result]));
  const isFound = pairs.some((pair) => resultOf.get(pair) === 'trade-found');
  const unchecked = pairs.filter((pair) => resultOf.get(pair) !== 'checked-none').length;
  return [
    tested(
      'lead-list',
      told('lead-on-list', 'subsidiary-of-lead'),
      leftOut('not-on-lead-list', 'order-not-on-lead-list'),
    ),
    tested(
      'size',
      told('size-allowed'),
      leftOut('too-large', 'order-too-large', 'order-size-unknown', 'loan-too-large'),
    ),
    tested('related', told('not-related'), leftOut('related', 'order-related')),
    {
      name: 'new',
      result: isFound ? 'failed' : unchecked > 0 ? 'open' : pairs.length > 0 ? 'passed' : 'not-asked',
      count: pairs.length - unchecked,
      left: unchecked,
    },
    { name: 'used', result: counted > 0 ? 'passed' : 'not-asked', count: counted, left: leftOut('invoice-used') },
    {
      name: 'payee',
      result: (payee?.doubts.length ?? 0) > 0 ? 'failed' : payee?.checked ? 'passed' : 'open',
      count: payee ? 1 : 0,
      left: payee?.doubts.length ?? 0,
    },
    {
      name: 'findings',
      result: findings === undefined ? 'open' : findings.length > 0 ? 'failed' : 'passed',
      count: 0,
      left: findings?.length ?? 0,
    },
  ];
}
