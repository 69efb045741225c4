import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { After, Page, PageQuery, pageSize } from '@app/http';
import type { Keyset } from '@app/http';
import { Clock, Flag, Instant, ListOf, Nested, OneOf, Text, Uuid, WholeNumber } from '@app/kernel';
import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { MessageRows } from './message.table';

export class InboxQuery extends PageQuery {
  @OneOf(['unread', 'all'], { optional: true }) show?: 'unread' | 'all';
}

export class DeliveryView {
  @OneOf(['in-app', 'sms']) channel: string;
  @OneOf(['delivered', 'not-delivered', 'sending']) state: string;
}

export class Words {
  @Text(500) zh: string;
  @Text(500) en: string;
}

export class MessageView {
  @Uuid() id: string;
  @OneOf(['to-do', 'alert']) kind: string;
  @Nested(() => Words) title: Words;
  @Nested(() => Words) body: Words;
  @Text(200, { description: 'path of the page where it is dealt with, or empty' }) link: string;
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
    const onlyUnread = query.show === 'unread';
    const rows = await this.inbox.newest(account, { onlyUnread, after, most: pageSize(query) + 1 });
    return Page.of(
      rows,
      query,
      ({ madeAt, id }) => [madeAt.toISOString(), id],
      (row) => ({
        id: row.id,
        kind: row.kind,
        title: { zh: row.titleZh, en: row.titleEn },
        body: { zh: row.bodyZh, en: row.bodyEn },
        link: row.link,
        madeAt: row.madeAt.toISOString(),
        read: row.readAt !== null,
        deliveries: row.deliveries.map(({ channel, state }) => ({ channel, state })),
      }),
    );
  }

  @Get('unread')
  @ApiOkResponse({ type: UnreadCount })
  async unread(@CurrentActor() { account }: Actor): Promise<UnreadCount> {
    return { unread: await this.inbox.unread(account) };
  }

  /** Again changes nothing. Somebody else's message is unknown. */
  @Post(':messageId/read')
  @HttpCode(204)
  @ApiNoContentResponse()
  async read(@Param('messageId') messageId: string, @CurrentActor() { account }: Actor): Promise<void> {
    await this.inbox.markRead(account, messageId, new Date(this.clock.now()));
  }
}
