import { MemoryEventStore } from '@app/event-store';
import { describeEventStore } from './event-store.contract';

describeEventStore('memory', {
  foreignPositions: ['1/1'],
  // All handles share what one process keeps; only the first test that closes one has it for itself.
  log: async () => {
    const store = new MemoryEventStore();
    return { open: async () => store, drop: () => store.close() };
  },
});
