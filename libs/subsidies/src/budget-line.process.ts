import { Streams } from '@app/event-store';
import type { CommandContext, Recorded } from '@app/event-store';
import { Clock, instantText } from '@app/kernel';
import type { Planned, Process } from '@app/projections';
import { Injectable } from '@nestjs/common';
import type { OpenClaim } from './claim-state.rules';
import type { ClaimEvent, ClaimState } from './claim-story.rules';
import { claim } from './claim.decider';
import { round, RoundCommand } from './round.decider';
import { roundStream } from './round.handlers';

type Task = { readonly claim: string };

/** Until the approval reserves it, an award is asked for; the joint review has found it, before that it is an estimate. */
const ESTIMATED: readonly ClaimState[] = ['applied', 'returned', 'county-passed', 'city-passed'];
const FOUND: readonly ClaimState[] = ['jointly-reviewed', 'proposed', 'on-notice'];
const OUT: readonly ClaimState[] = ['withdrawn', 'not-supported'];

/**
 * Keeps a round's line of claims: what each asks, in order of filing. A scale and what is left for whoever filed first follow
 * from it; the budget itself is held by what approvals reserve.
 */
@Injectable()
export class BudgetLineProcess implements Process<ClaimEvent, Task> {
  readonly name = 'budget-line';
  readonly filter = {
    categories: ['claim'],
    types: [
      'ClaimFiled',
      'ClaimCompleted',
      'ClaimReturned',
      'CountyCheckPassed',
      'CityCheckPassed',
      'ClaimJointlyReviewed',
      'ClaimNotSupported',
      'ClaimWithdrawn',
      'ClaimReviewDecided',
    ],
  };

  constructor(
    private readonly streams: Streams,
    private readonly clock: Clock,
  ) {}

  react({ stream }: Recorded<ClaimEvent>): Planned<Task>[] {
    return [{ do: stream, task: { claim: stream.slice('claim-'.length) } }];
  }

  async perform({ claim: id }: Task, context: CommandContext): Promise<unknown> {
    const { state } = await this.streams.load(claim, `claim-${id}`);
    const command = state && this.commandOf(id, state);
    return command && this.streams.decide(round, roundStream(state.round), command, context);
  }

  private commandOf(id: string, { state, firm, office, grounds, filedOn = '' }: OpenClaim): RoundCommand | undefined {
    const at = instantText(this.clock.now());
    if (OUT.includes(state)) return { type: 'ReleaseBudget', claim: id, at };
    const isFound = FOUND.includes(state);
    if (!isFound && !ESTIMATED.includes(state)) return undefined;
    const asked = {
      claim: id,
      firm: firm.enterprise,
      county: office,
      amount: grounds.award,
      isFound,
      filedAt: filedOn,
    };
    return { type: 'AskBudget', ...asked, at };
  }
}
