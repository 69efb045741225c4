import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import type { CommandContext } from '@app/event-store';
import { CommandInfo, done } from '@app/http';
import { Clock, instantText } from '@app/kernel';
import { Body, Controller, Delete, Param, Post, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { partyOf } from './listing.controller';
import { PromotionAnswer } from './matching-answer.rules';
import { PromotionForm, PromotionTermsForm } from './matching-forms.rules';
import type { PromotionCommand } from './promotion.decider';
import { DraftPromotion, PublishPromotion, TellPromotion } from './promotion.handlers';
import { StandInCatalogue } from './publication.handlers';

/** What an SME can make: the lines of its promotion catalogue. */
@ApiTags('promotions')
@Controller('promotions')
export class PromotionController {
  constructor(
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: PromotionAnswer })
  async draft(
    @Body() { promotion, terms, catalogue }: PromotionForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const command = new DraftPromotion(promotion, partyOf(actor), terms, catalogue, context);
    return done(await this.commands.execute(command), { promotion });
  }

  @Put(':promotion/terms')
  @Access('manager', 'clerk')
  @ApiOkResponse({ type: PromotionAnswer })
  change(
    @Param('promotion') promotion: string,
    @Body() { terms }: PromotionTermsForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(promotion, { type: 'ChangePromotion', by: partyOf(actor), terms, at: this.now() }, context);
  }

  @Post(':promotion/publication')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: PromotionAnswer })
  async publish(
    @Param('promotion') promotion: string,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const publish = new PublishPromotion(promotion, partyOf(actor), context);
    const { committed } = await this.commands.execute(new StandInCatalogue(publish));
    return done(committed, { promotion });
  }

  @Delete(':promotion')
  @Access('manager', 'clerk')
  @ApiOkResponse({ type: PromotionAnswer })
  withdraw(
    @Param('promotion') promotion: string,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(promotion, { type: 'WithdrawPromotion', by: partyOf(actor), at: this.now() }, context);
  }

  private now(): string {
    return instantText(this.clock.now());
  }

  private async tell(promotion: string, command: PromotionCommand, context: CommandContext) {
    return done(await this.commands.execute(new TellPromotion(promotion, command, context)), { promotion });
  }
}
