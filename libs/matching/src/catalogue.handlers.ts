import { CommandContext, Committed, Streams } from '@app/event-store';
import { Clock, derivedId, instantText, Party, Refused } from '@app/kernel';
import { Command, CommandBus, CommandHandler, ICommandHandler } from '@nestjs/cqrs';
import { catalogue, CatalogueCommand, CatalogueEvent, CatalogueTerms, RefusedItem } from './catalogue.decider';
import { listing } from './listing.decider';
import { ByPerson, listingStream, PublishListing } from './listing.handlers';
import { PublishPromotion } from './promotion.handlers';
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
  constructor(private readonly streams: Streams) {}

  async execute({ catalogue: id, by, lines, context }: AddLines) {
    const { state } = await this.streams.load(catalogue, catalogueStream(id));
    if (!state || state.kind !== 'demand') throw new Refused('catalogue-unknown');
    if (state.owner.registration !== by.registration) throw new Refused('not-your-catalogue');
    const drafted = await inBatches(lines, ({ listing: line, terms }) =>
      this.streams.decide(
        listing,
        listingStream(line),
        { type: 'DraftListing', listing: line, kind: 'purchase', by, terms, catalogue: id },
        derivedContext(context, line),
      ),
    );
    const entered: Committed[] = [];
    for (let at = 0; at < lines.length; at += ITEMS_AT_ONCE) {
      const items = lines.slice(at, at + ITEMS_AT_ONCE).map((line) => line.listing);
      const step = derivedContext(context, `items-${at}`);
      const command = { type: 'AddToCatalogue', by, items } as const;
      entered.push(await this.streams.decide(catalogue, catalogueStream(id), command, step));
    }
    return [...drafted, ...entered];
  }
}

/** The number of items that one event of a catalogue holds at most. */
const ITEMS_AT_ONCE = 1_000;

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
    const lines = [...state.items.keys()];
    const copies = await inBatches(lines, async (line) => {
      const { state: original } = await this.streams.load(listing, listingStream(line));
      if (!original) return [];
      const copy = derivedId('copied-listing', id, line);
      const { quotingDeadline: _past, deliverBy: _then, ...kept } = original.terms;
      const command = { type: 'DraftListing', listing: copy, kind: 'purchase', by, terms: kept } as const;
      return [
        await this.streams.decide(
          listing,
          listingStream(copy),
          { ...command, catalogue: id, copiedFrom: line },
          derivedContext(context, copy),
        ),
      ];
    });
    const items = lines.map((line) => derivedId('copied-listing', id, line));
    const entered: Committed[] = [];
    for (let at = 0; at < items.length; at += ITEMS_AT_ONCE) {
      const command = { type: 'AddToCatalogue', by, items: items.slice(at, at + ITEMS_AT_ONCE) } as const;
      const step = derivedContext(context, `items-${at}`);
      entered.push(await this.streams.decide(catalogue, catalogueStream(id), command, step));
    }
    return [opened, ...copies.flat(), ...entered];
  }
}

/** What became of the lines when a catalogue was published: those that stand, those that wait for a second person, the refused. */
export type Publication = {
  readonly committed: readonly Committed[];
  readonly published: readonly string[];
  readonly proposed: readonly string[];
  readonly refused: readonly RefusedItem[];
};

/** Starts a catalogue's publication and carries it through; a process does so too, for what a crash leaves half done. */
export class PublishCatalogue extends Command<Publication> {
  constructor(
    readonly catalogue: string,
    readonly person: ByPerson,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(PublishCatalogue)
export class PublishCatalogueHandler implements ICommandHandler<PublishCatalogue> {
  constructor(
    private readonly streams: Streams,
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  async execute({ catalogue: id, person, context }: PublishCatalogue) {
    const at = instantText(this.clock.now());
    const command = { type: 'PublishCatalogue', by: person.by, at } as const;
    const started = await this.streams.decide(catalogue, catalogueStream(id), command, context);
    const finished = await this.commands.execute(new FinishPublication(id, person, derivedContext(context, 'finish')));
    return { ...finished, committed: [started, ...finished.committed] };
  }
}

/** Publishes each item that does not stand yet by its own rules, and reports to the catalogue what came of it. */
export class FinishPublication extends Command<Publication> {
  constructor(
    readonly catalogue: string,
    readonly person: ByPerson,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(FinishPublication)
export class FinishPublicationHandler implements ICommandHandler<FinishPublication> {
  constructor(
    private readonly streams: Streams,
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  async execute({ catalogue: id, person, context }: FinishPublication): Promise<Publication> {
    const { state } = await this.streams.load(catalogue, catalogueStream(id));
    if (!state) throw new Refused('catalogue-unknown');
    const open = [...state.items].filter(([, stands]) => !stands).map(([item]) => item);
    const results = await inBatches(open, (item) =>
      this.publish(state.kind, item, person, derivedContext(context, item)),
    );
    const published = results.filter(({ stands }) => stands).map(({ item }) => item);
    const refused = results.flatMap(({ item, code }) => (code ? [{ item, code }] : []));
    const reported = await this.streams.decide(
      catalogue,
      catalogueStream(id),
      { type: 'ReportPublication', published, refused, at: instantText(this.clock.now()) },
      derivedContext(context, 'report'),
    );
    return {
      published,
      refused,
      proposed: results.filter(({ stands, code }) => !stands && !code).map(({ item }) => item),
      committed: [...results.flatMap(({ committed }) => committed ?? []), reported],
    };
  }

  private async publish(kind: 'demand' | 'promotion', item: string, person: ByPerson, context: CommandContext) {
    try {
      if (kind === 'promotion') {
        const committed = await this.commands.execute(new PublishPromotion(item, person.by, context));
        return { item, stands: true, committed };
      }
      const committed = await this.commands.execute(new PublishListing(item, person, context));
      const { state } = await this.streams.load(listing, listingStream(item));
      return { item, stands: state !== undefined && state.phase !== 'draft', committed };
    } catch (error) {
      // One refused line leaves the others done.
      if (error instanceof Refused) return { item, stands: false, code: error.code };
      throw error;
    }
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
