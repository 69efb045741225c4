import { pause, SetClock, SystemClock, TooLate, within } from '@app/kernel';

describe('a set clock', () => {
  it('stands still until it is moved', () => {
    const clock = new SetClock(1_000);
    expect(clock.now()).toBe(1_000);
    clock.advance(500);
    expect(clock.now()).toBe(1_500);
    expect(clock.isSet).toBe(true);
  });

  it('never goes back, since recorded times never do', () => {
    expect(() => new SetClock(1_000).set(999)).toThrow(RangeError);
  });

  it('wakes those whose time has come, and only those', async () => {
    const clock = new SetClock(0);
    const woken: number[] = [];
    const { signal } = new AbortController();
    const waits = [10, 20].map((at) => clock.until(at, signal).then(() => woken.push(at)));
    clock.set(15);
    await waits[0];
    expect(woken).toEqual([10]);
    clock.set(20);
    await waits[1];
    expect(woken).toEqual([10, 20]);
  });

  it('lets go of a waiter whose signal fires', async () => {
    const stop = new AbortController();
    const waiting = new SetClock(0).until(10, stop.signal);
    stop.abort();
    await expect(waiting).resolves.toBeUndefined();
  });
});

it('the system clock waits no longer than asked to', async () => {
  const clock = new SystemClock();
  const start = clock.now();
  await clock.until(start + 5, new AbortController().signal);
  expect(clock.now()).toBeGreaterThanOrEqual(start + 5);
  expect(clock.isSet).toBe(false);
});

it('a pause ends early when its signal fires', async () => {
  const stop = new AbortController();
  const waiting = pause(3_600_000, stop.signal);
  stop.abort();
  await expect(waiting).resolves.toBeUndefined();
});

it('within a time, work has its own outcome, and what takes longer is too late', async () => {
  await expect(within(60_000, Promise.resolve('done'))).resolves.toBe('done');
  await expect(within(60_000, Promise.reject(new Error('its own')))).rejects.toThrow('its own');
  await expect(within(5, new Promise(() => undefined))).rejects.toBeInstanceOf(TooLate);
});
