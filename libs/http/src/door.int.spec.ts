import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { Access, CurrentActor } from '@app/auth';
import type { Actor } from '@app/auth';
import { defineEvents, EventStore, Streams } from '@app/event-store';
import type { CommandContext, Recorded } from '@app/event-store';
import { canonicalHash, Clock, Decider, Quantity, Refused, Text, Uuid } from '@app/kernel';
import { Projection, ProjectionsModule, ReadModels, rowFold } from '@app/projections';
import { Body, Controller, Get, HttpCode, Module, Param, Post, Put, Query } from '@nestjs/common';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { startApp, TestApp } from '../../../test/support/app';
import { Answer, Client } from '../../../test/support/client';
import {
  After,
  CommandInfo,
  Done,
  done,
  IfMatch,
  LiveRuleFor,
  Page,
  PageQuery,
  pageSize,
  ReceivedAt,
  Seals,
  Tagged,
  tagged,
  WaitsFor,
} from './index';
import type { Keyset, LiveRule, MatchCheck } from './index';

// A small context of its own, so that the door is tried apart from the rules of the real ones.

class Note {
  @Uuid() id: string;
  @Text(20) words: string;
  @Quantity({ optional: true }) weight?: string;
}

type NoteWritten = { type: 'DoorNoteWritten'; data: Note & { receivedAt: string } };
type WriteNote = { note: Note; receivedAt: string };
const pad: Decider<readonly Note[], WriteNote, NoteWritten> = {
  initial: [],
  decide({ note, receivedAt }, before) {
    if (note.words === 'refused') throw new Refused('deadline-test', {}, 'words');
    if (before.some(({ words }) => words === note.words)) return [];
    return [{ type: 'DoorNoteWritten', data: { ...note, receivedAt } }];
  },
  evolve: (before, { data }) => [...before, data],
};

@Entity('door_note')
class NoteRow {
  @PrimaryColumn('text') id: string;
  @Column('text') words: string;
}

const doorNotes: Projection<NoteWritten> = {
  name: 'door-notes',
  version: 1,
  filter: { types: ['DoorNoteWritten'] },
  entities: [NoteRow],
  apply: rowFold<NoteWritten, NoteRow>({
    entity: NoteRow,
    keyColumn: 'id',
    keyOf: (event: Recorded<NoteWritten>) => event.data.id,
    fold: (_row, { data }) => ({ id: data.id, words: data.words }),
  }),
};

/** Only keys beginning with 0 to 7 may be heard of, by anybody. */
@LiveRuleFor('door-notes')
class HearsHalf implements LiveRule {
  mayHear(_actor: Actor | undefined, key: string): boolean {
    return key < '8';
  }
}

@Controller('door')
class DoorController {
  constructor(
    private readonly streams: Streams,
    private readonly views: ReadModels,
    private readonly clock: Clock,
  ) {}

  @Post(':padId/notes')
  @Access('public')
  @HttpCode(201)
  async write(
    @Param('padId') padId: string,
    @Body() note: Note,
    @CommandInfo() context: CommandContext,
    @ReceivedAt() receivedAt: string,
    @IfMatch() unchanged: MatchCheck,
  ): Promise<Done<Note>> {
    const precondition = (state: readonly Note[]) => unchanged('pad', padId, state.length);
    const written = await this.streams.decide(pad, `door-${padId}`, { note, receivedAt }, context, { precondition });
    return done(written, note);
  }

  @Get('notes')
  @Access('public')
  @WaitsFor(doorNotes)
  async list(@Query() query: PageQuery, @After() after: Keyset | undefined): Promise<Page<{ words: string }>> {
    const rows = await this.views.read(doorNotes, (db) =>
      db
        .createQueryBuilder(NoteRow, 'note')
        .where('note.words > :after', { after: after?.[0] ?? '' })
        .orderBy('note.words')
        .take(pageSize(query) + 1)
        .getMany(),
    );
    return Page.of(
      rows,
      query,
      ({ words }) => [words],
      ({ words }) => ({ words }),
    );
  }

  @Get(':padId')
  @Access('public')
  async read(@Param('padId') padId: string): Promise<Tagged<{ notes: number }>> {
    const { state } = await this.streams.load(pad, `door-${padId}`);
    return tagged({ notes: state.length }, 'pad', padId, state.length);
  }

  @Get('firms/:uscc')
  @Access('public')
  firm(@Param('uscc') uscc: string): object {
    return { uscc };
  }

  @Put('fault')
  @Access('public')
  fault(): void {
    throw new Error('price 123.45 of a secret offer');
  }

  @Get('me/who')
  @Access('member')
  who(@CurrentActor() actor: Actor): object {
    return { account: actor.account, now: this.clock.now() };
  }
}

