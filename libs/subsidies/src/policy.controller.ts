import { Access, CurrentActor, InPerson } from '@app/auth';
import type { Actor } from '@app/auth';
import type { CommandContext } from '@app/event-store';
import { CommandInfo, done, WaitsFor } from '@app/http';
import { Clock, instantText, Refused, shanghaiDay } from '@app/kernel';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { policies, PolicyVersionByName, PolicyVersions } from './policies.view';
import type { PolicyVersionRow } from './policies.view';
import {
  PolicyApprovalForm,
  PolicyChanged,
  PolicyEndForm,
  PolicyLine,
  PolicyLines,
  PolicyPage,
  PolicyPublicationForm,
  PolicyQuery,
  PolicyReturnForm,
  PolicyVersionForm,
} from './policy-forms.rules';
import { termsHash } from './policy-terms.rules';
import type { PolicyCommand, PolicyOfficer } from './policy.decider';
import { EvaluatePolicy, PolicyVersionOf, ShippedPolicies, TellPolicy } from './policy.handlers';
import type { FoundPolicy } from './policy.handlers';

const ANY_OBJECT = { type: 'object', additionalProperties: true } as const;

export class EvaluationForm {
  /** Read by the evaluator's door, which refuses what it does not know by its path. */
  @ApiProperty({
    ...ANY_OBJECT,
    description: 'facts in the shape of `peitao policy schema`',
    example: { asOf: '2021-01-31', beneficiary: '91350100M000100Y43', orders: [] },
  })
  @ValidateBy(
    { name: 'object', validator: { validate: (value) => typeof value === 'object' && !Array.isArray(value) } },
    { message: 'field-object' },
  )
  facts: Record<string, unknown>;
}

export class EvaluationAnswer {
  @ApiProperty({ type: String, description: 'yuan' }) award: string;
  @ApiProperty({ ...ANY_OBJECT, description: 'by kind, in yuan' }) base: object;
  @ApiProperty({ ...ANY_OBJECT, description: 'yuan by invoice or loan' }) counted: object;
  @ApiProperty({ ...ANY_OBJECT, description: 'reason by invoice or loan' }) excluded: object;
  @ApiProperty({ type: 'array', items: ANY_OBJECT, description: 'lines with their code, values, amount and events' })
  derivation: object[];
}

type Told<C = PolicyCommand> = C extends PolicyCommand ? Omit<C, 'version' | 'by' | 'at' | 'isShipped'> : never;

