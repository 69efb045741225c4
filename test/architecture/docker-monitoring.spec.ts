import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EventStore, LARGEST_APPEND, MemoryEventStore } from '@app/event-store';
import { MeasuredEventStore, Metrics, Readiness } from '@app/http';
import { newId } from '@app/kernel';
import { parse } from 'yaml';
import { startApp } from '../support/app';

const DOCKER = join(__dirname, '../../docker');
const text = (name: string): string => readFileSync(join(DOCKER, name), 'utf8');

type Rule = {
  alert: string;
  expr: string;
  for?: string;
  labels: { severity: string };
  annotations: { summary: string; description?: string };
};
const groups = (parse(text('prometheus-alerts.yaml')) as { groups: { name: string; rules: Rule[] }[] }).groups;
const rules = groups.flatMap((group) => group.rules);

type Target = { refId: string; expr: string };
type Panel = {
  id: number;
  type: string;
  title: string;
  gridPos: Record<'x' | 'y' | 'w' | 'h', number>;
  targets?: Target[];
};
const dashboard = JSON.parse(text('grafana-dashboard.json')) as {
  uid: string;
  title: string;
  schemaVersion: number;
  panels: Panel[];
  templating: { list: { name: string; type: string }[] };
};
const queries = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

/** What prom-client keeps of a metric, beside its declared type. */
type Declared = { name: string; type: string; labelNames: string[] };

/** Words of PromQL that stand where a metric could, and what Prometheus itself writes of each target. */
const OF_PROMETHEUS = new Set(['up', 'by', 'or', 'and', 'le', 'vector', 'histogram_quantile', 'absent', 'topk']);
const FUNCTIONS = new Set(['sum', 'min', 'max', 'rate', ...OF_PROMETHEUS]);

const jobs = (parse(text('prometheus.yaml')) as { scrape_configs: { job_name: string }[] }).scrape_configs.map(
  ({ job_name }) => job_name,
);

