import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { format } from 'node:util';
import { Logger, LoggerService } from '@nestjs/common';
import { commandLine } from '../../apps/cli/src/command-line';

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

let last: Promise<unknown> = Promise.resolve();

/**
 * `peitao …` in this process, with what it prints: a process of its own would load anew what the test has loaded. One after
 * the other, since they share what they print to.
 */
export function peitao(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  const run = last.then(() => inThisProcess(args, env));
  last = run.catch(() => undefined);
  return run;
}

async function inThisProcess(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  const printed = { out: '', err: '' };
  const writes = (to: keyof typeof printed) => (chunk: string | Uint8Array) => {
    printed[to] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    return true;
  };
  const lines =
    (to: keyof typeof printed) =>
    (...said: unknown[]) =>
      void (printed[to] += `${format(...said)}\n`);
  const { exitCode } = process;
  // Nest has one for all platforms of a process: whichever was put together last.
  const logger = Reflect.get(Logger, 'staticInstanceRef') as LoggerService;
  const before = { ...process.env };
  const heard = [
    jest.spyOn(process.stdout, 'write').mockImplementation(writes('out')),
    jest.spyOn(process.stderr, 'write').mockImplementation(writes('err')),
    jest.spyOn(console, 'log').mockImplementation(lines('out')),
    jest.spyOn(console, 'error').mockImplementation(lines('err')),
  ];
  Object.assign(process.env, env);
  process.exitCode = undefined;
  try {
    return { code: await commandLine(args), ...printed };
  } finally {
    for (const one of heard) one.mockRestore();
    Logger.overrideLogger(logger);
    process.exitCode = exitCode;
    for (const name of Object.keys(env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
}
