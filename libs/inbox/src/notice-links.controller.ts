import { Access } from '@app/auth';
import { Takes } from '@app/http';
import { Text } from '@app/kernel';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Redirect } from '@nestjs/common';
import type { HttpRedirectResponse } from '@nestjs/common';
import { ApiNoContentResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ContactWays } from './contact-ways';
import { DigestLinks } from './digest-links';
import { InboxSettings } from './inbox-settings';
import { NoticeSettingRows } from './notice-settings.table';

export class LinkToken {
  @Text(1_000, { description: 'what stands behind # in the link' }) token: string;
}

export class WechatReturn {
  @Text(128) state: string;
  @Text(512, { optional: true, description: 'left out when the person did not agree' }) code?: string;
}

/** Links that were sent to people, which work without a sign-in. */
@ApiTags('inbox')
@Controller()
@Access('public')
export class NoticeLinksController {
  constructor(
    private readonly contacts: ContactWays,
    private readonly links: DigestLinks,
    private readonly notices: NoticeSettingRows,
    private readonly settings: InboxSettings,
  ) {}

  /** Ends the daily digest of the account that the link was sent to; again changes nothing. What cannot wait is still sent. */
  @Post('unsubscribe')
  @HttpCode(204)
  @ApiNoContentResponse()
  unsubscribe(@Body() { token }: LinkToken): Promise<void> {
    return this.notices.stopDigest(this.links.accountOf(token));
  }

  /** The same by one press in a mail program (RFC 8058), whose form says nothing that the address does not. */
  @Post('unsubscribe/:token')
  @Takes('application/x-www-form-urlencoded', 'multipart/form-data')
  @HttpCode(204)
  @ApiNoContentResponse()
  unsubscribeByMail(@Param('token') token: string): Promise<void> {
    return this.notices.stopDigest(this.links.accountOf(token));
  }

  /** Mail programs without one-press open the address: they get the page. Looking at it ends nothing. */
  @Get('unsubscribe/:token')
  @Redirect()
  @ApiResponse({ status: 302 })
  unsubscribePage(@Param('token') token: string): HttpRedirectResponse {
    this.links.accountOf(token);
    return this.to(`/unsubscribe#${token}`);
  }

  /** Confirms a mail address; again changes nothing. */
  @Post('mail-verification')
  @HttpCode(204)
  @ApiNoContentResponse()
  verifyMail(@Body() { token }: LinkToken): Promise<void> {
    return this.contacts.verifyMail(token);
  }

  /** Where WeChat sends whoever opened a binding page, and from where he goes on to the app. */
  @Get('wechat/binding')
  @Redirect()
  @ApiResponse({ status: 302 })
  async wechatBinding(@Query() { state, code }: WechatReturn): Promise<HttpRedirectResponse> {
    const isBound = await this.contacts.bind(state, code);
    return this.to(`/me?wechat=${isBound ? 'bound' : 'not-bound'}`);
  }

  private to(path: string): HttpRedirectResponse {
    return { url: this.settings.urlOf(path) ?? path, statusCode: 302 };
  }
}
