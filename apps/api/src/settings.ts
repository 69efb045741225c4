import { join, resolve } from 'node:path';
import { BadEventStoreUrl, parseEventStoreUrl } from '@app/event-store';
import type { TraceSettings } from '@app/http';
import type { InboxOptions } from '@app/inbox';

/** What is set from outside. Everything else has one value. */
export type Settings = {
  readonly port: number;
  /** Folder of the embedded PostgreSQL, the server key and one-time files. */
  readonly dataFolder: string;
  /** Undefined: PostgreSQL is started from the data folder. */
  readonly databaseUrl: string | undefined;
  /** Undefined: the log stands in PostgreSQL. */
  readonly eventStoreUrl: string | undefined;
  /** Hexadecimal; for processes that share no disk. Undefined: made and kept in the data folder. */
  readonly serverKey: string | undefined;
  /** Where browsers reach the platform, when a proxy hides it. */
  readonly origins: readonly string[];
  readonly trustedProxies: number;
  readonly metricsToken: string | undefined;
  /** Where traces go; undefined: none are made. */
  readonly traces: (Pick<TraceSettings, 'url' | 'share'> & { readonly service?: string }) | undefined;
  /** How messages leave the platform. What is not set stays in the app, marked as not delivered. */
  readonly inbox: InboxOptions;
  /** Whom people ask who need help: a number, an office. Shown where they sign in. */
  readonly support: string | undefined;
  readonly logLevel: string;
  /** Whether this process also follows the log: views and processes. Someone must. */
  readonly follows: boolean;
  /** Where a worker answers /health and /metrics; undefined: nowhere. 0 lets the system choose. */
  readonly workerPort: number | undefined;
  /** How long a stopping process still answers after it said that it is not ready, in milliseconds. */
  readonly drain: number;
};

/** A setting that cannot be used; its message is for the person who starts the program. */
export class BadSetting extends Error {}

export function settingsFrom(env: NodeJS.ProcessEnv, isTerminal: boolean): Settings {
  const publicUrl = address(env, 'PUBLIC_URL', HTTP)?.replace(/\/+$/, '');
  return {
    port: whole(env, 'PORT', 3_000, 65_535),
    dataFolder: resolve(env.PEITAO_DATA || join(__dirname, '../../../../.peitao')),
    databaseUrl: address(env, 'DATABASE_URL', POSTGRES),
    eventStoreUrl: eventStore(env),
    serverKey: serverKey(env),
    origins: [
      ...(env.PEITAO_ORIGINS ?? '').split(',').filter(Boolean),
      ...(publicUrl ? [new URL(publicUrl).origin] : []),
    ],
    trustedProxies: whole(env, 'PEITAO_TRUSTED_PROXIES', 0, 10),
    metricsToken: env.PEITAO_METRICS_TOKEN || undefined,
    traces: tracesFrom(env),
    inbox: inboxFrom(env, publicUrl),
    support: env.PEITAO_SUPPORT || undefined,
    // At a terminal somebody looks for the one line that says where to go, not at every request.
    logLevel: oneOf(env, 'PEITAO_LOG_LEVEL', LEVELS, isTerminal ? 'warn' : 'info'),
    follows: oneOf(env, 'PEITAO_FOLLOWS', ['0', '1'], '1') === '1',
    workerPort: env.PEITAO_WORKER_PORT ? whole(env, 'PEITAO_WORKER_PORT', 0, 65_535) : undefined,
    drain: whole(env, 'PEITAO_DRAIN_MS', 0, 60_000),
  };
}

function tracesFrom(env: NodeJS.ProcessEnv): Settings['traces'] {
  const url = address(env, 'OTEL_EXPORTER_OTLP_ENDPOINT', HTTP);
  const share = env.OTEL_TRACES_SAMPLER_ARG || '1';
  if (!/^(0(\.\d+)?|1(\.0+)?)$/.test(share)) {
    throw bad(
      'OTEL_TRACES_SAMPLER_ARG',
      `must be the share of traces from 0 to 1, not "${share}"`,
      `须为 0 到 1 之间的小数，不能是 "${share}"`,
    );
  }
  if (url === undefined) return undefined;
  return { url, share: Number(share), ...(env.OTEL_SERVICE_NAME && { service: env.OTEL_SERVICE_NAME }) };
}

/** It is read once to see that it can be used. */
function eventStore({ EVENTSTORE_URL: url }: NodeJS.ProcessEnv): string | undefined {
  if (!url) return undefined;
  try {
    parseEventStoreUrl(url);
    return url;
  } catch (error) {
    throw error instanceof BadEventStoreUrl ? new BadSetting(error.message) : error;
  }
}

