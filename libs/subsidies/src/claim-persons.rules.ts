import { mentionsPerson, Refused } from '@app/kernel';
import { officeText } from './claim-state.rules';
import type { OpenClaim } from './claim-state.rules';
import { CLAIM_STAGES } from './claim-story.rules';
import type { ClaimEvent, ClaimOfficer, ClaimStage } from './claim-story.rules';

// Who may act in which stage of a claim. It is decided in the claim's own stream, since only that knows who acted before.

const CITY = 'city';
const CITY_FINANCE = 'city-finance';

/** The offices of a stage: that it was handed up to, or those that it belongs to. */
export function officesOf(state: Pick<OpenClaim, 'office' | 'handedUp'>, stage: ClaimStage): readonly string[] {
  const up = state.handedUp.get(stage);
  // In offices of two everybody at the city's may have acted by then: the county's stays beside whoever it was handed to.
  if (up !== undefined) return stage === 'recovery' ? [...new Set([up, state.office])] : [up];
  const paying = state.office === CITY ? CITY_FINANCE : `${state.office}-finance`;
  switch (stage) {
    case 'county-check':
      return [state.office];
    case 'city-check':
    case 'approval':
    case 'review':
      return [CITY];
    case 'joint-review':
      return [CITY, CITY_FINANCE];
    case 'passing-down':
      return [CITY_FINANCE];
    case 'payment':
      return [paying];
    case 'recovery':
      return [...new Set([CITY, CITY_FINANCE, paying, state.office])];
  }
}

const NEXT_STAGE: Partial<Record<OpenClaim['state'], ClaimStage>> = {
  applied: 'county-check',
  'county-passed': 'city-check',
  'city-passed': 'joint-review',
  'jointly-reviewed': 'joint-review',
  proposed: 'joint-review',
  'on-notice': 'approval',
  approved: 'passing-down',
  'passed-down': 'payment',
  'to-recover': 'recovery',
};

/** The stage that a claim waits for, where it waits for an office. */
export function stageWaitedFor({ state, review, objections, recovery }: OpenClaim): ClaimStage | undefined {
  if (state === 'not-supported') return review === 'asked' ? 'review' : undefined;
  if (recovery?.state === 'opened') return 'recovery';
  if (state === 'on-notice' && [...objections.values()].includes('open')) return 'joint-review';
  return NEXT_STAGE[state];
}

/** The level above; at the top the bureau and the finance bureau stand in for each other. */
const above = (office: string): string => {
  if (office === CITY) return CITY_FINANCE;
  if (office === CITY_FINANCE) return CITY;
  return office.endsWith('-finance') ? CITY_FINANCE : CITY;
};

/** Stages that one person carries through: a recheck after a return is his, unless his work was handed over. */
const CARRIED_THROUGH: readonly ClaimStage[] = ['county-check', 'city-check'];

/** `entered`: accounts that entered, checked or decided a fact on which the claim rests. */
export function checkPerson(
  state: OpenClaim,
  stage: ClaimStage,
  by: ClaimOfficer,
  entered: readonly string[] = [],
): void {
  if (!officesOf(state, stage).includes(officeText(by))) throw new Refused('claim-of-other-office');
  checkFree(state, stage, by.account);
  if (entered.includes(by.account)) throw new Refused('claim-person-entered-fact');
  const holder = state.holders.get(stage);
  if (CARRIED_THROUGH.includes(stage) && holder !== undefined && holder !== by.account)
    throw new Refused('claim-stage-held');
}

/** What tells who acted on a claim. */
export type ActedOn = Pick<OpenClaim, 'acted' | 'holders' | 'payment'>;

/** Stages in which somebody may not act, as far as the claim's own stream knows: not what he entered of its facts. */
export const barredFrom = ({ acted, holders, payment }: ActedOn, account: string): ClaimStage[] =>
  CLAIM_STAGES.filter((stage) => {
    const isElsewhere = [...acted].some(([other, accounts]) => other !== stage && accounts.includes(account));
    const holder = CARRIED_THROUGH.includes(stage) ? holders.get(stage) : undefined;
    const isFirstHand = stage === 'payment' && payment?.preparedBy === account;
    return isElsewhere || isFirstHand || (holder !== undefined && holder !== account);
  });

function checkFree(state: OpenClaim, stage: ClaimStage, account: string): void {
  for (const [other, accounts] of state.acted) {
    if (other !== stage && accounts.includes(account)) throw new Refused('claim-person-in-other-stage');
  }
}

/** A short reason stands in the event, so it names nobody. */
export function checkReason(reason: string, field = 'reason'): void {
  if (mentionsPerson(reason)) throw new Refused('text-names-person', {}, field);
}

export type HandingCommand =
  | { type: 'HandStageUp'; stage: ClaimStage; reason: string; by: ClaimOfficer; at: string }
  /** `to` is the account of a colleague; `colleagues` are those of the offices that the stage belongs to. */
  | {
      type: 'HandStageOver';
      stage: ClaimStage;
      to: string;
      colleagues: readonly string[];
      reason: string;
      by: ClaimOfficer;
      at: string;
    };

export function hand(command: HandingCommand, state: OpenClaim): ClaimEvent[] {
  const { stage, reason, by, at } = command;
  checkReason(reason);
  const office = officeText(by);
  const offices = officesOf(state, stage);
  if (command.type === 'HandStageUp') {
    if (!offices.includes(office)) throw new Refused('claim-of-other-office');
    return [{ type: 'StageHandedUp', data: { stage, from: office, to: above(office), reason, by, at } }];
  }
  // A head's act: he or the office above gives somebody's work to another, and nobody gives it to himself.
  if (!offices.includes(office) && !offices.map(above).includes(office)) throw new Refused('claim-of-other-office');
  const { to } = command;
  const from = state.holders.get(stage);
  if (from === undefined) throw new Refused('claim-stage-not-begun');
  if (to === by.account) throw new Refused('claim-handed-to-oneself', {}, 'to');
  if (to === from) return [];
  if (!command.colleagues.includes(to)) throw new Refused('claim-colleague-unknown', {}, 'to');
  checkFree(state, stage, to);
  return [{ type: 'StageHandedOver', data: { stage, from, to, reason, by, at } }];
}
