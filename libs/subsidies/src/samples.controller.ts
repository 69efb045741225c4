import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import type { CommandContext } from '@app/event-store';
import { CommandInfo, done, WaitsFor } from '@app/http';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { claimOfficerOf } from './claim-office.controller';
import { claims } from './claims.view';
import { SampleDrawn, SampleForm, SampleLines, SampleView } from './samples-forms.rules';
import { SampleClaims, Samples } from './samples.handlers';
import { claimSamples, SamplesOfRound } from './samples.view';

/** Samples of paid claims: drawn by the bureau or the city's finance, and drawn again by whoever reads them. */
@ApiTags('rounds')
@Controller('rounds/:round/samples')
export class SamplesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly samples: Samples,
  ) {}

  /** Seed, number and hash of the list are recorded, so that whoever has the list draws the same. */
  @Post()
  @Access('city-officer', 'city-finance')
  @ApiCreatedResponse({ type: SampleDrawn })
  async draw(
    @Param('round') round: string,
    @Body() form: SampleForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const committed = await this.commands.execute(new SampleClaims(round, form, claimOfficerOf(actor), context));
    return done(committed, { sample: form.sample });
  }

  /** The latest first. */
  @Get()
  @Access('city-officer', 'city-finance', 'auditor')
  @WaitsFor(claimSamples)
  @ApiOkResponse({ type: SampleLines })
  async all(@Param('round') round: string): Promise<SampleLines> {
    const rows = await this.queries.execute(new SamplesOfRound(round));
    return {
      items: rows.map(({ sample, seed, count, population, populationHash, at }) => ({
        ...{ sample, seed, count, population, populationHash, at },
      })),
    };
  }

  @Get(':sample')
  @Access('city-officer', 'city-finance', 'auditor')
  @WaitsFor(claims, claimSamples)
  @ApiOkResponse({ type: SampleView })
  one(@Param('round') round: string, @Param('sample') sample: string): Promise<SampleView> {
    return this.samples.one(round, sample);
  }
}
