import { parse } from 'yaml';
import { composeOf, dockerFile, standsIn } from '../support/compose-files';

type Rule = { readonly alert: string; readonly expr: string; readonly for?: string };
type Job = {
  readonly job_name: string;
  readonly scheme?: string;
  readonly authorization?: { readonly credentials_file?: string };
  readonly basic_auth?: { readonly username: string; readonly password_file?: string };
  readonly tls_config?: { readonly ca_file?: string; readonly insecure_skip_verify?: boolean };
};
type Monitoring = { readonly rule_files: readonly string[]; readonly scrape_configs: readonly Job[] };

/** Metric, matchers, how it is taken (`…` stands for the metric), comparison, bound, how long it must hold. */
type Alert = readonly [
  metric: string,
  matchers: string,
  taken: string,
  comparison: string,
  bound: string,
  lasts: string,
];

const REQUESTS = 'peitao_http_seconds';
const HALF_A_SECOND = '0.5';
const LATE = '60';
const DAY_AND_A_HALF = String(36 * 3_600);

const ALERTS: Readonly<Record<string, Alert>> = {
  ApiDown: ['up', 'job="peitao-api"', '…', '==', '0', '1m'],
  NoApi: ['up', 'job="peitao-api"', '(sum(…) or vector(0))', '==', '0', '1m'],
  NoWorker: ['up', 'job="peitao-worker"', '(sum(…) or vector(0))', '==', '0', '1m'],
  EventStoreNodeDown: ['up', 'job="eventstoredb"', '…', '==', '0', '2m'],
  // All processes must see it unheld or unread; one that sees it stopped, late or parked is enough.
  FollowerUnheld: ['peitao_follower_state', 'state="unheld"', 'min by (follower) (…)', '==', '1', '1m'],
  FollowerStopped: ['peitao_follower_state', 'state="stopped"', 'max by (follower) (…)', '==', '1', '1m'],
  FollowerLate: ['peitao_follower_lag_seconds', '', 'max by (follower) (…)', '>', LATE, '2m'],
  Parked: ['peitao_follower_parked', '', 'max by (follower) (…)', '>', '0', 'at once'],
  FiguresUnread: ['peitao_figures_unread', '', 'min by (figures) (…)', '==', '1', '2m'],
  AppendsFail: [
    'peitao_append_seconds_count',
    'outcome!~"written|VersionConflict|EventTooLarge"',
    'sum by (outcome) (rate(…[5m]))',
    '>',
    '0.05',
    '2m',
  ],
  AppendsSlow: [
    'peitao_append_seconds_bucket',
    'outcome="written"',
    'histogram_quantile(0.99, sum by (le) (rate(…[5m])))',
    '>',
    HALF_A_SECOND,
    '5m',
  ],
  BackupOld: ['peitao_backup_age_seconds', '', 'min(…)', '>', DAY_AND_A_HALF, 'at once'],
  BackupUnseen: ['peitao_backup_age_seconds', '', 'absent(…)', '', '', '1d'],
  ServerErrors: [
    `${REQUESTS}_count`,
    'status=~"5..", route!~".*health.*"',
    'sum(rate(…[5m]))',
    '>',
    `0.01 * sum(rate(${REQUESTS}_count[5m]))`,
    '5m',
  ],
  RequestsSlow: [
    `${REQUESTS}_bucket`,
    'route!~".*(live|export|attachments|import).*"',
    'histogram_quantile(0.95, sum by (le, route) (rate(…[10m])))',
    '>',
    '2',
    '10m',
  ],
  EventLoopBlocked: ['nodejs_eventloop_lag_p99_seconds', '', 'max by (instance) (…)', '>', HALF_A_SECOND, '5m'],
};

const rulesIn = (text: string): Rule[] =>
  (parse(text) as { groups: { rules: Rule[] }[] }).groups.flatMap(({ rules }) => rules);

function partsOf({ expr, for: lasts = 'at once' }: Rule): Alert {
  const [, left, comparison = '', bound = ''] = /^(.*?)(?: (==|!=|>=|<=|>|<) (.*))?$/.exec(
    expr.trim().replace(/\s+/g, ' '),
  )!;
  const [selected, metric, matchers = ''] = /\b(up|[a-z]+_[a-z0-9_]+)\b(?!\()(?:\{([^}]*)\})?/.exec(left!) ?? [
    '',
    'none',
  ];
  return [metric, matchers, left!.replace(selected, '…'), comparison, bound, lasts];
}
const alertsIn = (text: string): Record<string, Alert> =>
  Object.fromEntries(rulesIn(text).map((rule) => [rule.alert, partsOf(rule)]));

/** The first match of `from` in a text, which must be there, made into `to`. */
function changed(text: string, from: string | RegExp, to: string): string {
  const other = text.replace(from, to);
  expect(other).not.toBe(text);
  return other;
}

