import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { Streams } from '@app/event-store';
import { WaitsFor } from '@app/http';
import {
  Clock,
  Flag,
  Instant,
  instantText,
  ListOf,
  Nested,
  OneOf,
  OptionalText,
  Refused,
  Text,
  WholeNumber,
} from '@app/kernel';
import { refusalSentence } from '@app/labels';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { foreseen, FORESEEN_ACTS } from './consequences.rules';
import type { Foreseen, ForeseenAct } from './consequences.rules';
import { partyOf } from './listing.controller';
import { listing as decider } from './listing.decider';
import { FirmFacts, listingStream } from './listing.handlers';
import { ListingPages } from './listing-pages.handlers';
import { TERM_FREEDOMS } from './listing-amending.rules';
import { listings } from './listings.view';

export class ConsequencesQuery {
  @OneOf(FORESEEN_ACTS) act: ForeseenAct;
}

export class RefusalView {
  @Text(100, { example: 'deadline-passed' }) code: string;
  @OptionalText(200) field?: string;
  @Text(300) zh: string;
  @Text(300) en: string;
}

export class TermFreedomView {
  @Text(50, { example: 'quantity' }) term: string;
  @OneOf(TERM_FREEDOMS) change: string;
}

export class ConsequencesView {
  @OneOf(FORESEEN_ACTS) act: string;
  @Flag() allowed: boolean;
  /** Why it is not allowed now. */
  @Nested(() => RefusalView, { optional: true }) refused?: RefusalView;
  @Flag({ description: 'a second person of the firm must approve it' }) secondPerson: boolean;
  @WholeNumber(0, 1_000_000, { description: 'offers that stand; who made them is told' }) offers: number;
  @Flag({ description: 'what was offered is then never shown to anybody' }) sealedForEver: boolean;
  @WholeNumber(0, 1_000_000, { description: 'open awards that end with it' }) sharesEnded: number;
  @WholeNumber(0, 1_000_000, { description: 'offers that are told why they were not chosen' }) notChosen: number;
  @WholeNumber(0, 1_000_000, { description: 'questions that the successor keeps' }) questionsKept: number;
  @Instant({ optional: true, description: 'the latest that the deadline may be, given the delivery date' })
  latestDeadline?: string;
  @ListOf(() => TermFreedomView, { optional: true, most: 30, description: 'of an amendment: which terms may change' })
  terms?: TermFreedomView[];
}

/** What an act would do, before it is done. */
@ApiTags('listings')
@Controller('listings')
export class ConsequencesController {
  constructor(
    private readonly streams: Streams,
    private readonly pages: ListingPages,
    private readonly facts: FirmFacts,
    private readonly clock: Clock,
  ) {}

  /** From the rules that decide the act itself, as things stand now. */
  @Get(':listing/consequences')
  @Access('member')
  @WaitsFor(listings)
  @ApiOkResponse({ type: ConsequencesView })
  async of(
    @Param('listing') listing: string,
    @Query() { act }: ConsequencesQuery,
    @CurrentActor() actor: Actor,
  ): Promise<ConsequencesView> {
    const { publishedAt } = await this.pages.own(listing, actor);
    // A draft is changed and discarded without consequences for anybody.
    if (publishedAt === null) throw new Refused('listing-draft');
    const by = partyOf(actor);
    const [{ state }, { secondPersonFor }] = await Promise.all([
      this.streams.load(decider, listingStream(listing)),
      this.facts.publisher(by),
    ]);
    const view = foreseen(state, act, by, instantText(this.clock.now()));
    return consequencesView(act, view, act === 'amend' && secondPersonFor.includes('publish'));
  }
}

function consequencesView(act: ForeseenAct, { refused, terms, ...rest }: Foreseen, second: boolean): ConsequencesView {
  return {
    act,
    allowed: refused === undefined,
    ...(refused && { refused: refusalView(refused) }),
    secondPerson: second,
    ...rest,
    ...(terms && { terms: [...terms].map(([term, change]) => ({ term, change })) }),
  };
}

type Refusal = NonNullable<Foreseen['refused']>;

export const refusalView = ({ code, values, field }: Refusal): RefusalView => ({
  code,
  ...(field !== undefined && { field }),
  zh: refusalSentence(code, values, 'zh'),
  en: refusalSentence(code, values, 'en'),
});
