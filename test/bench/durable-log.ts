import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDatabase, startPostgres } from '@app/embedded-postgres';
import { NewEvent } from '@app/event-store';
import { Client } from 'pg';

/**
 * A server of the bench's own that loses nothing at a power cut, on the disk of the checkout: a folder for temporary files may
 * be memory, where a flush costs nothing. `home` is its data folder.
 */
export async function withDurableServer(work: (url: string, home: string) => Promise<void>): Promise<void> {
  const cache = join(process.cwd(), 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const home = mkdtempSync(join(cache, 'bench-'));
  const settings = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on', max_connections: '200' };
  const server = await startPostgres({ dataDir: home, settings });
  try {
    const url = await ensureDatabase(server, 'bench');
    await requireDurable(url);
    await work(url, home);
  } finally {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function requireDurable(url: string): Promise<void> {
  await withClient(url, async (client) => {
    for (const setting of ['fsync', 'synchronous_commit']) {
      const { rows } = await client.query<{ value: string }>('SELECT current_setting($1) AS value', [setting]);
      if (rows[0]?.value !== 'on') throw new Error(`${setting} is ${rows[0]?.value}: the bench would flatter`);
    }
  });
}

/** The same columns and keys as the log, and nothing else: what a plain INSERT or SELECT is measured on. */
export const PLAIN_TABLE = `
CREATE TABLE plain (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  stream text COLLATE "C" NOT NULL,
  revision bigint NOT NULL,
  id uuid NOT NULL,
  type text COLLATE "C" NOT NULL,
  data text COLLATE "C" NOT NULL,
  metadata text COLLATE "C" NOT NULL,
  UNIQUE (stream, revision)
)`;

const OFFER = {
  listing: 'b7f1c0de-8a55-4e0e-9d0c-3f0d9a1f6a01',
  offer: '5d3f8a52-6c3e-4b6e-8f2a-9b1d2c3e4f50',
  supplier: '91350527MA2XXXXX0A',
  terms: { deliveryDate: '2020-03-15', minimumLot: '100', quantity: '2500', unitPrice: '12.345678', vatRate: '0.13' },
  note: '',
};
const NOTE = 300 - JSON.stringify(OFFER).length;

/** An offer of 300 bytes in its envelope. */
export function offer(): NewEvent {
  const commandId = randomUUID();
  return {
    id: randomUUID(),
    type: 'OfferSubmitted',
    data: { ...OFFER, note: 'x'.repeat(NOTE) },
    metadata: {
      actor: 'account:5d3f8a52-6c3e-4b6e-8f2a-9b1d2c3e4f50',
      causationId: commandId,
      commandHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      commandId,
      correlationId: commandId,
      enterprise: '91350527MA2XXXXX0A',
      recordedAt: '2020-02-10T02:00:00.000Z',
      salt: 'a54d88e06612d820bc3be72877c74f25',
      schema: '1',
    },
  };
}
