import { Members } from '@app/auth';
import { Streams } from '@app/event-store';
import { Clock, instantText, shanghaiDay } from '@app/kernel';
import { sheetHeadings as heading, sheetTitles } from '@app/labels';
import { Readers, word } from '@app/matching';
import type { TradeOrder } from '@app/orders';
import { enterprise, factsAsOf, statementsOf } from '@app/registry';
import type { Sheet } from '@app/spreadsheets';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ClaimDerivations } from './claim-derivation.table';
import { ClaimFigures } from './claim-figures.handlers';
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

/** 疑点清单 of a round, from its claims' own streams and what they stand on. */
@Injectable()
export class Doubts {
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

  /** Refuses `round-unknown`. Withdrawn and refused claims stand for nothing. */
  async of(round: string): Promise<DoubtView[]> {
    await this.policies.round(round);
    const knownAt = instantText(this.clock.now());
    const found: Found[] = [];
    for (const id of await this.queries.execute(new ClaimIds({ round }))) {
      const state = (await this.pages.told(id, knownAt))?.state;
      if (state && !OUT.includes(state.state)) found.push(await this.claim(state, knownAt));
    }
    const parties = new Map(found.flatMap((one) => [...one.parties]));
    const traits: FirmTraits[] = [];
    for (const [code, registration] of parties) traits.push(await this.traits(code, registration, knownAt));
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
    const { claim, firm, grounds, payee, materials, policy } = state;
    const { enterprise: code, registration } = firm;
    const isLoan = state.beneficiary === 'loan';
    const [kept, { trade }, { read }, accountUsedBy] = await Promise.all([
      this.derivations.find(claim, grounds.derivation),
      this.figures.tradeOf(firm, shanghaiDay(knownAt), knownAt, isLoan ? 'no-trade' : 'trade'),
      this.policies.policy(policy),
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
