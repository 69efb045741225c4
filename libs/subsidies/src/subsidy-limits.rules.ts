import { decimalText, Exact, sum, toFen } from '@app/kernel';
import type { Decimal } from 'decimal.js';
import type { Derivation } from './derivation.rules';
import type { Policy } from './policy-door-policy.rules';
import { compare, eventsOf, type Facts } from './policy-door-reading.rules';
import { below, refuse } from './policy-door-shape.rules';

// What limits a full award, in this order: findings against the firm, the cap with what earlier awards used of it, other
// schemes, money that is short; then rounding, once, at the very end.

type Limits = Pick<Policy, 'scheme' | 'cap' | 'capPer' | 'rounding' | 'budget' | 'otherSchemes' | 'exclusions'>;
type Bucket = Pick<Facts, 'asOf' | 'round' | 'year' | 'earlierAwards' | 'findings' | 'budget'>;
type EarlierAward = Facts['earlierAwards'][number];

const ZERO = new Exact(0);

/** Schemes whose awards matter under a policy, its own first; a yearly total that names none is over all `known` ones. */
export const schemesOf = (
  { scheme, otherSchemes }: Pick<Policy, 'scheme' | 'otherSchemes'>,
  known: readonly string[],
): string[] => [...new Set([scheme, ...(otherSchemes ? (otherSchemes.schemes ?? known) : [])])];

/** Whether that asks which schemes there are. */
export const asksAllSchemes = ({ otherSchemes }: Pick<Policy, 'otherSchemes'>): boolean =>
  otherSchemes !== undefined && otherSchemes.schemes === undefined;

export function limitedAward(full: Decimal, policy: Limits, facts: Bucket, told: Derivation): Decimal {
  const allowed = afterFindings(full, policy, facts, told);
  const capped = afterCap(allowed, policy, facts, told);
  const single = afterOtherSchemes(capped, policy, facts, told);
  return rounded(afterBudget(single, policy, facts, told), policy, told);
}

function afterFindings(before: Decimal, { exclusions }: Limits, { findings, asOf }: Bucket, told: Derivation): Decimal {
  if (!exclusions) return before;
  if (findings === undefined) return refuse('door-field-missing', { above: { key: 'facts' }, key: 'findings' });
  const standing = findings
    .filter(
      ({ ground, from, to }) => exclusions.grounds.includes(ground) && from <= asOf && (to === undefined || to >= asOf),
    )
    .sort((one, other) => compare(one.from, other.from) || compare(one.ground, other.ground));
  for (const { ground, from, rests } of standing) {
    told.tell('excluded-by-finding', { ground, from }, { amount: ZERO, events: eventsOf(rests) });
  }
  if (standing.length > 0) return ZERO;
  told.tell('no-finding', { asOf }, { amount: before });
  return before;
}

function afterCap(before: Decimal, { scheme, cap, capPer }: Limits, facts: Bucket, told: Derivation): Decimal {
  if (cap === null) {
    told.tell('no-cap', {}, { amount: before });
    return before;
  }
  const { round, year } = facts;
  const awards = inOrder(facts.earlierAwards).filter(
    (one) =>
      one.scheme === scheme && (capPer === 'scheme' || (capPer === 'round' ? one.round === round : one.year === year)),
  );
  const used = tellAwards(awards, told);
  if (capPer === 'round') told.tell('cap-used-by-round', { round }, { amount: used });
  else if (capPer === 'year') told.tell('cap-used-by-year', { year: String(year) }, { amount: used });
  else told.tell('cap-used-by-scheme', { scheme }, { amount: used });
  const left = notBelowZero(cap.minus(used));
  told.tell('cap-left', { cap: decimalText(cap), used: decimalText(used) }, { amount: left });
  const after = Exact.min(before, left);
  const values = { before: decimalText(before), left: decimalText(left) };
  told.tell(after.lessThan(before) ? 'cap-applied' : 'cap-not-reached', values, { amount: after });
  return after;
}

