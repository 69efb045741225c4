import { randomUUID } from 'node:crypto';
import { derivedId, pause } from '@app/kernel';
import type { SignedIn } from '../support/client';

/** How long one try may take, in milliseconds: a process that was stopped answers nothing. */
const TRY = 4_000;
const PATIENCE = 60_000;
const AGAIN_AFTER = 100;

/** A write that was answered with success: what the log must hold of it, once. */
export type Acknowledged = { readonly commandId: string; readonly type: string };
export type Answered = { readonly status: number; readonly body: unknown; readonly position: string | undefined };

/** What all clients of a campaign were told. */
export class Ledger {
  readonly acknowledged: Acknowledged[] = [];
  /** Tries that were not answered, or told to come again. */
  unanswered = 0;
}

/** An answer that no retry makes better. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    act: string,
  ) {
    super(`${act}: ${status} ${code}`);
  }
}

/**
 * One person's client. It sends a write again and again under the same Idempotency-Key until it is answered. Several acts of
 * one person may be under way, so that each keeps the position of its own write.
 */
export class PatientClient {
  constructor(
    private readonly url: string,
    private readonly account: string,
    private readonly signedIn: SignedIn,
    private readonly ledger: Ledger,
    /** Where its requests are counted. */
    private readonly address: string,
  ) {}

  /** `type` is that of the event which the act must leave in the log. Returns the write's position. Throws Refusal. */
  async write(type: string, method: string, path: string, body: object): Promise<string | undefined> {
    const key = randomUUID();
    const { position } = await this.until(type, () => this.send(method, path, { body, key }));
    this.ledger.acknowledged.push({ commandId: derivedId('http', `account:${this.account}`, key), type });
    return position;
  }

  /** As write, by a client that does not know what a retry is: `again` makes a new act for each try. */
  async writeCarelessly(act: string, method: string, path: string, again: () => object): Promise<void> {
    await this.until(act, () => this.send(method, path, { body: again(), key: randomUUID() }));
  }

  /** `after`: the position of a write that the answer must show. */
  async read(path: string, after?: string): Promise<Answered> {
    return this.until(path, () => this.send('GET', path, after === undefined ? {} : { after }));
  }

  private async until(act: string, attempt: () => Promise<Answered>): Promise<Answered> {
    for (const end = performance.now() + PATIENCE; ;) {
      const answered = await attempt().catch(() => undefined);
      if (answered && answered.status < 300) return answered;
      if (answered && ![429, 502, 503].includes(answered.status)) {
        throw new Refusal(answered.status, (answered.body as { code?: string } | undefined)?.code ?? '', act);
      }
      if (performance.now() > end) throw new Error(`${act}: not answered within ${PATIENCE} ms`);
      this.ledger.unanswered++;
      await pause(AGAIN_AFTER * (1 + Math.random()));
    }
  }

  private async send(
    method: string,
    path: string,
    { body, key, after }: { body?: object; key?: string; after?: string },
  ): Promise<Answered> {
    const response = await fetch(this.url + path, {
      method,
      signal: AbortSignal.timeout(TRY),
      headers: {
        Cookie: this.signedIn.cookie,
        'X-Forwarded-For': this.address,
        ...(after !== undefined && { 'Peitao-Position': after }),
        ...(key !== undefined && {
          'Peitao-CSRF': this.signedIn.csrf,
          'Idempotency-Key': key,
          'Content-Type': 'application/json',
        }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
    const position = response.headers.get('peitao-position') ?? undefined;
    return { status: response.status, body: isJson ? (JSON.parse(text) as unknown) : undefined, position };
  }
}
