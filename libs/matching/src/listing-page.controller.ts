import { Access, Accounts, CurrentActor, Looks } from '@app/auth';
import type { Actor } from '@app/auth';
import { tagged, WaitsFor } from '@app/http';
import type { Tagged } from '@app/http';
import { Refused, Text } from '@app/kernel';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AskerList, ListingView, PledgeView, ProposalView, QuestionList } from './listing-answer.rules';
import { pageVersion } from './listing-page.rules';
import type { Waiting } from './listing-page.rules';
import type { ListingTerms } from './listing-terms.rules';
import { ListingRow, listings, QuestionAskers } from './listings.view';
import { ListingPages } from './listing-pages.handlers';
import { Readers } from './readers.handlers';
import type { NameOf } from './readers.handlers';

export class ReasonQuery {
  @Text(500, { description: 'why it is looked at; recorded where the auditor sees it', example: '抽查定标价格' })
  reason: string;
}

/** One listing as its reader may see it. A listing that he may not know of is as unknown as one that does not exist. */
@ApiTags('listings')
@Controller('listings')
export class ListingPageController {
  constructor(
    private readonly queries: QueryBus,
    private readonly pages: ListingPages,
    private readonly readers: Readers,
    private readonly looks: Looks,
    private readonly accounts: Accounts,
  ) {}

  /** Its ETag is that of its terms and state: for If-Match when it is amended. */
  @Get(':listing')
  @Access('public')
  @WaitsFor(listings)
  @ApiOkResponse({ type: ListingView })
  async page(
    @Param('listing') listing: string,
    @CurrentActor() actor: Actor | undefined,
  ): Promise<Tagged<ListingView>> {
    const row = await this.pages.seen(listing, actor);
    const isLead = this.pages.isLead(row, actor);
    const invited = isLead ? (row.terms.visibility?.invited ?? []) : [];
    const nameOf = await this.readers.namesOf([row.lead, ...invited]);
    const view = listingView(row, isLead ? 'lead' : 'other', nameOf(row.lead));
    const own = isLead ? row.own : {};
    const more = isLead ? await this.leadsOwn(row, nameOf) : {};
    return tagged({ ...view, ...more }, ...pageVersion({ ...row, own }));
  }

  /** Names that a lead's page shows beside the ids. */
  private async leadsOwn(row: ListingRow, nameOf: NameOf): Promise<Partial<ListingView>> {
    const { visibility } = row.terms;
    const { proposal } = row.own;
    const invited = visibility?.class === 'invited' ? (visibility.invited ?? []) : undefined;
    const people = proposal ? await this.accounts.contacts([proposal.account]) : undefined;
    const name = proposal && people?.get(proposal.account)?.name;
    return {
      ...(proposal && { proposal: { ...proposalView(proposal), ...(name !== undefined && { name }) } }),
      ...(invited && { invitedFirms: invited.map((enterprise) => ({ enterprise, name: nameOf(enterprise) })) }),
    };
  }

  /** Questions and answers, in public; nobody is told who asked. */
  @Get(':listing/questions')
  @Access('public')
  @WaitsFor(listings)
  @ApiOkResponse({ type: QuestionList })
  async questions(@Param('listing') listing: string, @CurrentActor() actor: Actor | undefined): Promise<QuestionList> {
    const { questions } = await this.pages.seen(listing, actor);
    return { questions: [...questions] };
  }

  /** Who asked. That it was looked at is recorded first. */
  @Get(':listing/askers')
  @Access('auditor')
  @WaitsFor(listings)
  @ApiOkResponse({ type: AskerList })
  async askers(
    @Param('listing') listing: string,
    @Query() { reason }: ReasonQuery,
    @CurrentActor() actor: Actor,
  ): Promise<AskerList> {
    await this.pages.seen(listing, actor);
    await this.looks.record(actor, { kind: 'asker', subject: `listing-${listing}`, reason });
    const askers = [...(await this.queries.execute(new QuestionAskers(listing)))];
    const nameOf = await this.readers.namesOf(askers.map(([, { enterprise }]) => enterprise));
    return {
      askers: askers.map(([question, { enterprise }]) => {
        return { question, asker: { enterprise, name: nameOf(enterprise) } };
      }),
    };
  }

  /** The pledge that a confirmed firm gives before this listing is shown to it. */
  @Get(':listing/pledge')
  @Access('member')
  @WaitsFor(listings)
  @ApiOkResponse({ type: PledgeView })
  async pledge(@Param('listing') listing: string, @CurrentActor() actor: Actor): Promise<PledgeView> {
    const [row, { firm }] = await Promise.all([this.pages.row(listing), this.readers.of(actor)]);
    if (row?.publishedAt == null || row.visibility !== 'pledge' || !firm?.isConfirmed)
      throw new Refused('listing-unknown');
    const { pledgeText } = row.terms.visibility ?? {};
    return { ...(pledgeText !== undefined && { pledgeText }), pledged: row.pledged.includes(firm.registration) };
  }
}

/** Whom else a listing was shown to, and what waits inside the firm, is the lead's own business. */
export function listingView(row: ListingRow, reader: 'lead' | 'other', name: string | undefined): ListingView {
  const { listing, kind, status, terms, changes, own } = row;
  const shown = (of: ListingTerms): ListingTerms => (reader === 'lead' ? of : withoutInvited(of));
  return {
    listing,
    kind,
    lead: { enterprise: row.lead, name },
    status,
    terms: shown(terms),
    changes: changes.map(({ at, changed, before }) => ({ at, changed: [...changed], before: shown(before) })),
    catalogue: row.catalogue ?? undefined,
    replaces: row.replaces ?? undefined,
    replacedBy: row.replacedBy ?? undefined,
    cancelReason: row.cancelReason ?? undefined,
    cancelText: row.cancelText ?? undefined,
    publishedAt: row.publishedAt ?? undefined,
    closedAt: row.closedAt ?? undefined,
    endedAt: row.endedAt ?? undefined,
    ...(reader === 'lead' && own.proposal && { proposal: proposalView(own.proposal) }),
    ...(reader === 'lead' &&
      own.secondRound && { secondRound: { ...own.secondRound, offers: [...own.secondRound.offers] } }),
  };
}

function withoutInvited({ visibility, ...terms }: ListingTerms): ListingTerms {
  const { invited: _others, ...hidden } = visibility ?? {};
  return { ...terms, ...(visibility && { visibility: { ...hidden, class: visibility.class } }) };
}

function proposalView({ proposal, account, act, at }: Waiting): ProposalView {
  const waits = { proposal, account, act: act.do, at };
  if (act.do === 'amend') return { ...waits, terms: act.terms };
  return act.do === 'award' ? { ...waits, shares: act.shares.map((share) => ({ ...share })) } : waits;
}
