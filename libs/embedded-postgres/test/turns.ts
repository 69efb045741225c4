// Takes turns with other processes and notes when it met one: argv is the folder, how often, and whether by the lock.
import { appendFileSync, mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { withStartLock } from '../src/start-lock';

const [folder = '', times = '0', how] = process.argv.slice(2);
const note = (word: string): void => appendFileSync(join(folder, 'notes'), `${word}\n`);

async function turn(): Promise<void> {
  try {
    mkdirSync(join(folder, 'inside'));
  } catch {
    return note('clash');
  }
  await delay(1);
  rmdirSync(join(folder, 'inside'));
  note('turn');
}

process.once('message', () => {
  void (async () => {
    for (let i = 0; i < Number(times); i++) await (how === 'locked' ? withStartLock(folder, 60_000, turn) : turn());
    process.disconnect();
  })();
});
process.send?.('ready');
