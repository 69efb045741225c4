import { setImmediate } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { Client } from 'pg';
import { Sheet } from '../envelope';
import { Appended, Expected, StoreUnavailable, VersionConflict } from '../event-store';
import { positionOf } from '../positions';
import { ANSWER_WITHIN, connect, Connection, unavailableOr } from './postgres-connection';
import { Append, insert, insertInLine, isTaken, Outcome, placed, standing } from './postgres-statements';

type Member = Append & {
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
};

const MOST_EVENTS = 1_000;
const MOST_CHARACTERS = 4_000_000;
const STREAMS_REMEMBERED = 5_000;
/** Milliseconds for which it stands in line after it met another process. */
const IN_LINE = 1_000;

/**
 * Appends of one process share transactions: what comes while one is under way goes with the next, so that many writers pay
 * for one flush of the disk together. A lone append goes at once.
 *
 * While no other process appends, it knows the end of the log and numbers events itself: position n + 1 only when n is
 * committed, and the table's keys refuse it when another was first. After it met another it stands in line with the others for a
 * while, and where it does not know a stream's revision it asks in line (`placed`).
 */
export class PostgresWriter {
  private connection: Connection | undefined;
  private waiting: Member[] = [];
  private work: Promise<void> | undefined;
  private isClosed = false;
  private watch: NodeJS.Timeout | undefined;
  /** When the flush under way was begun. */
  private began: number | undefined;
  /** Position of the last event that is known to be committed, when nothing has failed since. */
  private end: bigint | undefined;
  private inLineUntil = 0;
  /** A revision that stood once stands for ever: an append after it needs no look, only the key. */
  private readonly revisions = new LRUCache<string, bigint>({ max: STREAMS_REMEMBERED });

  constructor(
    private readonly url: string,
    private readonly committed: (appends: number) => void,
  ) {}

  append(stream: string, expected: Expected, sheets: readonly Sheet[]): Promise<Appended> {
    return new Promise((resolve, reject) => {
      if (this.isClosed) throw new StoreUnavailable('the event store is closed');
      this.waiting.push({ stream, expected, sheets, resolve, reject });
      this.work ??= this.run();
    });
  }

  /** The stream is seen to have this revision. */
  learn(stream: string, revision: bigint): void {
    if (revision > (this.revisions.get(stream) ?? -1n)) this.revisions.set(stream, revision);
  }

  /** Lets what was begun come to its end. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.work;
    clearInterval(this.watch);
    await this.connection?.close();
  }

  private async run(): Promise<void> {
    this.watch ??= setInterval(() => this.cutWhenSilent(), 1_000).unref();
    while (this.waiting.length > 0) {
      const members = this.take();
      this.began = performance.now();
      await this.flush(members);
      this.began = undefined;
      // Writers that were just answered get their turn to append again, and go together.
      if (members.length > 1) await setImmediate();
    }
    this.work = undefined;
  }

  /** One watch for all: a timer for each append would cost a twentieth of it. */
  private cutWhenSilent(): void {
    if (this.began !== undefined && performance.now() - this.began > ANSWER_WITHIN) this.connection?.cut();
  }

  /** At most one append per stream: the next one's expected revision is that of the first. */
  private take(): Member[] {
    if (this.waiting.length === 1) return this.waiting.splice(0);
    const streams = new Set<string>();
    const taken: Member[] = [];
    const left: Member[] = [];
    let events = 0;
    let characters = 0;
    for (const member of this.waiting) {
      const isFull = taken.length > 0 && (events >= MOST_EVENTS || characters >= MOST_CHARACTERS);
      if (isFull || streams.has(member.stream)) {
        left.push(member);
        continue;
      }
      streams.add(member.stream);
      taken.push(member);
      events += member.sheets.length;
      for (const { data, metadata } of member.sheets) characters += data.length + metadata.length;
    }
    this.waiting = left;
    return taken;
  }

