import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { WaitsFor } from '@app/http';
import { Refused } from '@app/kernel';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ListingPages } from './listing-pages.handlers';
import { listings } from './listings.view';
import { StoryView } from './match-answer.rules';
import { leadStoryOf, storyOf } from './match-story.rules';
import { Stories } from './stories.handlers';

/** The story of a listing: to its lead all but who offers, to an SME what is public and its own. */
@ApiTags('listings')
@Controller('listings')
export class ListingStoryController {
  constructor(
    private readonly pages: ListingPages,
    private readonly stories: Stories,
  ) {}

  /** Who did what, when and why. Neither an offer nor a figure of another firm stands in it. */
  @Get(':listing/story')
  @Access('member')
  @WaitsFor(listings)
  @ApiOkResponse({ type: StoryView })
  async story(@Param('listing') listing: string, @CurrentActor() actor: Actor): Promise<StoryView> {
    if (!actor.party) throw new Refused('not-allowed');
    const row = await this.pages.seen(listing, actor);
    const { lead } = row;
    const events = await this.stories.eventsOf(listing);
    if (this.pages.isLead(row, actor)) {
      return { story: await this.stories.shown(leadStoryOf(events, lead), { lead, names: 'lead' }) };
    }
    const { enterprise, registration } = actor.party;
    const story = storyOf(events, { lead, supplier: enterprise, supplierRegistration: registration });
    return { story: await this.stories.shown(story, { lead, supplier: enterprise, names: 'supplier' }) };
  }
}
