import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import type { CommandContext } from '@app/event-store';
import { CommandInfo, done, ReceivedAt } from '@app/http';
import { Body, Controller, Delete, Param, Post, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { OfferOnLines } from './lines.handlers';
import { answer, partyOf } from './listing.controller';
import { TellListing } from './listing.handlers';
import { LinesAnswer, ListingChanged, ReceiptAnswer } from './matching-answer.rules';
import { OfferForm, OfferLinesForm, OfferTermsForm } from './matching-forms.rules';
import { ReviseOffer, SubmitOffer } from './offering.handlers';

/** Offering, sealed until the close: the answer names the asker's own offer and nothing else. */
@ApiTags('offers')
@Controller()
export class OfferController {
  constructor(private readonly commands: CommandBus) {}

  @Post('listings/:listing/offers')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: ReceiptAnswer })
  async submit(
    @Param('listing') listing: string,
    @Body() { offer, terms }: OfferForm,
    @CurrentActor() actor: Actor,
    @ReceivedAt() receivedAt: string,
    @CommandInfo() context: CommandContext,
  ) {
    const command = new SubmitOffer(listing, offer, partyOf(actor), terms, receivedAt, context);
    const { committed, receipt } = await this.commands.execute(command);
    return done(committed, receipt);
  }

  /** Until the close any terms; in a second round only better ones. */
  @Put('listings/:listing/offers/:offer')
  @Access('manager', 'clerk')
  @ApiOkResponse({ type: ReceiptAnswer })
  async revise(
    @Param('listing') listing: string,
    @Param('offer') offer: string,
    @Body() { terms }: OfferTermsForm,
    @CurrentActor() actor: Actor,
    @ReceivedAt() receivedAt: string,
    @CommandInfo() context: CommandContext,
  ) {
    const command = new ReviseOffer(listing, offer, partyOf(actor), terms, receivedAt, context);
    const { committed, receipt } = await this.commands.execute(command);
    return done(committed, receipt);
  }

  @Delete('listings/:listing/offers/:offer')
  @Access('manager', 'clerk')
  @ApiOkResponse({ type: ListingChanged })
  async withdraw(
    @Param('listing') listing: string,
    @Param('offer') offer: string,
    @CurrentActor() actor: Actor,
    @ReceivedAt() receivedAt: string,
    @CommandInfo() context: CommandContext,
  ) {
    const command = { type: 'WithdrawOffer', offer, by: partyOf(actor), receivedAt } as const;
    return answer(listing, await this.commands.execute(new TellListing(listing, command, context)));
  }

  /** Many lines at once, each with its own result: a refused line leaves the others done. */
  @Post('offers')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: LinesAnswer })
  async submitLines(
    @Body() { lines }: OfferLinesForm,
    @CurrentActor() actor: Actor,
    @ReceivedAt() receivedAt: string,
    @CommandInfo() context: CommandContext,
  ) {
    const told = await this.commands.execute(new OfferOnLines(partyOf(actor), lines, receivedAt, context));
    return done(told.committed, { lines: told.lines });
  }
}
