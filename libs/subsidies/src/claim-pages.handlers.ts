import { Attachments } from '@app/attachments';
import { Accounts, areaRows, Vault } from '@app/auth';
import type { Actor } from '@app/auth';
import { EventStore } from '@app/event-store';
import type { Recorded } from '@app/event-store';
import { sum } from '@app/kernel';
import { Readers } from '@app/matching';
import { ProductsOfOrders } from '@app/orders';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { ClaimActor, ClaimStep, ClaimView, ObjectionView, PayeeView } from './claim-answer.rules';
import { claim } from './claim.decider';
import { ClaimDerivations } from './claim-derivation.table';
import { CLAIM_TEXTS, claimStream } from './claim-officer.handlers';
import { offsetOf, paymentOf } from './claim-offset.rules';
import { barredFrom, officesOf, stageWaitedFor } from './claim-persons.rules';
import type { Claim, OpenClaim } from './claim-state.rules';
import type { DerivationLine } from './derivation.rules';
import { HIDDEN_FROM_FIRM } from './claim-story.rules';
import type { Applicant, ClaimEvent, ClaimOfficer, ClaimText } from './claim-story.rules';
import { OBJECTORS } from './notice.handlers';
import type { ClaimsOf } from './claims.view';
import { PayeeAccounts } from './payee-account.table';

/** Who reads: the firm itself, an office, or the auditor, who alone learns who objected. */
export type ClaimReader = 'firm' | 'office' | 'auditor';

type Told = { readonly state: OpenClaim; readonly events: readonly Recorded<ClaimEvent>[] };

/** A claim's page, read from its own stream as known at an instant. */
@Injectable()
export class ClaimPages {
  constructor(
    private readonly store: EventStore,
    private readonly derivations: ClaimDerivations,
    private readonly payees: PayeeAccounts,
    private readonly readers: Readers,
    private readonly accounts: Accounts,
    private readonly attachments: Attachments,
    private readonly vault: Vault,
    private readonly queries: QueryBus,
  ) {}

  async told(id: string, knownAt?: string): Promise<Told | undefined> {
    const events: Recorded<ClaimEvent>[] = [];
    for await (const event of this.store.read(claimStream(id))) {
      if (knownAt === undefined || event.metadata.recordedAt <= knownAt) events.push(event as Recorded<ClaimEvent>);
    }
    const state = events.reduce<Claim>(claim.evolve, claim.initial);
    return state && { state, events };
  }

  /** `account`: the officer who reads. */
  async page({ state, events }: Told, reader: ClaimReader, account?: string): Promise<ClaimView> {
    const { firm, notice, proposal, recovery, payment, findings } = state;
    const shown = reader === 'firm' ? events.filter(({ type }) => !HIDDEN_FROM_FIRM.includes(type)) : events;
    const told = reader !== 'firm' || recovery?.state !== 'opened' ? recovery : undefined;
    const grounds = groundsIn(shown) ?? state.grounds;
    const nameOf = await this.readers.namesOf([firm.enterprise]);
    const derivation = await this.derivations.find(state.claim, grounds.derivation);
    const stage = reader === 'firm' ? undefined : stageWaitedFor(state);
    return {
      claim: state.claim,
      round: state.round,
      policy: state.policy,
      beneficiary: state.beneficiary,
      firm: { enterprise: firm.enterprise, name: nameOf(firm.enterprise) },
      registration: firm.registration,
      office: state.office,
      year: state.year,
      state: state.state,
      mode: state.mode,
      filedAt: state.filedOn,
      award: grounds.award,
      granted: proposal?.granted,
      noticeUntil: notice?.until,
      standStillUntil: notice?.standStillUntil,
      // As on the list: an objection is before the offices.
      openObjections: reader === 'firm' ? 0 : [...state.objections.values()].filter((one) => one === 'open').length,
      deferredUntil: state.deferred.map(({ until }) => until).sort()[0],
      payeeDoubts: [...(state.payee?.doubts ?? [])],
      recovery: told?.state,
      recoveryDue: told?.due,
      recovered: state.recovered,
      offset: offsetOf(state.offsets),
      ...(proposal && { payable: paymentOf(state).amount }),
      changedAt: shown.at(-1)!.data.at,
      ...(derivation && { derivation: { ...derivation, grounds: derivation.grounds } }),
      products: await this.products(derivation?.lines ?? []),
      materials: await this.materials(state),
      ...(state.payee && { payee: await this.payee(state.payee) }),
      relations: [...state.relations].map(([pair, { pledges, result }]) => ({ pair, pledges: [...pledges], result })),
      ...(findings &&
        reader !== 'firm' && { findings: findings.map(({ ground, from, to }) => ({ ground, from, to })) }),
      objections: reader === 'firm' ? [] : await this.objections(state, events, reader),
      ...(told && {
        recoveryNow: {
          ...{
            recovery: told.recovery,
            cause: told.cause,
            state: told.state,
            due: told.due,
            hearUntil: told.hearUntil,
          },
          instalments: [...told.instalments],
          ...{ way: told.way, against: told.against },
          paid: sum(told.parts.map(({ amount }) => amount)).toFixed(2),
        },
      }),
      notice: notice?.notice,
      payment: reader === 'firm' ? undefined : payment?.payment,
      ...(stage && { waitsFor: { stage, offices: [...officesOf(state, stage)] } }),
      ...(reader === 'office' && account !== undefined && { barredFrom: barredFrom(state, account) }),
      steps: await this.steps(shown, reader),
    };
  }

