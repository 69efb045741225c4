import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import type { CommandContext } from '@app/event-store';
import { CommandInfo, done } from '@app/http';
import { Clock, instantText } from '@app/kernel';
import { refusalSentence } from '@app/labels';
import { Body, Controller, Delete, Param, Post, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { CatalogueCommand } from './catalogue.decider';
import { AddLines, CopyCatalogue, TellCatalogue } from './catalogue.handlers';
import { ChangeLines, RemoveLines } from './lines.handlers';
import { partyOf, personOf } from './listing.controller';
import { CatalogueAnswer, LinesAnswer, PublicationAnswer } from './matching-answer.rules';
import {
  CatalogueTermsForm,
  CommonTermsForm,
  CopyForm,
  ItemsForm,
  LinesForm,
  OpenCatalogueForm,
} from './matching-forms.rules';
import { PublishCatalogue } from './publication.handlers';

/** Catalogues: a lead's demand catalogue of one period, an SME's promotion catalogue. */
@ApiTags('catalogues')
@Controller('catalogues')
export class CatalogueController {
  constructor(
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  @Post()
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: CatalogueAnswer })
  open(
    @Body() { catalogue, kind, terms }: OpenCatalogueForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(catalogue, { type: 'OpenCatalogue', catalogue, kind, by: partyOf(actor), terms }, context);
  }

  @Put(':catalogue/terms')
  @Access('manager', 'clerk')
  @ApiOkResponse({ type: CatalogueAnswer })
  change(
    @Param('catalogue') catalogue: string,
    @Body() { terms }: CatalogueTermsForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(catalogue, { type: 'ChangeCatalogue', by: partyOf(actor), terms }, context);
  }

  /** Drafts lines into a demand catalogue. */
  @Post(':catalogue/lines')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: CatalogueAnswer })
  async addLines(
    @Param('catalogue') catalogue: string,
    @Body() { lines }: LinesForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const committed = await this.commands.execute(new AddLines(catalogue, partyOf(actor), lines, context));
    return done(committed, { catalogue });
  }

  /** Sets terms of many drafts at once, such as the deadline and who may see them; what is left out stays as it is. */
  @Put(':catalogue/lines/terms')
  @Access('manager', 'clerk')
  @ApiOkResponse({ type: LinesAnswer })
  async changeLines(
    @Param('catalogue') catalogue: string,
    @Body() { terms, items }: CommonTermsForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const change = new ChangeLines(catalogue, partyOf(actor), terms, items, context);
    const { committed, lines } = await this.commands.execute(change);
    return done(committed, { lines });
  }

  /** Takes items out that are not published; drafts of a demand catalogue are discarded with it. */
  @Post(':catalogue/removals')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: CatalogueAnswer })
  async remove(
    @Param('catalogue') catalogue: string,
    @Body() { items }: ItemsForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const at = instantText(this.clock.now());
    const committed = await this.commands.execute(new RemoveLines(catalogue, partyOf(actor), items, at, context));
    return done(committed, { catalogue });
  }

  /** Publishes every item that does not stand yet; a refused one leaves the others published. */
  @Post(':catalogue/publication')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: PublicationAnswer })
  async publish(
    @Param('catalogue') catalogue: string,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const { committed, published, proposed, refused } = await this.commands.execute(
      new PublishCatalogue(catalogue, personOf(actor), context),
    );
    const explained = refused.map(({ item, code, values = {} }) => ({
      item,
      code,
      zh: refusalSentence(code, values, 'zh'),
      en: refusalSentence(code, values, 'en'),
    }));
    return done(committed, { catalogue, published, proposed, refused: explained });
  }

  /** Last period's catalogue anew: its lines as drafts of a new one. */
  @Post(':catalogue/copies')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: CatalogueAnswer })
  async copy(
    @Param('catalogue') source: string,
    @Body() { catalogue, terms }: CopyForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const command = new CopyCatalogue(source, catalogue, partyOf(actor), terms, context);
    return done(await this.commands.execute(command), { catalogue });
  }

  @Delete(':catalogue')
  @Access('manager', 'clerk')
  @ApiOkResponse({ type: CatalogueAnswer })
  discard(@Param('catalogue') catalogue: string, @CurrentActor() actor: Actor, @CommandInfo() context: CommandContext) {
    const at = instantText(this.clock.now());
    return this.tell(catalogue, { type: 'DiscardCatalogue', by: partyOf(actor), at }, context);
  }

  private async tell(catalogue: string, command: CatalogueCommand, context: CommandContext) {
    return done(await this.commands.execute(new TellCatalogue(catalogue, command, context)), { catalogue });
  }
}
