import { Access, CurrentActor, InPerson } from '@app/auth';
import type { Actor } from '@app/auth';
import { Flag, MailAddress, Nested, Text } from '@app/kernel';
import { Body, Controller, Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ContactWays } from './contact-ways';
import { Courier } from './courier';
import { InboxSettings } from './inbox-settings';
import { NoticeSettingRows } from './notice-settings.table';

/** What cannot wait goes by each way that is left open; the digest by the first that there is of mail, WeChat and SMS. */
export class NoticeChoice {
  @Flag({ description: 'the daily digest' }) digest: boolean;
  @Flag() sms: boolean;
  @Flag() wechat: boolean;
  @Flag() mail: boolean;
}

export class OwnMail {
  @MailAddress() address: string;
  @Flag({ description: 'its owner has opened the link sent there; before that nothing else is sent' })
  verified: boolean;
}

export class WaysHere {
  @Flag() sms: boolean;
  @Flag() wechat: boolean;
  @Flag() mail: boolean;
}

export class NoticesView extends NoticeChoice {
  @Text(5, { description: 'when the digest is made, in Asia/Shanghai', example: '18:00' }) digestAt: string;
  @Nested(() => WaysHere, { description: 'what is set up on this platform' }) available: WaysHere;
  @Nested(() => OwnMail, { optional: true }) mailAddress?: OwnMail;
  @Flag() wechatBound: boolean;
}

export class MailForm {
  @MailAddress() address: string;
}

export class BindingView {
  @Text(2_000, { description: 'to be opened in WeChat within ten minutes: as a link, or as a code to scan' })
  url: string;
}

/** How one is told outside of the app. Nobody needs a mail address. */
@ApiTags('inbox')
@Controller('me')
@Access('signed-in')
@InPerson()
export class NoticesController {
  constructor(
    private readonly notices: NoticeSettingRows,
    private readonly contacts: ContactWays,
    private readonly courier: Courier,
    private readonly settings: InboxSettings,
  ) {}

  @Get('notices')
  @ApiOkResponse({ type: NoticesView })
  async choice(@CurrentActor() { account }: Actor): Promise<NoticesView> {
    const { digest, sms, wechat, mail } = await this.notices.of(account);
    const { ways } = this.courier;
    const address = await this.contacts.mailOf(account);
    return {
      digest,
      sms,
      wechat,
      mail,
      digestAt: this.settings.digestAt,
      available: { sms: ways.includes('sms'), wechat: ways.includes('wechat'), mail: ways.includes('mail') },
      ...(address && { mailAddress: { address: address.address, verified: address.isVerified } }),
      wechatBound: await this.contacts.isWechatBound(account),
    };
  }

  @Put('notices')
  @ApiOkResponse({ type: NoticesView })
  async choose(@Body() choice: NoticeChoice, @CurrentActor() actor: Actor): Promise<NoticesView> {
    await this.notices.set(actor.account, choice);
    return this.choice(actor);
  }

  /** Sends a link there, which its owner opens; the same confirmed address again changes nothing. */
  @Put('mail')
  @HttpCode(204)
  @ApiNoContentResponse()
  setMail(@Body() { address }: MailForm, @CurrentActor() { account }: Actor): Promise<void> {
    return this.contacts.setMail(account, address);
  }

  @Delete('mail')
  @HttpCode(204)
  @ApiNoContentResponse()
  removeMail(@CurrentActor() { account }: Actor): Promise<void> {
    return this.contacts.removeMail(account);
  }

  /** A page of WeChat that binds this account to the person who opens it there. */
  @Post('wechat')
  @HttpCode(200)
  @ApiOkResponse({ type: BindingView })
  bindWechat(@CurrentActor() { account }: Actor): BindingView {
    return { url: this.contacts.bindingUrl(account) };
  }

  @Delete('wechat')
  @HttpCode(204)
  @ApiNoContentResponse()
  unbindWechat(@CurrentActor() { account }: Actor): Promise<void> {
    return this.contacts.unbindWechat(account);
  }
}
