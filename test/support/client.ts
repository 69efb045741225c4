/* eslint-disable @typescript-eslint/no-explicit-any -- answers are JSON of any shape; a story's assertions check it */
import { randomUUID } from 'node:crypto';

export type Answer<T = any> = {
  readonly status: number;
  /** Parsed JSON, the bytes of a workbook, the text of anything else, or undefined where there is none. */
  readonly body: T;
  readonly headers: Headers;
};

export type Asked = {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Idempotency-Key; a new one for every write unless given, and none when null. */
  readonly key?: string | null;
  readonly query?: Readonly<Record<string, string>>;
};

/** How long followers of a machine that is busy with other tests may take, in milliseconds. */
const PATIENCE = 30_000;

/** What signs requests in: the session's cookie and the token that a page sends back with it. */
export type SignedIn = { readonly cookie: string; readonly csrf: string };

/**
 * One person's client over real HTTP. Every write carries an Idempotency-Key, and every read the position of the last
 * write of any client of the same application, so that a story sees what it did.
 */
export class Client {
  constructor(
    private readonly url: string,
    private readonly shared: { position?: string },
    private readonly signedIn?: SignedIn,
    /** The account's id, or undefined for somebody without a sign-in. */
    readonly account?: string,
  ) {}

  get = <T = any>(path: string, asked: Omit<Asked, 'key' | 'body'> = {}): Promise<Answer<T>> =>
    this.send('GET', path, asked);
  post = <T = any>(path: string, body?: unknown, asked: Omit<Asked, 'body'> = {}): Promise<Answer<T>> =>
    this.send('POST', path, { ...asked, body });
  put = <T = any>(path: string, body?: unknown, asked: Omit<Asked, 'body'> = {}): Promise<Answer<T>> =>
    this.send('PUT', path, { ...asked, body });
  patch = <T = any>(path: string, body?: unknown, asked: Omit<Asked, 'body'> = {}): Promise<Answer<T>> =>
    this.send('PATCH', path, { ...asked, body });
  delete = <T = any>(path: string, asked: Asked = {}): Promise<Answer<T>> => this.send('DELETE', path, asked);

  /**
   * `path` begins with `/`; a string, Buffer or FormData goes as it is, anything else as JSON. A read is sent again where a
   * view is late for the client's own last write, as its `Retry-After` says.
   */
  async send<T = any>(method: string, path: string, asked: Asked = {}): Promise<Answer<T>> {
    for (const end = performance.now() + PATIENCE; ;) {
      const answer = await this.once<T>(method, path, asked);
      const isLate = answer.status === 503 && (answer.body as { code?: string } | undefined)?.code === 'not-caught-up';
      if (!isLate || asked.headers?.['Peitao-Position'] !== undefined || performance.now() > end) return answer;
    }
  }

  private async once<T>(method: string, path: string, { body, headers, key, query }: Asked): Promise<Answer<T>> {
    const write = method !== 'GET' && method !== 'HEAD';
    const raw =
      body === undefined || typeof body === 'string' || body instanceof Uint8Array || body instanceof FormData;
    const response = await fetch(this.url + path + (query ? `?${new URLSearchParams(query).toString()}` : ''), {
      method,
      headers: {
        ...(this.signedIn && { Cookie: this.signedIn.cookie }),
        ...(this.signedIn && write && { 'Peitao-CSRF': this.signedIn.csrf }),
        ...(write && key !== null && { 'Idempotency-Key': key ?? randomUUID() }),
        ...(!write && this.shared.position !== undefined && { 'Peitao-Position': this.shared.position }),
        ...(!raw && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && {
        body: raw ? (body as string | Uint8Array<ArrayBuffer> | FormData) : JSON.stringify(body),
      }),
    });
    const position = response.headers.get('peitao-position');
    if (position) this.shared.position = position;
    const { status, headers: told } = response;
    if (/(spreadsheet|wordprocessing)ml/.test(told.get('content-type') ?? '')) {
      return { status, body: Buffer.from(await response.arrayBuffer()) as T, headers: told };
    }
    const text = await response.text();
    const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
    const parsed: unknown = text === '' ? undefined : isJson ? JSON.parse(text) : text;
    return { status, body: parsed as T, headers: told };
  }

  /** Server-sent events of `/api/live`; ends when the signal fires or the server ends the stream. */
  async *live(views: string, signal: AbortSignal, lastEventId?: string): AsyncGenerator<LiveMessage> {
    const response = await fetch(`${this.url}/api/live?views=${views}`, {
      signal,
      headers: {
        ...(this.signedIn && { Cookie: this.signedIn.cookie }),
        ...(lastEventId !== undefined && { 'Last-Event-ID': lastEventId }),
      },
    });
    if (response.status !== 200) throw new Error(`live stream: ${response.status} ${await response.text()}`);
    const decoder = new TextDecoder();
    let text = '';
    let id = '';
    try {
      for await (const chunk of response.body!) {
        text += decoder.decode(chunk as Uint8Array, { stream: true });
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const lines = text.slice(0, end).split('\n');
          text = text.slice(end + 2);
          const value = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
          id = value('id') ?? id;
          yield { event: value('event') ?? 'beat', data: JSON.parse(value('data') ?? '{}') as LiveMessage['data'], id };
        }
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}

/** `beat` has no data: the stream is alive, and the first of them says that it listens. */
export type LiveMessage = {
  readonly event: string;
  readonly data: { readonly view?: string; readonly key?: string };
  readonly id: string;
};
