import { MemoryEventStore } from '@app/event-store';
import { describeInvoiceClaims } from '../test/invoice-claims.contract';

describeInvoiceClaims(
  'a log in memory',
  async () => {
    const store = new MemoryEventStore();
    return { store, drop: () => store.close() };
  },
  { races: 200, stories: 300 },
);
