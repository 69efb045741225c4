import { CommandContext, Committed, Streams } from '@app/event-store';
import { derivedId, Party, Refused } from '@app/kernel';
import { Command, CommandHandler, ICommandHandler } from '@nestjs/cqrs';
import { catalogue, CatalogueCommand, CatalogueEvent, CatalogueTerms } from './catalogue.decider';
import { listing } from './listing.decider';
import { listingStream } from './listing.handlers';
import { ListingFiles } from './listing-files.handlers';
import type { ListingTerms } from './listing-terms.rules';

export const catalogueStream = (id: string): string => `catalogue-${id}`;

export type ToldCatalogue = Committed<CatalogueEvent>;

/** Any command to one catalogue. */
export class TellCatalogue extends Command<ToldCatalogue> {
  constructor(
    readonly catalogue: string,
    readonly command: CatalogueCommand,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(TellCatalogue)
export class TellCatalogueHandler implements ICommandHandler<TellCatalogue> {
  constructor(private readonly streams: Streams) {}

  execute({ catalogue: id, command, context }: TellCatalogue) {
    return this.streams.decide(catalogue, catalogueStream(id), command, context);
  }
}

export type DraftedLine = { readonly listing: string; readonly terms: ListingTerms };

/** Drafts listings and enters them into their catalogue: the drafts first, so that a catalogue never names what is not there. */
export class AddLines extends Command<Committed[]> {
  constructor(
    readonly catalogue: string,
    readonly by: Party,
    readonly lines: readonly DraftedLine[],
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(AddLines)
export class AddLinesHandler implements ICommandHandler<AddLines> {
  constructor(
    private readonly streams: Streams,
    private readonly files: ListingFiles,
  ) {}

  async execute({ catalogue: id, by, lines, context }: AddLines) {
    const chunks: EnterItems[] = [];
    for (let at = 0; at < lines.length; at += ITEMS_AT_ONCE) {
      const items = lines.slice(at, at + ITEMS_AT_ONCE).map((line) => line.listing);
      chunks.push({ type: 'AddToCatalogue', by, kind: 'demand', items });
    }
    await checkEntering(this.streams, id, chunks);
    await this.files.check(by, ...lines.map(({ terms }, index) => ({ terms, field: `lines/${index}/terms` })));
    const drafted = await inBatches(lines, ({ listing: line, terms }) =>
      this.streams.decide(
        listing,
        listingStream(line),
        { type: 'DraftListing', listing: line, kind: 'purchase', by, terms, catalogue: id },
        derivedContext(context, line),
      ),
    );
    const entered: Committed[] = [];
    for (const [index, enter] of chunks.entries()) {
      const step = derivedContext(context, `items-${index * ITEMS_AT_ONCE}`);
      entered.push(await this.streams.decide(catalogue, catalogueStream(id), enter, step));
    }
    return [...drafted, ...entered];
  }
}

/** The number of items that one event of a catalogue holds at most. */
const ITEMS_AT_ONCE = 1_000;

type EnterItems = Extract<CatalogueCommand, { type: 'AddToCatalogue' }>;

/**
 * Before anything is drafted for a catalogue: a draft that it does not take would stand nowhere. Items that are in were
 * entered by an earlier try of the same command, whose answer does not change with what became of the catalogue since.
 */
export async function checkEntering(streams: Streams, id: string, chunks: readonly EnterItems[]): Promise<void> {
  let { state } = await streams.load(catalogue, catalogueStream(id));
  for (const enter of chunks) {
    if (state?.owner.registration === enter.by.registration && enter.items.every((item) => state!.items.has(item)))
      continue;
    state = catalogue.decide(enter, state).reduce(catalogue.evolve, state);
  }
}

/** A period's catalogue anew for another period: the same lines as drafts, each with a deadline and date still to be set. */
export class CopyCatalogue extends Command<Committed[]> {
  constructor(
    readonly source: string,
    readonly catalogue: string,
    readonly by: Party,
    readonly terms: CatalogueTerms,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(CopyCatalogue)
export class CopyCatalogueHandler implements ICommandHandler<CopyCatalogue> {
  constructor(private readonly streams: Streams) {}

  async execute({ source, catalogue: id, by, terms, context }: CopyCatalogue) {
    const { state } = await this.streams.load(catalogue, catalogueStream(source));
    if (state?.owner.registration !== by.registration || state.kind !== 'demand')
      throw new Refused('catalogue-unknown');
    const opened = await this.streams.decide(
      catalogue,
      catalogueStream(id),
      { type: 'OpenCatalogue', catalogue: id, kind: 'demand', by, terms, copiedFrom: source },
      context,
    );
    const copies = await inBatches([...state.items.keys()], async (line) => {
      const { state: original } = await this.streams.load(listing, listingStream(line));
      // What was taken back is no line of the period any more; what took its place is one by itself.
      if (!original || original.phase === 'discarded' || original.phase === 'cancelled') return [];
      const copy = derivedId('copied-listing', id, line);
      const { quotingDeadline: _past, deliverBy: _then, ...kept } = original.terms;
      const command = { type: 'DraftListing', listing: copy, kind: 'purchase', by, terms: kept } as const;
      const drafted: Committed = await this.streams.decide(
        listing,
        listingStream(copy),
        { ...command, catalogue: id, copiedFrom: line },
        derivedContext(context, copy),
      );
      return [{ copy, drafted }];
    });
    const items = copies.flat().map(({ copy }) => copy);
    const entered: Committed[] = [];
    for (let at = 0; at < items.length; at += ITEMS_AT_ONCE) {
      const command = {
        type: 'AddToCatalogue',
        by,
        kind: 'demand',
        items: items.slice(at, at + ITEMS_AT_ONCE),
      } as const;
      const step = derivedContext(context, `items-${at}`);
      entered.push(await this.streams.decide(catalogue, catalogueStream(id), command, step));
    }
    return [opened, ...copies.flat().map(({ drafted }) => drafted), ...entered];
  }
}

/** One step of a command over several streams: its own id, so that a retry finds each step done or does it. */
export const derivedContext = (context: CommandContext, step: string): CommandContext => ({
  ...context,
  commandId: derivedId(context.commandId, step),
});

/** Streams are independent, but a thousand at once would only queue in the store. */
const AT_ONCE = 16;

export async function inBatches<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(work))));
  }
  return results;
}
