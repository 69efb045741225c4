import { CommandContext, Committed, Streams } from '@app/event-store';
import { Clock, instantText, Refused, shanghaiDay } from '@app/kernel';
import { Command, CommandBus, CommandHandler, ICommandHandler } from '@nestjs/cqrs';
import { claim } from './claim.decider';
import { ClaimFigures } from './claim-figures.handlers';
import { claimStream, isBefore, TellClaimAsOfficer, unlessRefused } from './claim-officer.handlers';
import type { ClaimEvent, ClaimOfficer } from './claim-story.rules';

/** 抵扣 of a part of a recovery: `against` is the claim that the decision names. */
export type OffsetAsked = {
  readonly recovery: string;
  readonly part: string;
  readonly amount: string;
  readonly against: string;
  readonly by: ClaimOfficer;
};

export class OffsetRecovery extends Command<Committed<ClaimEvent>> {
  constructor(
    readonly claim: string,
    readonly offset: OffsetAsked,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** The other award gives first; a process then records the part here, or gives it back there. */
@CommandHandler(OffsetRecovery)
export class OffsetRecoveryHandler implements ICommandHandler<OffsetRecovery> {
  constructor(
    private readonly streams: Streams,
    private readonly figures: ClaimFigures,
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  async execute({ claim: id, offset, context }: OffsetRecovery): Promise<Committed<ClaimEvent>> {
    const { recovery, part, amount, against, by } = offset;
    const [{ state }, { state: other }] = await Promise.all([
      this.streams.load(claim, claimStream(id)),
      this.streams.load(claim, claimStream(against)),
    ]);
    if (!state || !isBefore(state, by)) throw new Refused('claim-unknown');
    if (!other || !isBefore(other, by)) throw new Refused('offset-claim-unknown', {}, 'against');
    if (!other.offsets.has(part)) {
      const at = instantText(this.clock.now());
      const today = shanghaiDay(at);
      const asked = {
        head: state,
        asOf: today,
        knownAt: at,
        findings: state.findings ?? [],
        voidInvoices: 'keep',
      } as const;
      const { entered } = (await unlessRefused(this.figures.of(asked))) ?? (await this.figures.lastOf(state, at));
      // What the recovery refuses anyway leaves nothing to give back.
      const taking = { recovery, part, amount, receipt: part, against, paidOn: today, by, entered, at };
      claim.decide({ type: 'RecordRecoveryPayment', ...taking }, state);
    }
    const of = { claim: id, recovery, registration: state.firm.registration };
    const act = { type: 'OffsetAward', part, amount, of, by } as const;
    return this.commands.execute(new TellClaimAsOfficer(against, act, context));
  }
}
