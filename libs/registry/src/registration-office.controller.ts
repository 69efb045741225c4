import { Access, areaRows, CurrentActor, InPerson, mayReadRow } from '@app/auth';
import type { Actor } from '@app/auth';
import type { CommandContext } from '@app/event-store';
import { After, CommandInfo, done, listWanted, Page, PageAnswer, PageQuery, WaitsFor } from '@app/http';
import type { Keyset } from '@app/http';
import { Clock, OneOf, Refused, shanghaiDay, Text, Uscc } from '@app/kernel';
import { orderNames } from '@app/projections';
import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { CITY_BUREAU } from './areas.rules';
import type { EnterpriseCommand } from './enterprise.decider';
import {
  ConfirmForm,
  DecideContestForm,
  FactsForm,
  ReasonForm,
  ReturnForm,
  WithdrawFactForm,
} from './enterprise-forms.rules';
import { RecordFacts, TellEnterprise } from './enterprise.handlers';
import { REGISTRATION_STATES } from './enterprise-state.rules';
import type { RegistrationState } from './enterprise-state.rules';
import { Officer } from './enterprise.rules';
import { RegistrationChanged, RegistrationLine, RegistrationView } from './registration-answer.rules';
import { RegistrationPage } from './registration-page.handlers';
import {
  REGISTRATION_ORDERS,
  RegistrationById,
  RegistrationRow,
  registrations,
  RegistrationsAtOffice,
  WAITING_FOR,
} from './registrations.view';
import type { RegistrationOrder, WaitingFor } from './registrations.view';

export class RegistrationQuery extends PageQuery {
  @Text(30, { optional: true, description: 'area of an office, or city; for the bureau' }) office?: string;
  @OneOf(REGISTRATION_STATES, { optional: true }) state?: RegistrationState;
  @OneOf(['anything', ...WAITING_FOR], { optional: true }) waitingFor?: 'anything' | WaitingFor;
  @Uscc({ optional: true }) enterprise?: string;
  @Text(100, { optional: true, description: 'of the name or the code' }) words?: string;
  @OneOf(orderNames(REGISTRATION_ORDERS), { optional: true, description: 'default: applied' })
  order?: RegistrationOrder;
}

export class RegistrationsPage extends PageAnswer {
  @ApiProperty({ type: [RegistrationLine] }) items: RegistrationLine[];
}

