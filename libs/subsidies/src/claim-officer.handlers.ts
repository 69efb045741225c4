import { Accounts, Vault } from '@app/auth';
import { CommandContext, Committed, Streams } from '@app/event-store';
import { addDays, addWorkingDays, Clock, derivedId, Exact, instantText, Refused, shanghaiDay } from '@app/kernel';
import { StandingOf } from '@app/registry';
import { Command, CommandHandler, ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { claim, ClaimCommand } from './claim.decider';
import { ClaimDerivations } from './claim-derivation.table';
import { ClaimFigures, Figure } from './claim-figures.handlers';
import { ClaimPolicies } from './claim-policies.handlers';
import { roomOf } from './claim-offset.rules';
import { officesOf } from './claim-persons.rules';
import { officeGroup } from './claim-state.rules';
import type { OpenClaim } from './claim-state.rules';
import type { ClaimEvent, ClaimOfficer, ClaimStage, PayeeDoubt } from './claim-story.rules';
import { PayeeAccounts } from './payee-account.table';
import { grantedOf } from './round-budget.rules';
import { round as roundDecider } from './round.decider';
import { roundStream } from './round.handlers';

export const claimStream = (id: string): string => `claim-${id}`;

/** Vault entries of claims: objections, answers and statements may name people. */
export const CLAIM_TEXTS = 'claim-text';
/** Working days in which a firm states its case before a recovery is decided. */
const HEARING_DAYS = 5;

/** What the handler finds out for the officer. */
type Found =
  | 'at'
  | 'entered'
  | 'grounds'
  | 'trade'
  | 'deferrable'
  | 'invoices'
  | 'orders'
  | 'firms'
  | 'granted'
  | 'worthNow'
  | 'colleagues'
  | 'scale'
  | 'workingDays'
  | 'until'
  | 'standStillUntil'
  | 'doubts'
  | 'hearUntil'
  | 'offset';
type OfficerType = Exclude<Extract<ClaimCommand, { by: ClaimOfficer }>['type'], 'OfferClaim' | 'ApproveClaim'>;
type Asked<C> = C extends { type: OfficerType } ? Omit<C, Found | 'text'> & { readonly text?: string } : never;
/** An act of an officer on a claim, as he asks for it; words go to the vault. */
export type OfficerAct = Asked<ClaimCommand>;

export class TellClaimAsOfficer extends Command<Committed<ClaimEvent>> {
  constructor(
    readonly claim: string,
    readonly act: OfficerAct,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** Decisions that rest on the trade as it is known now; later ones carry what was decided. */
const ON_NEW_FIGURES: readonly OfficerType[] = [
  'ReturnClaim',
  'PassCountyCheck',
  'PassCityCheck',
  'ReviewJointly',
  'RefuseSupport',
  'DecideClaimReview',
  'ProposeClaim',
];
/** Before them nobody need have looked for findings. */
const AFTER_FINDINGS: readonly OfficerType[] = ['PassCountyCheck', 'PassCityCheck', 'ReviewJointly', 'ProposeClaim'];
/** What cannot be evaluated is not passed on. Whatever else an office decides waits for no firm that took a fact back. */
const NEVER_UNSEEN: readonly OfficerType[] = [...AFTER_FINDINGS, 'StartNotice'];

@CommandHandler(TellClaimAsOfficer)
export class TellClaimAsOfficerHandler implements ICommandHandler<TellClaimAsOfficer> {
  constructor(
    private readonly streams: Streams,
    private readonly figures: ClaimFigures,
    private readonly derivations: ClaimDerivations,
    private readonly policies: ClaimPolicies,
    private readonly payees: PayeeAccounts,
    private readonly queries: QueryBus,
    private readonly accounts: Accounts,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  async execute({ claim: id, act, context }: TellClaimAsOfficer) {
    const { state } = await this.streams.load(claim, claimStream(id));
    if (!state || !isBefore(state, act.by)) throw new Refused('claim-unknown');
    const at = instantText(this.clock.now());
    // Work is handed on whatever the trade says: no claim is stuck because its facts cannot be evaluated.
    if (act.type === 'HandStageUp') return this.streams.decide(claim, claimStream(id), { ...act, at }, context);
    if (act.type === 'HandStageOver') {
      const colleagues = await this.colleagues(state, act.stage);
      return this.streams.decide(claim, claimStream(id), { ...act, colleagues, at }, context);
    }
    const findings = AFTER_FINDINGS.includes(act.type) ? state.findings : (state.findings ?? []);
    const voidInvoices = 'keep';
    const asked = { head: state, asOf: shanghaiDay(at), knownAt: at, findings, voidInvoices } as const;
    const present = this.figures.of(asked);
    const now = await (NEVER_UNSEEN.includes(act.type) ? present : unlessRefused(present));
    const figure = now ?? (await this.figures.lastOf(state, at));
    const isNew = now !== undefined && ON_NEW_FIGURES.includes(act.type);
    if (isNew) await this.derivations.keep(id, figure);
    const grounds = isNew ? figure.grounds : state.grounds;
    const found = await this.foundFor(act, state, figure, at, context);
    const subject = `registration:${state.firm.registration}`;
    const words =
      act.text === undefined ? {} : { text: await this.vault.commitText(CLAIM_TEXTS, act.text, context, subject) };
    const command = { ...act, ...found, ...words, entered: figure.entered, grounds, at } as unknown as ClaimCommand;
    return this.streams.decide(claim, claimStream(id), command, context);
  }

  private async foundFor(act: OfficerAct, state: OpenClaim, figure: Figure, at: string, context: CommandContext) {
    const today = shanghaiDay(at);
    const { terms } = figure.policy;
    switch (act.type) {
      case 'PassCountyCheck':
        return { deferrable: terms.materials.filter(({ mayFollow }) => mayFollow).map(({ material }) => material) };
      case 'PassCityCheck':
        return { trade: figure.checks };
      case 'ProposeClaim':
        return {
          ...(await this.grant(state, figure, at, context)),
          trade: figure.checks,
          orders: figure.orders,
          firms: figure.firms,
        };
      case 'StartNotice': {
        const until = addWorkingDays(today, terms.noticeWorkingDays);
        return { workingDays: terms.noticeWorkingDays, until, standStillUntil: addDays(until, terms.standStillDays) };
      }
      case 'DecideObjection':
        return { standStillUntil: addDays(today, terms.standStillDays) };
      case 'TakeBackProposal':
      case 'DecideRecovery': {
        // What cannot be evaluated bears nothing.
        const found = await unlessRefused(this.worth(state, at));
        return { ...(found ?? { worthNow: '0' }), ...(act.type === 'DecideRecovery' && (await this.offsetClaim(act))) };
      }
      case 'PassFundsDown':
      case 'OffsetAward':
        return this.worth(state, at);
      case 'PreparePayment':
        return {
          ...(await this.worth(state, at)),
          doubts: await payeeDoubts(this.payees, this.queries, state),
        };
      case 'CheckPayee':
      case 'ConfirmPayee':
      case 'MakePayment':
        return { doubts: await payeeDoubts(this.payees, this.queries, state) };
      case 'ConfirmRecovery':
        return { hearUntil: addWorkingDays(today, HEARING_DAYS) };
      default:
        return {};
    }
  }

  /** Who holds the office that a stage belongs to, as the accounts are now. */
  private async colleagues(state: OpenClaim, stage: ClaimStage): Promise<string[]> {
    const groups = officesOf(state, stage).map(officeGroup);
    return (await Promise.all(groups.map((group) => this.accounts.accountsOf(group)))).flat();
  }

  /** The claim from whose award a recovery is to be kept back, as its own stream tells it. */
  private async offsetClaim({ against, by }: { readonly against?: string; readonly by: ClaimOfficer }) {
    const { state } = against === undefined ? {} : await this.streams.load(claim, claimStream(against));
    return state && isBefore(state, by)
      ? { offset: { registration: state.firm.registration, room: roomOf(state) } }
      : {};
  }

  private async worth(state: OpenClaim, at: string) {
    const { grounds } = await this.figures.worthOf(state, at);
    return { worthNow: grounds.award };
  }

  /** The award takes its place in the round's line first; what the round then grants is what is proposed. */
  private async grant(state: OpenClaim, figure: Figure, at: string, context: CommandContext) {
    const { claim: id, office: county, round, firm } = state;
    const { award } = figure.grounds;
    const line = { claim: id, firm: firm.enterprise, county };
    const asked = { ...line, amount: award, isFound: true, filedAt: state.filedOn ?? at } as const;
    const own = { ...context, commandId: derivedId(context.commandId, 'ask-budget') };
    await this.streams.decide(roundDecider, roundStream(round), { type: 'AskBudget', ...asked, at }, own);
    const funds = await this.policies.round(round);
    const granted = grantedOf(funds, { claim: id, county, award });
    // First come: what is left is no share of the award, and stays whole while the award falls no lower.
    const isScaled = granted !== award && funds.short !== 'first-come';
    const scale = isScaled ? new Exact(granted).dividedBy(award).toDecimalPlaces(10).toFixed() : undefined;
    return { granted, invoices: Object.keys(figure.counted).sort(), ...(scale !== undefined && { scale }) };
  }
}

export async function unlessRefused<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return undefined;
  }
}

/** A county's people know of the claims of their own area only. */
export const isBefore = ({ office }: OpenClaim, { area }: Pick<ClaimOfficer, 'area'>): boolean =>
  area === undefined || area === office;

/** What is wrong with the account that a claim names now. */
export async function payeeDoubts(payees: PayeeAccounts, queries: QueryBus, state: OpenClaim): Promise<PayeeDoubt[]> {
  if (!state.payee) return [];
  const { enterprise, registration } = state.firm;
  const [account, others, standing] = await Promise.all([
    payees.account(state.payee.payee),
    payees.usedBy(state.payee.payee, enterprise),
    queries.execute(new StandingOf(registration, enterprise)),
  ]);
  const isOwn = account !== undefined && plainName(account.holder) === plainName(standing.facts.name ?? '');
  return [...(isOwn ? [] : (['name-differs'] as const)), ...(others.length > 0 ? (['used-by-another'] as const) : [])];
}

/** Full-width brackets and spaces make no other name. */
const plainName = (name: string): string => name.normalize('NFKC').replace(/\s/g, '');