@Module({
  imports: [ProjectionsModule.forFeature({ projections: [doorNotes] })],
  controllers: [DoorController],
  providers: [HearsHalf],
})
class DoorModule {}

let app: TestApp;
let anybody: Client;
beforeAll(async () => {
  const events = defineEvents({ DoorNoteWritten: { schema: 1 } });
  app = await startApp({ with: { module: DoorModule, events }, http: { heartbeat: 150 } });
  anybody = app.anybody();
});
afterAll(() => app?.stop());

const note = (words: string, id: string = randomUUID()) => ({ id, words });
const newPad = () => `/api/door/${randomUUID()}`;
const rules = ({ body }: Answer) =>
  (body.errors as { in: string; field: string; rule: string }[]).map(
    (error) => `${error.in} ${error.field} ${error.rule}`,
  );
const logged = async () => {
  const events: Recorded[] = [];
  for await (const event of app.app.get(EventStore).readAll()) events.push(event);
  return events;
};

describe('a write', () => {
  it('is seen by the read that sends back its position, which is opaque', async () => {
    const written = await anybody.post(`${newPad()}/notes`, note('seen'));
    expect(written.status).toBe(201);
    expect(written.headers.get('peitao-position')).toMatch(/^[\w-]{60,}$/);
    const { body } = await anybody.get('/api/door/notes', { query: { limit: '200' } });
    expect(body.items).toContainEqual({ words: 'seen' });
  });

  it('is refused without an Idempotency-Key, or with one that is no UUID', async () => {
    const without = await anybody.post(`${newPad()}/notes`, note('x'), { key: null });
    expect([without.status, without.body.code]).toEqual([400, 'idempotency-key-missing']);
    const broken = await anybody.post(`${newPad()}/notes`, note('x'), { key: 'again' });
    expect([broken.status, broken.body.code]).toEqual([400, 'idempotency-key-malformed']);
  });

  it('sent again is the same command, and its answer the first one', async () => {
    const pad = newPad();
    const key = randomUUID();
    const body = note('twice');
    const before = (await logged()).length;
    const answers = [];
    for (let time = 0; time < 3; time++) answers.push(await anybody.post(`${pad}/notes`, body, { key }));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect((await logged()).length).toBe(before + 1);
    await anybody.post(`${pad}/notes`, note('later'));
    const again = await anybody.post(`${pad}/notes`, body, { key });
    const opened = (answer: Answer) => app.app.get(Seals).open('position', answer.headers.get('peitao-position')!);
    expect(opened(again)).toBe(opened(answers[0]!));
  });

  it('under the key of another body is refused', async () => {
    const pad = newPad();
    const key = randomUUID();
    await anybody.post(`${pad}/notes`, note('one'), { key });
    const other = await anybody.post(`${pad}/notes`, note('two'), { key });
    expect([other.status, other.body.code]).toEqual([422, 'command-id-reused']);
  });

  it("does not meet somebody else's command under the same key", async () => {
    const pad = newPad();
    const key = randomUUID();
    await anybody.post(`${pad}/notes`, note('mine'), { key });
    const auditor = await app.officer('auditor');
    expect((await auditor.post(`${pad}/notes`, note('theirs'), { key })).status).toBe(201);
  });

  it('leaves nothing in the log from which a body could be guessed', async () => {
    const pad = newPad();
    const body = note('guess');
    await anybody.post(`${pad}/notes`, body);
    const { metadata } = (await logged()).at(-1)!;
    const plain = canonicalHash({ enterprise: '', type: 'POST', body });
    expect(metadata.commandHash).toMatch(/^[0-9a-f]{64}$/);
    expect(metadata.commandHash).not.toBe(plain);
  });

  it('carries the time at which it was received, by the platform clock', async () => {
    await anybody.post(`${newPad()}/notes`, note('on time'));
    expect((await logged()).at(-1)!.data).toMatchObject({ receivedAt: '2020-02-10T01:00:00.000Z' });
  });

  it('that a rule refuses names the code, the field and both sentences', async () => {
    const { status, body, headers } = await anybody.post(`${newPad()}/notes`, note('refused'), {
      headers: { 'Accept-Language': 'en' },
    });
    expect(status).toBe(409);
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(body).toMatchObject({ code: 'deadline-test', type: 'urn:peitao:problem:deadline-test', status: 409 });
    expect(body.instance).toBe(`urn:uuid:${headers.get('peitao-request')}`);
    expect(body.errors).toMatchObject([{ in: 'body', field: '/words', rule: 'deadline-test' }]);
  });
});

