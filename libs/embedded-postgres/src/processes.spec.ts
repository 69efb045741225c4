import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fromPs, runningProcess, stillRuns, thisProcess } from './processes';

test('a process is known by pid and start, with name and folder where the system tells', () => {
  const self = thisProcess();
  expect(self.pid).toBe(process.pid);
  expect(stillRuns(self)).toBe(true);
  expect(stillRuns({ ...self, startedAt: 'another time' })).toBe(false);
  if (process.platform === 'linux') expect(self.folder).toBe(process.cwd());
});

test('two processes started one after the other differ, and the dead are gone', async () => {
  const child = spawn('sleep', ['60'], { cwd: '/' });
  await once(child, 'spawn');
  const seen = runningProcess(child.pid ?? 0);
  expect(seen?.name).toBe('sleep');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(runningProcess(child.pid ?? 0)).toBeUndefined();
  expect(seen && stillRuns(seen)).toBe(false);
});

test.each([0, -1, NaN, 1.5, 2 ** 22 + 1])('%p is no process', (pid) => expect(runningProcess(pid)).toBeUndefined());

test('a name with brackets and blanks in it is read right', async () => {
  const child = spawn('bash', ['-c', 'printf "a) S (b" > /proc/$$/comm; echo named; read -r'], { stdio: 'pipe' });
  await once(child.stdout, 'data');
  try {
    expect(runningProcess(child.pid ?? 0)?.name).toBe('a) S (b');
  } finally {
    child.kill('SIGKILL');
  }
});

test('ps, which stands in for /proc elsewhere, tells the same', () => {
  const first = fromPs(process.pid);
  expect(first).toMatchObject({ pid: process.pid, name: runningProcess(process.pid)?.name });
  expect(fromPs(process.pid)?.startedAt).toBe(first?.startedAt);
  expect(first?.startedAt).toMatch(/\d{4}$/);
  expect(fromPs(2 ** 22 + 1)).toBeUndefined();
});