  /** Settles every member, whatever happens. */
  private async flush(members: Member[]): Promise<void> {
    try {
      const { client } = (this.connection ??= await connect(this.url, { name: 'append' }));
      const outcomes = (await this.writeKnown(client, members)) ?? (await this.writePlaced(client, members));
      const written = outcomes.filter(({ position }) => position !== undefined).length;
      if (written > 0) this.committed(written);
      for (const [index, member] of members.entries()) await this.settle(client, member, outcomes[index]!);
    } catch (failure) {
      this.end = undefined;
      const error = unavailableOr(failure);
      if (error instanceof StoreUnavailable) {
        // Whether it was written is not known: the members try again with the same ids.
        this.connection?.cut();
        this.connection = undefined;
        for (const member of members) member.reject(error);
      } else if (members.length === 1) members[0]!.reject(error);
      // One bad append must not fail its neighbours.
      else for (const member of members) await this.flush([member]);
    }
  }

  /** Undefined when a stream turns out, or may, not to be where the member thinks. */
  private async writeKnown(client: Client, members: Member[]): Promise<Outcome[] | undefined> {
    if (!members.every((member) => this.isKnown(member))) return undefined;
    for (;;) {
      const isInLine = this.end === undefined || performance.now() < this.inLineUntil;
      try {
        const first = isInLine ? await this.insertInLine(client, members) : await this.insertAtEnd(client, members);
        return outcomesAfter(first, members);
      } catch (error) {
        const key = isTaken(error);
        if (!key) throw error;
        if (key === 'revision') return undefined;
        // Another process was first. The log has grown by that, so this ends.
        this.meet();
      }
    }
  }

  private isKnown({ stream, expected }: Member): boolean {
    if (expected === 'none') return true;
    return expected !== 'any' && expected <= (this.revisions.get(stream) ?? -1n);
  }

  /** Here and below: the position before the first. */
  private async insertAtEnd(client: Client, members: Member[]): Promise<bigint> {
    const before = this.end!;
    await insert(client, before, members);
    this.end = before + eventsIn(members);
    return before;
  }

  private async insertInLine(client: Client, members: Member[]): Promise<bigint> {
    const before = await insertInLine(client, members);
    if (this.end !== undefined && before !== this.end) this.meet();
    this.end = before + eventsIn(members);
    return before;
  }

  private async writePlaced(client: Client, members: Member[]): Promise<Outcome[]> {
    for (;;) {
      try {
        const { outcomes, end } = await placed(client, members);
        const written = eventsIn(members.filter((_, nth) => outcomes[nth]!.position !== undefined));
        if (written > 0n) {
          if (this.end !== undefined && end !== this.end + written) this.meet();
          this.end = end;
        }
        return outcomes;
      } catch (error) {
        if (!isTaken(error)) throw error;
        this.meet();
      }
    }
  }

  private meet(): void {
    this.inLineUntil = performance.now() + IN_LINE;
  }

  private async settle(client: Client, member: Member, outcome: Outcome): Promise<void> {
    const { stream, expected, sheets, resolve, reject } = member;
    if (outcome.position !== undefined) {
      this.learn(stream, outcome.revision);
      return resolve({ revision: outcome.revision, position: positionOf(outcome.position) });
    }
    if (outcome.actual >= 0n) this.learn(stream, outcome.actual);
    // The same ids at the same revision are a retry and get the first result; one lookup tells most rivals from it.
    if (outcome.idThere === sheets.at(-1)!.id) {
      const there = await standing(client, stream, before(expected), sheets.length);
      if (there.length === sheets.length && there.every(({ id }, index) => id === sheets[index]!.id)) {
        const { revision, position } = there.at(-1)!;
        return resolve({ revision, position: positionOf(position) });
      }
    }
    reject(new VersionConflict(stream, expected, outcome.actual < 0n ? undefined : outcome.actual));
  }
}

const eventsIn = (members: readonly Member[]): bigint =>
  BigInt(members.reduce((sum, { sheets }) => sum + sheets.length, 0));

function outcomesAfter(position: bigint, members: readonly Member[]): Outcome[] {
  return members.map(({ expected, sheets }) => {
    position += BigInt(sheets.length);
    return { revision: before(expected) + BigInt(sheets.length), position };
  });
}

const before = (expected: Expected): bigint => (typeof expected === 'bigint' ? expected : -1n);
