import { connect, createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { type FreshDatabase, freshDatabase } from '../../../test/support/database';
import { isPassing } from '../src/failures';
import { rowsOf } from '../src/rows';

const READY = Buffer.from('Z\0\0\0\x05I');
const fields = Buffer.from('SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0');
const ENDED = Buffer.concat([Buffer.from('E'), Buffer.alloc(4), fields]);
ENDED.writeUInt32BE(fields.length + 4, 1);

let database: FreshDatabase;
let relay: Server;
/** Connections that are ended in the moment in which they are ready. */
let toEnd = 0;

beforeAll(async () => {
  database = await freshDatabase();
  const { hostname, port } = new URL(database.url);
  relay = createServer((near) => {
    const far = connect(Number(port), hostname);
    near.pipe(far);
    far.on('data', (chunk) => {
      if (toEnd === 0 || !chunk.subarray(-READY.length).equals(READY)) return near.write(chunk);
      toEnd--;
      return near.end(Buffer.concat([chunk, ENDED]));
    });
    for (const socket of [near, far]) socket.on('error', () => undefined);
    near.once('close', () => far.destroy());
    far.once('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await new Promise((resolve) => relay.close(resolve));
  await database.drop();
});

it('a connection that ends as it is handed out ends its query, not the process', async () => {
  const url = new URL(database.url);
  url.port = String((relay.address() as AddressInfo).port);
  const rows = await rowsOf(url.href, [], 'rows test').initialize();
  try {
    // The one that stands is in use, so that the next is made.
    const held = rows.createQueryRunner();
    await held.query('SELECT 1');
    toEnd = 1;
    const error = await rows.query('SELECT 1').then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(toEnd).toBe(0);
    expect(isPassing(error)).toBe(true);
    await held.release();
    expect(await rows.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  } finally {
    await rows.destroy();
  }
});
