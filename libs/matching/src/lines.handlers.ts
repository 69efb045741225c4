import { CommandContext, Committed, Streams } from '@app/event-store';
import { Clock, instantText, Party, Refused } from '@app/kernel';
import { refusalSentence } from '@app/labels';
import { Command, CommandBus, CommandHandler, ICommandHandler } from '@nestjs/cqrs';
import { catalogue } from './catalogue.decider';
import { catalogueStream, derivedContext, inBatches } from './catalogue.handlers';
import { listing } from './listing.decider';
import {
  ApproveListingProposal,
  AwardShares,
  ByPerson,
  listingStream,
  TellListingAsParty,
  WriteDraft,
} from './listing.handlers';
import { Receipt, SubmitOffer } from './offering.handlers';
import { StandInCatalogue } from './publication.handlers';
import type { NotChosen, ShareAsked } from './listing-story.rules';
import type { CommonTerms, OfferTerms } from './listing-terms.rules';

// People work by the catalogue, rules hold by the listing: one request, a command to each listing, a result for each line.

/** What became of one line. A failed line leaves the others done, and the same request again does only what is missing. */
export type LineResult<Done extends object = object> = { readonly listing: string } & (
  | ({ readonly result: 'done' } & Done)
  | {
      readonly result: 'refused';
      readonly code: string;
      readonly field?: string;
      readonly zh: string;
      readonly en: string;
    }
);

export type Lines<Done extends object = object> = {
  readonly committed: readonly Committed[];
  readonly lines: readonly LineResult<Done>[];
};

export type OfferLine = { readonly listing: string; readonly offer: string; readonly terms: OfferTerms };

