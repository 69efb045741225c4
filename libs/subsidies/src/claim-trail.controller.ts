import { Access, areaRows, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { WaitsFor } from '@app/http';
import { Instant, instantText, instantTime, Refused } from '@app/kernel';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ClaimPlace } from './claims-asked.view';
import { ClaimAsKnown } from './claims-list.controller';
import { claims } from './claims.view';
import { ClaimBundleView, ClaimTrailView, TrailChangesView } from './claim-trail-answer.rules';
import { ClaimLooks } from './claim-trail-looks.handlers';
import type { ClaimViewed } from './claim-trail-looks.handlers';
import { ClaimTrails } from './claim-trail.handlers';
import { ClaimBundles } from './trail-bundle.handlers';
import { ClaimChanges } from './trail-changes.handlers';

export class ChangesQuery {
  @Instant() since: string;
}

/** What an auditor reads of a claim, top to bottom; every look at it is recorded. */
@ApiTags('claims')
@Controller('claims')
@Access('county-officer', 'city-officer', 'county-finance', 'city-finance', 'auditor')
export class ClaimTrailController {
  constructor(
    private readonly queries: QueryBus,
    private readonly trails: ClaimTrails,
    private readonly changed: ClaimChanges,
    private readonly bundles: ClaimBundles,
    private readonly looks: ClaimLooks,
  ) {}

  /** With `knownAt` as everything was known then. */
  @Get(':claim/trail')
  @WaitsFor(claims)
  @ApiOkResponse({ type: ClaimTrailView })
  async trail(
    @Param('claim') claim: string,
    @Query() { knownAt }: ClaimAsKnown,
    @CurrentActor() actor: Actor,
  ): Promise<ClaimTrailView> {
    await this.look(claim, actor, 'trail');
    return this.trails.of(claim, actor, knownAt && normal(knownAt));
  }

  @Get(':claim/trail/changes')
  @WaitsFor(claims)
  @ApiOkResponse({ type: TrailChangesView })
  async changes(
    @Param('claim') claim: string,
    @Query() { since }: ChangesQuery,
    @CurrentActor() actor: Actor,
  ): Promise<TrailChangesView> {
    await this.look(claim, actor, 'changes');
    return this.changed.of(claim, normal(since));
  }

  /** `npx peitao policy recompute` computes it again with no platform at hand. */
  @Get(':claim/bundle')
  @WaitsFor(claims)
  @ApiOkResponse({ type: ClaimBundleView })
  async bundle(
    @Param('claim') claim: string,
    @Query() { knownAt }: ClaimAsKnown,
    @CurrentActor() actor: Actor,
  ): Promise<ClaimBundleView> {
    await this.look(claim, actor, 'bundle');
    return this.bundles.of(claim, knownAt && normal(knownAt));
  }

  /** Recorded before it is shown. */
  private async look(claim: string, actor: Actor, viewed: ClaimViewed): Promise<void> {
    const { area } = areaRows(actor);
    const place = await this.queries.execute(new ClaimPlace(claim));
    if (!place || (area !== undefined && area !== place.office)) throw new Refused('claim-unknown');
    await this.looks.record(actor, claim, viewed);
  }
}

const normal = (instant: string): string => instantText(instantTime(instant));
