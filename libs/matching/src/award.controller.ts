import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import type { CommandContext } from '@app/event-store';
import { CommandInfo, done } from '@app/http';
import { Clock, instantText } from '@app/kernel';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { AcceptLines, ApproveLines, AwardLines } from './lines.handlers';
import { answer, partyOf, personOf } from './listing.controller';
import { AwardShares, TellListing, TellListingAsParty } from './listing.handlers';
import { LinesAnswer, ListingChanged } from './matching-answer.rules';
import {
  AcceptLinesForm,
  ApprovalsForm,
  AwardForm,
  AwardLinesForm,
  DeclineForm,
  SharesForm,
} from './matching-forms.rules';

/** Shares: awarded by the lead, accepted or declined by whoever offered. */
@ApiTags('awards')
@Controller()
export class AwardController {
  constructor(
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  /** Splits the award of one listing; what is free later may be awarded again. */
  @Post('listings/:listing/awards')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: ListingChanged })
  async award(
    @Param('listing') listing: string,
    @Body() { award, shares, notChosen = [] }: AwardForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const command = new AwardShares(listing, personOf(actor), award, shares, notChosen, context);
    return answer(listing, await this.commands.execute(command));
  }

  /** Many listings in one act, each with its own result. */
  @Post('awards')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: LinesAnswer })
  async awardLines(
    @Body() { award, lines }: AwardLinesForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const asked = lines.map(({ notChosen = [], ...line }) => ({ ...line, notChosen }));
    const told = await this.commands.execute(new AwardLines(personOf(actor), award, asked, context));
    return done(told.committed, { lines: told.lines });
  }

  /** Approves, as the second person of the firm, what another one has proposed: publications, amendments and awards. */
  @Post('approvals')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: LinesAnswer })
  async approveLines(
    @Body() { lines }: ApprovalsForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const told = await this.commands.execute(new ApproveLines(personOf(actor), lines, context));
    return done(told.committed, { lines: told.lines });
  }

  @Post('listings/:listing/acceptances')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: ListingChanged })
  async accept(
    @Param('listing') listing: string,
    @Body() { shares }: SharesForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const command = { type: 'AcceptShares', by: partyOf(actor), shares, at: this.now() } as const;
    return answer(listing, await this.commands.execute(new TellListingAsParty(listing, command, context)));
  }

  @Post('acceptances')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: LinesAnswer })
  async acceptLines(
    @Body() { lines }: AcceptLinesForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const told = await this.commands.execute(new AcceptLines(partyOf(actor), lines, context));
    return done(told.committed, { lines: told.lines });
  }

  @Post('listings/:listing/refusals')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: ListingChanged })
  async decline(
    @Param('listing') listing: string,
    @Body() { shares, reason, text }: DeclineForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const command = { type: 'DeclineShares', by: partyOf(actor), shares, reason, text, at: this.now() } as const;
    return answer(listing, await this.commands.execute(new TellListing(listing, command, context)));
  }

  private now(): string {
    return instantText(this.clock.now());
  }
}
