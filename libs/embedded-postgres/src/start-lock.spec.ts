import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { thisProcess } from './processes';
import { withStartLock } from './start-lock';

const REGISTER = join(__dirname, '..', '..', '..', 'test', 'support', 'register-swc.cjs');
const TURNS = join(__dirname, '..', 'test', 'turns.ts');

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'peitao-lock-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const lockFile = (number: number): string => join(folder, `start-lock.${number}`);
const take = (patienceMs = 300): Promise<string> => withStartLock(folder, patienceMs, async () => 'done');

/** Three processes that each ask for 20 turns. */
async function race(how: 'locked' | 'unlocked'): Promise<string[]> {
  const children = [1, 2, 3].map(() => fork(TURNS, [folder, '20', how], { execArgv: ['-r', REGISTER] }));
  await Promise.all(children.map((child) => once(child, 'message')));
  children.forEach((child) => child.send('go'));
  const codes = await Promise.all(children.map((child) => once(child, 'exit')));
  expect(codes.map(([code]) => code as number)).toEqual([0, 0, 0]);
  return readFileSync(join(folder, 'notes'), 'utf8').trim().split('\n');
}

test('processes take turns', async () => {
  expect(await race('locked')).toEqual(Array.from({ length: 60 }, () => 'turn'));
  expect(readdirSync(folder).sort()).toEqual(['notes', 'start-lock.60']);
});

test('without the lock they clash', async () => {
  expect(await race('unlocked')).toContain('clash');
});

test('two in one process take turns as well', async () => {
  const seen: string[] = [];
  const work = (name: string) => async (): Promise<void> => {
    seen.push(`${name} in`);
    await delay(30);
    seen.push(`${name} out`);
  };
  await Promise.all([withStartLock(folder, 5_000, work('a')), withStartLock(folder, 5_000, work('b'))]);
  expect(seen.map((each) => each.split(' ')[1])).toEqual(['in', 'out', 'in', 'out']);
});

test('a failure lets go', async () => {
  await expect(withStartLock(folder, 300, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await take()).toBe('done');
});

test('a living holder is waited for, and named when it takes too long', async () => {
  const { pid, startedAt } = thisProcess();
  writeFileSync(lockFile(4), JSON.stringify({ pid, startedAt }));
  await expect(take()).rejects.toThrow(`Process ${pid} has been starting or stopping PostgreSQL`);
});

describe('is passed over at once:', () => {
  const passed = async (text: string): Promise<void> => {
    writeFileSync(lockFile(4), text);
    expect(await take(0)).toBe('done');
    expect(readdirSync(folder)).toEqual(['start-lock.5']);
  };

  test('a holder that is dead', () => passed(JSON.stringify({ pid: 2 ** 22 + 1, startedAt: 'x' })));
  test('a pid that another process has now', () => passed(JSON.stringify({ pid: process.pid, startedAt: 'earlier' })));
  test('a file that a power cut left empty', () => passed(''));
});
