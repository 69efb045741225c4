import { Streams } from '@app/event-store';
import type { CommandContext, Recorded } from '@app/event-store';
import { Clock, instantText, instantTime } from '@app/kernel';
import type { Planned, Process } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { financeRequest } from './finance-request.decider';
import { financeRequestStream } from './finance-request.handlers';
import type { FinanceRequestEvent } from './finance-request-story.rules';
import type { LoanEvent } from './loan-story.rules';
import { loan } from './loan.decider';
import { loanStream } from './loan.handlers';

/** `request`: the grant that was drawn on; left out, the one that the loan names itself. */
type Task = { readonly loan: string; readonly request?: string };

/** How long a bank's own retry may take to evidence the loan that a draw was for, in milliseconds. */
export const LOOKED_AT_AFTER = 10 * 60_000;

/**
 * Tells a grant what its loan has come to: its amount, also after a correction, and nothing once it was struck, or where it was
 * drawn for a loan that never came: the program ended between the two streams, or the loan was refused.
 */
@Injectable()
export class GrantDrawsProcess implements Process<FinanceRequestEvent | LoanEvent, Task> {
  readonly name = 'grant-draws';
  readonly filter = {
    categories: ['finance', 'loan'],
    types: ['GrantDrawn', 'LoanEvidenced', 'LoanCorrected', 'LoanStruck'],
  };

  constructor(
    private readonly streams: Streams,
    private readonly clock: Clock,
  ) {}

  react(event: Recorded<FinanceRequestEvent | LoanEvent>): Planned<Task>[] {
    if (event.type === 'GrantDrawn') {
      const { loan: id, at } = event.data;
      const request = event.stream.slice('finance-request-'.length);
      const due = instantText(instantTime(at) + LOOKED_AT_AFTER);
      return [{ do: `${request} ${id}`, at: due, task: { loan: id, request } }];
    }
    if (event.type === 'LoanEvidenced' && event.data.request === undefined) return [];
    return [{ do: event.id, task: { loan: event.stream.slice('loan-'.length) } }];
  }

  async perform({ loan: id, request }: Task, context: CommandContext): Promise<unknown> {
    const { state } = await this.streams.load(loan, loanStream(id));
    const of = request ?? state?.request;
    if (of === undefined) return undefined;
    const stands = state !== undefined && state.state !== 'struck' && state.request === of;
    const amount = stands ? state.terms.amount : '0';
    const draw = { type: 'DrawOnGrant', loan: id, amount, at: instantText(this.clock.now()) } as const;
    return this.streams.decide(financeRequest, financeRequestStream(of), draw, context);
  }
}
