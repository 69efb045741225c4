import { Access, areaRows, CurrentActor, Looks, Vault } from '@app/auth';
import type { Actor } from '@app/auth';
import { After, Page, PageQuery, pageSize, WaitsFor } from '@app/http';
import type { Keyset } from '@app/http';
import { ListOf, Refused, Text } from '@app/kernel';
import {
  EnterpriseFile,
  enterprises,
  LeadListById,
  LeadLists,
  leadLists,
  namesOfHolders,
  officeFor,
  shownStatement,
  StatementView,
} from '@app/registry';
import type { EnterpriseCard, EnterpriseFileView } from '@app/registry';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import {
  AuditedEnterprise,
  AuditedMembership,
  AuditListingView,
  AuditLook,
  AuditOfferView,
  AuditShareView,
} from './enterprise-audit-answer.rules';
import { EnterpriseTrade, ListingsOfEnterprise, OffersOfEnterprise, SharesOfEnterprise } from './enterprise-audit.view';
import { FactViews } from './fact-views.handlers';
import { tradeFacts } from './trade-facts.view';

export class AuditedEnterpriseFacts extends AuditedEnterprise {
  @ListOf(() => StatementView, { most: 10_000, description: 'the timeline of its facts with their sources' })
  facts: StatementView[];
}

export class AuditListingPage {
  @ApiProperty({ type: [AuditListingView] }) items: AuditListingView[];
  @Text(4096, { optional: true, description: 'cursor of the next page' }) next?: string;
}

export class AuditOfferPage {
  @ApiProperty({ type: [AuditOfferView] }) items: AuditOfferView[];
  @Text(4096, { optional: true, description: 'cursor of the next page' }) next?: string;
}

export class AuditSharePage {
  @ApiProperty({ type: [AuditShareView] }) items: AuditShareView[];
  @Text(4096, { optional: true, description: 'cursor of the next page' }) next?: string;
}

const LOOKS_SHOWN = 200;

type Known = EnterpriseFileView & { readonly card: EnterpriseCard };

/** All that the platform holds of one enterprise: for its office, the bureau and the auditor. */
@ApiTags('enterprise audit')
@Controller('enterprise-audit')
@Access('county-officer', 'city-officer', 'auditor')
export class EnterpriseAuditController {
  constructor(
    private readonly queries: QueryBus,
    private readonly vault: Vault,
    private readonly looks: Looks,
    private readonly factViews: FactViews,
  ) {}

  @Get(':uscc')
  @WaitsFor(enterprises, leadLists, tradeFacts)
  @ApiOkResponse({ type: AuditedEnterpriseFacts })
  async one(@Param('uscc') uscc: string, @CurrentActor() actor: Actor): Promise<AuditedEnterpriseFacts> {
    const { card, holder, statements, registrations } = await this.readable(uscc, actor);
    const { name, state, area, plantArea, industry, size } = card;
    const { checks, concerning, listings, offers, shares, awarded } = await this.queries.execute(
      new EnterpriseTrade(uscc),
    );
    const names = await namesOfHolders(this.vault, statements);
    const looks = actor.roles.includes('auditor') ? await this.looksAt(uscc, concerning) : undefined;
    return {
      enterprise: uscc,
      name,
      state,
      area,
      ...(plantArea !== undefined && { plantArea }),
      ...(industry !== undefined && { industry }),
      ...(size !== undefined && { size }),
      registrations: registrations.map(({ registration, known }) => {
        return { registration, state: known.state, isHolder: registration === holder };
      }),
      facts: statements.map((statement) => shownStatement(statement, names)),
      memberships: await this.memberships(uscc),
      listings: [...listings],
      offers: [...offers],
      shares: [...shares],
      awarded,
      checks: checks.map(({ concludedAt, ...check }) => ({ ...check, ...(concludedAt !== null && { concludedAt }) })),
      ...(looks && { looks }),
    };
  }

