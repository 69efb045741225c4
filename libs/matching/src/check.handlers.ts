import { Attachments } from '@app/attachments';
import { Vault } from '@app/auth';
import { Streams } from '@app/event-store';
import type { CommandContext, Committed } from '@app/event-store';
import { Clock, instantText, Party, Refused } from '@app/kernel';
import { officeFor, StandingOf } from '@app/registry';
import { Command, CommandHandler, ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { listing } from './listing.decider';
import { listingStream } from './listing.handlers';
import { published } from './listing-state.rules';
import { matchOf } from './match-register.view';
import { match, MatchCommand, MatchEvent } from './match.decider';
import type { CheckFile, Officer } from './match.decider';

export const matchStream = (id: string): string => `match-${id}`;

type ToldMatch = Committed<MatchEvent>;

/** Vault entries that checks write: findings and statements may name people. */
export const CHECK_TEXTS = 'check-text';

/** Which pair of firms on which listing: what an officer names before any check has made the match's own stream. */
export type Pair = { readonly listing: string; readonly supplier: string };

/**
 * Opens a check 核查, for cause or because the match was drawn. The pair must have met: the supplier offered on the
 * listing. A county office checks matches in which one of the firms is registered in its area.
 */
export class OpenCheck extends Command<ToldMatch> {
  constructor(
    readonly pair: Pair,
    readonly check: string,
    readonly cause: string | Drawn,
    readonly by: Officer,
    readonly context: CommandContext,
  ) {
    super();
  }
}

export type Drawn = {
  readonly draw: string;
  readonly seed: string;
  readonly population: number;
  readonly populationHash: string;
};

@CommandHandler(OpenCheck)
export class OpenCheckHandler implements ICommandHandler<OpenCheck> {
  constructor(
    private readonly streams: Streams,
    private readonly queries: QueryBus,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  async execute({ pair, check, cause, by, context }: OpenCheck) {
    const { state } = await this.streams.load(listing, listingStream(pair.listing));
    const { lead, offers } = published(state);
    const supplier = [...offers.values()]
      .flatMap((offer): readonly Party[] =>
        offer.supplier.kind === 'enterprise' ? [offer.supplier] : offer.supplier.shares,
      )
      .find(({ registration }) => registration === pair.supplier);
    if (!supplier) throw new Refused('match-unknown');
    if (!(await isOver(this.queries, by, [lead, supplier]))) throw new Refused('match-unknown');
    const id = matchOf(pair.listing, supplier.registration);
    return this.streams.decide(
      match,
      matchStream(id),
      {
        type: 'OpenCheck',
        match: id,
        listing: pair.listing,
        lead,
        supplier: { enterprise: supplier.enterprise, registration: supplier.registration },
        check,
        cause:
          typeof cause === 'string'
            ? { kind: 'for-cause', text: await this.vault.commitText(CHECK_TEXTS, cause, context, `match:${id}`) }
            : { kind: 'drawn', ...cause },
        by,
        at: instantText(this.clock.now()),
      },
      context,
    );
  }
}

/** A match is a county office's where one of the firms is registered in its area. */
async function isOver(queries: QueryBus, { area }: Officer, firms: readonly Party[]): Promise<boolean> {
  if (area === undefined) return true;
  for (const { registration, enterprise } of firms) {
    const { facts } = await queries.execute(new StandingOf(registration, enterprise));
    if (facts.registeredAddress && officeFor(facts.registeredAddress.area) === area) return true;
  }
  return false;
}

/** What is added to a check that is open: words go to the vault, their commitment into the event. */
export type CheckEntry =
  | {
      readonly type: 'AskStatements';
      readonly sides: ('lead' | 'supplier')[];
      readonly text?: string;
      readonly answerBy?: string;
      readonly by: Officer;
    }
  | {
      readonly type: 'GiveStatement';
      readonly statement: string;
      readonly by: Party;
      readonly text: string;
      readonly attachments: readonly string[];
    }
  | {
      readonly type: 'AttachFinding';
      readonly finding: string;
      readonly by: Officer;
      readonly text: string;
      readonly attachments: readonly string[];
    }
  | {
      readonly type: 'ConcludeCheck';
      readonly result: Extract<MatchCommand, { type: 'ConcludeCheck' }>['result'];
      readonly by: Officer;
      readonly text: string;
    };

export class TellCheck extends Command<ToldMatch> {
  constructor(
    readonly match: string,
    readonly check: string,
    readonly entry: CheckEntry,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(TellCheck)
export class TellCheckHandler implements ICommandHandler<TellCheck> {
  constructor(
    private readonly streams: Streams,
    private readonly queries: QueryBus,
    private readonly vault: Vault,
    private readonly attachments: Attachments,
    private readonly clock: Clock,
  ) {}

  async execute({ match: id, check, entry, context }: TellCheck) {
    const { text, ...rest } = entry;
    if (entry.type !== 'GiveStatement') await this.checkOfficer(id, entry.by);
    const at = instantText(this.clock.now());
    const files = 'attachments' in entry ? { attachments: await this.filesOf(entry) } : {};
    // Before the decision, so that no event ever names words that are not there. What a refusal leaves is shown to nobody and
    // stays until what names people in this match is erased.
    const words =
      text === undefined ? {} : { text: await this.vault.commitText(CHECK_TEXTS, text, context, `match:${id}`) };
    const command = { ...rest, ...files, ...words, check, at } as unknown as MatchCommand;
    return this.streams.decide(match, matchStream(id), command, context);
  }

  private async checkOfficer(id: string, by: Officer): Promise<void> {
    const { state } = await this.streams.load(match, matchStream(id));
    if (!state || !(await isOver(this.queries, by, [state.lead, state.supplier]))) throw new Refused('check-unknown');
  }

  /** Files that the one who names them has uploaded: another's is none. */
  private async filesOf(entry: Extract<CheckEntry, { attachments: readonly string[] }>): Promise<CheckFile[]> {
    const found = await this.attachments.find(entry.attachments);
    return entry.attachments.map((id, index) => {
      const file = found.get(id);
      const isOwn =
        entry.type === 'GiveStatement'
          ? file?.registration === entry.by.registration
          : file?.account === entry.by.account;
      if (!file || !isOwn) throw new Refused('attachment-not-uploaded', {}, `attachments/${index}`);
      return { id, sha256: file.sha256 };
    });
  }
}
