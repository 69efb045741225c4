import type { CommandContext, Committed } from '@app/event-store';
import { Streams } from '@app/event-store';
import { Clock, instantText, Refused } from '@app/kernel';
import { HolderOf } from '@app/registry';
import { Command, CommandHandler, ICommandHandler, QueryBus } from '@nestjs/cqrs';
import type { LoanForm } from './finance-forms.rules';
import { financeRequest } from './finance-request.decider';
import { financeRequestStream } from './finance-request.handlers';
import { FinanceTexts } from './finance-texts.handlers';
import type { LoanEvent } from './loan-story.rules';
import { loan, LoanCommand, loanOf } from './loan.decider';

export const loanStream = (id: string): string => `loan-${id}`;

export type ToldLoan = Committed<LoanEvent>;

/** A bank evidences a loan, on a request that it granted or by itself. */
export class EvidenceLoan extends Command<ToldLoan> {
  constructor(
    readonly form: LoanForm,
    readonly bank: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/**
 * First the request, which holds that no more is drawn than was granted, then the loan; both keyed by the loan's id. What the
 * loan would refuse is asked of its decider before, so that a refusal leaves no draw.
 */
@CommandHandler(EvidenceLoan)
export class EvidenceLoanHandler implements ICommandHandler<EvidenceLoan> {
  constructor(
    private readonly streams: Streams,
    private readonly queries: QueryBus,
    private readonly texts: FinanceTexts,
    private readonly clock: Clock,
  ) {}

  async execute({ form, bank, context }: EvidenceLoan) {
    const { borrower: enterprise, request, lender, terms, rate, attachments } = form;
    const registration = await this.queries.execute(new HolderOf(enterprise));
    if (registration === undefined) throw new Refused('borrower-unknown', {}, 'borrower');
    const of = request === undefined ? {} : { request, order: await this.orderOf(request, registration, bank) };
    const id = loanOf({ enterprise }, terms);
    const files = await this.texts.files(attachments, bank);
    const at = instantText(this.clock.now());
    const borrower = { enterprise, registration };
    const command = { type: 'EvidenceLoan', loan: id, bank, lender, borrower, ...of, terms, rate, files, at } as const;
    const { state } = await this.streams.load(loan, loanStream(id));
    if (request !== undefined && (state === undefined || state.state === 'struck')) {
      loan.decide(command, state);
      const draw = { type: 'DrawOnGrant', bank, loan: id, amount: terms.amount, at } as const;
      await this.streams.decide(financeRequest, financeRequestStream(request), draw, context);
    }
    return this.streams.decide(loan, loanStream(id), command, context);
  }

  private async orderOf(request: string, registration: string, bank: string): Promise<string> {
    const { state } = await this.streams.load(financeRequest, financeRequestStream(request));
    if (!state?.banks.has(bank)) throw new Refused('finance-request-unknown', {}, 'request');
    if (state.borrower.registration !== registration) throw new Refused('borrower-differs', {}, 'borrower');
    return state.order;
  }
}

type OfBank = Extract<LoanCommand, { readonly files: unknown }>;
type Entered<C> = C extends unknown ? Omit<C, 'at' | 'files'> & { readonly attachments: readonly string[] } : never;
type Said<C> = C extends unknown ? Omit<C, 'at' | 'text'> & { readonly text?: string } : never;

/** What is told to a loan that stands: a bank's entries name files, a firm's dispute may have words. */
export type LoanEntry = Entered<Exclude<OfBank, { type: 'EvidenceLoan' }>> | Said<Exclude<LoanCommand, OfBank>>;

export class TellLoan extends Command<ToldLoan> {
  constructor(
    readonly loan: string,
    readonly entry: LoanEntry,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(TellLoan)
export class TellLoanHandler implements ICommandHandler<TellLoan> {
  constructor(
    private readonly streams: Streams,
    private readonly texts: FinanceTexts,
    private readonly clock: Clock,
  ) {}

  async execute({ loan: id, entry, context }: TellLoan) {
    const { state } = await this.streams.load(loan, loanStream(id));
    if (!state) throw new Refused('loan-unknown');
    if (entry.type === 'HandLoanOver') await this.texts.checkRole('bank', [entry.bank], 'bank-unknown', 'bank');
    const at = instantText(this.clock.now());
    const command = { ...(await this.outside(entry, context, state.borrower.registration)), at } as LoanCommand;
    if (command.type === 'CorrectLoan' && state.request !== undefined) {
      // Asked first: a correction that is refused must not draw.
      if (loan.decide(command, state).length > 0) {
        const draw = { type: 'DrawOnGrant', loan: id, amount: command.terms.amount, at } as const;
        await this.streams.decide(financeRequest, financeRequestStream(state.request), draw, context);
      }
    }
    return this.streams.decide(loan, loanStream(id), command, context);
  }

  /** Words and files, kept where they belong and named by what proves them. */
  private async outside(entry: LoanEntry, context: CommandContext, registration: string): Promise<object> {
    if ('attachments' in entry) {
      const { attachments, ...rest } = entry;
      return { ...rest, files: await this.texts.files(attachments, entry.by) };
    }
    const { text, ...rest } = entry;
    return { ...rest, ...(await this.texts.keep(context, text, registration)) };
  }
}
