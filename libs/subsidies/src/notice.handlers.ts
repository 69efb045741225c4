import { Vault } from '@app/auth';
import { CommandContext, Committed, Streams } from '@app/event-store';
import { Clock, derivedId, instantText, Refused } from '@app/kernel';
import { refusalSentence } from '@app/labels';
import { Command, CommandBus, CommandHandler, ICommandHandler } from '@nestjs/cqrs';
import { claim } from './claim.decider';
import type { ClaimLineResult } from './claim-forms.rules';
import { CLAIM_TEXTS, claimStream, TellClaimAsOfficer } from './claim-officer.handlers';
import { ClaimPolicies } from './claim-policies.handlers';
import type { ClaimEvent, ClaimOfficer } from './claim-story.rules';

/** Vault entries of those who object, under the key of their words: read by the auditor alone. */
export const OBJECTORS = 'claim-objector';

/** Puts proposed claims on one public notice; each has its own result, and a refused one leaves the others standing. */
export class StartNotice extends Command<{ committed: Committed[]; lines: ClaimLineResult[] }> {
  constructor(
    readonly notice: string,
    readonly claims: readonly string[],
    readonly by: ClaimOfficer,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(StartNotice)
export class StartNoticeHandler implements ICommandHandler<StartNotice> {
  constructor(private readonly commands: CommandBus) {}

  async execute({ notice, claims, by, context }: StartNotice) {
    const committed: Committed[] = [];
    const lines: ClaimLineResult[] = [];
    for (const id of claims) {
      const own = { ...context, commandId: derivedId(context.commandId, id) };
      const tell = () => this.commands.execute(new TellClaimAsOfficer(id, { type: 'StartNotice', notice, by }, own));
      lines.push(await lineOf(id, async () => committed.push(await tell())));
    }
    return { committed, lines };
  }
}

export async function lineOf(id: string, tell: () => Promise<unknown>): Promise<ClaimLineResult> {
  try {
    await tell();
    return { claim: id, done: true };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { code, values } = error;
    const [zh, en] = [refusalSentence(code, values, 'zh'), refusalSentence(code, values, 'en')];
    return { claim: id, done: false, code, zh, en };
  }
}

export type Objecting = {
  readonly objection: string;
  readonly claim: string;
  readonly text: string;
  readonly name?: string;
  readonly contact?: string;
  readonly account?: string;
};

/** An objection 异议 of anybody, while the notice runs. Words and objector stand in the vault; nobody's event names him. */
export class RaiseObjection extends Command<Committed<ClaimEvent>> {
  constructor(
    readonly notice: string,
    readonly objecting: Objecting,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RaiseObjection)
export class RaiseObjectionHandler implements ICommandHandler<RaiseObjection> {
  constructor(
    private readonly streams: Streams,
    private readonly policies: ClaimPolicies,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  async execute({ notice, objecting, context }: RaiseObjection) {
    const { objection, claim: id, text, ...objector } = objecting;
    const { state } = await this.streams.load(claim, claimStream(id));
    if (state?.notice?.notice !== notice) throw new Refused('notice-unknown');
    const { terms } = await this.policies.policy(state.policy);
    const isNamed = objector.name !== undefined && objector.contact !== undefined;
    if (!terms.objections.acceptsAnonymous && !isNamed) throw new Refused('objector-unnamed', {}, 'name');
    const key = derivedId(context.commandId, context.commandHash);
    const subject = `objection:${objection}`;
    const words = { id: key, sha256: await this.vault.putText(CLAIM_TEXTS, key, text, { subject }) };
    const command = { type: 'RaiseObjection', objection, text: words, at: instantText(this.clock.now()) } as const;
    // Under the words' own key: another's objection under the same id must not be given a new name.
    await this.vault.put(OBJECTORS, key, objector, { subject });
    return this.streams.decide(claim, claimStream(id), command, context);
  }
}
