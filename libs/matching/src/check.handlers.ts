import { createHash } from 'node:crypto';
import { Attachments } from '@app/attachments';
import { Vault } from '@app/auth';
import { Streams } from '@app/event-store';
import type { CommandContext, Committed } from '@app/event-store';
import { canonicalHash, Clock, instantText, Party, Refused } from '@app/kernel';
import { officeFor, StandingOf } from '@app/registry';
import { Command, CommandHandler, ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { listing } from './listing.decider';
import { listingStream } from './listing.handlers';
import { published } from './listing-state.rules';
import type { AttachmentRef } from './listing-terms.rules';
import { matchOf } from './match-register.view';
import { match, MatchCommand, MatchEvent } from './match.decider';
import type { Commitment, Officer } from './match.decider';

export const matchStream = (id: string): string => `match-${id}`;

type ToldMatch = Committed<MatchEvent>;

/** Vault entries that checks write: findings and statements may name people. */
export const CHECK_TEXTS = 'check-text';

/** Which pair of firms on which listing: what an officer names before any check has made the match's own stream. */
export type Pair = { readonly listing: string; readonly supplier: string };

/**
 * Opens a check 核查 for cause. The pair must have met: the supplier offered on the listing. A county office checks
 * matches in which one of the firms is registered in its area.
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
    await this.checkArea(by, [lead, supplier]);
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
            ? { kind: 'for-cause', text: await committed(this.vault, `cause ${check}`, cause, id) }
            : { kind: 'drawn', ...cause },
        by,
        at: instantText(this.clock.now()),
      },
      context,
    );
  }

  private async checkArea({ area }: Officer, firms: readonly Party[]): Promise<void> {
    if (area === undefined) return;
    for (const { registration, enterprise } of firms) {
      const { facts } = await this.queries.execute(new StandingOf(registration, enterprise));
      if (facts.registeredAddress && officeFor(facts.registeredAddress.area) === area) return;
    }
    throw new Refused('match-unknown');
  }
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
    private readonly vault: Vault,
    private readonly attachments: Attachments,
    private readonly clock: Clock,
  ) {}

  async execute({ match: id, check, entry, context }: TellCheck) {
    const { text, ...rest } = entry;
    const at = instantText(this.clock.now());
    const files = 'attachments' in entry ? { attachments: await this.filesOf(entry) } : {};
    // Before the decision, so that no event ever names words that are not there; what a refusal leaves is swept with the match.
    const words = text === undefined ? {} : { text: await committed(this.vault, context.commandId, text, id) };
    const command = { ...rest, ...files, ...words, check, at } as unknown as MatchCommand;
    return this.streams.decide(match, matchStream(id), command, context);
  }

  /** Files that the one who names them has uploaded: another's is none. */
  private async filesOf(entry: Extract<CheckEntry, { attachments: readonly string[] }>): Promise<AttachmentRef[]> {
    const found = await this.attachments.find(entry.attachments);
    return entry.attachments.map((id, index) => {
      const file = found.get(id);
      const isOwn =
        entry.type === 'GiveStatement'
          ? file?.registration === entry.by.registration
          : file?.account === entry.by.account;
      if (!file || !isOwn) throw new Refused('attachment-not-uploaded', {}, `attachments/${index}`);
      return { id, sha256: file.sha256, name: file.name };
    });
  }
}

async function committed(vault: Vault, id: string, text: string, matchId: string): Promise<Commitment> {
  return { id, sha256: await vault.putText(CHECK_TEXTS, id, text, { subject: `match:${matchId}` }) };
}

/**
 * Draws from a list of matches by a seed: whoever has the seed and the list draws the same. Each match gets the SHA-256 of
 * seed and id as its lot, and the smallest lots are drawn.
 */
export function drawn(
  matches: readonly string[],
  seed: string,
  count: number,
): { chosen: string[]; populationHash: string } {
  const lots = [...new Set(matches)].map((id) => ({
    id,
    lot: createHash('sha256').update(`${seed}\n${id}`).digest('hex'),
  }));
  const chosen = lots
    .sort((a, b) => (a.lot < b.lot ? -1 : 1))
    .slice(0, count)
    .map(({ id }) => id);
  return { chosen, populationHash: canonicalHash([...new Set(matches)].sort()) };
}
