import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { After, Page, PageQuery, pageSize } from '@app/http';
import type { Keyset } from '@app/http';
import type { MessageKind } from '@app/labels';
import { Clock, Flag, Instant, ListOf, Nested, OneOf, Text, Uuid, WholeNumber } from '@app/kernel';
import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { Delivery } from './delivery.table';
import { MessageRows, Received } from './message.table';
import { FAILURE_REASONS as REASONS } from './way';

const KINDS = ['to-do', 'alert'] as const;

export class InboxQuery extends PageQuery {
  @OneOf(['unread', 'all', 'digests'], { optional: true, description: 'digests stand apart: they repeat the others' })
  show?: 'unread' | 'all' | 'digests';
  @OneOf(KINDS, { optional: true }) kind?: MessageKind;
}

export class TryView {
  @Instant() at: string;
  @OneOf(['delivered', 'not-delivered']) state: string;
  @OneOf(REASONS, { optional: true }) reason?: string;
}

export class DeliveryView {
  @OneOf(['in-app', 'sms', 'wechat', 'mail']) channel: string;
  @OneOf(['delivered', 'not-delivered', 'sending']) state: string;
  @OneOf(REASONS, { optional: true, description: 'why it was not delivered' }) reason?: string;
  @Instant() at: string;
  @Instant({ optional: true, description: 'when it is tried again' }) nextTryAt?: string;
  @ListOf(() => TryView, { most: 10 }) tries: TryView[];
}

export class Words {
  @Text(500) zh: string;
  @Text(500) en: string;
}

export class LineView {
  @Nested(() => Words) title: Words;
  @Text(200, { description: 'path of its page' }) link: string;
}

export class MessageView {
  @Uuid() id: string;
  @Text(40, { description: 'what happened: listing-amended, share-awarded, digest, …' }) about: string;
  @OneOf(KINDS) kind: string;
  @OneOf(['urgent', 'digest', 'in-app'], { description: 'how far it goes beyond the app' }) reach: string;
  @Nested(() => Words) title: Words;
  @Nested(() => Words) body: Words;
  @Text(200, { description: 'path of the page where it is dealt with, or empty' }) link: string;
  @ListOf(() => LineView, { most: 100, description: 'of a digest' }) lines: LineView[];
  @Instant() madeAt: string;
  @Flag() read: boolean;
  @ListOf(() => DeliveryView, { most: 5 }) deliveries: DeliveryView[];
}

export class InboxPage {
  @ApiProperty({ type: [MessageView] }) items: MessageView[];
  @Text(4096, { optional: true, description: 'cursor of the next page' }) next?: string;
}

export class UnreadCount {
  @WholeNumber(0, 2 ** 31 - 1) unread: number;
}

/** One's own messages. */
@ApiTags('inbox')
@Controller('inbox')
@Access('signed-in')
export class InboxController {
  constructor(
    private readonly inbox: MessageRows,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  @Get()
  @ApiOkResponse({ type: InboxPage })
  async page(
    @Query() query: InboxQuery,
    @After() after: Keyset | undefined,
    @CurrentActor() { account }: Actor,
  ): Promise<Page<MessageView>> {
    const shown = { show: query.show ?? 'all', kind: query.kind };
    const rows = await this.inbox.newest(account, shown, after, pageSize(query) + 1);
    return Page.of(rows, query, ({ madeAt, id }) => [madeAt.toISOString(), id], messageView);
  }

  @Get('unread')
  @ApiOkResponse({ type: UnreadCount })
  async unread(@CurrentActor() { account }: Actor): Promise<UnreadCount> {
    return { unread: await this.inbox.unread(account) };
  }

  /** All that stand unread now. */
  @Post('read')
  @HttpCode(204)
  @ApiNoContentResponse()
  async readAll(@CurrentActor() { account }: Actor): Promise<void> {
    await this.inbox.markAllRead(account, new Date(this.clock.now()));
  }

  /** Again changes nothing. Somebody else's message is unknown. */
  @Post(':messageId/read')
  @HttpCode(204)
  @ApiNoContentResponse()
  async read(@Param('messageId') messageId: string, @CurrentActor() { account }: Actor): Promise<void> {
    await this.inbox.markRead(account, messageId, new Date(this.clock.now()));
  }
}

const messageView = (row: Received): MessageView => ({
  id: row.id,
  about: row.about,
  kind: row.kind,
  reach: row.reach,
  title: { zh: row.titleZh, en: row.titleEn },
  body: { zh: row.bodyZh, en: row.bodyEn },
  link: row.link,
  lines: [...row.lines],
  madeAt: row.madeAt.toISOString(),
  read: row.readAt !== null,
  deliveries: row.deliveries.map(deliveryView),
});

const deliveryView = ({ channel, state, reason, at, due, tries }: Delivery): DeliveryView => ({
  channel,
  state,
  ...(reason !== '' && { reason }),
  at: at.toISOString(),
  ...(state === 'not-delivered' && due !== null && { nextTryAt: due.toISOString() }),
  tries: tries.map((one) => ({
    at: one.at.toISOString(),
    state: one.state,
    ...(one.reason !== '' && { reason: one.reason }),
  })),
});
