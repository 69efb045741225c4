import { Streams } from '@app/event-store';
import type { CommandContext, Recorded } from '@app/event-store';
import { Clock, instantText, instantTime } from '@app/kernel';
import type { Planned, Process } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { ApprovalTry, takeBack } from './claim-approval.handlers';
import type { ClaimEvent } from './claim-story.rules';
import type { EntitlementEvent } from './entitlement.decider';

/** How long a try to approve may take before it counts as dead, in milliseconds. */
const LONGEST_TRY = 120_000;

/** Takes back what a crash left between the entitlement and the claim, and what an approval that was undone had reserved. */
@Injectable()
export class ClaimApprovalProcess implements Process<EntitlementEvent | ClaimEvent, ApprovalTry> {
  readonly name = 'claim-approval';
  readonly filter = {
    categories: ['entitlement', 'claim'],
    types: ['EntitlementReserved', 'EntitlementReleased', 'ClaimApproved', 'ProposalTakenBack'],
  };

  constructor(
    private readonly streams: Streams,
    private readonly clock: Clock,
  ) {}

  react(event: Recorded<EntitlementEvent | ClaimEvent>): Planned<ApprovalTry>[] {
    switch (event.type) {
      case 'EntitlementReserved': {
        const { claim, attempt, at } = event.data;
        return [{ do: attempt, at: instantText(instantTime(at) + LONGEST_TRY), task: { claim, attempt } }];
      }
      case 'EntitlementReleased':
      case 'ClaimApproved':
        return [{ drop: event.data.attempt }];
      case 'ProposalTakenBack': {
        const { approval } = event.data;
        const claim = event.stream.slice('claim-'.length);
        return approval ? [{ do: event.id, task: { claim, attempt: approval.attempt } }] : [];
      }
      default:
        return [];
    }
  }

  perform(task: ApprovalTry, context: CommandContext): Promise<void> {
    return takeBack(this.streams, this.clock, task, context);
  }
}
