import { Members } from '@app/auth';
import { Streams, StoreUnavailable } from '@app/event-store';
import { Clock, instantText, shanghaiDay, TooLate, within } from '@app/kernel';
import { sheetHeadings as heading, sheetTitles } from '@app/labels';
import { Readers, word } from '@app/matching';
import type { TradeOrder } from '@app/orders';
import { enterprise, factsAsOf, statementsOf } from '@app/registry';
import type { Sheet } from '@app/spreadsheets';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ClaimDerivations } from './claim-derivation.table';
import { ClaimFigures, tradeFor } from './claim-figures.handlers';
import { ClaimPages } from './claim-pages.handlers';
import { ClaimPolicies } from './claim-policies.handlers';
import type { OpenClaim } from './claim-state.rules';
import { ClaimIds } from './claim-trail-claims.view';
import { DoubtView } from './doubts-answer.rules';
import { doubtsIn } from './doubts.rules';
import type { DoubtedClaim, FirmTraits } from './doubts.rules';
import { PayeeAccounts } from './payee-account.table';
import { valueOf } from './trail-trade.rules';

type Found = { readonly claim: DoubtedClaim; readonly parties: ReadonlyMap<string, string> };

/** Machine milliseconds that a request waits for its list. */
const LONGEST = 4_000;
/** How long a list that took longer is given to those who ask again. */
const KEPT = 60_000;
/** Read at the same time: mostly they wait for the store. */
const CLAIMS_AT_ONCE = 8;

type Making = { readonly since: number; readonly list: Promise<DoubtView[]>; took?: number };

/** What `find` finds of each, in order. */
async function inGroups<In, Out>(all: readonly In[], find: (one: In) => Promise<Out | undefined>): Promise<Out[]> {
  const found: Out[] = [];
  for (let from = 0; from < all.length; from += CLAIMS_AT_ONCE) {
    const some = await Promise.all(all.slice(from, from + CLAIMS_AT_ONCE).map(find));
    found.push(...some.flatMap((one) => (one === undefined ? [] : [one])));
  }
  return found;
}

/** 疑点清单 of a round, from its claims' own streams and what they stand on. */
@Injectable()
export class Doubts {
  private readonly making = new Map<string, Making>();

  constructor(
    private readonly pages: ClaimPages,
    private readonly figures: ClaimFigures,
    private readonly policies: ClaimPolicies,
    private readonly derivations: ClaimDerivations,
    private readonly payees: PayeeAccounts,
    private readonly members: Members,
    private readonly streams: Streams,
    private readonly queries: QueryBus,
    private readonly readers: Readers,
    private readonly clock: Clock,
  ) {}

  /**
   * Refuses `round-unknown`; throws StoreUnavailable while a long list is being made: who asks again has it when it is done.
   * Withdrawn and refused claims stand for nothing.
   */
  async of(round: string): Promise<DoubtView[]> {
    await this.policies.round(round);
    const list = this.listOf(round);
    try {
      return await within(LONGEST, list);
    } catch (error) {
      if (error instanceof TooLate) throw new StoreUnavailable('the list of doubts is being made');
      throw error;
    }
  }

  /** Only a list that took longer than a request waits serves for more than one request. */
  private listOf(round: string): Promise<DoubtView[]> {
    const now = performance.now();
    const before = this.making.get(round);
    const { took, since = now } = before ?? {};
    const isServed = took === undefined ? now - since > LONGEST : now - since - took < KEPT;
    if (before && isServed) return before.list;
    const list = this.made(round);
    const making: Making = { since: now, list };
    this.making.set(round, making);
    const drop = () => this.making.get(round) === making && this.making.delete(round);
    void list.then(() => {
      making.took = performance.now() - now;
      if (making.took <= LONGEST) drop();
    }, drop);
    return list;
  }

  private async made(round: string): Promise<DoubtView[]> {
    const knownAt = instantText(this.clock.now());
    const ids = await this.queries.execute(new ClaimIds({ round }));
    const found = await inGroups(ids, async (id): Promise<Found | undefined> => {
      const state = (await this.pages.told(id, knownAt))?.state;
      return state && !OUT.includes(state.state) ? this.claim(state, knownAt) : undefined;
    });
    const parties = new Map(found.flatMap((one) => [...one.parties]));
    const traits = await inGroups([...parties], ([code, registration]) => this.traits(code, registration, knownAt));
    const nameOf = await this.readers.namesOf(parties.keys());
    return doubtsIn(
      found.map(({ claim }) => claim),
      traits,
    ).map(({ firms, ...doubt }) => ({
      ...doubt,
      firms: firms.map((code) => ({ enterprise: code, name: nameOf(code) })),
    }));
  }

