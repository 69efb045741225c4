import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Metrics } from '@app/http';
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

/** Metrics that an expression names, with the matchers behind them. */
const metricsIn = (expression: string): { name: string; matchers: string }[] =>
  [...expression.replace(/\b(?:by|without) \([^)]*\)/g, '').matchAll(/\b([a-z_][a-z0-9_]*)\b(\{[^}]*\})?(?!")/g)]
    .map(([, name, matchers = '']) => ({ name: name!, matchers }))
    .filter(({ name }) => !FUNCTIONS.has(name) && /_/.test(name));

describe('the metrics that alerts and the dashboard name', () => {
  let exported: Map<string, Set<string>>;

  beforeAll(async () => {
    const app = await startApp({ backupMark: join(DOCKER, 'none') });
    app.app.get(Metrics).measureProcess();
    await app.anybody().get('/api/areas');
    await app.anybody().get('/metrics');
    const metrics = app.app.get(Metrics).registry.getMetricsAsArray() as unknown as Declared[];
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
