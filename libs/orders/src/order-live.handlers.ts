import { Attachment, AttachmentRule, OpensAttachments } from '@app/attachments';
import type { Actor } from '@app/auth';
import { LiveRule, LiveRuleFor } from '@app/http';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { OrderReaders } from './order-readers.handlers';
import { OrderById, orders, SeesOrderFile } from './orders.view';

/** Keys are orders: whoever reads one by its GET hears that it changed. */
@LiveRuleFor(orders.name)
@Injectable()
export class OrdersLive implements LiveRule {
  constructor(
    private readonly queries: QueryBus,
    private readonly readers: OrderReaders,
  ) {}

  async mayHear(actor: Actor | undefined, order: string): Promise<boolean> {
    const whose = await this.readers.seenBy(actor);
    return whose !== undefined && (await this.queries.execute(new OrderById(whose, order))) !== undefined;
  }
}

/** Contracts, delivery notes and vouchers are read by both firms, the offices of their areas and the auditor. */
@OpensAttachments()
@Injectable()
export class OrderFiles implements AttachmentRule {
  constructor(
    private readonly queries: QueryBus,
    private readonly readers: OrderReaders,
  ) {}

  async mayRead(actor: Actor | undefined, { id }: Attachment): Promise<boolean> {
    const whose = await this.readers.seenBy(actor);
    return whose !== undefined && this.queries.execute(new SeesOrderFile(whose, id));
  }
}
