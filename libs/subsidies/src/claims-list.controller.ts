import { Access, CurrentActor, mayReadRow } from '@app/auth';
import type { Actor } from '@app/auth';
import { After, listWanted, Page, PageAnswer, PageQuery, WaitsFor } from '@app/http';
import type { Keyset } from '@app/http';
import { Instant, instantText, instantTime, OneOf, Refused, Text, Uscc, Uuid } from '@app/kernel';
import { Readers } from '@app/matching';
import type { NameOf } from '@app/matching';
import { orderNames } from '@app/projections';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { ClaimLine, ClaimView, DerivationView } from './claim-answer.rules';
import { ClaimDerivations } from './claim-derivation.table';
import { ClaimPages, claimsOf, readerOf } from './claim-pages.handlers';
import { ClaimLooks } from './claim-trail-looks.handlers';
import { CLAIM_STATES } from './claim-story.rules';
import type { ClaimState } from './claim-story.rules';
import { CLAIM_ORDERS, Claims, claims } from './claims.view';
import type { ClaimCard, ClaimOrder } from './claims.view';

const RECOVERIES = ['opened', 'confirmed', 'decided'] as const;

export class ClaimQuery extends PageQuery {
  @Uuid({ optional: true }) round?: string;
  @OneOf(CLAIM_STATES, { optional: true }) state?: ClaimState;
  @Uscc({ optional: true }) enterprise?: string;
  @Text(40, { optional: true, description: 'area of the county office, or city' }) office?: string;
  @OneOf(RECOVERIES, { optional: true }) recovery?: (typeof RECOVERIES)[number];
  @OneOf(orderNames(CLAIM_ORDERS), { optional: true, description: 'default -changed' }) order?: ClaimOrder;
}

export class ClaimAsKnown {
  @Instant({ optional: true, description: 'events recorded later do not exist' }) knownAt?: string;
}

export class ClaimPage extends PageAnswer {
  @ApiProperty({ type: [ClaimLine] }) items: ClaimLine[];
}

/** Claims: a firm's own; a county's of its area; the bureau, finance and the auditor see all. */
@ApiTags('claims')
@Controller('claims')
@Access('member', 'county-officer', 'city-officer', 'county-finance', 'city-finance', 'auditor')
export class ClaimsListController {
  constructor(
    private readonly queries: QueryBus,
    private readonly pages: ClaimPages,
    private readonly derivations: ClaimDerivations,
    private readonly readers: Readers,
    private readonly looks: ClaimLooks,
  ) {}

  /** The last changed first. */
  @Get()
  @WaitsFor(claims)
  @ApiOkResponse({ type: ClaimPage })
  async page(
    @Query() query: ClaimQuery,
    @CurrentActor() actor: Actor,
    @After() after: Keyset | undefined,
  ): Promise<Page<ClaimLine>> {
    const whose = claimsOf(actor);
    const isFirm = 'registration' in whose;
    // A firm that could ask for recoveries would learn of one before it is confirmed.
    const asked = isFirm ? { ...query, recovery: undefined } : query;
    const found = await this.queries.execute(new Claims(whose, asked, listWanted(query, after, '-changed')));
    const nameOf = await this.readers.namesOf(found.rows.map(({ enterprise }) => enterprise));
    return Page.listed(found, (row) => lineOf(row, nameOf, isFirm));
  }

  /** Read top to bottom; with `knownAt` as it was known then. */
  @Get(':claim')
  @WaitsFor(claims)
  @ApiOkResponse({ type: ClaimView })
  async one(
    @Param('claim') id: string,
    @Query() { knownAt }: ClaimAsKnown,
    @CurrentActor() actor: Actor,
  ): Promise<ClaimView> {
    const instant = knownAt === undefined ? undefined : instantText(instantTime(knownAt));
    const told = await this.pages.told(id, instant);
    if (!told || !mayRead(actor, told.state)) throw new Refused('claim-unknown');
    await this.looks.record(actor, id, 'page');
    return this.pages.page(told, readerOf(actor), actor.account);
  }

  /** The derivation that a decision of this claim names. */
  @Get(':claim/derivations/:derivation')
  @WaitsFor(claims)
  @ApiOkResponse({ type: DerivationView })
  async derivation(
    @Param('claim') id: string,
    @Param('derivation') hash: string,
    @CurrentActor() actor: Actor,
  ): Promise<DerivationView> {
    const told = await this.pages.told(id);
    if (!told || !mayRead(actor, told.state)) throw new Refused('claim-unknown');
    await this.looks.record(actor, id, 'derivation');
    // A recovery that the firm has not heard of has a derivation too.
    const isFirm = readerOf(actor) === 'firm';
    const named = told.events.some(
      ({ type, data }) =>
        'grounds' in data &&
        data.grounds.derivation === hash &&
        !(isFirm && (type === 'RecoveryOpened' || type === 'RecoveryLapsed')),
    );
    const found = named ? await this.derivations.find(id, hash) : undefined;
    if (!found) throw new Refused('derivation-unknown');
    return found;
  }
}

const mayRead = (actor: Actor, { firm, office }: { firm: { registration: string }; office: string }): boolean =>
  mayReadRow(actor, { registration: firm.registration, area: office });

function lineOf(row: ClaimCard, nameOf: NameOf, isFirm: boolean): ClaimLine {
  const { claim, round, scheme, version, beneficiary, enterprise, office, state, mode, openObjections } = row;
  const changedAt = isFirm ? row.changedForFirm : row.changedAt;
  const told = isFirm && row.recoveryState === 'opened' ? undefined : row;
  return {
    ...{ claim, round, beneficiary, office, state, mode, changedAt, recovered: row.recovered, offset: row.offset },
    award: row.award,
    policy: { scheme, version },
    firm: { enterprise, name: nameOf(enterprise) },
    openObjections: isFirm ? 0 : openObjections,
    payeeDoubts: row.payeeDoubts,
    filedAt: row.filedAt ?? undefined,
    granted: row.granted ?? undefined,
    noticeUntil: row.noticeUntil ?? undefined,
    standStillUntil: row.standStillUntil ?? undefined,
    deferredUntil: row.deferredUntil ?? undefined,
    recovery: told?.recoveryState ?? undefined,
    recoveryDue: told?.recoveryDue ?? undefined,
  };
}
