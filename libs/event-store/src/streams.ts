import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, Decider, derivedId, Fact, pause, Refused } from '@app/kernel';
import { LRUCache } from 'lru-cache';
import { EventCatalogue } from './event-catalogue';
import { EventStore, NewEvent, Position, Recorded, StoreUnavailable, VersionConflict } from './event-store';

/** Who commands, and by which command. A process derives commandId from the event that it answers. */
export type CommandContext = {
  readonly commandId: string;
  /** SHA-256 over enterprise, type and body. */
  readonly commandHash: string;
  /** `account:<id>` or `process:<name>`. */
  readonly actor: string;
  /** The enterprise acted for, or ''. */
  readonly enterprise: string;
  readonly correlationId: string;
  readonly causationId: string;
};

/** An event that was just written: its own place in the order over all streams is known only to readers of the log. */
export type Written<E extends Fact = Fact> = E extends Fact ? Omit<Recorded<E>, 'position'> : never;

export type Committed<E extends Fact = Fact> = {
  readonly stream: string;
  /** The stream's last revision after this command, or undefined when the stream has no event. */
  readonly revision: bigint | undefined;
  /** Where a reader of all streams has seen this command's events; of a command that changed nothing, the stream's last. */
  readonly position: Position | undefined;
  /** Empty when the command changed nothing. */
  readonly events: readonly Written<E>[];
  /** The command had been carried out before: position and events are those of the first time. */
  readonly repeated: boolean;
};

/** A stream as far as it was read. Never changed but replaced, since commands beside each other may hold it. */
type Folded<S> = {
  readonly decider: object;
  readonly state: S;
  readonly revision: bigint | undefined;
  readonly position: Position | undefined;
  readonly recordedAt: number;
  /** By commandId. It only grows, and only by what stands in the log, so that successive readings share it. */
  readonly commands: Map<string, { readonly hash: string; readonly from: bigint; count: number }>;
};

/** How long a command outlasts lost races and an unavailable store, in milliseconds of machine time. */
const PATIENCE = 2_000;
const STREAMS_REMEMBERED = 2_000;
/** Most of what a stream keeps in memory are its commands. One stream counts as half of all at most, or none would be kept. */
const COMMANDS_REMEMBERED = 10_000;

/** Load, decide, append: the one way in which streams are written. */
@Injectable()
export class Streams {
  private readonly remembered = new LRUCache<string, Folded<unknown>>({
    max: STREAMS_REMEMBERED,
    maxSize: COMMANDS_REMEMBERED,
    sizeCalculation: ({ commands }) => Math.min(1 + commands.size, COMMANDS_REMEMBERED / 2),
  });
  private readonly queues = new Map<string, Promise<unknown>>();

  constructor(
    private readonly store: EventStore,
    private readonly clock: Clock,
    private readonly catalogue: EventCatalogue,
  ) {}

  /**
   * Carries a command out on one stream, once: sent again, it answers with its first result. A command decides a stream at
   * most once; one that has several lines for a stream derives an id for each. `precondition` looks at the state first and
   * throws what the caller is to get (the reader's ETag is out of date); a repeated command is not asked again.
   * Throws what the decider refuses, Refused `command-id-reused`, or StoreUnavailable after two seconds of lost races or
   * of a silent store.
   */
  decide<S, C, E extends Fact>(
    decider: Decider<S, C, E>,
    stream: string,
    command: C,
    context: CommandContext,
    options: { precondition?: (state: S) => void } = {},
  ): Promise<Committed<E>> {
    return this.inTurn(stream, async () => {
      const end = performance.now() + PATIENCE;
      for (let attempt = 1; ; attempt++) {
        const folded = await this.patiently(end, () => this.fold(decider, stream));
        if (folded.commands.has(context.commandId)) return this.repeated<S, E>(stream, folded, context, end);
        options.precondition?.(folded.state);
        const facts = decider.decide(command, folded.state);
        const { revision, position } = folded;
        if (facts.length === 0) return { stream, revision, position, events: [], repeated: false };
        const events = facts.map((fact, index) => this.envelope(fact, index, stream, folded, context));
        try {
          const appended = await this.patiently(end, () => this.store.append(stream, revision ?? 'none', events));
          return { stream, ...appended, events: written<E>(stream, revision, events), repeated: false };
        } catch (error) {
          if (!(error instanceof VersionConflict)) throw error;
          if (performance.now() >= end) throw new StoreUnavailable(`too many writers on ${stream}`, { cause: error });
          await pause(jitter(attempt));
        }
      }
    });
  }

