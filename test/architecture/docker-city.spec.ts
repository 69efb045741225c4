import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseEventStoreUrl } from '@app/event-store';
import {
  Compose,
  composeOf,
  dockerFile,
  filledIn,
  mountsOf,
  Service,
  standsIn,
  variablesIn,
} from '../support/compose-files';

const text = dockerFile('compose.yaml');
const script = dockerFile('certificates.sh');
const READ = dockerFile('../apps/api/src/settings.ts');
const NODES = ['eventstore-1', 'eventstore-2', 'eventstore-3'];
const OURS = ['api-1', 'api-2', 'worker-1', 'worker-2'];

/** The data folder that the image names. */
const DATA = /\bPEITAO_DATA=(\S+)/.exec(dockerFile('Dockerfile'))?.[1] ?? 'not named';
const BACKUP_MARK = /^touch (\S+)$/m.exec(dockerFile('backup.sh'))?.[1] ?? 'not touched';

/** How long the proxy may go on sending requests to an API that says that it is not ready, in milliseconds. */
const seconds = (directive: string) =>
  Number(new RegExp(`\\b${directive} (\\d+)s\\b`).exec(dockerFile('Caddyfile'))?.[1]);
const SEEN_WITHIN = (seconds('health_interval') + seconds('health_timeout')) * 1_000;

const serviceOf = ({ services }: Compose, name: string): Service => services[name] ?? {};

/** By volume, who may write it, and where he sees it. */
function writersOf({ services }: Compose): Record<string, string[]> {
  const writers: Record<string, string[]> = {};
  for (const [name, service] of Object.entries(services)) {
    for (const { source, target } of mountsOf(service).filter(({ isReadOnly }) => !isReadOnly)) {
      (writers[source] ??= []).push(`${name} ${target}`);
    }
  }
  return writers;
}

const networksOf = ({ services }: Compose): Record<string, string> =>
  Object.fromEntries(
    Object.entries(services).map(([name, { networks, network_mode }]) => [name, network_mode ?? networks!.join(' ')]),
  );

/** What tells whether a service is well; the image of the platform brings its own. */
const checksOf = ({ services }: Compose): Record<string, string> =>
  Object.fromEntries(
    Object.entries(services).map(([name, { healthcheck }]) => [name, healthcheck?.test.join(' ') ?? 'none']),
  );

/** By volume and path, the mode of each file that the job leaves there. */
function certificatesOf(compose: Compose): Record<string, string> {
  const given = [...script.matchAll(/^\s*give (\d+) \S+ "?([^"\s]+)"?$/gm)];
  const files = given.flatMap(([, mode, path]) =>
    (path!.includes('$node') ? NODES : ['']).map((node) => [path!.replace('$node', node), mode!] as const),
  );
  const job = serviceOf(compose, 'certificates');
  return Object.fromEntries(files.map(([path, mode]) => [standsIn(job, path) ?? 'in no volume', mode]));
}

/** What each node reads of them, with the mode that the job gives it. */
const nodesReadOf = (compose: Compose): string[][] =>
  NODES.map((name) => {
    const node = serviceOf(compose, name);
    const files = certificatesOf(compose);
    const { environment = {} } = node;
    const paths = [
      environment.EVENTSTORE_CERTIFICATE_FILE,
      environment.EVENTSTORE_CERTIFICATE_PRIVATE_KEY_FILE,
      `${environment.EVENTSTORE_TRUSTED_ROOT_CERTIFICATES_PATH}/ca.crt`,
    ];
    const found = paths.map((path) => standsIn(node, String(path)) ?? 'in no volume');
    return found.map((file) => `${file} ${files[file] ?? 'nobody writes'}`);
  });

