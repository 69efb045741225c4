import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Linter } from 'eslint';

const root = join(__dirname, '../..');

/** The rules that the project's configuration puts on a file, run on a piece of plain JavaScript as if it were that file. */
function lintAs(file: string, code: string): string[] {
  const cli = join(root, 'node_modules/eslint/bin/eslint.js');
  const printed = spawnSync(process.execPath, [cli, '--print-config', file], { cwd: root, encoding: 'utf8' });
  const { rules } = JSON.parse(printed.stdout) as { rules: Record<string, Linter.RuleEntry> };
  const plain = Object.entries(rules).filter(([name]) => name.startsWith('no-restricted-'));
  return new Linter().verify(code, { rules: Object.fromEntries(plain) }).map(({ ruleId }) => ruleId ?? 'unparsable');
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
