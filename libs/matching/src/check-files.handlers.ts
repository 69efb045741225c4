import { Attachment, AttachmentRule, OpensAttachments } from '@app/attachments';
import type { Actor } from '@app/auth';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { SeesCheckFile } from './checks.view';
import { Readers } from './readers.handlers';

/** Files of statements and findings are read by the offices that the check is before, and never by the other firm. */
@OpensAttachments()
@Injectable()
export class CheckFiles implements AttachmentRule {
  constructor(
    private readonly queries: QueryBus,
    private readonly readers: Readers,
  ) {}

  async mayRead(actor: Actor | undefined, { id }: Attachment): Promise<boolean> {
    const office = actor && (await this.readers.officeOf(actor));
    if (office === undefined) return false;
    return this.queries.execute(new SeesCheckFile(office === 'city' ? {} : { among: office }, id));
  }
}
