import { countedAddress, Tries, Vault } from '@app/auth';
import type { Limit } from '@app/auth';
import { CommandContext, Committed, EventStore, Streams } from '@app/event-store';
import type { Recorded } from '@app/event-store';
import { addWorkingDays, Clock, derivedId, instantText, Refused, shanghaiDay } from '@app/kernel';
import { refusalSentence } from '@app/labels';
import { Injectable } from '@nestjs/common';
import { Command, CommandBus, CommandHandler, ICommandHandler } from '@nestjs/cqrs';
import { claim } from './claim.decider';
import type { ClaimLineResult } from './claim-forms.rules';
import { CLAIM_TEXTS, claimStream, TellClaimAsOfficer } from './claim-officer.handlers';
import { ClaimPolicies } from './claim-policies.handlers';
import type { ClaimEvent, ClaimOfficer } from './claim-story.rules';
import type { ObjectionAnswerView } from './notice-answer.rules';

/** Vault entries of those who object, under the key of their words: read by the auditor alone. */
export const OBJECTORS = 'claim-objector';

/** Each claim's figure is computed again; mostly that waits for the store. */
const CLAIMS_AT_ONCE = 8;
/** Machine milliseconds after which the rest of a list is left to another call. */
const LONGEST = 3_000;

/** Puts proposed claims on one public notice; each has its own result, and a refused one leaves the others standing. */
export class StartNotice extends Command<{ committed: Committed[]; lines: ClaimLineResult[] }> {
  constructor(
    readonly notice: string,
    readonly claims: readonly string[],
    readonly by: ClaimOfficer,
    readonly context: CommandContext,
    readonly document?: string,
  ) {
    super();
  }
}

@CommandHandler(StartNotice)
export class StartNoticeHandler implements ICommandHandler<StartNotice> {
  constructor(private readonly commands: CommandBus) {}

  async execute({ notice, claims, by, context, document }: StartNotice) {
    const act = { type: 'StartNotice', notice, by, ...(document !== undefined && { document }) } as const;
    const committed: Committed[] = [];
    const lines: ClaimLineResult[] = [];
    const end = performance.now() + LONGEST;
    for (let from = 0; from < claims.length; from += CLAIMS_AT_ONCE) {
      const isLate = performance.now() > end;
      const told = claims.slice(from, from + CLAIMS_AT_ONCE).map((id) => {
        const own = { ...context, commandId: derivedId(context.commandId, id) };
        const tell = () => this.commands.execute(new TellClaimAsOfficer(id, act, own));
        return lineOf(id, async () => {
          if (isLate) throw new Refused('notice-line-later');
          committed.push(await tell());
        });
      });
      lines.push(...(await Promise.all(told)));
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

/** Each objection waits for a decision of its own before its claim is approved: so many of one address, or account, a day. */
export const MOST_OBJECTIONS = 5;

/**
 * An objection 异议 of anybody, while the notice runs. Words and objector stand in the vault; nobody's event names him.
 * `address`: of the network, from which it came. Refuses `too-many-objections`.
 */
export class RaiseObjection extends Command<Committed<ClaimEvent>> {
  constructor(
    readonly notice: string,
    readonly objecting: Objecting,
    readonly context: CommandContext,
    readonly address: string,
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
    private readonly tries: Tries,
    private readonly clock: Clock,
  ) {}

  async execute({ notice, objecting, context, address }: RaiseObjection) {
    const { objection, claim: id, text, ...objector } = objecting;
    const { state } = await this.streams.load(claim, claimStream(id));
    if (state?.notice?.notice !== notice) throw new Refused('notice-unknown');
    const { terms } = await this.policies.policy(state.policy);
    const isNamed = objector.name !== undefined && objector.contact !== undefined;
    if (!terms.objections.acceptsAnonymous && !isNamed) throw new Refused('objector-unnamed', {}, 'name');
    const at = instantText(this.clock.now());
    // Anybody may try: what the claim refuses, or knows already, leaves no words behind.
    const unwritten = { type: 'RaiseObjection', objection, text: { id: '', sha256: '' }, at } as const;
    if (claim.decide(unwritten, state).length === 0) {
      return this.streams.decide(claim, claimStream(id), unwritten, context);
    }
    await this.count(notice, address, objector.account);
    const subject = `objection:${objection}`;
    const words = await this.vault.commitText(CLAIM_TEXTS, text, context, subject);
    const command = { type: 'RaiseObjection', objection, text: words, at } as const;
    // Under the words' own key: another's objection under the same id must not be given a new name.
    await this.vault.put(OBJECTORS, words.id, objector, { subject });
    return this.streams.decide(claim, claimStream(id), command, context);
  }

  private async count(notice: string, address: string, account: string | undefined): Promise<void> {
    const limits = [`address ${countedAddress(address)}`, ...(account === undefined ? [] : [`account ${account}`])].map(
      (from): Limit => ({ key: `objection ${notice} ${from}`, most: MOST_OBJECTIONS, minutes: 24 * 60 }),
    );
    try {
      await this.tries.take(...limits);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      throw new Refused('too-many-objections', { ...error.values, most: String(MOST_OBJECTIONS) });
    }
  }
}

/** What became of an objection. Its number was given to the objector alone; it opens the answer and no word of the objection. */
@Injectable()
export class NoticeAnswers {
  constructor(
    private readonly store: EventStore,
    private readonly policies: ClaimPolicies,
    private readonly vault: Vault,
  ) {}

  /** Refuses `objection-unknown`. */
  async of(notice: string, id: string, objection: string): Promise<ObjectionAnswerView> {
    const events: Recorded<ClaimEvent>[] = [];
    for await (const event of this.store.read(claimStream(id))) events.push(event as Recorded<ClaimEvent>);
    const { raised, decided, on } = told(events, objection);
    const state = events.reduce(claim.evolve, claim.initial);
    if (!state || !raised || on !== notice) throw new Refused('objection-unknown');
    const { terms } = await this.policies.policy(state.policy);
    const answer = decided && (await this.vault.getText(CLAIM_TEXTS, decided.text.id, decided.text.sha256));
    return {
      objection,
      state: decided?.result ?? 'open',
      raisedAt: raised.at,
      answerBy: addWorkingDays(shanghaiDay(raised.at), terms.objections.answerWorkingDays),
      ...(decided && { decidedAt: decided.at }),
      ...(answer !== undefined && { answer }),
    };
  }
}

type DataOf<T extends ClaimEvent['type']> = Extract<ClaimEvent, { type: T }>['data'];
type Answered = {
  readonly on?: string;
  readonly raised?: DataOf<'ObjectionRaised'>;
  readonly decided?: DataOf<'ObjectionDecided'>;
};

/** An objection, the notice on which it was raised, and the decision on it. */
function told(events: readonly Recorded<ClaimEvent>[], objection: string): Answered {
  let notice: string | undefined;
  let answered: Answered = {};
  for (const { type, data } of events) {
    if (type === 'NoticeStarted') notice = data.notice;
    if (type === 'ObjectionRaised' && data.objection === objection) answered = { on: notice, raised: data };
    if (type === 'ObjectionDecided' && data.objection === objection) answered = { ...answered, decided: data };
  }
  return answered;
}
