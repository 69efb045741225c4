import { join } from 'node:path';
import { Refused } from '@app/kernel';
import { refusals, refusalSentence } from '@app/labels';
import { Command, CommanderError } from 'commander';
import { told } from '../../api/src/platform';

const loaded = <T>(file: string) => import(join(__dirname, file)) as Promise<T>;

/** Each is loaded when it is asked for: several need little of the platform, and loading the whole takes seconds. */
const COMMANDS: Readonly<Record<string, () => Promise<(program: Command) => void>>> = {
  import: async () => (await loaded<typeof import('./imports')>('imports')).importCommand,
  events: async () => (await loaded<typeof import('./events')>('events')).eventsCommand,
  rebuild: async () => (await loaded<typeof import('./rebuild')>('rebuild')).rebuildCommand,
  'migrate-log': async () => (await loaded<typeof import('./migrate-log')>('migrate-log')).migrateLogCommand,
  backup: async () => (await loaded<typeof import('./backup')>('backup')).backupCommand,
  user: async () => (await loaded<typeof import('./users')>('users')).userCommand,
  demo: async () => (await loaded<typeof import('./demo')>('demo')).demoCommand,
  story: async () => (await loaded<typeof import('./story/story')>('story/story')).storyCommand,
  openapi: async () => (await loaded<typeof import('./openapi')>('openapi')).openApiCommand,
  policy: async () => (await loaded<typeof import('./policy')>('policy')).policyCommand,
};

/** Carries out `peitao <args>`, prints what it has to say, and returns the exit code. */
export async function commandLine(args: readonly string[]): Promise<number> {
  try {
    await (await program(args[0] ?? '')).parseAsync(args, { from: 'user' });
  } catch (error) {
    // Help and wrong arguments: their words are printed already.
    if (error instanceof CommanderError) return error.exitCode;
    console.error(explained(error));
    return 1;
  }
  return process.exitCode === 1 ? 1 : 0;
}

/** With the command that is asked for; with all of them where help is, or nothing that there is. */
async function program(asked: string): Promise<Command> {
  const peitao = new Command('peitao')
    .description('配套 Peitao from the command line; the data are those of DATABASE_URL, or of the folder PEITAO_DATA')
    .showHelpAfterError()
    .exitOverride();
  const wanted = Object.hasOwn(COMMANDS, asked) ? [COMMANDS[asked]!] : Object.values(COMMANDS);
  for (const add of await Promise.all(wanted.map((load) => load()))) add(peitao);
  return peitao;
}

/** What a person can act on is one sentence in both languages; the rest shows where it happened. */
function explained(error: unknown): unknown {
  if (error instanceof Refused && Object.hasOwn(refusals, error.code)) {
    const { code, values, field } = error;
    const sentences = [refusalSentence(code, values, 'zh'), refusalSentence(code, values, 'en')].join(' / ');
    return `${code}${field === undefined ? '' : ` (${field})`}: ${sentences}`;
  }
  return told(error);
}