/** Policies 扶持政策 and their versions: the bureau's to draft, approve and publish; what is published is everybody's. */
@ApiTags('policies')
@Controller('policies')
export class PolicyController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  /** Published versions and the historical ones that are shipped; the bureau and the auditor see drafts too. */
  @Get()
  @Access('public')
  @WaitsFor(policies)
  @ApiOkResponse({ type: PolicyLines })
  async all(@Query() { language }: PolicyQuery, @CurrentActor() actor: Actor | undefined): Promise<PolicyLines> {
    const drafted = await this.queries.execute(new PolicyVersions(whichFor(actor)));
    const shipped = await this.queries.execute(new ShippedPolicies(language));
    return { items: [...drafted.map(lineOfRow), ...shipped.map(lineOfShipped)] };
  }

  /** The whole of a version: its text, the readings with their basis, its sources. */
  @Get(':scheme/:version')
  @Access('public')
  @WaitsFor(policies)
  @ApiOkResponse({ type: PolicyPage })
  async one(
    @Param('scheme') scheme: string,
    @Param('version') version: string,
    @Query() { language }: PolicyQuery,
    @CurrentActor() actor: Actor | undefined,
  ): Promise<PolicyPage> {
    const row = await this.queries.execute(new PolicyVersionByName(scheme, version));
    if (row && (row.state === 'published' || seesDrafts(actor))) {
      const { terms, steps } = row;
      const told = steps.map(({ by, ...step }) => ({ ...step, by: by.name }));
      return { ...lineOfRow(row), terms, hash: termsHash(terms), ...(seesDrafts(actor) && { steps: told }) };
    }
    const found = row ? undefined : await this.queries.execute(new PolicyVersionOf(scheme, version, { language }));
    if (found?.origin !== 'shipped') throw new Refused('policy-version-unknown');
    return { ...lineOfShipped(found), terms: found.terms, hash: found.hash };
  }

  /** Drafts a version. */
  @Post(':scheme/:version')
  @Access('city-officer')
  @InPerson()
  @ApiCreatedResponse({ type: PolicyChanged })
  draft(
    @Param('scheme') scheme: string,
    @Param('version') version: string,
    @Body() { terms }: PolicyVersionForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(scheme, version, { type: 'DraftPolicyVersion', scheme, terms: terms }, actor, context);
  }

  /** Changes a draft. */
  @Put(':scheme/:version')
  @Access('city-officer')
  @InPerson()
  @ApiOkResponse({ type: PolicyChanged })
  change(
    @Param('scheme') scheme: string,
    @Param('version') version: string,
    @Body() { terms }: PolicyVersionForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(scheme, version, { type: 'ChangePolicyVersion', terms: terms }, actor, context);
  }

  @Post(':scheme/:version/discarding')
  @Access('city-officer')
  @InPerson()
  @ApiCreatedResponse({ type: PolicyChanged })
  discard(
    @Param('scheme') scheme: string,
    @Param('version') version: string,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(scheme, version, { type: 'DiscardPolicyVersion' }, actor, context);
  }

  /** Asks another person to approve it: every open point must have its reading and the reading its basis. */
  @Post(':scheme/:version/proposal')
  @Access('city-officer')
  @InPerson()
  @ApiCreatedResponse({ type: PolicyChanged })
  propose(
    @Param('scheme') scheme: string,
    @Param('version') version: string,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(scheme, version, { type: 'ProposePolicyVersion' }, actor, context);
  }

  @Post(':scheme/:version/return')
  @Access('city-officer')
  @InPerson()
  @ApiCreatedResponse({ type: PolicyChanged })
  giveBack(
    @Param('scheme') scheme: string,
    @Param('version') version: string,
    @Body() { reason }: PolicyReturnForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(scheme, version, { type: 'ReturnPolicyVersion', reason }, actor, context);
  }

  /** Approves it as it was read; whoever wrote or proposed it may not. */
  @Post(':scheme/:version/approval')
  @Access('city-officer')
  @InPerson()
  @ApiCreatedResponse({ type: PolicyChanged })
  approve(
    @Param('scheme') scheme: string,
    @Param('version') version: string,
    @Body() { hash, reason }: PolicyApprovalForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(scheme, version, { type: 'ApprovePolicyVersion', hash, reason }, actor, context);
  }

  /** From now on it never changes. */
  @Post(':scheme/:version/publication')
  @Access('city-officer')
  @InPerson()
  @ApiCreatedResponse({ type: PolicyChanged })
  publish(
    @Param('scheme') scheme: string,
    @Param('version') version: string,
    @Body() { hash, document, supersedes }: PolicyPublicationForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const command = { type: 'PublishPolicyVersion', hash, document, supersedes } as const;
    return this.tell(scheme, version, command, actor, context);
  }

  /** Brings its last day of filing forward. */
  @Post(':scheme/:version/end')
  @Access('city-officer')
  @InPerson()
  @ApiCreatedResponse({ type: PolicyChanged })
  end(
    @Param('scheme') scheme: string,
    @Param('version') version: string,
    @Body() { endsOn, document, reason }: PolicyEndForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const day = shanghaiDay(this.clock.now());
    return this.tell(scheme, version, { type: 'EndPolicyVersion', endsOn, document, reason, day }, actor, context);
  }

  /** What facts in the shape of the door bring under this version, by the evaluator that claims use; nothing is recorded. */
  @Post(':scheme/:version/evaluation')
  @Access('county-officer', 'city-officer', 'county-finance', 'city-finance', 'auditor')
  @HttpCode(200)
  @ApiOkResponse({ type: EvaluationAnswer })
  async evaluate(
    @Param('scheme') scheme: string,
    @Param('version') version: string,
    @Body() { facts }: EvaluationForm,
    @CurrentActor() actor: Actor,
  ): Promise<EvaluationAnswer> {
    const asked = new EvaluatePolicy(scheme, version, facts, whichFor(actor));
    const { derivation, ...found } = await this.queries.execute(asked);
    return { ...found, derivation: [...derivation] };
  }

  private async tell(scheme: string, version: string, told: Told, actor: Actor, context: CommandContext) {
    const command = { ...told, version, by: officerOf(actor), at: instantText(this.clock.now()) };
    const committed = await this.commands.execute(new TellPolicy(scheme, command, context));
    return done(committed, { scheme, version });
  }
}

export const officerOf = ({ account, name }: Actor): PolicyOfficer => ({ account, name });

const seesDrafts = (actor: Actor | undefined): boolean =>
  actor?.roles.some((role) => role === 'city-officer' || role === 'auditor') ?? false;

const whichFor = (actor: Actor | undefined) => (seesDrafts(actor) ? 'with-drafts' : 'published-only');

const lineOfRow = (row: PolicyVersionRow): PolicyLine => ({
  scheme: row.scheme,
  version: row.version,
  origin: 'drafted',
  historical: false,
  state: row.state,
  title: row.terms.title,
  beneficiary: row.terms.beneficiary,
  effectiveFrom: row.terms.effectiveFrom,
  lastDay: row.endedOn ?? row.terms.endsOn,
  ...(row.publishedAt !== null && { publishedAt: row.publishedAt }),
  ...(row.document !== null && { document: row.document }),
  ...(row.supersededBy !== null && { supersededBy: row.supersededBy }),
});

const lineOfShipped = ({ scheme, version, state, terms, lastDay }: FoundPolicy): PolicyLine => ({
  scheme,
  version,
  origin: 'shipped',
  historical: true,
  state,
  title: terms.title,
  beneficiary: terms.beneficiary,
  effectiveFrom: terms.effectiveFrom,
  lastDay,
});
