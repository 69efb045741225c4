import { openEventStore, PostgresEventStore } from '@app/event-store';
import { freshDatabase } from '../../../test/support/database';
import { startDouble } from '../../../test/support/eventstoredb-double';
import { describeClaimApproval } from '../test/claim-approval.contract';

describeClaimApproval(
  'PostgreSQL',
  async () => {
    const database = await freshDatabase();
    const store = await PostgresEventStore.open({ url: database.url });
    return { store, drop: () => store.close().then(() => database.drop()) };
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
