// Lets a child process run this repository's TypeScript the way Jest does:
//   node -r ./test/support/register-swc.cjs some.ts
// Child processes of tests are killed with -9, frozen or raced, which nothing inside Jest's own process may be.
const Module = require('node:module');
const { readFileSync } = require('node:fs');
const { join, sep } = require('node:path');
const { transformSync } = require('@swc/core');
const swc = require('../../swc.config.cjs');

const root = join(__dirname, '..', '..');

function compile(module, filename) {
  if (filename.includes(`${sep}node_modules${sep}`)) throw new Error(`TypeScript inside node_modules: ${filename}`);
  const options = { ...swc, swcrc: false, configFile: false, sourceMaps: 'inline', filename };
  module._compile(transformSync(readFileSync(filename, 'utf8'), options).code, filename);
}
require.extensions['.ts'] = compile;

// The compiler rewrites @app/* to relative requires; the testing doors stay as they are written (see swc.config.cjs).
const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  const door = /^@(app|testing)\/([^/]+)$/.exec(request);
  const file = door && join(root, 'libs', door[2], 'src', door[1] === 'app' ? 'index.ts' : 'testing.ts');
  return resolveFilename.call(this, file ?? request, ...rest);
};
process.setSourceMapsEnabled(true);
