import { Attachments } from '@app/attachments';
import { CommandContext, EventStore } from '@app/event-store';
import { derivedId, pause, SetClock, startOfDay } from '@app/kernel';
import type { Party } from '@app/kernel';
import { ReadModels } from '@app/projections';
import { fundLedger } from '@app/subsidies';
import type { INestApplicationContext } from '@nestjs/common';
import { Command, CommandBus, QueryBus } from '@nestjs/cqrs';
import { Client } from 'pg';

const AT_ONCE = 8;
const HOUR = 3_600_000;
/** How long the followers of the log may take for what a step of the simulation wrote. */
const PATIENCE = 600_000;

export type SimulatedFirm = Party & {
  readonly name: string;
  readonly area: string;
  readonly account: string;
  /** How large its orders are beside others'. */
  readonly weight: number;
};

export const partyOf = ({ enterprise, registration }: Party): Party => ({ enterprise, registration });
export const personOf = (firm: SimulatedFirm) => ({ by: partyOf(firm), account: firm.account });

/** One platform in this process on a set clock, and the commands that its people send. */
export class City {
  private readonly commands = this.app.get(CommandBus);
  readonly queries = this.app.get(QueryBus);
  private sent = 0;
  /** What rules refused, by code. */
  readonly refused = new Map<string, number>();

  constructor(
    readonly app: INestApplicationContext,
    readonly clock: SetClock,
    readonly log: Client,
    private readonly seed: number,
    readonly draw: () => number,
    readonly say: (line: string) => void,
  ) {}

  id = (...parts: readonly (string | number)[]): string => derivedId('simulate', this.seed, ...parts);

  tell<R>(account: string, enterprise: string, command: (context: CommandContext) => Command<R>): Promise<R> {
    const commandId = this.id('command', ++this.sent);
    const trail = { commandId, commandHash: commandId, correlationId: commandId, causationId: commandId };
    return this.commands.execute(command({ ...trail, actor: `account:${account}`, enterprise }));
  }

  tellAs<R>(firm: SimulatedFirm, command: (context: CommandContext) => Command<R>): Promise<R> {
    return this.tell(firm.account, firm.enterprise, command);
  }

  /** Nine in the morning of a day in Asia/Shanghai, or `hours` after it. */
  goTo(day: string, hours = 0): void {
    this.clock.set(startOfDay(day) + (9 + hours) * HOUR);
  }

  chance = (part: number): boolean => this.draw() < part;
  between = (low: number, high: number): number => low + Math.floor(this.draw() * (high - low + 1));

  async upload({ account, registration }: { account: string; registration?: string }, what: string): Promise<string> {
    const id = this.id('file', account, what);
    const bytes = Buffer.from(`%PDF-1.4\n% ${id}\ntrailer<<>>\n%%EOF\n`);
    await this.app.get(Attachments).keep({ id, account, registration, name: `${what}.pdf`, bytes });
    return id;
  }

  async until(what: string, holds: () => Promise<boolean>): Promise<void> {
    for (const end = performance.now() + PATIENCE; !(await holds()); await pause(50)) {
      if (performance.now() > end) throw new Error(`waited in vain: ${what}`);
    }
  }

  /** Until every process has seen the whole log and has done what is due. */
  async quiet(): Promise<void> {
    const head = async () => (await this.app.get(EventStore).head())?.toString();
    await this.until('the processes', async () => {
      const before = await head();
      const { rows } = await this.log.query<{ behind: number; due: number }>(
        `SELECT (SELECT count(*) FROM projections.checkpoint
                  WHERE view IS NULL AND retired_at IS NULL
                    AND position::text IS DISTINCT FROM $2)::int AS behind,
                (SELECT count(*) FROM projections.agenda
                  WHERE state = 'waiting' AND (due IS NULL OR due <= $1))::int AS due`,
        [new Date(this.clock.now()), before],
      );
      return rows[0]!.behind === 0 && rows[0]!.due === 0 && before === (await head());
    });
    const { rows } = await this.log.query<{ task: string }>(
      `SELECT process || ' ' || event_type || ': ' || coalesce(outcome, '') AS task FROM projections.agenda
        WHERE state = 'parked'`,
    );
    if (rows.length > 0) throw new Error(`${rows.length} tasks were set aside: ${rows[0]!.task}`);
  }

  /** Until the ledger has what was paid. */
  async readable(): Promise<void> {
    const head = await this.app.get(EventStore).head();
    if (!(await this.app.get(ReadModels).reached(fundLedger, head!, PATIENCE))) throw new Error('the ledger is behind');
  }

  async inTurns<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
    const left = [...items];
    const worker = async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  note(code: string): void {
    this.refused.set(code, (this.refused.get(code) ?? 0) + 1);
  }
}

export function groupedBy<K, T>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
