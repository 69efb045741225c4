import { CommandContext, Committed, Streams } from '@app/event-store';
import { Clock, derivedId, Exact, instantText, Refused, shanghaiDay } from '@app/kernel';
import { EnterpriseSearch, HolderOf, StandingOf } from '@app/registry';
import { Command, CommandHandler, ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { claim } from './claim.decider';
import { ClaimDerivations } from './claim-derivation.table';
import { ClaimFigures, tradeFor } from './claim-figures.handlers';
import { headOf } from './claim-firm.handlers';
import type { ClaimLineResult } from './claim-forms.rules';
import { claimStream } from './claim-officer.handlers';
import { ClaimPolicies } from './claim-policies.handlers';
import { ClaimantsIn } from './claims-asked.view';
import type { ClaimHead, ClaimOfficer } from './claim-story.rules';
import { lineOf } from './notice.handlers';

const FIRMS_AT_ONCE = 1_000;
/** Evaluated at the same time: mostly they wait for the store. */
const OFFERS_AT_ONCE = 8;
/** Machine milliseconds after which no further firms are begun: a request that takes minutes is cut off somewhere. */
const LONGEST = 3_000;

/** `next`: the last firm looked at, where firms are left to go on from. */
export type Offered = {
  readonly committed: Committed[];
  readonly lines: ClaimLineResult[];
  readonly next?: string;
};

/**
 * 免申即享: computes what every confirmed firm would get in a round and offers it to those who would get something, in order
 * of their codes and as far as a request may take; `after` goes on from there. A firm that says yes goes to the list, the
 * notice and the payment without an application.
 */
export class OfferClaims extends Command<Offered> {
  constructor(
    readonly round: string,
    readonly by: ClaimOfficer,
    readonly context: CommandContext,
    readonly after?: string,
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

  async execute({ round, by, context, after }: OfferClaims): Promise<Offered> {
    const end = performance.now() + LONGEST;
    await this.policies.round(round);
    // What they asked for themselves is decided there: an offer beside it would pass over an office's no.
    const claimants = await this.queries.execute(new ClaimantsIn(round));
    const committed: Committed[] = [];
    const lines: ClaimLineResult[] = [];
    const firms = await this.firms(after);
    for (let from = 0; from < firms.length; from += OFFERS_AT_ONCE) {
      const some = firms.slice(from, from + OFFERS_AT_ONCE);
      const told = await Promise.all(some.map((one) => this.lineOf(one, { round, by, claimants }, context, committed)));
      lines.push(...told.flatMap((line) => line ?? []));
      const isLast = from + OFFERS_AT_ONCE >= firms.length;
      if (!isLast && performance.now() > end) return { committed, lines, next: some.at(-1)! };
    }
    return { committed, lines };
  }

  /** Undefined where there is nothing to offer. */
  private async lineOf(
    enterprise: string,
    { round, by, claimants }: { round: string; by: ClaimOfficer; claimants: ReadonlySet<string> },
    context: CommandContext,
    committed: Committed[],
  ): Promise<ClaimLineResult | undefined> {
    const registration = await this.queries.execute(new HolderOf(enterprise));
    if (registration === undefined || claimants.has(registration)) return undefined;
    const { isConfirmed } = await this.queries.execute(new StandingOf(registration, enterprise));
    if (!isConfirmed) return undefined;
    const id = derivedId('no-application', round, registration);
    const { state } = await this.streams.load(claim, claimStream(id));
    if (state) return undefined;
    let isOffered = true;
    // One firm whose facts cannot be evaluated is a line of the list; it keeps nobody else from his offer.
    const line = await lineOf(id, async () => {
      const tell = await this.offer({ round, id, by, firm: { enterprise, registration } }, context);
      isOffered = tell !== undefined;
      if (tell) committed.push(await tell());
    });
    return isOffered ? { ...line, enterprise } : undefined;
  }

  private async offer(
    asked: { round: string; id: string; by: ClaimOfficer; firm: { enterprise: string; registration: string } },
    context: CommandContext,
  ): Promise<(() => Promise<Committed>) | undefined> {
    const { round, id, by, firm } = asked;
    const head = await headOf(this.queries, this.policies, round, id, firm);
    const at = instantText(this.clock.now());
    const when = { asOf: shanghaiDay(at), knownAt: at };
    const figure = await this.figures.of({ head, ...when, findings: [], voidInvoices: 'keep' }).catch(async (error) => {
      // Whoever traded nothing has nothing coming, whatever else is not known of it.
      if (error instanceof Refused && !(await this.hasTrade(head, at))) return undefined;
      throw error;
    });
    if (!figure || !new Exact(figure.grounds.award).greaterThan(0)) return undefined;
    await this.derivations.keep(id, figure);
    const own = { ...context, commandId: derivedId(context.commandId, id) };
    const command = { type: 'OfferClaim', head, grounds: figure.grounds, by, at } as const;
    return () => this.streams.decide(claim, claimStream(id), command, own);
  }

  private async hasTrade({ firm, beneficiary, policy }: ClaimHead, at: string): Promise<boolean> {
    if (beneficiary === 'loan') return true;
    const { read } = await this.figures.policyOf(policy);
    const { trade } = await this.figures.tradeOf(firm, shanghaiDay(at), at, tradeFor(read));
    return beneficiary === 'lead' ? trade.length > 0 : trade.some((one) => one.supplier.enterprise === firm.enterprise);
  }

  private async firms(after: string | undefined): Promise<string[]> {
    const codes: string[] = [];
    for (;;) {
      const page = await this.queries.execute(new EnterpriseSearch({}, FIRMS_AT_ONCE, codes.at(-1) ?? after));
      codes.push(...page.map(({ enterprise }) => enterprise));
      if (page.length < FIRMS_AT_ONCE) return codes;
    }
  }
}
