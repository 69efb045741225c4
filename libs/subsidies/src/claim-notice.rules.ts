import { Exact, Refused, shanghaiDay } from '@app/kernel';
import { Act, checkPayeeSeen, checkState, checkTrade, decisionOf } from './claim-checking.rules';
import type { TradeChecks } from './claim-checking.rules';
import { checkAward } from './claim-filing.rules';
import { offsetOf } from './claim-offset.rules';
import { entryOf } from './claim-paying.rules';
import { checkPerson, checkReason } from './claim-persons.rules';
import type { OpenClaim } from './claim-state.rules';
import type { ClaimEvent, ClaimText } from './claim-story.rules';
import { isWorthLess } from './claim-worth.rules';

// 拟补助名单, 公示, 异议, 审定.

export type NoticeCommand =
  | (Act & {
      type: 'ProposeClaim';
      list: string;
      /** What the round grants of the award, folded from its own stream; `scale` where it scales awards. */
      granted: string;
      scale?: string;
      /** What counts in the award, and the orders that it stands on. */
      invoices: readonly string[];
      orders: readonly string[];
      /** Whose trade it is: the leads and suppliers of those orders. */
      firms: readonly string[];
      trade: TradeChecks;
    })
  /** `worthNow`: what the claim is worth as known now. What was approved is taken back only where that is less than granted. */
  | (Omit<Act, 'grounds'> & { type: 'TakeBackProposal'; worthNow: string })
  /** `until`, `standStillUntil`: last days of the notice and of the stand-still, by the calendar of working days. */
  | (Omit<Act, 'grounds' | 'reason'> & {
      type: 'StartNotice';
      notice: string;
      /** 文号 of the notice. */
      document?: string;
      workingDays: number;
      until: string;
      standStillUntil: string;
    })
  | { type: 'RaiseObjection'; objection: string; text: ClaimText; at: string }
  | (Act & {
      type: 'DecideObjection';
      objection: string;
      result: 'upheld' | 'rejected';
      text: ClaimText;
      standStillUntil: string;
    })
  | (Act & {
      type: 'ApproveClaim';
      minutes: string;
      /** The command's id: of two tries at most one stands in the entitlement. */
      attempt: string;
      /** What the claim is worth as known now: less than proposed asks for a new proposal. */
      worthNow: string;
      /** Whether a match of its trade was found 存疑. */
      doubtfulMatches: readonly string[];
    })
  | { type: 'AbandonApproval'; attempt: string; at: string };

type Of<T extends NoticeCommand['type']> = Extract<NoticeCommand, { type: T }>;

export function notice(command: NoticeCommand, state: OpenClaim): ClaimEvent[] {
  if ('reason' in command) checkReason(command.reason);
  switch (command.type) {
    case 'ProposeClaim':
      return propose(command, state);
    case 'TakeBackProposal':
      return takeBack(command, state);
    case 'StartNotice': {
      const { type: _, entered, ...data } = command;
      if (data.document !== undefined) checkReason(data.document, 'document');
      if (state.notice?.notice === data.notice && state.state === 'on-notice') return [];
      checkState(state, 'proposed');
      checkPerson(state, 'joint-review', data.by, entered);
      const { round, office: county, policy, firm, proposal } = state;
      const listed = { round, county, policy, enterprise: firm.enterprise, amount: proposal!.granted };
      return [{ type: 'NoticeStarted', data: { ...data, listed } }];
    }
    case 'RaiseObjection': {
      const { objection, text, at } = command;
      if (state.objections.has(objection)) return [];
      if (state.state !== 'on-notice' || !state.notice) throw new Refused('notice-unknown');
      if (shanghaiDay(at) > state.notice.until) throw new Refused('notice-over', { until: state.notice.until });
      return [{ type: 'ObjectionRaised', data: { objection, text, at } }];
    }
    case 'DecideObjection': {
      const { objection, result, text, standStillUntil, by, entered } = command;
      if (state.objections.get(objection) !== 'open' || state.state !== 'on-notice')
        throw new Refused('objection-unknown');
      checkPerson(state, 'joint-review', by, entered);
      const data = { ...decisionOf(command), objection, result, text, standStillUntil };
      return [{ type: 'ObjectionDecided', data }];
    }
    case 'ApproveClaim':
      return approve(command, state);
    case 'AbandonApproval': {
      const { attempt, at } = command;
      if (state.attempt === attempt || state.abandoned.has(attempt)) return [];
      return [{ type: 'ApprovalAbandoned', data: { attempt, at } }];
    }
  }
}

