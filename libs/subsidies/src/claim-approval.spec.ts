import { MemoryEventStore } from '@app/event-store';
import { describeClaimApproval } from '../test/claim-approval.contract';

describeClaimApproval(
  'a log in memory',
  async () => {
    const store = new MemoryEventStore();
    return { store, drop: () => store.close() };
  },
  30,
);
