import { Access, areaRows, CurrentActor, Vault } from '@app/auth';
import type { Actor } from '@app/auth';
import { After, listWanted, Page, PageAnswer, PageQuery, pageSize, WaitsFor } from '@app/http';
import type { Keyset } from '@app/http';
import { AreaCode, CalendarDate, Clock, IndustryCode, Instant, OneOf, Refused, shanghaiDay, Text } from '@app/kernel';
import { orderNames } from '@app/projections';
import type { SearchCursor } from '@app/search';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { officeFor } from './areas.rules';
import {
  ENTERPRISE_ORDERS,
  EnterpriseCard,
  EnterpriseFile,
  EnterpriseRegister,
  enterprises,
  EnterprisesNamed,
} from './enterprises.view';
import type { EnterpriseOrder } from './enterprises.view';
import { LeadMembership } from './lead-list.handlers';
import { LeadFirmsOn, leadLists } from './lead-lists.view';
import { EnterpriseFacts, EnterpriseView } from './registration-answer.rules';
import { namesOfHolders, shownFacts } from './registration-page.handlers';
import { SIZE_CLASSES } from './size-class.rules';
import type { SizeClass } from './size-class.rules';
import { EnterpriseFactsAt } from './standing.handlers';

export class EnterpriseQuery extends PageQuery {
  @Text(100, { optional: true, description: 'of the name, in Chinese, pinyin or initials, or the code' })
  words?: string;
  @AreaCode({ optional: true }) area?: string;
  @IndustryCode({ optional: true, description: 'also every industry below it' }) industry?: string;
  @OneOf(SIZE_CLASSES, { optional: true }) size?: SizeClass;
  @OneOf(orderNames(ENTERPRISE_ORDERS), { optional: true, description: 'without words; default: enterprise' })
  order?: EnterpriseOrder;
}

export class EnterprisePage extends PageAnswer {
  @ApiProperty({ type: [EnterpriseView] }) items: EnterpriseView[];
}

export class FactsQuery {
  @CalendarDate({ optional: true, description: 'default: today' }) asOf?: string;
  @Instant({ optional: true, description: 'what is recorded later does not exist' }) knownAt?: string;
}

/** The register: what anybody may know of confirmed enterprises, and their dated facts for themselves and officers. */
@ApiTags('enterprises')
@Controller('enterprises')
export class EnterpriseController {
  constructor(
    private readonly queries: QueryBus,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Access('public')
  @WaitsFor(enterprises, leadLists)
  @ApiOkResponse({ type: EnterprisePage })
  async search(@Query() query: EnterpriseQuery, @After() after: Keyset | undefined): Promise<Page<EnterpriseView>> {
    const leads = await this.queries.execute(new LeadFirmsOn());
    const view = (card: EnterpriseCard) => shown(card, leads.has(card.enterprise));
    const { words, area, industry, size } = query;
    const asked = { ...(area && { area }), ...(industry && { industry }), ...(size && { size }) };
    if (words !== undefined) {
      const found = await this.queries.execute(new EnterprisesNamed(words, asked, pageSize(query), cursorOf(after)));
      const { next } = found;
      return new Page(found.cards.map(view), next && [next.rank, next.length, next.id]);
    }
    const wanted = listWanted(query, after, 'enterprise');
    return Page.listed(await this.queries.execute(new EnterpriseRegister(asked, wanted)), view);
  }

  @Get(':uscc')
  @Access('public')
  @WaitsFor(enterprises, leadLists)
  @ApiOkResponse({ type: EnterpriseView })
  async one(@Param('uscc') uscc: string): Promise<EnterpriseView> {
    const file = await this.queries.execute(new EnterpriseFile(uscc));
    // An application on a code is nobody's business until an office has confirmed it.
    if (!file?.card) throw new Refused('enterprise-unknown');
    return shown(file.card, (await this.queries.execute(new LeadFirmsOn())).has(uscc));
  }

  /**
   * What was true of it on a day, as known at an instant: for its holder, its office, the city's offices and the
   * auditor.
   */
  @Get(':uscc/facts')
  @Access('member', 'county-officer', 'city-officer', 'county-finance', 'city-finance', 'auditor')
  @WaitsFor(enterprises, leadLists)
  @ApiOkResponse({ type: EnterpriseFacts })
  async facts(
    @Param('uscc') uscc: string,
    @Query() { asOf = shanghaiDay(this.clock.now()), knownAt }: FactsQuery,
    @CurrentActor() actor: Actor,
  ): Promise<EnterpriseFacts> {
    await this.checkReader(uscc, actor);
    const { state, facts, size } = await this.queries.execute(new EnterpriseFactsAt(uscc, asOf, knownAt));
    const { wasLead } = await this.queries.execute(new LeadMembership(uscc, asOf, knownAt));
    const names = await namesOfHolders(this.vault, [{ from: asOf, facts, source: { kind: 'self-declared' } }]);
    return {
      enterprise: uscc,
      state,
      asOf,
      ...(knownAt && { knownAt }),
      facts: shownFacts(facts, names),
      ...(size && { size }),
      wasLead,
    };
  }

  private async checkReader(uscc: string, actor: Actor): Promise<void> {
    const file = await this.queries.execute(new EnterpriseFile(uscc));
    if (!file?.card) throw new Refused('enterprise-unknown');
    if (actor.party && actor.party.registration === file.holder) return;
    const { area } = areaRows(actor);
    if (area !== undefined && area !== officeFor(file.card.area)) throw new Refused('not-allowed-in-area');
  }
}

function cursorOf(after: Keyset | undefined): SearchCursor | undefined {
  const [rank, length, id] = after ?? [];
  const isCursor = typeof rank === 'number' && typeof length === 'number' && typeof id === 'string';
  return isCursor ? { rank, length, id } : undefined;
}

const shown = ({ plantArea, industry, size, ...card }: EnterpriseCard, isLead: boolean): EnterpriseView => ({
  ...card,
  ...(plantArea && { plantArea }),
  ...(industry && { industry }),
  ...(size && { size }),
  isLead,
});
