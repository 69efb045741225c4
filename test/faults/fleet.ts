import { pause } from '@app/kernel';
import { Kind, Program } from '../support/program';
import { RoundRobin } from '../support/round-robin';

/** How long a stopping API process answers on, in milliseconds: longer than its proxy takes to see that it is not ready. */
export const DRAIN = 1_000;

const MOST_STARTS = 5;

const OWN: Readonly<Record<Kind, Record<string, string>>> = {
  api: { PEITAO_FOLLOWS: '0', PEITAO_DRAIN_MS: String(DRAIN), PEITAO_TRUSTED_PROXIES: '1' },
  worker: { PEITAO_WORKER_PORT: '0' },
};

export type FleetOptions = {
  readonly apis: number;
  readonly workers: number;
  /** Of every process. */
  readonly env: Readonly<Record<string, string>>;
};

/** API processes behind a proxy, and workers, each in a place of its own that is filled again when it was emptied. */
export class Fleet {
  private readonly places = new Map<string, Program>();

  private constructor(
    readonly proxy: RoundRobin,
    private readonly env: FleetOptions['env'],
  ) {}

  static async start({ apis, workers, env }: FleetOptions): Promise<Fleet> {
    const fleet = new Fleet(await RoundRobin.start(), env);
    const names = [...numbered('worker', workers), ...numbered('api', apis)];
    try {
      const filled = await Promise.allSettled(names.map((name) => fleet.fill(name)));
      for (const one of filled) if (one.status === 'rejected') throw one.reason;
      while (fleet.proxy.ready < apis) await pause(20);
    } catch (error) {
      await fleet.stop();
      throw error;
    }
    return fleet;
  }

  get names(): string[] {
    return [...this.places.keys()].sort();
  }

  program(name: string): Program {
    const program = this.places.get(name);
    if (!program) throw new Error(`nothing runs as ${name}`);
    return program;
  }

  /** Starts a process in this place, and again when it found no database or no log: as its supervisor does. */
  async fill(name: string): Promise<void> {
    for (let start = 1; ; start++) {
      try {
        return await this.start(name);
      } catch (error) {
        if (start === MOST_STARTS) throw error;
      }
    }
  }

  /** With SIGKILL: what it was at is cut off wherever it stands. */
  async kill(name: string): Promise<void> {
    const program = this.program(name);
    await program.kill();
    this.leave(program);
  }

  /** Stops it in order, and fails where it ends otherwise. */
  async end(name: string): Promise<void> {
    const program = this.program(name);
    const code = await program.stop();
    this.leave(program);
    if (code !== 0) throw new Error(`${name} ended with ${code}: ${program.errors}`);
  }

  async stop(): Promise<void> {
    const running = [...this.places.values()].filter(({ runs }) => runs);
    await Promise.all(running.map((program) => program.stop()));
    await this.proxy.stop();
  }

  private async start(name: string): Promise<void> {
    const kind = name.split('-')[0] as Kind;
    const program = await Program.start(kind, { ...this.env, ...OWN[kind] });
    this.places.set(name, program);
    if (kind === 'api') this.proxy.add(program.url);
  }

  private leave(program: Program): void {
    if (program.kind === 'api') this.proxy.remove(program.url);
  }
}

const numbered = (kind: Kind, count: number): string[] =>
  Array.from({ length: count }, (_, number) => `${kind}-${number + 1}`);
