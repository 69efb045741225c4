import { Streams } from '@app/event-store';
import type { CommandContext, Recorded } from '@app/event-store';
import { Clock, Exact, instantText } from '@app/kernel';
import type { Planned, Process } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { claim } from './claim.decider';
import { entitlementStream } from './claim-figures.handlers';
import { claimStream } from './claim-officer.handlers';
import type { ClaimEvent } from './claim-story.rules';
import { entitlement } from './entitlement.decider';

type Task = { readonly claim: string; readonly recovery: string; readonly part: string; readonly amount: string };

/** Tells the beneficiary's entitlement what came back; when all of it has, its invoices are free again. */
@Injectable()
export class ClaimRecoveredProcess implements Process<ClaimEvent, Task> {
  readonly name = 'claim-recovered';
  readonly filter = { categories: ['claim'], types: ['RecoveryPaid'] };

  constructor(
    private readonly streams: Streams,
    private readonly clock: Clock,
  ) {}

  react(event: Recorded<ClaimEvent>): Planned<Task>[] {
    if (event.type !== 'RecoveryPaid') return [];
    const { recovery, part, amount } = event.data;
    return [{ do: event.id, task: { claim: event.stream.slice('claim-'.length), recovery, part, amount } }];
  }

  async perform({ claim: id, ...told }: Task, context: CommandContext): Promise<unknown> {
    const { state } = await this.streams.load(claim, claimStream(id));
    if (!state?.proposal) return undefined;
    const { firm, policy, proposal, recovered, withheld = '0' } = state;
    const wholly = new Exact(recovered).plus(withheld).greaterThanOrEqualTo(proposal.granted);
    const note = { type: 'NoteRecovery', claim: id, ...told, wholly, at: instantText(this.clock.now()) } as const;
    return this.streams.decide(entitlement, entitlementStream(policy.scheme, firm.enterprise), note, context);
  }
}
