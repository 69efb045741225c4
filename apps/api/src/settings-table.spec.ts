import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeOf, dockerFile, filledIn } from '../../../test/support/compose-files';
import { settingsFrom } from './settings';

const ROOT = join(__dirname, '../../..');
/** Of the machine or of a container's image, and not settings of the platform. */
const NOT_SETTINGS = ['HOME', 'PATH', 'LANG', 'TZ', 'SystemRoot', 'NODE_ENV', 'NODE_OPTIONS'];

/** Names of the environment that a source reads, in the ways of this code. */
const namesIn = (source: string): string[] =>
  [
    ...source.matchAll(/\benv(?:\.|\[')([A-Z][A-Z0-9_]+)\b/g),
    ...source.matchAll(/\(env, '([A-Z][A-Z0-9_]+)'/g),
    ...source.matchAll(/\{ ([A-Z][A-Z0-9_]+): \w+ \}: NodeJS\.ProcessEnv/g),
  ].map(([, name]) => name!);

function namesRead(): string[] {
  const files = ['apps', 'libs'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  );
  const sources = files.filter(
    (file) => /\.(ts|cjs)$/.test(file) && !/\.spec\.ts$|^apps\/web\/|^libs\/[^/]+\/test\/|node_modules/.test(file),
  );
  const names = sources.flatMap((file) => namesIn(readFileSync(join(ROOT, file), 'utf8')));
  return [...new Set(names)].filter((name) => !NOT_SETTINGS.includes(name)).sort();
}

const namesInTable = [...readFileSync(join(ROOT, 'docs/runbook.md'), 'utf8').matchAll(/^\| `([A-Z_]+)`/gm)].map(
  ([, name]) => name!,
);

describe('the table of settings in the runbook', () => {
  it('has each that the code reads, once, and no other', () => {
    expect(namesRead().length).toBeGreaterThan(20);
    expect([...namesInTable].sort()).toEqual(namesRead());
  });

  it('would be found short of one', () => {
    expect(namesIn(`whole(env, 'PEITAO_NEW', 1, 2); env.PEITAO_OTHER`)).toEqual(['PEITAO_OTHER', 'PEITAO_NEW']);
  });
});

describe('what the containers of a city are told', () => {
  const needed: Record<string, string> = {
    PEITAO_HOST: 'city.example',
    POSTGRES_PASSWORD: 'b3d0',
    PEITAO_SERVER_KEY: '5e'.repeat(32),
    PEITAO_METRICS_TOKEN: '7c',
    EVENTSTORE_CREDENTIALS: 'admin:9f3a',
    EVENTSTORE_ADMIN_PASSWORD: '9f3a',
    EVENTSTORE_OPS_PASSWORD: '1b',
  };
  // The certificate of the authority stands in a volume there; any file does for its name.
  const { services } = composeOf(dockerFile('compose.yaml').replaceAll('/certificates/ca/ca.crt', __filename));
  const environmentOf = (name: string): NodeJS.ProcessEnv =>
    Object.fromEntries(
      Object.entries(services[name]!.environment!).map(([setting, value]) => [
        setting,
        filledIn(String(value), needed),
      ]),
    );

  it('are settings that the platform knows', () => {
    const told = ['api-1', 'api-2', 'worker-1', 'worker-2'].flatMap((name) => Object.keys(environmentOf(name)));
    expect(told.filter((name) => !namesInTable.includes(name))).toEqual([]);
  });

  it('are settings that it takes', () => {
    const api = settingsFrom(environmentOf('api-1'), false);
    expect(api).toMatchObject({
      port: 3_000,
      follows: false,
      drain: 5_000,
      trustedProxies: 1,
      origins: ['https://city.example'],
      databaseUrl: 'postgres://peitao:b3d0@postgres:5432/peitao',
      metricsToken: '7c',
      traces: undefined,
    });
    expect(api.eventStoreUrl).toMatch(/^esdb:\/\/admin:9f3a@eventstore-1:2113,eventstore-2:2113,eventstore-3:2113\?/);
    expect(settingsFrom(environmentOf('worker-2'), false)).toMatchObject({ follows: true, workerPort: 3_001 });
  });
});

describe('settings of traces', () => {
  const traces = (env: NodeJS.ProcessEnv) => settingsFrom(env, false).traces;
  const OTEL_EXPORTER_OTLP_ENDPOINT = 'http://collector:4318';

  it('are none without a collector', () => expect(traces({ OTEL_TRACES_SAMPLER_ARG: '0.5' })).toBeUndefined());

  it('name the collector, the share and the service', () => {
    expect(traces({ OTEL_EXPORTER_OTLP_ENDPOINT })).toEqual({ url: OTEL_EXPORTER_OTLP_ENDPOINT, share: 1 });
    const given = { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_TRACES_SAMPLER_ARG: '0.05', OTEL_SERVICE_NAME: 'city' };
    expect(traces(given)).toEqual({ url: OTEL_EXPORTER_OTLP_ENDPOINT, share: 0.05, service: 'city' });
  });

  it.each(['2', '-1', 'all', '.5'])('refuse a share of %s', (share) =>
    expect(() => traces({ OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_TRACES_SAMPLER_ARG: share })).toThrow(
      /OTEL_TRACES_SAMPLER_ARG/,
    ),
  );
});