describe('a city as compose.yaml sets it up', () => {
  /** The volumes, with the certificates in them. */
  const volumes = mkdtempSync(join(tmpdir(), 'peitao-volumes-'));
  afterAll(() => rmSync(volumes, { recursive: true }));
  beforeAll(() => {
    for (const file of Object.keys(certificatesOf(composeOf(text)))) {
      mkdirSync(dirname(join(volumes, file)), { recursive: true });
      writeFileSync(join(volumes, file), file);
    }
  });

  /** What a process of the platform makes of its environment. Throws as that process would. */
  function told(service: Service): object {
    const outside = (path: string) => join(volumes, standsIn(service, path) ?? 'in-no-volume');
    const { EVENTSTORE_URL, DATABASE_URL, ...environment } = service.environment ?? {};
    const url = String(EVENTSTORE_URL).replace(/(?<=tlsCAFile=)[^&]+/, (path) =>
      encodeURIComponent(outside(decodeURIComponent(path))),
    );
    const { settings: log, channel, credentials } = parseEventStoreUrl(url);
    const { username, hostname, port, pathname } = new URL(String(DATABASE_URL));
    return {
      nodes: 'endpoints' in log ? log.endpoints.map((node) => `${node.address}:${node.port}`) : log,
      isInsecure: channel.insecure === true,
      authority: channel.rootCertificate?.toString(),
      logUser: credentials?.username,
      database: `${username} ${hostname}:${port}${pathname}`,
      data: standsIn(service, String(environment.PEITAO_DATA ?? DATA)),
      trustedProxies: Number(environment.PEITAO_TRUSTED_PROXIES ?? 0),
      isSeenToLeave: Number(environment.PEITAO_DRAIN_MS) > SEEN_WITHIN,
      readByNobody: Object.keys(environment).filter((name) => !new RegExp(`\\b${name}\\b`).test(READ)),
    };
  }

  function processesOf(compose: Compose): object {
    try {
      return Object.fromEntries(OURS.map((name) => [name, told(serviceOf(compose, name))]));
    } catch (error) {
      return { refused: (error as Error).message };
    }
  }

  const proxied = {
    nodes: NODES.map((node) => `${node}:2113`),
    isInsecure: false,
    authority: 'ca/ca.crt',
    logUser: 'admin',
    database: 'peitao postgres:5432/peitao',
    data: 'data',
    trustedProxies: 1,
    isSeenToLeave: true,
    readByNobody: [],
  };
  const pgIsReady = 'CMD pg_isready --quiet --username=peitao --dbname=peitao --host=127.0.0.1';
  const nodeIsLive = 'CMD curl --fail --silent --cacert /certificates/ca/ca.crt https://localhost:2113/health/live';
  const [, proxyPort] = /^http:\/\/127\.0\.0\.1:(\d+) \{$/m.exec(dockerFile('Caddyfile'))!;

  const PINS = {
    'its processes': [
      processesOf,
      {
        'api-1': proxied,
        'api-2': proxied,
        // Nobody but the one who measures it speaks to a worker.
        'worker-1': { ...proxied, trustedProxies: 0 },
        'worker-2': { ...proxied, trustedProxies: 0 },
      },
    ],
    'its volumes': [
      writersOf,
      {
        // The image keeps a folder for each major version below this one; mounted deeper, an upgrade begins empty.
        postgres: ['postgres /var/lib/postgresql'],
        ...Object.fromEntries(NODES.map((node) => [node, [`${node} /var/lib/eventstore`]])),
        authority: ['certificates /authority'],
        ca: ['certificates /certificates/ca'],
        'certificate-1': ['certificates /certificates/eventstore-1'],
        'certificate-2': ['certificates /certificates/eventstore-2'],
        'certificate-3': ['certificates /certificates/eventstore-3'],
        data: [...OURS, 'backup'].map((name) => `${name} /data`),
        'proxy-data': ['proxy /data'],
        'proxy-config': ['proxy /config'],
        './backups': ['backup /backups'],
        prometheus: ['prometheus /prometheus'],
      },
    ],
    'its networks': [
      networksOf,
      {
        ...Object.fromEntries(['postgres', ...NODES, 'backup'].map((name) => [name, 'stores'])),
        ...Object.fromEntries([...OURS, 'prometheus'].map((name) => [name, 'stores front out'])),
        certificates: 'none',
        proxy: 'front out',
      },
    ],
    'its health checks': [
      checksOf,
      {
        ...Object.fromEntries(['certificates', 'backup', ...OURS].map((name) => [name, 'none'])),
        ...Object.fromEntries(NODES.map((node) => [node, nodeIsLive])),
        postgres: pgIsReady,
        proxy: `CMD wget --quiet --spider http://127.0.0.1:${proxyPort}/`,
        prometheus: 'CMD wget --quiet --spider http://127.0.0.1:9090/-/ready',
      },
    ],
    'its certificates': [
      nodesReadOf,
      ['1', '2', '3'].map((nth) => [
        `certificate-${nth}/node.crt 644`,
        `certificate-${nth}/node.key 600`,
        'ca/ca.crt 644',
      ]),
    ],
    'the ways of its backup': [
      (compose: Compose) => {
        const job = serviceOf(compose, 'backup');
        const { PGHOST, PGUSER, PGDATABASE } = job.environment ?? {};
        const erasures = standsIn(job, '/data/erasures.jsonl');
        return { mark: standsIn(job, BACKUP_MARK), erasures, database: `${PGUSER} ${PGHOST}/${PGDATABASE}` };
      },
      { mark: 'data/last-backup', erasures: 'data/erasures.jsonl', database: 'peitao postgres/peitao' },
    ],
  } as const satisfies Record<string, readonly [(compose: Compose) => object, object]>;
  type Pin = keyof typeof PINS;

  const read = (compose: string): Compose => {
    const needed = variablesIn(compose).filter(({ isNeeded }) => isNeeded);
    const given = Object.fromEntries(needed.map(({ name }) => [name, 'p']));
    return composeOf(filledIn(compose, { ...given, EVENTSTORE_CREDENTIALS: 'admin:p' }));
  };
  const changed = (from: string | RegExp, to: string): string => {
    const other = text.replace(from, to);
    expect(other).not.toBe(text);
    return other;
  };

  it.each(Object.entries(PINS))('has %s as its programs need them', (_, [of, expected]) =>
    expect(of(read(text))).toEqual(expected),
  );

  it.each<[Pin, string, string | RegExp, string]>([
    ['its processes', 'one node', /@eventstore-1:2113,[^?]*/, '@eventstore-1:2113'],
    ['its processes', 'a node twice', '@eventstore-1:2113,eventstore-2', '@eventstore-1:2113,eventstore-1'],
    ['its processes', 'another port', 'eventstore-3:2113?', 'eventstore-3:1113?'],
    ['its processes', 'no TLS', 'tls=true', 'tls=false'],
    ['its processes', 'another certificate', '=/certificates/ca/ca.crt', '=/certificates/ca/ca.pem'],
    ['its processes', 'a certificate that is not mounted', '=/certificates/ca/ca.crt', '=/certificates/ca.crt'],
    ['its processes', 'no certificate', '&tlsCAFile=/certificates/ca/ca.crt', ''],
    ['its processes', 'another database', '@postgres:5432/peitao', '@postgres:5432/postgres'],
    ['its processes', 'no trusted proxy', 'PEITAO_TRUSTED_PROXIES: 1', 'PEITAO_TRUSTED_PROXIES: 0'],
    ['its processes', 'two trusted proxies', 'PEITAO_TRUSTED_PROXIES: 1', 'PEITAO_TRUSTED_PROXIES: 2'],
    ['its processes', 'a setting that nobody reads', 'PEITAO_SUPPORT:', 'PEITAO_HELP:'],
    ['its processes', 'no drain', 'PEITAO_DRAIN_MS: 5000', 'PEITAO_DRAIN_MS: 0'],
    ['its processes', 'a drain as long as a look', 'PEITAO_DRAIN_MS: 5000', `PEITAO_DRAIN_MS: ${SEEN_WITHIN}`],
    ['its processes', 'data elsewhere', "'data:/data', 'ca:", "'data:/srv', 'ca:"],
    ['its volumes', 'PostgreSQL’s one level deeper', 'postgres:/var/lib/postgresql', '$&/data'],
    ['its volumes', 'one for two nodes', '- eventstore-2:/var', '- eventstore-1:/var'],
    [
      'its volumes',
      'a node’s at another path',
      'eventstore-3:/var/lib/eventstore',
      'eventstore-3:/var/lib/eventstoredb',
    ],
    [
      'its volumes',
      'a node writes the authority',
      /ca:\/certificates\/ca:ro\n {6}- certificate-1/,
      'ca:/certificates/ca',
    ],
    ['the ways of its backup', 'the mark in another volume', '- data:/data', '- prometheus:/data'],
    [
      'its networks',
      'nodes that the proxy reaches',
      'networks: [stores]\n  depends_on',
      'networks: [stores, front]\n  depends_on',
    ],
    [
      'its networks',
      'PostgreSQL too',
      'networks: [stores]\n    healthcheck',
      'networks: [stores, out]\n    healthcheck',
    ],
    ['its health checks', 'always well', /\[CMD, curl.*\]/, "['CMD', 'true']"],
    ['its health checks', 'another port', 'https://localhost:2113/', 'https://localhost:1113/'],
    ['its health checks', 'an error is well', 'curl, --fail,', 'curl,'],
    ['its health checks', 'the proxy’s at another port', '127.0.0.1:2020', '127.0.0.1:2021'],
    ['its health checks', 'PostgreSQL always well', /\[CMD, pg_isready.*\]/, '[CMD, "true"]'],
    [
      'its health checks',
      'none of the image',
      'x-api: &api\n',
      'x-api: &api\n  healthcheck: { test: [CMD, "true"] }\n',
    ],
    ['its certificates', 'a key that is not written', '/eventstore-2/node.key', '/eventstore-2/node.pem'],
    [
      'its certificates',
      'a key of another node',
      'certificate-1:/certificates/eventstore-1:ro',
      'certificate-2:/certificates/eventstore-1:ro',
    ],
  ])('would be found out: %s, %s', (pin, _, from, to) => {
    const [of, expected] = PINS[pin];
    expect(of(read(changed(from, to)))).not.toEqual(expected);
  });
});

describe('the stores of compose.dev.yaml', () => {
  const development = composeOf(dockerFile('compose.dev.yaml'));

  it('keep their data in volumes, and tell whether they are well', () => {
    expect(writersOf(development)).toEqual({
      postgres: ['postgres /var/lib/postgresql'],
      eventstore: ['eventstore /var/lib/eventstore'],
    });
    expect(checksOf(development)).toEqual({
      postgres: 'CMD pg_isready --quiet --username=peitao --dbname=peitao --host=127.0.0.1',
      eventstore: 'CMD curl --fail --silent http://localhost:2113/health/live',
    });
  });
});
