import { canonicalHash, newId } from '@app/kernel';
import { eventHash, MemoryEventStore, Position, Recorded } from './index';

const metadata = {
  ...{ commandId: newId(), commandHash: 'c'.repeat(64), correlationId: '', causationId: '', actor: 'account:test' },
  ...{ enterprise: '', recordedAt: '2020-02-10T02:00:00.000Z', schema: '1', salt: '5'.repeat(32) },
};
const recorded: Recorded = {
  id: '7d444840-9dc0-41d1-b245-5ffdce74fad2',
  type: 'Counted',
  data: { z: '鞋底 𠮷 \u0000', a: { c: 1, b: [null, true, 0.1] } },
  metadata,
  stream: 'listing-a',
  revision: 12n,
  position: '7' as Position,
};

it('is that of the canonical JSON, whatever the order of keys', () => {
  const { position: _position, ...rest } = recorded;
  expect(eventHash(recorded)).toBe(canonicalHash({ ...rest, revision: '12' }));
  const turned = { ...recorded, data: { a: { b: [null, true, 0.1], c: 1 }, z: '鞋底 𠮷 \u0000' } };
  expect(eventHash(turned)).toBe(eventHash(recorded));
});

it('holds everything but where it stands in the store', () => {
  const others: Recorded[] = [
    { ...recorded, id: newId() },
    { ...recorded, type: 'Counted2' },
    { ...recorded, stream: 'listing-b' },
    { ...recorded, revision: 13n },
    { ...recorded, data: { ...recorded.data, z: '鞋底' } },
    { ...recorded, metadata: { ...metadata, salt: '6'.repeat(32) } },
  ];
  expect(new Set([recorded, ...others].map(eventHash)).size).toBe(7);
  expect(eventHash({ ...recorded, position: '8' as Position })).toBe(eventHash(recorded));
});

it('is the same after the event was written and read', async () => {
  const store = new MemoryEventStore();
  await store.append('listing-a', 'none', [recorded]);
  for await (const event of store.readAll()) expect(eventHash(event)).toBe(eventHash({ ...recorded, revision: 0n }));
  await store.close();
});
