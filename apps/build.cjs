// npm run build: everything that runs outside Jest, compiled in one call (tsc checks the types in `npm run check`), and the
// web app by Vite. `--web` builds the web app only.
const { execFileSync } = require('node:child_process');
const { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { buildWeb } = require('./build-web.cjs');

const root = join(__dirname, '..');
const dist = join(root, 'dist');

function buildServer() {
  mkdirSync(dist, { recursive: true });
  for (const entry of readdirSync(dist)) {
    if (entry !== 'web') rmSync(join(dist, entry), { recursive: true, force: true });
  }
  const config = join(mkdtempSync(join(root, 'node_modules', '.swcrc-')), 'swcrc.json');
  writeFileSync(config, JSON.stringify(require('../swc.config.cjs')));
  const sources = ['apps/api', 'apps/worker', 'apps/cli', 'libs', 'test/bench'];
  const options = ['-d', 'dist', '--config-file', config, '--extensions', '.ts', '--ignore', '**/*.spec.ts', '--quiet'];
  try {
    execFileSync(process.execPath, [join(root, 'node_modules/@swc/cli/bin/swc.js'), ...sources, ...options], {
      cwd: root,
      stdio: 'inherit',
    });
  } finally {
    rmSync(join(config, '..'), { recursive: true, force: true });
  }
  chmodSync(join(dist, 'apps/cli/src/main.js'), 0o755);
}

if (!process.argv.includes('--web')) buildServer();
buildWeb();
