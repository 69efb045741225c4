// The web app: Vite, and beside each file its .br and .gz, which the API serves. Skipped when nothing it is made from has
// changed, so that `npm start` stays quick.
const { execFileSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require('node:fs');
const { extname, join, relative } = require('node:path');
const { brotliCompressSync, constants, gzipSync } = require('node:zlib');

const root = join(__dirname, '..');
const web = join(root, 'apps/web');
const out = join(root, 'dist/web');
/** Inside what was built, so that one is never without the other. */
const STAMP = '.built-from';

/** All that the web app is made from: its own files, the API's description, the words, and the versions of the packages. */
const SOURCES = [
  web,
  join(root, 'docs/openapi.json'),
  join(root, 'libs/labels/src'),
  join(root, 'package-lock.json'),
  __filename,
];
/** Tests leave no trace in what is built; the generated client is made from the API's description. */
const LEFT_OUT = /[.]spec[.]tsx?$|[\\/]src[\\/]api[\\/](schema[.]d|views)[.]ts$/;
const PACKED = new Set(['.js', '.css', '.svg', '.json', '.webmanifest', '.txt']);
/** A smaller file gains nothing. */
const WORTH_PACKING = 1_024;

const filesIn = (path) =>
  statSync(path).isFile()
    ? [path]
    : readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name));

function fingerprint() {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap(filesIn).sort()) {
    if (LEFT_OUT.test(file)) continue;
    hash.update(`${relative(root, file)}\0`).update(createHash('sha256').update(readFileSync(file)).digest());
  }
  return hash.digest('hex');
}

function pack(folder) {
  for (const file of filesIn(folder)) {
    if (!PACKED.has(extname(file)) || statSync(file).size < WORTH_PACKING) continue;
    const bytes = readFileSync(file);
    const params = { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }));
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

exports.buildWeb = function buildWeb() {
  const now = fingerprint();
  const kept = join(out, STAMP);
  if (existsSync(kept) && readFileSync(kept, 'utf8') === now) return;
  // Put in place when it is whole: another build may be under way, and an interrupted one leaves nothing behind.
  const draft = join(root, 'node_modules/.cache', `web-${process.pid}`);
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  execFileSync(process.execPath, [join(web, 'generate-client.cjs')], { cwd: root, stdio: 'inherit' });
  try {
    execFileSync(process.execPath, [vite, 'build', web, '--outDir', draft, '--emptyOutDir', '--logLevel', 'warn'], {
      cwd: root,
      // Another value would build React with its warnings.
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: 'inherit',
    });
    pack(draft);
    writeFileSync(join(draft, STAMP), now);
    mkdirSync(join(out, '..'), { recursive: true });
    rmSync(out, { recursive: true, force: true });
    renameSync(draft, out);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
};
