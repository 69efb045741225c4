import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { Access, Accounts, Sessions } from '@app/auth';
import type { Actor } from '@app/auth';
import { defineEvents, Streams } from '@app/event-store';
import type { CommandContext, Recorded } from '@app/event-store';
import { Decider, Text, Uuid } from '@app/kernel';
import { Projection, ProjectionsModule, rowFold } from '@app/projections';
import { Body, Controller, Module, Post } from '@nestjs/common';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { startApp, TestApp } from '../../../test/support/app';
import { Client, LiveMessage } from '../../../test/support/client';
import { CommandInfo, Done, done, LiveHub, LiveRuleFor, Seals } from './index';
import type { LiveRule } from './index';

class Whisper {
  @Uuid() id: string;
  /** The account that may hear of it, or `all`. */
  @Text(40) to: string;
}
type Whispered = { type: 'LiveWhispered'; data: Whisper };
const whisper: Decider<number, Whisper, Whispered> = {
  initial: 0,
  decide: (data) => [{ type: 'LiveWhispered', data }],
  evolve: (heard) => heard + 1,
};

@Entity('live_whisper')
class WhisperRow {
  @PrimaryColumn('text') key: string;
  @Column('text') to: string;
}
const whispers: Projection<Whispered> = {
  name: 'live-whispers',
  version: 1,
  filter: { types: ['LiveWhispered'] },
  entities: [WhisperRow],
  apply: rowFold<Whispered, WhisperRow>({
    entity: WhisperRow,
    keyColumn: 'key',
    keyOf: ({ data }: Recorded<Whispered>) => `${data.to}:${data.id}`,
    fold: (_row, { data }, key) => ({ key, to: data.to }),
  }),
};
/** No rule stands for it, so nobody hears of it. */
const unheard: Projection<Whispered> = { ...whispers, name: 'live-unheard' };

/** Rules ask other parts, which take their time: those of keys that begin with `slow` until `goOn` is called. */
let goOn: () => void;
const untilGoOn = new Promise<void>((resolve) => (goOn = resolve));

@LiveRuleFor('live-whispers')
class HearsOwn implements LiveRule {
  async mayHear(actor: Actor | undefined, key: string): Promise<boolean> {
    const [to] = key.split(':');
    if (to === 'slow') return untilGoOn.then(() => true);
    return to === 'all' || to === actor?.account;
  }
}

@Controller('whispers')
class WhisperController {
  constructor(private readonly streams: Streams) {}

  @Post()
  @Access('public')
  async say(@Body() said: Whisper, @CommandInfo() context: CommandContext): Promise<Done<object>> {
    return done(await this.streams.decide(whisper, `live-${said.id}`, said, context), {});
  }
}

@Module({
  imports: [ProjectionsModule.forFeature({ projections: [whispers, unheard] })],
  controllers: [WhisperController],
  providers: [HearsOwn],
})
class WhisperModule {}

let app: TestApp;
const ended: AbortController[] = [];
beforeAll(async () => {
  const events = defineEvents({ LiveWhispered: { schema: 1 } });
  app = await startApp({ with: { module: WhisperModule, events }, http: { heartbeat: 100 } });
});
afterEach(() => ended.splice(0).forEach((end) => end.abort()));
afterAll(() => app?.stop());

const say = async (to: string): Promise<string> => {
  const id = randomUUID();
  expect((await app.anybody().post('/api/whispers', { id, to })).status).toBe(201);
  return `${to}:${id}`;
};

/** The id of a client that heard so many changes and has been away for so many milliseconds. */
const idOf = (number: number, away: number): string =>
  app.app.get(Seals).seal('live', [app.app.get(LiveHub).life, number, Math.round(performance.now() - away)]);

/** A stream that gathers what it hears; it listens once `open` resolves. */
function listen(client: Client, lastEventId?: string) {
  const end = new AbortController();
  ended.push(end);
  const messages: LiveMessage[] = [];
  const tellers = new Set<() => void>();
  let over = false;
  const run = (async () => {
    for await (const message of client.live('live-whispers', end.signal, lastEventId)) {
      messages.push(message);
      for (const tell of tellers) tell();
    }
  })().finally(() => {
    over = true;
    for (const tell of tellers) tell();
  });
  const until = (what: () => boolean) =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`heard only ${JSON.stringify(messages)}`)), 8_000);
      const look = () => {
        if (!what()) return;
        clearTimeout(timer);
        tellers.delete(look);
        resolve();
      };
      tellers.add(look);
      look();
    });
  const keys = () => messages.flatMap(({ event, data }) => (event === 'changed' ? [data.key!] : []));
  return {
    messages,
    keys,
    open: () => until(() => messages.length > 0),
    hears: (key: string) => until(() => keys().includes(key)),
    isTold: (event: string, times = 1) =>
      until(() => messages.filter((message) => message.event === event).length >= times),
    ends: () => until(() => over),
    close: () => (end.abort(), run),
  };
}

