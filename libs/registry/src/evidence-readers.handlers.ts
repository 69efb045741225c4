import { Attachment, AttachmentRule, OpensAttachments } from '@app/attachments';
import { Actor, mayReadRow } from '@app/auth';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { RegistrationById } from './registrations.view';

/** A firm's evidence is read by the office that decides by it, the city's offices and the auditor. */
@OpensAttachments()
@Injectable()
export class EvidenceReaders implements AttachmentRule {
  constructor(private readonly queries: QueryBus) {}

  async mayRead(actor: Actor | undefined, { id, registration }: Attachment): Promise<boolean> {
    if (registration === undefined || !actor || actor.roles.includes('member')) return false;
    const row = await this.queries.execute(new RegistrationById(registration));
    const isEvidence = row?.known.evidence.some((evidence) => evidence.id === id) ?? false;
    return isEvidence && mayReadRow(actor, { area: row!.office });
  }
}
