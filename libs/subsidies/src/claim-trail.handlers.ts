import { Vault } from '@app/auth';
import type { Actor } from '@app/auth';
import type { Recorded } from '@app/event-store';
import { Clock, instantText, Refused, shanghaiDay, sum } from '@app/kernel';
import { CHECK_TEXTS, Readers } from '@app/matching';
import type { NameOf } from '@app/matching';
import type { TradeOrder } from '@app/orders';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ClaimDerivations } from './claim-derivation.table';
import type { StoredDerivation } from './claim-derivation.table';
import { figureAgain } from './claim-exports.handlers';
import { supplementedIn } from './claim-facts.rules';
import type { FirmForClaim } from './claim-facts.rules';
import { ClaimFigures, tradeFor } from './claim-figures.handlers';
import type { FirmTrade } from './claim-figures.handlers';
import { LoanFactsFor } from './claim-loans.handlers';
import { ClaimPages, readerOf } from './claim-pages.handlers';
import { ClaimPolicies } from './claim-policies.handlers';
import type { ClaimStep } from './claim-answer.rules';
import { claim } from './claim.decider';
import type { Claim, OpenClaim } from './claim-state.rules';
import type { ClaimEvent, ClaimText } from './claim-story.rules';
import type {
  ClaimTrailView,
  InvoiceUseView,
  RecomputedView,
  TrailCheckView,
  TrailDecisionView,
  TrailEventView,
  TrailFactView,
  TrailFirmView,
  TrailTradeView,
} from './claim-trail-answer.rules';
import { ClaimIds } from './claim-trail-claims.view';
import { ClaimLooks } from './claim-trail-looks.handlers';
import { derivationHash } from './derivation.rules';
import { matchesOf, streamsOfTrade, TrailEvents } from './trail-events.handlers';
import { namedInvoices, valueOf, whyByOrder } from './trail-trade.rules';

type Counted = Pick<StoredDerivation, 'counted' | 'excluded' | 'lines'>;
const OF_CHECKS: readonly string[] = ['county-officer', 'city-officer', 'auditor'];
type Uses = (number: string) => InvoiceUseView[];
const NOTHING: Counted = { counted: {}, excluded: {}, lines: [] };

