import { Refused, shanghaiDay } from '@app/kernel';
import { checkAward } from './claim-filing.rules';
import { checkPerson, checkReason } from './claim-persons.rules';
import type { OpenClaim } from './claim-state.rules';
import type {
  ClaimEvent,
  ClaimFinding,
  ClaimOfficer,
  ClaimStage,
  ClaimState,
  Deferred,
  Grounds,
  MaterialGap,
  PayeeDoubt,
  RelationResult,
} from './claim-story.rules';

// 初审, 复审, 会审: what offices find, return or refuse before a claim comes to the public notice.

/** An officer's act. `entered`: accounts that entered, checked or decided a fact on which the claim rests. */
export type Act = {
  readonly by: ClaimOfficer;
  readonly reason: string;
  readonly entered: readonly string[];
  readonly grounds: Grounds;
  readonly at: string;
};

/** What must hold of the trade that counts; the states are the last 查验 of each invoice, undefined where nobody looked. */
export type TradeChecks = {
  readonly invoices: readonly { readonly number: string; readonly state?: string }[];
  /** Pairs whose newness the policy asks for: `<lead>/<supplier>`. */
  readonly newPairs: readonly string[];
};

export type CheckingCommand =
  | (Act & { type: 'ReturnClaim'; gaps: readonly MaterialGap[] })
  | (Omit<Act, 'reason' | 'grounds'> & { type: 'CheckPayee'; payee: string; doubts: readonly PayeeDoubt[] })
  | (Omit<Act, 'grounds'> & { type: 'RecordFindings'; findings: readonly ClaimFinding[] })
  | (Omit<Act, 'grounds'> & { type: 'CheckRelation'; pair: string; result: RelationResult; checkedOn: string })
  /** `deferrable`: materials that the policy lets be brought later. */
  | (Act & { type: 'PassCountyCheck'; deferred: readonly Deferred[]; deferrable: readonly string[] })
  | (Act & { type: 'PassCityCheck'; trade: TradeChecks })
  | (Act & { type: 'ReviewJointly'; minutes: string })
  | (Act & { type: 'RefuseSupport' })
  | (Act & { type: 'DecideClaimReview'; result: 'kept' | 'reopened' });

type Of<T extends CheckingCommand['type']> = Extract<CheckingCommand, { type: T }>;

/** Without an application there is no check before the list: what it rests on is looked at then. */
const LISTED_AT_ONCE = { applied: [], 'no-application': ['jointly-reviewed'] } as const satisfies Record<
  OpenClaim['mode'],
  readonly ClaimState[]
>;

/** The stage that a claim waits for in a state. One that was returned is still of the stage that returned it. */
const STAGE_IN: Partial<Record<ClaimState, ClaimStage>> = {
  applied: 'county-check',
  'county-passed': 'city-check',
  'city-passed': 'joint-review',
  'jointly-reviewed': 'joint-review',
  proposed: 'joint-review',
  'on-notice': 'joint-review',
};

export function check(command: CheckingCommand, state: OpenClaim): ClaimEvent[] {
  if ('reason' in command) checkReason(command.reason);
  switch (command.type) {
    case 'ReturnClaim':
      return returnClaim(command, state);
    case 'CheckPayee': {
      const { payee, doubts, by, entered, at } = command;
      checkPerson(state, 'county-check', by, entered);
      if (!state.payee) throw new Refused('payee-missing');
      if (state.payee.payee !== payee) throw new Refused('payee-changed', {}, 'payee');
      const { commitment } = state.payee;
      return [{ type: 'PayeeChecked', data: { payee, commitment, doubts, by, at } }];
    }
    case 'RecordFindings': {
      const { findings, reason, by, entered, at } = command;
      checkState(state, 'applied', ...LISTED_AT_ONCE[state.mode]);
      checkPerson(state, 'county-check', by, entered);
      return [{ type: 'FindingsRecorded', data: { findings, reason, by, at } }];
    }
    case 'CheckRelation':
      return checkRelation(command, state);
    case 'PassCountyCheck':
      return passCounty(command, state);
    case 'PassCityCheck': {
      checkState(state, 'county-passed');
      checkPerson(state, 'city-check', command.by, command.entered);
      checkDeferredInTime(state, command.at);
      checkTrade(state, command.trade);
      checkAward(command.grounds);
      return [{ type: 'CityCheckPassed', data: decisionOf(command) }];
    }
    case 'ReviewJointly': {
      checkState(state, 'city-passed');
      checkPerson(state, 'joint-review', command.by, command.entered);
      checkReason(command.minutes, 'minutes');
      checkAward(command.grounds);
      return [{ type: 'ClaimJointlyReviewed', data: { ...decisionOf(command), minutes: command.minutes } }];
    }
    case 'RefuseSupport': {
      // Also of a firm that never brings what is lacking: else it would hold its place in the line, and the round, for ever.
      const stage = checkingStage(state);
      checkPerson(state, stage, command.by, command.entered);
      return [{ type: 'ClaimNotSupported', data: { ...decisionOf(command), stage } }];
    }
    case 'DecideClaimReview': {
      if (state.review !== 'asked') throw new Refused('claim-review-not-asked');
      checkPerson(state, 'review', command.by, command.entered);
      return [{ type: 'ClaimReviewDecided', data: { ...decisionOf(command), result: command.result } }];
    }
  }
}

