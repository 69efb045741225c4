#!/usr/bin/env node
import { Refused } from '@app/kernel';
import { refusals, refusalSentence } from '@app/labels';
import { Command } from 'commander';
import { told } from '../../api/src/platform';
import { backupCommand } from './backup';
import { demoCommand } from './demo';
import { eventsCommand } from './events';
import { importCommand } from './imports';
import { migrateLogCommand } from './migrate-log';
import { openApiCommand } from './openapi';
import { policyCommand } from './policy';
import { rebuildCommand } from './rebuild';
import { storyCommand } from './story/story';
import { userCommand } from './users';

const program = new Command('peitao')
  .description('配套 Peitao from the command line; the data are those of DATABASE_URL, or of the folder PEITAO_DATA')
  .showHelpAfterError();
for (const add of [
  importCommand,
  eventsCommand,
  rebuildCommand,
  migrateLogCommand,
  backupCommand,
  userCommand,
  demoCommand,
  storyCommand,
  openApiCommand,
  policyCommand,
])
  add(program);

program.parseAsync().then(
  () => end(process.exitCode === 1 ? 1 : 0),
  (error: unknown) => {
    console.error(explained(error));
    end(1);
  },
);

/** Not before a slow reader has taken what was printed. */
const end = (code: number): void => void process.stdout.write('', () => process.exit(code));

/** What a person can act on is one sentence in both languages; the rest shows where it happened. */
function explained(error: unknown): unknown {
  if (error instanceof Refused && Object.hasOwn(refusals, error.code)) {
    const { code, values, field } = error;
    const sentences = [refusalSentence(code, values, 'zh'), refusalSentence(code, values, 'en')].join(' / ');
    return `${code}${field === undefined ? '' : ` (${field})`}: ${sentences}`;
  }
  return told(error);
}