/** `.*(a|b).*` as `.*a.*` and `.*b.*`. */
function alternativesOf(pattern: string): string[] {
  const [, before = '', either = pattern, after = ''] = /^([^(]*)\(([^)]*)\)([^(]*)$/.exec(pattern) ?? [];
  return either.split('|').map((one) => before + one + after);
}

/** Metrics that an expression names, with the matchers behind them. */
const metricsIn = (expression: string): { name: string; matchers: string }[] =>
  [...expression.replace(/\b(?:by|without) \([^)]*\)/g, '').matchAll(/\b([a-z_][a-z0-9_]*)\b(\{[^}]*\})?(?!")/g)]
    .map(([, name, matchers = '']) => ({ name: name!, matchers }))
    .filter(({ name }) => !FUNCTIONS.has(name) && /_/.test(name));

/** One append that is written, one that comes too late and one that is too large. */
async function appendOfEachKind(store: EventStore): Promise<void> {
  const metadata = {
    ...{ commandId: newId(), commandHash: 'a'.repeat(64), correlationId: newId(), causationId: newId() },
    ...{ actor: 'account:test', enterprise: '', schema: '1', salt: '5e'.repeat(16) },
    recordedAt: '2020-02-10T01:00:00.000Z',
  };
  const append = (words: string) =>
    store.append('try-1', 'none', [{ id: newId(), type: 'Tried', data: { words }, metadata }]);
  await append('first');
  await expect(append('second')).rejects.toThrow('try-1 is at 0');
  await expect(append('x'.repeat(LARGEST_APPEND))).rejects.toThrow('an append may hold');
}

describe('the metrics that alerts and the dashboard name', () => {
  let exported: Map<string, Set<string>>;
  /** By metric and label, the values that the application gave. */
  let values: Map<string, Set<string>>;

  beforeAll(async () => {
    const app = await startApp({ backupMark: join(DOCKER, 'none') });
    app.app.get(Metrics).measureProcess();
    await app.anybody().get('/api/areas');
    const { paths } = (await app.anybody().get<{ paths: object }>('/api/openapi.json')).body;
    await appendOfEachKind(new MeasuredEventStore(new MemoryEventStore(), app.app.get(Metrics)));
    app.app.get(Readiness).drain();
    expect((await app.anybody().get('/health/ready')).status).toBe(503);
    await app.anybody().get('/metrics');
    const { registry } = app.app.get(Metrics);
    const metrics = registry.getMetricsAsArray() as unknown as Declared[];
    values = new Map();
    for (const { name: metric, values: samples } of await registry.getMetricsAsJSON()) {
      for (const { labels, ...sample } of samples) {
        const name = 'metricName' in sample ? (sample.metricName as string) : metric;
        for (const [label, value] of Object.entries(labels)) {
          const key = `${name}{${label}}`;
          // Every route is exported at its first request.
          const routes = label === 'route' ? Object.keys(paths) : [];
          values.set(key, new Set([...(values.get(key) ?? routes), String(value)]));
        }
      }
    }
    await app.stop();
    exported = new Map();
    for (const { name, type, labelNames } of metrics) {
      const endings = type === 'histogram' ? ['_bucket', '_count', '_sum'] : [''];
      for (const ending of endings) exported.set(name + ending, new Set(labelNames));
    }
  });

  const missing = (expressions: readonly string[]): string[] =>
    expressions.flatMap((expression) =>
      metricsIn(expression)
        .filter(({ name }) => !exported.has(name))
        .map(({ name }) => name),
    );

  it('are exported by the running application', () => {
    const named = [...rules.map(({ expr }) => expr), ...queries];
    expect(named.flatMap(metricsIn).length).toBeGreaterThan(30);
    expect(missing(named)).toEqual([]);
  });

  it('would be found missing', () => {
    expect(missing(['max by (follower) (rate(peitao_follower_delay_seconds{state="x"}[5m])) > 60'])).toEqual([
      'peitao_follower_delay_seconds',
    ]);
  });

  it('have the labels that they are asked by', () => {
    const asked = [...rules.map(({ expr }) => expr), ...queries].flatMap(metricsIn);
    const ofTheTarget = new Set(['job', 'instance', 'le']);
    const unknown = asked.flatMap(({ name, matchers }) =>
      [...matchers.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)]
        .map(([, label]) => label!)
        .filter((label) => !ofTheTarget.has(label) && !exported.get(name)?.has(label))
        .map((label) => `${name}{${label}}`),
    );
    expect(unknown).toEqual([]);
  });

  /** Alternatives of a matcher that no value of its label meets: a metric asked by them is never there, or always. */
  const unmet = (expression: string): string[] =>
    metricsIn(expression).flatMap(({ name, matchers }) =>
      [...matchers.matchAll(/(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"/g)].flatMap(([, label, sign, text]) => {
        const known = label === 'job' ? jobs : [...(values.get(`${name}{${label}}`) ?? [])];
        const asked = sign!.includes('~') ? alternativesOf(text!) : [text!];
        return asked
          .filter((one) => !known.some((value) => new RegExp(`^(?:${one})$`).test(value)))
          .map((one) => `${name}{${label}}: ${one}`);
      }),
    );

  it('have the values that they are asked by', () => {
    const named = [...rules.map(({ expr }) => expr), ...queries];
    expect(named.flatMap(unmet)).toEqual([]);
  });

  it.each([
    ['peitao_follower_state{state="lost"}', 'peitao_follower_state{state}: lost'],
    ['peitao_follower_state{state=~"unheld|halted"}', 'peitao_follower_state{state}: halted'],
    ['peitao_append_seconds_count{outcome!~"written|Conflict"}', 'peitao_append_seconds_count{outcome}: Conflict'],
    ['peitao_append_seconds_bucket{outcome="ok"}', 'peitao_append_seconds_bucket{outcome}: ok'],
    ['peitao_http_seconds_count{status=~"5."}', 'peitao_http_seconds_count{status}: 5.'],
    ['peitao_http_seconds_count{route!~".*(live|stream).*"}', 'peitao_http_seconds_count{route}: .*stream.*'],
    ['process_cpu_seconds_total{job="peitao"}', 'process_cpu_seconds_total{job}: peitao'],
  ])('would be found never to have a value: %s', (expression, fault) => expect(unmet(expression)).toEqual([fault]));
});

describe('the alert rules', () => {
  it('have the shape that Prometheus takes', () => {
    expect(groups.length).toBeGreaterThan(0);
    for (const { name, rules: inGroup } of groups) {
      expect(name).toMatch(/^peitao-/);
      for (const rule of inGroup) {
        expect(
          Object.keys(rule).filter((key) => !['alert', 'expr', 'for', 'labels', 'annotations'].includes(key)),
        ).toEqual([]);
        expect(rule.alert).toMatch(/^[A-Z][A-Za-z]+$/);
        expect(rule.for ?? '1m').toMatch(/^\d+[smhd]$/);
        expect(['warning', 'critical']).toContain(rule.labels.severity);
        expect(balanced(rule.expr)).toBe(true);
      }
    }
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  });

  it('speak Chinese and English', () => {
    for (const { annotations } of rules) {
      for (const sentence of Object.values(annotations)) {
        expect(sentence).toMatch(/\p{Script=Han}/u);
        expect(sentence).toMatch(/\b[a-z]+ [a-z]{2,}/);
      }
    }
  });

  it('each stand in the runbook, with what to do', () => {
    const runbook = readFileSync(join(DOCKER, '../docs/runbook.md'), 'utf8');
    expect(rules.map(({ alert }) => alert).filter((alert) => !runbook.includes(`| ${alert} `))).toEqual([]);
  });
});

describe('the dashboard', () => {
  it('has the shape that Grafana takes', () => {
    expect(dashboard).toMatchObject({ uid: 'peitao', schemaVersion: expect.any(Number) as number });
    expect(dashboard.templating.list).toMatchObject([{ name: 'datasource', type: 'datasource' }]);
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { type, title, gridPos, targets = [] } of dashboard.panels) {
      expect(['row', 'stat', 'timeseries']).toContain(type);
      expect(title).toMatch(/\p{Script=Han}.* [A-Za-z]/u);
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      expect(targets.length > 0).toBe(type !== 'row');
      for (const { expr } of targets) expect(balanced(expr)).toBe(true);
    }
  });

  it('has no two panels in one place', () => {
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
  });
});

function balanced(expression: string): boolean {
  const open: string[] = [];
  for (const sign of expression.replace(/"[^"]*"/g, '')) {
    if ('([{'.includes(sign)) open.push(sign);
    else if (')]}'.includes(sign) && open.pop() !== '([{'[')]}'.indexOf(sign)]) return false;
  }
  return open.length === 0;
}