describe('a resource with a version', () => {
  it('is not sent again while unchanged, and its tag differs between readers', async () => {
    const pad = newPad();
    const { headers } = await anybody.get(pad);
    const etag = headers.get('etag')!;
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    expect((await anybody.get(pad, { headers: { 'If-None-Match': etag } })).status).toBe(304);
    const auditor = await app.officer('auditor');
    expect((await auditor.get(pad)).headers.get('etag')).not.toBe(etag);
    await anybody.post(`${pad}/notes`, note('change'));
    expect((await anybody.get(pad, { headers: { 'If-None-Match': etag } })).status).toBe(200);
  });

  it('changes under If-Match only while it is what was read', async () => {
    const pad = newPad();
    const etag = (await anybody.get(pad)).headers.get('etag')!;
    const key = randomUUID();
    const body = note('first');
    const under = { key, headers: { 'If-Match': etag } };
    expect((await anybody.post(`${pad}/notes`, body, under)).status).toBe(201);
    // A retry of what was done is done, although the version has moved on by it.
    expect((await anybody.post(`${pad}/notes`, body, under)).status).toBe(201);
    const late = await anybody.post(`${pad}/notes`, note('second'), { headers: { 'If-Match': etag } });
    expect([late.status, late.body.code]).toEqual([412, 'version-changed']);
  });
});

describe('a list', () => {
  it('is read page by page, and its cursor is good for nothing else', async () => {
    const words = Array.from({ length: 7 }, (_, at) => `page ${at}`);
    const pad = newPad();
    for (const one of words) await anybody.post(`${pad}/notes`, note(one));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: '3', ...(cursor !== undefined && { cursor }) };
      const { body } = await anybody.get('/api/door/notes', { query });
      expect(body.items.length).toBeLessThanOrEqual(3);
      seen.push(...(body.items as { words: string }[]).map((item) => item.words));
      cursor = body.next as string | undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual([...seen].sort());
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual(expect.arrayContaining(words));
  });

  it.each(['x', 'AAAA', randomUUID(), 'A'.repeat(90)])('has no page at the cursor %.10s', async (cursor) => {
    const answer = await anybody.get('/api/door/notes', { query: { cursor } });
    expect([answer.status, rules(answer)]).toEqual([400, ['query cursor field-cursor']]);
  });

  it.each(['0', '-1', '201', '1e2', 'ten', ''])('has no page of %s items', async (limit) => {
    const answer = await anybody.get('/api/door/notes', { query: { limit } });
    expect([answer.status, rules(answer)]).toEqual([400, ['query limit field-whole-number']]);
  });

  it('refuses a position that is not one', async () => {
    const answer = await anybody.get('/api/door/notes', { headers: { 'Peitao-Position': '12' } });
    expect([answer.status, rules(answer)]).toEqual([400, ['header Peitao-Position position-malformed']]);
  });

  it('answers 503 while it cannot show the write', async () => {
    const future = app.app.get(Seals).seal('position', '999999999');
    const answer = await anybody.get('/api/door/notes', { headers: { 'Peitao-Position': future } });
    expect([answer.status, answer.body.code, answer.headers.get('retry-after')]).toEqual([503, 'not-caught-up', '1']);
  });
});

