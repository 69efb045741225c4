import { Call, Source } from './eventstoredb-call';
import { NodeClient } from './eventstoredb-client';
import { closed, givenUp, isNotLeader, isPassing } from './eventstoredb-errors';
import { EventStoreAddress } from './eventstoredb-url';

/** Under the hundred calls after which a connection answers nothing any more. */
const MOST_CALLS = 80;

/**
 * One connection, made anew as often as needed. The client goes on with a node that does not answer, and is of no use any more
 * when it once found none; so whoever meets that gives the client up, and the next one is made when the old one has gone.
 */
export class Connection {
  private client: NodeClient | undefined;
  private leaving: Promise<void> | undefined;
  private readonly calls = new Map<Call, NodeClient>();
  private readonly waiting: (() => void)[] = [];
  private isClosed = false;
  private used = 0;

  constructor(
    private readonly address: EventStoreAddress,
    private readonly prepare: (client: NodeClient) => void = () => undefined,
  ) {}

  /** Throws StoreUnavailable after it was closed. */
  async current(): Promise<NodeClient> {
    while (this.leaving) await this.leaving;
    return this.made();
  }

  /** The same at once, if there is one. */
  ready(): NodeClient | undefined {
    return this.client;
  }

  get hasRoom(): boolean {
    return this.used < MOST_CALLS;
  }

  /** Waits for its turn where too many calls are under way. Whoever calls must `leave`. */
  async call(open: (client: NodeClient) => Source): Promise<Call> {
    while (!this.hasRoom) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.used++;
    try {
      const client = await this.current();
      const call = new Call(open(client));
      this.calls.set(call, client);
      return call;
    } catch (error) {
      this.release();
      throw error;
    }
  }

  leave(call: Call): void {
    if (!this.calls.delete(call)) return;
    void call.leave().then(() => this.release());
  }

  /** After an error of a call: gives up the client that it was made on, unless that knows better where to go. */
  failed(call: Call, error: unknown): void {
    const client = this.calls.get(call);
    if (client && isPassing(error) && !isNotLeader(error)) this.giveUp(client);
  }

  /** All that is under way on it fails. */
  giveUp(client = this.client): void {
    if (client === undefined || client !== this.client) return;
    this.client = undefined;
    for (const [call, itsClient] of this.calls) if (itsClient === client) call.fail(givenUp());
    const leaving = client.close().then(() => {
      if (this.leaving === leaving) this.leaving = undefined;
    });
    this.leaving = leaving;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const call of this.calls.keys()) call.fail(closed());
    for (const wake of this.waiting.splice(0)) wake();
    this.giveUp();
    await this.leaving;
  }

  private made(): NodeClient {
    if (this.isClosed) throw closed();
    if (this.client) return this.client;
    const client = new NodeClient(this.address);
    this.prepare(client);
    return (this.client = client);
  }

  private release(): void {
    this.used--;
    this.waiting.shift()?.();
  }
}