  /** The latest first. */
  @Get(':uscc/listings')
  @WaitsFor(enterprises, tradeFacts)
  @ApiOkResponse({ type: AuditListingPage })
  async listings(
    @Param('uscc') uscc: string,
    @Query() query: PageQuery,
    @CurrentActor() actor: Actor,
    @After() after: Keyset | undefined,
  ): Promise<Page<AuditListingView>> {
    await this.readable(uscc, actor);
    const rows = await this.queries.execute(
      new ListingsOfEnterprise(uscc, pageSize(query) + 1, after as [string, string] | undefined),
    );
    return Page.of(
      rows,
      query,
      ({ publishedAt, listing }) => [publishedAt, listing],
      (row) => row,
    );
  }

  /** The latest first. */
  @Get(':uscc/offers')
  @WaitsFor(enterprises, tradeFacts)
  @ApiOkResponse({ type: AuditOfferPage })
  async offers(
    @Param('uscc') uscc: string,
    @Query() query: PageQuery,
    @CurrentActor() actor: Actor,
    @After() after: Keyset | undefined,
  ): Promise<Page<AuditOfferView>> {
    await this.readable(uscc, actor);
    const rows = await this.queries.execute(
      new OffersOfEnterprise(uscc, pageSize(query) + 1, after as [string, string] | undefined),
    );
    const firm = await this.factViews.firms(rows.map(({ lead }) => lead));
    return Page.of(
      rows,
      query,
      ({ receivedAt, offer }) => [receivedAt, offer],
      ({ lead, ...row }) => ({ ...row, lead: firm(lead) }),
    );
  }

  /** The latest first. */
  @Get(':uscc/shares')
  @WaitsFor(enterprises, tradeFacts)
  @ApiOkResponse({ type: AuditSharePage })
  async shares(
    @Param('uscc') uscc: string,
    @Query() query: PageQuery,
    @CurrentActor() actor: Actor,
    @After() after: Keyset | undefined,
  ): Promise<Page<AuditShareView>> {
    await this.readable(uscc, actor);
    const rows = await this.queries.execute(
      new SharesOfEnterprise(uscc, pageSize(query) + 1, after as [string, string] | undefined),
    );
    const firm = await this.factViews.firms(rows.map(({ other }) => other));
    return Page.of(
      rows,
      query,
      ({ awardedAt, key }) => [awardedAt, key],
      ({ key: _, other, ...row }) => ({ ...row, other: firm(other) }),
    );
  }

  private async readable(uscc: string, actor: Actor): Promise<Known> {
    const file = await this.queries.execute(new EnterpriseFile(uscc));
    if (!file?.card) throw new Refused('enterprise-unknown');
    const { area } = areaRows(actor);
    if (area !== undefined && area !== officeFor(file.card.area)) throw new Refused('not-allowed-in-area');
    return { ...file, card: file.card };
  }

  private async memberships(uscc: string): Promise<AuditedMembership[]> {
    const cards = await this.queries.execute(new LeadLists('published-only'));
    const lists = await Promise.all(cards.map(({ list }) => this.queries.execute(new LeadListById(list))));
    return lists.flatMap((list) => {
      const firm = list?.firms.find(({ enterprise }) => enterprise === uscc);
      if (!list || !firm) return [];
      const { title, from, to, publishedOn } = list;
      const announcements = firm.announcements.map(({ kind, announcedOn, ...rest }) => {
        return { kind, announcedOn, ...('on' in rest && { on: rest.on }) };
      });
      return [{ list: list.list, title, from, to, publishedOn, announcements }];
    });
  }

  /** Of its listings, and of those that it offered on, where a losing price may have been its own. */
  private async looksAt(uscc: string, listings: readonly string[]): Promise<AuditLook[]> {
    const subjects = [`enterprise-${uscc}`, ...listings.map((listing) => `listing-${listing}`)];
    const rows = await this.looks.about(subjects, LOOKS_SHOWN);
    return rows.map(({ at, actor, kind, subject, reason }) => ({ at: at.toISOString(), actor, kind, subject, reason }));
  }
}
