import { newId, pause } from '@app/kernel';
import { Bell } from '../bell';
import { connect, Connection } from './postgres-connection';

const CHANNEL = 'event_store';
/**
 * Milliseconds between two notices, so that a busy writer does not wake every follower for every event: the pause doubles while
 * there is news in each, and followers read more at a time.
 */
const SHORTEST_REST = 2;
const LONGEST_REST = 10;
const LONGEST_PAUSE = 1_000;

/**
 * Tells followers, here and in other processes, that the log has grown. A hint that may be lost: a follower's slow poll is
 * the truth. It has connections of its own, since a notice inside the append's transaction takes a lock that all share.
 */
export class PostgresSignal {
  private readonly me = newId();
  private sender: Connection | undefined;
  private resting: NodeJS.Timeout | undefined;
  private isDue = false;
  private isSending = false;
  private listening: Promise<void> | undefined;

  constructor(
    private readonly url: string,
    private readonly bell: Bell,
    private readonly closing: AbortSignal,
  ) {}

  /** At once, and then after a pause for all that came meanwhile. */
  tell(rest = SHORTEST_REST): void {
    if (this.resting) {
      this.isDue = true;
      return;
    }
    this.bell.ring();
    void this.send();
    this.resting = setTimeout(() => {
      this.resting = undefined;
      if (!this.isDue) return;
      this.isDue = false;
      this.tell(Math.min(rest * 2, LONGEST_REST));
    }, rest);
  }

  /** Rings the bell whenever another process has written. Reconnects until the store is closed. */
  listen(): void {
    this.listening ??= this.keepListening();
  }

  async close(): Promise<void> {
    clearTimeout(this.resting);
    await this.listening;
    await this.sender?.close();
  }

  private async send(): Promise<void> {
    if (this.isSending || this.closing.aborted) return;
    this.isSending = true;
    try {
      this.sender ??= await connect(this.url, { name: 'notify', options: '-c synchronous_commit=off' });
      await this.sender.client.query(`NOTIFY ${CHANNEL}, '${this.me}'`);
    } catch {
      this.sender?.cut();
      this.sender = undefined;
    }
    this.isSending = false;
  }

  private async keepListening(): Promise<void> {
    for (let wait = 50; !this.closing.aborted; wait = Math.min(wait * 2, LONGEST_PAUSE)) {
      try {
        const { client, close } = await connect(this.url, { name: 'listen' });
        const lost = new AbortController();
        client.once('end', () => lost.abort());
        client.on('notification', ({ payload }) => {
          if (payload !== this.me) this.bell.ring();
        });
        await client.query(`LISTEN ${CHANNEL}`);
        wait = 50;
        // What was told while nobody listened.
        this.bell.ring();
        await ended(AbortSignal.any([lost.signal, this.closing]));
        await close();
      } catch {
        // The poll goes on meanwhile.
      }
      await pause(wait, this.closing);
    }
  }
}

function ended(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
