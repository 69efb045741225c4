import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ProjectionHash, projectionHashes } from './projection-hashes';

export const GOLDEN_FILE = join(__dirname, 'projections.json');

/** By the view's name: the version that was released, and the hash of its code then. */
export type Golden = Readonly<Record<string, { readonly version: number; readonly hash: string }>>;

const UPDATE = 'run: node -r ./test/support/register-swc.cjs test/golden/golden-projections.ts';

/** What stands between code and golden file, one sentence each; empty when they agree. */
export function difference(golden: Golden, now: readonly ProjectionHash[]): string[] {
  const unknown = Object.keys(golden).filter((name) => !now.some((view) => view.name === name));
  return [
    ...now.flatMap(({ name, version, hash }) => {
      const released = golden[name];
      if (!released) return [`${name}: not in test/golden/projections.json; ${UPDATE}`];
      if (released.version !== version) return [`${name}: another version in test/golden/projections.json; ${UPDATE}`];
      if (released.hash === hash) return [];
      return [`${name}: raise its version to ${version + 1}, its entity, filter or fold changed; then ${UPDATE}`];
    }),
    ...unknown.map((name) => `${name}: no such view; ${UPDATE}`),
  ];
}

/**
 * Takes over new versions. A view that changed under its version stays as it was released, so that the test goes on
 * failing.
 */
function update(): void {
  const golden = existsSync(GOLDEN_FILE) ? (JSON.parse(readFileSync(GOLDEN_FILE, 'utf8')) as Golden) : {};
  const views = projectionHashes().map(({ name, version, hash }) => {
    const released = golden[name];
    return [name, released?.version === version ? released : { version, hash }] as const;
  });
  const written: Golden = Object.fromEntries(views);
  writeFileSync(GOLDEN_FILE, `${JSON.stringify(written, undefined, 2)}\n`);
  for (const line of difference(written, projectionHashes())) process.stdout.write(`${line}\n`);
}

if (require.main === module) update();
