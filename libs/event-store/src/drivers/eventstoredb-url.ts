import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type {
  ChannelCredentialOptions,
  DNSClusterOptions,
  GossipClusterOptions,
  SingleNodeOptions,
} from '@eventstore/db-client';
import { BadEventStoreUrl } from './eventstoredb-refusals';

/** An EventStoreDB as its client wants to be told of it. */
export type EventStoreAddress = {
  /** Equal for equal addresses. */
  readonly key: string;
  readonly settings: DNSClusterOptions | GossipClusterOptions | SingleNodeOptions;
  readonly channel: ChannelCredentialOptions;
  readonly credentials?: { readonly username: string; readonly password: string };
};

const ADDRESS = /^(esdb|esdb\+discover):\/\/(?:([^@/?]*)@)?([^@/?]+)\/?(?:\?(.*))?$/;
const HOST = /^([A-Za-z0-9._-]+)(?::(\d{1,5}))?$/;
const USUAL_PORT = 2113;

const FLAGS = ['tls', 'tlsVerifyCert', 'throwOnAppendFailure'] as const;
const FILES = ['tlsCAFile', 'userCertFile', 'userKeyFile'] as const;
/** Lowest and highest value. Below ten seconds the client warns of keepAliveInterval, and servers may drop who asks too often. */
const NUMBERS = {
  gossipTimeout: [1, 60],
  discoveryInterval: [10, 60_000],
  maxDiscoverAttempts: [1, 1_000],
  keepAliveInterval: [10_000, 600_000],
  keepAliveTimeout: [500, 60_000],
  // Whoever seals a log waits ten seconds for the last appends: `eventstoredb-moving.ts`.
  defaultDeadline: [1_000, 10_000],
} as const;
const WORDS = ['nodePreference', 'connectionName'] as const;

type Options = Partial<
  Record<(typeof FLAGS)[number], boolean> &
    Record<(typeof FILES)[number] | (typeof WORDS)[number], string> &
    Record<keyof typeof NUMBERS, number>
>;

/**
 * Takes `esdb://` with one or more hosts and `esdb+discover://` with one, TLS unless `tls=false`, and credentials as
 * `user:password@`, percent-encoded. Throws BadEventStoreUrl.
 */
export function parseEventStoreUrl(url: string): EventStoreAddress {
  const [, scheme, user, hosts, query] = ADDRESS.exec(url.trim()) ?? [];
  if (scheme === undefined || hosts === undefined) {
    throw new BadEventStoreUrl(
      '必须形如 esdb://主机:端口?tls=true 或 esdb+discover://主机:端口',
      'must look like esdb://host:port?tls=true or esdb+discover://host:port',
    );
  }
  const endpoints = hosts.split(',').map(endpoint);
  const isDiscovered = scheme === 'esdb+discover';
  if (isDiscovered && endpoints.length > 1) {
    throw new BadEventStoreUrl(
      '中 esdb+discover:// 只能有一个主机，多个主机请用 esdb://',
      'takes one host after esdb+discover://; for several use esdb://',
    );
  }
  const { tls = true, tlsCAFile, userCertFile, userKeyFile, ...options } = optionsOf(query);
  if ((userCertFile === undefined) !== (userKeyFile === undefined)) {
    throw new BadEventStoreUrl('须同时给出 userCertFile 与 userKeyFile', 'needs both userCertFile and userKeyFile');
  }
  const { connectionName = 'peitao', keepAliveInterval, keepAliveTimeout, defaultDeadline, ...discovery } = options;
  const common = {
    connectionName,
    // Only the keepalive tells of a frozen node to which nobody sends: the client's own ten seconds more are too long.
    keepAliveInterval: keepAliveInterval ?? 10_000,
    keepAliveTimeout: keepAliveTimeout ?? 3_000,
    ...(defaultDeadline !== undefined && { defaultDeadline }),
  };
  // A silent seed costs this many seconds of every discovery.
  const gossip = { gossipTimeout: 1, ...discovery, nodePreference: 'leader' as const };
  const credentials = user === undefined ? undefined : credentialsOf(user);
  const settings = isDiscovered
    ? { ...common, ...gossip, discover: endpoints[0]! }
    : endpoints.length > 1
      ? { ...common, ...gossip, endpoints }
      : { ...common, endpoint: endpoints[0]! };
  const channel: ChannelCredentialOptions = tls
    ? {
        ...(tlsCAFile !== undefined && { rootCertificate: file('tlsCAFile', tlsCAFile) }),
        ...(userCertFile !== undefined && { userCertFile: file('userCertFile', userCertFile) }),
        ...(userKeyFile !== undefined && { userKeyFile: file('userKeyFile', userKeyFile) }),
      }
    : { insecure: true };
  const key = JSON.stringify([settings, credentials ?? null, tls, tlsCAFile ?? '', userCertFile ?? '']);
  return { key, settings, channel, ...(credentials && { credentials }) };
}

