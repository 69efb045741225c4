import { Access, CurrentActor, InPerson, ownRows } from '@app/auth';
import type { Actor } from '@app/auth';
import { Attachments } from '@app/attachments';
import type { CommandContext } from '@app/event-store';
import { CommandInfo, done, WaitsFor } from '@app/http';
import { Clock, Party, Refused, shanghaiDay } from '@app/kernel';
import { Body, Controller, Get, Post, Put } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { EnterpriseCommand } from './enterprise.decider';
import {
  ContestForm,
  EvidenceForm,
  FactsForm,
  RegistrationForm,
  SecondPersonForm,
  WithdrawFactForm,
} from './enterprise-forms.rules';
import { accountOf, ContestHolder, RecordFacts, Register, TellEnterprise } from './enterprise.handlers';
import { RegistrationChanged, RegistrationMade, RegistrationView } from './registration-answer.rules';
import { RegistrationPage } from './registration-page.handlers';
import { registrations } from './registrations.view';

/** A firm's own registration: applying, completing, keeping its facts up to date. */
@ApiTags('registrations')
@Controller('registrations')
export class RegistrationController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly attachments: Attachments,
    private readonly clock: Clock,
  ) {}

  /** Without a sign-in it makes the account too; whoever is signed in applies with his own. */
  @Post()
  @Access('public')
  @InPerson()
  @ApiCreatedResponse({ type: RegistrationMade })
  async register(
    @Body() { account, ...form }: RegistrationForm,
    @CurrentActor() actor: Actor | undefined,
    @CommandInfo() context: CommandContext,
  ) {
    if (actor && account) throw new Refused('account-not-needed', {}, 'account');
    if (actor?.roles.some((role) => role !== 'member')) throw new Refused('officer-not-member');
    const by = actor ? { account: actor.account } : account;
    if (!by) throw new Refused('account-missing', {}, 'account');
    const committed = await this.commands.execute(new Register(form, by, context));
    const { id: registration, enterprise } = form;
    return done(committed, { registration, enterprise, account: accountOf(by, context) });
  }

  @Get('own')
  @Access('member')
  @WaitsFor(registrations)
  @ApiOkResponse({ type: RegistrationView })
  async own(@CurrentActor() actor: Actor): Promise<RegistrationView> {
    const page = await this.queries.execute(new RegistrationPage(ownRows(actor).registration, 'firm'));
    if (!page) throw new Refused('registration-unknown');
    return page;
  }

  /** Files that were uploaded for this firm, each as what it is evidence of. */
  @Post('own/evidence')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: RegistrationChanged })
  async attachEvidence(
    @Body() form: EvidenceForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const { registration } = ownRows(actor);
    const files = await this.attachments.find(form.evidence.map(({ id }) => id));
    const evidence = form.evidence.map(({ id, kind }, index) => {
      const file = files.get(id);
      // Another firm's file is none: its hash in an event would tell that it exists.
      if (file?.registration !== registration) throw new Refused('evidence-not-uploaded', {}, `evidence/${index}/id`);
      return { id, kind, sha256: file.sha256 };
    });
    return this.tell(actor, { type: 'AttachEvidence', registration, evidence }, context);
  }

  /** After a return: everything that was missing is there. */
  @Post('own/completion')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: RegistrationChanged })
  complete(@CurrentActor() actor: Actor, @CommandInfo() context: CommandContext) {
    return this.tell(actor, { type: 'CompleteRegistration', ...ownRows(actor) }, context);
  }

  /** Facts that hold from a day on. A new name or registered address shows once the office has checked it. */
  @Put('own/facts')
  @Access('manager', 'clerk')
  @ApiOkResponse({ type: RegistrationChanged })
  async declareFacts(@Body() form: FactsForm, @CurrentActor() actor: Actor, @CommandInfo() context: CommandContext) {
    const { enterprise, registration } = partyOf(actor);
    const day = shanghaiDay(this.clock.now());
    const command = { type: 'DeclareFacts', registration, day } as const;
    return done(await this.commands.execute(new RecordFacts(enterprise, form, command, context)), { registration });
  }

  /** Takes back a fact that the firm itself declared. */
  @Post('own/facts/withdrawal')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: RegistrationChanged })
  withdrawFact(@Body() form: WithdrawFactForm, @CurrentActor() actor: Actor, @CommandInfo() context: CommandContext) {
    return this.tell(actor, { type: 'WithdrawFact', ...ownRows(actor), ...form }, context);
  }

  /** For which acts of this firm a second person of its own must agree. */
  @Put('own/second-person')
  @Access('manager')
  @InPerson()
  @ApiOkResponse({ type: RegistrationChanged })
  requireSecondPerson(
    @Body() { acts }: SecondPersonForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(actor, { type: 'RequireSecondPerson', ...ownRows(actor), acts }, context);
  }

  /** The code is held by another registration, which the office is asked to replace by this one. */
  @Post('own/contest')
  @Access('manager')
  @InPerson()
  @ApiCreatedResponse({ type: RegistrationChanged })
  async contest(
    @Body() { statement }: ContestForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const { enterprise, registration } = partyOf(actor);
    const command = new ContestHolder(enterprise, registration, statement, context);
    return done(await this.commands.execute(command), { registration });
  }

  private async tell(actor: Actor, command: EnterpriseCommand, context: CommandContext) {
    const { enterprise, registration } = partyOf(actor);
    return done(await this.commands.execute(new TellEnterprise(enterprise, command, context)), { registration });
  }
}

function partyOf({ party }: Actor): Party {
  if (!party) throw new Refused('not-allowed');
  return party;
}