  /** The stream's state as it stands now; `revision` is undefined for a missing stream. */
  async load<S, C, E extends Fact>(
    decider: Decider<S, C, E>,
    stream: string,
  ): Promise<{ state: S; revision: bigint | undefined }> {
    const { state, revision } = await this.patiently(performance.now() + PATIENCE, () => this.fold(decider, stream));
    return { state, revision };
  }

  /** Rivals in one process would only race each other: they queue. */
  private inTurn<T>(stream: string, work: () => Promise<T>): Promise<T> {
    const mine = (this.queues.get(stream) ?? Promise.resolve()).then(work);
    const settled: Promise<unknown> = mine
      .catch(() => undefined)
      .then(() => this.queues.get(stream) === settled && this.queues.delete(stream));
    this.queues.set(stream, settled);
    return mine;
  }

  /** Reads only what came after the last reading. The append's expected revision proves that nothing was missed. */
  private async fold<S, C, E extends Fact>(decider: Decider<S, C, E>, stream: string): Promise<Folded<S>> {
    const before = this.remembered.get(stream);
    let folded: Folded<S> =
      before?.decider === decider
        ? (before as Folded<S>)
        : {
            decider,
            state: decider.initial,
            revision: undefined,
            position: undefined,
            recordedAt: 0,
            commands: new Map(),
          };
    const from = folded.revision === undefined ? 0n : folded.revision + 1n;
    for await (const event of this.store.read(stream, { from })) {
      const { revision, position, metadata } = event;
      const first = folded.commands.get(metadata.commandId);
      if (!first) {
        const hash = copied(metadata.commandHash);
        folded.commands.set(copied(metadata.commandId), { hash, from: revision, count: 1 });
      } else first.count = Math.max(first.count, Number(revision - first.from) + 1);
      const state = decider.evolve(folded.state, event as unknown as E);
      folded = { ...folded, state, revision, position, recordedAt: Date.parse(metadata.recordedAt) };
    }
    this.remembered.set(stream, folded);
    return folded;
  }

  private async repeated<S, E extends Fact>(
    stream: string,
    folded: Folded<S>,
    { commandId, commandHash }: CommandContext,
    end: number,
  ): Promise<Committed<E>> {
    const { hash, from, count } = folded.commands.get(commandId)!;
    if (hash !== commandHash) throw new Refused('command-id-reused');
    const events = await this.patiently(end, () => gathered<E>(this.store.read(stream, { from, max: count })));
    const { revision, position } = events.at(-1)!;
    return { stream, revision, position, events: events as unknown as Written<E>[], repeated: true };
  }

  private envelope<S, E extends Fact>(
    { type, data }: E,
    index: number,
    stream: string,
    { recordedAt }: Folded<S>,
    { commandId, commandHash, correlationId, causationId, actor, enterprise }: CommandContext,
  ): NewEvent<E> {
    return {
      // The stream is part of it: one command may be carried out on several.
      id: derivedId(commandId, stream, index),
      type,
      data,
      // In the order of canonical JSON, which then costs nothing.
      metadata: {
        actor,
        causationId,
        commandHash,
        commandId,
        correlationId,
        enterprise,
        // Clocks of two processes differ; a stream's recorded times never go back.
        recordedAt: new Date(Math.max(this.clock.now(), recordedAt)).toISOString(),
        salt: randomBytes(16).toString('hex'),
        schema: String(this.catalogue.schemaOf(type)),
      },
    };
  }

  /** Calls again while the store is unavailable. An append is safe: it carries the same ids and the same revision. */
  private async patiently<T>(end: number, work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof StoreUnavailable) || performance.now() >= end) throw error;
        await pause(jitter(attempt));
      }
    }
  }
}

/** A part of a longer text keeps the whole of it in memory for as long as it is remembered itself. */
const copied = (part: string): string => Buffer.from(part).toString();

/** Grows to 200 ms; random, so that losers of one race do not meet again. */
const jitter = (attempt: number): number => Math.random() * Math.min(200, 5 * 2 ** attempt);

function written<E extends Fact>(stream: string, before: bigint | undefined, events: NewEvent<E>[]): Written<E>[] {
  const first = before === undefined ? 0n : before + 1n;
  return events.map((event, index) => ({ ...event, stream, revision: first + BigInt(index) }) as unknown as Written<E>);
}

async function gathered<E extends Fact>(events: AsyncIterable<Recorded>): Promise<Recorded<E>[]> {
  const all: Recorded<E>[] = [];
  for await (const event of events) all.push(event as Recorded<E>);
  return all;
}
