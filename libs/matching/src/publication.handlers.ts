import { CommandContext, Committed, Streams } from '@app/event-store';
import { canonicalHash, Clock, instantText, Refused } from '@app/kernel';
import { Command, CommandBus, CommandHandler, ICommandHandler } from '@nestjs/cqrs';
import { catalogue, RefusedItem } from './catalogue.decider';
import type { Catalogue, CatalogueKind } from './catalogue.decider';
import { catalogueStream, derivedContext, inBatches, TellCatalogue } from './catalogue.handlers';
import { listing } from './listing.decider';
import { ApproveListingProposal, ByPerson, listingStream, PublishListing, ToldListing } from './listing.handlers';
import { PublishPromotion, ToldPromotion } from './promotion.handlers';

/** What became of a catalogue's publication: items that stand, those that wait for a second person, the refused. */
export type Publication = {
  readonly committed: readonly Committed[];
  readonly published: readonly string[];
  readonly proposed: readonly string[];
  readonly refused: readonly RefusedItem[];
};

/** Starts a catalogue's publication and carries it through. */
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
    const finished = await this.commands.execute(new FinishPublication(id, person.account, context));
    return { ...finished, committed: [started, ...finished.committed] };
  }
}

/**
 * Carries a started publication through: each item that it has still to publish, by the item's own rules, and what came of
 * them to the catalogue. `context` is the one that started it, so that whoever goes on finds each step done or does it.
 */
export class FinishPublication extends Command<Publication> {
  constructor(
    readonly catalogue: string,
    readonly account: string,
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

  async execute({ catalogue: id, account, context }: FinishPublication): Promise<Publication> {
    const { kind, pending, owner: by } = await this.load(id);
    const results = await inBatches([...pending], (item) =>
      this.publish(kind, item, { by, account }, derivedContext(context, `publish ${item}`)),
    );
    const committed = results.flatMap((result) => result.committed ?? []);
    const published = results.filter(({ stands }) => stands).map(({ item }) => item);
    const refused = results.flatMap((result) => result.refused ?? []);
    // What is reported names the step: a publication that was gone on with later has more to report.
    const step = derivedContext(context, `report ${canonicalHash([published, refused])}`);
    const at = instantText(this.clock.now());
    const report = { type: 'ReportPublication', published, refused, at } as const;
    const reported = await this.commands.execute(new TellCatalogue(id, report, step));
    return { ...publicationOf(await this.load(id)), committed: [...committed, reported] };
  }

  private async load(id: string): Promise<NonNullable<Catalogue>> {
    const { state } = await this.streams.load(catalogue, catalogueStream(id));
    if (!state) throw new Refused('catalogue-unknown');
    return state;
  }

  private async publish(kind: CatalogueKind, item: string, person: ByPerson, context: CommandContext) {
    try {
      if (kind === 'promotion') {
        const committed = await this.commands.execute(new PublishPromotion(item, person.by, context));
        return { item, stands: true, committed };
      }
      const committed = await this.commands.execute(new PublishListing(item, person, context));
      const { state } = await this.streams.load(listing, listingStream(item));
      return { item, stands: state !== undefined && state.phase !== 'draft', committed };
    } catch (error) {
      // One refused item leaves the others done.
      if (!(error instanceof Refused)) throw error;
      const { code, values } = error;
      return { item, stands: false, refused: { item, code, ...(Object.keys(values).length > 0 && { values }) } };
    }
  }
}

/** Read from the catalogue, so that the same request again answers the same. */
const publicationOf = ({ items, pending, refused }: NonNullable<Catalogue>) => ({
  published: [...items].filter(([, stands]) => stands).map(([item]) => item),
  proposed: [...pending],
  refused: [...refused.values()],
});

export type Stood<Told = ToldListing> = { readonly told: Told; readonly committed: readonly Committed[] };

/** Publishes one listing or product by itself; the catalogue that it is a line of learns that it stands. */
export class StandInCatalogue<Told extends ToldListing | ToldPromotion = ToldListing> extends Command<Stood<Told>> {
  constructor(readonly act: Command<Told> & (PublishListing | ApproveListingProposal | PublishPromotion)) {
    super();
  }
}

@CommandHandler(StandInCatalogue)
export class StandInCatalogueHandler implements ICommandHandler<StandInCatalogue> {
  constructor(private readonly commands: CommandBus) {}

  async execute<Told extends ToldListing | ToldPromotion>({ act }: StandInCatalogue<Told>): Promise<Stood<Told>> {
    const told = await this.commands.execute<Told>(act);
    const committed: Committed[] = [told];
    for (const event of told.events) {
      if (event.type !== 'ListingPublished' && event.type !== 'PromotionPublished') continue;
      const { catalogue: id, at } = event.data;
      if (id === undefined) continue;
      const item = event.type === 'ListingPublished' ? event.data.listing : event.data.promotion;
      const report = { type: 'ReportPublication', published: [item], refused: [], at } as const;
      committed.push(await this.commands.execute(new TellCatalogue(id, report, derivedContext(act.context, 'stands'))));
    }
    return { told, committed };
  }
}
