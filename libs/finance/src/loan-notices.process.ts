import { Streams } from '@app/event-store';
import type { CommandContext, Recorded } from '@app/event-store';
import { MessagePort } from '@app/inbox';
import { derivedId } from '@app/kernel';
import { messageOf } from '@app/labels';
import type { MessageAbout } from '@app/labels';
import type { Planned, Process } from '@app/projections';
import { Injectable } from '@nestjs/common';
import type { LoanEvent } from './loan-story.rules';
import { loan } from './loan.decider';
import { loanStream } from './loan.handlers';

type Task = { readonly loan: string; readonly about: MessageAbout; readonly to: 'firm' | 'bank' };

const TOLD: Partial<Record<LoanEvent['type'], Pick<Task, 'about' | 'to'>>> = {
  LoanEvidenced: { about: 'loan-evidenced', to: 'firm' },
  LoanCorrected: { about: 'loan-corrected', to: 'firm' },
  LoanRateChanged: { about: 'loan-entry', to: 'firm' },
  LoanRepaid: { about: 'loan-entry', to: 'firm' },
  LoanEntryStruck: { about: 'loan-entry', to: 'firm' },
  LoanStruck: { about: 'loan-struck', to: 'firm' },
  LoanDisputed: { about: 'loan-disputed', to: 'bank' },
};

/** Asks the borrower to confirm what a bank evidences, and tells the bank what the borrower disputes. */
@Injectable()
export class LoanNoticesProcess implements Process<LoanEvent, Task> {
  readonly name = 'loan-notices';
  readonly filter = { categories: ['loan'], types: Object.keys(TOLD) };

  constructor(
    private readonly messages: MessagePort,
    private readonly streams: Streams,
  ) {}

  react(event: Recorded<LoanEvent>): Planned<Task>[] {
    const told = TOLD[event.type];
    return told ? [{ do: event.id, task: { loan: event.stream.slice('loan-'.length), ...told } }] : [];
  }

  async perform({ loan: id, about, to }: Task, { commandId }: CommandContext): Promise<unknown> {
    const { state } = await this.streams.load(loan, loanStream(id));
    if (!state) return undefined;
    const { borrower, bank, lender } = state;
    const recipient = to === 'bank' ? { account: bank } : { registration: borrower.registration };
    const message = messageOf(about, { loan: id, lender });
    return this.messages.send({ id: derivedId(commandId, about), to: recipient, ...message });
  }
}
