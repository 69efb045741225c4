import { AreaCode, Flag, ListOf, MobileNumber, Nested, OneOf, Refused, Strings, Text, Uscc, Uuid } from '@app/kernel';
import { Body, Controller, Delete, Get, HttpCode, Put, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Access, CurrentActor, InPerson } from './access';
import { actorName } from './account-acts';
import { Accounts } from './accounts';
import type { Actor, InnerRole, Role } from './actor';
import { innerRoles, roles } from './actor';
import { takeCookie } from './cookie';
import { Sessions } from './sessions';
import { SignIn } from './sign-in';

export class PartyView {
  @Uscc() enterprise: string;
  @Uuid({ description: 'the registration under which the account acts for it' }) registration: string;
  @OneOf(innerRoles) innerRole: InnerRole;
}

export class MeView {
  @Uuid() account: string;
  @Text(60) name: string;
  @MobileNumber() mobile: string;
  @Flag({ description: 'a code sent to the number came back; false is 手机未验证' }) mobileVerified: boolean;
  @Strings(roles, { most: roles.length }) roles: readonly Role[];
  @AreaCode({ optional: true, description: 'of a county office' }) area?: string;
  @Nested(() => PartyView, { optional: true, description: 'the firm acted for now' }) party?: PartyView;
  @ListOf(() => PartyView, { most: 1000 }) memberships: PartyView[];
  @Text(43, { optional: true, description: 'to be sent back in Peitao-CSRF with every write by cookie' })
  csrfToken?: string;
}

export class NewPassword {
  @Text(128, { optional: true, description: 'left out after a sign-in by code or link' }) currentPassword?: string;
  @Text(128) password: string;
}

export class MobileCode {
  @Text(6, { example: '042137' }) code: string;
}

export class ActingFor {
  @Uuid() registration: string;
}

/** One's own account. */
@ApiTags('account')
@Controller('me')
export class MeController {
  constructor(
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly signIn: SignIn,
  ) {}

  @Get()
  @Access('signed-in')
  @ApiOkResponse({ type: MeView })
  async me(@CurrentActor() actor: Actor): Promise<MeView> {
    return meView(actor, this.accounts, this.sessions);
  }

  /** Ends every other session of the account. */
  @Put('password')
  @Access('signed-in')
  @InPerson()
  @HttpCode(204)
  @ApiNoContentResponse()
  async setPassword(@Body() given: NewPassword, @CurrentActor() actor: Actor): Promise<void> {
    const { currentPassword, password } = given;
    // A browser left open must not be enough to take the account over.
    if ((await this.sessions.signedInBy(actor)) === 'password') {
      if (currentPassword === undefined) throw new Refused('password-missing', {}, 'currentPassword');
      const right = await this.signIn.isPassword(actor.account, currentPassword);
      if (!right) throw new Refused('password-wrong', {}, 'currentPassword');
    }
    await this.accounts.setPassword(actor.account, password, actorName(actor), actor.session);
  }

  /** By the code that `POST /sign-in/code` sends to the account's number. */
  @Put('mobile-verification')
  @Access('signed-in')
  @InPerson()
  @ApiOkResponse({ type: MeView })
  async verifyMobile(
    @Body() { code }: MobileCode,
    @CurrentActor() actor: Actor,
    @Req() request: Request,
  ): Promise<MeView> {
    await this.signIn.verifyMobile(actor.account, code, request.ip ?? '');
    return meView(actor, this.accounts, this.sessions);
  }

  @Put('registration')
  @Access('signed-in')
  @InPerson()
  @ApiOkResponse({ type: MeView })
  async actFor(@Body() { registration }: ActingFor, @CurrentActor() actor: Actor): Promise<MeView> {
    await this.sessions.actFor(actor, registration);
    return meView((await this.sessions.again(actor))!, this.accounts, this.sessions);
  }

  @Delete('sessions')
  @Access('signed-in')
  @InPerson()
  @HttpCode(204)
  @ApiNoContentResponse()
  async signOutEverywhere(@CurrentActor() actor: Actor, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.sessions.closeAll(actor);
    takeCookie(response);
  }

  /** Deactivates the account and forgets the person. */
  @Delete()
  @Access('signed-in')
  @InPerson()
  @HttpCode(204)
  @ApiNoContentResponse()
  async erase(@CurrentActor() actor: Actor, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.accounts.erase(actor.account, actorName(actor));
    takeCookie(response);
  }
}

/** What a page needs to know of who is signed in. A token gets no CSRF token, since it needs none. */
export async function meView(actor: Actor, accounts: Accounts, sessions: Sessions): Promise<MeView> {
  const { account, name, roles, area, party, session } = actor;
  const memberships = await sessions.memberships(account);
  return {
    account,
    name,
    mobile: (await accounts.find(account))?.mobile ?? '',
    mobileVerified: await accounts.isMobileVerified(account),
    roles,
    ...(area !== undefined && { area }),
    ...(party && { party }),
    memberships: memberships.map(({ enterprise, registration, innerRole }) => ({
      enterprise,
      registration,
      innerRole,
    })),
    ...(session !== undefined && { csrfToken: sessions.csrfToken(session) }),
  };
}
