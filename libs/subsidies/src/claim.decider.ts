import { Decider, Refused } from '@app/kernel';
import { check, CheckingCommand } from './claim-checking.rules';
import { asFirm, file, FilingCommand, offer, pledge } from './claim-filing.rules';
import { evolve } from './claim-fold.rules';
import { notice, NoticeCommand } from './claim-notice.rules';
import { offset, OffsetCommand } from './claim-offset.rules';
import { pay, PayingCommand } from './claim-paying.rules';
import { hand, HandingCommand } from './claim-persons.rules';
import { recover, RecoveryCommand } from './claim-recovery.rules';
import type { Claim } from './claim-state.rules';
import type { ClaimEvent } from './claim-story.rules';

export type ClaimCommand =
  | FilingCommand
  | CheckingCommand
  | NoticeCommand
  | PayingCommand
  | OffsetCommand
  | HandingCommand
  | RecoveryCommand;

/** One claim 申报: its stages, who acted in each, and what each decision rested on. */
export const claim: Decider<Claim, ClaimCommand, ClaimEvent> = {
  initial: undefined,

  decide(command, state) {
    if (command.type === 'OfferClaim') return offer(command, state);
    if (command.type === 'FileClaim') return file(command, state);
    if (!state) throw new Refused('claim-unknown');
    switch (command.type) {
      case 'PledgeNoTrade':
        return pledge(command, state);
      case 'CompleteClaim':
      case 'SupplyMaterials':
      case 'NamePayee':
      case 'WithdrawClaim':
      case 'AskClaimReview':
        return asFirm(command, state);
      case 'ReturnClaim':
      case 'CheckPayee':
      case 'CheckRelation':
      case 'RecordFindings':
      case 'PassCountyCheck':
      case 'PassCityCheck':
      case 'ReviewJointly':
      case 'RefuseSupport':
      case 'DecideClaimReview':
        return check(command, state);
      case 'ProposeClaim':
      case 'TakeBackProposal':
      case 'StartNotice':
      case 'RaiseObjection':
      case 'DecideObjection':
      case 'ApproveClaim':
      case 'AbandonApproval':
        return notice(command, state);
      case 'PassFundsDown':
      case 'ConfirmPayee':
      case 'PreparePayment':
      case 'CancelPayment':
      case 'MakePayment':
      case 'ReportBounce':
        return pay(command, state);
      case 'OffsetAward':
      case 'SettleOffset':
      case 'ReturnOffset':
        return offset(command, state);
      case 'HandStageUp':
      case 'HandStageOver':
        return hand(command, state);
      default:
        return recover(command, state);
    }
  },

  evolve,
};
