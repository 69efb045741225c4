import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const ROOT = join(__dirname, '../..');

/** The folder of the web app, built anew where its sources have changed; `PEITAO_WEB` names one that is taken as it is. */
export function builtWeb(): string {
  const given = process.env.PEITAO_WEB;
  if (given) return given;
  execFileSync(process.execPath, [join(ROOT, 'apps/build.cjs'), '--web'], { cwd: ROOT, stdio: ['ignore', 2, 2] });
  return join(ROOT, 'dist/web');
}

/** The scripts that a browser must have before it runs the page: those it names, and all that they import at once. */
export function initialScripts(folder: string): string[] {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const named = [...page.matchAll(/<script[^>]* src="\/([^"]+)"/g)].map(([, path]) => path!);
  const all = new Set(named);
  // A set's loop goes on with what is added meanwhile.
  for (const path of all) {
    const text = readFileSync(join(folder, path), 'utf8');
    for (const [, file] of text.matchAll(/\b(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g)) all.add(`assets/${file}`);
  }
  return [...all];
}

/** Bytes of the files as gzip sends them. */
export const gzipSize = (folder: string, paths: readonly string[]): number =>
  paths.reduce((sum, path) => sum + gzipSync(readFileSync(join(folder, path)), { level: 9 }).length, 0);
