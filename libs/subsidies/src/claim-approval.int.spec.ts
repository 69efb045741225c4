import { openEventStore, PostgresEventStore } from '@app/event-store';
import { DataSource } from 'typeorm';
import { freshDatabase } from '../../../test/support/database';
import type { FreshDatabase } from '../../../test/support/database';
import { startDouble } from '../../../test/support/eventstoredb-double';
import { describeClaimApproval } from '../test/claim-approval.contract';

let database: FreshDatabase;
let emptying: DataSource;
beforeAll(async () => {
  database = await freshDatabase();
  emptying = await new DataSource({ type: 'postgres', url: database.url }).initialize();
});
afterAll(async () => {
  await emptying?.destroy();
  await database?.drop();
});

describeClaimApproval(
  'PostgreSQL',
  async () => {
    // A new log each time: a new database takes ten times as long as its tables alone.
    await emptying.query('DROP SCHEMA IF EXISTS event_store CASCADE');
    const store = await PostgresEventStore.open({ url: database.url });
    return { store, drop: () => store.close() };
  },
  3,
);

describeClaimApproval(
  'EventStoreDB, by the protocol double',
  async () => {
    const double = await startDouble();
    const store = await openEventStore({ databaseUrl: '', eventStoreUrl: double.url });
    return { store, drop: () => store.close().then(() => double.stop()) };
  },
  3,
);
