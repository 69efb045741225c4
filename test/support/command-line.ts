import { spawn } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };
export type Started = {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** Resolves once standard output has matched; rejects when the program ends without. */
  printed(pattern: RegExp): Promise<string>;
  kill(signal: NodeJS.Signals): void;
};

/** `peitao …` as a process of its own, from the sources. */
export function startPeitao(args: readonly string[], env: Record<string, string>): Started {
  const program = join(ROOT, 'apps/cli/src/main.ts');
  const child = spawn(process.execPath, ['-r', join(ROOT, 'test/support/register-swc.cjs'), program, ...args], {
    cwd: ROOT,
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  let look = () => undefined as void;
  child.stdout.on('data', (chunk) => ((out += String(chunk)), look()));
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, out, err })));
  return {
    pid: child.pid!,
    ended,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        look = () => (pattern.test(out) ? resolve(out) : undefined);
        look();
        void ended.then(() => reject(new Error(`ended without ${pattern}: ${out}${err}`)));
      }),
    kill: (signal) => void child.kill(signal),
  };
}

export const peitao = (args: readonly string[], env: Record<string, string>): Promise<Ended> =>
  startPeitao(args, env).ended;
