import { Attachment, AttachmentRule, OpensAttachments } from '@app/attachments';
import { mayReadRow } from '@app/auth';
import type { Actor } from '@app/auth';
import { LiveRule, LiveRuleFor } from '@app/http';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { claimsOf } from './claim-pages.handlers';
import { ClaimPlace, SeesClaimFile } from './claims-asked.view';
import { claims } from './claims.view';

/** Whoever may read a claim hears that it changed; a firm not of what it is not told yet. */
@LiveRuleFor(claims.name)
@Injectable()
export class ClaimsLive implements LiveRule {
  constructor(private readonly queries: QueryBus) {}

  async mayHear(actor: Actor | undefined, key: string): Promise<boolean> {
    const place = actor && (await this.queries.execute(new ClaimPlace(key)));
    if (!place || (actor.party && place.isHiddenFromFirm)) return false;
    return mayReadRow(actor, { registration: place.registration, area: place.office });
  }
}

/** Materials of a claim are read by the offices that it is before. */
@OpensAttachments()
@Injectable()
export class ClaimFiles implements AttachmentRule {
  constructor(private readonly queries: QueryBus) {}

  async mayRead(actor: Actor | undefined, { id }: Attachment): Promise<boolean> {
    const isOffice = actor?.roles.some((role) => /officer|finance|auditor/.test(role)) ?? false;
    return isOffice && this.queries.execute(new SeesClaimFile(claimsOf(actor!), id));
  }
}