  /** By the orders that a derivation tells of. */
  private async products(lines: readonly DerivationLine[]): Promise<Record<string, string>> {
    const orders = new Set(lines.flatMap(({ values: { order } }) => (order === undefined ? [] : [order])));
    if (orders.size === 0) return {};
    const found = await this.queries.execute(new ProductsOfOrders([...orders]));
    return Object.fromEntries([...found].map(([order, products]) => [order, products.join('、')]));
  }

  private async materials({ required, materials, deferred }: OpenClaim) {
    const names = [...new Set([...required, ...materials.keys()])];
    const files = await this.attachments.find([...materials.values()].flatMap((one) => one.files.map(({ id }) => id)));
    return names.map((material) => ({
      material,
      required: required.includes(material),
      files: (materials.get(material)?.files ?? []).map((file) => ({ ...file, name: files.get(file.id)?.name })),
      until: deferred.find((one) => one.material === material)?.until,
    }));
  }

  private async payee({
    payee,
    checked,
    frozen,
    doubts,
    confirmedBy,
  }: NonNullable<OpenClaim['payee']>): Promise<PayeeView> {
    const account = await this.payees.account(payee);
    return { payee, ...account, checked, frozen, doubts: [...doubts], confirmedBy: [...confirmedBy] };
  }

  private async objections(state: OpenClaim, events: Told['events'], reader: ClaimReader): Promise<ObjectionView[]> {
    return Promise.all(
      events
        .flatMap((event) => (event.type === 'ObjectionRaised' ? [event.data] : []))
        .map(async ({ objection, text }) => {
          const objector =
            reader === 'auditor'
              ? await this.vault.get<{ name?: string; contact?: string; account?: string }>(OBJECTORS, text.id)
              : undefined;
          return {
            objection,
            state: state.objections.get(objection)!,
            text: await this.words(text),
            objector: objector && [objector.name, objector.contact, objector.account].filter(Boolean).join(' '),
          };
        }),
    );
  }

  private async steps(events: Told['events'], reader: ClaimReader): Promise<ClaimStep[]> {
    const accounts = events.flatMap(({ data }) => ('by' in data ? [data.by.account] : []));
    const [people, nameOf] = await Promise.all([
      this.accounts.contacts([...new Set(accounts)]),
      this.readers.namesOf(
        events.flatMap(({ data }) => ('by' in data && 'enterprise' in data.by ? [data.by.enterprise] : [])),
      ),
    ]);
    const actor = (by: Applicant | ClaimOfficer): ClaimActor => {
      const { account } = by;
      if ('role' in by) return { account, role: by.role, area: by.area, name: people.get(account)?.name };
      const { enterprise } = by;
      return { account, firm: { enterprise, name: nameOf(enterprise) }, name: people.get(account)?.name };
    };
    return Promise.all(
      events.map(async (event) => {
        const { at, by, reason, text, grounds, ...details } = event.data as typeof event.data & {
          by?: Applicant | ClaimOfficer;
          reason?: string;
          text?: ClaimText;
          grounds?: ClaimStep['grounds'];
        };
        // Objections and findings are before the offices; the firm gets their answer, and what they decide.
        const isHidden = reader === 'firm' && (event.type === 'ObjectionRaised' || event.type === 'FindingsRecorded');
        return {
          event: event.id,
          type: event.type,
          at,
          recordedAt: event.metadata.recordedAt,
          ...(by && { by: actor(by) }),
          reason: isHidden ? undefined : reason,
          text: isHidden ? undefined : await this.words(text),
          grounds,
          details: isHidden ? {} : details,
        };
      }),
    );
  }

  /** Undefined once the words were erased. */
  private words(text: ClaimText | undefined): Promise<string | undefined> {
    return text ? this.vault.getText(CLAIM_TEXTS, text.id, text.sha256) : Promise.resolve(undefined);
  }
}

/** Of the last decision that a reader knows: to a firm, what a hidden recovery was computed by is nothing yet. */
const groundsIn = (shown: Told['events']): OpenClaim['grounds'] | undefined =>
  shown.flatMap(({ data }) => ('grounds' in data ? [data.grounds] : [])).at(-1);

/** Whose claims somebody may list: his firm's own, or those before his office. Refuses everybody else. */
export function claimsOf(actor: Actor): ClaimsOf {
  return actor.party ? { registration: actor.party.registration } : areaRows(actor);
}

export const readerOf = ({ party, roles }: Actor): ClaimReader =>
  party ? 'firm' : roles.includes('auditor') ? 'auditor' : 'office';