describe('bad input', () => {
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    anybody.post(`${newPad()}/notes`, body, { headers });
  const json = { 'Content-Type': 'application/json' };

  it('is told with every field and rule at once, in both languages', async () => {
    const answer = await post({ id: 'x', words: '', weight: '-1', more: 1 });
    expect(answer.status).toBe(400);
    expect(rules(answer).sort()).toEqual([
      'body /id field-uuid',
      'body /more field-unknown',
      'body /weight field-quantity',
      'body /words field-text-length',
    ]);
    expect(answer.body.errors[0]).toMatchObject({ zh: expect.stringMatching(/\p{sc=Han}/u), en: expect.any(String) });
  });

  it('that is missing is missing, and nothing is converted', async () => {
    expect(rules(await post({}))).toEqual(['body /id field-missing', 'body /words field-missing']);
    expect(rules(await post({ ...note('x'), weight: 12 }))).toEqual(['body /weight field-quantity']);
    expect(rules(await post({ ...note('x'), words: 12 }))).toEqual(['body /words field-text']);
  });

  it('is trimmed', async () => {
    const { body } = await post(note('  trimmed \t'));
    expect(body.words).toBe('trimmed');
  });

  it.each([
    ['no body', undefined, {}, 400, 'request-invalid'],
    ['a list', '[]', json, 400, 'request-invalid'],
    ['a number', '5', json, 400, 'body-malformed'],
    ['half a body', '{"id":', json, 400, 'body-malformed'],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), json, 400, 'body-malformed'],
    ['a form', 'id=1', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415, 'media-type-unsupported'],
    ['text', '{}', { 'Content-Type': 'text/plain' }, 415, 'media-type-unsupported'],
    ['another charset', '{}', { 'Content-Type': 'application/json; charset=gbk' }, 415, 'media-type-unsupported'],
    ['packed', '{}', { ...json, 'Content-Encoding': 'gzip' }, 415, 'media-type-unsupported'],
    ['too much', `{"words":"${'x'.repeat(1_100_000)}"}`, json, 413, 'body-too-large'],
    ['too deep', '['.repeat(5_000) + ']'.repeat(5_000), json, 400, 'request-invalid'],
    ['the prototype', '{"__proto__":{"words":"x"}}', json, 400, 'request-invalid'],
  ])('as %s is a clear error', async (_, body, headers, status, code) => {
    const answer = await post(body, headers);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it.each([
    ['/api/door/not-a-uuid', 400, 'request-invalid'],
    ['/api/door/firms/91350100M000100Y44', 400, 'request-invalid'],
    ['/api/door/%E0%A4%A', 400, 'address-malformed'],
    ['/api/door/%00', 400, 'address-malformed'],
    ['/api/door/notes?limit=1&limit=2', 400, 'request-invalid'],
    ['/api/door/notes?unknown=1', 400, 'request-invalid'],
    ['/api/door/notes?cursor=%E2%80%AE', 400, 'request-invalid'],
    ['/api/nothing/here', 404, 'route-unknown'],
    ['/elsewhere', 404, 'route-unknown'],
    ['/api/door/me/who', 401, 'not-signed-in'],
  ])('at %s is a clear error', async (path, status, code) => {
    const answer = await anybody.get(path);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  it('that is not HTTP gets an answer too', async () => {
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(app.url).port), '127.0.0.1', () =>
        socket.write('GET / HTTP/1.1\r\nbad header\r\n\r\n'),
      );
      let got = '';
      socket
        .on('data', (chunk) => (got += chunk.toString()))
        .on('end', () => resolve(got))
        .on('error', reject);
    });
    expect(text).toMatch(/^HTTP\/1\.1 400 [\s\S]*"code":"request-malformed"/);
  });
});

describe('a fault of ours', () => {
  it('says nothing but its id, and the log has no figure of it', async () => {
    const { status, body } = await anybody.put('/api/door/fault');
    expect([status, body.code]).toEqual([500, 'unexpected']);
    expect(JSON.stringify(body)).not.toMatch(/price|secret|123/);
    const line = app.log.find(
      (one) => one.includes((body.instance as string).slice('urn:uuid:'.length)) && one.includes('frames'),
    );
    expect(line).toContain('door.int.spec');
    expect(line).not.toContain('123.45');
  });
});

describe('the log', () => {
  it('has neither bodies, query values, paths as sent nor secrets', async () => {
    const member = await app.member({ enterprise: '91350527MA00000000', registration: randomUUID() });
    const canary = 'canary-7731';
    await member.post(`${newPad()}/notes`, note(canary));
    await member.get(`/api/door/notes?cursor=${canary}`);
    await member.get(`/api/door/firms/${canary}`);
    await member.get('/api/door/me/who', { headers: { Authorization: `Bearer ${canary}` } });
    expect(app.log.length).toBeGreaterThan(4);
    expect(app.log.filter((line) => line.includes('canary') || line.includes('__Host'))).toEqual([]);
    expect(app.log.some((line) => line.includes('"route":"/api/door/notes"') && line.includes('"cursor"'))).toBe(true);
  });
});

describe('operations', () => {
  it('tell that the process lives and is ready', async () => {
    expect((await anybody.get('/health/live')).body).toEqual({ status: 'ok' });
    expect((await anybody.get('/health/ready')).body).toEqual({ status: 'ok' });
  });

  it('measure requests by route, appends and followers, for this machine only', async () => {
    await anybody.get('/api/door/notes');
    const { body } = await anybody.get<string>('/metrics');
    expect(body).toMatch(/peitao_http_seconds_count\{method="GET",route="\/api\/door\/notes",status="200"\} [1-9]/);
    expect(body).toMatch(/peitao_append_seconds_count\{outcome="written"\} [1-9]/);
    expect(body).toMatch(/peitao_follower_lag_events\{follower="door_notes_v1"\} 0/);
    expect((await anybody.get('/metrics', { headers: { 'X-Forwarded-For': '203.0.113.9' } })).status).toBe(404);
  });

  it('describe the API as OpenAPI 3.1', async () => {
    const { body } = await anybody.get('/api/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    expect(body.paths['/api/door/{padId}/notes'].post.parameters).toContainEqual(
      expect.objectContaining({ in: 'header', name: 'Idempotency-Key', required: true }),
    );
    expect(JSON.stringify(body)).not.toMatch(/"nullable"/);
  });
});
