import { PostgresEventStore } from '@app/event-store';
import { appendThroughPort, connected, insertPlainly, Rate } from './writers';

// One writing process of the bench `processes`: told by its parent whose turn it is, it answers how much it wrote.

export type Turn = {
  readonly turn: 'plain' | 'port';
  /** Milliseconds of the turn. */
  readonly slice: number;
  /** The streams' names begin with it; no other process has it. */
  readonly streams: string;
};

async function main(url: string, writers: number): Promise<void> {
  const store = await PostgresEventStore.open({ url });
  const clients = await Promise.all(Array.from({ length: writers }, () => connected(url)));
  const work = async ({ turn, slice, streams }: Turn): Promise<Rate> =>
    turn === 'plain' ? insertPlainly(clients, slice, streams) : appendThroughPort(store, slice, writers, streams);
  const leave = (error: unknown): void => {
    console.error(error);
    process.exit(1);
  };
  process.on('message', (turn: Turn) => void work(turn).then((rate) => process.send!(rate), leave));
  process.once('disconnect', () => process.exit(0));
  process.send!('ready');
}

main(process.argv[2]!, Number(process.argv[3])).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
