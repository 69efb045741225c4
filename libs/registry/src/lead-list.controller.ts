import { Access, CurrentActor, InPerson } from '@app/auth';
import type { Actor } from '@app/auth';
import type { CommandContext } from '@app/event-store';
import { CommandInfo, done, WaitsFor } from '@app/http';
import {
  CalendarDate,
  Clock,
  Flag,
  Instant,
  ListOf,
  OneOf,
  Refused,
  shanghaiDay,
  Strings,
  Text,
  Uscc,
  Uuid,
  WholeNumber,
} from '@app/kernel';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { LARGEST_LEAD_LIST, LeadListCommand } from './lead-list.decider';
import { LeadMembership, TellLeadList } from './lead-list.handlers';
import { LeadListById, LeadListCard, LeadLists, leadLists } from './lead-lists.view';

export class ListedFirmForm {
  @Uscc() enterprise: string;
  @Text(100, { example: '演示鞋业股份公司' }) name: string;
}

export class LeadListForm {
  @Text(200, { example: '2020 年龙头企业名单' }) title: string;
  @Text(100, { example: '泉工信〔2020〕1号' }) document: string;
  @CalendarDate() from: string;
  @CalendarDate() to: string;
  @ListOf(() => ListedFirmForm, { most: LARGEST_LEAD_LIST }) firms: ListedFirmForm[];
}

export class PublicationForm {
  @CalendarDate({ description: 'day of the notice; not after today' }) publishedOn: string;
}

export class ExitForm {
  @Uscc() enterprise: string;
  @CalendarDate({ description: 'first day on which it is no longer on the list' }) on: string;
  @CalendarDate({ description: 'day on which the exit was made public' }) announcedOn: string;
  @Text(500) reason: string;
}

/** A correction holds from the list's first day. */
export class CorrectionForm {
  @ListOf(() => ListedFirmForm, { most: LARGEST_LEAD_LIST }) added: ListedFirmForm[];
  @Strings('uscc', { most: LARGEST_LEAD_LIST }) removed: string[];
  @CalendarDate() announcedOn: string;
  @Text(500) reason: string;
}

export class LeadListLine {
  @Uuid() list: string;
  @OneOf(['draft', 'published']) state: 'draft' | 'published';
  @Text(200) title: string;
  @Text(100) document: string;
  @CalendarDate() from: string;
  @CalendarDate() to: string;
  @CalendarDate({ optional: true }) publishedOn?: string;
  @WholeNumber(0, LARGEST_LEAD_LIST, { description: 'firms on it now' }) size: number;
}

export class LeadListLines {
  @ListOf(() => LeadListLine, { most: 10_000 }) items: LeadListLine[];
}

export class ListedFirm {
  @Uscc() enterprise: string;
  @Text(100) name: string;
  @CalendarDate({ optional: true, description: 'first day on which it is no longer on the list' }) exitedOn?: string;
  @Flag({ description: 'a correction took it off from the list’s first day' }) removed: boolean;
}

export class LeadListPage extends LeadListLine {
  @ListOf(() => ListedFirm, { most: LARGEST_LEAD_LIST }) firms: ListedFirm[];
}

export class LeadListChanged {
  @Uuid() list: string;
}

export class MembershipQuery {
  @Uscc() enterprise: string;
  @CalendarDate() day: string;
  @Instant({ optional: true, description: 'what was recorded or published later does not exist' }) knownAt?: string;
}

export class MembershipList {
  @Uuid() list: string;
  @Text(200) title: string;
  @CalendarDate() publishedOn: string;
}

export class MembershipView {
  @Flag() wasLead: boolean;
  @ListOf(() => MembershipList, { most: 1000 }) lists: MembershipList[];
}

