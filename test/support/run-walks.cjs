// npm run test:walks: the walks over every route in full: those that look for what is sealed with every value of every
// parameter for every id, and everything bad on every route. In npm test everybody still asks every route: each id, each
// value and each order comes once, and of what is bad each route gets some.
const { spawnSync } = require('node:child_process');
const { join } = require('node:path');

const root = join(__dirname, '../..');
const suites = ['sealed', 'sealed-trade', 'rivals', 'claims-short-of-money', 'bad-requests'].map(
  (name) => `test/e2e/${name}.spec.ts`,
);
const jest = [
  join(root, 'node_modules/jest/bin/jest.js'),
  '--ci',
  ...process.argv.slice(2),
  '--runTestsByPath',
  ...suites,
];
const env = { ...process.env, PEITAO_WALKS: 'whole' };
process.exitCode = spawnSync(process.execPath, jest, { cwd: root, env, stdio: 'inherit' }).status ?? 1;
