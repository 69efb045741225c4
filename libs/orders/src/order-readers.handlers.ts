import type { Actor } from '@app/auth';
import { Clock, Refused, shanghaiDay } from '@app/kernel';
import { Readers } from '@app/matching';
import { EnterprisesNamed } from '@app/registry';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { ActingReader } from './order-figures.rules';
import type { OrderRow, OrdersOf } from './order-row.view';
import { OrderById } from './orders.view';

/** Firms looked for by a name: more of them are looked for by a longer one. */
const MOST_FIRMS_NAMED = 500;

/** Who asks for orders, and which are his to see: the two firms', their counties' offices', the city's and the auditor's. */
@Injectable()
export class OrderReaders {
  constructor(
    private readonly queries: QueryBus,
    private readonly readers: Readers,
    private readonly clock: Clock,
  ) {}

  get today(): string {
    return shanghaiDay(this.clock.now());
  }

  /**
   * Refuses `not-allowed` to whoever is neither a firm nor an office over firms. The city's offices may ask for one `area`:
   * orders with a firm registered there; to a county office any area but its own is refused `not-allowed-in-area`.
   */
  async whose(actor: Actor, area?: string): Promise<OrdersOf> {
    const whose = await this.seenBy(actor);
    if (!whose || (area !== undefined && 'registration' in whose)) throw new Refused('not-allowed');
    if (area === undefined || area === actor.area) return whose;
    if ('among' in whose) throw new Refused('not-allowed-in-area');
    return { among: await this.readers.enterprisesIn(area) };
  }

  async seenBy(actor: Actor | undefined): Promise<OrdersOf | undefined> {
    if (!actor) return undefined;
    const office = await this.readers.officeOf(actor);
    if (office === 'city') return {};
    if (office) return { among: office };
    return actor.party && { registration: actor.party.registration };
  }

  /** Refuses `order-unknown`, also where it is another's. */
  async seen(order: string, actor: Actor): Promise<OrderRow> {
    const row = await this.queries.execute(new OrderById(await this.whose(actor), order));
    if (!row) throw new Refused('order-unknown');
    return row;
  }

  async named(words: string | undefined): Promise<{ text: string; firms: string[] } | undefined> {
    if (words === undefined) return undefined;
    const { cards } = await this.queries.execute(new EnterprisesNamed(words, {}, MOST_FIRMS_NAMED));
    return { text: words, firms: cards.map(({ enterprise }) => enterprise) };
  }
}

/** Which of the two firms the reader acts for. */
export function sideOf(
  row: Pick<OrderRow, 'leadRegistration' | 'supplierRegistration'>,
  { party }: Actor,
): 'lead' | 'supplier' | undefined {
  if (party?.registration === row.leadRegistration) return 'lead';
  return party?.registration === row.supplierRegistration ? 'supplier' : undefined;
}

export function actingAs(row: OrderRow, actor: Actor): ActingReader {
  if (actor.roles.includes('county-officer') || actor.roles.includes('city-officer')) return 'office';
  return (actor.party?.innerRole !== 'viewer' && sideOf(row, actor)) || 'reader';
}
