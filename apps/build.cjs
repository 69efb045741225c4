// npm run build: everything that runs outside Jest, compiled in one call (tsc checks the types in `npm run check`).
const { execFileSync } = require('node:child_process');
const { chmodSync, mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
rmSync(join(root, 'dist'), { recursive: true, force: true });
const config = join(mkdtempSync(join(root, 'node_modules', '.swcrc-')), 'swcrc.json');
writeFileSync(config, JSON.stringify(require('../swc.config.cjs')));
try {
  execFileSync(
    process.execPath,
    [
      join(root, 'node_modules/@swc/cli/bin/swc.js'),
      'apps',
      'libs',
      'test/bench',
      '-d',
      'dist',
      '--config-file',
      config,
      '--extensions',
      '.ts',
      '--ignore',
      '**/*.spec.ts',
      '--quiet',
    ],
    { cwd: root, stdio: 'inherit' },
  );
} finally {
  rmSync(join(config, '..'), { recursive: true, force: true });
}
chmodSync(join(root, 'dist/apps/cli/src/main.js'), 0o755);
