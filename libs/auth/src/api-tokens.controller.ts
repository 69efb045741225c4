import { Instant, Refused, Strings, Text, Uuid, WholeNumber } from '@app/kernel';
import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Access, CurrentActor, InPerson } from './access';
import type { Actor } from './actor';
import { ApiTokens, SCOPE } from './api-tokens';

export class NewApiToken {
  @Uuid() id: string;
  @Text(60, { example: 'ERP' }) name: string;
  @Strings({ max: 40 }, { min: 1, most: 20, description: 'read, write, or one part: listings:read, offers:write' })
  scopes: string[];
  @WholeNumber(1, 366) days: number;
}

export class ApiTokenView {
  @Uuid() id: string;
  @Text(60) name: string;
  @Strings({ max: 40 }, { most: 20 }) scopes: string[];
  @Instant() madeAt: string;
  @Instant() endsAt: string;
  @Instant({ optional: true, description: 'last use, to the minute' }) seenAt?: string;
}

export class ApiTokenMade {
  @Uuid() id: string;
  @Text(60, { description: 'to be sent as Authorization: Bearer; shown now and never again' }) token: string;
}

/** One's own tokens for ERP systems and the command line. */
@ApiTags('account')
@Controller('me/tokens')
@Access('signed-in')
@InPerson()
export class ApiTokensController {
  constructor(private readonly tokens: ApiTokens) {}

  @Get()
  @ApiOkResponse({ type: [ApiTokenView] })
  async list(@CurrentActor() { account }: Actor): Promise<ApiTokenView[]> {
    return (await this.tokens.list(account)).map(({ id, name, scopes, madeAt, endsAt, seenAt }) => ({
      id,
      name,
      scopes,
      madeAt: madeAt.toISOString(),
      endsAt: endsAt.toISOString(),
      ...(seenAt && { seenAt: seenAt.toISOString() }),
    }));
  }

  @Post()
  @ApiCreatedResponse({ type: ApiTokenMade })
  async create(@Body() given: NewApiToken, @CurrentActor() actor: Actor): Promise<ApiTokenMade> {
    if (!given.scopes.every((scope) => SCOPE.test(scope))) throw new Refused('scope-malformed', {}, 'scopes');
    return { id: given.id, token: await this.tokens.create(actor, given) };
  }

  @Delete(':tokenId')
  @HttpCode(204)
  @ApiNoContentResponse()
  async end(@Param('tokenId') tokenId: string, @CurrentActor() actor: Actor): Promise<void> {
    await this.tokens.end(actor, tokenId);
  }
}