function propose(command: Of<'ProposeClaim'>, state: OpenClaim): ClaimEvent[] {
  const { list, scale, invoices, orders, firms, trade, by, entered, grounds, at } = command;
  checkState(state, 'jointly-reviewed');
  checkPerson(state, 'joint-review', by, entered);
  checkPayeeSeen(state);
  // Weeks may lie between the city's check and the list; and what is listed from events alone had none.
  checkTrade(state, trade);
  checkAward(grounds);
  const granted = new Exact(command.granted).toFixed(2);
  checkAward({ ...grounds, award: granted });
  if (new Exact(granted).greaterThan(grounds.award)) throw new Refused('granted-above-award', {}, 'granted');
  const data = {
    ...decisionOf(command),
    list,
    granted,
    ...(scale !== undefined && { scale }),
    invoices,
    orders,
    firms,
  };
  const { payee, commitment, frozen } = state.payee!;
  const freeze = { type: 'PayeeFrozen', data: { payee, commitment, at } } as const;
  return [{ type: 'ClaimProposed', data }, ...(frozen ? [] : [freeze])];
}

function takeBack({ worthNow, reason, by, entered, at }: Of<'TakeBackProposal'>, state: OpenClaim): ClaimEvent[] {
  checkState(state, 'proposed', 'on-notice', 'approved', 'passed-down');
  checkPerson(state, 'joint-review', by, entered);
  // The bank may have it: it is paid and recovered, or cancelled first.
  if (state.payment) throw new Refused('payment-prepared');
  const { attempt } = state;
  if (state.state === 'proposed' || state.state === 'on-notice' || attempt === undefined) {
    return [{ type: 'ProposalTakenBack', data: { reason, by, at } }];
  }
  // What was kept back from it has paid for something else already, or is about to.
  if (new Exact(offsetOf(state.offsets)).greaterThan(0)) throw new Refused('award-offset');
  if (!isWorthLess(state, worthNow)) throw new Refused('award-stands');
  const approval = { ...entryOf(state), attempt, passedDown: state.state === 'passed-down' };
  return [{ type: 'ProposalTakenBack', data: { reason, by, approval, at } }];
}

function approve(command: Of<'ApproveClaim'>, state: OpenClaim): ClaimEvent[] {
  const { minutes, attempt, worthNow, doubtfulMatches, by, entered, grounds, at } = command;
  checkState(state, 'on-notice');
  const { proposal, notice: shown } = state;
  if (!proposal || !shown) throw new Refused('claim-state', { state: state.state });
  checkPerson(state, 'approval', by, entered);
  checkReason(minutes, 'minutes');
  if (state.abandoned.has(attempt)) throw new Refused('approval-abandoned');
  if ([...state.objections.values()].includes('open')) throw new Refused('objections-open');
  if (shanghaiDay(at) <= shown.standStillUntil) throw new Refused('stand-still', { until: shown.standStillUntil });
  if (state.deferred.length > 0)
    throw new Refused('deferred-open', { materials: state.deferred.map(({ material }) => material).join(', ') });
  if (doubtfulMatches.length > 0) throw new Refused('match-doubtful');
  // What was on the notice is what is approved: the same derivation, and the trade still bears it.
  if (grounds.derivation !== proposal.grounds.derivation) throw new Refused('derivation-differs');
  if (new Exact(worthNow).lessThan(proposal.grounds.award)) throw new Refused('award-changed', { award: worthNow });
  const { granted: amount, invoices } = proposal;
  const entry = { round: state.round, county: state.office, amount };
  return [{ type: 'ClaimApproved', data: { ...decisionOf(command), ...entry, minutes, attempt, invoices } }];
}
