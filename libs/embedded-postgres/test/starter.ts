// A process of its own that starts or attaches, for what cannot be done to Jest's process: being killed, frozen, raced.
// argv: data folder, settings as JSON. It reports by IPC and obeys the commands below.
import { Client } from 'pg';
import { startPostgres } from '@app/embedded-postgres';

export interface Started {
  readonly started: { startedHere: boolean; port: number; url: string; tookMs: number };
}
export type StarterReport = Started | { acknowledged: number } | { failed: string } | 'frozen' | 'stopped';
export type StarterCommand = 'stop' | 'freeze' | 'write';

const report = (message: StarterReport): void => void process.send?.(message);

async function main(): Promise<void> {
  const [dataDir = '', settings = '{}'] = process.argv.slice(2);
  const begun = performance.now();
  const server = await startPostgres({ dataDir, settings: JSON.parse(settings) as Record<string, string> });
  const url = server.url('postgres');
  process.on('message', (command: StarterCommand) => {
    if (command === 'stop') void server.stop().then(() => report('stopped'), fail);
    // A process whose event loop stands still takes no note of a dead child: the child stays a zombie.
    if (command === 'freeze') {
      report('frozen');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    }
    if (command === 'write') void write(url).catch(fail);
  });
  const { startedHere, port } = server;
  report({ started: { startedHere, port, url, tookMs: performance.now() - begun } });
}

/** One row after the other, each told to the parent once PostgreSQL has acknowledged it. */
async function write(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('CREATE TABLE IF NOT EXISTS written (id bigint PRIMARY KEY)');
  for (let id = 1; ; id++) {
    await client.query('INSERT INTO written VALUES ($1)', [id]);
    report({ acknowledged: id });
  }
}

const fail = (error: unknown): void => report({ failed: String(error) });

main().catch(fail);
