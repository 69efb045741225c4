import { createHash } from 'node:crypto';
import { Attachments } from '@app/attachments';
import type { CommandContext } from '@app/event-store';
import { canonicalHash, derivedId, Party, pause, shanghaiDay } from '@app/kernel';
import { Followers } from '@app/projections';
import type { INestApplicationContext } from '@nestjs/common';
import { Command, CommandBus } from '@nestjs/cqrs';
import type { DemoCity, DemoFirm } from './city';
import type { DemoSignIn } from './sign-ins';

export const HOUR = 3_600_000;
export const MINUTE = 60_000;
/** How long the filling waits for a process to do its part. */
const PATIENCE = 60_000;

/** Marks what is shown as made up. */
export const MARK = '演示数据';

export type Action = { readonly at: number; readonly run: () => Promise<unknown> };

export const accountOf = ({ registration }: DemoFirm): string => derivedId('demo-account', registration);
export const partyOf = ({ enterprise, registration }: DemoFirm): Party => ({ enterprise, registration });

/** Tells commands of the demo city. Every command's id follows from its step, so that told again it changes nothing. */
export class Telling {
  private readonly commands = this.app.get(CommandBus);
  /** The last day of the story, in Asia/Shanghai. */
  readonly today = shanghaiDay(this.now);

  constructor(
    readonly app: INestApplicationContext,
    readonly city: DemoCity,
    readonly signIns: readonly DemoSignIn[],
    readonly now: number,
  ) {}

  /** By the firm's own clerk, unless another account is named. */
  tell<T>(
    firm: DemoFirm,
    step: string,
    make: (context: CommandContext) => Command<T>,
    account = accountOf(firm),
  ): Promise<T> {
    return this.tellAs({ account, enterprise: firm.enterprise }, step, make);
  }

  tellAs<T>(
    { account, enterprise = '' }: { readonly account: string; readonly enterprise?: string },
    step: string,
    make: (context: CommandContext) => Command<T>,
  ): Promise<T> {
    const commandId = derivedId('demo-command', step);
    return this.commands.execute(
      make({
        commandId,
        commandHash: canonicalHash({ demo: step }),
        actor: `account:${account}`,
        enterprise,
        correlationId: commandId,
        causationId: commandId,
      }),
    );
  }

  /** The sign-in of this name. */
  person(name: string): DemoSignIn {
    return this.signIns.find((one) => one.name === name)!;
  }

  officerFor(area: string): DemoSignIn {
    const found = this.signIns.find((one) => one.role === 'county-officer' && one.area === area);
    return found ?? this.signIns.find(({ role }) => role === 'city-officer')!;
  }

  /** Keeps a file of a firm, and returns its id. */
  async keep(firm: DemoFirm, kind: string, ...of: string[]): Promise<string> {
    const { id, bytes } = demoFile(firm.registration, kind, ...of);
    const { registration } = firm;
    const file = { id, account: accountOf(firm), registration, name: `演示-${kind}.pdf`, bytes };
    await this.app.get(Attachments).keep(file);
    return id;
  }

  caughtUp(what: string): Promise<void> {
    return until(async () => (await this.app.get(Followers).status()).every(({ lag }) => lag === 0), what);
  }
}

/** A page that says what it is, as PDF: evidence must be a file of a kind that is taken. */
export function demoFile(registration: string, kind: string, ...of: string[]) {
  const about = [registration, kind, ...of];
  const bytes = Buffer.from(
    `%PDF-1.4\n% ${about.join(' ')} demo\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`,
  );
  return { id: derivedId('demo-file', ...about), sha256: createHash('sha256').update(bytes).digest('hex'), bytes };
}

export async function until(condition: () => Promise<boolean>, what: string): Promise<void> {
  for (const end = performance.now() + PATIENCE; !(await condition()); await pause(30)) {
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
  }
}
