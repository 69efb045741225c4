import { EventStore, type NewEvent, type Position, StoreUnavailable } from '@app/event-store';
import { Clock, derivedId, type Fact, pause, SetClock } from '@app/kernel';
import { Module, type Type } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import {
  type AnyProcess,
  type AnyProjection,
  Followers,
  KeptTables,
  type KeptTable,
  LiveChanges,
  ProjectionsModule,
  ReadModels,
} from '../src';

export type PlatformParts = {
  readonly url: string;
  readonly store: EventStore;
  readonly clock?: Clock;
  readonly projections?: readonly AnyProjection[];
  readonly processes?: readonly AnyProcess[];
  readonly kept?: readonly KeptTable[];
};

/** One process of the platform, as Nest puts it together. Several may share a store and a database. */
export class Platform {
  private constructor(private readonly app: TestingModule) {}

  static async open({
    url,
    store,
    clock,
    projections = [],
    processes = [],
    kept = [],
  }: PlatformParts): Promise<Platform> {
    const time = clock ?? new SetClock(Date.UTC(2020, 1, 10, 2));
    const given = [
      { provide: EventStore, useValue: store },
      { provide: Clock, useValue: time },
    ];
    // Process instances of a test are given as they are; classes of contexts are made by Nest.
    const classes = processes.map((process): Type<AnyProcess> => {
      const type = class {} as Type<AnyProcess>;
      given.push({ provide: type as never, useValue: process as never });
      return type;
    });
    @Module({ providers: given, exports: given.map(({ provide }) => provide) })
    class Given {}
    const app = await Test.createTestingModule({
      imports: [
        { module: Given, global: true },
        ProjectionsModule.forRoot({ url }),
        ...projections.map((projection) => ProjectionsModule.forFeature({ projections: [projection] })),
        ProjectionsModule.forFeature({ processes: classes }),
        KeptTables.forFeature(kept),
      ],
    }).compile();
    await app.init();
    return new Platform(app);
  }

  static async start(parts: PlatformParts): Promise<Platform> {
    const platform = await Platform.open(parts);
    try {
      await platform.followers.start();
    } catch (error) {
      await platform.close();
      throw error;
    }
    return platform;
  }

  get followers(): Followers {
    return this.app.get(Followers);
  }

  get readModels(): ReadModels {
    return this.app.get(ReadModels);
  }

  get liveChanges(): LiveChanges {
    return this.app.get(LiveChanges);
  }

  get<T>(token: Type<T>): T {
    return this.app.get(token);
  }

  async close(): Promise<void> {
    await this.app.close();
  }
}

let made = 0;

export function newEvent(fact: Fact, recordedAt = new Date(Date.UTC(2020, 1, 10, 2)).toISOString()): NewEvent {
  const commandId = derivedId('projections test', process.pid, made++);
  const metadata = {
    commandId,
    commandHash: 'a'.repeat(64),
    correlationId: commandId,
    causationId: commandId,
    actor: 'account:test',
    enterprise: '',
    recordedAt,
    schema: '1',
    salt: '0'.repeat(32),
  };
  return { id: derivedId(commandId, 0), ...fact, metadata };
}

/** Appends facts to the ends of streams, one by one; the position is that of the last. */
export async function append(store: EventStore, ...facts: readonly (readonly [string, Fact])[]): Promise<Position> {
  let position: Position | undefined;
  for (const [stream, fact] of facts) ({ position } = await store.append(stream, 'any', [newEvent(fact)]));
  return position!;
}

/** Waits for a condition, with a deadline: `what` names it in the failure. */
export async function eventually<T>(what: string, look: () => Promise<T>, within = 10_000): Promise<NonNullable<T>> {
  for (const end = performance.now() + within; ;) {
    const found = await look().catch((error: unknown) => {
      if (error instanceof StoreUnavailable) return undefined;
      throw error;
    });
    if (found) return found;
    if (performance.now() > end) throw new Error(`not within ${within} ms: ${what}`);
    await pause(10);
  }
}
