import { Decider, decimalText, Exact, mentionsPerson, Refused, shanghaiDay, sum } from '@app/kernel';
import {
  allScaled,
  CITY_LEVEL,
  Funds,
  grantedOf,
  hasRoom,
  LevelShares,
  levelShort,
  proRata,
  standing,
} from './round-budget.rules';
import type { RoundCommand, RoundEvent, RoundPolicy, RoundTerms } from './round-story.rules';

export type {
  LevelBudget,
  OfferedPolicy,
  RoundCommand,
  RoundEvent,
  RoundPolicy,
  RoundTerms,
} from './round-story.rules';

// One stream is one round 申报批次 and owns its budget: whatever races, no level ever reserves more than it has. Claims are
// named by their ids; a step that is said again changes nothing.

export type Round =
  | (Funds & {
      readonly round: string;
      readonly policy: RoundPolicy;
      readonly name: string;
      readonly document: string;
      readonly filing: RoundTerms['filing'];
      readonly year: number;
      readonly openedAt: string;
      readonly attempts: ReadonlyMap<string, string>;
      readonly abandoned: ReadonlySet<string>;
    })
  | undefined;
export type OpenedRound = NonNullable<Round>;

export const round: Decider<Round, RoundCommand, RoundEvent> = {
  initial: undefined,

  decide(command, state) {
    for (const field of ['reason', 'document'] as const) {
      const text = (command as Partial<Record<typeof field, string>>)[field];
      if (text !== undefined && mentionsPerson(text)) throw new Refused('text-names-person', {}, field);
    }
    if (command.type === 'OpenRound') return open(command, state);
    if (!state) throw new Refused('round-unknown');
    switch (command.type) {
      case 'ExtendFiling': {
        const { to, document, reason, lastDay, by, at } = command;
        if (to === state.filing.to) return [];
        // Who saw the notice planned by it.
        if (to < state.filing.to) throw new Refused('filing-only-extended', { to: state.filing.to }, 'to');
        if (to > lastDay) throw new Refused('filing-beyond-policy', { to: lastDay }, 'to');
        return [{ type: 'FilingExtended', data: { to, document, reason, by, at } }];
      }
      case 'ChangeBudget': {
        const { type: _, ...data } = command;
        checkLevel(state.shares, command.level, 'level');
        if (new Exact(state.budgets.get(command.level) ?? '0').eq(command.amount)) return [];
        const budgets = new Map(state.budgets).set(command.level, command.amount);
        const short = levelShort({ ...state, budgets }, state.reserved.values());
        checkWithinPolicy(state.policy, [...budgets.values()], 'amount');
        if (short) throw new Refused('budget-below-reserved', { reserved: short.taken }, 'amount');
        return [{ type: 'BudgetChanged', data }];
      }
      case 'AskBudget':
        return ask(command, state);
      case 'ReserveBudget':
        return reserve(command, state);
      case 'ReleaseBudget': {
        const { claim, attempt, at } = command;
        const isStanding = state.asked.has(claim) || state.reserved.has(claim);
        if (attempt === undefined ? !isStanding : state.abandoned.has(attempt)) return [];
        return [{ type: 'BudgetReleased', data: { claim, ...(attempt !== undefined && { attempt }), at } }];
      }
      case 'SetScale':
        return setScale(command, state);
      case 'FixProRata': {
        const { document, by, at } = command;
        if (state.short !== 'pro-rata') throw new Refused('scale-not-of-policy');
        checkNothingReserved(state);
        if (shanghaiDay(at) <= state.filing.to) throw new Refused('filing-open', { to: state.filing.to });
        const undecided = [...state.asked.values()].filter(({ isFound }) => !isFound).length;
        if (undecided > 0) throw new Refused('claims-undecided', { count: String(undecided) });
        const scales = [...proRata(state)].map(([county, scale]) => ({ county, scale }));
        return [{ type: 'ProRataFixed', data: { scales, document, by, at } }];
      }
    }
  },

  evolve(state, event) {
    if (event.type === 'RoundOpened') {
      const { round, policy, name, document, filing, year, shares, budgets, at } = event.data;
      const { short, rounding } = policy;
      return {
        round,
        policy,
        name,
        document,
        filing,
        year,
        openedAt: at,
        short,
        rounding,
        shares,
        budgets: new Map(budgets.map(({ level, amount }) => [level, amount])),
        asked: new Map(),
        reserved: new Map(),
        scales: new Map(),
        attempts: new Map(),
        abandoned: new Set(),
      };
    }
    if (!state) return state;
    switch (event.type) {
      case 'FilingExtended':
        return { ...state, filing: { ...state.filing, to: event.data.to } };
      case 'BudgetChanged':
        return { ...state, budgets: new Map(state.budgets).set(event.data.level, event.data.amount) };
      case 'BudgetAsked': {
        const { at: _, ...asked } = event.data;
        return { ...state, asked: new Map(state.asked).set(asked.claim, asked) };
      }
      case 'BudgetReserved': {
        const { claim, county, amount, attempt } = event.data;
        const reserved = new Map(state.reserved).set(claim, { claim, county, amount });
        return { ...state, reserved, attempts: new Map(state.attempts).set(claim, attempt) };
      }
      case 'BudgetReleased':
        return released(state, event.data);
      case 'ScaleSet':
        return { ...state, scales: new Map(state.scales).set(event.data.county ?? '', event.data.scale) };
      case 'ProRataFixed':
        return { ...state, scales: new Map(event.data.scales.map(({ county, scale }) => [county, scale])) };
    }
  },
};

