// npm test: everything that proves the project. The static checks and the build count as one test each; Jest counts its own.
const { spawn, spawnSync } = require('node:child_process');
const { readFileSync, rmSync, existsSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '../..');
const results = join(root, 'node_modules/.cache/jest-results.json');
const bin = (path) => [process.execPath, join(root, 'node_modules', path)];
const steps = [
  // Lint and types look at the client that is made from the API's description.
  ['client', process.execPath, join(root, 'apps/web/generate-client.cjs')],
  ['lint', ...bin('oxlint/bin/oxlint'), '--deny-warnings'],
  ['format', ...bin('oxfmt/bin/oxfmt'), '--check'],
  ['types', ...bin('typescript-7/bin/tsc'), '--noEmit'],
  ['types of the web app', ...bin('typescript-7/bin/tsc'), '-p', 'apps/web'],
  [
    'boundaries',
    ...bin('dependency-cruiser/bin/dependency-cruise.mjs'),
    'apps',
    'libs',
    'test',
    '--config',
    'dependency-cruiser.cjs',
    '--output-type',
    'err',
  ],
  ['build', process.execPath, join(root, 'apps/build.cjs')],
];

let passed = 0;
let failed = 0;
let skipped = 0;
async function run([name, command, ...args]) {
  const started = process.hrtime.bigint();
  const step = spawn(command, args, { cwd: root, stdio: 'inherit' });
  const status = await new Promise((resolve) => step.once('error', resolve).once('close', resolve));
  const seconds = Number((process.hrtime.bigint() - started) / 1_000_000n) / 1000;
  console.log(`${status === 0 ? 'ok' : 'FAILED'}  ${name}  ${seconds.toFixed(1)} s`);
  if (status === 0) passed += 1;
  else failed += 1;
}

/** The first makes what the others look at; those need one core each, so two run beside each other. */
async function checks() {
  const [first, ...waiting] = steps;
  await run(first);
  const lane = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) await run(step);
  };
  await Promise.all([lane(), lane()]);
}

async function main() {
  await checks();
  rmSync(results, { force: true });
  const jest = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/jest/bin/jest.js'),
      '--ci',
      '--json',
      `--outputFile=${results}`,
      ...process.argv.slice(2),
    ],
    { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (existsSync(results)) {
    const report = JSON.parse(readFileSync(results, 'utf8'));
    passed += report.numPassedTests;
    failed += report.numFailedTests + report.numRuntimeErrorTestSuites;
    skipped += report.numPendingTests;
    const skips = report.testResults.flatMap(({ assertionResults }) =>
      assertionResults.filter(({ status }) => status === 'pending'),
    );
    for (const { fullName } of skips) console.log(`skipped: ${fullName}`);
    // A run in which Jest itself ended badly has failed, whatever it counted.
    if (jest.status !== 0 && report.numFailedTests + report.numRuntimeErrorTestSuites === 0) failed += 1;
  } else {
    failed += 1;
  }

  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

void main();
