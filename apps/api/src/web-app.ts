import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { contentPolicy } from '@app/http';
import { labels } from '@app/labels';
import type { NextFunction, Request, Response } from 'express';

type WebFile = { readonly bytes: Buffer; readonly etag: string; readonly packed: readonly Packed[] };
type Packed = { readonly encoding: string; readonly bytes: Buffer };

/** What the build makes beside a file; the first that a browser takes is sent. */
const PACKED = [
  { ending: '.br', encoding: 'br' },
  { ending: '.gz', encoding: 'gzip' },
];
/** Served by others, also where they answer that there is nothing. */
const NOT_OURS = /^\/(api|health|metrics|setup|setup\.js)(\/|$)/;
/** A file that is not there is no page. */
const NAMES_FILE = /\.[^/]*$/;
/** Files under /assets/ have a hash of their content in their names. */
const FOR_EVER = 'public, max-age=31536000, immutable';
/** Where the build leaves room for the nonce of styles. */
const NONCE = /__CSP_NONCE__/g;

const words = labels['web-app']!['not-built']!;

/**
 * Serves the built web app: its files, and its page for every address that is no file and nobody else's. Everything is
 * read once and kept in memory, so that a build beside a running process cannot mix two versions of it. Without a build
 * (tests, an API alone) `/` says so.
 */
export function webApp(folder?: string) {
  const files = folder === undefined ? new Map<string, WebFile>() : filesIn(folder);
  const page = files.get('/index.html')?.bytes.toString('utf8');
  files.delete('/index.html');

  return (request: Request, response: Response, next: NextFunction): void => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    const { path } = request;
    const file = files.get(path);
    if (file) return sendFile(request, response, file);
    const isPage =
      path === '/index.html' || (!NOT_OURS.test(path) && !NAMES_FILE.test(path) && request.accepts('html'));
    if (path !== '/' && !isPage) return next();
    if (page !== undefined) return sendPage(response, page);
    if (path === '/') response.type('txt').send(`${words.zh} ${words.en}\n`);
    else next();
  };
}

function sendFile(request: Request, response: Response, file: WebFile): void {
  response.set({
    'Cache-Control': request.path.startsWith('/assets/') ? FOR_EVER : 'no-cache',
    ETag: file.etag,
    Vary: 'Accept-Encoding',
  });
  const packed = file.packed.find(({ encoding }) => request.acceptsEncodings(encoding));
  if (packed) response.set('Content-Encoding', packed.encoding);
  // Express answers 304 to a browser that has it, and leaves the body out of the answer to HEAD.
  response.type(extname(request.path)).send(packed?.bytes ?? file.bytes);
}

/** Each page has its own nonce, which nothing may keep. */
function sendPage(response: Response, page: string): void {
  const nonce = randomBytes(16).toString('base64');
  response.set({ 'Cache-Control': 'no-store', 'Content-Security-Policy': contentPolicy(nonce) });
  response.type('html').send(page.replace(NONCE, nonce));
}

function filesIn(folder: string): Map<string, WebFile> {
  const files = new Map<string, WebFile>();
  if (!existsSync(folder)) return files;
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.name.startsWith('.'),
  );
  const paths = new Set(entries.map(({ parentPath, name }) => join(parentPath, name)));
  for (const path of paths) {
    if (PACKED.some(({ ending }) => path.endsWith(ending))) continue;
    const bytes = readFileSync(path);
    const packed = PACKED.filter(({ ending }) => paths.has(path + ending)).map(({ ending, encoding }) => ({
      encoding,
      bytes: readFileSync(path + ending),
    }));
    const etag = `W/"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    files.set(path.slice(folder.length).split(sep).join('/'), { bytes, etag, packed });
  }
  return files;
}
