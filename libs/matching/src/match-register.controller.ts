import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { EventStore } from '@app/event-store';
import type { Recorded } from '@app/event-store';
import { After, listWanted, Page, PageAnswer, PageQuery, WaitsFor } from '@app/http';
import type { Keyset } from '@app/http';
import {
  AreaCode,
  CalendarDate,
  endOfDay,
  instantText,
  OneOf,
  Refused,
  startOfDay,
  Text,
  Uscc,
  Uuid,
} from '@app/kernel';
import { orderNames } from '@app/projections';
import { EnterprisesNamed } from '@app/registry';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { matchStream } from './check.handlers';
import type { ListingEvent } from './listing.decider';
import { listingStream } from './listing.handlers';
import { CHECK_STATES, MatchLine, MatchView } from './match-answer.rules';
import { Match, MATCH_ORDERS, MatchById, MatchRegister, matchRegister } from './match-register.view';
import type { MatchOrder } from './match-register.view';
import { MATCH_STATES, storyOf } from './match-story.rules';
import type { MatchState } from './match-story.rules';
import type { CheckResult, MatchEvent } from './match.decider';
import { Stories } from './stories.handlers';
import { Readers } from './readers.handlers';
import type { NameOf } from './readers.handlers';

export class MatchQuery extends PageQuery {
  @AreaCode({ optional: true, description: 'one of the firms is registered there; for the bureau' }) area?: string;
  @OneOf(MATCH_STATES, { optional: true }) state?: MatchState;
  @Uscc({ optional: true }) lead?: string;
  @Uscc({ optional: true }) supplier?: string;
  @Uuid({ optional: true }) listing?: string;
  @OneOf(['none', ...CHECK_STATES], { optional: true }) checkState?: 'none' | 'open' | CheckResult;
  @CalendarDate({ optional: true, description: 'first day of the first offer' }) from?: string;
  @CalendarDate({ optional: true, description: 'last day of the first offer' }) to?: string;
  @Text(100, { optional: true, description: 'of the product or of a firm' }) words?: string;
  @OneOf(orderNames(MATCH_ORDERS), { optional: true, description: 'default -since' }) order?: MatchOrder;
}

export class MatchPage extends PageAnswer {
  @ApiProperty({ type: [MatchLine] }) items: MatchLine[];
}

/** The match register 对接台账: the bureau's, and of each county office the matches of its own firms. */
@ApiTags('matches')
@Controller('match-register')
@Access('county-officer', 'city-officer', 'auditor')
export class MatchRegisterController {
  constructor(
    private readonly queries: QueryBus,
    private readonly readers: Readers,
    private readonly store: EventStore,
    private readonly stories: Stories,
  ) {}

  /** The latest first. */
  @Get()
  @WaitsFor(matchRegister)
  @ApiOkResponse({ type: MatchPage })
  async page(
    @Query() query: MatchQuery,
    @CurrentActor() actor: Actor,
    @After() after: Keyset | undefined,
  ): Promise<Page<MatchLine>> {
    const { area, state, lead, supplier, listing, checkState, from, to, words } = query;
    const asked = {
      ...(await this.among(actor, area)),
      ...(state && { state }),
      ...(lead && { lead }),
      ...(supplier && { supplier }),
      ...(listing && { listing }),
      ...(checkState && { checkState }),
      ...(from && { from: instantText(startOfDay(from)) }),
      ...(to && { until: instantText(endOfDay(to)) }),
      ...(words && { words: { text: words, firms: await this.firmsNamed(words) } }),
    };
    const found = await this.queries.execute(new MatchRegister(asked, listWanted(query, after, '-since')));
    const nameOf = await this.readers.namesOf(found.rows.flatMap((row) => [row.lead, row.supplier]));
    return Page.listed(found, (row) => matchLine(row, nameOf));
  }

  /** The whole story: who did what, when and why. Offers stand in it without their figures. */
  @Get(':match')
  @WaitsFor(matchRegister)
  @ApiOkResponse({ type: MatchView })
  async one(@Param('match') match: string, @CurrentActor() actor: Actor): Promise<MatchView> {
    const row = await this.queries.execute(new MatchById(match));
    const { among } = await this.among(actor, undefined);
    if (!row || !(among?.some((code) => code === row.lead || code === row.supplier) ?? true)) {
      throw new Refused('match-unknown');
    }
    const events = await this.recorded(row);
    const nameOf = await this.readers.namesOf([row.lead, row.supplier]);
    const { lead, supplier } = row;
    const story = await this.stories.shown(storyOf(events, row), { lead, supplier, names: 'office' });
    return { ...matchLine(row, nameOf), story };
  }

  private async firmsNamed(words: string): Promise<string[]> {
    const { cards } = await this.queries.execute(new EnterprisesNamed(words, {}, MOST_FIRMS_NAMED));
    return cards.map(({ enterprise }) => enterprise);
  }

  /** A county office asks for no area but its own. */
  private async among(actor: Actor, area: string | undefined): Promise<{ among?: readonly string[] }> {
    const office = await this.readers.officeOf(actor);
    if (office === undefined) throw new Refused('not-allowed');
    if (office !== 'city') {
      if (area !== undefined && area !== actor.area) throw new Refused('not-allowed-in-area');
      return { among: office };
    }
    return area === undefined ? {} : { among: await this.readers.enterprisesIn(area) };
  }

  private async recorded({ listing, match }: Match): Promise<Recorded<ListingEvent | MatchEvent>[]> {
    const events: Recorded[] = [];
    for (const stream of [listingStream(listing), matchStream(match)]) {
      for await (const event of this.store.read(stream)) events.push(event);
    }
    const at = ({ metadata }: Recorded): string => metadata.recordedAt;
    // Two streams have no order between them but the clock's; the sort keeps each one's own.
    return events.sort((a, b) => (at(a) < at(b) ? -1 : at(a) > at(b) ? 1 : 0)) as Recorded<ListingEvent | MatchEvent>[];
  }
}

/** Firms whose matches are looked for by a name: more of them are looked for by a longer one. */
const MOST_FIRMS_NAMED = 500;

const matchLine = (row: Match, nameOf: NameOf): MatchLine => ({
  match: row.match,
  listing: row.listing,
  product: row.product,
  unit: row.unit,
  lead: { enterprise: row.lead, name: nameOf(row.lead) },
  supplier: { enterprise: row.supplier, name: nameOf(row.supplier) },
  supplierRegistration: row.supplierRegistration,
  state: row.state,
  shares: [...row.shares],
  checkState: row.checkState ?? undefined,
  since: row.firstAt,
});
