import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Compose, composeOf, DOCKER, dockerFile, filledIn, Service, variablesIn } from '../support/compose-files';

const FILES = ['compose.yaml', 'compose.dev.yaml'];
const city = composeOf(dockerFile('compose.yaml'));
const example = dockerFile('.env.example');
const exampleValues = new Map([...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name!, value!]));

/** Those that begin as root, and the rights that they keep of it. */
const OF_ROOT: Readonly<Record<string, readonly string[]>> = {
  certificates: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER'],
  proxy: ['NET_BIND_SERVICE'],
};
const SECRET = /PASSWORD|SECRET|TOKEN|CREDENTIALS|SERVER_KEY/;
const LONGEST_DRAIN_AND_REQUESTS = 10;

const isPinned = (image = ''): boolean =>
  /^[a-z0-9./-]+:v?\d+\.\d+(\.\d+)?(-[a-z0-9.-]+)?(@sha256:[0-9a-f]{64})?$/.test(image);
const isOurs = ({ image = '' }: Service): boolean => image.startsWith('peitao:');
const isJob = ({ restart }: Service): boolean => restart === 'no';

/** What is wrong with a service, by rules of this house; hadolint's are for the Dockerfile. */
function faultsOf(name: string, service: Service, secrets: Compose['secrets'] = {}): string[] {
  const faults: string[] = [];
  const must = (holds: boolean, rule: string) => void (holds || faults.push(`${name}: ${rule}`));
  must(
    isOurs(service) ? service.pull_policy === 'never' : isPinned(service.image),
    'its image is pinned, or made here',
  );
  must(service.read_only === true, 'its root file system is read-only');
  must(service.cap_drop?.join() === 'ALL', 'it drops all capabilities');
  must(service.security_opt?.includes('no-new-privileges:true') === true, 'it gets no new privileges');
  must(service.privileged === undefined, 'it is not privileged');
  const root = OF_ROOT[name];
  must(/^(0|root)?(:|$)/.test(service.user ?? '') === (root !== undefined), 'it runs as a user other than root');
  must([...(service.cap_add ?? [])].sort().join() === (root ?? []).join(), 'it has the rights named and no more');
  // Compose copies what comes from the environment into the root file system, and may not where that is read-only.
  const copied = (service.secrets ?? []).filter((secret) => secrets[secret]?.file === undefined);
  must(!service.read_only || copied.length === 0, 'it is read-only, so its secrets are files');
  must(isJob(service) || service.restart === 'always', 'it is restarted always');
  must(isJob(service) || isOurs(service) || service.healthcheck !== undefined, 'it has a health check');
  for (const [key, value] of Object.entries(service.environment ?? {})) {
    if (!SECRET.test(key) || key.endsWith('_FILE')) continue;
    must(/^\$\{[A-Z_]+(:\?[^}]*|:-)\}$/.test(String(value)), `${key} comes from outside and has no default`);
  }
  for (const value of Object.values(service.environment ?? {})) {
    const [, credentials] = /:\/\/([^@/]+)@/.exec(String(value)) ?? [];
    must(credentials === undefined || /\$\{[A-Z_]+:\?[^}]*\}$/.test(credentials), 'no URL holds a password');
  }
  return faults;
}

