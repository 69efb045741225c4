import { Streams } from '@app/event-store';
import type { CommandContext, Recorded } from '@app/event-store';
import { Clock, instantText, Refused, shanghaiDay } from '@app/kernel';
import type { Planned, Process } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { claim } from './claim.decider';
import { claimStream } from './claim-officer.handlers';
import type { ClaimEvent } from './claim-story.rules';

type Kept = Extract<ClaimEvent, { type: 'AwardOffset' }>['data'];
type Task = Pick<Kept, 'recovered' | 'recovery' | 'part' | 'amount' | 'by' | 'at'> & {
  /** The claim from whose award it was kept back, and the event that says so. */
  readonly from: string;
  readonly event: string;
};

/** Tells a recovery what was kept back for it from another award; what it refuses goes back to that award. */
@Injectable()
export class ClaimOffsetProcess implements Process<ClaimEvent, Task> {
  readonly name = 'claim-offset';
  readonly filter = { categories: ['claim'], types: ['AwardOffset'] };

  constructor(
    private readonly streams: Streams,
    private readonly clock: Clock,
  ) {}

  react(event: Recorded<ClaimEvent>): Planned<Task>[] {
    if (event.type !== 'AwardOffset') return [];
    const { recovered, recovery, part, amount, by, at } = event.data;
    const from = event.stream.slice('claim-'.length);
    return [{ do: event.id, task: { recovered, recovery, part, amount, by, at, from, event: event.id } }];
  }

  async perform({ from, part, ...task }: Task, context: CommandContext): Promise<unknown> {
    const isTaken = await this.take({ from, part, ...task }, context);
    // Each of the two has a stream of its own, where the command of this id is decided once.
    const end = { type: isTaken ? 'SettleOffset' : 'ReturnOffset', part, at: instantText(this.clock.now()) } as const;
    return this.streams.decide(claim, claimStream(from), end, context);
  }

  /** A refusal stays one: nothing that a recovery has taken leaves it again. */
  private async take(task: Task, context: CommandContext): Promise<boolean> {
    const { recovered, recovery, part, amount, by, at, from, event } = task;
    const paid = {
      recovery,
      part,
      amount,
      receipt: event,
      against: from,
      paidOn: shanghaiDay(at),
      by,
      entered: [],
      at,
    };
    try {
      await this.streams.decide(claim, claimStream(recovered), { type: 'RecordRecoveryPayment', ...paid }, context);
      return true;
    } catch (error) {
      if (error instanceof Refused) return false;
      throw error;
    }
  }
}
