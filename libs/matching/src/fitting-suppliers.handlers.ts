import { Clock, Refused, shanghaiDay } from '@app/kernel';
import { ReadModels } from '@app/projections';
import { EnterpriseCards } from '@app/registry';
import { IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { Fit, fitOf, Wanted } from './demand-fit.rules';
import { piecesOf } from './fitting-demands.handlers';
import type { ListingTerms } from './listing-terms.rules';
import { Promoted, promotions } from './promotions.view';

/** A confirmed SME and the product of its own that fits best. */
export type FittingSupplier = Fit & {
  readonly enterprise: string;
  readonly name: string;
  readonly promotion: string;
  readonly product: string;
};

export type Wish = { readonly listing: string; readonly lead: string; readonly terms: ListingTerms };

/** Products looked at for one listing: beyond them nobody would read on. */
const MOST_PRODUCTS = 2_000;

/** What of a listing's terms tells whom it fits. */
const NEEDED = [
  'unit',
  'quantity',
  'deliveryPlace',
  'deliverBy',
  'partsAccepted',
] as const satisfies (keyof ListingTerms)[];

/**
 * Of each listing the confirmed SMEs whose published products fit it by the same rule that shows them the demand, the best
 * first; of a listing for invited firms only those. Refused `terms-missing` for a draft that does not say enough.
 */
export class FittingSuppliers extends Query<ReadonlyMap<string, FittingSupplier[]>> {
  constructor(readonly wishes: readonly Wish[]) {
    super();
  }
}

@QueryHandler(FittingSuppliers)
export class FittingSuppliersHandler implements IQueryHandler<FittingSuppliers> {
  constructor(
    private readonly queries: QueryBus,
    private readonly readModels: ReadModels,
    private readonly clock: Clock,
  ) {}

  async execute({ wishes }: FittingSuppliers): Promise<ReadonlyMap<string, FittingSupplier[]>> {
    const today = shanghaiDay(this.clock.now());
    const found = new Map<string, FittingSupplier[]>();
    for (const wish of wishes) {
      const wanted = wantedIn(wish.terms);
      const made = await this.resembling(wish.lead, wanted);
      found.set(wish.listing, await this.confirmed(bestOf(made, wish.terms, wanted, today)));
    }
    return found;
  }

  private resembling(lead: string, { product, industry }: Wanted): Promise<Promoted[]> {
    const pieces = piecesOf(product).map((piece) => `%${piece.replace(/[\\%_]/g, '\\$&')}%`);
    return this.readModels.read(promotions, (rows) =>
      rows.query<Promoted[]>(
        `SELECT promotion, owner, enterprise, terms FROM promotion
         WHERE status = 'published' AND enterprise <> $1
           AND ("searchText" LIKE ANY($2::text[]) OR $3 <> '' AND industry = $3)
         ORDER BY promotion LIMIT ${MOST_PRODUCTS}`,
        [lead, pieces, industry ?? ''],
      ),
    );
  }

  private async confirmed(fits: readonly Omit<FittingSupplier, 'name'>[]): Promise<FittingSupplier[]> {
    if (fits.length === 0) return [];
    const cards = await this.queries.execute(new EnterpriseCards(fits.map(({ enterprise }) => enterprise)));
    return fits.flatMap((fit) => {
      const card = cards.get(fit.enterprise);
      return card?.state === 'confirmed' ? [{ ...fit, name: card.name }] : [];
    });
  }
}

function wantedIn(terms: ListingTerms): Wanted {
  const missing = NEEDED.filter((field) => terms[field] === undefined);
  if (missing.length > 0) throw new Refused('terms-missing', { fields: missing.join(', ') }, `terms/${missing[0]}`);
  return terms as Wanted;
}

function bestOf(made: readonly Promoted[], { visibility }: ListingTerms, wanted: Wanted, today: string) {
  const invited = visibility?.class === 'invited' ? new Set(visibility.invited) : undefined;
  const best = new Map<string, Omit<FittingSupplier, 'name'>>();
  for (const { promotion, enterprise, terms } of made) {
    if (invited && !invited.has(enterprise)) continue;
    const fit = fitOf(terms, wanted, today);
    if (!fit || fit.score <= (best.get(enterprise)?.score ?? 0)) continue;
    best.set(enterprise, { ...fit, enterprise, promotion, product: terms.product });
  }
  return [...best.values()].sort((a, b) => b.score - a.score || (a.enterprise < b.enterprise ? -1 : 1));
}
