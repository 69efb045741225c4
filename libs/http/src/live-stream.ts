import { once } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { Actor } from '@app/auth';
import { pause } from '@app/kernel';
import type { Request, Response } from 'express';
import type { HttpOptions } from './http-options';
import { Heard, LiveHub } from './live-hub';
import { LiveRules } from './live-rules';
import { Seals } from './seals';
import { StandingActors } from './standing-actors';

type Source = {
  readonly hub: LiveHub;
  readonly rules: LiveRules;
  readonly seals: Seals;
  readonly views: ReadonlySet<string>;
  readonly options: HttpOptions;
};
type Standing = { readonly request: Request; readonly actors: StandingActors; readonly actor: Actor | undefined };

/** Changes that come close together are told together. */
const GATHER = 20;
const EVERYTHING = '*';
const RELOAD = 'event: reload\ndata: {}\n';

/** One client's stream: before every write its session is looked up anew and the row rule is asked for every key. */
export class LiveStream {
  private readonly closed = new AbortController();

  constructor(
    private readonly source: Source,
    private readonly standing: Standing,
    private readonly response: Response,
  ) {
    response.once('close', () => this.closed.abort());
  }

  async run(lastEventId: string | string[] | undefined): Promise<void> {
    try {
      await this.follow(this.begin(lastEventId));
    } catch {
      // The session could not be looked up. The client comes back and is answered properly.
    } finally {
      this.response.end();
    }
  }

  private begin(lastEventId: string | string[] | undefined): number {
    this.response.status(200).setHeaders(
      new Map([
        ['Content-Type', 'text/event-stream; charset=utf-8'],
        ['Cache-Control', 'no-store'],
        // Proxies that gather answers would hold the messages back.
        ['X-Accel-Buffering', 'no'],
      ]),
    );
    this.response.flushHeaders();
    const { hub, seals } = this.source;
    if (lastEventId === undefined || lastEventId === '') return hub.next;
    const [life, number] = (seals.open('live', String(lastEventId)) ?? []) as [string?, number?];
    return life === hub.life && number !== undefined ? number : -1;
  }

  /**
   * What the client may not hear of leaves no trace: neither a message nor a heartbeat comes sooner or later for it, or a
   * rival could count others' offers by them.
   */
  private async follow(from: number): Promise<void> {
    const { hub, options } = this.source;
    let number = from;
    let beatAt = 0;
    while (!this.closed.signal.aborted && !hub.ended) {
      const changes = hub.since(number);
      const next = hub.next;
      const isDue = performance.now() >= beatAt;
      if (isDue || changes === 'reload' || changes.length > 0) {
        if (!(await this.stillStands())) return;
        const messages = changes === 'reload' ? RELOAD : await this.messages(changes);
        if (isDue || messages !== '') {
          await this.write(messages, next);
          beatAt = performance.now() + options.heartbeat;
        }
      }
      number = next;
      await this.somethingAfter(number, beatAt - performance.now());
    }
  }

  /** Returns after the next changes, or after so many milliseconds. */
  private async somethingAfter(number: number, milliseconds: number): Promise<void> {
    const { hub } = this.source;
    const wait = new AbortController();
    const end = () => wait.abort();
    const timer = setTimeout(end, Math.max(0, milliseconds));
    this.closed.signal.addEventListener('abort', end, { once: true });
    await hub.after(number, wait.signal);
    clearTimeout(timer);
    this.closed.signal.removeEventListener('abort', end);
    if (hub.next !== number) await pause(GATHER, this.closed.signal);
  }

  /** Signed out, deactivated, suspended or given other roles: what this stream may tell is no longer known. */
  private async stillStands(): Promise<boolean> {
    const { request, actors, actor } = this.standing;
    return actor === undefined || isDeepStrictEqual(await actors.again(actor, request), actor);
  }

  private async messages(changes: readonly Heard[]): Promise<string> {
    const { rules, views } = this.source;
    const { actor } = this.standing;
    const lines = new Set<string>();
    for (const { view, key } of changes) {
      if (!views.has(view)) continue;
      if (key === EVERYTHING) return RELOAD;
      const message = `event: changed\ndata: ${JSON.stringify({ view, key })}\n`;
      if (!lines.has(message) && (await rules.mayHear(actor, view, key))) lines.add(message);
    }
    return [...lines].join('\n');
  }

  /** The id moves on with heartbeats too, so that a client that heard nothing for long need not reload. */
  private async write(messages: string, next: number): Promise<void> {
    const { hub, seals } = this.source;
    const id = `id: ${seals.seal('live', [hub.life, next])}\n`;
    const text = messages === '' ? `: beat\n${id}\n` : `${messages}${id}\n`;
    if (!this.response.write(text)) await once(this.response, 'drain', { signal: this.closed.signal });
  }
}
