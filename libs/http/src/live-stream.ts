import { once } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { Actor } from '@app/auth';
import { pause } from '@app/kernel';
import type { Request, Response } from 'express';
import type { HttpOptions } from './http-options';
import { LiveHub } from './live-hub';
import type { Heard, Place } from './live-memory';
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
export const STREAM_HEADERS: ReadonlyMap<string, string> = new Map([
  ['Content-Type', 'text/event-stream; charset=utf-8'],
  ['Cache-Control', 'no-store'],
  // Proxies that gather answers would hold the messages back.
  ['X-Accel-Buffering', 'no'],
]);
const RELOAD = 'event: reload\ndata: {}\n';

/** One client's stream: before every write its session is looked up anew and the row rule is asked for every key. */
export class LiveStream {
  private readonly ending = new AbortController();
  private told: Place;

  constructor(
    private readonly source: Source,
    private readonly standing: Standing,
    private readonly response: Response,
  ) {
    response.once('close', () => this.ending.abort());
  }

  /** Returns when the client has gone, may hear nothing more, or its session could not be looked up: it comes back then. */
  async run(lastEventId: string | string[] | undefined): Promise<void> {
    const from = this.begin(lastEventId);
    const parts = [this.follow(from), this.beat()].map((part) => part.finally(() => this.ending.abort()));
    await Promise.allSettled(parts);
    this.response.end();
  }

  private begin(lastEventId: string | string[] | undefined): number {
    this.response.status(200).setHeaders(new Map(STREAM_HEADERS));
    this.response.flushHeaders();
    const from = this.placeOf(lastEventId);
    this.told = { number: from, at: performance.now() };
    return from;
  }

  private placeOf(lastEventId: string | string[] | undefined): number {
    const { hub, seals } = this.source;
    if (lastEventId === undefined || lastEventId === '') return hub.next;
    const [life, number, at] = (seals.open('live', String(lastEventId)) ?? []) as [string?, number?, number?];
    return life === hub.life && number !== undefined && at !== undefined ? hub.back({ number, at }) : -1;
  }

  /**
   * What the client may not hear of leaves no trace: neither a message nor a heartbeat comes sooner or later for it, or a
   * rival could count others' offers by them.
   */
  private async follow(from: number): Promise<void> {
    const { hub } = this.source;
    for (let number = from, isFirst = true; !this.ending.signal.aborted && !hub.ended; isFirst = false) {
      const changes = hub.since(number);
      const place = { number: hub.next, at: performance.now() };
      if (isFirst || changes === 'reload' || changes.length > 0) {
        if (!(await this.stillStands())) return;
        const messages = changes === 'reload' ? RELOAD : await this.messages(changes);
        this.told = place;
        if (isFirst || messages !== '') await this.write(messages);
      }
      number = place.number;
      await hub.after(number, this.ending.signal);
      await pause(GATHER, this.ending.signal);
    }
  }

  /** By a timer of its own, which no change touches. */
  private async beat(): Promise<void> {
    const { hub, options } = this.source;
    for (let at = performance.now(); ;) {
      const now = performance.now();
      while (at <= now) at += options.heartbeat;
      await pause(at - now, this.ending.signal);
      if (this.ending.signal.aborted || !(await this.stillStands())) return;
      if (this.told.number === hub.next) this.told = { number: hub.next, at: performance.now() };
      await this.write('');
    }
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
  private async write(messages: string): Promise<void> {
    const { signal } = this.ending;
    if (signal.aborted) return;
    const { hub, seals } = this.source;
    const id = `id: ${seals.seal('live', [hub.life, this.told.number, Math.round(this.told.at)])}\n`;
    const text = messages === '' ? `: beat\n${id}\n` : `${messages}${id}\n`;
    if (!this.response.write(text)) await once(this.response, 'drain', { signal });
  }
}
