import { Actor } from '@app/auth';
import { Injectable, OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Attachment } from './attachments';

/** A context's answer to who may read files that it attached to something of its own. */
export interface AttachmentRule {
  /** `actor` is undefined where nobody has signed in. True opens the file to this reader; false says nothing. */
  mayRead(actor: Actor | undefined, attachment: Attachment): boolean | Promise<boolean>;
}

/** On a provider that implements AttachmentRule. */
export const OpensAttachments = DiscoveryService.createDecorator();

/** A file is read by its sender's own firm, and by whomever a context opens it to. Without a rule nobody else. */
@Injectable()
export class AttachmentRules implements OnModuleInit {
  private rules: AttachmentRule[] = [];

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    this.rules = this.discovery
      .getProviders({ metadataKey: OpensAttachments.KEY })
      .map(({ instance }) => instance as AttachmentRule);
  }

  async mayRead(actor: Actor | undefined, attachment: Attachment): Promise<boolean> {
    if (isOwn(actor, attachment)) return true;
    for (const rule of this.rules) if (await rule.mayRead(actor, attachment)) return true;
    return false;
  }
}

/** A file sent for a firm is the firm's: an account that has left it reads it no more. */
function isOwn(actor: Actor | undefined, { account, registration }: Attachment): boolean {
  if (!actor) return false;
  return registration === undefined ? actor.account === account : actor.party?.registration === registration;
}
