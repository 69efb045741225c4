import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../..');

const IMPURE = [
  'const now = Date.now();',
  'const at = new Date();',
  'const dice = Math.random();',
  'const id = crypto.randomUUID();',
  'const home = process.env.HOME;',
  'setTimeout(() => 0, 1);',
  'const page = fetch("http://localhost");',
  'console.log(1);',
];
const PURE = 'const two = Math.max(1, 2);';
const bus = (name: string) => `import { ${name} } from '@nestjs/cqrs'; export const bus = ${name};`;

/** What stands in which file; a place for each piece, so that one start of the program judges them all. */
const pieces: { file: string; code: string }[] = [];
const asFile = (folder: string, ending: string, code: string): string => {
  const file = `${folder}/piece-${pieces.length}.${ending}`;
  pieces.push({ file, code });
  return file;
};
const deciders = IMPURE.map((code) => [code, asFile('libs/matching/src', 'decider.ts', code)] as const);
const rules = IMPURE.map((code) => [code, asFile('libs/registry/src', 'rules.ts', code)] as const);
const pure = asFile('libs/matching/src', 'decider.ts', PURE);
const clockless = asFile('libs/matching/src', 'handlers.ts', 'const now = Date.now();');
const inSpec = asFile('libs/matching/src', 'spec.ts', 'const now = Date.now();');
const onEventBus = asFile('libs/projections/src', 'ts', bus('EventBus'));
const onQueryBus = asFile('libs/projections/src', 'ts', bus('QueryBus'));

/** The names of the rules that each piece breaks, under the project's configuration. */
const broken = new Map<string, string[]>();

beforeAll(() => {
  const place = mkdtempSync(join(tmpdir(), 'lint-'));
  try {
    // Types would need the project around the pieces.
    const config = JSON.parse(readFileSync(join(root, '.oxlintrc.json'), 'utf8')) as object;
    writeFileSync(join(place, '.oxlintrc.json'), JSON.stringify({ ...config, options: {} }));
    for (const { file, code } of pieces) {
      mkdirSync(join(place, dirname(file)), { recursive: true });
      writeFileSync(join(place, file), code);
    }
    const cli = join(root, 'node_modules/oxlint/bin/oxlint');
    const { stdout } = spawnSync(process.execPath, [cli, '-f', 'json'], { cwd: place, encoding: 'utf8' });
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
    for (const { filename, code } of diagnostics) {
      if (!code.includes('no-restricted-')) continue;
      broken.set(filename, [...(broken.get(filename) ?? []), code]);
    }
  } finally {
    rmSync(place, { recursive: true });
  }
});

describe('in a decider, lint refuses', () => {
  it.each(deciders)('%s', (_code, file) => expect(broken.has(file)).toBe(true));

  it.each(rules)('%s, and in rules', (_code, file) => expect(broken.has(file)).toBe(true));

  it('nothing that is pure', () => expect(broken.get(pure)).toBeUndefined());
});

it('a context takes no time but the platform clock’s', () => {
  expect(broken.get(clockless)).toEqual(['eslint(no-restricted-properties)']);
  expect(broken.get(inSpec)).toBeUndefined();
});

it('nothing hangs on the event bus', () => {
  expect(broken.get(onEventBus)).toEqual(['eslint(no-restricted-imports)']);
  expect(broken.get(onQueryBus)).toBeUndefined();
});

it('there are no enums: their values would be numbers in events', () => {
  const isEnum = /^\s*(export\s+)?(declare\s+)?(const\s+)?enum\s+\w+\s*\{/m;
  expect(isEnum.test('export const enum Side { Buy }')).toBe(true);
  const files = ['apps', 'libs', 'test']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(root, folder, file)),
    )
    .filter((file) => /\.tsx?$/.test(file));
  expect(files.length).toBeGreaterThan(1_000);
  expect(files.filter((file) => isEnum.test(readFileSync(file, 'utf8')))).toEqual([]);
});