describe('the alerts', () => {
  const text = dockerFile('prometheus-alerts.yaml');

  it('look at what they are named for', () => expect(alertsIn(text)).toEqual(ALERTS));

  it.each<[string, string | RegExp, string]>([
    ['ApiDown', 'up{job="peitao-api"} == 0', 'up{job="peitao-api"} == 1'],
    ['NoWorker', '(sum(up{job="peitao-worker"}) or vector(0))', 'sum(up{job="peitao-worker"})'],
    ['FollowerUnheld', 'min by (follower)', 'max by (follower)'],
    ['FollowerStopped', 'state="stopped"', 'state="following"'],
    ['FollowerLate', '> 60', '> 6000'],
    ['FollowerLate', '> 60', '< 60'],
    ['Parked', '(peitao_follower_parked)', '(peitao_follower_lag_events)'],
    ['AppendsFail', 'outcome!~', 'outcome=~'],
    ['AppendsFail', '> 0.05', '> 5'],
    ['AppendsSlow', '0.99', '0.5'],
    ['BackupOld', '129600', '1296000'],
    ['BackupUnseen', 'for: 1d', 'for: 90d'],
    ['ServerErrors', 'status=~"5.."', 'status=~"6.."'],
    ['ServerErrors', '0.01 * sum', '0.5 * sum'],
    ['RequestsSlow', '[10m]', '[10s]'],
  ])('would be found out: %s with another %s', (alert, from, to) => {
    const found = alertsIn(changed(text, from, to));
    const different = Object.keys(ALERTS).filter((name) => String(found[name]) !== String(ALERTS[name]));
    expect(different).toEqual([alert]);
  });
});

describe('Prometheus', () => {
  const compose = dockerFile('compose.yaml');
  const settings = dockerFile('prometheus.yaml');

  /** What it reads and with whose word it asks, as files beside the compose file, volumes and secrets. */
  function readBy(settingsText: string, composeText: string): object {
    const service = composeOf(composeText).services.prometheus!;
    const { rule_files, scrape_configs } = parse(settingsText) as Monitoring;
    const secret = (path = '') => {
      const [, name] = /^\/run\/secrets\/([^/]+)$/.exec(path) ?? [];
      return name !== undefined && service.secrets?.includes(name) ? name : 'no secret';
    };
    return {
      // Where it looks when its command does not say.
      settings: [standsIn(service, '/etc/prometheus/prometheus.yml'), service.command],
      rules: rule_files.map((path) => standsIn(service, path)),
      jobs: Object.fromEntries(
        scrape_configs.map(({ job_name, scheme = 'http', authorization, basic_auth, tls_config }) => [
          job_name,
          {
            scheme,
            ...(authorization && { token: secret(authorization.credentials_file) }),
            ...(basic_auth && { user: basic_auth.username, password: secret(basic_auth.password_file) }),
            ...(tls_config && { ...tls_config, ca_file: standsIn(service, tls_config.ca_file ?? '') }),
          },
        ]),
      ),
    };
  }

  const EXPECTED = {
    settings: ['./prometheus.yaml', undefined],
    rules: ['./prometheus-alerts.yaml'],
    jobs: {
      'peitao-api': { scheme: 'http', token: 'metrics-token' },
      'peitao-worker': { scheme: 'http', token: 'metrics-token' },
      eventstoredb: { scheme: 'https', user: 'ops', password: 'eventstore-ops-password', ca_file: 'ca/ca.crt' },
    },
  };

  it('finds its rules and secrets where they are mounted', () => expect(readBy(settings, compose)).toEqual(EXPECTED));

  it.each<[string, string, string]>([
    ['rules elsewhere', '/etc/prometheus/alerts.yaml', '/etc/prometheus/rules.yaml'],
    ['a password elsewhere', '/run/secrets/eventstore-ops-password', '/run/secrets/eventstore-password'],
    ['the password of another', '/run/secrets/eventstore-ops-password', '/run/secrets/metrics-token'],
    ['no secret’s folder', '/run/secrets/metrics-token', '/etc/prometheus/metrics-token'],
    ['an authority that is not mounted', 'ca_file: /certificates/ca/ca.crt', 'ca_file: /certificates/ca.crt'],
    ['no TLS', 'scheme: https', 'scheme: http'],
    ['any certificate', 'tls_config:', 'tls_config:\n      insecure_skip_verify: true'],
  ])('would be found out: %s', (_, from, to) =>
    expect(readBy(changed(settings, from, to), compose)).not.toEqual(EXPECTED),
  );

  it.each<[string, string, string]>([
    ['rules mounted elsewhere', ':/etc/prometheus/alerts.yaml:ro', ':/etc/prometheus/rules.yaml:ro'],
    ['settings mounted elsewhere', ':/etc/prometheus/prometheus.yml:ro', ':/etc/prometheus/prometheus.yaml:ro'],
    ['a secret that it is not given', 'secrets: [metrics-token, eventstore-ops-password]', 'secrets: [metrics-token]'],
  ])('would be found out of compose.yaml: %s', (_, from, to) =>
    expect(readBy(settings, changed(compose, from, to))).not.toEqual(EXPECTED),
  );
});
