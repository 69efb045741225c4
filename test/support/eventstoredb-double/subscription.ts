// Test code. A subscription to $all as the server runs it: from after a position, page by page until it has caught up, then
// live, back to pages when its client is slow; checkpoints by the number of events looked at, and none while nothing is written.
import { randomUUID } from 'node:crypto';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import type { EventLog, LogRecord } from './log';
import { drained } from './reading';
import {
  BEFORE_EVERYTHING,
  caughtUp,
  checkpoint,
  comparePlaces,
  confirmation,
  encodedRecord,
  type Place,
  placeAt,
  placeOf,
  type ReadAnswer,
  rpcErrors,
} from './wire';

const PAGE = 32;
/** The server keeps so many live events for a subscriber; more, and it is sent back to reading pages. */
const LIVE_BUFFER = 32;

/** The part of the log that a node shows, and its growing. */
export interface Shown {
  log: EventLog;
  visible(): number;
  onGrown(listener: () => void): () => void;
}

interface Filter {
  allows(record: LogRecord): boolean;
  window: number;
  checkpointEvery: number;
}

export class Subscription {
  private place: Place;
  /** Index of the next record to look at. */
  private next = 0;
  private lastCheckpoint?: Place;
  private wake?: () => void;

  constructor(
    private readonly call: ServerWritableStream<ReadReq, ReadAnswer>,
    private readonly shown: Shown,
    private readonly filter: Filter | undefined,
    from: ReadReq.Options.AllOptions,
  ) {
    const last = this.lastPlace();
    this.place = from.hasStart() ? BEFORE_EVERYTHING : from.hasEnd() ? last : placeOf(from.getPosition());
  }

  async run(): Promise<void> {
    const unlisten = this.shown.onGrown(() => this.wake?.());
    const stop = () => this.wake?.();
    this.call.on('cancelled', stop).on('close', stop);
    try {
      if (!(await this.send(confirmation(randomUUID())))) return;
      const start = this.startIndex();
      if (start === undefined) return void this.call.emit('error', rpcErrors.invalidSubscriptionPosition());
      this.next = start;
      let going = comparePlaces(this.place, this.lastPlace()) >= 0 || (await this.catchUp());
      while (going) going = (await this.live()) && (await this.catchUp());
    } finally {
      unlisten();
      this.call.off('cancelled', stop).off('close', stop);
    }
  }

  /** A place beyond the log is waited for: what is written before it is passed over. */
  private startIndex(): number | undefined {
    if (this.place.commit < 0) return 0;
    return this.shown.log.indexAt(this.place.commit);
  }

  private async catchUp(): Promise<boolean> {
    let counted = 0;
    for (;;) {
      const pageStart = this.next === 0 ? { commit: 0, prepare: 0 } : { commit: this.nextPosition(), prepare: 0 };
      const visible = this.shown.visible();
      let looked = 0;
      for (let found = 0; found < PAGE && looked < (this.filter?.window ?? PAGE) && this.next < visible; this.next++) {
        const record = this.shown.log.records[this.next]!;
        looked++;
        if (!this.wants(record)) continue;
        found++;
        if (!(await this.sendRecord(record))) return false;
      }
      const { filter } = this;
      if (filter) counted += looked;
      if (this.next >= this.shown.visible()) return !filter || this.sendCheckpoint(this.place);
      if (filter && counted >= filter.checkpointEvery) {
        counted %= filter.checkpointEvery;
        if (comparePlaces(this.place, pageStart) < 0) this.place = pageStart;
        if (!(await this.sendCheckpoint(this.place))) return false;
      }
    }
  }

  /** Until the client is so slow that the server would drop live events: true, and the pages bring them. */
  private async live(): Promise<boolean> {
    if (!(await this.send(caughtUp()))) return false;
    const { records } = this.shown.log;
    let counted = 0;
    let waiting = 0;
    for (let seen = this.next; ;) {
      if (this.next >= this.shown.visible() && !(await this.grown())) return false;
      for (const visible = this.shown.visible(); seen < visible && waiting <= LIVE_BUFFER; seen++) {
        if (this.wants(records[seen]!)) waiting++;
      }
      if (waiting > LIVE_BUFFER) return !this.filter || this.sendCheckpoint(this.place);
      const record = records[this.next++]!;
      counted++;
      if (this.wants(record)) {
        waiting--;
        if (!(await this.sendRecord(record))) return false;
      }
      if (this.filter && counted >= this.filter.checkpointEvery) {
        counted = 0;
        this.place = placeAt(record.position);
        if (!(await this.sendCheckpoint(this.place))) return false;
      }
    }
  }

  private wants(record: LogRecord): boolean {
    if (comparePlaces(placeAt(record.position), this.place) <= 0) return false;
    return !record.hidden && (!this.filter || this.filter.allows(record));
  }

  private async sendRecord(record: LogRecord): Promise<boolean> {
    this.place = placeAt(record.position);
    return this.send(encodedRecord(record));
  }

  private async sendCheckpoint(place: Place): Promise<boolean> {
    if (this.lastCheckpoint && comparePlaces(place, this.lastCheckpoint) <= 0) return !this.gone();
    this.lastCheckpoint = place;
    return this.send(checkpoint(place));
  }

  private async send(message: ReadAnswer): Promise<boolean> {
    if (this.gone()) return false;
    return this.call.write(message) || drained(this.call);
  }

  private async grown(): Promise<boolean> {
    while (this.next >= this.shown.visible() && !this.gone()) {
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    this.wake = undefined;
    return !this.gone();
  }

  private gone(): boolean {
    return this.call.cancelled || this.call.destroyed;
  }

  private nextPosition(): number {
    return this.shown.log.records[this.next]?.position ?? this.shown.log.end;
  }

  private lastPlace(): Place {
    const last = this.shown.log.records[this.shown.visible() - 1];
    return last ? placeAt(last.position) : BEFORE_EVERYTHING;
  }
}

export function filterOf(options: ReadReq.Options.FilterOptions): Filter {
  const byType = options.hasEventType();
  const expression = byType ? options.getEventType() : options.getStreamIdentifier();
  const regex = expression?.getRegex() ? new RegExp(expression.getRegex()) : undefined;
  const prefixes = expression?.getPrefixList() ?? [];
  const window = options.hasMax() ? options.getMax() : PAGE;
  return {
    window,
    checkpointEvery: window * options.getCheckpointintervalmultiplier(),
    allows: (record) => {
      const text = byType ? record.type : record.stream;
      return regex ? regex.test(text) : prefixes.some((prefix) => text.startsWith(prefix));
    },
  };
}
