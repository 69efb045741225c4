import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDatabase, PostgresServer, startPostgres } from '@app/embedded-postgres';
import { EventStore, PostgresEventStore } from '@app/event-store';
import { freshDatabase } from '../../../test/support/database';
import { describeEventStore } from './event-store.contract';

function handlesOn(url: () => string) {
  const handles: EventStore[] = [];
  return {
    open: async () => {
      const store = await PostgresEventStore.open({ url: url() });
      handles.push(store);
      return store;
    },
    close: () => Promise.all(handles.map((store) => store.close())),
  };
}

describeEventStore('PostgreSQL', {
  foreignPositions: ['1/1'],
  log: async () => {
    const database = await freshDatabase();
    const handles = handlesOn(() => database.url);
    return { open: handles.open, drop: () => handles.close().then(() => database.drop()) };
  },
  restartable: async () => {
    const home = await mkdtemp(join(tmpdir(), 'event-store-'));
    let server: PostgresServer = await startPostgres({ dataDir: home });
    const url = await ensureDatabase(server, 'log');
    const handles = handlesOn(() => url);
    return {
      open: handles.open,
      stop: () => server.stop(),
      start: async () => {
        server = await startPostgres({ dataDir: home });
      },
      drop: async () => {
        await handles.close();
        await server.stop();
        await rm(home, { recursive: true, force: true });
      },
    };
  },
});
