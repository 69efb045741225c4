import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Linter } from 'eslint';

const root = join(__dirname, '../..');

type Rules = Record<string, Linter.RuleEntry>;

/** By file: to ask for them takes a start of the program. */
const known = new Map<string, Rules>();

function rulesOf(file: string): Rules {
  const cli = join(root, 'node_modules/eslint/bin/eslint.js');
  const printed = spawnSync(process.execPath, [cli, '--print-config', file], { cwd: root, encoding: 'utf8' });
  const { rules } = JSON.parse(printed.stdout) as { rules: Rules };
  return Object.fromEntries(Object.entries(rules).filter(([name]) => name.startsWith('no-restricted-')));
}

/** The rules that the project's configuration puts on a file, run on a piece of plain JavaScript as if it were that file. */
function lintAs(file: string, code: string): string[] {
  const rules = known.get(file) ?? rulesOf(file);
  known.set(file, rules);
  return new Linter().verify(code, { rules }).map(({ ruleId }) => ruleId ?? 'unparsable');
}

describe('in a decider, lint refuses', () => {
  it.each([
    'const now = Date.now();',
    'const at = new Date();',
    'const dice = Math.random();',
    'const id = crypto.randomUUID();',
    'const home = process.env.HOME;',
    'setTimeout(() => 0, 1);',
    'const page = fetch("http://localhost");',
    'console.log(1);',
  ])('%s', (code) => {
    expect(lintAs('libs/matching/src/listing.decider.ts', code)).not.toEqual([]);
    expect(lintAs('libs/registry/src/size-class.rules.ts', code)).not.toEqual([]);
  });

  it('nothing that is pure', () => {
    expect(lintAs('libs/matching/src/listing.decider.ts', 'const two = Math.max(1, 2);')).toEqual([]);
  });
});

it('a context takes no time but the platform clock’s', () => {
  expect(lintAs('libs/matching/src/listing.handlers.ts', 'const now = Date.now();')).toEqual([
    'no-restricted-properties',
  ]);
});

it('nothing hangs on the event bus', () => {
  const code = "import { EventBus } from '@nestjs/cqrs'; export const bus = EventBus;";
  expect(lintAs('libs/projections/src/followers.ts', code)).toEqual(['no-restricted-imports']);
  const queries = "import { QueryBus } from '@nestjs/cqrs'; export const bus = QueryBus;";
  expect(lintAs('libs/projections/src/followers.ts', queries)).toEqual([]);
});
