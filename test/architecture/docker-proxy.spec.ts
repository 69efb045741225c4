import { dockerFile } from '../support/compose-files';

/** A directive of a Caddyfile with its arguments, and what stands in its braces. */
type Directive = { readonly words: string; readonly inner: Directive[] };

function directivesOf(text: string): Directive[] {
  const open: Directive[] = [{ words: '', inner: [] }];
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    if (line === '}') open.pop();
    else {
      const directive = { words: line.replace(/\s*\{$/, ''), inner: [] };
      open.at(-1)!.inner.push(directive);
      if (/(^|\s)\{$/.test(line)) open.push(directive);
    }
  }
  if (open.length !== 1) throw new Error('braces of the Caddyfile do not match');
  return open[0]!.inner;
}

const named = (name: string, among: readonly Directive[]): Directive[] =>
  among.filter(({ words }) => words.split(' ')[0] === name);
const argumentsOf = (name: string, among: readonly Directive[]): string | undefined =>
  named(name, among)[0]?.words.slice(name.length + 1);
const all = (among: readonly Directive[]): Directive[] => among.flatMap((one) => [one, ...all(one.inner)]);

function faultsOf(text: string): string[] {
  const faults: string[] = [];
  const must = (holds: boolean, rule: string) => void (holds || faults.push(rule));
  const blocks = directivesOf(text);
  const city = blocks.find(({ words }) => words === '{$PEITAO_HOST}')?.inner ?? [];
  const operators = (argumentsOf('@operators', city) ?? '').split(' ');
  must(operators.join(' ') === 'path /metrics /health/*', 'operators’ paths are named');
  must(argumentsOf('respond', city) === '@operators 404', 'operators’ paths are not there');
  // `respond` comes before `reverse_proxy` by Caddy's own order, which these would change.
  must(
    all(blocks).every(({ words }) => !/^(order|route|handle|handle_path)\b/.test(words)),
    'order is Caddy’s own',
  );
  must(named('reverse_proxy', city).length === 1, 'one way to the APIs');
  const upstream = named('reverse_proxy', city)[0]?.inner ?? [];
  must(argumentsOf('health_uri', upstream) === '/health/ready', 'requests go to those that are ready');
  must(/^[1-9]\d*s$/.test(argumentsOf('health_interval', upstream) ?? ''), 'it looks every few seconds');
  must(/^[1-9]\d*s$/.test(argumentsOf('fail_duration', upstream) ?? ''), 'who took no connection is left alone');
  must(/^[1-9]\d*s$/.test(argumentsOf('lb_try_duration', upstream) ?? ''), 'another API is tried');
  // Without it only what never reached an API, and GET, is tried again; a write that was sent may have been done.
  must(named('lb_retry_match', upstream).length === 0, 'a write is sent once');
  // The API believes one proxy: what a client says of itself must have been taken away.
  const forwarded = all(blocks).filter(({ words }) =>
    /^trusted_proxies\b|^header_up\b.*(Forwarded|Real-IP)/i.test(words),
  );
  must(forwarded.length === 0, 'no client says where it comes from');
  must(
    blocks.some(({ words, inner }) => words === '' && argumentsOf('admin', inner) === 'off'),
    'nobody reconfigures it',
  );
  const own = blocks.filter(({ words }) => words.startsWith('http://'));
  const loopback = own.every(
    ({ words, inner }) => /^http:\/\/127\.0\.0\.1:\d+$/.test(words) && argumentsOf('bind', inner) === '127.0.0.1',
  );
  must(own.length === 1 && loopback, 'what is not TLS is for itself alone');
  return faults;
}

const caddyfile = dockerFile('Caddyfile');

describe('the proxy', () => {
  it('keeps the rules', () => expect(faultsOf(caddyfile)).toEqual([]));

  const changed = (from: string | RegExp, to: string): string => {
    const text = caddyfile.replace(from, to);
    expect(text).not.toBe(caddyfile);
    return text;
  };
  it.each<[string, string | RegExp, string]>([
    ['operators’ paths are named', ' /metrics', ''],
    ['operators’ paths are named', '/health/*', '/health'],
    ['operators’ paths are not there', 'respond @operators 404\n', '\n'],
    ['operators’ paths are not there', 'respond @operators 404', 'respond @operators 200'],
    ['operators’ paths are not there', 'respond @operators', '# respond @operators'],
    ['order is Caddy’s own', 'admin off', 'admin off\norder reverse_proxy before respond'],
    ['one way to the APIs', '\n}\n\n#', '\nreverse_proxy /metrics api-1:3000\n}\n\n#'],
    ['requests go to those that are ready', '/health/ready', '/health/live'],
    ['requests go to those that are ready', /health_uri.*/, ''],
    ['it looks every few seconds', /health_interval.*/, ''],
    ['who took no connection is left alone', /fail_duration.*/, ''],
    ['another API is tried', 'lb_try_duration 5s', 'lb_try_duration 0s'],
    ['a write is sent once', 'lb_policy', 'lb_retry_match method POST\nlb_policy'],
    ['a write is sent once', 'lb_policy', 'lb_retry_match {\nmethod POST\n}\nlb_policy'],
    ['no client says where it comes from', 'timeouts {', 'trusted_proxies static private_ranges\ntimeouts {'],
    [
      'no client says where it comes from',
      'lb_policy',
      'header_up X-Forwarded-For {header.X-Forwarded-For}\nlb_policy',
    ],
    ['nobody reconfigures it', 'admin off', ''],
    ['what is not TLS is for itself alone', 'bind 127.0.0.1', ''],
    ['what is not TLS is for itself alone', 'http://127.0.0.1:2020', 'http://:2020'],
  ])('would be found out: %s, %s', (rule, from, to) => expect(faultsOf(changed(from, to))).toEqual([rule]));
});
