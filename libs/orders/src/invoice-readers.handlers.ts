import { Attachment, AttachmentRule, OpensAttachments } from '@app/attachments';
import type { Actor } from '@app/auth';
import { LiveRule, LiveRuleFor } from '@app/http';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { InvoiceByNumber, invoices, SeesInvoiceFile } from './invoices.view';
import { OrderReaders } from './order-readers.handlers';
import { statementsOf } from './statement-list.controller';
import { SeesStatementFile, StatementById, statements } from './statements.view';

// Who hears of invoices and statements, and reads their files: whoever may read them by their GET.

@LiveRuleFor(invoices.name)
@Injectable()
export class InvoicesLive implements LiveRule {
  constructor(
    private readonly queries: QueryBus,
    private readonly orderReaders: OrderReaders,
  ) {}

  async mayHear(actor: Actor | undefined, number: string): Promise<boolean> {
    const whose = await this.orderReaders.seenBy(actor);
    return whose !== undefined && (await this.queries.execute(new InvoiceByNumber(whose, number))) !== undefined;
  }
}

@LiveRuleFor(statements.name)
@Injectable()
export class StatementsLive implements LiveRule {
  constructor(private readonly queries: QueryBus) {}

  async mayHear(actor: Actor | undefined, statement: string): Promise<boolean> {
    if (!mayAsk(actor)) return false;
    return (await this.queries.execute(new StatementById(statementsOf(actor), statement))) !== undefined;
  }
}

@OpensAttachments()
@Injectable()
export class InvoiceFiles implements AttachmentRule {
  constructor(
    private readonly queries: QueryBus,
    private readonly orderReaders: OrderReaders,
  ) {}

  async mayRead(actor: Actor | undefined, { id }: Attachment): Promise<boolean> {
    const whose = await this.orderReaders.seenBy(actor);
    if (whose && (await this.queries.execute(new SeesInvoiceFile(whose, id)))) return true;
    return mayAsk(actor) && this.queries.execute(new SeesStatementFile(statementsOf(actor), id));
  }
}

const mayAsk = (actor: Actor | undefined): actor is Actor =>
  actor !== undefined && (actor.party !== undefined || actor.roles.includes('auditor'));
