import { Agent, createServer, IncomingMessage, request as ask, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pause } from '@app/kernel';

const LOOK_EVERY = 100;
/** A process that does not say within this time that it is ready gets no requests, in milliseconds. */
const PATIENCE = 400;
/** How long a request waits for a process that is ready, in milliseconds. */
const LONGEST_WAIT = 3_000;

type Target = { readonly url: URL; readonly agent: Agent; ready: boolean };

/** Why a request came to no answer; only what was not sent may be sent to another process. */
class Unanswered extends Error {
  constructor(readonly sent: boolean) {
    super('no answer');
  }
}

/**
 * A small reverse proxy on loopback: each request goes to the next process that says it is ready. It keeps connections to
 * them, as proxies do, and never sends a request twice. It passes on whose address a client says it comes from, so that
 * clients of one machine are not counted as one.
 */
export class RoundRobin {
  private readonly targets = new Map<string, Target>();
  private readonly ending = new AbortController();
  private readonly looking: Promise<void>;
  private turn = 0;
  private toLose = 0;

  private constructor(private readonly server: Server) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => void this.pass(request, response));
    this.looking = this.look();
  }

  static async start(): Promise<RoundRobin> {
    const server = createServer();
    // Else it might close a connection in the moment in which a slow client uses it again.
    server.keepAliveTimeout = 120_000;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new RoundRobin(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get ready(): number {
    return [...this.targets.values()].filter(({ ready }) => ready).length;
  }

  add(url: string): void {
    this.targets.set(url, { url: new URL(url), agent: new Agent({ keepAlive: true }), ready: false });
  }

  remove(url: string): void {
    this.targets.get(url)?.agent.destroy();
    this.targets.delete(url);
  }

  /** The next so many writes are carried out, and whoever sent them hears nothing of it. */
  loseAnswers(count: number): void {
    this.toLose = count;
  }

  async stop(): Promise<void> {
    this.ending.abort();
    await this.looking;
    for (const url of [...this.targets.keys()]) this.remove(url);
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    for (const end = performance.now() + LONGEST_WAIT; performance.now() < end && !response.destroyed;) {
      const target = this.next();
      if (!target) {
        await pause(20);
        continue;
      }
      try {
        return await this.forward(target, request, Buffer.concat(chunks), response);
      } catch (error) {
        target.ready = false;
        if (!(error instanceof Unanswered) || error.sent) return refuse(response, 502);
      }
    }
    refuse(response, 503);
  }

  private next(): Target | undefined {
    const ready = [...this.targets.values()].filter((target) => target.ready);
    return ready[this.turn++ % Math.max(1, ready.length)];
  }

  private forward(
    { url, agent }: Target,
    { method = 'GET', url: path = '/', headers }: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
  ): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      let sent = false;
      const passed = ask({ host: url.hostname, port: url.port, agent, method, path, headers }, (answer) => {
        if (method !== 'GET' && this.toLose > 0) {
          this.toLose--;
          answer.resume().once('end', () => response.destroy());
          return resolve();
        }
        response.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(response);
        answer.once('error', () => response.destroy());
        answer.once('close', resolve);
      });
      passed.once('socket', (socket) => {
        if (!socket.connecting) sent = true;
        else socket.once('connect', () => (sent = true));
      });
      passed.once('error', () => reject(new Unanswered(sent)));
      response.once('close', () => passed.destroy());
      passed.end(body);
    });
  }

  /** Which processes are ready, asked again and again. */
  private async look(): Promise<void> {
    while (!this.ending.signal.aborted) {
      await Promise.all(
        [...this.targets.values()].map(async (target) => {
          const signal = AbortSignal.timeout(PATIENCE);
          target.ready = await fetch(new URL('/health/ready', target.url), { signal }).then(
            async (answer) => (await answer.text(), answer.ok),
            () => false,
          );
        }),
      );
      await pause(LOOK_EVERY, this.ending.signal);
    }
  }
}

function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { 'Retry-After': '1' });
  response.end();
}
