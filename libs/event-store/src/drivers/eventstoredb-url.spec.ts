import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BadEventStoreUrl } from './eventstoredb-refusals';
import { parseEventStoreUrl } from './eventstoredb-url';

describe('the address of an EventStoreDB', () => {
  it('is one node, with TLS', () => {
    const { settings, channel, credentials } = parseEventStoreUrl('esdb://log.example');
    expect(settings).toEqual({
      endpoint: { address: 'log.example', port: 2113 },
      connectionName: 'peitao',
      keepAliveInterval: 10_000,
      keepAliveTimeout: 3_000,
    });
    expect(channel).toEqual({});
    expect(credentials).toBeUndefined();
  });

  it('is the seeds of a cluster, with credentials that are percent-encoded', () => {
    const { settings, channel, credentials } = parseEventStoreUrl(
      'esdb://ops:p%40ss%3Aw%2Frd@a:1,b:2,10.0.0.3?tls=false&keepAliveTimeout=5000',
    );
    expect(settings).toMatchObject({
      endpoints: [
        { address: 'a', port: 1 },
        { address: 'b', port: 2 },
        { address: '10.0.0.3', port: 2113 },
      ],
      nodePreference: 'leader',
      gossipTimeout: 1,
      keepAliveTimeout: 5_000,
    });
    expect(channel).toEqual({ insecure: true });
    expect(credentials).toEqual({ username: 'ops', password: 'p@ss:w/rd' });
  });

  it('is a name under which a cluster is discovered', () => {
    expect(parseEventStoreUrl('esdb+discover://cluster.example:2113/?gossip-timeout=2').settings).toMatchObject({
      discover: { address: 'cluster.example', port: 2113 },
      gossipTimeout: 2,
    });
  });

  it('brings the certificate that it names', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ca-'));
    const ca = join(folder, 'ca 证书.crt');
    writeFileSync(ca, 'PEM');
    const { channel } = parseEventStoreUrl(`esdb://a?tlsCAFile=${encodeURIComponent(ca)}`);
    expect(channel.rootCertificate?.toString()).toBe('PEM');
    rmSync(folder, { recursive: true });
  });

  it('has a key by which equal ones share their connections', () => {
    const key = (url: string) => parseEventStoreUrl(url).key;
    expect(key('esdb://a?tls=true')).toBe(key('esdb://a:2113'));
    const others = [
      'esdb://a?tls=false',
      'esdb://b',
      'esdb+discover://a',
      'esdb://x:y@a',
      'esdb://x:z@a',
      'esdb://a,b',
    ];
    expect(new Set([...others, 'esdb://a'].map(key)).size).toBe(others.length + 1);
  });

  it.each([
    ['http://ops:secret@a', 'esdb://host:port'],
    ['esdb://', 'esdb://host:port'],
    ['ops:secret@a', 'esdb://host:port'],
    ['esdb://ops:secret@', 'esdb://host:port'],
    ['esdb://ops:secret@a:0', 'IPv4'],
    ['esdb://ops:secret@a:66000', 'IPv4'],
    ['esdb://ops:secret@a,', 'IPv4'],
    ['esdb://ops:secret@[::1]:2113', 'IPv4'],
    ['esdb://secret@a', 'user:password@'],
    ['esdb://ops:@a', 'user:password@'],
    ['esdb://ops:secret:x@a', 'user:password@'],
    ['esdb://ops:secret%zz@a', 'user:password@'],
    ['esdb+discover://ops:secret@a,b', 'one host'],
    ['esdb://ops:secret@a?tls', 'name=value'],
    ['esdb://ops:secret@a?tls=yes', 'tls'],
    ['esdb://ops:secret@a?tsl=true', 'not known'],
    ['esdb://ops:secret@a?tlsVerifyCert=false', 'tlsVerifyCert'],
    ['esdb://ops:secret@a?throwOnAppendFailure=false', 'throwOnAppendFailure'],
    ['esdb://ops:secret@a?nodePreference=follower', 'nodePreference'],
    ['esdb://ops:secret@a?keepAliveInterval=1000', 'keepAliveInterval'],
    ['esdb://ops:secret@a?gossipTimeout=x', 'gossipTimeout'],
    ['esdb://ops:secret@a?tlsCAFile=/none/secret.crt', 'tlsCAFile'],
    ['esdb://ops:secret@a?userCertFile=/x', 'userKeyFile'],
  ])('is refused by its rule and not repeated: %s', (url, rule) => {
    const parse = () => parseEventStoreUrl(url);
    expect(parse).toThrow(BadEventStoreUrl);
    expect(parse).toThrow(rule);
    expect(parse).toThrow(/^EVENTSTORE_URL [ -~]+\. EVENTSTORE_URL .+。$/);
    expect(parse).not.toThrow(/secret/);
  });
});
