import { Access, areaRows, CurrentActor, Looks } from '@app/auth';
import type { Actor } from '@app/auth';
import { WaitsFor } from '@app/http';
import { instantText, instantTime, Refused } from '@app/kernel';
import { Readers } from '@app/matching';
import { Controller, Get, Param, Query, Req, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { ClaimFactsOf, FactsOfClaim } from './claim-exports.handlers';
import { ClaimLooks } from './claim-trail-looks.handlers';
import { ClaimAsKnown } from './claims-list.controller';
import { ClaimPlace, ProposedList } from './claims-asked.view';
import { listTitle, noticeOfAll, ProposedListDocument } from './proposed-list.handlers';
import { ClaimPolicies } from './claim-policies.handlers';
import { claims } from './claims.view';

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
    private readonly claimLooks: ClaimLooks,
    private readonly looks: Looks,
    private readonly policies: ClaimPolicies,
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
    await this.claimLooks.record(actor, claim, 'facts');
    const known = knownAt === undefined ? undefined : instantText(instantTime(knownAt));
    return this.queries.execute(new ClaimFactsOf(claim, known));
  }

  /** 拟补助名单, ready to post: Word, A4. */
  @Get('proposed-lists/:list/document')
  @Access('city-officer', 'city-finance', 'auditor')
  @WaitsFor(claims)
  @ApiOkResponse({ content: { [DOCX]: { schema: { type: 'string', format: 'binary' } } } })
  async list(
    @Param('list') list: string,
    @CurrentActor() actor: Actor,
    @Req() request: Request,
  ): Promise<StreamableFile> {
    const rows = await this.queries.execute(new ProposedList(list));
    const [first] = rows;
    if (!first) throw new Refused('proposed-list-unknown');
    const [{ terms }, round, nameOf] = await Promise.all([
      this.policies.policy(first),
      this.policies.round(first.round),
      this.readers.namesOf(rows.map(({ enterprise }) => enterprise)),
    ]);
    const lines = rows.map(({ enterprise, office, granted }) => {
      return { enterprise, name: nameOf(enterprise), office, granted: granted ?? '0' };
    });
    await this.looks.record(actor, { kind: 'export', subject: `proposed-lists/${list}`, reason: '' });
    const started = noticeOfAll(rows);
    const host = `${request.protocol}://${request.get('host') ?? ''}`;
    const notice = started && { notice: { ...started, address: `${host}/notices/${started.notice}` } };
    const bytes = await this.document.of({ terms, round, ...notice, lines });
    const name = encodeURIComponent(`${round.name}${listTitle()}.docx`);
    const disposition = `attachment; filename="proposed-list.docx"; filename*=UTF-8''${name}`;
    return new StreamableFile(bytes, { type: DOCX, disposition });
  }
}
