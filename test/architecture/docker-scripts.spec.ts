import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DOCKER, dockerFile } from '../support/compose-files';

describe('the health check of the image', () => {
  const asked: string[] = [];
  const statuses: Record<string, number> = {};
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    response.writeHead(statuses[url] ?? 200).end();
  });
  let port: number;
  let closed: number;

  beforeAll(async () => {
    const listen = () => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await listen();
    closed = (server.address() as AddressInfo).port;
    await new Promise((resolve) => server.close(resolve));
    await listen();
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const exitOf = (environment: Record<string, string>): Promise<number | null> =>
    new Promise((resolve, reject) => {
      const check = spawn(process.execPath, [join(DOCKER, 'healthcheck.cjs')], { env: environment });
      check.once('error', reject).once('exit', resolve);
    });

  it.each([
    ['is good while the API is ready', 200, () => ({ PORT: `${port}` }), 0],
    ['is bad while it is not, though it lives', 503, () => ({ PORT: `${port}` }), 1],
    ['is bad when there is no such page', 404, () => ({ PORT: `${port}` }), 1],
    ['asks a worker at its own port', 200, () => ({ PORT: `${closed}`, PEITAO_WORKER_PORT: `${port}` }), 0],
    ['hears that a worker is not ready', 503, () => ({ PORT: `${closed}`, PEITAO_WORKER_PORT: `${port}` }), 1],
  ])('%s', async (_, status, environment, exit) => {
    asked.length = 0;
    statuses['/health/ready'] = status;
    expect(await exitOf(environment())).toBe(exit);
    expect(asked).toEqual(['/health/ready']);
  });

  it('is bad when nobody answers', async () => expect(await exitOf({ PORT: `${closed}` })).toBe(1));
});

/** What a script does, line by line, without comments and words that only close a block. */
const stepsOf = (script: string): string[] =>
  script
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#') && !/^(fi|done|\})$/.test(line));

/** Steps that must stand in a script in this order, each once, and the rules of every script. */
function faultsOf(script: string, order: readonly string[]): string[] {
  const steps = stepsOf(script);
  const faults = [
    ...(steps[0] === 'set -euo pipefail' ? [] : ['it begins by ending at the first fault']),
    ...steps
      .filter((step) => /\|\||^set \+|\bset \+e|[^&>]&$|;\s*(true|:)$|^exit 0/.test(step))
      .map((step) => `hides a fault: ${step}`),
  ];
  const places = order.map((step) => (steps.indexOf(step) === steps.lastIndexOf(step) ? steps.indexOf(step) : -1));
  const missing = order.filter((_, nth) => places[nth] === -1);
  if (missing.length > 0) faults.push(...missing.map((step) => `not there once: ${step}`));
  else if (places.some((place, nth) => nth > 0 && place < places[nth - 1]!)) faults.push('not in order');
  return faults;
}

const SCRIPTS: Readonly<Record<string, readonly string[]>> = {
  'backup.sh': [
    'umask 077',
    'part="/backups/.peitao-$stamp.part"',
    'trap \'rm -f "$part"\' EXIT',
    'pg_dump --format=custom --file="$part"',
    'pg_restore --list "$part" >/dev/null',
    'cp /data/erasures.jsonl "/backups/peitao-$stamp.erasures.jsonl"',
    'mv "$part" "/backups/peitao-$stamp.dump"',
    'touch /data/last-backup',
  ],
  'certificates.sh': [
    'cp "$from" "$to.part"',
    'chmod "$mode" "$to.part"',
    'chown 1000:1000 "$to.part"',
    'mv -f "$to.part" "$to"',
    'umask 077',
    'es-gencert-cli create-ca -days 3650 -out /authority/ca',
    'give 644 /authority/ca/ca.crt /certificates/ca/ca.crt',
    'for node in eventstore-1 eventstore-2 eventstore-3; do',
    'give 644 "$made/pair/node.crt" "/certificates/$node/node.crt"',
    'give 600 "$made/pair/node.key" "/certificates/$node/node.key"',
    'rm -rf "$made"',
  ],
};

describe.each(Object.entries(SCRIPTS))('%s', (name, order) => {
  it('does its steps in order, and ends at the first that fails', () =>
    expect(faultsOf(dockerFile(name), order)).toEqual([]));
});

describe('backup.sh', () => {
  it('touches the mark whose age the programs tell', () => {
    const [, data] = /\bPEITAO_DATA=(\S+)/.exec(dockerFile('Dockerfile')) ?? [];
    const programs = dockerFile('../apps/api/src/platform.ts');
    const [, mark] = /\bbackupMarkIn = .*\bjoin\(dataFolder, '([^']+)'\)/.exec(programs) ?? [];
    expect(stepsOf(dockerFile('backup.sh'))).toContain(`touch ${data}/${mark}`);
  });
});

describe('certificates.sh', () => {
  it('gives nothing more, and makes certificates for the names by which nodes are called', () => {
    const steps = stepsOf(dockerFile('certificates.sh'));
    expect(steps.filter((step) => step.startsWith('give '))).toEqual(
      SCRIPTS['certificates.sh']!.filter((step) => step.startsWith('give ')),
    );
    const [made] = steps.filter((step) => step.startsWith('es-gencert-cli create-node'));
    expect(made).toMatch(/ -ca-certificate \/authority\/ca\/ca\.crt -ca-key \/authority\/ca\/ca\.key /);
    expect(made).toMatch(/ -dns-names "\$node,localhost"$/);
  });
});

describe('of a script, would be found out:', () => {
  it.each<[string, string, string | RegExp, string]>([
    ['backup.sh', 'it begins by ending at the first fault', 'set -euo pipefail', 'set -uo pipefail'],
    ['backup.sh', 'it begins by ending at the first fault', 'set -euo pipefail\n', ''],
    ['backup.sh', 'not in order', /^(mv .*\n)(touch .*\n)/m, '$2$1'],
    ['backup.sh', 'not in order', /^(pg_dump .*\n)(pg_restore .*\n)/m, '$2$1'],
    ['backup.sh', 'not in order', /^(pg_restore .*\n)([^]*)(mv .*\n)/m, '$2$3$1'],
    ['backup.sh', 'hides a fault: ', 'SZ)', 'SZ) || true'],
    ['backup.sh', 'hides a fault: ', 'umask 077', 'umask 077\nset +e'],
    ['backup.sh', 'not there once: pg_restore', /^pg_restore.*\n/m, ''],
    ['backup.sh', 'not there once: pg_dump', 'pg_dump', 'pg_dump --schema-only'],
    ['backup.sh', 'not there once: touch', /^touch.*/m, 'touch /backups/last-backup'],
    ['certificates.sh', 'not there once: give 600', 'give 600', 'give 644'],
    ['certificates.sh', 'not there once: give 644', 'give 644 "$made', 'give 600 "$made'],
    ['certificates.sh', 'not there once: umask', 'umask 077\n', ''],
    ['certificates.sh', 'not in order', /^( *cp .*\n)([^]*?)( *mv .*\n)/m, '$1$3$2'],
    ['certificates.sh', 'it begins by ending at the first fault', 'set -euo pipefail', 'set -u'],
  ])('%s: %s', (name, fault, from, to) => {
    const script = dockerFile(name);
    const other = script.replace(from, to);
    expect(other).not.toBe(script);
    expect(faultsOf(other, SCRIPTS[name]!)).toEqual([expect.stringContaining(fault)]);
  });
});
