import { EventStore } from '@app/event-store';
import type { Recorded } from '@app/event-store';
import { match, matchOf, matchStream } from '@app/matching';
import type { MatchEvent } from '@app/matching';
import { TradeOf } from '@app/orders';
import type { TradeOrder } from '@app/orders';
import { Refused, shanghaiDay } from '@app/kernel';
import type { Party } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ClaimFirms, FirmStory, withParents } from './claim-firms.handlers';
import { countedTrade, doorFacts, officersIn, reservationsBut, supplementedIn } from './claim-facts.rules';
import type { GatheredFacts } from './claim-facts.rules';
import { StoredDerivation } from './claim-derivation.table';
import { LoanFactsFor } from './claim-loans.handlers';
import { ClaimPolicies, PolicyForClaims } from './claim-policies.handlers';
import type { TradeChecks } from './claim-checking.rules';
import type { OpenClaim } from './claim-state.rules';
import { worthDay } from './claim-worth.rules';
import type { ClaimFinding, ClaimHead } from './claim-story.rules';
import { derivationHash } from './derivation.rules';
import type { DerivationLine } from './derivation.rules';
import { Entitlement, entitlement, EntitlementEvent } from './entitlement.decider';
import { FirmsHeldBy } from './held-firms.view';
import type { Policy } from './policy-door-policy.rules';
import { readFacts } from './policy-door-reading.rules';
import { evaluate, EVALUATOR_VERSION } from './subsidy.rules';

type CheckResult = NonNullable<ReturnType<typeof match.evolve>>['result'];

const READS_AT_ONCE = 16;

export type FigureAsked = {
  readonly head: Omit<ClaimHead, 'claim'> & { readonly claim?: string };
  readonly asOf: string;
  readonly knownAt: string;
  /** Undefined: nobody has looked. Refuses `findings-missing` where the policy excludes by them. */
  readonly findings: readonly ClaimFinding[] | undefined;
  readonly voidInvoices: GatheredFacts['voidInvoices'];
  /** What the beneficiary had used up, where that is to be known as of another instant: when a paid claim is computed again. */
  readonly entitledAt?: string;
  /** What was proposed, where nothing else may count: later trade does not stand in for what has fallen away. */
  readonly proposed?: readonly string[];
};

export type FirmTrade = {
  readonly trade: readonly TradeOrder[];
  /** By code: the firm itself, those it trades with, and who holds more than half of one of them. */
  readonly stories: ReadonlyMap<string, FirmStory>;
  /** By order. */
  readonly results: ReadonlyMap<string, 'untrue' | 'doubtful'>;
};

/** `with-subsidiaries`: what a lead's subsidiaries bought, too. An SME sold to them itself. */
export type TradeWanted = 'own' | 'with-subsidiaries' | 'none';

export function tradeFor(read: Policy): TradeWanted {
  if (read.beneficiary === 'loan') return 'none';
  return read.beneficiary === 'lead' && read.subsidiaries ? 'with-subsidiaries' : 'own';
}

/** By order: the lead whose subsidiary buys. */
const leadsIn = (lines: readonly DerivationLine[]): Map<string, string> =>
  new Map(
    lines.flatMap(({ code, values }) =>
      code === 'subsidiary-of-lead' ? [[values.order!, values.lead!] as const] : [],
    ),
  );

export const untrueOf = (results: FirmTrade['results']): Set<string> =>
  new Set([...results].filter(([, result]) => result === 'untrue').map(([order]) => order));

/** What a claim is worth, and what of it a decision has to know. */
export type Figure = StoredDerivation & {
  readonly policy: PolicyForClaims;
  /** In the shape of the door. */
  readonly facts: object;
  readonly trade: readonly TradeOrder[];
  readonly checks: TradeChecks;
  readonly orders: readonly string[];
  readonly firms: readonly string[];
  /** Officers who entered or decided a fact that it rests on. */
  readonly entered: readonly string[];
  readonly doubtfulMatches: readonly string[];
};

/** A beneficiary's claim computed from the events of orders, firms, lists, matches and entitlements, as known at an instant. */
@Injectable()
export class ClaimFigures {
  constructor(
    private readonly store: EventStore,
    private readonly queries: QueryBus,
    private readonly firms: ClaimFirms,
    private readonly policies: ClaimPolicies,
    private readonly loans: LoanFactsFor,
  ) {}

