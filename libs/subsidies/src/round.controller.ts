import { Access, areaRows, CurrentActor, InPerson } from '@app/auth';
import type { Actor } from '@app/auth';
import type { CommandContext } from '@app/event-store';
import { CommandInfo, done, WaitsFor } from '@app/http';
import { Clock, decimalText, Exact, instantText, Refused, shanghaiDay } from '@app/kernel';
import { Body, Controller, Get, Param, Post, Put } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ledgerLines } from './fund-ledger.rules';
import { fundLedger, LedgerOfRound } from './fund-ledger.view';
import { policies } from './policies.view';
import { officerOf } from './policy.controller';
import { PolicyVersionOf } from './policy.handlers';
import { oncePerFirm, takenBy } from './round-budget.rules';
import {
  AskedView,
  BudgetForm,
  FilingForm,
  ProRataForm,
  RoundChanged,
  RoundForm,
  RoundFunds,
  RoundLine,
  RoundLines,
  RoundStepView,
  ScaleForm,
} from './round-forms.rules';
import type { OpenedRound, RoundCommand } from './round.decider';
import { ExtendFiling, OpenRound, RoundAt, TellRound } from './round.handlers';
import { RoundById, Rounds, rounds } from './rounds.view';
import type { RoundRow } from './rounds.view';

/** Rounds 申报批次: anybody sees which are open for filing; their money is for the offices, finance and the auditor. */
@ApiTags('rounds')
@Controller('rounds')
export class RoundController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  /** The latest filing first. */
  @Get()
  @Access('public')
  @WaitsFor(rounds, policies)
  @ApiOkResponse({ type: RoundLines })
  async all(): Promise<RoundLines> {
    const found = await this.queries.execute(new Rounds());
    return { items: await Promise.all(found.map((row) => this.line(row))) };
  }

  @Get(':round')
  @Access('public')
  @WaitsFor(rounds, policies)
  @ApiOkResponse({ type: RoundLine })
  async one(@Param('round') id: string): Promise<RoundLine> {
    return this.line(await this.row(id));
  }

  /** Budgets, what claims ask, scales, and the fund ledger 资金台账; a county office sees its own county alone. */
  @Get(':round/funds')
  @Access('county-officer', 'city-officer', 'county-finance', 'city-finance', 'auditor')
  @WaitsFor(rounds, fundLedger)
  @ApiOkResponse({ type: RoundFunds })
  async funds(@Param('round') id: string, @CurrentActor() actor: Actor): Promise<RoundFunds> {
    const { area } = areaRows(actor);
    const row = await this.row(id);
    const state = await this.queries.execute(new RoundAt(id));
    if (!state) throw new Refused('round-unknown');
    const money = await this.queries.execute(new LedgerOfRound(id, row.shares));
    const isSeen = (level: string | undefined) => area === undefined || area === level;
    const asked = [...state.asked.values()];
    const opened: RoundStepView = { step: 'opened', by: row.openedBy, at: row.openedAt, document: row.document };
    return {
      round: id,
      short: state.short,
      shares: row.shares,
      scales: row.scales.filter(({ county }) => county === '' || isSeen(county)).map(scaleView),
      undecided: asked.filter(({ county, isFound }) => !isFound && isSeen(county)).length,
      asked: askedViews(state).filter(({ level }) => isSeen(level)),
      levels: ledgerLines(state.shares, state.budgets, state.reserved.values(), money).filter(({ level }) =>
        isSeen(level),
      ),
      counties: money
        .filter(({ county }) => isSeen(county))
        .map(({ county, claims, whole }) => ({ county, claims, ...whole }))
        .sort((one, other) => (one.county < other.county ? -1 : 1)),
      steps: [opened, ...row.steps].filter(({ level }) => !level || isSeen(level)),
    };
  }

  /** Opens a round under a published version of a policy. */
  @Post()
  @Access('city-officer')
  @InPerson()
  @ApiCreatedResponse({ type: RoundChanged })
  async open(
    @Body() { round, policy, terms }: RoundForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const committed = await this.commands.execute(new OpenRound(round, policy, terms, officerOf(actor), context));
    return done(committed, { round });
  }

  /** Extends the filing; it is never shortened. */
  @Put(':round/filing')
  @Access('city-officer')
  @InPerson()
  @ApiOkResponse({ type: RoundChanged })
  async extend(
    @Param('round') round: string,
    @Body() { to, ...said }: FilingForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return done(await this.commands.execute(new ExtendFiling(round, to, said, officerOf(actor), context)), { round });
  }

  /** Sets the budget of one level, not below what is reserved. */
  @Post(':round/budgets')
  @Access('city-officer')
  @InPerson()
  @ApiCreatedResponse({ type: RoundChanged })
  changeBudget(
    @Param('round') round: string,
    @Body() form: BudgetForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(round, { type: 'ChangeBudget', ...form, ...this.signed(actor) }, context);
  }

  /** Where the policy pays the full rate and then an explicit scale: that scale, before anything is approved. */
  @Post(':round/scale')
  @Access('city-officer')
  @InPerson()
  @ApiCreatedResponse({ type: RoundChanged })
  setScale(
    @Param('round') round: string,
    @Body() form: ScaleForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(round, { type: 'SetScale', ...form, ...this.signed(actor) }, context);
  }

  /** Where the policy scales pro rata: fixes the scales, once every claim was jointly reviewed. */
  @Post(':round/pro-rata')
  @Access('city-officer')
  @InPerson()
  @ApiCreatedResponse({ type: RoundChanged })
  fixProRata(
    @Param('round') round: string,
    @Body() { document }: ProRataForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(round, { type: 'FixProRata', document, ...this.signed(actor) }, context);
  }

  private async tell(
    round: string,
    command: Exclude<RoundCommand, { type: 'OpenRound' | 'ExtendFiling' }>,
    context: CommandContext,
  ) {
    return done(await this.commands.execute(new TellRound(round, command, context)), { round });
  }

  private signed(actor: Actor) {
    return { by: officerOf(actor), at: instantText(this.clock.now()) };
  }

  private async row(id: string): Promise<RoundRow> {
    const row = await this.queries.execute(new RoundById(id));
    if (!row) throw new Refused('round-unknown');
    return row;
  }

  private async line({ round, name, document, policy, filingFrom, filingTo, year }: RoundRow): Promise<RoundLine> {
    const { scheme, version } = policy;
    const found = await this.queries.execute(new PolicyVersionOf(scheme, version));
    const day = shanghaiDay(this.clock.now());
    return {
      round,
      name,
      document,
      policy: { scheme, version },
      ...(found && { title: found.terms.title }),
      filing: { from: filingFrom, to: filingTo },
      state: day < filingFrom ? 'ahead' : day > filingTo ? 'over' : 'open',
      year,
    };
  }
}

const scaleView = ({ county, scale }: { county: string; scale: string }) => ({
  ...(county !== '' && { county }),
  scale,
});

function askedViews({ shares, asked, budgets }: OpenedRound): AskedView[] {
  const taken = takenBy(shares, oncePerFirm(asked.values()));
  return [...taken].map(([level, amount]) => ({
    level,
    asked: decimalText(amount),
    short: new Exact(amount).gt(budgets.get(level) ?? '0'),
  }));
}
