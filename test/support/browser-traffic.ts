import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { pause } from '@app/kernel';
import { entriesOf } from './zip-entries';

/** What one request of a browser got; `chunks` grows while the answer comes, as that of a live stream always does. */
export type Exchange = {
  readonly method: string;
  readonly path: string;
  status: number;
  headers: string;
  readonly chunks: Buffer[];
  readonly began: number;
  encoding: string;
  ended: boolean;
};

/**
 * Stands between one person's browser and the application, and keeps every byte of every answer, live streams too. It
 * can also lose what a line loses.
 */
export class Traffic {
  readonly exchanges: Exchange[] = [];
  /** For requests that this holds of, the application acts and the answer is lost on its way. */
  losesAnswerOf: (method: string, path: string) => boolean = () => false;
  private readonly agent = new Agent({ keepAlive: true });
  private readonly sockets = new Set<Socket>();
  private quietSince = performance.now();
  private readonly server = createServer((asked, answer) => this.pass(asked, answer));
  url = '';

  private constructor(private readonly to: URL) {}

  static async to(url: string): Promise<Traffic> {
    const traffic = new Traffic(new URL(url));
    const { server } = traffic;
    // A browser sends on a connection that it has; one that ends just then would look like a line that is cut.
    server.keepAliveTimeout = 120_000;
    server.on('connection', (socket) => {
      traffic.sockets.add(socket);
      socket.once('close', () => traffic.sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    traffic.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return traffic;
  }

  /** The answers that are under way; live streams do not count. */
  awaited(): string[] {
    const open = this.exchanges.filter(({ ended, path }) => !ended && !path.startsWith('/api/live'));
    return open.map(({ method, path }) => `${method} ${path}`);
  }

  /** Milliseconds since the last answer ended, and 0 while one is awaited. */
  quietFor(): number {
    return this.awaited().length > 0 ? 0 : performance.now() - this.quietSince;
  }

  /** What was quiet before counts no more. */
  listen(): void {
    this.quietSince = performance.now();
  }

  /** Resolves when it has been quiet for so many milliseconds, or at the deadline (of `performance.now()`). */
  async quiet(milliseconds: number, deadline: number): Promise<void> {
    for (let left = milliseconds; left > 0 && performance.now() < deadline;) {
      await pause(left);
      left = milliseconds - this.quietFor();
    }
  }

  /** Every answer in which one of the texts stands: in its headers, its body, or a file packed into it. */
  async carrying(...texts: readonly string[]): Promise<string[]> {
    const found: string[] = [];
    for (const exchange of this.exchanges) {
      const bytes = await readable(exchange);
      for (const text of texts) if (bytes.includes(text)) found.push(`${exchange.method} ${exchange.path}: ${text}`);
    }
    return found;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.agent.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private pass(asked: IncomingMessage, answer: ServerResponse): void {
    const { method = 'GET', url: path = '/', headers } = asked;
    const exchange: Exchange = {
      method,
      path,
      status: 0,
      headers: '',
      chunks: [],
      began: performance.now(),
      encoding: '',
      ended: false,
    };
    this.exchanges.push(exchange);
    const end = () => {
      exchange.ended = true;
      this.quietSince = performance.now();
    };
    answer.once('close', end);
    const { hostname, port } = this.to;
    const onward = request({ hostname, port, method, path, headers, agent: this.agent }, (got) => {
      exchange.status = got.statusCode ?? 0;
      exchange.headers = got.rawHeaders.join('\n');
      exchange.encoding = got.headers['content-encoding'] ?? '';
      if (this.losesAnswerOf(method, path)) {
        got.resume().once('end', () => answer.destroy());
        return;
      }
      answer.writeHead(exchange.status, got.rawHeaders);
      got.on('data', (chunk: Buffer) => exchange.chunks.push(chunk));
      got.on('error', () => answer.destroy());
      got.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    answer.once('close', () => onward.destroy());
    asked.pipe(onward);
  }
}

/** Headers and body as they read once unpacked. */
async function readable({ headers, chunks, encoding }: Exchange): Promise<Buffer> {
  const raw = Buffer.concat(chunks);
  const body = encoding === 'br' ? brotliDecompressSync(raw) : encoding === 'gzip' ? gunzipSync(raw) : raw;
  return Buffer.concat([Buffer.from(`${headers}\n`), body, ...(await entriesOf(body))]);
}
