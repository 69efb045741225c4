import { connect, createServer, type Socket } from 'node:net';
import { MemoryEventStore } from '@app/event-store';
import { Logger } from '@nestjs/common';
import { freshDatabase } from '../../../test/support/database';
import { Outages } from '../src/contend';
import { openListings } from './listings.view';
import { eventually, Platform } from './platform';

it('an outage in the same words is news once, and again when it was over', () => {
  const outages = new Outages();
  expect([0, 900, 5_800].map((now) => outages.isNew('ECONNREFUSED', now))).toEqual([true, false, false]);
  expect(outages.isNew('ECONNRESET', 5_900)).toBe(true);
  expect(outages.isNew('ECONNREFUSED', 11_000)).toBe(true);
});

/** Between the platform and its database; while it is cut, whoever comes is sent away and counted. */
async function startGate(url: string) {
  const to = new URL(url);
  const open = new Set<Socket>();
  let isCut = false;
  let sentAway = 0;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    if (isCut) {
      sentAway += 1;
      return void socket.resetAndDestroy();
    }
    const beyond = connect(Number(to.port), to.hostname).on('error', () => undefined);
    open.add(socket).add(beyond);
    socket.pipe(beyond).pipe(socket);
    for (const end of [socket, beyond]) end.on('close', () => (socket.destroy(), beyond.destroy()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const through = new URL(url);
  through.host = `127.0.0.1:${port}`;
  return {
    url: through.href,
    sentAway: () => sentAway,
    cut: () => {
      isCut = true;
      for (const socket of open) socket.destroy();
    },
    mend: () => (isCut = false),
    close: () => server.close(),
  };
}

it('while the database is away each fault is told once, and by whom', async () => {
  const database = await freshDatabase();
  const gate = await startGate(database.url);
  const lines: string[] = [];
  const log = jest.spyOn(Logger.prototype, 'error').mockImplementation((line: string) => void lines.push(line));
  const projections = ['one', 'two', 'three'].map((name) => ({ ...openListings, name: `listings-${name}` }));
  const store = new MemoryEventStore();
  const platform = await Platform.start({ url: gate.url, store, projections });
  try {
    gate.cut();
    await eventually('attempts', async () => gate.sentAway() > 30, 20_000);
    const words = lines.map((line) => line.replace(/^[^:]*: /, ''));
    expect(words.length).toBeGreaterThan(0);
    expect(words.length).toBeLessThan(8);
    expect(new Set(words).size).toBe(words.length);
    for (const line of lines) expect(line).toMatch(/^listings[-_](one|two|three)\S*, and whoever else meets it: /);
  } finally {
    gate.mend();
    await platform.close();
    log.mockRestore();
    gate.close();
    await database.drop();
  }
});
