import { ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = join(__dirname, '../..');
const PROGRAM = ['-r', './test/support/register-swc.cjs', 'test/support/eventstoredb-double/main.ts', '--nodes', '3'];

/** The double of a cluster of three nodes in a process of its own, with its unpleasant sides at hand. */
export class StoreProcess {
  private readonly waiting: ((line: string) => void)[] = [];

  private constructor(
    private readonly child: ChildProcess,
    private readonly ended: Promise<number | null>,
    readonly url: string,
  ) {}

  static async start(): Promise<StoreProcess> {
    const child = spawn(process.execPath, PROGRAM, { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout });
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    let store: StoreProcess | undefined;
    return new Promise((resolve, reject) => {
      void ended.then((code) => reject(new Error(`the double ended with ${code}`)));
      lines.on('line', (line) => {
        if (store) store.waiting.shift()?.(line);
        else resolve((store = new StoreProcess(child, ended, line)));
      });
    });
  }

  /** One of the controls of the double's program; resolves when it is carried out. */
  async tell(control: string): Promise<void> {
    const answer = new Promise<string>((resolve) => this.waiting.push(resolve));
    this.child.stdin!.write(`${control}\n`);
    const said = await Promise.race([answer, this.ended]);
    if (typeof said !== 'string') throw new Error(`the double ended (${said}) before ${control}`);
    if (!said.startsWith('ok')) throw new Error(`${control}: ${said}`);
  }

  async stop(): Promise<void> {
    this.child.stdin!.end();
    await this.ended;
  }
}