describe('the services of both files', () => {
  it('keep the rules', () => {
    const faults = FILES.map((file) => composeOf(dockerFile(file))).flatMap(({ services, secrets }) =>
      Object.entries(services).map(([name, service]) => faultsOf(name, service, secrets)),
    );
    expect(faults.length).toBeGreaterThan(12);
    expect(faults.flat()).toEqual([]);
  });

  it.each<[string, Partial<Service>]>([
    ['its image is pinned, or made here', { image: 'postgres:latest' }],
    ['its image is pinned, or made here', { image: 'postgres' }],
    ['its root file system is read-only', { read_only: false }],
    ['it drops all capabilities', { cap_drop: [] }],
    ['it gets no new privileges', { security_opt: [] }],
    ['it is not privileged', { privileged: true }],
    ['it runs as a user other than root', { user: '0:0' }],
    ['it has the rights named and no more', { cap_add: ['SYS_ADMIN'] }],
    ['it is read-only, so its secrets are files', { secrets: ['password'] }],
    ['it is restarted always', { restart: 'on-failure' }],
    ['POSTGRES_PASSWORD comes from outside and has no default', { environment: { POSTGRES_PASSWORD: 'changeit' } }],
    [
      'POSTGRES_PASSWORD comes from outside and has no default',
      { environment: { POSTGRES_PASSWORD: '${P:-changeit}' } },
    ],
    ['no URL holds a password', { environment: { DATABASE_URL: 'postgres://peitao:secret@postgres/peitao' } }],
  ])('would be found out: %s', (rule, change) => {
    const secrets = { password: { environment: 'POSTGRES_PASSWORD' } };
    expect(faultsOf('postgres', { ...city.services.postgres!, ...change }, secrets)).toEqual([`postgres: ${rule}`]);
  });

  it('would be found out: the job that gives keys away has not every right that it takes', () => {
    const job: Service = { ...city.services.certificates!, cap_add: ['CHOWN', 'DAC_OVERRIDE'] };
    expect(faultsOf('certificates', job)).toEqual(['certificates: it has the rights named and no more']);
  });
});

describe.each(FILES)('%s', (file) => {
  const compose: Compose = composeOf(dockerFile(file));
  const services = Object.entries(compose.services);

  it('names only networks, volumes, secrets and services that it has, and uses all of them', () => {
    const uses = (of: (service: Service) => readonly string[] | undefined) =>
      [...new Set(services.flatMap(([, service]) => of(service) ?? []))].sort();
    const declared = (part: object | undefined) => Object.keys(part ?? {}).sort();
    const sources = uses((service) => service.volumes?.map((volume) => volume.split(':')[0]!));
    expect(sources.filter((source) => /^[a-z]/.test(source))).toEqual(declared(compose.volumes));
    expect(uses((service) => service.networks)).toEqual(declared(compose.networks));
    expect(uses((service) => service.secrets)).toEqual(declared(compose.secrets));
    const needed = uses((service) => Object.keys(service.depends_on ?? {}));
    expect(needed.filter((name) => !(name in compose.services))).toEqual([]);
  });

  it('mounts files that are here', () => {
    const mounted = services.flatMap(([, { volumes = [] }]) => volumes.filter((volume) => volume.startsWith('./')));
    const missing = mounted.map((volume) => volume.split(':')[0]!).filter((path) => !existsSync(join(DOCKER, path)));
    expect(missing).toEqual([]);
    expect(mounted.filter((volume) => !volume.endsWith(':ro'))).toEqual([]);
  });

  it('waits for what has a health check, or ends', () => {
    for (const [name, { depends_on = {} }] of services) {
      for (const [other, { condition }] of Object.entries(depends_on)) {
        const service = compose.services[other]!;
        const expected = isJob(service) ? 'service_completed_successfully' : 'service_healthy';
        expect([name, other, condition]).toEqual([name, other, expected]);
      }
    }
  });
});

