import type { CommandContext, Committed } from '@app/event-store';
import { Streams } from '@app/event-store';
import { Clock, instantText, Refused } from '@app/kernel';
import { order, orderStream } from '@app/orders';
import { StandingOf } from '@app/registry';
import { Command, CommandHandler, ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { financeRequest, FinanceRequestCommand } from './finance-request.decider';
import type { FinanceRequestForm } from './finance-forms.rules';
import type { ByMember, FinanceRequestEvent } from './finance-request-story.rules';
import { FinanceTexts } from './finance-texts.handlers';

export const financeRequestStream = (id: string): string => `finance-request-${id}`;

export type ToldRequest = Committed<FinanceRequestEvent>;

/** An SME asks for finance on one of its orders. */
export class RequestFinance extends Command<ToldRequest> {
  constructor(
    readonly form: FinanceRequestForm,
    readonly by: ByMember,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RequestFinance)
export class RequestFinanceHandler implements ICommandHandler<RequestFinance> {
  constructor(
    private readonly streams: Streams,
    private readonly queries: QueryBus,
    private readonly texts: FinanceTexts,
    private readonly clock: Clock,
  ) {}

  async execute({ form, by, context }: RequestFinance) {
    const { request, order: id, amount, purpose, termMonths, consent, banks, text } = form;
    if (!consent) throw new Refused('consent-missing', {}, 'consent');
    const standing = await this.queries.execute(new StandingOf(by.registration, by.enterprise));
    if (!standing.isConfirmed) throw new Refused('registration-not-confirmed');
    const { state } = await this.streams.load(order, orderStream(id));
    // Another firm's order is as unknown as one that is not there.
    if (state?.supplier.registration !== by.registration) throw new Refused('finance-order-unknown', {}, 'order');
    await this.texts.checkRole('bank', banks ?? [], 'bank-unknown', 'banks');
    const data = {
      request,
      order: id,
      borrower: state.supplier,
      lead: state.lead,
      amount,
      purpose,
      termMonths,
      consent: { banks: banks ?? 'any' },
      ...(await this.texts.keep(context, text, by.registration)),
      by,
      at: instantText(this.clock.now()),
    } as const;
    return this.streams.decide(
      financeRequest,
      financeRequestStream(request),
      { type: 'RequestFinance', ...data },
      context,
    );
  }
}

type WithoutWords<C> = C extends unknown ? Omit<C, 'at' | 'text'> & { readonly text?: string } : never;

/** Any later command to a request, in the asker's own words where it has some. */
export type RequestEntry = WithoutWords<Exclude<FinanceRequestCommand, { type: 'RequestFinance' }>>;

export class TellFinanceRequest extends Command<ToldRequest> {
  constructor(
    readonly request: string,
    readonly entry: RequestEntry,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(TellFinanceRequest)
export class TellFinanceRequestHandler implements ICommandHandler<TellFinanceRequest> {
  constructor(
    private readonly streams: Streams,
    private readonly texts: FinanceTexts,
    private readonly clock: Clock,
  ) {}

  async execute({ request, entry, context }: TellFinanceRequest) {
    const stream = financeRequestStream(request);
    const { state } = await this.streams.load(financeRequest, stream);
    if (!state) throw new Refused('finance-request-unknown');
    await this.checkPeople(entry);
    const { text, ...rest } = entry;
    const words = await this.texts.keep(context, text, state.borrower.registration);
    const command = { ...rest, ...words, at: instantText(this.clock.now()) } as FinanceRequestCommand;
    return this.streams.decide(financeRequest, stream, command, context);
  }

  private async checkPeople(entry: RequestEntry): Promise<void> {
    if (entry.type === 'AssignAdviser') {
      await this.texts.checkRole('adviser', [entry.adviser], 'adviser-unknown', 'adviser');
    } else if (entry.type === 'PassToBanks' || (entry.type === 'ConsentToBanks' && entry.banks !== 'any')) {
      await this.texts.checkRole('bank', entry.banks as readonly string[], 'bank-unknown', 'banks');
    }
  }
}