  async of(asked: FigureAsked): Promise<Figure> {
    const { head, asOf, knownAt, findings, voidInvoices, entitledAt = knownAt, proposed } = asked;
    const policy = await this.policies.policy(head.policy);
    if (policy.read.exclusions && findings === undefined) throw new Refused('findings-missing');
    const { enterprise } = head.firm;
    const isLoan = head.beneficiary === 'loan';
    const { trade, stories, results } = await this.tradeOf(head.firm, asOf, knownAt, tradeFor(policy.read));
    const loans = isLoan ? await this.loans.of(head.firm, knownAt) : [];
    const { facts, leftOut } = doorFacts({
      asOf,
      beneficiary: enterprise,
      round: head.round,
      year: head.year,
      trade,
      firms: [...stories.values()].map(({ firm }) => firm),
      sales: stories.get(enterprise)?.sales ?? {},
      loans: loans.map(({ loan }) => loan),
      ...(findings && { findings }),
      ...(proposed && { proposed }),
      entitlements: await this.entitlementsOf(policy.schemes, enterprise, entitledAt, head.claim),
      scheme: head.policy.scheme,
      isReplaced: stories.get(enterprise)!.isReplaced,
      untrueOrders: untrueOf(results),
      voidInvoices,
    });
    const { award, base, counted, excluded, derivation: lines } = evaluate(policy.read, readFacts(facts));
    const grounds = {
      policy: head.policy,
      evaluator: EVALUATOR_VERSION,
      asOf,
      knownAt,
      base,
      award,
      derivation: derivationHash(lines),
    };
    const { invoices, orders, pairs, firms: trading } = countedTrade(trade, Object.keys(counted), leadsIn(lines));
    const firms = [...new Set([enterprise, ...trading])].sort();
    const isNewAsked = 'newPairing' in policy.read && policy.read.newPairing !== null;
    const countedOrders = new Set(orders);
    const resting = trade.filter(({ order }) => countedOrders.has(order));
    return {
      ...{ policy, facts, trade, grounds, counted, excluded, leftOut, lines, orders, firms },
      supplemented: supplementedIn(resting, (await this.policies.round(head.round)).openedAt),
      checks: { invoices, newPairs: isNewAsked ? pairs : [] },
      entered: [
        ...new Set([
          ...officersIn(resting),
          ...loans.flatMap(({ enteredBy }) => enteredBy),
          ...firms.flatMap((code) => stories.get(code)?.enteredBy ?? []),
        ]),
      ].sort(),
      doubtfulMatches: orders.filter((order) => results.get(order) === 'doubtful'),
    };
  }

  /**
   * A claim that was proposed, by the facts of an instant: what its own invoices or loans bear, in its own year, and by what
   * the firm had used up when it was proposed, since later awards take nothing from an earlier one.
   */
  worthOf(state: OpenClaim, at: string): Promise<Figure> {
    return this.of({
      head: state,
      asOf: worthDay(state, at),
      knownAt: at,
      findings: state.findings ?? [],
      voidInvoices: 'leave-out',
      ...(state.proposal && { entitledAt: state.proposal.grounds.knownAt, proposed: state.proposal.invoices }),
    });
  }

  /**
   * The figure of a claim's last decision, for what an office decides while the facts of today cannot be evaluated. `entered`
   * has those too who entered a fact since of what it counted.
   */
  async lastOf(state: OpenClaim, at: string): Promise<Figure> {
    const { asOf, knownAt } = state.grounds;
    const last = await this.of({ head: state, asOf, knownAt, findings: state.findings ?? [], voidInvoices: 'keep' });
    const { trade, stories } = await this.tradeOf(state.firm, shanghaiDay(at), at, tradeFor(last.policy.read));
    const orders = new Set(last.orders);
    const since = [
      ...officersIn(trade.filter(({ order }) => orders.has(order))),
      ...last.firms.flatMap((code) => stories.get(code)?.enteredBy ?? []),
    ];
    return { ...last, entered: [...new Set([...last.entered, ...since])].sort() };
  }

