import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(__dirname, '../..');
const run = promisify(execFile);

/** What the command line prints on standard output; throws where it fails. */
export async function peitao(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<string> {
  const program = ['-r', './test/support/register-swc.cjs', 'apps/cli/src/main.ts', ...args];
  const env = { ...process.env, ...environment };
  const { stdout } = await run(process.execPath, program, { cwd: ROOT, env, maxBuffer: 64 * 1_048_576 });
  return stdout;
}
