import { Accounts, Vault } from '@app/auth';
import { CommandContext, Committed, Streams } from '@app/event-store';
import { Clock, derivedId, isUscc, Refused, shanghaiDay } from '@app/kernel';
import { Command, CommandHandler, ICommandHandler } from '@nestjs/cqrs';
import { enterprise, EnterpriseCommand } from './enterprise.decider';
import { FactsForm, HolderForm, NewAccountForm, RegistrationForm } from './enterprise-forms.rules';
import { EnterpriseEvent } from './enterprise-state.rules';
import { FirmFacts, Holder } from './enterprise.rules';
import { registrationId } from './registration-id.decider';
import { enterpriseStream } from './standing.handlers';

type Written = Committed<EnterpriseEvent>;

/** Any command to one enterprise that needs nothing from elsewhere. */
export class TellEnterprise extends Command<Written> {
  constructor(
    readonly enterprise: string,
    readonly command: EnterpriseCommand,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(TellEnterprise)
export class TellEnterpriseHandler implements ICommandHandler<TellEnterprise> {
  constructor(private readonly streams: Streams) {}

  async execute({ enterprise: code, command, context }: TellEnterprise) {
    if (command.type === 'ApplyForRegistration') await takeId(this.streams, command, context);
    return this.streams.decide(enterprise, enterpriseStream(code), command, context);
  }
}

type Application = Extract<EnterpriseCommand, { type: 'ApplyForRegistration' }>;

const idStream = ({ registration }: Application): string => `registration-${registration}`;
const taking = ({ registration, enterprise }: Application) =>
  ({ type: 'TakeRegistrationId', registration, enterprise }) as const;

/**
 * Before anything rests on a registration's id: who applied for another enterprise under a firm's own id would act as that
 * firm. Done again by a retry, which changes nothing.
 */
const takeId = (streams: Streams, command: Application, context: CommandContext) =>
  streams.decide(registrationId, idStream(command), taking(command), {
    ...context,
    commandId: derivedId(context.commandId, 'registration-id'),
  });

/** An application: by the account `by` that is signed in, or with the account that it makes. */
export class Register extends Command<Written> {
  constructor(
    readonly form: Omit<RegistrationForm, 'account'>,
    readonly by: { readonly account: string } | NewAccountForm,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(Register)
export class RegisterHandler implements ICommandHandler<Register> {
  constructor(
    private readonly streams: Streams,
    private readonly accounts: Accounts,
    private readonly clock: Clock,
  ) {}

  /**
   * Account, id, application, membership: each step does nothing the second time, so that a retry goes on where the
   * first try ended. The account comes first, since its number may be taken, and an application without a person could
   * never be used.
   */
  async execute({ form, by, context }: Register) {
    const account = accountOf(by, context);
    const { id: registration, enterprise: code, from, name, registeredAddress, plantAddress, industry } = form;
    const facts = { name, registeredAddress, ...(plantAddress && { plantAddress }), ...(industry && { industry }) };
    const day = shanghaiDay(this.clock.now());
    const command = { type: 'ApplyForRegistration', enterprise: code, registration, day, from, facts } as const;
    if (!('account' in by)) {
      await this.refuseBefore(account, command);
      await this.accounts.create({ ...by, id: account }, `account:${account}`);
    }
    const applying = { ...context, actor: `account:${account}`, enterprise: code };
    await takeId(this.streams, command, applying);
    const committed = await this.streams.decide(enterprise, enterpriseStream(code), command, applying);
    const membership = { registration, enterprise: code, innerRole: 'manager' } as const;
    await this.accounts.addMembership(account, membership, `account:${account}`);
    return committed;
  }

  /** What is refused leaves nothing behind, or the applicant's own number would be taken when he tries again. */
  private async refuseBefore(account: string, command: Application): Promise<void> {
    const isRetry = (await this.accounts.contacts([account])).has(account);
    if (isRetry) return;
    const [id, firm] = await Promise.all([
      this.streams.load(registrationId, idStream(command)),
      this.streams.load(enterprise, enterpriseStream(command.enterprise)),
    ]);
    registrationId.decide(taking(command), id.state);
    enterprise.decide(command, firm.state);
  }
}

/**
 * A new account's id follows from the command: whoever could choose it could name somebody else's account, and act in the
 * log under that person's name.
 */
export const accountOf = (by: Register['by'], { commandId }: CommandContext): string =>
  'account' in by ? by.account : derivedId('account', commandId);

/** Facts by the firm itself, or as an officer has checked them; persons among the holders become tokens. */
export class RecordFacts extends Command<Written> {
  constructor(
    readonly enterprise: string,
    readonly form: FactsForm,
    readonly command: Omit<Extract<EnterpriseCommand, { type: 'DeclareFacts' | 'CheckFacts' }>, 'from' | 'facts'>,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RecordFacts)
export class RecordFactsHandler implements ICommandHandler<RecordFacts> {
  constructor(
    private readonly streams: Streams,
    private readonly vault: Vault,
  ) {}

  async execute({ enterprise: code, form, command, context }: RecordFacts) {
    const { from, holders, ...rest } = form;
    const facts: FirmFacts = { ...rest, ...(holders && { holders: await namedByTokens(this.vault, holders) }) };
    return this.streams.decide(
      enterprise,
      enterpriseStream(code),
      { ...command, from, facts } as EnterpriseCommand,
      context,
    );
  }
}

/**
 * A contest of the holder: its statement may name people, so it stands in the vault and its commitment in the event.
 */
export class ContestHolder extends Command<Written> {
  constructor(
    readonly enterprise: string,
    readonly registration: string,
    readonly statement: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ContestHolder)
export class ContestHolderHandler implements ICommandHandler<ContestHolder> {
  constructor(
    private readonly streams: Streams,
    private readonly vault: Vault,
  ) {}

  async execute({ enterprise: code, registration, statement: text, context }: ContestHolder) {
    const statement = await this.vault.commitText(CONTEST_TEXTS, text, context, `registration:${registration}`);
    return this.streams.decide(
      enterprise,
      enterpriseStream(code),
      { type: 'ContestHolder', registration, statement },
      context,
    );
  }
}

/** Kinds of vault entries that registry writes. */
export const CONTEST_TEXTS = 'contest-statement';
export const HOLDING_PERSONS = 'person';

async function namedByTokens(vault: Vault, forms: readonly HolderForm[]): Promise<Holder[]> {
  const holders: Holder[] = [];
  for (const [index, { enterprise: code, name, document, share }] of forms.entries()) {
    const isPerson = name !== undefined && document !== undefined;
    if ((code !== undefined) === isPerson || (code !== undefined && !isUscc(code))) {
      throw new Refused('holder-unclear', {}, `holders/${index}`);
    }
    if (code !== undefined) holders.push({ holder: code, share });
    else {
      const holder = vault.personToken(document!);
      await vault.put(HOLDING_PERSONS, holder, { name, document }, { subject: holder });
      holders.push({ holder, share });
    }
  }
  return holders;
}
