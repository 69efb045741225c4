import { AreaCode, Flag, ListOf, MobileNumber, OneOf, Text, Uuid } from '@app/kernel';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Access, CurrentActor, InPerson } from './access';
import type { OfficerRole } from './account-roles';
import { officerRole, officerRoles } from './account-roles';
import type { Actor, Role } from './actor';
import { Officers } from './officers';

export class RoleEntry {
  @OneOf(officerRoles) role: Role;
  @AreaCode({ optional: true }) area?: string;
  @OneOf(['proposed', 'held']) state: 'proposed' | 'held';
  @Text(80, { description: 'account:<id> or process:<name>' }) proposedBy: string;
}

export class OfficerEntry {
  @Uuid() id: string;
  @Text(60) name: string;
  @MobileNumber() mobile: string;
  @Flag() active: boolean;
  @ListOf(() => RoleEntry, { most: 10 }) roles: RoleEntry[];
}

export class NewOfficer {
  @Uuid() id: string;
  @Text(60) name: string;
  @MobileNumber() mobile: string;
  @Text(30, { description: 'number of the identity document; kept as an HMAC only', example: '11010519491231002X' })
  document: string;
  @OneOf(officerRoles) role: OfficerRole;
  @AreaCode({ optional: true, description: 'of a county office' }) area?: string;
}

export class ProposedRole {
  @OneOf(officerRoles) role: OfficerRole;
  @AreaCode({ optional: true, description: 'of a county office' }) area?: string;
}

export class PasswordLink {
  @Text(43, { description: 'of a link that sets the password once, within 24 hours; replaces the one before' })
  token: string;
}

/** Officers' accounts: an administrator proposes, a second person confirms. */
@ApiTags('officers')
@Controller('officers')
@InPerson()
export class OfficersController {
  constructor(private readonly officers: Officers) {}

  @Get()
  @Access('administrator', 'city-officer', 'auditor')
  @ApiOkResponse({ type: [OfficerEntry] })
  list(): Promise<OfficerEntry[]> {
    return this.officers.all();
  }

  /** Makes the account and proposes its role. */
  @Post()
  @Access('administrator')
  @ApiCreatedResponse({ type: PasswordLink })
  async create(@Body() given: NewOfficer, @CurrentActor() actor: Actor): Promise<PasswordLink> {
    return { token: await this.officers.create(actor, given) };
  }

  @Post(':accountId/roles')
  @Access('administrator')
  @HttpCode(204)
  @ApiNoContentResponse()
  async propose(
    @Param('accountId') accountId: string,
    @Body() { role, area }: ProposedRole,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    await this.officers.propose(actor, accountId, role, area);
  }

  /** By somebody else than the one who proposed it. */
  @Put(':accountId/roles/:role/confirmation')
  @Access('administrator', 'city-officer')
  @HttpCode(204)
  @ApiNoContentResponse()
  async confirm(
    @Param('accountId') accountId: string,
    @Param('role') role: string,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    await this.officers.confirm(actor, accountId, officerRole(role));
  }

  @Delete(':accountId/roles/:role')
  @Access('administrator')
  @HttpCode(204)
  @ApiNoContentResponse()
  async end(
    @Param('accountId') accountId: string,
    @Param('role') role: string,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    await this.officers.end(actor, accountId, officerRole(role));
  }

  /** Until somebody else confirms them again, the account's roles are only proposed. */
  @Post(':accountId/password-link')
  @Access('administrator')
  @ApiCreatedResponse({ type: PasswordLink })
  async passwordLink(@Param('accountId') accountId: string, @CurrentActor() actor: Actor): Promise<PasswordLink> {
    return { token: await this.officers.passwordLink(actor, accountId) };
  }

  @Delete(':accountId')
  @Access('administrator')
  @HttpCode(204)
  @ApiNoContentResponse()
  async deactivate(@Param('accountId') accountId: string, @CurrentActor() actor: Actor): Promise<void> {
    await this.officers.deactivate(actor, accountId);
  }
}
