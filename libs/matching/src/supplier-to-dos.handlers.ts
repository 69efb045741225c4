import type { Actor } from '@app/auth';
import { GivesToDos } from '@app/inbox';
import type { ToDo, ToDoSource } from '@app/inbox';
import { Clock, endOfDay, instantText } from '@app/kernel';
import { ReadModels } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { awardList, SharesOf } from './award-list.view';
import { CheckRow, Checks, checks } from './checks.view';
import { FittingDemands } from './fitting-demands.handlers';
import { listings, ListingsById } from './listings.view';
import { ListingsOfferedOn, MyOfferRow, myOffers } from './my-offers.view';
import { openDemands } from './open-demands.view';
import { promotions } from './promotions.view';
import { Readers } from './readers.handlers';
import { grouped } from './to-do-groups.rules';

const DAY = 86_400_000;
const MOST_SHARES = 1_000;
const MOST_CHECKS = 100;
/** Demands that close within this time, and at most so many: the rest stands on the page of fitting demands. */
const SOON = 3 * DAY;
const MOST_DEMANDS = 5;

/** What waits for an SME: awards with their term, second rounds, statements, and fitting demands that are about to close. */
@GivesToDos()
@Injectable()
export class SupplierToDos implements ToDoSource {
  readonly views = [awardList, myOffers, checks, openDemands, promotions, listings];

  constructor(
    private readonly queries: QueryBus,
    private readonly readModels: ReadModels,
    private readonly readers: Readers,
    private readonly clock: Clock,
  ) {}

  async toDos(actor: Actor): Promise<ToDo[]> {
    if (!actor.party) return [];
    const { registration } = actor.party;
    const found = await Promise.all([
      this.shares(registration),
      this.secondRounds(registration),
      this.statements(registration),
      this.demands(actor, registration),
    ]);
    return found.flat();
  }

  private async shares(registration: string): Promise<ToDo[]> {
    const wanted = { order: 'term', limit: MOST_SHARES } as const;
    const { rows } = await this.queries.execute(new SharesOf('supplier', registration, { state: 'offered' }, wanted));
    const byId = await this.queries.execute(new ListingsById(rows.map(({ listing }) => listing)));
    const nameOf = await this.readers.namesOf(rows.map(({ leadEnterprise }) => leadEnterprise));
    return grouped(
      rows.map(({ award, listing, leadEnterprise, acceptBy, awardedAt }) => ({
        kind: 'shares-to-accept',
        group: award,
        link: { award },
        subject: byId.get(listing)?.terms.product,
        firm: nameOf(leadEnterprise),
        due: acceptBy,
        since: awardedAt,
      })),
    );
  }

  /** Rounds that one was named for and has not answered; who stays silent keeps his price. */
  private async secondRounds(registration: string): Promise<ToDo[]> {
    const now = instantText(this.clock.now());
    const rows = await this.readModels.read(myOffers, (view) =>
      view.query<MyOfferRow[]>(
        `SELECT * FROM my_offer WHERE supplier = $1 AND state = 'standing' AND "secondRound"->>'state' = 'open'
           AND "secondRound"->>'deadline' > $2 AND NOT receipts @> '[{"round": 2}]'`,
        [registration, now],
      ),
    );
    const byId = await this.queries.execute(new ListingsById(rows.map(({ listing }) => listing)));
    const nameOf = await this.readers.namesOf([...byId.values()].map(({ lead }) => lead));
    return rows.map(({ offer, listing, secondRound }) => ({
      kind: 'second-round-to-answer',
      subject: byId.get(listing)?.terms.product,
      firm: nameOf(byId.get(listing)?.lead ?? ''),
      link: { listing, offer },
      due: secondRound?.deadline,
    }));
  }

  private async statements(registration: string): Promise<ToDo[]> {
    const wanted = { order: 'answer-by', limit: MOST_CHECKS } as const;
    const { rows } = await this.queries.execute(new Checks({ registration }, { state: 'open' }, wanted));
    return rows.flatMap((row) => {
      const side = row.leadRegistration === registration ? 'lead' : 'supplier';
      const asking = row.askings.find(({ sides }) => sides.includes(side));
      if (!asking || hasStatement(row, side)) return [];
      const due = asking.answerBy === undefined ? undefined : instantText(endOfDay(asking.answerBy));
      return [{ kind: 'statement-to-give', link: { match: row.match, check: row.check }, due, since: asking.at }];
    });
  }

  private async demands(actor: Actor, registration: string): Promise<ToDo[]> {
    const { firm, ...rest } = await this.readers.of(actor);
    if (!firm?.isConfirmed || actor.party?.innerRole === 'viewer') return [];
    const until = instantText(this.clock.now() + SOON);
    const [fitting, answered] = await Promise.all([
      this.queries.execute(new FittingDemands({ ...rest, firm })),
      this.queries.execute(new ListingsOfferedOn(registration)),
    ]);
    const known = new Set(answered);
    const closing = fitting.filter(({ demand }) => demand.terms.quotingDeadline <= until && !known.has(demand.listing));
    const shown = closing.slice(0, MOST_DEMANDS);
    const nameOf = await this.readers.namesOf(shown.map(({ demand }) => demand.lead));
    return shown.map(({ demand: { listing, lead, terms, publishedAt } }) => ({
      kind: 'demand-to-answer',
      subject: terms.product,
      firm: nameOf(lead),
      link: { listing },
      due: terms.quotingDeadline,
      since: publishedAt,
    }));
  }
}

export const hasStatement = ({ entries }: CheckRow, side: 'lead' | 'supplier'): boolean =>
  entries.some((entry) => entry.kind === 'statement' && entry.side === side);
