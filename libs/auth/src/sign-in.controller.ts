import { MobileNumber, Refused, Text, Uuid } from '@app/kernel';
import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Access, CurrentActor, InPerson } from './access';
import { Accounts } from './accounts';
import type { Actor } from './actor';
import { AuthSettings } from './auth-settings';
import { cookieOf, giveCookie, needsHttps, takeCookie } from './cookie';
import { meView, MeView } from './me.controller';
import { hashOf } from './server-keys';
import { Sessions } from './sessions';
import { SetUp } from './set-up';
import { SignIn } from './sign-in';
import type { SignedInBy } from './session.table';

export class Credentials {
  @MobileNumber() mobile: string;
  @Text(128, { optional: true, description: 'either this or the code' }) password?: string;
  @Text(6, { optional: true, example: '042137' }) code?: string;
}

export class CodeRequest {
  @MobileNumber() mobile: string;
}

export class FirstAdministrator {
  @Text(43, { description: 'from the link that the first start printed' }) token: string;
  @Uuid() id: string;
  @Text(60) name: string;
  @MobileNumber() mobile: string;
  @Text(128) password: string;
}

export class PasswordByLink {
  @Text(43) token: string;
  @Text(128) password: string;
}

@ApiTags('account')
@Controller()
export class SignInController {
  constructor(
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly settings: AuthSettings,
    private readonly setUp: SetUp,
    private readonly signIn: SignIn,
  ) {}

  /** Gives the session's cookie. The same answer whatever was wrong. */
  @Post('sign-in')
  @Access('public')
  @HttpCode(200)
  @ApiOkResponse({ type: MeView })
  async enter(
    @Body() { mobile, password, code }: Credentials,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MeView> {
    needsHttps(request, this.settings);
    const address = request.ip ?? '';
    if (password !== undefined) {
      const account = await this.signIn.byPassword(mobile, password, address);
      return this.welcome(account, 'password', request, response);
    }
    if (code === undefined) throw new Refused('password-missing', {}, 'password');
    return this.welcome(await this.signIn.byCode(mobile, code, address), 'code', request, response);
  }

  /** Sends six digits to the number if it has an account; the answer does not tell. */
  @Post('sign-in/code')
  @Access('public')
  @HttpCode(204)
  @ApiNoContentResponse()
  async sendCode(@Body() { mobile }: CodeRequest, @Req() request: Request): Promise<void> {
    needsHttps(request, this.settings);
    await this.signIn.sendCode(mobile, request.ip ?? '');
  }

  @Post('sign-out')
  @Access('signed-in')
  @InPerson()
  @HttpCode(204)
  @ApiNoContentResponse()
  async leave(@CurrentActor() actor: Actor, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.sessions.close(actor);
    takeCookie(response);
  }

  /** Makes the first administrator, once, and signs him in. */
  @Post('setup')
  @Access('public')
  @HttpCode(200)
  @ApiOkResponse({ type: MeView })
  async firstAdministrator(
    @Body() { token, ...given }: FirstAdministrator,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MeView> {
    needsHttps(request, this.settings);
    await this.setUp.firstAdministrator(token, given);
    await this.signIn.byLink(given.id, request.ip ?? '');
    return this.welcome(given.id, 'link', request, response);
  }

  /** Sets the password of the account that the link was made for, and signs in to it. */
  @Post('password-link')
  @Access('public')
  @HttpCode(200)
  @ApiOkResponse({ type: MeView })
  async passwordByLink(
    @Body() { token, password }: PasswordByLink,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MeView> {
    needsHttps(request, this.settings);
    const account = await this.setUp.passwordByLink(token, password);
    await this.signIn.byLink(account, request.ip ?? '');
    return this.welcome(account, 'link', request, response);
  }

  private async welcome(account: string, by: SignedInBy, request: Request, response: Response): Promise<MeView> {
    const replaced = cookieOf(request);
    const { id } = await this.sessions.open(account, by, replaced === undefined ? undefined : hashOf(replaced));
    giveCookie(response, id);
    const actor = await this.sessions.actorOf(id);
    // Deactivated between the password and here.
    if (!actor) throw new Refused('sign-in-failed');
    return meView(actor, this.accounts, this.sessions);
  }
}
