import { StoreUnavailable } from './event-store';

export type LogKind = 'PostgreSQL' | 'EventStoreDB';

/** Which log, and what kind of store holds it. */
export type LogName = { readonly store: string; readonly kind: LogKind };

/** What a log says of its own move; the newest mark counts, and a log without one is open. */
export type LogMark =
  /** It was moved, or is being moved, to another log: nobody appends any more. */
  | { readonly mark: 'sealed'; readonly other: LogName }
  /** It is being filled from another log, by whoever moves that. */
  | { readonly mark: 'copying'; readonly other: LogName }
  /** It holds all of the other log, and is in use since. */
  | { readonly mark: 'copied'; readonly other: LogName }
  /** The move to the other log was given up. */
  | { readonly mark: 'open'; readonly other: LogName };

/** As a log has it: with its time, where the store keeps that beside it. */
export type FoundMark = LogMark & { readonly at?: Date };

const USE = {
  PostgreSQL: {
    zh: '清空 EVENTSTORE_URL，并以 DATABASE_URL 指向该库',
    en: 'unset EVENTSTORE_URL and let DATABASE_URL name that database',
  },
  EventStoreDB: { zh: '将 EVENTSTORE_URL 设为该库的地址', en: 'set EVENTSTORE_URL to it' },
} as const;

/**
 * The log was moved to another store. Never written then: the same command is taken by a process with the new setting, so it
 * counts as unavailable, and here it stays so.
 */
export class LogSealed extends StoreUnavailable {
  constructor(readonly to: LogName) {
    super(
      `the log is sealed, since it moves to ${to.kind} (store ${to.store}): run "peitao migrate-log" until it says that it ` +
        `is done, then ${USE[to.kind].en}. 事件日志已封存，正在或已经迁至 ${to.kind}（库 ${to.store}）：` +
        `请运行 peitao migrate-log 直至完成，然后${USE[to.kind].zh}。`,
    );
    this.name = 'LogSealed';
  }
}

/** The log is not whole yet: whoever fills it comes first. */
export class UnfinishedCopy extends StoreUnavailable {
  constructor(readonly from: LogName) {
    super(
      `the log is an unfinished copy of one in ${from.kind} (store ${from.store}): run "peitao migrate-log" until it says ` +
        `that it is done. 此事件日志是 ${from.kind} 日志（库 ${from.store}）尚未完成的副本：请运行 peitao migrate-log 直至完成。`,
    );
    this.name = 'UnfinishedCopy';
  }
}

/** Why a process of the platform may not append under this mark; undefined when it may. */
export function refusalUnder(mark: LogMark | undefined): LogSealed | UnfinishedCopy | undefined {
  if (mark?.mark === 'sealed') return new LogSealed(mark.other);
  return mark?.mark === 'copying' ? new UnfinishedCopy(mark.other) : undefined;
}
