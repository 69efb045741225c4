import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { extname, join } from 'node:path';
import { PostgresEventStore } from '@app/event-store';
import type { Turn } from './append-process';
import { PLAIN_TABLE, withClient, withDurableServer } from './durable-log';
import { median, Report, rounded } from './report';
import { count, Rate, untilSeen } from './writers';

export const name = 'processes';

const PROCESSES = [1, 2, 4];
const WRITERS = 8;
const ROUNDS = 9;
const SLICE = 1_000;

/**
 * Several real processes of eight writers each append to one log through the port, with expected revision, while a follower is
 * woken; against as many processes and writers with prepared INSERTs of the same rows. Both take turns, and the ratio is the
 * median of the rounds' ratios. At the end the log has every event once, at positions without a gap.
 */
export async function run(report: Report): Promise<void> {
  await withDurableServer(async (url) => {
    await withClient(url, (client) => client.query(PLAIN_TABLE));
    const reader = await PostgresEventStore.open({ url });
    const leaving = new AbortController();
    const follower = count(reader, leaving.signal);
    let appended = 0;
    for (const processes of PROCESSES) {
      const writers = await Promise.all(Array.from({ length: processes }, () => Writer.start(url)));
      const measured = { plain: [] as number[], port: [] as number[] };
      for (let round = -1; round < ROUNDS; round++) {
        for (const turn of round % 2 ? (['plain', 'port'] as const) : (['port', 'plain'] as const)) {
          const { events, milliseconds } = await together(writers, turn, `listing-${processes}.${round + 1}`);
          if (turn === 'port') appended += events;
          // The first round only warms up.
          if (round >= 0) measured[turn].push((events / milliseconds) * 1_000);
        }
      }
      await Promise.all(writers.map((writer) => writer.stop()));
      const ratio = rounded(median(measured.port.map((rate, round) => rate / measured.plain[round]!)), 2);
      const reference = rounded(median(measured.plain));
      report({ case: String(processes), value: rounded(median(measured.port)), unit: 'events/s', ratio, reference });
    }
    await untilSeen(follower, appended);
    leaving.abort();
    await follower.ended;
    await reader.close();
    await requireWhole(url, appended);
  });
}

/** One writing process. */
class Writer {
  private answered: ((answer: Rate | 'ready') => void) | undefined;
  private readonly left: Promise<never>;

  private constructor(private readonly child: ChildProcess) {
    child.on('message', (answer: Rate | 'ready') => this.answered?.(answer));
    this.left = once(child, 'exit').then(([code]) => {
      throw new Error(`a writing process ended with ${code}`);
    });
    this.left.catch(() => undefined);
  }

  static async start(url: string): Promise<Writer> {
    const writer = new Writer(fork(join(__dirname, `append-process${extname(__filename)}`), [url, String(WRITERS)]));
    await writer.answer();
    return writer;
  }

  async write(turn: Turn): Promise<Rate> {
    this.child.send(turn);
    return (await this.answer()) as Rate;
  }

  async stop(): Promise<void> {
    this.child.disconnect();
    await this.left.catch(() => undefined);
  }

  private answer(): Promise<Rate | 'ready'> {
    return Promise.race([new Promise<Rate | 'ready'>((resolve) => (this.answered = resolve)), this.left]);
  }
}

/** From the first that begins to the last that ends. */
async function together(writers: readonly Writer[], turn: Turn['turn'], streams: string): Promise<Rate> {
  const start = performance.now();
  const rates = await Promise.all(
    writers.map((writer, nth) => writer.write({ turn, slice: SLICE, streams: `${streams}.${nth}` })),
  );
  return { events: rates.reduce((sum, { events }) => sum + events, 0), milliseconds: performance.now() - start };
}

async function requireWhole(url: string, events: number): Promise<void> {
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ events: number; last: number; streams: boolean }>(
      `SELECT count(*)::int AS events, max(position)::int AS last,
         (SELECT bool_and(count = last + 1) FROM (
           SELECT count(*), max(revision) AS last FROM event_store.events GROUP BY stream) AS s) AS streams
       FROM event_store.events`,
    );
    const { events: written, last, streams } = rows[0]!;
    if (written !== events || last !== events || !streams) {
      throw new Error(`${events} appends were acknowledged; the log holds ${written} and ends at ${last}`);
    }
  });
}
