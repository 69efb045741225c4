import { StoreUnavailable } from '../event-store';

// Apart from the client, so that whoever starts a program can tell them without loading it.

/** An address that cannot be used; its message is for the person who set it, and never repeats the address: it may hold a password. */
export class BadEventStoreUrl extends Error {
  constructor(
    private readonly zh: string,
    private readonly en: string,
  ) {
    super(sentences(SETTING, zh, en));
    this.name = 'BadEventStoreUrl';
  }

  /** The same of an address that was given in another place than the setting. */
  of(place: string): string {
    return sentences(place, this.zh, this.en);
  }
}

/**
 * The server does not let us in. A program does not start so; one that runs waits for whoever changed the password: what was to
 * be done is still to be done.
 */
export class EventStoreRefused extends StoreUnavailable {
  constructor() {
    super(EventStoreRefused.of(SETTING));
    this.name = 'EventStoreRefused';
  }

  private static of(place: string): string {
    return sentences(
      place,
      '中的账户被 EventStoreDB 拒绝：须给出有权读取全部流并写入的用户名和密码',
      'has credentials that EventStoreDB refuses: it must name a user who may read all streams and write',
    );
  }

  /** The same of an address that was given in another place than the setting. */
  of(place: string): string {
    return EventStoreRefused.of(place);
  }
}

/** Events of somebody else stand in it: the log would not be ours alone. */
export class ForeignDatabase extends BadEventStoreUrl {
  constructor() {
    super(
      '指向的数据库中已有其他系统的事件：事件日志须独占一个 EventStoreDB',
      'names a database that holds events of something else: the log needs an EventStoreDB of its own',
    );
    this.name = 'ForeignDatabase';
  }
}

/** Nobody answered when the log was opened. */
export class EventStoreUnreachable extends StoreUnavailable {
  constructor(private readonly why: StoreUnavailable) {
    super(EventStoreUnreachable.of(SETTING, why), { cause: why });
    this.name = 'EventStoreUnreachable';
  }

  private static of(place: string, { message }: StoreUnavailable): string {
    const said = sentences(place, '指向的 EventStoreDB 没有应答', 'names an EventStoreDB that does not answer');
    return `${said} (${message})`;
  }

  /** The same of an address that was given in another place than the setting. */
  of(place: string): string {
    return EventStoreUnreachable.of(place, this.why);
  }
}

const SETTING = 'EVENTSTORE_URL';

function sentences(place: string, zh: string, en: string): string {
  return `${place} ${en}. ${place} ${zh}。`;
}
