import { EventStore, StoreUnavailable } from '@app/event-store';
import type { CommandContext, Position, Recorded } from '@app/event-store';
import { Clock, instantText, instantTime } from '@app/kernel';
import { ReadModels } from '@app/projections';
import type { ListPlace, Planned, Process } from '@app/projections';
import type { EnterpriseEvent } from '@app/registry';
import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { CataloguesOf, catalogues } from './catalogues.view';
import { derivedContext, inBatches, TellCatalogue } from './catalogue.handlers';
import { TellListing } from './listing.handlers';
import { listings, ListingsConcerning } from './listings.view';
import { TellPromotion } from './promotion.handlers';
import { promotions, PromotionsOf } from './promotions.view';

type Task = { readonly enterprise: string; readonly replaced: string };

/** A command that had asked for the holder's standing just before it was replaced is recorded by then, or never. */
const STRAGGLERS = 60_000;
const PATIENCE = 5_000;
const AT_ONCE = 200;

/**
 * When the registry finds that a code was held by the wrong registration, what that one did here becomes void, visibly:
 * its listings, offers, shares, catalogues and products.
 */
@Injectable()
export class VoidingProcess implements Process<EnterpriseEvent, Task> {
  readonly name = 'voiding';
  readonly filter = { categories: ['enterprise'], types: ['HolderReplaced'] };

  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly readModels: ReadModels,
    private readonly store: EventStore,
    private readonly clock: Clock,
  ) {}

  react(event: Recorded<EnterpriseEvent>): Planned<Task>[] {
    if (event.type !== 'HolderReplaced') return [];
    const task = { enterprise: event.stream.slice('enterprise-'.length), replaced: event.data.replaced };
    const again = instantText(instantTime(event.metadata.recordedAt) + STRAGGLERS);
    return [
      { do: `void ${task.replaced}`, task },
      { do: `void-again ${task.replaced}`, at: again, task },
    ];
  }

  async perform({ enterprise, replaced }: Task, context: CommandContext): Promise<unknown> {
    await this.viewsReached(await this.positionOf(enterprise, context.causationId));
    const command = { type: 'VoidRegistration', registration: replaced, at: instantText(this.clock.now()) } as const;
    const step = (id: string) => derivedContext(context, id);
    const concerned = await this.queries.execute(new ListingsConcerning(replaced));
    await inBatches(concerned, (id) => this.commands.execute(new TellListing(id, command, step(id))));
    const own = await this.ownCatalogues(replaced);
    await inBatches(own, (id) => this.commands.execute(new TellCatalogue(id, command, step(id))));
    const products = await this.ownPromotions(replaced);
    await inBatches(products, (id) => this.commands.execute(new TellPromotion(id, command, step(id))));
    return concerned.length + own.length + products.length;
  }

  /** By its id and not from the task: a position belongs to the store that it was read from. */
  private async positionOf(enterprise: string, event: string): Promise<Position> {
    for await (const recorded of this.store.read(`enterprise-${enterprise}`, { direction: 'backwards' })) {
      if (recorded.id === event) return recorded.position;
    }
    throw new StoreUnavailable('the event that this answers cannot be read');
  }

  /** Whatever the registration did before it was replaced is in the views from there on. */
  private async viewsReached(position: Position): Promise<void> {
    for (const view of [listings, catalogues, promotions]) {
      if (!(await this.readModels.reached(view, position, PATIENCE)))
        throw new StoreUnavailable(`${view.name} is behind`);
    }
  }

  private async ownCatalogues(registration: string): Promise<string[]> {
    const found: string[] = [];
    for (let after: ListPlace | undefined; ;) {
      const wanted = { order: 'period', limit: AT_ONCE, ...(after && { after }) } as const;
      const { rows, next } = await this.queries.execute(new CataloguesOf(registration, {}, wanted));
      found.push(...rows.map((row) => row.catalogue));
      if (!next) return found;
      after = next;
    }
  }

  private async ownPromotions(registration: string): Promise<string[]> {
    const found: string[] = [];
    for (;;) {
      const rows = await this.queries.execute(new PromotionsOf(registration, {}, AT_ONCE, found.at(-1)));
      found.push(...rows.map((row) => row.promotion));
      if (rows.length < AT_ONCE) return found;
    }
  }
}
