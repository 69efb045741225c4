import { Streams } from '@app/event-store';
import type { CommandContext } from '@app/event-store';
import { Clock, derivedId, instantText, Refused } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { Command, CommandHandler, ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { ClaimDerivations } from './claim-derivation.table';
import { causeOf } from './claim-facts.rules';
import { ClaimFigures } from './claim-figures.handlers';
import { claimStream } from './claim-officer.handlers';
import type { ClaimProposal, OpenClaim } from './claim-state.rules';
import { claim } from './claim.decider';
import { ClaimsOn } from './claims-asked.view';

/** Computes paid claims again, and opens a recovery for what was paid beyond their worth. */
@Injectable()
export class ClaimRecheck {
  constructor(
    private readonly streams: Streams,
    private readonly figures: ClaimFigures,
    private readonly derivations: ClaimDerivations,
    private readonly clock: Clock,
  ) {}

  /** Each under a command of its own, that follows from the one given. What is not paid yet is looked at when it is decided. */
  async recheck(ids: readonly string[], context: CommandContext): Promise<void> {
    for (const id of ids) await this.one(id, { ...context, commandId: derivedId(context.commandId, id) });
  }

  private async one(id: string, context: CommandContext): Promise<void> {
    const { state } = await this.streams.load(claim, claimStream(id));
    if (!state?.proposal || !['paid', 'recovered'].includes(state.state)) return;
    const at = instantText(this.clock.now());
    const recovery = derivedId(context.commandId, 'recovery');
    const command = { type: 'OpenRecovery', recovery, ...(await this.worth(state, state.proposal, at)), at } as const;
    await this.streams.decide(claim, claimStream(id), command, context);
  }

  /** What cannot be evaluated bears nothing: an officer looks at it, and drops the recovery where nothing is wrong. */
  private async worth(state: OpenClaim, { orders, grounds: proposed }: ClaimProposal, at: string) {
    try {
      const figure = await this.figures.worthOf(state, at);
      await this.derivations.keep(state.claim, figure);
      const { grounds } = figure;
      return { cause: causeOf({ orders, knownAt: proposed.knownAt }, figure), worthNow: grounds.award, grounds };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return { cause: 'facts-changed', worthNow: '0', grounds: proposed } as const;
    }
  }
}

/** The paid claims that stand on a firm, after something that a later context knows of it has changed. Answers how many. */
export class RecheckClaims extends Command<number> {
  constructor(
    readonly firm: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RecheckClaims)
export class RecheckClaimsHandler implements ICommandHandler<RecheckClaims> {
  constructor(
    private readonly queries: QueryBus,
    private readonly claims: ClaimRecheck,
  ) {}

  async execute({ firm, context }: RecheckClaims): Promise<number> {
    const ids = await this.queries.execute(new ClaimsOn({ firm }));
    await this.claims.recheck(ids, context);
    return ids.length;
  }
}
