import { Streams } from '@app/event-store';
import type { CommandContext, Recorded } from '@app/event-store';
import { Clock, instantText } from '@app/kernel';
import type { Planned, Process } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { financeRequest } from './finance-request.decider';
import { financeRequestStream } from './finance-request.handlers';
import type { LoanEvent } from './loan-story.rules';
import { loan } from './loan.decider';
import { loanStream } from './loan.handlers';

type Task = { readonly loan: string };

/**
 * Tells a grant what its loan has come to: nothing once it was struck, and its amount after a correction, also where the
 * program ended between the two streams.
 */
@Injectable()
export class GrantDrawsProcess implements Process<LoanEvent, Task> {
  readonly name = 'grant-draws';
  readonly filter = { categories: ['loan'], types: ['LoanEvidenced', 'LoanCorrected', 'LoanStruck'] };

  constructor(
    private readonly streams: Streams,
    private readonly clock: Clock,
  ) {}

  react(event: Recorded<LoanEvent>): Planned<Task>[] {
    if (event.type === 'LoanEvidenced' && event.data.request === undefined) return [];
    return [{ do: event.id, task: { loan: event.stream.slice('loan-'.length) } }];
  }

  async perform({ loan: id }: Task, context: CommandContext): Promise<unknown> {
    const { state } = await this.streams.load(loan, loanStream(id));
    if (state?.request === undefined) return undefined;
    const amount = state.state === 'struck' ? '0' : state.terms.amount;
    const draw = { type: 'DrawOnGrant', loan: id, amount, at: instantText(this.clock.now()) } as const;
    return this.streams.decide(financeRequest, financeRequestStream(state.request), draw, context);
  }
}
