import { Streams } from '@app/event-store';
import type { CommandContext, Recorded } from '@app/event-store';
import type { Planned, Process } from '@app/projections';
import { RecheckClaims } from '@app/subsidies';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { LoanEvent } from './loan-story.rules';
import { loan } from './loan.decider';
import { loanStream } from './loan.handlers';

type Task = { readonly loan: string };

/** An interest subsidy that was paid on a loan is computed again when its bank or its borrower says otherwise. */
@Injectable()
export class LoanRecheckProcess implements Process<LoanEvent, Task> {
  readonly name = 'loan-recheck';
  readonly filter = {
    categories: ['loan'],
    types: [
      'LoanEvidenced',
      'LoanCorrected',
      'LoanRateChanged',
      'LoanRepaid',
      'LoanEntryStruck',
      'LoanStruck',
      'LoanConfirmed',
      'LoanDisputed',
    ],
  };

  constructor(
    private readonly streams: Streams,
    private readonly commands: CommandBus,
  ) {}

  react(event: Recorded<LoanEvent>): Planned<Task>[] {
    return [{ do: event.id, task: { loan: event.stream.slice('loan-'.length) } }];
  }

  async perform({ loan: id }: Task, context: CommandContext): Promise<unknown> {
    const { state } = await this.streams.load(loan, loanStream(id));
    return state && this.commands.execute(new RecheckClaims(state.borrower.enterprise, context));
  }
}
