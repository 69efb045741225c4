import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';

const root = join(__dirname, '../..');
const fixtures = join(__dirname, 'fixtures');

type Violation = { rule: { name: string }; from: string };
type Config = { forbidden: { name: string }[]; options: object };

/** Runs the project's own rules over the tree of bad imports, which stands where the rules think libs and apps are. */
function cruiseFixtures(): Violation[] {
  const config = join(root, 'dependency-cruiser.cjs');
  const cli = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const run = spawnSync(process.execPath, [cli, 'apps', 'libs', '--config', config, '--output-type', 'json'], {
    cwd: fixtures,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  if (!run.stdout) throw new Error(run.stderr);
  return (JSON.parse(run.stdout) as { summary: { violations: Violation[] } }).summary.violations;
}

/** What each bad file says in its first line that it breaks. */
function announced(): Map<string, string> {
  const files = readdirSync(fixtures, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const rules = files.map((file): [string, string | undefined] => [
    file,
    /^\/\/ breaks: (\S+)/.exec(readFileSync(join(fixtures, file), 'utf8'))?.[1],
  ]);
  return new Map(rules.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

describe('boundary rules', () => {
  const violations = cruiseFixtures();
  const { forbidden } = createRequire(__filename)('../../dependency-cruiser.cjs') as Config;

  it.each([...announced()])('%s is caught by %s', (file, rule) => {
    const found = violations.filter(({ from }) => relative('.', from) === file).map((violation) => violation.rule.name);
    if (rule === 'nothing') expect(found).toEqual([]);
    else expect(found).toContain(rule);
  });

  it('have each a bad import that makes them fire', () => {
    const fired = new Set(violations.map((violation) => violation.rule.name));
    expect(forbidden.map(({ name }) => name).filter((name) => !fired.has(name))).toEqual([]);
  });
});
