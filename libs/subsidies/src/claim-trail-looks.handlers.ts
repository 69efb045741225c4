import { actorName, Looks } from '@app/auth';
import type { Actor } from '@app/auth';
import { Clock } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { claimStream } from './claim-officer.handlers';

/** A page that refetches what it shows is one look. */
const ONE_LOOK = 10 * 60_000;
const LOOKS_SHOWN = 500;

export type ClaimViewed = 'page' | 'derivation' | 'invoices' | 'trail' | 'changes' | 'bundle' | 'facts';

/** Who of the offices looked at a claim, and at what of it. */
@Injectable()
export class ClaimLooks {
  constructor(
    private readonly looks: Looks,
    private readonly clock: Clock,
  ) {}

  /** A firm that looks at its own claim is nobody's concern. */
  async record(actor: Actor, claim: string, viewed: ClaimViewed): Promise<void> {
    if (actor.party) return;
    const subject = claimStream(claim);
    const since = this.clock.now() - ONE_LOOK;
    const before = await this.looks.about([subject], LOOKS_SHOWN);
    const isSaid = before.some(
      (look) => look.actor === actorName(actor) && look.reason === viewed && look.at.getTime() > since,
    );
    if (!isSaid) await this.looks.record(actor, { kind: 'claim', subject, reason: viewed });
  }

  /** The latest first. */
  of(claim: string): ReturnType<Looks['about']> {
    return this.looks.about([claimStream(claim)], LOOKS_SHOWN);
  }
}
