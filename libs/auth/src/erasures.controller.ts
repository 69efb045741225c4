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
      'person:<HMAC> as registrations show it, invoice:<its number>, or registration:, match:, objection:, order:, statement: or account:<id>',
    example: 'registration:3f0c1d52-6f0e-4c1b-9b53-0f6f8f2f4a11',
  })
  subject: string;
}

/** Erasure of what is kept of a person who asks for it, or of what names people in the texts of a registration, a match, an objection, an order or a statement. */
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

const BY_ID: readonly string[] = ['registration', 'match', 'objection', 'order', 'statement', 'account'];
/** An invoice is known by its number, as it is stored: old ones as code and number, all-digital ones 20 digits. */
const SHAPES: Readonly<Record<string, RegExp>> = { person: /^[\w-]{43}$/, invoice: /^((\d{10}|\d{12})-\d{8}|\d{20})$/ };

/** One that is written otherwise would erase nothing and look as if it had. */
function subjectOf(subject: string): { kind: string; id: string } {
  const [, kind = '', id = ''] = /^(\w+):(.+)$/.exec(subject) ?? [];
  const shape = SHAPES[kind];
  const isRight = shape ? shape.test(id) : BY_ID.includes(kind) && isUuid(id) && id === id.toLowerCase();
  if (!isRight) throw new Refused('subject-malformed', {}, 'subject');
  return { kind, id };
}
