import { Attachments } from '@app/attachments';
import { Vault } from '@app/auth';
import { CommandContext, Committed, Streams } from '@app/event-store';
import { Clock, instantText, Party, Refused } from '@app/kernel';
import { officeFor, StandingOf } from '@app/registry';
import { Command, CommandBus, CommandHandler, ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { evidence } from './evidence.decider';
import type { EvidenceEvent, InvoiceSource, InvoiceState } from './evidence-story.rules';
import { evidenceStream, InvoiceClaims } from './invoice-claims.handlers';
import { AmountKind, figuresOf } from './invoice-figures.rules';
import { invoiceNumber } from './invoice-numbers.rules';
import type { FirmPerson, OfficePerson } from './order-commands.rules';
import { order } from './order.decider';
import { orderStream, TellOrder, ToldOrder } from './order.handlers';
import { isLive } from './order-state.rules';
import type { Order } from './order-state.rules';
import type { OrderFile } from './order-story.rules';

export type InvoiceAsked = {
  readonly fact: string;
  /** As it was read or typed; an old one with its code apart or before it. */
  readonly number: string;
  readonly code?: string;
  readonly invoicedOn: string;
  readonly amount: string;
  readonly amountIs: AmountKind;
  readonly tax?: string;
  readonly redOf?: string;
  readonly source: Exclude<InvoiceSource, 'statement'>;
  /** As its XML names them. */
  readonly seller?: string;
  readonly buyer?: string;
  readonly attachments: readonly string[];
};

export type Registered = {
  readonly committed: Committed[];
  readonly number: string;
  readonly net: string;
  readonly gross: string;
};

/**
 * Enters an invoice on an order: claimed in its own stream first, then on the order, whose refusal releases it. Refuses
 * `invoice-taken` where another order of whomever has it.
 */
export class RegisterInvoice extends Command<Registered> {
  constructor(
    readonly order: string,
    readonly asked: InvoiceAsked,
    readonly by: FirmPerson,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RegisterInvoice)
export class RegisterInvoiceHandler implements ICommandHandler<RegisterInvoice> {
  constructor(
    private readonly streams: Streams,
    private readonly commands: CommandBus,
    private readonly claims: InvoiceClaims,
    private readonly attachments: Attachments,
    private readonly clock: Clock,
  ) {}

  async execute({ order: id, asked, by, context }: RegisterInvoice): Promise<Registered> {
    const { fact, invoicedOn, source } = asked;
    const { state } = await this.streams.load(order, orderStream(id));
    const { lead, supplier, vatRate } = partiesOf(state, by.by);
    checkFirms(asked, { seller: supplier, buyer: lead });
    const number = invoiceNumber(asked.number, asked.code);
    const redOf = asked.redOf === undefined ? undefined : invoiceNumber(asked.redOf, '', 'redOf');
    const amounts = figuresOf({ ...asked, vatRate, isRed: redOf !== undefined });
    const files = await filesOf(this.attachments, asked.attachments, by.by);
    const at = instantText(this.clock.now());
    const enter = { type: 'EnterInvoice', fact, number, invoicedOn, ...amounts, redOf, ...by, files, at } as const;
    const settled = state?.facts.get(fact);
    if (settled && !isLive(settled)) return this.again(new TellOrder(id, enter, context), { number, ...amounts });
    // What the order refuses as it stands now is not claimed at all.
    if (!settled) order.decide(enter, state);
    const claimant = { kind: 'order', order: id, fact } as const;
    const claimed = await this.claims.claim(
      {
        type: 'ClaimInvoice',
        ...{ number, claimant, seller: supplier, buyer: lead, redOf, source, files, at },
        figures: { invoicedOn, ...amounts, vatRate },
        parts: [{ order: id, fact, ...amounts }],
        by: { side: by.by.registration === lead.registration ? 'lead' : 'supplier', account: by.account },
      },
      context,
    );
    try {
      const told = await this.commands.execute(new TellOrder(id, enter, context));
      return { committed: [...claimed, told], number, ...amounts };
    } catch (error) {
      if (error instanceof Refused) await this.claims.releaseIfLeft({ number, claimant, redOf }, 'refused', context);
      throw error;
    }
  }

  /** A fact that was taken back stays so: only the very request that once entered it is answered as then. */
  private async again(command: TellOrder, registered: Omit<Registered, 'committed'>): Promise<Registered> {
    const told: ToldOrder = await this.commands.execute(command);
    if (!told.repeated) throw new Refused('fact-id-taken', {}, 'fact');
    return { committed: [told], ...registered };
  }
}

/** To everybody but its two firms an order is unknown. */
export function partiesOf(state: Order, { registration }: Party): NonNullable<Order> {
  const isTheirs = state?.lead.registration === registration || state?.supplier.registration === registration;
  if (!state || !isTheirs) throw new Refused('order-unknown');
  return state;
}

export function checkFirms(
  asked: Pick<InvoiceAsked, 'seller' | 'buyer'>,
  firms: { seller: Party; buyer: Party },
): void {
  for (const side of ['seller', 'buyer'] as const) {
    const stated = asked[side];
    if (stated !== undefined && stated !== firms[side].enterprise) {
      throw new Refused('invoice-firms-differ', { stated, order: firms[side].enterprise }, side);
    }
  }
}

/** Files that whoever names them has uploaded: a firm's own, or an officer's own. Another's is none. */
export async function filesOf(
  attachments: Attachments,
  ids: readonly string[],
  owner: Party | OfficePerson,
): Promise<OrderFile[]> {
  const found = await attachments.find(ids);
  return ids.map((id, index) => {
    const file = found.get(id);
    const isOwn = 'account' in owner ? file?.account === owner.account : file?.registration === owner.registration;
    if (!file || !isOwn) throw new Refused('attachment-not-uploaded', {}, `attachments/${index}`);
    return { id, sha256: file.sha256 };
  });
}

/** Vault entries that 查验 records and statements write. */
export const INVOICE_TEXTS = 'invoice-text';

export type CheckAsked = {
  readonly check: string;
  readonly state: InvoiceState;
  readonly checkedOn: string;
  readonly text?: string;
  readonly attachments: readonly string[];
};

/**
 * 查验: what somebody found on the tax office's page. Both firms of the invoice record what they saw, and offices over
 * one of them; to everybody else the invoice is unknown.
 */
export class RecordInvoiceCheck extends Command<Committed<EvidenceEvent>> {
  constructor(
    readonly number: string,
    readonly asked: CheckAsked,
    readonly by: FirmPerson | OfficePerson,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RecordInvoiceCheck)
export class RecordInvoiceCheckHandler implements ICommandHandler<RecordInvoiceCheck> {
  constructor(
    private readonly streams: Streams,
    private readonly queries: QueryBus,
    private readonly attachments: Attachments,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  async execute({ number: given, asked, by, context }: RecordInvoiceCheck) {
    const number = invoiceNumber(given);
    const stream = evidenceStream(number);
    const { state } = await this.streams.load(evidence, stream);
    const isFirm = 'by' in by;
    const firms = state ? [state.seller, state.buyer] : [];
    const sees = isFirm
      ? firms.some(({ registration }) => registration === by.by.registration)
      : await isOver(this.queries, by, firms);
    if (!sees) throw new Refused('invoice-unknown');
    const { check, state: found, checkedOn, text } = asked;
    const files = await filesOf(this.attachments, asked.attachments, isFirm ? by.by : by);
    const words =
      text === undefined ? undefined : await this.vault.commitText(INVOICE_TEXTS, text, context, `invoice:${number}`);
    const at = instantText(this.clock.now());
    const person = isFirm ? { party: by.by, account: by.account } : by;
    const record = { type: 'RecordCheck', check, state: found, checkedOn, text: words, files, by: person, at } as const;
    return this.streams.decide(evidence, stream, record, context);
  }
}

/** A firm's business is a county office's where it is registered in its area; the city's offices are over all. */
export async function isOver(queries: QueryBus, { area }: OfficePerson, firms: readonly Party[]): Promise<boolean> {
  if (area === undefined) return firms.length > 0;
  for (const { registration, enterprise } of firms) {
    const { facts } = await queries.execute(new StandingOf(registration, enterprise));
    if (facts.registeredAddress && officeFor(facts.registeredAddress.area) === area) return true;
  }
  return false;
}