function afterOtherSchemes(
  before: Decimal,
  { scheme, otherSchemes }: Limits,
  facts: Bucket,
  told: Derivation,
): Decimal {
  if (!otherSchemes) return before;
  const ofYear = inOrder(facts.earlierAwards).filter(({ year }) => year === facts.year);
  if (otherSchemes.rule === 'not-twice') {
    const { schemes } = otherSchemes;
    const other = ofYear.find((one) => schemes.includes(one.scheme) && one.amount.greaterThan(0));
    if (!other) {
      told.tell('no-other-scheme', { year: String(facts.year) }, { amount: before });
      return before;
    }
    const values = { before: decimalText(before), scheme: other.scheme, year: String(other.year) };
    told.tell('other-scheme-awarded', values, { amount: ZERO, events: eventsOf(other.rests) });
    return ZERO;
  }
  const { total, schemes } = otherSchemes;
  const counting = ofYear.filter(
    (one) => schemes === undefined || one.scheme === scheme || schemes.includes(one.scheme),
  );
  const used = tellAwards(counting, told);
  const left = notBelowZero(total.minus(used));
  const year = String(facts.year);
  told.tell('yearly-total-left', { total: decimalText(total), used: decimalText(used), year }, { amount: left });
  const after = Exact.min(before, left);
  const values = { before: decimalText(before), left: decimalText(left) };
  told.tell(after.lessThan(before) ? 'yearly-total-applied' : 'yearly-total-not-reached', values, { amount: after });
  return after;
}

/** The scale, or what is left, is set outside for the whole round; without one the money is not short. */
function afterBudget(before: Decimal, { budget }: Limits, { budget: state }: Bucket, told: Derivation): Decimal {
  const path = below({ key: 'facts' }, 'budget');
  if (!budget) return state === undefined ? before : refuse('door-field-not-of-policy', path);
  const { scale, left } = state ?? {};
  const events = eventsOf(state?.rests);
  if (budget.short === 'first-come') {
    if (scale !== undefined) refuse('door-field-not-of-policy', below(path, 'scale'));
    if (left !== undefined) {
      const amount = Exact.min(before, left);
      told.tell('budget-left', { before: decimalText(before), left: decimalText(left) }, { amount, events });
      return amount;
    }
  } else {
    if (left !== undefined) refuse('door-field-not-of-policy', below(path, 'left'));
    if (scale !== undefined) {
      const amount = before.times(scale);
      told.tell('budget-scale', { before: decimalText(before), scale: decimalText(scale) }, { amount, events });
      return amount;
    }
  }
  told.tell('budget-not-short', {}, { amount: before });
  return before;
}

function rounded(before: Decimal, { rounding }: Limits, told: Derivation): Decimal {
  const amount = rounding === 'fen-half-up' ? toFen(before) : before.floor();
  // Interest divided by days may have no end; the words show it long enough to see how it was rounded.
  const shown = decimalText(before.toDecimalPlaces(20));
  told.tell(rounding === 'fen-half-up' ? 'award-fen-half-up' : 'award-yuan-down', { before: shown }, { amount });
  return amount;
}

/** What was recovered stands as an award below zero; more than was paid frees nothing. */
function tellAwards(awards: readonly EarlierAward[], told: Derivation): Decimal {
  for (const { scheme, round, year, amount, rests } of awards) {
    told.tell('earlier-award', { scheme, round, year: String(year) }, { amount, events: eventsOf(rests) });
  }
  return notBelowZero(sum(awards.map(({ amount }) => amount)));
}

const inOrder = (awards: readonly EarlierAward[]): EarlierAward[] =>
  [...awards].sort(
    (one, other) =>
      one.year - other.year ||
      compare(one.round, other.round) ||
      compare(one.scheme, other.scheme) ||
      one.amount.comparedTo(other.amount) ||
      compare(eventsOf(one.rests).join(), eventsOf(other.rests).join()),
  );

const notBelowZero = (amount: Decimal): Decimal => (amount.isNegative() ? ZERO : amount);
