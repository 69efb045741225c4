import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

const ROOT = join(__dirname, '../..');
const CACHE = join(ROOT, 'node_modules/.cache');
const PACKAGE = join(ROOT, 'node_modules/@sparticuz/chromium');
const FONTS = join(ROOT, 'node_modules/@embedpdf/fonts-sc/fonts');
const run = promisify(execFile);

// The package's own arguments put everything into one process, which ends with the second context.
const ARGS = ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none', '--lang=zh-CN'];

/**
 * A Chromium without a window: the one that `PEITAO_CHROMIUM` names, else the one of the packages (Linux on x64, needs
 * nothing installed), else the machine's own Chrome.
 */
export async function launchChromium(): Promise<Browser> {
  const given = process.env.PEITAO_CHROMIUM;
  if (given) return chromium.launch({ executablePath: given, args: ARGS, env: { ...process.env, ...fonts() } });
  if (process.platform === 'linux' && process.arch === 'x64') {
    const folder = await unpacked();
    // Libraries that a bare machine lacks come with the package.
    const env = { ...process.env, ...fonts(), LD_LIBRARY_PATH: join(folder, 'al2023/lib') };
    return chromium.launch({ executablePath: join(folder, 'chromium'), args: ARGS, env });
  }
  return chromium.launch({ channel: 'chrome', args: ARGS }).catch((error: unknown) => {
    throw new Error('No browser: install Chrome, or name a Chromium by PEITAO_CHROMIUM.', { cause: error });
  });
}

/** The package unpacks into the folder for temporary files: one of our own, renamed when whole, so that workers may race. */
async function unpacked(): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { version: string };
  const folder = join(CACHE, `chromium-${version}`);
  if (existsSync(folder)) return folder;
  const draft = join(CACHE, `chromium-${version}-draft-${process.pid}`);
  mkdirSync(draft, { recursive: true });
  // By this name the package adds its libraries, which it keeps for Amazon's Linux otherwise.
  const env = { ...process.env, NODE_OPTIONS: '', TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
  try {
    await run(process.execPath, ['-e', `require(${JSON.stringify(PACKAGE)}).executablePath()`], { env });
    renameSync(draft, folder);
  } catch (error) {
    // Another worker was first.
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}

/** Without a Chinese font every character is a box. */
function fonts(): { FONTCONFIG_FILE: string } {
  const file = join(CACHE, 'browser-fonts.conf');
  const draft = `${file}.${process.pid}`;
  writeFileSync(
    draft,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${FONTS}</dir><cachedir>${join(CACHE, 'browser-fonts')}</cachedir></fontconfig>
`,
  );
  renameSync(draft, file);
  return { FONTCONFIG_FILE: file };
}
