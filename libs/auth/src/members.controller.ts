import { Instant, MobileNumber, OneOf, Text, Uuid } from '@app/kernel';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Access, CurrentActor, InPerson } from './access';
import type { Actor, InnerRole } from './actor';
import { innerRoles, ownRows } from './actor';
import { Members } from './members';

export class MemberEntry {
  @Uuid() account: string;
  @Text(60) name: string;
  @MobileNumber() mobile: string;
  @OneOf(innerRoles) innerRole: InnerRole;
  @Instant() since: string;
}

export class InvitationEntry {
  @Uuid() id: string;
  @Text(60) name: string;
  @MobileNumber() mobile: string;
  @OneOf(innerRoles) innerRole: InnerRole;
  @Instant() endsAt: string;
}

export class Invitation {
  @Uuid() id: string;
  @Text(60) name: string;
  @MobileNumber() mobile: string;
  @OneOf(innerRoles) innerRole: InnerRole;
}

export class InvitationMade {
  @Uuid() id: string;
  @Text(43, { description: 'of the link that the manager hands on; valid once, for 7 days' }) token: string;
}

export class Joining {
  @Text(43) token: string;
  @Text(128, { optional: true, description: 'of the new account; left out by whoever is signed in' }) password?: string;
}

export class Joined {
  @Uuid() account: string;
}

export class InnerRoleChange {
  @OneOf(innerRoles) innerRole: InnerRole;
}

/** The people of the firm acted for. */
@ApiTags('members')
@Controller()
export class MembersController {
  constructor(private readonly members: Members) {}

  @Get('members')
  @Access('member')
  @ApiOkResponse({ type: [MemberEntry] })
  list(@CurrentActor() actor: Actor): Promise<MemberEntry[]> {
    return this.members.list(ownRows(actor).registration);
  }

  @Put('members/:accountId')
  @Access('manager')
  @InPerson()
  @HttpCode(204)
  @ApiNoContentResponse()
  async changeInnerRole(
    @Param('accountId') accountId: string,
    @Body() { innerRole }: InnerRoleChange,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    await this.members.changeInnerRole(actor, accountId, innerRole);
  }

  @Delete('members/:accountId')
  @Access('manager')
  @InPerson()
  @HttpCode(204)
  @ApiNoContentResponse()
  async end(@Param('accountId') accountId: string, @CurrentActor() actor: Actor): Promise<void> {
    await this.members.end(actor, accountId);
  }

  @Get('invitations')
  @Access('manager')
  @ApiOkResponse({ type: [InvitationEntry] })
  invitations(@CurrentActor() actor: Actor): Promise<InvitationEntry[]> {
    return this.members.invitations(ownRows(actor).registration);
  }

  @Post('invitations')
  @Access('manager')
  @InPerson()
  @ApiCreatedResponse({ type: InvitationMade })
  async invite(@Body() given: Invitation, @CurrentActor() actor: Actor): Promise<InvitationMade> {
    return { id: given.id, token: await this.members.invite(actor, given) };
  }

  @Delete('invitations/:invitationId')
  @Access('manager')
  @InPerson()
  @HttpCode(204)
  @ApiNoContentResponse()
  async withdraw(@Param('invitationId') invitationId: string, @CurrentActor() actor: Actor): Promise<void> {
    await this.members.withdrawInvitation(actor, invitationId);
  }

  /** Uses an invitation: makes an account with this password, or adds the firm to the account signed in to. */
  @Post('invitations/use')
  @Access('public')
  @HttpCode(200)
  @ApiOkResponse({ type: Joined })
  async join(@Body() { token, password }: Joining, @CurrentActor() actor: Actor | undefined): Promise<Joined> {
    return { account: await this.members.join(actor, token, password) };
  }
}
