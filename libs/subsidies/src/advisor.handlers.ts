import { Clock, instantText, shanghaiDay } from '@app/kernel';
import type { Party } from '@app/kernel';
import { IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { Advice, adviceOf, fits } from './advisor.rules';
import { ClaimFigures, FirmTrade, tradeFor, TradeWanted, untrueOf } from './claim-figures.handlers';
import { doorFacts } from './claim-facts.rules';
import { ClaimPolicies } from './claim-policies.handlers';
import { PolicyVersions } from './policies.view';
import { FoundPolicy, PolicyVersionOf, ShippedPolicies } from './policy.handlers';
import { readPolicy, TradePolicy } from './policy-door-policy.rules';
import { readFacts } from './policy-door-reading.rules';
import { yearOf } from './replay.rules';
import { RoundRow, Rounds } from './rounds.view';

/** Advice under one version; `round` where one takes filings of it, now or later. */
export type PolicyAdvice = Advice & {
  readonly policy: { readonly scheme: string; readonly version: string };
  readonly title: string;
  readonly beneficiary: 'lead' | 'sme';
  /** Last day of filing. */
  readonly lastDay: string;
  readonly isOpen: boolean;
  readonly round?: string;
  readonly year: number;
};

/** 达标测算 of a firm under every published policy for trade that it may benefit from; those still open for filing first. */
export class AdviceFor extends Query<PolicyAdvice[]> {
  constructor(readonly firm: Party) {
    super();
  }
}

/** Stands where no round is open: nothing was ever awarded in it. */
const NO_ROUND = '-';

@QueryHandler(AdviceFor)
export class AdviceForHandler implements IQueryHandler<AdviceFor> {
  constructor(
    private readonly queries: QueryBus,
    private readonly figures: ClaimFigures,
    private readonly policies: ClaimPolicies,
    private readonly clock: Clock,
  ) {}

  async execute({ firm }: AdviceFor): Promise<PolicyAdvice[]> {
    const knownAt = instantText(this.clock.now());
    const asOf = shanghaiDay(knownAt);
    const [published, rounds] = await Promise.all([this.published(), this.queries.execute(new Rounds())]);
    const gathered = new Map<TradeWanted, FirmTrade>();
    const told: PolicyAdvice[] = [];
    for (const { scheme, version, terms, lastDay, evaluation } of published) {
      const read = evaluation && readPolicy(evaluation);
      // Interest hangs on a loan, not on a threshold.
      if (!read || read.beneficiary === 'loan') continue;
      const wanted = tradeFor(read);
      const found = gathered.get(wanted) ?? (await this.figures.tradeOf(firm, asOf, knownAt, wanted));
      gathered.set(wanted, found);
      const round = takingRound(rounds, { scheme, version }, asOf);
      const year = round?.year ?? yearOf(read, asOf);
      const facts = readFacts(await this.facts(firm, found, { read, asOf, knownAt, round, year }));
      if (!fits(read, facts)) continue;
      const ordered = new Map(found.trade.flatMap(({ order, ordered: net }) => (net ? [[order, net] as const] : [])));
      told.push({
        policy: { scheme, version },
        title: terms.title,
        beneficiary: read.beneficiary,
        lastDay: round?.filingTo ?? lastDay,
        isOpen: lastDay >= asOf,
        ...(round && { round: round.round }),
        year,
        ...adviceOf(read, facts, ordered),
      });
    }
    return told.sort((one, other) => Number(other.isOpen) - Number(one.isOpen));
  }

  private async published(): Promise<FoundPolicy[]> {
    const drafted = await this.queries.execute(new PolicyVersions('published-only'));
    const found = await Promise.all(
      drafted.map(({ scheme, version }) => this.queries.execute(new PolicyVersionOf(scheme, version))),
    );
    return [...found.flatMap((one) => one ?? []), ...(await this.queries.execute(new ShippedPolicies()))];
  }

  private async facts(
    { enterprise }: Party,
    { trade, stories, results }: FirmTrade,
    asked: { read: TradePolicy; asOf: string; knownAt: string; round: RoundRow | undefined; year: number },
  ): Promise<object> {
    const { read, asOf, knownAt, round, year } = asked;
    const schemes = await this.policies.schemesOf(read);
    const { facts } = doorFacts({
      asOf,
      beneficiary: enterprise,
      round: round?.round ?? NO_ROUND,
      year,
      trade,
      firms: [...stories.values()].map(({ firm }) => firm),
      sales: stories.get(enterprise)?.sales ?? {},
      loans: [],
      // Nobody has looked for findings yet; whoever checks the claim does.
      findings: [],
      entitlements: await this.figures.entitlementsOf(schemes, enterprise, knownAt),
      scheme: read.scheme,
      untrueOrders: untrueOf(results),
      voidInvoices: 'keep',
    });
    return facts;
  }
}

/** The round that takes filings now, else the next one. */
function takingRound(
  all: readonly RoundRow[],
  { scheme, version }: { scheme: string; version: string },
  asOf: string,
): RoundRow | undefined {
  return all
    .filter(({ policy, filingTo }) => policy.scheme === scheme && policy.version === version && filingTo >= asOf)
    .sort((one, other) => (one.filingFrom < other.filingFrom ? -1 : 1))[0];
}
