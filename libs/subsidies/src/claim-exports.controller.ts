import { Access, areaRows, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { WaitsFor } from '@app/http';
import { Clock, instantText, instantTime, Refused } from '@app/kernel';
import { Readers } from '@app/matching';
import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { ClaimFactsOf, FactsOfClaim, ProposedListDocument } from './claim-exports.handlers';
import { ClaimAsKnown } from './claims-list.controller';
import { ClaimPlace, ProposedList } from './claims-asked.view';
import { claims } from './claims.view';
import { RoundAt } from './round.handlers';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export class FactsOfClaimView {
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'the policy, in the shape of the door' })
  policy: object;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'the facts, in the shape of the door' })
  facts: object;
  @ApiProperty({ type: String }) award: string;
  @ApiProperty({ type: String, description: 'SHA-256 of the derivation that they evaluate to' }) derivation: string;
}

/** What leaves the platform of claims: facts to be evaluated elsewhere, and the list that is posted. */
@ApiTags('claims')
@Controller()
export class ClaimExportsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly document: ProposedListDocument,
    private readonly readers: Readers,
    private readonly clock: Clock,
  ) {}

  /** What the last decision on a claim rests on; `npx peitao policy evaluate` comes to the same award. */
  @Get('claims/:claim/facts')
  @Access('county-officer', 'city-officer', 'county-finance', 'city-finance', 'auditor')
  @WaitsFor(claims)
  @ApiOkResponse({ type: FactsOfClaimView })
  async facts(
    @Param('claim') claim: string,
    @Query() { knownAt }: ClaimAsKnown,
    @CurrentActor() actor: Actor,
  ): Promise<FactsOfClaim> {
    const { area } = areaRows(actor);
    const place = await this.queries.execute(new ClaimPlace(claim));
    if (!place || (area !== undefined && area !== place.office)) throw new Refused('claim-unknown');
    const known = knownAt === undefined ? undefined : instantText(instantTime(knownAt));
    return this.queries.execute(new ClaimFactsOf(claim, known));
  }

  /** 拟补助名单, ready to post: Word, A4. */
  @Get('proposed-lists/:list/document')
  @Access('city-officer', 'city-finance', 'auditor')
  @WaitsFor(claims)
  @ApiOkResponse({ content: { [DOCX]: { schema: { type: 'string', format: 'binary' } } } })
  async list(@Param('list') list: string): Promise<StreamableFile> {
    const rows = await this.queries.execute(new ProposedList(list));
    const [first] = rows;
    if (!first) throw new Refused('proposed-list-unknown');
    const [round, nameOf] = await Promise.all([
      this.queries.execute(new RoundAt(first.round)),
      this.readers.namesOf(rows.map(({ enterprise }) => enterprise)),
    ]);
    const lines = rows.map(({ enterprise, office, granted }) => {
      return { enterprise, name: nameOf(enterprise), office, granted: granted ?? '0' };
    });
    const bytes = await this.document.of(round?.name ?? '', lines, this.clock.now());
    return new StreamableFile(bytes, { type: DOCX, disposition: `attachment; filename="${list}.docx"` });
  }
}