describe('a live stream', () => {
  it('tells view and key of what changed and no more, to those whom the row rule names', async () => {
    const officer = await app.officer('city-officer');
    const mine = listen(officer);
    const other = listen(app.anybody());
    await Promise.all([mine.open(), other.open()]);
    const secret = await say(officer.account!);
    const open = await say('all');
    await Promise.all([mine.hears(open), other.hears(open)]);
    expect(mine.keys()).toEqual(expect.arrayContaining([secret, open]));
    expect(other.keys()).toEqual([open]);
    const changed = other.messages.filter(({ event }) => event === 'changed');
    for (const { data } of changed) expect(data).toEqual({ view: 'live-whispers', key: open });
    expect(JSON.stringify(other.messages)).not.toContain(secret);
  });

  it('gives a client that comes back what it missed, and ids that say nothing', async () => {
    const before = listen(app.anybody());
    await before.open();
    const seen = await say('all');
    await before.hears(seen);
    const { id } = before.messages.at(-1)!;
    await before.close();
    const missed = await say('all');
    const after = listen(app.anybody(), id);
    await after.hears(missed);
    expect(after.keys()).not.toContain(seen);
    expect(after.messages.map(({ event }) => event)).not.toContain('reload');
    expect(id).toMatch(/^[\w-]{60,}$/);
  });

  it.each(['made-up', '12', 'A'.repeat(200)])('asks a client with the id %.10s to reload', async (id) => {
    const stream = listen(app.anybody(), id);
    await stream.isTold('reload');
    const key = await say('all');
    await stream.hears(key);
  });

  it('asks a client to reload that was away for longer than the buffer reaches', async () => {
    await listen(app.anybody(), idOf(-1, 0)).isTold('reload');
  });

  it('asks a client to reload by how long it was away, whether something changed since or not', async () => {
    const { next } = app.app.get(LiveHub);
    await listen(app.anybody(), idOf(next, 11 * 60_000)).isTold('reload');
    // The control: as many changes, and not as long.
    const other = listen(app.anybody(), idOf(next, 9 * 60_000));
    await other.hears(await say('all'));
    expect(other.messages.map(({ event }) => event)).not.toContain('reload');
  });

  it('beats also while it is not known whether a change may be heard, and then tells it', async () => {
    const stream = listen(app.anybody());
    await stream.open();
    const slow = await say('slow');
    const asked = stream.messages.length;
    await stream.isTold('beat', asked + 5);
    expect(stream.keys()).toEqual([]);
    // Who was cut off in the meantime has not lost it.
    const { id } = stream.messages.at(-1)!;
    goOn();
    await Promise.all([stream.hears(slow), listen(app.anybody(), id).hears(slow)]);
  });

  it('ends with the session, and tells nothing after it', async () => {
    const officer = await app.officer('city-officer');
    const stream = listen(officer);
    // The control: another session of the same account still hears what this one no longer may.
    const still = listen(await app.signIn(officer.account!));
    await Promise.all([stream.open(), still.open()]);
    expect((await officer.post('/api/sign-out')).status).toBeLessThan(300);
    const secret = await say(officer.account!);
    await still.hears(secret);
    await stream.ends();
    expect(stream.keys()).not.toContain(secret);
  });

  it('ends when the roles of the account change', async () => {
    const officer = await app.officer('bank');
    const stream = listen(officer);
    await stream.open();
    await app.app.get(Accounts).grantRole(officer.account!, 'adviser');
    await stream.ends();
  });

  it('ends when the account is deactivated', async () => {
    const officer = await app.officer('bank');
    const stream = listen(officer);
    await stream.open();
    await app.app.get(Accounts).deactivate(officer.account!);
    await stream.ends();
    expect(await app.app.get(Sessions).again({ account: officer.account!, name: '', roles: [] })).toBeUndefined();
  });

  it('is not opened for views that have no rule', async () => {
    for (const views of ['live-unheard', 'nothing', 'live-whispers,live-unheard', '', '../x']) {
      const { status, body } = await app.anybody().get('/api/live', { query: { views } });
      expect([views, status, body.errors[0].rule]).toEqual([views, 400, 'view-unknown']);
    }
  });

  it('is not kept open for HEAD, which hears nothing', async () => {
    // The next request on one connection is answered once the one before it is over.
    const { hostname, port } = new URL(app.url);
    const socket = connect(Number(port), hostname).setEncoding('utf8');
    const asked = ['HEAD /api/live?views=live-whispers', 'GET /api/units'];
    socket.write(asked.map((line) => `${line} HTTP/1.1\r\nHost: peitao\r\n\r\n`).join(''));
    let text = '';
    for await (const part of socket) {
      text += String(part);
      if (text.includes('/json')) break;
    }
    expect(text.match(/^HTTP\/1.1 .*|^content-type: \S*\w/gim)).toEqual([
      'HTTP/1.1 200 OK',
      'Content-Type: text/event-stream',
      'HTTP/1.1 200 OK',
      'Content-Type: application/json',
    ]);
  });

  it('is one of at most twenty of one asker', async () => {
    const streams = Array.from({ length: 20 }, () => listen(app.anybody()));
    await Promise.all(streams.map((stream) => stream.open()));
    const { status, body } = await app.anybody().get('/api/live', { query: { views: 'live-whispers' } });
    expect([status, body.code]).toEqual([429, 'too-many-live-streams']);
  });
});