function open(command: Extract<RoundCommand, { type: 'OpenRound' }>, state: Round): RoundEvent[] {
  const { round, policy: offered, terms, by, at } = command;
  if (state) throw new Refused('round-id-taken');
  const { isPublished, from, to, ...policy } = offered;
  if (!isPublished) throw new Refused('policy-version-not-published', {}, 'policy/version');
  for (const [field, text] of Object.entries({ name: terms.name, document: terms.document })) {
    if (mentionsPerson(text)) throw new Refused('text-names-person', {}, `terms/${field}`);
  }
  const { filing, shares, budgets } = terms;
  if (filing.from > filing.to) throw new Refused('period-backwards', {}, 'terms/filing/to');
  if (filing.from < from) throw new Refused('filing-before-policy', { from }, 'terms/filing/from');
  if (filing.to > to) throw new Refused('filing-beyond-policy', { to }, 'terms/filing/to');
  if (![shares.city, shares.county].every(isShare) || !new Exact(shares.city).plus(shares.county).eq(1)) {
    throw new Refused('shares-not-whole', {}, 'terms/shares');
  }
  const levels = budgets.map(({ level }) => level);
  for (const [index, level] of levels.entries()) {
    const field = `terms/budgets/${index}/level`;
    checkLevel(shares, level, field);
    if (levels.indexOf(level) < index) throw new Refused('level-twice', { level }, field);
  }
  if (!levels.includes(CITY_LEVEL) && !new Exact(shares.city).isZero()) {
    throw new Refused('city-budget-missing', {}, 'terms/budgets');
  }
  checkWithinPolicy(
    policy,
    budgets.map(({ amount }) => amount),
    'terms/budgets',
  );
  return [{ type: 'RoundOpened', data: { round, policy, ...terms, by, at } }];
}

function checkWithinPolicy({ budget }: RoundPolicy, amounts: readonly string[], field: string): void {
  const asked = sum(amounts);
  if (budget === undefined || asked.lte(budget)) return;
  throw new Refused('round-beyond-policy-budget', { budget, asked: decimalText(asked) }, field);
}

const isShare = (text: string): boolean => /^(0(\.\d{1,6})?|1)$/.test(text);

