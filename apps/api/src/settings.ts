import { join, resolve } from 'node:path';

/** What is set from outside. Everything else has one value. */
export type Settings = {
  readonly port: number;
  /** Folder of the embedded PostgreSQL, the server key and one-time files. */
  readonly dataFolder: string;
  /** Undefined: PostgreSQL is started from the data folder. */
  readonly databaseUrl: string | undefined;
  /** Hexadecimal; for processes that share no disk. Undefined: made and kept in the data folder. */
  readonly serverKey: string | undefined;
  /** Where browsers reach the platform, when a proxy hides it. */
  readonly origins: readonly string[];
  readonly trustedProxies: number;
  readonly metricsToken: string | undefined;
  /** Where one-time codes and alerts go out as SMS. Undefined: they stay in the app, marked as not delivered. */
  readonly smsGateway: { readonly url: string; readonly token?: string } | undefined;
  readonly logLevel: string;
  /** Whether this process also follows the log: views and processes. Someone must. */
  readonly follows: boolean;
  /** How long a stopping process still answers after it said that it is not ready, in milliseconds. */
  readonly drain: number;
};

/** A setting that cannot be used; its message is for the person who starts the program. */
export class BadSetting extends Error {}

export function settingsFrom(env: NodeJS.ProcessEnv, isTerminal: boolean): Settings {
  if (env.EVENTSTORE_URL) {
    throw new BadSetting(
      'EVENTSTORE_URL is set, but this version keeps its log in PostgreSQL only. Unset it (and set DATABASE_URL, or use ' +
        'the embedded server). 本版本的事件日志只存于 PostgreSQL，请取消 EVENTSTORE_URL。',
    );
  }
  return {
    port: whole(env, 'PORT', 3_000, 65_535),
    dataFolder: resolve(env.PEITAO_DATA || join(__dirname, '../../../../.peitao')),
    databaseUrl: env.DATABASE_URL || undefined,
    serverKey: env.PEITAO_SERVER_KEY || undefined,
    origins: (env.PEITAO_ORIGINS ?? '').split(',').filter(Boolean),
    trustedProxies: whole(env, 'PEITAO_TRUSTED_PROXIES', 0, 10),
    metricsToken: env.PEITAO_METRICS_TOKEN || undefined,
    smsGateway: env.SMS_GATEWAY_URL ? smsGateway(env.SMS_GATEWAY_URL, env.SMS_GATEWAY_TOKEN) : undefined,
    // At a terminal somebody looks for the one line that says where to go, not at every request.
    logLevel: env.PEITAO_LOG_LEVEL || (isTerminal ? 'warn' : 'info'),
    follows: env.PEITAO_FOLLOWS !== '0',
    drain: whole(env, 'PEITAO_DRAIN_MS', 0, 60_000),
  };
}

const smsGateway = (url: string, token: string | undefined) => ({ url, ...(token && { token }) });

function whole(env: NodeJS.ProcessEnv, name: string, usual: number, most: number): number {
  const text = env[name];
  if (text === undefined || text === '') return usual;
  if (!/^\d{1,6}$/.test(text) || Number(text) > most) {
    throw new BadSetting(`${name} must be a whole number from 0 to ${most}, not "${text}"`);
  }
  return Number(text);
}