function inboxFrom(env: NodeJS.ProcessEnv, publicUrl: string | undefined): InboxOptions {
  const sms = smsGateway(env);
  const mail = address(env, 'SMTP_URL', SMTP);
  const wechat = env.WECHAT_APP_ID || undefined;
  // What is sent is dealt with on a page of the web app, and only the operator knows how phones reach it.
  if ((sms ?? mail ?? wechat) !== undefined && publicUrl === undefined) throw missing('PUBLIC_URL');
  const apiUrl = address(env, 'WECHAT_API_URL', HTTP);
  const openUrl = address(env, 'WECHAT_OPEN_URL', HTTP);
  return {
    digestAt: timeOfDay(env, 'DIGEST_AT', '18:00'),
    ...(publicUrl !== undefined && { publicUrl }),
    ...(sms !== undefined && {
      smsGateway: { url: sms, ...(env.SMS_GATEWAY_TOKEN && { token: env.SMS_GATEWAY_TOKEN }) },
    }),
    ...(mail !== undefined && { mail: { url: mail, from: sender(env) } }),
    ...(wechat !== undefined && {
      wechat: {
        appId: wechat,
        secret: given(env, 'WECHAT_APP_SECRET'),
        templateId: given(env, 'WECHAT_TEMPLATE_ID'),
        ...(apiUrl !== undefined && { apiUrl }),
        ...(openUrl !== undefined && { openUrl }),
      },
    }),
  };
}

const bad = (name: string, en: string, zh: string): BadSetting => new BadSetting(`${name} ${en}. ${name} ${zh}。`);

/** fetch takes no address with a user: every message would stay as if the gateway were away. */
function smsGateway(env: NodeJS.ProcessEnv): string | undefined {
  const url = address(env, 'SMS_GATEWAY_URL', HTTP);
  if (url !== undefined && new URL(url).username + new URL(url).password !== '') {
    throw bad(
      'SMS_GATEWAY_URL',
      'must hold no user and no password; SMS_GATEWAY_TOKEN is for that',
      '须不含用户名和密码，请改用 SMS_GATEWAY_TOKEN',
    );
  }
  return url;
}

const missing = (name: string): BadSetting =>
  bad(name, 'must be set too: messages that leave need it', '也须设置：向外发送消息时需要');

function given(env: NodeJS.ProcessEnv, name: string): string {
  const text = env[name];
  if (!text) throw missing(name);
  return text;
}

function sender(env: NodeJS.ProcessEnv): string {
  const text = given(env, 'MAIL_FROM');
  if (!/^[^\s@<>,]+@[^\s@<>,]+$/.test(text)) {
    throw bad('MAIL_FROM', `must be a mail address, not "${text}"`, `须为邮箱地址，不能是 "${text}"`);
  }
  return text;
}

type AddressForm = { readonly protocols: RegExp; readonly form: string };
const HTTP: AddressForm = { protocols: /^https?:$/, form: 'https://host' };
const SMTP: AddressForm = { protocols: /^smtps?:$/, form: 'smtps://user:password@host' };
const POSTGRES: AddressForm = { protocols: /^postgres(ql)?:$/, form: 'postgres://user:password@host:5432/database' };

/** Undefined when it is not set. The value is not repeated: it may hold a password. */
function address(env: NodeJS.ProcessEnv, name: string, { protocols, form }: AddressForm): string | undefined {
  const text = env[name];
  if (!text) return undefined;
  if (!URL.canParse(text) || !protocols.test(new URL(text).protocol)) {
    throw bad(name, `must be an address like ${form}`, `须为 ${form} 形式的地址`);
  }
  return text;
}

/** It is not repeated either. */
function serverKey({ PEITAO_SERVER_KEY: text }: NodeJS.ProcessEnv): string | undefined {
  if (!text) return undefined;
  if (!/^\s*([0-9a-f]{2}){32,}\s*$/i.test(text)) {
    throw bad('PEITAO_SERVER_KEY', 'must be 64 or more hexadecimal digits', '须为 64 位或更多的十六进制数字（偶数位）');
  }
  return text;
}

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

function oneOf(env: NodeJS.ProcessEnv, name: string, words: readonly string[], usual: string): string {
  const text = env[name] || usual;
  if (!words.includes(text)) {
    throw bad(
      name,
      `must be one of ${words.join(', ')}, not "${text}"`,
      `须为 ${words.join('、')} 之一，不能是 "${text}"`,
    );
  }
  return text;
}

function timeOfDay(env: NodeJS.ProcessEnv, name: string, usual: string): string {
  const text = env[name] || usual;
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) {
    throw bad(name, `must be a time like 18:00, not "${text}"`, `须为 18:00 形式的时间，不能是 "${text}"`);
  }
  return text;
}

function whole(env: NodeJS.ProcessEnv, name: string, usual: number, most: number): number {
  const text = env[name];
  if (text === undefined || text === '') return usual;
  if (!/^\d{1,6}$/.test(text) || Number(text) > most) {
    throw bad(
      name,
      `must be a whole number from 0 to ${most}, not "${text}"`,
      `须为 0 至 ${most} 的整数，不能是 "${text}"`,
    );
  }
  return Number(text);
}