/** Dated versions of the list of lead firms 龙头企业名单. */
@ApiTags('lead-lists')
@Controller('lead-lists')
export class LeadListController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  /** Published versions; the bureau and the auditor see drafts too. */
  @Get()
  @Access('public')
  @WaitsFor(leadLists)
  @ApiOkResponse({ type: LeadListLines })
  async all(@CurrentActor() actor: Actor | undefined): Promise<LeadListLines> {
    const cards = await this.queries.execute(new LeadLists(seesDrafts(actor) ? 'with-drafts' : 'published-only'));
    return { items: cards.map(lineOf) };
  }

  /** Was a firm a lead firm on a day, and was that known at an instant. */
  @Get('membership')
  @Access('public')
  @WaitsFor(leadLists)
  @ApiOkResponse({ type: MembershipView })
  async membership(@Query() { enterprise, day, knownAt }: MembershipQuery): Promise<MembershipView> {
    const { wasLead, lists } = await this.queries.execute(new LeadMembership(enterprise, day, knownAt));
    return { wasLead, lists: [...lists] };
  }

  @Get(':listId')
  @Access('public')
  @WaitsFor(leadLists)
  @ApiOkResponse({ type: LeadListPage })
  async one(@Param('listId') id: string, @CurrentActor() actor: Actor | undefined): Promise<LeadListPage> {
    const list = await this.queries.execute(new LeadListById(id));
    if (!list || (list.state === 'draft' && !seesDrafts(actor))) throw new Refused('lead-list-unknown');
    const firms = list.firms.map(({ enterprise, name, announcements }) => {
      const last = announcements.at(-1);
      return {
        enterprise,
        name,
        ...(last?.kind === 'exited' && { exitedOn: last.on }),
        removed: last?.kind === 'removed',
      };
    });
    return { ...lineOf(list), firms };
  }

  /** Drafts a version under an id that the client made. */
  @Post(':listId')
  @Access('city-officer')
  @InPerson()
  @ApiCreatedResponse({ type: LeadListChanged })
  async draft(
    @Param('listId') list: string,
    @Body() { firms, ...head }: LeadListForm,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(list, { type: 'DraftLeadList', list, head, firms }, context);
  }

  /** Changes a draft. */
  @Put(':listId')
  @Access('city-officer')
  @InPerson()
  @ApiOkResponse({ type: LeadListChanged })
  async change(
    @Param('listId') list: string,
    @Body() { firms, ...head }: LeadListForm,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(list, { type: 'ChangeLeadList', head, firms }, context);
  }

  @Post(':listId/discarding')
  @Access('city-officer')
  @InPerson()
  @HttpCode(200)
  @ApiOkResponse({ type: LeadListChanged })
  async discard(@Param('listId') list: string, @CommandInfo() context: CommandContext) {
    return this.tell(list, { type: 'DiscardLeadList' }, context);
  }

  @Post(':listId/publication')
  @Access('city-officer')
  @InPerson()
  @ApiCreatedResponse({ type: LeadListChanged })
  async publish(
    @Param('listId') list: string,
    @Body() { publishedOn }: PublicationForm,
    @CurrentActor() { name: by }: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(list, { type: 'PublishLeadList', publishedOn, day: this.today(), by }, context);
  }

  @Post(':listId/exits')
  @Access('city-officer')
  @InPerson()
  @ApiCreatedResponse({ type: LeadListChanged })
  async exit(
    @Param('listId') list: string,
    @Body() form: ExitForm,
    @CurrentActor() { name: by }: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(list, { type: 'RecordExit', ...form, day: this.today(), by }, context);
  }

  @Post(':listId/corrections')
  @Access('city-officer')
  @InPerson()
  @ApiCreatedResponse({ type: LeadListChanged })
  async correct(
    @Param('listId') list: string,
    @Body() form: CorrectionForm,
    @CurrentActor() { name: by }: Actor,
    @CommandInfo() context: CommandContext,
  ) {
    return this.tell(list, { type: 'CorrectLeadList', ...form, day: this.today(), by }, context);
  }

  private async tell(list: string, command: LeadListCommand, context: CommandContext) {
    return done(await this.commands.execute(new TellLeadList(list, command, context)), { list });
  }

  private today(): string {
    return shanghaiDay(this.clock.now());
  }
}

const seesDrafts = (actor: Actor | undefined): boolean =>
  actor?.roles.some((role) => role === 'city-officer' || role === 'auditor') ?? false;

const lineOf = ({ list, state, title, document, from, to, publishedOn, size }: LeadListCard): LeadListLine => ({
  list,
  state: state === 'draft' ? 'draft' : 'published',
  title,
  document,
  from,
  to,
  ...(publishedOn && { publishedOn }),
  size,
});
