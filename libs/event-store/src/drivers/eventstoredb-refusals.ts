import { StoreUnavailable } from '../event-store';

// Apart from the client, so that whoever starts a program can tell them without loading it.

/** An address that cannot be used; its message is for the person who set it, and never repeats the address: it may hold a password. */
export class BadEventStoreUrl extends Error {
  constructor(zh: string, en: string) {
    super(sentences(zh, en));
    this.name = 'BadEventStoreUrl';
  }
}

/**
 * The server does not let us in. A program does not start so; one that runs waits for whoever changed the password: what was to
 * be done is still to be done.
 */
export class EventStoreRefused extends StoreUnavailable {
  constructor() {
    super(
      sentences(
        '中的账户被 EventStoreDB 拒绝：须给出有权读取全部流并写入的用户名和密码',
        'has credentials that EventStoreDB refuses: it must name a user who may read all streams and write',
      ),
    );
    this.name = 'EventStoreRefused';
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
  constructor(cause: StoreUnavailable) {
    super(
      `${sentences('指向的 EventStoreDB 没有应答', 'names an EventStoreDB that does not answer')} (${cause.message})`,
      {
        cause,
      },
    );
    this.name = 'EventStoreUnreachable';
  }
}

const sentences = (zh: string, en: string): string => `EVENTSTORE_URL ${en}. EVENTSTORE_URL ${zh}。`;
