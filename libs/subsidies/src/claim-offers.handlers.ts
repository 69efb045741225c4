import { CommandContext, Committed, Streams } from '@app/event-store';
import { Clock, derivedId, Exact, instantText, shanghaiDay } from '@app/kernel';
import { EnterpriseSearch, HolderOf, StandingOf } from '@app/registry';
import { Command, CommandHandler, ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { claim } from './claim.decider';
import { ClaimDerivations } from './claim-derivation.table';
import { ClaimFigures } from './claim-figures.handlers';
import { headOf } from './claim-firm.handlers';
import type { ClaimLineResult } from './claim-forms.rules';
import { claimStream } from './claim-officer.handlers';
import { ClaimPolicies } from './claim-policies.handlers';
import type { ClaimOfficer } from './claim-story.rules';
import { lineOf } from './notice.handlers';

const FIRMS_AT_ONCE = 1_000;

/**
 * 免申即享: computes what every confirmed firm would get in a round and offers it to those who would get something. A firm
 * that says yes goes to the list, the notice and the payment without an application.
 */
export class OfferClaims extends Command<{ committed: Committed[]; lines: ClaimLineResult[] }> {
  constructor(
    readonly round: string,
    readonly by: ClaimOfficer,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(OfferClaims)
export class OfferClaimsHandler implements ICommandHandler<OfferClaims> {
  constructor(
    private readonly streams: Streams,
    private readonly queries: QueryBus,
    private readonly figures: ClaimFigures,
    private readonly derivations: ClaimDerivations,
    private readonly policies: ClaimPolicies,
    private readonly clock: Clock,
  ) {}

  async execute({ round, by, context }: OfferClaims) {
    await this.policies.round(round);
    const committed: Committed[] = [];
    const lines: ClaimLineResult[] = [];
    for (const enterprise of await this.firms()) {
      const registration = await this.queries.execute(new HolderOf(enterprise));
      if (registration === undefined) continue;
      const { isConfirmed } = await this.queries.execute(new StandingOf(registration, enterprise));
      if (!isConfirmed) continue;
      const id = derivedId('no-application', round, registration);
      const { state } = await this.streams.load(claim, claimStream(id));
      if (state) continue;
      const told = await this.offer({ round, id, by, firm: { enterprise, registration } }, context);
      if (!told) continue;
      lines.push(await lineOf(id, async () => committed.push(await told())));
    }
    return { committed, lines };
  }

  private async offer(
    asked: { round: string; id: string; by: ClaimOfficer; firm: { enterprise: string; registration: string } },
    context: CommandContext,
  ): Promise<(() => Promise<Committed>) | undefined> {
    const { round, id, by, firm } = asked;
    const head = await headOf(this.queries, this.policies, round, id, firm);
    const at = instantText(this.clock.now());
    const when = { asOf: shanghaiDay(at), knownAt: at };
    const figure = await this.figures.of({ head, ...when, findings: [], voidInvoices: 'keep' });
    if (!new Exact(figure.grounds.award).greaterThan(0)) return undefined;
    await this.derivations.keep(id, figure);
    const own = { ...context, commandId: derivedId(context.commandId, id) };
    const command = { type: 'OfferClaim', head, grounds: figure.grounds, by, at } as const;
    return () => this.streams.decide(claim, claimStream(id), command, own);
  }

  private async firms(): Promise<string[]> {
    const codes: string[] = [];
    for (;;) {
      const page = await this.queries.execute(new EnterpriseSearch({}, FIRMS_AT_ONCE, codes.at(-1)));
      codes.push(...page.map(({ enterprise }) => enterprise));
      if (page.length < FIRMS_AT_ONCE) return codes;
    }
  }
}
