import { randomUUID } from 'node:crypto';
import { EventStore } from '@app/event-store';
import type { Recorded } from '@app/event-store';
import { canonicalHash } from '@app/kernel';
import { startApp, TestApp } from '../../../test/support/app';
import { Answer, Client } from '../../../test/support/client';
import { doorContext } from '../../../test/support/door-context';
import { Seals } from './index';

let app: TestApp;
let anybody: Client;
beforeAll(async () => {
  app = await startApp({ with: doorContext });
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
    expect(opened(again)).toEqual(opened(answers[0]!));
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
    const store = await app.app.get(EventStore).storeId();
    const future = app.app.get(Seals).seal('position', [store, '999999999']);
    const answer = await anybody.get('/api/door/notes', { headers: { 'Peitao-Position': future } });
    expect([answer.status, answer.body.code, answer.headers.get('retry-after')]).toEqual([503, 'not-caught-up', '1']);
  });

  it('shows what was written before the log moved to another store', async () => {
    await anybody.post(`${newPad()}/notes`, note('moved'));
    for (const told of [[randomUUID(), '812/812'], '7']) {
      const before = app.app.get(Seals).seal('position', told);
      const answer = await anybody.get('/api/door/notes', {
        query: { limit: '200' },
        headers: { 'Peitao-Position': before },
      });
      expect(answer.status).toBe(200);
      expect(answer.body.items).toContainEqual({ words: 'moved' });
    }
  });
});
