import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import type { CommandContext } from '@app/event-store';
import { CommandInfo, done, HidesActor, WaitsFor } from '@app/http';
import { Clock, Refused, shanghaiDay, sum } from '@app/kernel';
import { Readers } from '@app/matching';
import { Body, Controller, Get, Param, Post, Req, UseInterceptors } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { ClaimLineResults, NoticeForm, ObjectionForm, ObjectionTaken } from './claim-forms.rules';
import { claimOfficerOf } from './claim-office.controller';
import { ClaimPolicies } from './claim-policies.handlers';
import { ClaimNotices } from './claims-asked.view';
import { ClaimNoticed, claims } from './claims.view';
import { NoticeLine, NoticeLines, NoticeView, ObjectionAnswerView } from './notice-answer.rules';
import { NoticeAnswers, RaiseObjection, StartNotice } from './notice.handlers';

/** 公示: public without signing in; nothing in it names a person. */
@ApiTags('notices')
@Controller('notices')
export class NoticeController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly policies: ClaimPolicies,
    private readonly answers: NoticeAnswers,
    private readonly readers: Readers,
    private readonly clock: Clock,
  ) {}

  /** Puts proposed claims on notice, for as many working days as their policy says. */
  @Post()
  @Access('city-officer', 'city-finance')
  @ApiCreatedResponse({ type: ClaimLineResults })
  async start(
    @Body() { notice, claims: ids, document }: NoticeForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const command = new StartNotice(notice, ids, claimOfficerOf(actor), context, document);
    const { committed, lines } = await this.commands.execute(command);
    return done(committed, { lines });
  }

  /** The latest first. */
  @Get()
  @Access('public')
  @WaitsFor(claims)
  @ApiOkResponse({ type: NoticeLines })
  async all(): Promise<NoticeLines> {
    const rows = await this.queries.execute(new ClaimNotices());
    const byNotice = new Map<string, ClaimNoticed[]>();
    for (const { shown } of rows) byNotice.set(shown.notice, [...(byNotice.get(shown.notice) ?? []), shown]);
    return { items: [...byNotice.values()].map((shown) => this.line(shown)) };
  }

  @Get(':notice')
  @Access('public')
  @WaitsFor(claims)
  @ApiOkResponse({ type: NoticeView })
  async one(@Param('notice') notice: string): Promise<NoticeView> {
    const rows = await this.queries.execute(new ClaimNotices(notice));
    const [first] = rows;
    if (!first) throw new Refused('notice-unknown');
    const { terms } = await this.policies.policy(first.shown.policy);
    const nameOf = await this.readers.namesOf(rows.map(({ shown }) => shown.enterprise));
    return {
      ...this.line(rows.map(({ shown }) => shown)),
      acceptsAnonymous: terms.objections.acceptsAnonymous,
      answerWorkingDays: terms.objections.answerWorkingDays,
      lines: rows.map(({ claim, shown: { enterprise, county, amount, outcome, standStillUntil } }) => ({
        ...{ claim, county, amount, outcome, standStillUntil },
        firm: { enterprise, name: nameOf(enterprise) },
      })),
    };
  }

  /** What became of an objection, for whoever has its number: the answer, and nothing of him or of what he wrote. */
  @Get(':notice/claims/:claim/objections/:objection')
  @Access('public')
  @UseInterceptors(HidesActor)
  @WaitsFor(claims)
  @ApiOkResponse({ type: ObjectionAnswerView })
  answer(
    @Param('notice') notice: string,
    @Param('claim') claim: string,
    @Param('objection') objection: string,
  ): Promise<ObjectionAnswerView> {
    return this.answers.of(notice, claim, objection);
  }

  /** Who objects is hidden from everybody but the auditor. */
  @Post(':notice/objections')
  @Access('public')
  @UseInterceptors(HidesActor)
  @ApiCreatedResponse({ type: ObjectionTaken })
  async object(
    @Param('notice') notice: string,
    @Body() form: ObjectionForm,
    @CurrentActor() actor: Actor | undefined,
    @CommandInfo() context: CommandContext,
    @Req() { ip = '' }: Request,
  ) {
    // The log names who commands: an objector is nobody there.
    const hidden = { ...context, actor: 'public', enterprise: '' };
    const objecting = { ...form, ...(actor && { account: actor.account }) };
    const committed = await this.commands.execute(new RaiseObjection(notice, objecting, hidden, ip));
    return done(committed, { objection: form.objection });
  }

  private line(shown: readonly ClaimNoticed[]): NoticeLine {
    const { notice, document, round, policy, startedAt, workingDays, until } = shown[0]!;
    return {
      ...{ notice, document, round, policy, startedAt, workingDays, until },
      claims: shown.length,
      total: sum(shown.map(({ amount }) => amount)).toFixed(2),
      open: shanghaiDay(this.clock.now()) <= until && shown.some(({ outcome }) => outcome === 'standing'),
    };
  }
}
