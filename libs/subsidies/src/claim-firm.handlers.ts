import { Attachments } from '@app/attachments';
import { Vault } from '@app/auth';
import { CommandContext, Committed, Streams } from '@app/event-store';
import { Clock, instantText, Refused, shanghaiDay } from '@app/kernel';
import type { Party } from '@app/kernel';
import { officeFor, StandingOf } from '@app/registry';
import { Command, CommandHandler, ICommandHandler, IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { claim, ClaimCommand } from './claim.decider';
import { ClaimDerivations } from './claim-derivation.table';
import { ClaimFigures, Figure, tradeFor } from './claim-figures.handlers';
import { CLAIM_TEXTS, claimStream } from './claim-officer.handlers';
import { ClaimPolicies } from './claim-policies.handlers';
import type { OpenClaim } from './claim-state.rules';
import type { Applicant, ClaimEvent, ClaimFile, ClaimHead, Material } from './claim-story.rules';
import { PayeeAccount, PayeeAccounts } from './payee-account.table';

type NamedPayee = PayeeAccount & { readonly payee: string };
/** Files by the ids of attachments that the firm uploaded. */
export type BroughtMaterial = { readonly material: string; readonly files: readonly string[] };

/** Files a claim, or says yes to one that the list of 免申即享 offers under this id. */
export class FileClaim extends Command<Committed<ClaimEvent>> {
  constructor(
    readonly claim: string,
    readonly round: string,
    readonly materials: readonly BroughtMaterial[],
    readonly payee: NamedPayee | undefined,
    readonly by: Applicant,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** Who a firm is in a round: its office by where it is registered, its year and policy by the round. */
@CommandHandler(FileClaim)
export class FileClaimHandler implements ICommandHandler<FileClaim> {
  constructor(
    private readonly streams: Streams,
    private readonly queries: QueryBus,
    private readonly figures: ClaimFigures,
    private readonly derivations: ClaimDerivations,
    private readonly policies: ClaimPolicies,
    private readonly payees: PayeeAccounts,
    private readonly attachments: Attachments,
    private readonly clock: Clock,
  ) {}

  async execute({ claim: id, round: asked, materials, payee, by, context }: FileClaim) {
    const at = instantText(this.clock.now());
    const { state: before } = await this.streams.load(claim, claimStream(id));
    const round = await this.policies.round(before?.round ?? asked);
    const head = before ?? (await headOf(this.queries, this.policies, round.round, id, by));
    const figure = await this.figures.of({
      head,
      asOf: shanghaiDay(at),
      knownAt: at,
      findings: [],
      voidInvoices: 'keep',
    });
    await this.derivations.keep(id, figure);
    // Of a claim that the list offers nothing is asked: it stands on events alone.
    const required = before?.state === 'offered' ? [] : requiredOf(figure);
    const { beneficiary, firm, office, year, policy } = head;
    const command: ClaimCommand = {
      type: 'FileClaim',
      head: { claim: id, round: round.round, policy, beneficiary, firm, office, year },
      filing: { ...round.filing, lastDay: figure.policy.lastDay },
      required,
      listed: listedBy(figure),
      materials: await filesOf(this.attachments, materials, by),
      grounds: figure.grounds,
      by,
      at,
    };
    // What is refused names no account: else its owner's own claim would be in doubt for it. Filed already, it is a retry.
    if (!before || before.state === 'offered') claim.decide(command, before);
    else if (before.firm.registration !== by.registration) throw new Refused('claim-exists');
    const named = payee && { payee: await this.payees.keep(payee.payee, by, accountOf(payee)) };
    return this.streams.decide(claim, claimStream(id), { ...command, ...named }, context);
  }
}

const requiredOf = ({ policy }: Figure): string[] =>
  policy.terms.materials.filter(({ required }) => required).map(({ material }) => material);

const listedBy = ({ policy }: Figure): string[] => policy.terms.materials.map(({ material }) => material);

const accountOf = ({ holder, bank, number }: NamedPayee): PayeeAccount => ({ holder, bank, number });

export async function headOf(
  queries: QueryBus,
  policies: ClaimPolicies,
  round: string,
  id: string,
  { enterprise, registration }: Party,
): Promise<ClaimHead> {
  const { policy: of, year } = await policies.round(round);
  const policy = { scheme: of.scheme, version: of.version };
  const { read } = await policies.policy(policy);
  const { facts, isConfirmed } = await queries.execute(new StandingOf(registration, enterprise));
  if (!isConfirmed) throw new Refused('registration-not-confirmed');
  return {
    claim: id,
    round,
    policy,
    beneficiary: read.beneficiary,
    firm: { enterprise, registration },
    office: officeFor(facts.registeredAddress?.area ?? ''),
    year,
  };
}

async function filesOf(
  attachments: Attachments,
  materials: readonly BroughtMaterial[],
  by: Applicant,
): Promise<Material[]> {
  const found = await attachments.find(materials.flatMap(({ files }) => files));
  return materials.map(({ material, files }, at) => ({
    material,
    files: files.map((id, index): ClaimFile => {
      const file = found.get(id);
      if (!file || file.registration !== by.registration)
        throw new Refused('attachment-not-uploaded', {}, `materials/${at}/files/${index}`);
      return { id, sha256: file.sha256 };
    }),
  }));
}

/** What a firm does with its own claim, beside filing it. */
export type FirmAct =
  | { readonly type: 'CompleteClaim' | 'SupplyMaterials'; readonly materials: readonly BroughtMaterial[] }
  | { readonly type: 'NamePayee'; readonly payee: NamedPayee }
  | { readonly type: 'WithdrawClaim'; readonly reason: string }
  | { readonly type: 'PledgeNoTrade'; readonly pair: string }
  | { readonly type: 'AskClaimReview'; readonly text: string }
  | { readonly type: 'HearFirm'; readonly recovery: string; readonly text: string; readonly files: readonly string[] };

export class TellClaimAsFirm extends Command<Committed<ClaimEvent>> {
  constructor(
    readonly claim: string,
    readonly act: FirmAct,
    readonly by: Applicant,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(TellClaimAsFirm)
export class TellClaimAsFirmHandler implements ICommandHandler<TellClaimAsFirm> {
  constructor(
    private readonly streams: Streams,
    private readonly queries: QueryBus,
    private readonly figures: ClaimFigures,
    private readonly derivations: ClaimDerivations,
    private readonly payees: PayeeAccounts,
    private readonly attachments: Attachments,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  async execute({ claim: id, act, by, context }: TellClaimAsFirm) {
    const { state } = await this.streams.load(claim, claimStream(id));
    // A counterpart pledges on a claim that is not its own; everything else is the firm's alone.
    if (!state || (act.type !== 'PledgeNoTrade' && state.firm.registration !== by.registration))
      throw new Refused('claim-unknown');
    const at = instantText(this.clock.now());
    if (act.type === 'NamePayee') return this.namePayee(state, act.payee, by, at, context);
    const command = { ...act, ...(await this.foundFor(act, id, by, at, context)), by, at } as unknown as ClaimCommand;
    return this.streams.decide(claim, claimStream(id), command, context);
  }

  /** What is refused names no account: else its owner's own claim would be in doubt for it. Sent again it has its first answer. */
  private async namePayee(state: OpenClaim, named: NamedPayee, by: Applicant, at: string, context: CommandContext) {
    const account = accountOf(named);
    const command = { type: 'NamePayee', payee: this.payees.named(named.payee, by, account), by, at } as const;
    const refusal = refusalOf(() => claim.decide(command, state));
    if (!refusal) await this.payees.keep(named.payee, by, account);
    const precondition = () => {
      if (refusal) throw refusal;
    };
    return this.streams.decide(claim, claimStream(state.claim), command, context, { precondition });
  }

  private async foundFor(act: FirmAct, id: string, by: Applicant, at: string, context: CommandContext) {
    switch (act.type) {
      case 'CompleteClaim': {
        const { state } = await this.streams.load(claim, claimStream(id));
        const asked = { head: state!, asOf: shanghaiDay(at), knownAt: at, findings: state!.findings ?? [] };
        const figure = await this.figures.of({ ...asked, voidInvoices: 'keep' });
        await this.derivations.keep(id, figure);
        const materials = await filesOf(this.attachments, act.materials, by);
        return { listed: listedBy(figure), materials, grounds: figure.grounds };
      }
      case 'PledgeNoTrade': {
        // Anybody may apply for a registration on a firm's code; only who holds it speaks for the firm.
        const { isConfirmed } = await this.queries.execute(new StandingOf(by.registration, by.enterprise));
        if (!isConfirmed) throw new Refused('registration-not-confirmed');
        await this.checkTrades(id, act.pair, by, at);
        return {};
      }
      case 'SupplyMaterials':
        return { materials: await filesOf(this.attachments, act.materials, by) };
      case 'AskClaimReview':
        return { text: await this.vault.commitText(CLAIM_TEXTS, act.text, context, `registration:${by.registration}`) };
      case 'HearFirm': {
        const [brought] = await filesOf(this.attachments, [{ material: 'statement', files: act.files }], by);
        return {
          text: await this.vault.commitText(CLAIM_TEXTS, act.text, context, `registration:${by.registration}`),
          files: brought!.files,
        };
      }
      default:
        return {};
    }
  }

  /** Claims stand on the public notice: to whoever never traded with the claimant there is none to pledge on. */
  private async checkTrades(id: string, pair: string, { registration }: Applicant, at: string): Promise<void> {
    const { state } = await this.streams.load(claim, claimStream(id));
    const { firm, policy } = state!;
    const { read } = await this.figures.policyOf(policy);
    const { trade } = await this.figures.tradeOf(firm, shanghaiDay(at), at, tradeFor(read));
    const trading = new Set(trade.flatMap(({ lead, supplier }) => [lead.enterprise, supplier.enterprise]));
    if (pair.split('/').every((one) => one === firm.enterprise || trading.has(one))) return;
    throw firm.registration === registration
      ? new Refused('pair-not-of-claim', {}, 'pair')
      : new Refused('claim-unknown');
  }
}

function refusalOf(decide: () => unknown): Refused | undefined {
  try {
    decide();
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
}

/** 待申报(测算): what a claim of this firm in this round would be, from the events known now. Nothing is written. */
export class SelfCheck extends Query<Figure & { readonly head: ClaimHead }> {
  constructor(
    readonly round: string,
    readonly firm: Party,
  ) {
    super();
  }
}

@QueryHandler(SelfCheck)
export class SelfCheckHandler implements IQueryHandler<SelfCheck> {
  constructor(
    private readonly queries: QueryBus,
    private readonly figures: ClaimFigures,
    private readonly policies: ClaimPolicies,
    private readonly clock: Clock,
  ) {}

  async execute({ round, firm }: SelfCheck) {
    const head = await headOf(this.queries, this.policies, round, '', firm);
    const at = instantText(this.clock.now());
    const asked = { head, asOf: shanghaiDay(at), knownAt: at, findings: [], voidInvoices: 'keep' } as const;
    return { ...(await this.figures.of(asked)), head };
  }
}
