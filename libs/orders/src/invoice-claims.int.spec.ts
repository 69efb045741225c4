import { openEventStore, PostgresEventStore } from '@app/event-store';
import { freshDatabase } from '../../../test/support/database';
import { startDouble } from '../../../test/support/eventstoredb-double';
import { describeInvoiceClaims } from '../test/invoice-claims.contract';

describeInvoiceClaims(
  'PostgreSQL',
  async () => {
    const database = await freshDatabase();
    const store = await PostgresEventStore.open({ url: database.url });
    return { store, drop: () => store.close().then(() => database.drop()) };
  },
  { races: 3, stories: 3 },
);

describeInvoiceClaims(
  'EventStoreDB, by the protocol double',
  async () => {
    const double = await startDouble();
    const store = await openEventStore({ databaseUrl: '', eventStoreUrl: double.url });
    return { store, drop: () => store.close().then(() => double.stop()) };
  },
  { races: 3, stories: 3 },
);
