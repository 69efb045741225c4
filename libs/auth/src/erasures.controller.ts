import { isUuid, Refused, Text } from '@app/kernel';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { Access, CurrentActor, InPerson } from './access';
import { actorName } from './account-acts';
import { Accounts } from './accounts';
import type { Actor } from './actor';
import { Vault } from './vault';

export class ErasureForm {
  @Text(80, {
    description:
      'person:<HMAC> as registrations show it, registration:<id>, match:<id>, objection:<id> or account:<id>',
    example: 'registration:3f0c1d52-6f0e-4c1b-9b53-0f6f8f2f4a11',
  })
  subject: string;
}

/** Erasure of what is kept of a person who asks for it, or of what names people in a registration's or a match's texts. */
@ApiTags('records')
@Controller('erasures')
@InPerson()
export class ErasuresController {
  constructor(
    private readonly vault: Vault,
    private readonly accounts: Accounts,
  ) {}

  /** Also where nothing is left to erase. What the law asks to keep is restricted until its day. */
  @Post()
  @Access('administrator')
  @HttpCode(204)
  @ApiNoContentResponse()
  async erase(@Body() { subject }: ErasureForm, @CurrentActor() actor: Actor): Promise<void> {
    const { kind, id } = subjectOf(subject);
    // An account has rules of its own: officers' names stay.
    if (kind === 'account') await this.accounts.erase(id, actorName(actor));
    else await this.vault.erase(subject, actorName(actor));
  }
}

/** One that is written otherwise would erase nothing and look as if it had. */
function subjectOf(subject: string): { kind: string; id: string } {
  const [, kind = '', id = ''] = /^(person|registration|match|objection|account):(.+)$/.exec(subject) ?? [];
  const isRight = kind === 'person' ? /^[\w-]{43}$/.test(id) : isUuid(id) && id === id.toLowerCase();
  if (!isRight) throw new Refused('subject-malformed', {}, 'subject');
  return { kind, id };
}
