import * as attachments from '@app/attachments';
import { AuthModule, AuthOptions, ServerKeys } from '@app/auth';
import {
  areEvents,
  EventCatalogue,
  EventDeclarations,
  EventStore,
  joinEventCatalogues,
  PostgresEventStore,
  Streams,
  Upcasters,
  UpcastingEventStore,
} from '@app/event-store';
import { HttpModule, HttpOptions, MeasuredEventStore, Metrics, StructuredLog } from '@app/http';
import * as inbox from '@app/inbox';
import { Clock, SystemClock } from '@app/kernel';
import * as matching from '@app/matching';
import { Followers, ProjectionsModule } from '@app/projections';
import * as registry from '@app/registry';
import * as reports from '@app/reports';
import { DynamicModule, Global, Inject, Module, OnApplicationShutdown, Type } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Installation, PlatformController } from './platform.controller';

export type AppOptions = {
  readonly databaseUrl: string;
  readonly keys: ServerKeys;
  readonly clock?: Clock;
  readonly log?: StructuredLog;
  readonly http?: Partial<HttpOptions>;
  readonly auth?: Partial<AuthOptions>;
  /** How messages leave the platform, where they do. */
  readonly inbox?: inbox.InboxOptions;
  /** What the platform says of itself to anybody who asks: whether its city is made up, and whom to ask for help. */
  readonly about?: { readonly demo?: boolean; readonly support?: string };
  /** A module beside those of the contexts, with the event types that it writes. */
  readonly with?: { readonly module: Type | DynamicModule; readonly events?: EventDeclarations };
};

/** Doors of the libs whose modules make the platform; their event types are found in them. */
const DOORS = [attachments, inbox, registry, matching, reports];
const MODULES: Type[] = [
  attachments.AttachmentsModule,
  registry.RegistryModule,
  matching.MatchingModule,
  reports.ReportsModule,
];

/** Every event type of every context. Throws when two contexts declare one. */
export const eventCatalogue = (...more: EventDeclarations[]): EventCatalogue =>
  joinEventCatalogues(...DOORS.flatMap((door) => Object.values<unknown>(door).filter(areEvents)), ...more);

/** The log, the clock and the loop load-decide-append, for every context. */
@Global()
@Module({})
class PlatformModule implements OnApplicationShutdown {
  constructor(@Inject(EventStore) private readonly store: EventStore) {}

  static forRoot(options: AppOptions, metrics: Metrics): DynamicModule {
    const { databaseUrl, clock = new SystemClock() } = options;
    const catalogue = eventCatalogue(...(options.with?.events ? [options.with.events] : []));
    const store = {
      provide: EventStore,
      useFactory: async () => {
        const log = await PostgresEventStore.open({ url: databaseUrl });
        return new MeasuredEventStore(new UpcastingEventStore(log, new Upcasters(catalogue)), metrics);
      },
    };
    return {
      module: PlatformModule,
      providers: [
        store,
        Streams,
        { provide: Clock, useValue: clock },
        { provide: EventCatalogue, useValue: catalogue },
      ],
      exports: [EventStore, Streams, Clock, EventCatalogue],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.store.close();
  }
}

/** The whole platform as one module: the API serves it, the worker follows the log with it. */
@Module({})
export class AppModule {
  constructor(metrics: Metrics, followers: Followers) {
    metrics.gauge(
      'peitao_follower_lag_events',
      'Events of the log that a follower has not handled.',
      'follower',
      async () => {
        const all = await followers.status();
        return new Map(all.map(({ follower, lag }) => [follower, lag]));
      },
    );
  }

  static forRoot(options: AppOptions): DynamicModule {
    const { databaseUrl, keys, log = new StructuredLog(), about = {} } = options;
    const metrics = new Metrics();
    const hasGateway = options.inbox?.smsGateway !== undefined;
    return {
      module: AppModule,
      controllers: [PlatformController],
      providers: [
        { provide: Installation, useValue: new Installation(about.demo === true, hasGateway, about.support) },
      ],
      imports: [
        CqrsModule.forRoot(),
        PlatformModule.forRoot(options, metrics),
        ProjectionsModule.forRoot({ url: databaseUrl }),
        HttpModule.forRoot({ keys, log, metrics, options: options.http }),
        AuthModule.forRoot({ ...options.auth, keys }),
        inbox.InboxModule.forRoot(options.inbox),
        inbox.ToDoModule,
        ...MODULES,
        ...(options.with ? [options.with.module] : []),
      ],
    };
  }
}