function endpoint(text: string): { address: string; port: number } {
  const [, address, port] = HOST.exec(text) ?? [];
  if (address === undefined || Number(port ?? 1) < 1 || Number(port ?? 1) > 65_535) {
    throw new BadEventStoreUrl(
      '中的主机须为名称或 IPv4 地址，可加端口，多个以逗号分隔',
      'needs hosts that are names or IPv4 addresses, each with a port if it is not 2113, separated by commas',
    );
  }
  return { address, port: Number(port ?? USUAL_PORT) };
}

function credentialsOf(text: string): { username: string; password: string } {
  const [username, password, ...rest] = text.split(':');
  const decoded = [username, password].map(decode);
  if (!decoded[0] || !decoded[1] || rest.length > 0) {
    throw new BadEventStoreUrl(
      '中的凭据须为 用户名:密码@，其中特殊字符须作百分号编码',
      'needs credentials as user:password@, with special characters percent-encoded',
    );
  }
  return { username: decoded[0], password: decoded[1] };
}

function optionsOf(query: string | undefined): Options {
  const options: Record<string, boolean | number | string> = {};
  for (const part of query ? query.split('&') : []) {
    const [name = '', raw = '', ...rest] = part.split('=');
    const value = decode(raw);
    if (rest.length > 0 || !value) {
      throw new BadEventStoreUrl('的选项须写作 名称=值，以 & 分隔', 'needs its options as name=value, separated by &');
    }
    const option = optionNamed(name);
    options[option] = valueOf(option, value);
  }
  return options;
}

const OPTIONS = [...FLAGS, ...FILES, ...WORDS, ...(Object.keys(NUMBERS) as (keyof typeof NUMBERS)[])];

function optionNamed(name: string): (typeof OPTIONS)[number] {
  const flat = (text: string) => text.toLowerCase().replace(/[_-]/g, '');
  const option = OPTIONS.find((known) => flat(known) === flat(name));
  if (option !== undefined) return option;
  const known = OPTIONS.join(', ');
  throw new BadEventStoreUrl(
    `含有未知的选项，可用的有 ${known}`,
    `has an option that is not known; known are ${known}`,
  );
}

function valueOf(option: (typeof OPTIONS)[number], value: string): boolean | number | string {
  if (isOneOf(FLAGS, option)) {
    if (value !== 'true' && value !== 'false') throw bad(option, 'true 或 false', 'true or false');
    // The client would check certificates all the same; and it needs to be told of a failed append.
    if (value === 'false' && option !== 'tls') throw bad(option, 'true', 'true');
    return value === 'true';
  }
  if (isOneOf(FILES, option)) return value;
  if (isOneOf(WORDS, option)) {
    // Decisions rest on what the leader says.
    if (option === 'nodePreference' && value !== 'leader') throw bad(option, 'leader', 'leader');
    return value;
  }
  const [lowest, highest] = NUMBERS[option];
  if (!/^\d{1,7}$/.test(value) || Number(value) < lowest || Number(value) > highest) {
    throw bad(option, `${lowest} 至 ${highest} 的整数`, `a whole number from ${lowest} to ${highest}`);
  }
  return Number(value);
}

function file(option: string, path: string): Buffer {
  const found = resolve(path);
  if (!existsSync(found)) throw bad(option, '存在的文件', 'a file that exists');
  return readFileSync(found);
}

const bad = (option: string, zh: string, en: string): BadEventStoreUrl =>
  new BadEventStoreUrl(`的选项 ${option} 须为${zh}`, `needs ${option} to be ${en}`);

function isOneOf<T extends string>(list: readonly T[], text: string): text is T {
  return (list as readonly string[]).includes(text);
}

/** '' for what is not percent-encoded as it should be. */
function decode(text: string | undefined): string {
  try {
    return decodeURIComponent(text ?? '');
  } catch {
    return '';
  }
}