describe('a city', () => {
  const named = (pattern: RegExp) => Object.entries(city.services).filter(([name]) => pattern.test(name));

  it('has a cluster of three nodes with TLS, which are restarted whatever they end with', () => {
    const nodes = named(/^eventstore-\d$/);
    expect(nodes).toHaveLength(3);
    for (const [name, { restart, environment = {} }] of nodes) {
      const others = nodes.map(([other]) => other).filter((other) => other !== name);
      expect(restart).toBe('always');
      expect(environment).toMatchObject({
        EVENTSTORE_CLUSTER_SIZE: 3,
        EVENTSTORE_NODE_HOST_ADVERTISE_AS: name,
        EVENTSTORE_REPLICATION_HOST_ADVERTISE_AS: name,
        EVENTSTORE_GOSSIP_SEED: others.map((other) => `${other}:2113`).join(),
        EVENTSTORE_CERTIFICATE_FILE: `/certificates/${name}/node.crt`,
        EVENTSTORE_CERTIFICATE_PRIVATE_KEY_FILE: `/certificates/${name}/node.key`,
        EVENTSTORE_TRUSTED_ROOT_CERTIFICATES_PATH: '/certificates/ca',
      });
      expect(environment).not.toHaveProperty('EVENTSTORE_INSECURE');
      expect(dockerFile('certificates.sh')).toContain(name);
    }
  });

  it('has two APIs that do not follow and two workers that do, told the same of everything else', () => {
    const [apis, workers] = [named(/^api-/), named(/^worker-/)];
    expect([apis.length, workers.length]).toEqual([2, 2]);
    for (const [, { environment = {} }] of apis) expect(environment.PEITAO_FOLLOWS).toBe('0');
    for (const [, { environment = {}, command = [] }] of workers) {
      expect(environment).not.toHaveProperty('PEITAO_FOLLOWS');
      expect(command).toEqual(['node', 'dist/apps/worker/src/main.js']);
    }
    const own = ['PORT', 'PEITAO_FOLLOWS', 'PEITAO_TRUSTED_PROXIES', 'PEITAO_WORKER_PORT'];
    const rest = [...apis, ...workers].map(([, { environment = {} }]) =>
      JSON.stringify(Object.entries(environment).filter(([name]) => !own.includes(name))),
    );
    expect(new Set(rest).size).toBe(1);
  });

  describe('its private keys', () => {
    /** Who sees a volume with a private key, beside the job that makes it and the node whose it is. */
    const strangersTo = (services: Compose['services']): string[] =>
      Object.entries(services).flatMap(([name, { volumes = [] }]) =>
        volumes
          .map((volume) => volume.split(':')[0]!)
          .filter((source) => /^(authority|certificate)/.test(source) && name !== 'certificates')
          .filter((source) => name !== source.replace(/^certificate-/, 'eventstore-'))
          .map((source) => `${name} sees ${source}`),
      );

    it('are each seen by its node alone, the authority’s by nobody', () => {
      expect(strangersTo(city.services)).toEqual([]);
      for (const [name, { volumes }] of named(/^eventstore-\d$/)) {
        expect(volumes).toContain(`${name.replace('eventstore', 'certificate')}:/certificates/${name}:ro`);
        expect(city.services.certificates!.volumes).toContain(
          `${name.replace('eventstore', 'certificate')}:/certificates/${name}`,
        );
      }
    });

    it.each([
      ['api-1', 'certificate-1'],
      ['worker-2', 'authority'],
      ['eventstore-2', 'certificate-1'],
    ])('would be found out with %s: %s', (name, source) => {
      const service = city.services[name]!;
      const seen = { ...service, volumes: [...service.volumes!, `${source}:/certificates/${source}:ro`] };
      expect(strangersTo({ ...city.services, [name]: seen })).toEqual([`${name} sees ${source}`]);
    });

    it('are not needed by who checks the nodes by the authority’s certificate', () => {
      for (const [name, { volumes }] of named(/^(api|worker|eventstore)-|^prometheus$/)) {
        expect([name, volumes]).toEqual([name, expect.arrayContaining(['ca:/certificates/ca:ro'])]);
      }
    });
  });

  /** Services that build the image of the platform; several at once would export one tag, which fails now and then. */
  const buildersOf = (services: Compose['services']): string[] =>
    Object.entries(services).flatMap(([name, { build }]) => (build ? [name] : []));

  it('has one image of the platform, built by one service and pulled by none', () => {
    expect(buildersOf(city.services)).toEqual(['api-1']);
    const ours = Object.values(city.services).filter(isOurs);
    expect(ours).toHaveLength(4);
    expect(new Set(ours.map(({ image }) => image)).size).toBe(1);
    const build = city.services['api-1']!.build!;
    expect(buildersOf({ ...city.services, 'api-2': { ...city.services['api-2']!, build } })).toHaveLength(2);
  });

  it('gives a stopping process the time that it asks for', () => {
    for (const [, { environment = {}, stop_grace_period }] of named(/^(api|worker)-/)) {
      const asked = Number(environment.PEITAO_DRAIN_MS) / 1_000 + 2 * LONGEST_DRAIN_AND_REQUESTS;
      expect(Number(/^(\d+)s$/.exec(stop_grace_period!)![1])).toBeGreaterThan(asked);
    }
  });

  it('lets PostgreSQL take the connections of all its processes', () => {
    const most = /max_connections=(\d+)/.exec(city.services.postgres!.command!.join(' '))![1];
    expect(Number(most)).toBeGreaterThanOrEqual(named(/^(api|worker)-/).length * 30 + 20);
  });

  it('is reached by its proxy alone', () => {
    const published = Object.entries(city.services).flatMap(([name, { ports = [] }]) =>
      ports.map((port) => `${name} ${port}`),
    );
    expect(published).toEqual(['proxy 80:80', 'proxy 443:443', 'proxy 443:443/udp', 'prometheus 127.0.0.1:9090:9090']);
    expect(city.networks).toMatchObject({ stores: { internal: true }, front: { internal: true } });
    const outside = Object.entries(city.services).filter(([, { networks = [] }]) => networks.includes('out'));
    expect(outside.map(([name]) => name).filter((name) => /^(postgres|eventstore)/.test(name))).toEqual([]);
    const development = composeOf(dockerFile('compose.dev.yaml'));
    const open = Object.values(development.services).flatMap(({ ports = [] }) => ports);
    expect(open.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  it('is proxied to, and measured, by the names and ports of its services', () => {
    const upstreams = /reverse_proxy (.+) \{/.exec(dockerFile('Caddyfile'))![1]!.split(' ');
    expect(upstreams).toEqual(named(/^api-/).map(([name, { environment }]) => `${name}:${environment!.PORT}`));
    type Job = { job_name: string; static_configs: { targets: string[] }[] };
    const { scrape_configs } = parse(dockerFile('prometheus.yaml')) as { scrape_configs: Job[] };
    const targets = Object.fromEntries(
      scrape_configs.map(({ job_name, static_configs }) => [job_name, static_configs.flatMap((one) => one.targets)]),
    );
    expect(targets).toEqual({
      'peitao-api': upstreams,
      'peitao-worker': named(/^worker-/).map(([name, { environment }]) => `${name}:${environment!.PEITAO_WORKER_PORT}`),
      eventstoredb: named(/^eventstore-/).map(([name]) => `${name}:2113`),
    });
    const jobs = new Set([...dockerFile('prometheus-alerts.yaml').matchAll(/job="([^"]+)"/g)].map(([, job]) => job));
    expect([...jobs].filter((job) => !(job! in targets))).toEqual([]);
  });
});

describe('the example of settings', () => {
  const variables = FILES.flatMap((file) => variablesIn(dockerFile(file)));
  const ofTheCity = variablesIn(dockerFile('compose.yaml'));

  it('names each variable and no other', () => {
    const asked = [...new Set(variables.map(({ name }) => name))].sort();
    expect([...exampleValues.keys()].sort()).toEqual(asked);
  });

  it('has no value for what must be given', () => {
    const needed = ofTheCity.filter(({ isNeeded }) => isNeeded).map(({ name }) => name);
    expect(new Set(needed).size).toBeGreaterThan(6);
    expect(needed.filter((name) => exampleValues.get(name) !== '')).toEqual([]);
    expect([...exampleValues].filter(([name, value]) => SECRET.test(name) && value !== '')).toEqual([]);
  });

  it('is kept out of the repository when it is filled in, with the secrets made from it and the dumps', () => {
    const ignored = dockerFile('../.gitignore').split('\n');
    const files = Object.values(city.secrets ?? {}).map(({ file }) => file!);
    expect(files.filter((file) => !file.startsWith('./secrets/'))).toEqual([]);
    const backups = variables.find(({ name }) => name === 'PEITAO_BACKUPS')!.usual!.replace('./', 'docker/');
    expect(ignored).toEqual(expect.arrayContaining(['docker/.env', 'docker/secrets/', `${backups}/`]));
    const certificates = variables.find(({ name }) => name === 'PEITAO_CERTIFICATES')!.usual!.replace('./', 'docker/');
    expect(ignored).toContain(`${certificates}/`);
    const runbook = dockerFile('../docs/runbook.md');
    expect(files.filter((file) => !runbook.includes(`> ${file.replace('./', '')}\n`))).toEqual([]);
  });

  it('does not let anything start as it is', () => {
    expect(() => filledIn(dockerFile('compose.yaml'), Object.fromEntries(exampleValues))).toThrow('docker/.env');
  });
});
