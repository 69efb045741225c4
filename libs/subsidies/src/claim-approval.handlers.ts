import { CommandContext, Committed, Streams } from '@app/event-store';
import { Clock, derivedId, Exact, instantText, Refused } from '@app/kernel';
import { Command, CommandHandler, ICommandHandler } from '@nestjs/cqrs';
import { claim, ClaimCommand } from './claim.decider';
import { ClaimFigures, entitlementStream } from './claim-figures.handlers';
import { claimStream, isBefore } from './claim-officer.handlers';
import { capOf } from './claim-policies.handlers';
import type { OpenClaim } from './claim-state.rules';
import { worthDay } from './claim-worth.rules';
import type { ClaimEvent, ClaimOfficer } from './claim-story.rules';
import { Cap, entitlement, netInYear } from './entitlement.decider';
import { round as roundDecider } from './round.decider';
import { roundStream } from './round.handlers';

/**
 * 审定. What counts is reserved with the beneficiary first, then with the round, then the claim is approved; each step is keyed
 * by the claim and this try. What a later step refuses is taken back at once, what a crash leaves by a process.
 */
export class ApproveClaim extends Command<Committed<ClaimEvent>> {
  constructor(
    readonly claim: string,
    readonly by: ClaimOfficer,
    readonly decision: { readonly minutes: string; readonly reason: string },
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ApproveClaim)
export class ApproveClaimHandler implements ICommandHandler<ApproveClaim> {
  constructor(
    private readonly streams: Streams,
    private readonly figures: ClaimFigures,
    private readonly clock: Clock,
  ) {}

  async execute({ claim: id, by, decision, context }: ApproveClaim) {
    const { state } = await this.streams.load(claim, claimStream(id));
    if (!state || !isBefore(state, by)) throw new Refused('claim-unknown');
    const at = instantText(this.clock.now());
    const command = await this.commandOf(state, { by, ...decision, attempt: context.commandId, at });
    const { read, schemes } = await this.figures.policyOf(state.policy);
    const approval = { state, command, cap: capOf(read), beside: await this.beside(state, schemes, at) };
    return approveInSteps(this.streams, this.clock, approval, context);
  }

  private async beside({ policy, firm, year }: OpenClaim, schemes: readonly string[], at: string): Promise<Beside> {
    const others = schemes.filter((scheme) => scheme !== policy.scheme);
    const found = await this.figures.entitlementsOf(others, firm.enterprise, at);
    return new Map(found.map(({ scheme, reservations }) => [scheme, netInYear(reservations, year)]));
  }

  private async commandOf(
    state: OpenClaim,
    told: { by: ClaimOfficer; minutes: string; reason: string; attempt: string; at: string },
  ): Promise<Extract<ClaimCommand, { type: 'ApproveClaim' }>> {
    const { proposal } = state;
    if (!proposal) throw new Refused('claim-state', { state: state.state });
    const { asOf, knownAt } = proposal.grounds;
    const now = { asOf: worthDay(state, told.at), knownAt: told.at, proposed: proposal.invoices };
    const of = { head: state, findings: state.findings };
    const [proposed, present] = await Promise.all([
      this.figures.of({ ...of, asOf, knownAt, voidInvoices: 'keep' }),
      this.figures.of({ ...of, ...now, voidInvoices: 'leave-out' }),
    ]);
    return {
      type: 'ApproveClaim',
      ...told,
      entered: present.entered,
      grounds: proposed.grounds,
      worthNow: present.grounds.award,
      doubtfulMatches: present.doubtfulMatches,
    };
  }
}

type Approval = {
  readonly state: OpenClaim;
  readonly command: Extract<ClaimCommand, { type: 'ApproveClaim' }>;
  readonly cap: Cap | undefined;
  readonly beside: Beside;
};

/** Yuan of the claim's year that other schemes leave with the firm, by scheme, as the approval knew them. */
type Beside = ReadonlyMap<string, string>;

export async function approveInSteps(
  streams: Streams,
  clock: Clock,
  { state, command, cap, beside }: Approval,
  context: CommandContext,
): Promise<Committed<ClaimEvent>> {
  const { claim: id, proposal, firm, office: county, round, year, policy } = state;
  const { attempt, at } = command;
  const approve = () => streams.decide(claim, claimStream(id), command, context);
  if (state.attempt === attempt) return approve();
  // What the claim refuses anyway leaves nothing to take back.
  claim.decide(command, state);
  const { invoices, granted: amount } = proposal!;
  try {
    await streams.decide(
      entitlement,
      entitlementStream(policy.scheme, firm.enterprise),
      { type: 'ReserveEntitlement', claim: id, attempt, round, year, invoices, award: amount, ...(cap && { cap }), at },
      context,
    );
    await checkBeside(streams, beside, state);
    const reserve = { type: 'ReserveBudget', claim: id, county, amount, attempt, at } as const;
    await streams.decide(roundDecider, roundStream(round), reserve, context);
    return await approve();
  } catch (error) {
    // Of an unavailable store nothing is known, and another try that is under way is not ours: a process looks after both.
    if (error instanceof Refused && error.code !== 'approval-under-way') {
      await takeBack(streams, clock, { claim: id, attempt }, context);
    }
    throw error;
  }
}

/**
 * What another scheme awarded since is not in the award that is approved. Looked at after this claim has reserved: of two that
 * are approved at once, under schemes that stand in each other's way, one at least sees the other. Refuses `other-scheme-changed`.
 */
async function checkBeside(streams: Streams, beside: Beside, { firm, year }: OpenClaim): Promise<void> {
  for (const [scheme, known] of beside) {
    const { state } = await streams.load(entitlement, entitlementStream(scheme, firm.enterprise));
    if (new Exact(netInYear(state.reservations.values(), year)).greaterThan(known))
      throw new Refused('other-scheme-changed', { scheme });
  }
}

export type ApprovalTry = { readonly claim: string; readonly attempt: string };

/** The claim first: from then on this try cannot be finished, so that what it had reserved is nobody's. */
export async function takeBack(
  streams: Streams,
  clock: Clock,
  { claim: id, attempt }: ApprovalTry,
  context: CommandContext,
): Promise<void> {
  const at = instantText(clock.now());
  const step = (name: string): CommandContext => ({ ...context, commandId: derivedId(context.commandId, name) });
  await streams.decide(claim, claimStream(id), { type: 'AbandonApproval', attempt, at }, step('abandon'));
  const { state } = await streams.load(claim, claimStream(id));
  if (!state || state.attempt === attempt) return;
  const { round, policy, firm } = state;
  await streams.decide(
    roundDecider,
    roundStream(round),
    { type: 'ReleaseBudget', claim: id, attempt, at },
    step('budget'),
  );
  await streams.decide(
    entitlement,
    entitlementStream(policy.scheme, firm.enterprise),
    { type: 'ReleaseEntitlement', claim: id, attempt, at },
    step('entitlement'),
  );
}