/** One SME's offers on many listings. */
export class OfferOnLines extends Command<Lines<Receipt>> {
  constructor(
    readonly by: Party,
    readonly lines: readonly OfferLine[],
    readonly receivedAt: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(OfferOnLines)
export class OfferOnLinesHandler implements ICommandHandler<OfferOnLines> {
  constructor(private readonly commands: CommandBus) {}

  execute({ by, lines, receivedAt, context }: OfferOnLines) {
    return byLine(lines, async ({ listing, offer, terms }) => {
      const step = derivedContext(context, listing);
      const { committed, receipt } = await this.commands.execute(
        new SubmitOffer(listing, offer, by, terms, receivedAt, step),
      );
      return { committed, done: receipt };
    });
  }
}

export type AwardLine = {
  readonly listing: string;
  readonly shares: readonly ShareAsked[];
  readonly notChosen: readonly NotChosen[];
};

/** A lead's awards on many listings, as one act: orders are made by its id. */
export class AwardLines extends Command<Lines<{ proposed: boolean }>> {
  constructor(
    readonly person: ByPerson,
    readonly award: string,
    readonly lines: readonly AwardLine[],
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(AwardLines)
export class AwardLinesHandler implements ICommandHandler<AwardLines> {
  constructor(private readonly commands: CommandBus) {}

  execute({ person, award, lines, context }: AwardLines) {
    return byLine(lines, async ({ listing, shares, notChosen }) => {
      const step = derivedContext(context, listing);
      const committed = await this.commands.execute(new AwardShares(listing, person, award, shares, notChosen, step));
      return { committed, done: { proposed: committed.events.some(({ type }) => type === 'ListingActProposed') } };
    });
  }
}

/** An SME's acceptance of its shares on many listings. */
export class AcceptLines extends Command<Lines> {
  constructor(
    readonly by: Party,
    readonly lines: readonly { readonly listing: string; readonly shares: readonly string[] }[],
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(AcceptLines)
export class AcceptLinesHandler implements ICommandHandler<AcceptLines> {
  constructor(
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  execute({ by, lines, context }: AcceptLines) {
    const at = instantText(this.clock.now());
    return byLine(lines, async ({ listing, shares }) => {
      const command = { type: 'AcceptShares', by, shares: [...shares], at } as const;
      const step = derivedContext(context, listing);
      return { committed: await this.commands.execute(new TellListingAsParty(listing, command, step)), done: {} };
    });
  }
}

/** A second person's approval of what a first one proposed on many listings. */
export class ApproveLines extends Command<Lines> {
  constructor(
    readonly person: ByPerson,
    readonly lines: readonly { readonly listing: string; readonly proposal: string }[],
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ApproveLines)
export class ApproveLinesHandler implements ICommandHandler<ApproveLines> {
  constructor(private readonly commands: CommandBus) {}

  execute({ person, lines, context }: ApproveLines) {
    return byLine(lines, async ({ listing, proposal }) => {
      const approve = new ApproveListingProposal(listing, person, proposal, derivedContext(context, listing));
      const { committed } = await this.commands.execute(new StandInCatalogue(approve));
      return { committed, done: {} };
    });
  }
}

/** The same terms for many drafts of a catalogue, each line keeping what is its own. `items` left out: every draft. */
export class ChangeLines extends Command<Lines> {
  constructor(
    readonly catalogue: string,
    readonly by: Party,
    readonly terms: CommonTerms,
    readonly items: readonly string[] | undefined,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ChangeLines)
export class ChangeLinesHandler implements ICommandHandler<ChangeLines> {
  constructor(
    private readonly streams: Streams,
    private readonly commands: CommandBus,
  ) {}

  async execute({ catalogue: id, by, terms, items, context }: ChangeLines) {
    const { state } = await this.streams.load(catalogue, catalogueStream(id));
    if (state?.owner.registration !== by.registration || state.kind !== 'demand') {
      throw new Refused(state?.isKnown ? 'not-your-catalogue' : 'catalogue-unknown');
    }
    const drafts = [...state.items].filter(([, stands]) => !stands).map(([item]) => item);
    const asked = (items ?? drafts).map((item) => ({ listing: item }));
    return byLine(asked, async ({ listing: line }) => {
      if (!state.items.has(line)) throw new Refused('listing-unknown');
      const { state: draft } = await this.streams.load(listing, listingStream(line));
      if (!draft) throw new Refused('listing-unknown');
      const command = { type: 'ChangeDraft', by, terms: { ...draft.terms, ...terms } } as const;
      const step = derivedContext(context, line);
      return { committed: await this.commands.execute(new WriteDraft(line, command, step)), done: {} };
    });
  }
}

/** Takes lines out that are not published, and discards their drafts: what stands in no catalogue would be found by nobody. */
export class RemoveLines extends Command<Committed[]> {
  constructor(
    readonly catalogue: string,
    readonly by: Party,
    readonly items: readonly string[],
    readonly at: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RemoveLines)
export class RemoveLinesHandler implements ICommandHandler<RemoveLines> {
  constructor(private readonly streams: Streams) {}

  async execute({ catalogue: id, by, items, at, context }: RemoveLines) {
    const { state } = await this.streams.load(catalogue, catalogueStream(id));
    const remove = { type: 'RemoveFromCatalogue', by, items } as const;
    const removed = await this.streams.decide(catalogue, catalogueStream(id), remove, context);
    // Products of an SME stay: they stand in its own list too.
    if (state?.kind !== 'demand') return [removed];
    const discarded = await inBatches(items, async (line): Promise<Committed[]> => {
      const { state: draft } = await this.streams.load(listing, listingStream(line));
      if (draft?.phase !== 'draft' || draft.lead.registration !== by.registration) return [];
      if (draft.drafted.catalogue !== id) return [];
      const discard = { type: 'DiscardDraft', by, at } as const;
      return [await this.streams.decide(listing, listingStream(line), discard, derivedContext(context, line))];
    });
    return [removed, ...discarded.flat()];
  }
}

async function byLine<L extends { readonly listing: string }, Done extends object>(
  lines: readonly L[],
  tell: (line: L) => Promise<{ readonly committed: Committed | readonly Committed[]; readonly done: Done }>,
): Promise<Lines<Done>> {
  if (new Set(lines.map(({ listing }) => listing)).size < lines.length) throw new Refused('line-twice', {}, 'lines');
  type Told = { readonly committed: Committed | readonly Committed[]; readonly line: LineResult<Done> };
  const told = await inBatches(lines, async (line): Promise<Told> => {
    const { listing } = line;
    try {
      const { committed, done } = await tell(line);
      return { committed, line: { listing, result: 'done', ...done } };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { code, values, field } = error;
      const sentence = (language: 'zh' | 'en') => refusalSentence(code, values, language);
      return {
        committed: [],
        line: { listing, result: 'refused', code, field, zh: sentence('zh'), en: sentence('en') },
      };
    }
  });
  return {
    committed: told.flatMap(({ committed }) => committed),
    lines: told.map(({ line }) => line),
  };
}