export const decisionOf = ({ by, reason, grounds, at }: Act) => ({ by, reason, grounds, at });

export function checkState(state: OpenClaim, ...wanted: readonly ClaimState[]): void {
  if (!wanted.includes(state.state)) throw new Refused('claim-state', { state: state.state });
}

function checkingStage(state: OpenClaim): ClaimStage {
  const stage = state.state === 'returned' ? state.returned?.stage : STAGE_IN[state.state];
  if (stage === undefined) throw new Refused('claim-state', { state: state.state });
  return stage;
}

/** 一次性告知: a second return of the same stage names only what the first named, or what the firm changed since. */
function returnClaim(command: Of<'ReturnClaim'>, state: OpenClaim): ClaimEvent[] {
  checkState(state, 'applied', 'county-passed', 'city-passed');
  const { gaps, by, entered } = command;
  const stage = checkingStage(state);
  checkPerson(state, stage, by, entered);
  if (gaps.length === 0) throw new Refused('claim-gaps-none', {}, 'gaps');
  for (const { material, note } of gaps) [material, note].forEach((text) => checkReason(text, 'gaps'));
  const nameable = state.nameable.get(stage);
  const late = nameable && gaps.find(({ material }) => !nameable.includes(material));
  if (late) throw new Refused('claim-gap-late', { material: late.material }, 'gaps');
  return [{ type: 'ClaimReturned', data: { ...decisionOf(command), stage, gaps } }];
}

function checkRelation(command: Of<'CheckRelation'>, state: OpenClaim): ClaimEvent[] {
  const { pair, result, checkedOn, reason, by, entered, at } = command;
  checkState(state, 'applied', 'county-passed', ...LISTED_AT_ONCE[state.mode]);
  checkPerson(state, checkingStage(state), by, entered);
  if (checkedOn > shanghaiDay(at)) throw new Refused('day-ahead', {}, 'checkedOn');
  const firms = pair.split('/');
  if (firms.length !== 2 || !firms.includes(state.firm.enterprise)) throw new Refused('pair-not-of-claim', {}, 'pair');
  const pledges = state.relations.get(pair)?.pledges ?? [];
  if (result === 'checked-none' && !firms.every((firm) => pledges.includes(firm)))
    throw new Refused('pledges-missing', {}, 'result');
  return [{ type: 'RelationChecked', data: { pair, result, checkedOn, reason, by, at } }];
}

function passCounty(command: Of<'PassCountyCheck'>, state: OpenClaim): ClaimEvent[] {
  checkState(state, 'applied');
  const { deferred, deferrable, by, entered, grounds, at } = command;
  checkPerson(state, 'county-check', by, entered);
  checkPayeeSeen(state);
  const missing = state.required.filter((material) => !state.materials.has(material));
  const left = missing.filter((material) => !deferred.some((one) => one.material === material));
  if (left.length > 0) throw new Refused('materials-missing', { materials: left.join(', ') });
  deferred.forEach(({ material, until }, index) => {
    const field = `deferred/${index}`;
    if (!missing.includes(material)) throw new Refused('material-not-missing', {}, `${field}/material`);
    if (!deferrable.includes(material)) throw new Refused('material-not-deferrable', {}, `${field}/material`);
    if (until <= shanghaiDay(at)) throw new Refused('day-past', {}, `${field}/until`);
  });
  checkAward(grounds);
  return [{ type: 'CountyCheckPassed', data: { ...decisionOf(command), deferred } }];
}

export function checkPayeeSeen({ payee }: OpenClaim): void {
  if (!payee) throw new Refused('payee-missing');
  if (!payee.checked) throw new Refused('payee-unchecked');
}

function checkDeferredInTime({ deferred }: OpenClaim, at: string): void {
  const late = deferred.find(({ until }) => until < shanghaiDay(at));
  if (late) throw new Refused('deferred-overdue', { material: late.material, until: late.until });
}

/** Every invoice that counts was looked up and is 正常; every pair that must be new was checked by a named officer. */
export function checkTrade(state: OpenClaim, { invoices, newPairs }: TradeChecks): void {
  const unchecked = invoices.filter((invoice) => invoice.state === undefined);
  if (unchecked.length > 0) throw new Refused('invoices-unchecked', { invoices: listOf(unchecked) });
  const bad = invoices.filter((invoice) => invoice.state !== 'valid');
  if (bad.length > 0) throw new Refused('invoices-not-valid', { invoices: listOf(bad) });
  const open = newPairs.filter((pair) => state.relations.get(pair)?.result !== 'checked-none');
  if (open.length > 0) throw new Refused('relation-unchecked', { pairs: open.join(', ') });
}

const listOf = (invoices: TradeChecks['invoices']): string => invoices.map(({ number }) => number).join(', ');