function checkLevel(shares: LevelShares, level: string, field: string): void {
  if (level === CITY_LEVEL) return;
  // A county that pays nothing of an award has no budget that could be spent.
  if (new Exact(shares.county).isZero()) throw new Refused('county-has-no-share', { level }, field);
}

function ask(command: Extract<RoundCommand, { type: 'AskBudget' }>, state: OpenedRound): RoundEvent[] {
  const { type: _, at, ...asked } = command;
  const before = state.asked.get(asked.claim);
  if (before && before.isFound && !asked.isFound) return [];
  const isSame = before && new Exact(before.amount).eq(asked.amount) && before.isFound === asked.isFound;
  if (isSame && before.county === asked.county) return [];
  // Its place in the line is that of its filing, whatever is found later.
  return [{ type: 'BudgetAsked', data: { ...asked, filedAt: before?.filedAt ?? asked.filedAt, at } }];
}

function reserve(command: Extract<RoundCommand, { type: 'ReserveBudget' }>, state: OpenedRound): RoundEvent[] {
  const { claim, county, amount, attempt, at } = command;
  const before = state.reserved.get(claim);
  if (state.abandoned.has(attempt)) throw new Refused('attempt-abandoned');
  if (before) {
    const isSame = new Exact(before.amount).eq(amount) && before.county === county;
    if (isSame && state.attempts.get(claim) === attempt) return [];
    throw new Refused('budget-reserved-already');
  }
  const own = { county, amount };
  const short = levelShort(state, [...state.reserved.values(), own]);
  if (short) throw new Refused('budget-short', { level: short.level, budget: short.budget });
  const unfixed = state.short === 'pro-rata' && state.scales.size === 0;
  if (unfixed) throw new Refused('scale-not-fixed');
  if (!hasRoom(state, standing(state, claim), own)) throw new Refused('earlier-claims-undecided');
  const found = state.asked.get(claim);
  if (found?.isFound) {
    const granted = grantedOf(state, { claim, county, award: found.amount });
    if (new Exact(amount).gt(granted)) throw new Refused('budget-above-granted', { granted });
  }
  return [{ type: 'BudgetReserved', data: { claim, county, amount, attempt, at } }];
}

/** Explicit, by an officer, with a reason; and only as small as it must be to fit, or smaller. */
function setScale(command: Extract<RoundCommand, { type: 'SetScale' }>, state: OpenedRound): RoundEvent[] {
  const { type: _, ...data } = command;
  const { scale, county = '' } = data;
  if (state.short !== 'full-then-scale') throw new Refused('scale-not-of-policy');
  if (!/^(1|0\.\d{1,10})$/.test(scale) || new Exact(scale).isZero()) throw new Refused('scale-malformed', {}, 'scale');
  if (state.scales.get(county) === scale) return [];
  checkNothingReserved(state);
  const scales = new Map(state.scales).set(county, scale);
  const short = levelShort(state, allScaled(state.asked.values(), scales, state.rounding));
  if (short) throw new Refused('scale-too-large', { level: short.level, budget: short.budget }, 'scale');
  return [{ type: 'ScaleSet', data }];
}

/** Claims of one round are scaled alike: once one has got its money reserved, the scale stands. */
function checkNothingReserved({ reserved }: OpenedRound): void {
  if (reserved.size > 0) throw new Refused('scale-after-approval');
}

function released(state: OpenedRound, { claim, attempt }: { claim: string; attempt?: string }): OpenedRound {
  const reserved = new Map(state.reserved);
  const attempts = new Map(state.attempts);
  if (attempt === undefined || attempts.get(claim) === attempt) {
    reserved.delete(claim);
    attempts.delete(claim);
  }
  if (attempt !== undefined) return { ...state, reserved, attempts, abandoned: new Set(state.abandoned).add(attempt) };
  const asked = new Map(state.asked);
  asked.delete(claim);
  return { ...state, reserved, attempts, asked };
}
