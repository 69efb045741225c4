import { ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const READY = { api: /配套 Peitao: (http:\S+)\n/, worker: /配套 Peitao worker: ready(?: (http:\S+))?\n/ };
const MOST_KEPT = 200_000;

export type Kind = keyof typeof READY;

/** `apps/api` or `apps/worker` as it is shipped, built by `npm run build`, in a process of its own. */
export class Program {
  private output = '';
  /** Structured log and anything else on standard error. */
  errors = '';
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;

  private constructor(
    readonly kind: Kind,
    private readonly child: ChildProcess,
  ) {
    child.stdout!.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    child.stderr!.on('data', (chunk: Buffer) => (this.errors = (this.errors + chunk.toString()).slice(-MOST_KEPT)));
    this.ended = new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal })));
  }

  /** Resolves when it says that it is ready; rejects with what it said when it ends before. */
  static async start(kind: Kind, env: Readonly<Record<string, string>>): Promise<Program> {
    const program = new Program(kind, this.spawn(kind, env));
    await program.ready();
    return program;
  }

  private static spawn(kind: Kind, env: Readonly<Record<string, string>>): ChildProcess {
    const main = join(ROOT, `dist/apps/${kind}/src/main.js`);
    if (!existsSync(main)) throw new Error(`${main} is missing: npm run build`);
    return spawn(process.execPath, [main], {
      cwd: ROOT,
      env: { ...process.env, NODE_OPTIONS: '', EVENTSTORE_URL: '', PORT: '0', PEITAO_LOG_LEVEL: 'warn', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** Where it answers over HTTP: the API, and a worker whose port is set. */
  get url(): string {
    const url = READY[this.kind].exec(this.output)?.[1];
    if (url === undefined) throw new Error(`this ${this.kind} answers nowhere`);
    return url.replace('localhost', '127.0.0.1');
  }

  get pid(): number {
    return this.child.pid!;
  }

  get runs(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Ends it in order and returns its exit code; a process that was stopped goes on first. */
  async stop(): Promise<number | null> {
    this.signal('SIGCONT');
    this.signal('SIGTERM');
    return (await this.ended).code;
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.ended;
  }

  private async ready(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const look = () => READY[this.kind].test(this.output) && resolve();
      this.child.stdout!.on('data', look);
      void this.ended.then(({ code, signal }) =>
        reject(new Error(`${this.kind} ended (${code ?? signal}) before it was ready: ${this.errors}`)),
      );
      look();
    });
  }
}
