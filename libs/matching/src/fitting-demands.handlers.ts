import { Clock, shanghaiDay } from '@app/kernel';
import { canonical } from '@app/search';
import { IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { Fit, fitOf } from './demand-fit.rules';
import { OpenDemand, OpenDemands } from './open-demands.view';
import { Promoted, PromotionsOf } from './promotions.view';
import type { Reader } from './visibility.rules';

export type FittingDemand = Fit & { readonly demand: OpenDemand; readonly promotion: Promoted };

/** Products and candidates looked at; whoever promotes more has its first ones matched. */
const MOST_PRODUCTS = 500;
const MOST_CANDIDATES = 5_000;

/** Open demands that a firm's published products fit, the best first; each with the product that fits it best. */
export class FittingDemands extends Query<FittingDemand[]> {
  constructor(readonly reader: Reader & { readonly firm: object }) {
    super();
  }
}

@QueryHandler(FittingDemands)
export class FittingDemandsHandler implements IQueryHandler<FittingDemands> {
  constructor(
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  async execute({ reader }: FittingDemands): Promise<FittingDemand[]> {
    const { registration, enterprise } = reader.firm;
    const made = await this.queries.execute(new PromotionsOf(registration, { status: 'published' }, MOST_PRODUCTS));
    if (made.length === 0) return [];
    const pieces = [...new Set(made.flatMap(({ terms }) => piecesOf(terms.product)))];
    const industries = [...new Set(made.map(({ industry }) => industry).filter(Boolean))];
    const resembling = { pieces, industries, notOf: enterprise };
    const { demands } = await this.queries.execute(
      new OpenDemands(reader, { resembling }, 'deadline', MOST_CANDIDATES),
    );
    const today = shanghaiDay(this.clock.now());
    return demands.flatMap((demand) => best(demand, made, today)).sort(bestFirst);
  }
}

/** Every two characters of a name: whatever is alike shares at least one of them. */
export function piecesOf(product: string): string[] {
  const name = canonical(product);
  if (name.length <= 2) return name === '' ? [] : [name];
  return Array.from({ length: name.length - 1 }, (_, at) => name.slice(at, at + 2));
}

function best(demand: OpenDemand, made: readonly Promoted[], today: string): FittingDemand[] {
  let found: FittingDemand | undefined;
  for (const promotion of made) {
    const fit = fitOf(promotion.terms, demand.terms, today);
    if (fit && fit.score > (found?.score ?? 0)) found = { ...fit, demand, promotion };
  }
  return found ? [found] : [];
}

const bestFirst = (one: FittingDemand, other: FittingDemand): number => {
  if (one.score !== other.score) return other.score - one.score;
  const [a, b] = [one.demand, other.demand].map(({ terms, listing }) => `${terms.quotingDeadline} ${listing}`);
  return a! < b! ? -1 : 1;
};