/** A command of an office as far as its form tells; registration, day and officer are added. */
type OfficeAct = DistributiveOmit<Extract<EnterpriseCommand, { by: Officer }>, 'registration' | 'day' | 'by'>;
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** The offices' side: the county office sees and decides its own area, the city bureau sees all. */
@ApiTags('registrations')
@Controller('registrations')
export class RegistrationOfficeController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Access('county-officer', 'city-officer', 'auditor')
  @WaitsFor(registrations)
  @ApiOkResponse({ type: RegistrationsPage })
  async queue(
    @Query() query: RegistrationQuery,
    @CurrentActor() actor: Actor,
    @After() after: Keyset | undefined,
  ): Promise<Page<RegistrationLine>> {
    const { area } = areaRows(actor);
    const { office = area } = query;
    if (area !== undefined && office !== area) throw new Refused('not-allowed-in-area');
    const wanted = listWanted(query, after, 'applied');
    return Page.listed(await this.queries.execute(new RegistrationsAtOffice({ ...query, office }, wanted)), lineOf);
  }

  @Get(':registrationId')
  @Access('county-officer', 'city-officer', 'auditor')
  @WaitsFor(registrations)
  @ApiOkResponse({ type: RegistrationView })
  async page(@Param('registrationId') id: string, @CurrentActor() actor: Actor): Promise<RegistrationView> {
    await this.row(id, actor);
    const page = await this.queries.execute(new RegistrationPage(id, 'office'));
    if (!page) throw new Refused('registration-unknown');
    return page;
  }

  /** For completion, with all gaps at once. */
  @Post(':registrationId/return')
  @Access('county-officer', 'city-officer')
  @InPerson()
  @ApiCreatedResponse({ type: RegistrationChanged })
  async return(
    @Param('registrationId') id: string,
    @Body() { gaps }: ReturnForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(id, { type: 'ReturnRegistration', gaps }, actor, context);
  }

  /** By the evidence and the name that the officer saw. */
  @Post(':registrationId/confirmation')
  @Access('county-officer', 'city-officer')
  @InPerson()
  @ApiCreatedResponse({ type: RegistrationChanged })
  async confirm(
    @Param('registrationId') id: string,
    @Body() { name, evidence }: ConfirmForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(id, { type: 'ConfirmRegistration', name, evidence }, actor, context);
  }

  @Post(':registrationId/refusal')
  @Access('county-officer', 'city-officer')
  @InPerson()
  @ApiCreatedResponse({ type: RegistrationChanged })
  async refuse(
    @Param('registrationId') id: string,
    @Body() { reason }: ReasonForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(id, { type: 'RefuseRegistration', reason }, actor, context);
  }

  @Post(':registrationId/suspension')
  @Access('county-officer', 'city-officer')
  @InPerson()
  @ApiCreatedResponse({ type: RegistrationChanged })
  async suspend(
    @Param('registrationId') id: string,
    @Body() { reason }: ReasonForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(id, { type: 'SuspendRegistration', reason }, actor, context);
  }

  @Post(':registrationId/reinstatement')
  @Access('county-officer', 'city-officer')
  @InPerson()
  @ApiCreatedResponse({ type: RegistrationChanged })
  async reinstate(
    @Param('registrationId') id: string,
    @Body() { reason }: ReasonForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(id, { type: 'ReinstateRegistration', reason }, actor, context);
  }

  /** Of the registration that contests: the holder keeps the code, or is replaced and what he did is void. */
  @Post(':registrationId/contest-decision')
  @Access('county-officer', 'city-officer')
  @InPerson()
  @ApiCreatedResponse({ type: RegistrationChanged })
  async decideContest(
    @Param('registrationId') id: string,
    @Body() { name = '', ...form }: DecideContestForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(id, { type: 'DecideContest', name, ...form }, actor, context);
  }

  /** Facts as the officer has checked them. */
  @Put(':registrationId/facts')
  @Access('county-officer', 'city-officer')
  @InPerson()
  @ApiOkResponse({ type: RegistrationChanged })
  async checkFacts(
    @Param('registrationId') id: string,
    @Body() form: FactsForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const { enterprise } = await this.row(id, actor);
    const command = { type: 'CheckFacts', registration: id, day: this.today(), by: officer(actor) } as const;
    return done(await this.commands.execute(new RecordFacts(enterprise, form, command, context)), { registration: id });
  }

  @Post(':registrationId/facts/withdrawal')
  @Access('county-officer', 'city-officer')
  @InPerson()
  @ApiCreatedResponse({ type: RegistrationChanged })
  async withdrawCheckedFact(
    @Param('registrationId') id: string,
    @Body() { kind, from }: WithdrawFactForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(id, { type: 'WithdrawCheckedFact', kind, from }, actor, context);
  }

  private async tell(registration: string, act: OfficeAct, actor: Actor, context: CommandContext) {
    const { enterprise } = await this.row(registration, actor);
    const command = { ...act, registration, day: this.today(), by: officer(actor) } as EnterpriseCommand;
    return done(await this.commands.execute(new TellEnterprise(enterprise, command, context)), { registration });
  }

  /** The row that this officer may see; another area's is unknown to him. */
  private async row(registration: string, actor: Actor): Promise<RegistrationRow> {
    const row = await this.queries.execute(new RegistrationById(registration));
    if (!row || !mayReadRow(actor, { area: row.office })) throw new Refused('registration-unknown');
    return row;
  }

  private today(): string {
    return shanghaiDay(this.clock.now());
  }
}

const officer = ({ account, name, area = CITY_BUREAU }: Actor): Officer => ({ account, name, office: area });

const lineOf = (row: RegistrationRow): RegistrationLine => ({
  registration: row.registration,
  enterprise: row.enterprise,
  name: row.name,
  office: row.office,
  state: row.state,
  ...(row.waitingFor && { waitingFor: row.waitingFor }),
  appliedAt: row.appliedAt,
  changedAt: row.changedAt,
});
