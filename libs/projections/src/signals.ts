import { pause } from '@app/kernel';
import { Client } from 'pg';

/**
 * What processes of the platform call out to each other by NOTIFY: 'changes' rows of a view changed, 'switched'
 * another schema serves, 'waiting' somebody waits for a view, 'moved' a view that is waited for has moved, 'parked'
 * an operator decided, 'released' a follower was let go. Hints all of them: one that is lost costs the time until the
 * next look.
 */
export type Channel = 'changes' | 'switched' | 'waiting' | 'moved' | 'parked' | 'released';
const CHANNELS: readonly Channel[] = ['changes', 'switched', 'waiting', 'moved', 'parked', 'released'];

const RECONNECT_AFTER = 250;
/** NOTIFY refuses payloads from 8000 bytes on. */
export const LARGEST_SIGNAL = 7_500;

const MOST_AT_ONCE = 50;
/** A connection that is stuck must not fill the memory. */
const MOST_UNSENT = 1_000;
/** How long a stopping process waits for its last signals to go out, in milliseconds. */
const LAST_SIGNALS = 1_000;

type Listener = (payload: string) => void;

/** LISTEN and NOTIFY on a connection of their own, which comes back by itself. */
export class Signals {
  private client: Client | undefined;
  private readonly listeners = new Map<Channel, Set<Listener>>(CHANNELS.map((channel) => [channel, new Set()]));
  private readonly reconnected = new Set<() => void>();
  private readonly ending = new AbortController();
  private looping: Promise<void> | undefined;
  private unsent: (readonly [Channel, string])[] = [];
  private sending: Promise<void> | undefined;

  constructor(
    private readonly url: string,
    private readonly serverName: string,
  ) {}

  /** Resolves when it first listens; rejects when it cannot. */
  async start(): Promise<void> {
    const first = await this.connect();
    this.looping = this.stayConnected(first);
  }

  async stop(): Promise<void> {
    this.ending.abort();
    // Ending a connection cuts off the statement that it is at.
    const late = new AbortController();
    await Promise.race([this.sending, pause(LAST_SIGNALS, late.signal)]);
    late.abort();
    await this.client?.end().catch(() => undefined);
    await this.looping;
  }

  /** Calls back for every signal, also for those of this process. Returns what ends it. */
  on(channel: Channel, listener: Listener): () => void {
    const listeners = this.listeners.get(channel)!;
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Calls back when the connection is there again: signals were missed. */
  onReconnected(listener: () => void): () => void {
    this.reconnected.add(listener);
    return () => this.reconnected.delete(listener);
  }

  /** Sends what it can. Nothing waits for it and nothing depends on it. */
  send(channel: Channel, payloads: readonly string[]): void {
    if (this.unsent.length > MOST_UNSENT) return;
    this.unsent.push(...payloads.map((payload) => [channel, payload] as const));
    this.sending ??= this.sendAll();
  }

  /** One statement at a time; what comes meanwhile goes together with the next. */
  private async sendAll(): Promise<void> {
    while (this.unsent.length > 0) {
      const calls = this.unsent.splice(0, MOST_AT_ONCE);
      const values = calls.map((_, index) => `pg_notify($${2 * index + 1}, $${2 * index + 2})`).join(', ');
      const parameters = calls.flatMap(([channel, payload]) => [`peitao_${channel}`, payload]);
      await this.client?.query(`SELECT ${values}`, parameters).catch(() => undefined);
    }
    this.sending = undefined;
  }

  private async connect(): Promise<Client> {
    const client = new Client({ connectionString: this.url, application_name: this.serverName, keepAlive: true });
    client.on('notification', ({ channel, payload }) => {
      const name = channel.replace('peitao_', '') as Channel;
      for (const listener of this.listeners.get(name) ?? []) listener(payload ?? '');
    });
    client.on('error', () => undefined);
    await client.connect();
    await client.query(CHANNELS.map((channel) => `LISTEN peitao_${channel}`).join('; '));
    this.client = client;
    return client;
  }

  private async stayConnected(first: Client): Promise<void> {
    for (let client: Client | undefined = first; ;) {
      if (client) await new Promise<void>((resolve) => client!.once('end', resolve));
      this.client = undefined;
      if (this.ending.signal.aborted) return;
      await pause(RECONNECT_AFTER, this.ending.signal);
      if (this.ending.signal.aborted) return;
      client = await this.connect().catch(() => undefined);
      if (client) for (const listener of this.reconnected) listener();
    }
  }
}
