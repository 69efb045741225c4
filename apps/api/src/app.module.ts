import * as attachments from '@app/attachments';
import { AuthModule, AuthOptions, ServerKeys } from '@app/auth';
import {
  areEvents,
  EventCatalogue,
  EventDeclarations,
  EventStore,
  joinEventCatalogues,
  openEventStore,
  Streams,
  Upcasters,
  UpcastingEventStore,
} from '@app/event-store';
import {
  HttpModule,
  HttpOptions,
  MeasuredEventStore,
  measureBackup,
  measureFollowers,
  Metrics,
  StructuredLog,
  Tracing,
} from '@app/http';
import * as finance from '@app/finance';
import * as inbox from '@app/inbox';
import { Clock, SystemClock } from '@app/kernel';
import * as matching from '@app/matching';
import * as orders from '@app/orders';
import { Followers, KeptTables, ProjectionsModule } from '@app/projections';
import * as registry from '@app/registry';
import * as reports from '@app/reports';
import * as subsidies from '@app/subsidies';
import { DynamicModule, Global, Inject, Module, OnApplicationShutdown, Type } from '@nestjs/common';
import { CqrsModule, QueryBus } from '@nestjs/cqrs';
import { DemoCityRow, DemoMark } from './demo-city.table';
import { Installation, PlatformController } from './platform.controller';

export type AppOptions = {
  readonly databaseUrl: string;
  /** Where the log stands, if not in that database. */
  readonly eventStoreUrl?: string | undefined;
  readonly keys: ServerKeys;
  readonly clock?: Clock;
  readonly log?: StructuredLog;
  /** It is closed with the application. */
  readonly tracing?: Tracing;
  /** A file that each good backup touches, where backups are watched. */
  readonly backupMark?: string;
  readonly http?: Partial<HttpOptions>;
  readonly auth?: Partial<AuthOptions>;
  /** How messages leave the platform, where they do. */
  readonly inbox?: inbox.InboxOptions;
  /** Whom people ask who need help, as the operator words it. */
  readonly support?: string | undefined;
  /** A module beside those of the contexts, with the event types that it writes. */
  readonly with?: { readonly module: Type | DynamicModule; readonly events?: EventDeclarations };
};

/** Doors of the libs whose modules make the platform; their event types are found in them. */
const DOORS = [attachments, inbox, registry, matching, reports, orders, subsidies, finance];
const MODULES: Type[] = [
  attachments.AttachmentsModule,
  registry.RegistryModule,
  matching.MatchingModule,
  reports.ReportsModule,
  orders.OrdersModule,
  subsidies.SubsidiesModule,
  finance.FinanceModule,
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
    const { databaseUrl, eventStoreUrl, clock = new SystemClock() } = options;
    const catalogue = eventCatalogue(...(options.with?.events ? [options.with.events] : []));
    const store = {
      provide: EventStore,
      useFactory: async () => {
        const log = await openEventStore({ databaseUrl, eventStoreUrl, flushed: (appends) => metrics.flush(appends) });
        return new MeasuredEventStore(new UpcastingEventStore(log, new Upcasters(catalogue)), metrics, options.tracing);
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

const OPEN_LISTINGS = {
  peitao_open_listings: { help: 'Listings that are open for offers: published, and before their deadline.' },
};

/** The whole platform as one module: the API serves it, the worker follows the log with it. */
@Module({})
export class AppModule {
  constructor(metrics: Metrics, followers: Followers, queries: QueryBus) {
    measureFollowers(metrics, followers);
    metrics.figures('listings', OPEN_LISTINGS, async () => {
      const value = await queries.execute(new matching.NumberOfOpenDemands());
      return [{ name: 'peitao_open_listings', value }];
    });
  }

  static forRoot(options: AppOptions): DynamicModule {
    const { databaseUrl, keys, log = new StructuredLog(), support, tracing } = options;
    const metrics = new Metrics();
    if (options.backupMark !== undefined) measureBackup(metrics, options.backupMark);
    const hasGateway = options.inbox?.smsGateway !== undefined;
    return {
      module: AppModule,
      controllers: [PlatformController],
      providers: [DemoMark, { provide: Installation, useValue: new Installation(hasGateway, support) }],
      imports: [
        CqrsModule.forRoot(),
        PlatformModule.forRoot(options, metrics),
        ProjectionsModule.forRoot({ url: databaseUrl }),
        KeptTables.forFeature([DemoCityRow]),
        HttpModule.forRoot({ keys, log, metrics, options: options.http, ...(tracing && { tracing }) }),
        AuthModule.forRoot({ ...options.auth, keys }),
        inbox.InboxModule.forRoot(options.inbox),
        inbox.ToDoModule,
        ...MODULES,
        ...(options.with ? [options.with.module] : []),
      ],
    };
  }
}
