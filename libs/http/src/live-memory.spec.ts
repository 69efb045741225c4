import { LiveMemory } from './live-memory';

const MINUTE = 60_000;
const heard = (key: number) => ({ view: 'v', key: String(key) });

describe('the memory of live streams', () => {
  it('keeps every change of the last ten minutes, however many', () => {
    const memory = new LiveMemory();
    for (let key = 0; key < 12_000; key++) memory.add(heard(key), key / 1_000);
    const since = memory.since(memory.back({ number: 0, at: 0 }, 9 * MINUTE));
    expect(since).toHaveLength(12_000);
  });

  it('tells one who was away longer to reload, whether there was a change or not', () => {
    const [quiet, busy] = [new LiveMemory(), new LiveMemory()];
    for (let key = 0; key < 100; key++) busy.add(heard(key), 5 * MINUTE);
    for (const memory of [quiet, busy]) {
      const answers = [9, 11].map((minute) => memory.since(memory.back({ number: 0, at: 0 }, minute * MINUTE)));
      expect(answers.map((answer) => answer === 'reload')).toEqual([false, true]);
    }
  });

  it('forgets what nobody can come back to', () => {
    const memory = new LiveMemory();
    memory.add(heard(0), 0);
    memory.add(heard(1), 10.5 * MINUTE);
    expect(memory.since(0)).toHaveLength(2);
    memory.add(heard(2), 12 * MINUTE);
    expect([memory.since(0), memory.since(1)]).toMatchObject(['reload', { length: 2 }]);
  });

  it('is bounded, and what stays beyond the bound tells no number', () => {
    const left = new Set<number>();
    for (let tried = 0; tried < 40; tried++) {
      const memory = new LiveMemory(1_000);
      for (let key = 0; key <= 1_000; key++) memory.add(heard(key), 0);
      const first = Array.from({ length: 1_002 }, (_, number) => number).find((one) => memory.since(one) !== 'reload')!;
      left.add(memory.next - first);
      expect(memory.next).toBe(1_001);
    }
    expect(Math.min(...left)).toBeGreaterThanOrEqual(500);
    expect(Math.max(...left)).toBeLessThan(1_000);
    expect(left.size).toBeGreaterThan(10);
  });

  it('tells everybody to reload after changes were missed', () => {
    const memory = new LiveMemory();
    memory.add(heard(0), 0);
    const { next } = memory;
    memory.miss();
    expect([memory.since(0), memory.since(next), memory.since(memory.next)]).toEqual(['reload', 'reload', []]);
  });
});
