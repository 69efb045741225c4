import {
  Appended,
  CaughtUp,
  EventStore,
  Expected,
  Filter,
  matches,
  NewEvent,
  Position,
  Recorded,
  VersionConflict,
} from '@app/event-store';
import { newId } from '@app/kernel';

/**
 * A log of a test's own in a log that all tests of a run share: a real server has one log, and nothing empties it. What goes
 * in and out is the store's; a window begins where the log ended when it was opened, and its streams carry its mark.
 */
export class LogWindow {
  private readonly mark = newId().slice(0, 8);
  private readonly id = newId();

  private constructor(private readonly begin: Position | undefined) {}

  static async open(store: EventStore): Promise<LogWindow> {
    return new LogWindow(await store.head());
  }

  over(store: EventStore): EventStore {
    return new WindowedEventStore(store, { begin: this.begin, mark: `.${this.mark}`, id: this.id });
  }
}

class WindowedEventStore extends EventStore {
  constructor(
    private readonly store: EventStore,
    private readonly window: { begin: Position | undefined; mark: string; id: string },
  ) {
    super();
  }

  async storeId(): Promise<string> {
    return this.window.id;
  }

  async append(stream: string, expected: Expected, events: readonly NewEvent[]): Promise<Appended> {
    try {
      return await this.store.append(stream + this.window.mark, expected, events);
    } catch (error) {
      throw error instanceof VersionConflict ? new VersionConflict(stream, error.expected, error.actual) : error;
    }
  }

  async *read(stream: string, options?: Parameters<EventStore['read']>[1]): AsyncIterable<Recorded> {
    for await (const event of this.store.read(stream + this.window.mark, options)) yield this.unmarked(event);
  }

  async *readAll({
    after = this.window.begin,
    filter,
    max = Infinity,
  }: { after?: Position; filter?: Filter; max?: number } = {}): AsyncIterable<Recorded> {
    let left = max;
    if (left <= 0) return;
    for await (const event of this.store.readAll({ after, filter })) {
      if (!this.isMine(event)) continue;
      yield this.unmarked(event);
      if (--left === 0) return;
    }
  }

  async *subscribe({
    after = this.window.begin,
    filter,
    signal,
  }: {
    after?: Position;
    filter?: Filter;
    signal: AbortSignal;
  }): AsyncIterable<Recorded | CaughtUp> {
    for await (const news of this.store.subscribe({ after, filter, signal })) {
      if ('caughtUp' in news) yield news.position === this.window.begin ? { ...news, position: undefined } : news;
      else if (this.isMine(news) && matches(filter, news.stream, news.type)) yield this.unmarked(news);
    }
  }

  async head(): Promise<Position | undefined> {
    const head = await this.store.head();
    const { begin } = this.window;
    if (head === undefined || (begin !== undefined && this.compare(head, begin) <= 0)) return undefined;
    let mine: Position | undefined;
    for await (const { position } of this.readAll()) mine = position;
    return mine;
  }

  compare(a: Position, b: Position): number {
    return this.store.compare(a, b);
  }

  close(): Promise<void> {
    return this.store.close();
  }

  private isMine = ({ stream }: Recorded): boolean => stream.endsWith(this.window.mark);
  private unmarked = (event: Recorded): Recorded => ({
    ...event,
    stream: event.stream.slice(0, -this.window.mark.length),
  });
}