  private async claim(state: OpenClaim, knownAt: string): Promise<Found> {
    const { claim, firm, grounds, payee, materials, receipts, policy } = state;
    const { enterprise: code, registration } = firm;
    const { read } = await this.policies.policy(policy);
    const [kept, { trade }, accountUsedBy] = await Promise.all([
      this.derivations.find(claim, grounds.derivation),
      this.figures.tradeOf(firm, shanghaiDay(knownAt), knownAt, tradeFor(read)),
      payee ? this.payees.usedBy(payee.payee, code) : [],
    ]);
    const { counted = {}, lines = [] } = kept ?? {};
    const countedOn = ({ order, invoices }: TradeOrder) =>
      invoices.flatMap(({ number, date }) => {
        const amount = valueOf(counted, number, order);
        return amount === undefined ? [] : [{ invoice: number, date, amount }];
      });
    const standing = trade.filter((one) => countedOn(one).length > 0);
    const parties = new Map(
      standing.flatMap(({ lead, supplier }) => [lead, supplier]).map((one) => [one.enterprise, one.registration]),
    );
    return {
      parties: parties.set(code, registration),
      claim: {
        ...{ claim, enterprise: code, accountUsedBy, lines, periodTo: read.period.to },
        partners: [...parties.keys()].filter((one) => one !== code),
        materials: [...materials.values()].flatMap(({ files }) => files.map(({ sha256 }) => sha256)),
        receipts: [...receipts],
        facts: standing.flatMap(factsOf),
        counted: standing.flatMap(countedOn),
      },
    };
  }

  private async traits(code: string, registration: string, knownAt: string): Promise<FirmTraits> {
    const [{ state }, people] = await Promise.all([
      this.streams.load(enterprise, `enterprise-${code}`),
      this.members.list(registration),
    ]);
    const {
      registeredAddress,
      plantAddress,
      holders = [],
    } = factsAsOf(statementsOf(state, registration), shanghaiDay(knownAt));
    const places = [registeredAddress, plantAddress].flatMap((place) => place ?? []);
    return {
      enterprise: code,
      traits: [
        ...people.map(({ mobile }) => ({ trait: 'phone' as const, value: mobile, shown: masked(mobile) })),
        ...places.map(({ area, text }) => ({
          ...{ trait: 'address' as const, value: `${area} ${plainPlace(text)}`, shown: text },
        })),
        ...holders
          .filter(({ holder }) => holder.startsWith('person:'))
          .map(({ holder }) => ({ trait: 'holder' as const, value: holder, shown: holder })),
      ],
    };
  }
}

const OUT: readonly OpenClaim['state'][] = ['withdrawn', 'not-supported'];

const factsOf = ({ order, deliveries, invoices, payments }: TradeOrder): DoubtedClaim['facts'] =>
  (
    [
      ['delivery', deliveries],
      ['invoice', invoices],
      ['payment', payments],
    ] as const
  ).flatMap(([kind, facts]) =>
    facts.map(({ fact, rests }) => ({
      ...{ order, kind, fact, files: rests.files },
      enteredBy: rests.enteredByAccount,
      confirmedBy: rests.confirmedByAccount,
      byOffice: rests.acceptedByOffice,
    })),
  );

const masked = (mobile: string): string => `${mobile.slice(0, 3)}****${mobile.slice(-4)}`;

/** Spaces and full-width signs make no other place. */
const plainPlace = (text: string): string => text.normalize('NFKC').replace(/[\s,.-]/g, '');

export const doubtSheet: Sheet<DoubtView> = {
  title: sheetTitles.doubts,
  columns: [
    { key: 'kind', heading: heading.doubt, kind: 'text', value: ({ kind }, language) => word('doubt', kind, language) },
    {
      ...{ key: 'enterprise', heading: heading.enterprise, kind: 'text' },
      value: ({ firms }) => firms.map(({ name, enterprise: code }) => name ?? code).join('; '),
    },
    {
      ...{ key: 'enterpriseCode', heading: heading.enterpriseCode, kind: 'text' },
      value: ({ firms }) => firms.map(({ enterprise: code }) => code).join('; '),
    },
    { key: 'claim', heading: heading.claim, kind: 'text', value: ({ claims }) => claims.join('; ') },
    {
      ...{ key: 'basis', heading: heading.doubtBasis, kind: 'text' },
      value: ({ basis }, language) =>
        Object.entries(basis)
          .map(([name, value]) => `${word('doubt-basis', name, language)}: ${value}`)
          .join('; '),
    },
  ],
};
