import { Access, CurrentActor, ownRows } from '@app/auth';
import type { Actor } from '@app/auth';
import type { CommandContext } from '@app/event-store';
import { CommandInfo, done, IfMatch } from '@app/http';
import type { MatchCheck } from '@app/http';
import { Clock, instantText, Party } from '@app/kernel';
import { Body, Controller, Delete, HttpCode, Param, Post, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { ListingCommand } from './listing.decider';
import {
  AmendListing,
  ApproveListingProposal,
  ByPerson,
  PublishListing,
  TellListing,
  TellListingAsParty,
  ToldListing,
  WriteDraft,
} from './listing.handlers';
import { versionOf } from './listing-page.rules';
import type { Listing } from './listing-state.rules';
import {
  AnswerForm,
  CancelForm,
  ConcludeForm,
  DeadlineForm,
  DraftForm,
  ListingTermsForm,
  QuestionForm,
  SecondRoundForm,
  SuccessorForm,
} from './matching-forms.rules';
import { ListingChanged } from './matching-answer.rules';
import { StandInCatalogue } from './publication.handlers';
import type { Stood } from './publication.handlers';
import { RepublishListing } from './republishing.handlers';

/** Everything that is done to one listing but offering and awarding. */
@ApiTags('listings')
@Controller('listings')
export class ListingController {
  constructor(
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  /** A draft outside of any catalogue; the lines of a catalogue are drafted there. */
  @Post()
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: ListingChanged })
  async draft(
    @Body() { listing, terms }: DraftForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const by = partyOf(actor);
    const command = { type: 'DraftListing', listing, kind: 'purchase', by, terms } as const;
    return answer(listing, await this.commands.execute(new WriteDraft(listing, command, context)));
  }

  @Put(':listing/draft')
  @Access('manager', 'clerk')
  @ApiOkResponse({ type: ListingChanged })
  async changeDraft(
    @Param('listing') listing: string,
    @Body() { terms }: ListingTermsForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
    @IfMatch() unchanged: MatchCheck,
  ) {
    const command = { type: 'ChangeDraft', by: partyOf(actor), terms } as const;
    const change = new WriteDraft(listing, command, context, sameVersion(unchanged));
    return answer(listing, await this.commands.execute(change));
  }

  @Delete(':listing/draft')
  @Access('manager', 'clerk')
  @ApiOkResponse({ type: ListingChanged })
  discardDraft(
    @Param('listing') listing: string,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(listing, { type: 'DiscardDraft', by: partyOf(actor), at: this.now() }, context);
  }

  /** Publishes the draft, or proposes to where the firm wants a second person. */
  @Post(':listing/publication')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: ListingChanged })
  async publish(
    @Param('listing') listing: string,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const publish = new PublishListing(listing, personOf(actor), context);
    return lineAnswer(listing, await this.commands.execute(new StandInCatalogue(publish)));
  }

  /** Changes what is published, within what offers that were made leave free; everyone who offered is told. */
  @Put(':listing/terms')
  @Access('manager', 'clerk')
  @ApiOkResponse({ type: ListingChanged })
  async amend(
    @Param('listing') listing: string,
    @Body() { terms }: ListingTermsForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
    @IfMatch() unchanged: MatchCheck,
  ) {
    const precondition = sameVersion(unchanged);
    const command = new AmendListing(listing, personOf(actor), terms, context, precondition);
    return answer(listing, await this.commands.execute(command));
  }

  /** Extends the quoting deadline; never shortens it. */
  @Put(':listing/deadline')
  @Access('manager', 'clerk')
  @ApiOkResponse({ type: ListingChanged })
  extend(
    @Param('listing') listing: string,
    @Body() { deadline }: DeadlineForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const command = { type: 'ExtendQuoting', by: partyOf(actor), at: this.now(), deadline } as const;
    return this.tell(listing, command, context);
  }

  @Post(':listing/cancellation')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: ListingChanged })
  cancel(
    @Param('listing') listing: string,
    @Body() { reason, text }: CancelForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const command = { type: 'CancelListing', by: partyOf(actor), at: this.now(), reason, text } as const;
    return this.tell(listing, command, context);
  }

  /** Cancel-and-republish in one action: the successor keeps text and questions, and each offerer finds its former offer. */
  @Post(':listing/successor')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: ListingChanged })
  async republish(
    @Param('listing') listing: string,
    @Body() { listing: successor, terms, text }: SuccessorForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const command = new RepublishListing(listing, successor, personOf(actor), terms, text, context);
    return done(await this.commands.execute(command), { listing: successor });
  }

  @Post(':listing/proposals/:proposal/approval')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: ListingChanged })
  async approve(
    @Param('listing') listing: string,
    @Param('proposal') proposal: string,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const approve = new ApproveListingProposal(listing, personOf(actor), proposal, context);
    return lineAnswer(listing, await this.commands.execute(new StandInCatalogue(approve)));
  }

  @Delete(':listing/proposals/:proposal')
  @Access('manager', 'clerk')
  @ApiOkResponse({ type: ListingChanged })
  dropProposal(
    @Param('listing') listing: string,
    @Param('proposal') proposal: string,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const command = { type: 'DropProposal', proposal, ...personOf(actor), at: this.now() } as const;
    return this.tell(listing, command, context);
  }

  /** Closes before the deadline, where the listing said from the start that the lead may. */
  @Post(':listing/close')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: ListingChanged })
  closeEarly(@Param('listing') listing: string, @CurrentActor() actor: Actor, @CommandInfo() context: CommandContext) {
    return this.tell(listing, { type: 'CloseQuotingEarly', by: partyOf(actor), at: this.now() }, context);
  }

  /** One further sealed round for the offerers it names; silence leaves the earlier price binding. */
  @Post(':listing/second-round')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: ListingChanged })
  openSecondRound(
    @Param('listing') listing: string,
    @Body() { offers, deadline }: SecondRoundForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const command = { type: 'OpenSecondRound', by: partyOf(actor), offers, deadline, at: this.now() } as const;
    return this.tell(listing, command, context);
  }

  @Post(':listing/conclusion')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: ListingChanged })
  conclude(
    @Param('listing') listing: string,
    @Body() { notChosen }: ConcludeForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const command = { type: 'ConcludeListing', by: partyOf(actor), notChosen, at: this.now() } as const;
    return this.tell(listing, command, context);
  }

  /** Answered in public; who asked is shown to the auditor alone. */
  @Post(':listing/questions')
  @Access('manager', 'clerk')
  @ApiCreatedResponse({ type: ListingChanged })
  async ask(
    @Param('listing') listing: string,
    @Body() { question, text }: QuestionForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const command = { type: 'AskQuestion', question, by: partyOf(actor), text, at: this.now() } as const;
    return answer(listing, await this.commands.execute(new TellListingAsParty(listing, command, context)));
  }

  @Put(':listing/questions/:question/answer')
  @Access('manager', 'clerk')
  @ApiOkResponse({ type: ListingChanged })
  answerQuestion(
    @Param('listing') listing: string,
    @Param('question') question: string,
    @Body() { text }: AnswerForm,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const command = { type: 'AnswerQuestion', question, by: partyOf(actor), text, at: this.now() } as const;
    return this.tell(listing, command, context);
  }

  @Post(':listing/pledge')
  @Access('manager', 'clerk')
  @HttpCode(200)
  @ApiOkResponse({ type: ListingChanged })
  async pledge(
    @Param('listing') listing: string,
    @CurrentActor() actor: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    const command = { type: 'PledgeConfidentiality', by: partyOf(actor), at: this.now() } as const;
    return answer(listing, await this.commands.execute(new TellListingAsParty(listing, command, context)));
  }

  private now(): string {
    return instantText(this.clock.now());
  }

  private async tell(listing: string, command: ListingCommand, context: CommandContext) {
    return answer(listing, await this.commands.execute(new TellListing(listing, command, context)));
  }
}

/** The firm acted for; refuses whoever acts for none. */
export function partyOf(actor: Actor): Party {
  const { registration } = ownRows(actor);
  return { enterprise: actor.party!.enterprise, registration };
}

export const personOf = (actor: Actor): ByPerson => ({ by: partyOf(actor), account: actor.account });

/** Of a listing that does not exist the command itself says so. */
const sameVersion = (unchanged: MatchCheck) => (state: Listing) => {
  if (state) unchanged(...versionOf(state));
};

export const answer = (listing: string, told: ToldListing) => done(told, changed(listing, told));

const lineAnswer = (listing: string, { told, committed }: Stood) => done(committed, changed(listing, told));

function changed(listing: string, { events }: ToldListing): ListingChanged {
  const proposed = events.find((event) => event.type === 'ListingActProposed');
  return { listing, ...(proposed && { proposal: proposed.data.proposal }) };
}
