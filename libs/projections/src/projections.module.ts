import { EventStore } from '@app/event-store';
import { Clock } from '@app/kernel';
import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  Global,
  Module,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { ModuleRef, ModulesContainer } from '@nestjs/core';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { prepareBookkeeping } from './bookkeeping';
import { type Feature, FEATURE, Features } from './features';
import { FollowerTracing } from './follower-tracing';
import { Followers } from './followers';
import { prepareKeptTables } from './kept-tables';
import { LiveChanges } from './live-changes';
import { Moves } from './moves';
import { followersName, Presence } from './presence';
import type { AnyProcess } from './process';
import { ReadModels } from './read-models';
import { followerRowsOf, rowsOf } from './rows';
import { Signals } from './signals';
import { ViewVersions } from './view-versions';
import { extensionsOf } from './view-tables';

/** What PostgreSQL shows beside the connections of readers. */
const SERVER_NAME = 'peitao';

const OPTIONAL_TRACING = { token: FollowerTracing, optional: true };

@Global()
@Module({})
export class ProjectionsModule implements OnModuleInit, BeforeApplicationShutdown, OnApplicationShutdown {
  /**
   * The platform's database by its URL. Needs EventStore and Clock from global modules. Followers run only in a
   * process that calls `Followers.start()`; views can be read in every one.
   */
  static forRoot({ url }: { readonly url: string }): DynamicModule {
    return {
      module: ProjectionsModule,
      providers: [
        {
          provide: Features,
          inject: [ModulesContainer],
          useFactory: (modules: ModulesContainer) => Features.of(modules),
        },
        { provide: DataSource, inject: [Features], useFactory: (features: Features) => openRows(url, features) },
        { provide: Signals, useFactory: () => new Signals(url, SERVER_NAME) },
        {
          provide: Presence,
          inject: [Features],
          useFactory: ({ projections }: Features) =>
            new Presence(
              url,
              projections.map(({ name, version }) => [name, version] as const),
            ),
        },
        {
          provide: ViewVersions,
          inject: [DataSource, EventStore, Signals],
          useFactory: (...parts: ConstructorParameters<typeof ViewVersions>) => new ViewVersions(...parts),
        },
        {
          provide: Moves,
          inject: [EventStore, Signals],
          useFactory: (...parts: ConstructorParameters<typeof Moves>) => new Moves(...parts),
        },
        {
          provide: Followers,
          inject: [
            Features,
            EventStore,
            Clock,
            DataSource,
            Presence,
            Signals,
            ViewVersions,
            Moves,
            ModuleRef,
            OPTIONAL_TRACING,
          ],
          useFactory: (
            features: Features,
            store: EventStore,
            clock: Clock,
            rows: DataSource,
            presence: Presence,
            signals: Signals,
            versions: ViewVersions,
            moves: Moves,
            modules: ModuleRef,
            tracing: FollowerTracing | undefined,
          ) => {
            const followerRows = followerRowsOf(url, features.entities, followersName(presence.id));
            const processes = () =>
              features.processes.map((process) => modules.get<AnyProcess>(process, { strict: false }));
            return new Followers({
              projections: features.projections,
              store,
              clock,
              rows,
              followerRows,
              presence,
              signals,
              versions,
              moves,
              tracing,
              processes,
            });
          },
        },
        ReadModels,
        LiveChanges,
      ],
      exports: [DataSource, ReadModels, Followers, LiveChanges],
    };
  }

  /** A context's projections, and its process classes, which its module provides. */
  static forFeature(feature: Feature): DynamicModule {
    return { module: ProjectionsFeature, providers: [{ provide: FEATURE, useValue: feature }] };
  }

  constructor(
    private readonly signals: Signals,
    private readonly presence: Presence,
    private readonly followers: Followers,
    private readonly rows: DataSource,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.signals.start();
    await this.presence.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.followers.stop();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.presence.stop();
    await this.signals.stop();
    await this.rows.destroy();
  }
}

@Module({})
class ProjectionsFeature {}

/** Bookkeeping and kept tables stand before anybody gets the DataSource. */
async function openRows(url: string, features: Features): Promise<DataSource> {
  const client = new Client({ connectionString: url, application_name: SERVER_NAME });
  // What is under way on a lost connection fails by itself; without a listener the process would end without a word.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await prepareBookkeeping(client, extensionsOf(features.projections));
  } finally {
    await client.end();
  }
  const rows = await rowsOf(url, features.entities, SERVER_NAME).initialize();
  try {
    await prepareKeptTables(rows, features.keptTables);
    return rows;
  } catch (error) {
    await rows.destroy();
    throw error;
  }
}
