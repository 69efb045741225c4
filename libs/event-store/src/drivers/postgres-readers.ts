import { StoreUnavailable } from '../event-store';
import { ANSWER_WITHIN, connect, Connection, unavailableOr } from './postgres-connection';
import { queryText } from './postgres-query';

/**
 * Connections for reading, at most so many. Not `pg.Pool`: its time limit on queries makes reading a log slower by a quarter,
 * and it gives an idle connection only in a later turn, when whoever reads ahead is busy with the page that it has.
 */
export class PostgresReaders {
  private readonly idle: Connection[] = [];
  private readonly busy = new Map<Connection, number>();
  private readonly waiting: (() => void)[] = [];
  private opening = 0;
  private isClosed = false;
  private readonly watch = setInterval(() => this.cutSilent(), 1_000).unref();

  constructor(
    private readonly url: string,
    private readonly most: number,
  ) {}

  /** Rows as text. Throws StoreUnavailable when there is no answer now. */
  async query<R extends (string | null)[]>(name: string, text: string, values: unknown[]): Promise<R[]> {
    const connection = this.take() ?? (await this.next());
    try {
      const rows = await queryText<R>(connection.client, name, text, values);
      this.release(connection);
      return rows;
    } catch (failure) {
      const error = unavailableOr(failure);
      if (error instanceof StoreUnavailable) this.drop(connection);
      else this.release(connection);
      throw error;
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearInterval(this.watch);
    for (const wake of this.waiting.splice(0)) wake();
    for (const connection of this.busy.keys()) connection.cut();
    await Promise.all(this.idle.splice(0).map((connection) => connection.close()));
  }

  private take(): Connection | undefined {
    const connection = this.idle.pop();
    if (connection) this.busy.set(connection, performance.now());
    return connection;
  }

  private async next(): Promise<Connection> {
    for (;;) {
      if (this.isClosed) throw new StoreUnavailable('the event store is closed');
      const connection = this.take();
      if (connection) return connection;
      if (this.busy.size + this.opening < this.most) return this.open();
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  private async open(): Promise<Connection> {
    this.opening++;
    try {
      const connection = await connect(this.url, { name: 'read' });
      connection.client.once('end', () => this.forget(connection));
      this.busy.set(connection, performance.now());
      return connection;
    } catch (error) {
      // Whoever waits for a connection would else wait for one that never comes.
      this.waiting.shift()?.();
      throw error;
    } finally {
      this.opening--;
    }
  }

  private release(connection: Connection): void {
    this.busy.delete(connection);
    if (this.isClosed) void connection.close();
    else this.idle.push(connection);
    this.waiting.shift()?.();
  }

  private drop(connection: Connection): void {
    this.busy.delete(connection);
    connection.cut();
    this.waiting.shift()?.();
  }

  /** The server ended it while it was idle. */
  private forget(connection: Connection): void {
    const place = this.idle.indexOf(connection);
    if (place >= 0) this.idle.splice(place, 1);
  }

  private cutSilent(): void {
    const latest = performance.now() - ANSWER_WITHIN;
    for (const [connection, since] of this.busy) if (since < latest) connection.cut();
  }
}