/** All that an auditor reads of one claim, as known at an instant (UTC, ISO 8601). */
@Injectable()
export class ClaimTrails {
  constructor(
    private readonly pages: ClaimPages,
    private readonly figures: ClaimFigures,
    private readonly policies: ClaimPolicies,
    private readonly derivations: ClaimDerivations,
    private readonly loans: LoanFactsFor,
    private readonly events: TrailEvents,
    private readonly looks: ClaimLooks,
    private readonly readers: Readers,
    private readonly vault: Vault,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  /** Refuses `claim-unknown`. */
  async of(id: string, actor: Actor, asked?: string): Promise<ClaimTrailView> {
    const knownAt = asked ?? instantText(this.clock.now());
    const told = await this.pages.told(id, knownAt);
    if (!told) throw new Refused('claim-unknown');
    const { state } = told;
    const page = await this.pages.page(told, readerOf(actor), actor.account);
    const kept = (await this.derivations.find(id, state.grounds.derivation)) ?? NOTHING;
    const isLoan = state.beneficiary === 'loan';
    const which = tradeFor((await this.policies.policy(state.policy)).read);
    const found = await this.figures.tradeOf(state.firm, shanghaiDay(knownAt), knownAt, which);
    const nameOf = await this.readers.namesOf(found.stories.keys());
    return {
      knownAt,
      claim: page,
      firms: firmsOf(found, nameOf),
      trades: await this.trades(state, found, kept, nameOf, knownAt),
      loans: isLoan ? (await this.loans.of(state.firm, knownAt)).map(({ loan }) => ({ loan })) : [],
      checks: await this.checks(found.trade, knownAt, actor),
      decisions: await this.decisions(told.events, page.steps),
      ...(actor.roles.includes('auditor') && { looks: await this.looksAt(id) }),
    };
  }

  private async trades(
    state: OpenClaim,
    { trade, results }: FirmTrade,
    kept: Counted,
    nameOf: NameOf,
    knownAt: string,
  ): Promise<TrailTradeView[]> {
    const [uses, round] = await Promise.all([
      this.uses(state, trade, nameOf, knownAt),
      this.policies.round(state.round),
    ]);
    const why = whyByOrder(kept.lines);
    const late = new Set(supplementedIn(trade, round.openedAt).map(({ event, kind }) => `${kind} ${event}`));
    const views: TrailTradeView[] = [];
    for (const one of trade) {
      const { order, lead, supplier, origin, kind, vatRate, contractDate, contractConfirmed, disputed } = one;
      const finding = results.get(order);
      views.push({
        ...{ order, origin, kind, vatRate, contractDate, contractConfirmed, disputed },
        lead: { enterprise: lead.enterprise, name: nameOf(lead.enterprise) },
        supplier: { enterprise: supplier.enterprise, name: nameOf(supplier.enterprise) },
        isContractSupplemented: late.has(`contract ${(one.contracted ?? one.opened).event}`),
        ...(finding && { finding }),
        why: why.get(order) ?? [],
        facts: factsOf(one, kept, uses, late),
        events: await this.events.shown(await this.events.read(streamsOfTrade(one), knownAt)),
      });
    }
    return views;
  }

  /** Which other claims name an invoice: counted in their last decision, or listed for it. */
  private async uses(own: OpenClaim, trade: readonly TradeOrder[], nameOf: NameOf, knownAt: string): Promise<Uses> {
    const parties = new Set(trade.flatMap(({ lead, supplier }) => [lead.enterprise, supplier.enterprise]));
    const ids = await this.queries.execute(new ClaimIds({ enterprises: [...parties] }));
    const uses = new Map<string, InvoiceUseView[]>();
    for (const id of ids) {
      const other = id === own.claim ? undefined : (await this.pages.told(id, knownAt))?.state;
      if (!other) continue;
      const { policy, firm, proposal, grounds } = other;
      const decided = await this.derivations.find(id, (proposal?.grounds ?? grounds).derivation);
      const named = namedInvoices(decided?.counted ?? {});
      const listed = (proposal?.invoices ?? []).map((name) => name.split('#')[0]!);
      for (const number of new Set([...named.keys(), ...listed])) {
        const amounts = named.get(number);
        const use = {
          ...{ claim: id, scheme: policy.scheme, state: other.state },
          firm: { enterprise: firm.enterprise, name: nameOf(firm.enterprise) },
          ...(amounts && { counted: sum(amounts).toFixed() }),
          isSameEntitlement: policy.scheme === own.policy.scheme && firm.enterprise === own.firm.enterprise,
        };
        uses.set(number, [...(uses.get(number) ?? []), use]);
      }
    }
    return (number) => uses.get(number) ?? [];
  }

  private async checks(trade: readonly TradeOrder[], knownAt: string, { roles }: Actor): Promise<TrailCheckView[]> {
    // Finance reads what was found, not what the firms said.
    const readsWords = roles.some((role) => OF_CHECKS.includes(role));
    const checks: TrailCheckView[] = [];
    for (const stream of matchesOf(trade)) {
      const events = await this.events.shown(await this.events.read([stream], knownAt));
      if (events.length === 0) continue;
      const told = readsWords ? await Promise.all(events.map((event) => this.withWords(event))) : events;
      checks.push({ match: stream.slice('match-'.length), events: told });
    }
    return checks;
  }

  private async withWords(event: TrailEventView): Promise<TrailEventView> {
    const { text, cause } = event.details as { text?: ClaimText; cause?: { text?: ClaimText } };
    const said = text ?? cause?.text;
    const words = said && (await this.vault.getText(CHECK_TEXTS, said.id, said.sha256));
    return words === undefined ? event : { ...event, text: words };
  }

  /** Each derivation is computed once, as of the decision that named it first: later ones carry it on. */
  private async decisions(
    events: readonly Recorded<ClaimEvent>[],
    steps: readonly ClaimStep[],
  ): Promise<TrailDecisionView[]> {
    const recomputed = new Map<string, RecomputedView>();
    let state: Claim = claim.initial;
    for (const event of events) {
      state = claim.evolve(state, event);
      const grounds = 'grounds' in event.data ? event.data.grounds : undefined;
      if (!state || !grounds || recomputed.has(grounds.derivation)) continue;
      recomputed.set(grounds.derivation, await this.recomputed({ ...state, grounds }));
    }
    return steps.flatMap(({ event, type, at, recordedAt, by, reason, grounds }) => {
      const again = grounds && recomputed.get(grounds.derivation);
      if (!again) return [];
      return [
        {
          ...{ event, type, at, recordedAt, grounds, recomputed: again },
          ...(by && { by }),
          ...(reason !== undefined && { reason }),
        },
      ];
    });
  }

  private async recomputed(state: OpenClaim): Promise<RecomputedView> {
    const { derivation, award } = state.grounds;
    const kept = await this.derivations.find(state.claim, derivation);
    const isKept = kept !== undefined && derivationHash(kept.lines) === derivation;
    try {
      const { grounds } = await figureAgain(this.figures, state);
      const isEqual = grounds.derivation === derivation && grounds.award === award;
      return { isEqual, isKept, derivation: grounds.derivation, award: grounds.award };
    } catch (error) {
      if (error instanceof Refused) return { isEqual: false, isKept, refused: error.code };
      throw error;
    }
  }

  private async looksAt(id: string) {
    const looks = await this.looks.of(id);
    const nameOf = await this.events.namesOf(looks.map(({ actor }) => actor));
    return looks.map(({ at, actor, kind, subject, reason }) => {
      const name = nameOf(actor);
      return { at: at.toISOString(), actor, kind, subject, reason, ...(name !== undefined && { name }) };
    });
  }
}

/** A firm in the shape of the door. */
type ShownFirm = Pick<TrailFirmView, 'sizes' | 'lists' | 'holders'> & {
  readonly registration: string | null;
  readonly plant: string | null;
  readonly subsidiaryOf?: TrailFirmView['subsidiaryOf'];
};

const firmsOf = ({ stories }: FirmTrade, nameOf: NameOf): TrailFirmView[] =>
  [...stories].map(([enterprise, { firm }]) => {
    const { registration, plant, sizes, lists, holders, subsidiaryOf = [] } = firm as FirmForClaim & ShownFirm;
    return {
      ...{ enterprise, name: nameOf(enterprise) },
      sizes: sizes.map(({ from, size }) => ({ from, size })),
      lists: lists.map(({ from, to }) => ({ from, to })),
      holders: holders.map(({ from, list }) => ({ from, list })),
      subsidiaryOf: subsidiaryOf.map(({ from, to, lead }) => ({ from, to, lead })),
      registeredIn: registration ?? undefined,
      plantIn: plant ?? undefined,
    };
  });

function factsOf(
  { order, deliveries, invoices, payments }: TradeOrder,
  { counted, excluded }: Counted,
  uses: Uses,
  late: ReadonlySet<string>,
): TrailFactView[] {
  type Told = { readonly fact: string; readonly date: string; readonly rests: TradeOrder['opened'] };
  const fact = (kind: 'delivery' | 'invoice' | 'payment', amount: string, { fact: id, date, rests }: Told) => ({
    ...{ kind, fact: id, date, amount },
    isSupplemented: late.has(`${kind} ${rests.event}`),
    isByOnePerson: rests.enteredByAccount === rests.confirmedByAccount,
    isAcceptedByOffice: rests.acceptedByOffice,
    ...{ event: rests.event, recordedAt: rests.recordedAt, files: rests.files, otherClaims: [] },
  });
  return [
    ...deliveries.map((one) => fact('delivery', one.net, one)),
    ...invoices.map((one) => ({
      ...fact('invoice', one.net, one),
      ...{ number: one.number, redOf: one.redOf, check: lookOf(one), otherClaims: uses(one.number) },
      counted: valueOf(counted, one.number, order),
      excluded: valueOf(excluded, one.number, order),
    })),
    ...payments.map((one) => ({ ...fact('payment', one.gross, one), means: one.means })),
  ];
}

/** Who looked stands among the events. */
function lookOf({ check }: TradeOrder['invoices'][number]) {
  if (!check) return undefined;
  const { account: _, ...look } = check;
  return look;
}
