import { pause } from '@app/kernel';
import type { Fleet } from './fleet';
import type { StoreProcess } from './store-process';

/** The same seed draws the same faults in the same order. */
export class Draw {
  constructor(private state: number) {}

  /** From 0 to below 1: mulberry32. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  between(least: number, most: number): number {
    return Math.round(least + this.next() * (most - least));
  }

  of<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)]!;
  }
}

export type Fault = {
  readonly does: string;
  readonly to: string;
  /** In milliseconds: until it happens, and until the process is as it was. */
  readonly after: number;
  readonly lasts: number;
};

const DOINGS = ['killed', 'frozen', 'restarted'] as const;

/** One or two faults of a round, each of another process. */
export function drawFaults(draw: Draw, names: readonly string[]): Fault[] {
  const first = draw.of(names);
  const second = draw.of(names.filter((name) => name !== first));
  return [first, second].slice(0, draw.between(1, 2)).map((to) => {
    const does = draw.of(DOINGS);
    // Longer and shorter than it takes the others to give a silent process up.
    const lasts = does === 'frozen' ? draw.between(500, 6_000) : draw.between(0, 1_500);
    return { does, to, after: draw.between(0, 1_500), lasts };
  });
}

/** Resolves when the process is as it was. */
export async function befall(fleet: Fleet, { does, to, after, lasts }: Fault): Promise<void> {
  await pause(after);
  if (does === 'frozen') {
    const program = fleet.program(to);
    program.signal('SIGSTOP');
    await pause(lasts);
    program.signal('SIGCONT');
    return;
  }
  await (does === 'killed' ? fleet.kill(to) : fleet.end(to));
  await pause(lasts);
  await fleet.fill(to);
}

const STORE_DOINGS = ['cut', 'node killed', 'node frozen', 'leader changed', 'subscriptions ended', 'errors'] as const;

export type StoreFault = Omit<Fault, 'does' | 'to'> & {
  readonly does: (typeof STORE_DOINGS)[number];
  readonly node: number;
};

/** What befalls the cluster in a round; two of its nodes stay. */
export function drawStoreFault(draw: Draw): StoreFault {
  const does = draw.of(STORE_DOINGS);
  return { does, node: draw.between(0, 2), after: draw.between(0, 1_500), lasts: draw.between(500, 4_000) };
}

/** Resolves when the cluster is whole again. */
export async function befallStore(store: StoreProcess, { does, node, after, lasts }: StoreFault): Promise<void> {
  await pause(after);
  switch (does) {
    case 'cut':
      return store.tell('cut');
    case 'leader changed':
      return store.tell(`leader ${node}`);
    case 'subscriptions ended':
      return store.tell('end-calls unavailable');
    case 'errors':
      return store.tell('written-but 5 deadline');
    case 'node killed':
    case 'node frozen': {
      const [begins, ends] = does === 'node killed' ? ['kill', 'start'] : ['freeze', 'thaw'];
      await store.tell(`${begins} ${node}`);
      await pause(lasts);
      return store.tell(`${ends} ${node}`);
    }
  }
}
