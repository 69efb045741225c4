// Lets a child process run this repository's TypeScript the way Jest does:
//   node -r ./test/support/register-swc.cjs some.ts
// Child processes of tests are killed with -9, frozen or raced, which nothing inside Jest's own process may be.
const { createHash } = require('node:crypto');
const Module = require('node:module');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { join, sep } = require('node:path');
const swc = require('../../swc.config.cjs');

const root = join(__dirname, '..', '..');

// A suite starts these programs a hundred times, and most of a start would be compiling: what was compiled is kept by content.
const cache = join(root, 'node_modules/.cache/register-swc');
const version = JSON.stringify([swc, require('@swc/core/package.json').version]);

function compile(module, filename) {
  if (filename.includes(`${sep}node_modules${sep}`)) throw new Error(`TypeScript inside node_modules: ${filename}`);
  const source = readFileSync(filename, 'utf8');
  const kept = join(cache, `${createHash('sha256').update(version).update(filename).update(source).digest('hex')}.js`);
  module._compile(read(kept) ?? write(kept, transformed(source, filename)), filename);
}

function transformed(source, filename) {
  const options = { ...swc, swcrc: false, configFile: false, sourceMaps: 'inline', filename };
  return require('@swc/core').transformSync(source, options).code;
}

function read(kept) {
  try {
    return readFileSync(kept, 'utf8');
  } catch {
    return undefined;
  }
}

/** Whole or not at all: several programs compile at the same time, and some are killed. */
function write(kept, code) {
  mkdirSync(cache, { recursive: true });
  writeFileSync(`${kept}.${process.pid}`, code);
  renameSync(`${kept}.${process.pid}`, kept);
  return code;
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