  /** What evaluations of one firm share: the trade that they ask for, the firms in it, and what its matches were found to be. */
  async tradeOf(firm: Party, asOf: string, knownAt: string, which: TradeWanted): Promise<FirmTrade> {
    const { enterprise, registration } = firm;
    const trade = which === 'none' ? [] : await this.ownTrade(firm, knownAt);
    if (which === 'with-subsidiaries') {
      const known = new Set(trade.map(({ order }) => order));
      const bought = await this.tradeOfSubsidiaries(enterprise, asOf, knownAt);
      trade.push(...bought.filter(({ order }) => !known.has(order)));
    }
    const parties = new Map(
      trade.flatMap(({ lead, supplier }) => [lead, supplier]).map((one) => [one.enterprise, one.registration]),
    );
    const stories = await this.firmsOf(parties.set(enterprise, registration), asOf, knownAt);
    return { trade, stories, results: await this.matchResults(trade, knownAt) };
  }

  private async ownTrade({ enterprise, registration }: Party, knownAt: string): Promise<TradeOrder[]> {
    const all = await this.queries.execute(new TradeOf(enterprise, knownAt));
    return all.filter(({ lead, supplier }) => [lead, supplier].some((one) => one.registration === registration));
  }

  /** What firms bought that were a lead's subsidiaries on some day, as known then. */
  private async tradeOfSubsidiaries(lead: string, asOf: string, knownAt: string): Promise<TradeOrder[]> {
    const held = await this.queries.execute(new FirmsHeldBy(lead));
    const stories = await this.firms.of(new Map(held.map((code) => [code, ''])), asOf, knownAt);
    const found: TradeOrder[] = [];
    for (const [code, { parents }] of stories) {
      if (!parents.includes(lead)) continue;
      const trade = await this.queries.execute(new TradeOf(code, knownAt));
      found.push(...trade.filter((one) => one.lead.enterprise === code));
    }
    return found;
  }

  /** What a firm has used of each scheme; the share of `claim` itself is left out. */
  entitlementsOf(
    schemes: readonly string[],
    enterprise: string,
    knownAt: string,
    claim?: string,
  ): Promise<GatheredFacts['entitlements']> {
    return Promise.all(
      schemes.map(async (scheme) => ({
        scheme,
        reservations: reservationsBut(await this.entitlement(scheme, enterprise, knownAt), claim),
      })),
    );
  }

  policyOf(policy: ClaimHead['policy']): Promise<PolicyForClaims> {
    return this.policies.policy(policy);
  }

  private async firmsOf(parties: ReadonlyMap<string, string>, asOf: string, knownAt: string) {
    return withParents(await this.firms.of(parties, asOf, knownAt), (more) => this.firms.of(more, asOf, knownAt));
  }

  /** The worst that was found of the matches of each order: 不属实 before 存疑. */
  private async matchResults(
    trade: readonly TradeOrder[],
    knownAt: string,
  ): Promise<Map<string, 'untrue' | 'doubtful'>> {
    const found = new Map<string, CheckResult | undefined>();
    const streamOf = (listing: string, { registration }: TradeOrder['supplier']) =>
      matchStream(matchOf(listing, registration));
    const streams = [
      ...new Set(trade.flatMap(({ listings, supplier }) => listings.map((one) => streamOf(one, supplier)))),
    ];
    for (let from = 0; from < streams.length; from += READS_AT_ONCE) {
      await Promise.all(
        streams.slice(from, from + READS_AT_ONCE).map(async (stream) => {
          const events = await this.known<MatchEvent>(stream, knownAt);
          found.set(stream, events.reduce(match.evolve, match.initial)?.result);
        }),
      );
    }
    const results = new Map<string, 'untrue' | 'doubtful'>();
    for (const { order, listings, supplier } of trade) {
      const all = listings.map((listing) => found.get(streamOf(listing, supplier)));
      const worst = (['untrue', 'doubtful'] as const).find((result) => all.includes(result));
      if (worst) results.set(order, worst);
    }
    return results;
  }

  private async entitlement(scheme: string, enterprise: string, knownAt: string): Promise<Entitlement> {
    const events = await this.known<EntitlementEvent>(entitlementStream(scheme, enterprise), knownAt);
    return events.reduce<Entitlement>(entitlement.evolve, entitlement.initial);
  }

  private async known<E extends MatchEvent | EntitlementEvent>(
    stream: string,
    knownAt: string,
  ): Promise<Recorded<E>[]> {
    const events: Recorded<E>[] = [];
    for await (const event of this.store.read(stream)) {
      if (event.metadata.recordedAt <= knownAt) events.push(event as unknown as Recorded<E>);
    }
    return events;
  }
}

export const entitlementStream = (scheme: string, enterprise: string): string => `entitlement-${scheme}-${enterprise}`;
