import { randomUUID } from 'node:crypto';
import { EventStore } from '@app/event-store';
import { startApp, TestApp } from '../support/app';
import type { Client } from '../support/client';
import { Firm, Firms, inMinutes, listingTerms, offerTerms, twice, uploaded } from '../support/firms';

jest.setTimeout(120_000);

let city: TestApp;
let lead: Firm;
let smes: Firm[];
let bureau: Client;
let office: Client;
let listings: string[];
beforeAll(async () => {
  city = await startApp({ auth: { idleMinutes: 1e6, longestHours: 1e5 } });
  const firms = new Firms(city);
  lead = await firms.lead();
  smes = await firms.many(3);
  bureau = await city.officer('city-officer');
  office = await city.officer('county-officer', '350582');
  listings = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const listing = randomUUID();
      await lead.client.post('/api/listings', { listing, terms: listingTerms(inMinutes(city, 60)) });
      await lead.client.post(`/api/listings/${listing}/publication`);
      for (const { client } of smes) {
        await client.post(`/api/listings/${listing}/offers`, { offer: randomUUID(), terms: offerTerms() });
      }
      return listing;
    }),
  );
});
afterAll(() => city?.stop());

const stateOf = async (match: string, check: string, as = bureau) =>
  (await as.get(`/api/matches/${match}/checks/${check}`)).body;

describe('a check for cause', () => {
  let match: string;
  const check = randomUUID();
  const cause = '同一份送货单出现在两家企业名下，联系人王某 13900002222';

  it('is opened on a pair that met, by an office over one of them', async () => {
    const form = { check, listing: listings[0], supplier: smes[0]!.registration, cause };
    const stranger = await city.officer('county-officer', '350583');
    expect((await stranger.post('/api/checks', form)).body.code).toBe('match-unknown');
    const never = { ...form, supplier: lead.registration };
    expect((await office.post('/api/checks', never)).body.code).toBe('match-unknown');
    expect((await smes[0]!.client.post('/api/checks', form)).status).toBe(403);
    const opened = await twice(city, office, 'POST', '/api/checks', form);
    expect(opened).toMatchObject({ status: 201, body: { check } });
    match = opened.body.match;
    expect(await stateOf(match, check)).toMatchObject({ state: 'open', cause: { kind: 'for-cause', text: cause } });
    expect((await office.post('/api/checks', { ...form, check: randomUUID() })).body.code).toBe('check-open');
    // Somebody who uses the check's id for other words takes nothing of the first ones' place.
    await bureau.post('/api/checks', { ...form, cause: '别的原因' });
    expect((await stateOf(match, check)).cause.text).toBe(cause);
    const register = await bureau.get('/api/match-register', { query: { checkState: 'open' } });
    expect(register.body.items).toMatchObject([{ match, checkState: 'open' }]);
  });

  it('hears both firms, each by itself', async () => {
    const path = `/api/matches/${match}/checks/${check}`;
    const statement = { statement: randomUUID(), text: '货已送达，王某签收' };
    expect((await smes[0]!.client.post(`${path}/statements`, statement)).body.code).toBe('statement-not-asked');
    expect((await smes[0]!.client.get(path)).status).toBe(404);
    const untrue = { result: 'untrue', text: '查无此货' };
    expect((await office.post(`${path}/conclusion`, untrue)).body.code).toBe('firms-not-heard');

    const asking = { sides: ['lead', 'supplier'], text: '请说明送货单', answerBy: '2020-02-20' };
    expect((await twice(city, office, 'POST', `${path}/questions`, asking)).status).toBe(201);
    const file = await uploaded(smes[0]!.client, '送货单.pdf');
    const foreign = { ...statement, attachments: [(await uploaded(lead.client)).id] };
    expect((await smes[0]!.client.post(`${path}/statements`, foreign)).body.code).toBe('attachment-not-uploaded');
    const stated = { ...statement, attachments: [file.id] };
    expect((await twice(city, smes[0]!.client, 'POST', `${path}/statements`, stated)).status).toBe(201);
    expect((await smes[1]!.client.post(`${path}/statements`, statement)).body.code).toBe('check-unknown');

    expect(await stateOf(match, check)).toMatchObject({ entries: [{ side: 'supplier', text: statement.text }] });
    const shown = await lead.client.get(path);
    expect(shown.body).toMatchObject({ check, askings: [{ sides: ['lead'], text: '请说明送货单' }], entries: [] });
    expect(JSON.stringify(shown.body)).not.toContain('王某');
    expect((await smes[0]!.client.get(path)).body.entries).toMatchObject([{ text: statement.text }]);
    // Its file is the office's to read, and not the other firm's.
    const readers = [office, bureau, smes[0]!.client, lead.client, smes[1]!.client, city.anybody()];
    const read = await Promise.all(readers.map(async (who) => (await who.get(`/api/attachments/${file.id}`)).status));
    expect(read).toEqual([200, 200, 200, 404, 404, 404]);
  });

  it('is concluded with its findings, once', async () => {
    const path = `/api/matches/${match}/checks/${check}`;
    const finding = {
      finding: randomUUID(),
      text: '入库记录一致',
      attachments: [(await uploaded(office, '照片.pdf')).id],
    };
    expect((await twice(city, office, 'POST', `${path}/findings`, finding)).status).toBe(201);
    const conclusion = { result: 'clear', text: '送货单与入库记录一致' };
    expect((await twice(city, office, 'POST', `${path}/conclusion`, conclusion)).status).toBe(201);
    expect((await office.post(`${path}/findings`, { ...finding, finding: randomUUID() })).body.code).toBe(
      'check-concluded',
    );
    const [line] = (await bureau.get('/api/match-register', { query: { checkState: 'clear' } })).body.items;
    expect(line).toMatchObject({ match, checkState: 'clear' });
    const { story } = (await bureau.get(`/api/match-register/${match}`)).body;
    expect(story.map(({ type }: { type: string }) => type).slice(-5)).toEqual([
      'CheckOpened',
      'StatementsAsked',
      'StatementGiven',
      'FindingAttached',
      'CheckConcluded',
    ]);
    expect(story.at(-1)).toMatchObject({ result: 'clear', by: { side: 'office', account: office.account } });
  });

  it('leaves no words in the log', async () => {
    const log: string[] = [];
    for await (const { data } of city.app.get(EventStore).readAll({ filter: { categories: ['match'] } })) {
      log.push(JSON.stringify(data));
    }
    expect(log).toHaveLength(5);
    for (const words of ['王某', '送货单', '入库', '13900002222']) expect(log.join()).not.toContain(words);
  });
});

describe('checks drawn by a seed', () => {
  it('are the same for whoever draws again, also when more matches stand', async () => {
    const form = { draw: randomUUID(), seed: '2020-02-10 双色球 03 07 11 19 24 30 + 08', count: 5 };
    expect((await office.post('/api/checks/draws', form)).status).toBe(403);
    const key = randomUUID();
    const first = await bureau.post('/api/checks/draws', form, { key });
    expect(first).toMatchObject({ status: 201, body: { population: 12 } });
    expect(first.body.checks).toHaveLength(5);
    const listing = randomUUID();
    await lead.client.post('/api/listings', { listing, terms: listingTerms(inMinutes(city, 60)) });
    await lead.client.post(`/api/listings/${listing}/publication`);
    for (const { client } of smes) {
      await client.post(`/api/listings/${listing}/offers`, { offer: randomUUID(), terms: offerTerms() });
    }
    expect((await bureau.get('/api/match-register', { query: { limit: '50' } })).body.items).toHaveLength(15);
    expect((await bureau.post('/api/checks/draws', form, { key })).body).toEqual(first.body);
    const other = await city.officer('city-officer');
    expect((await other.post('/api/checks/draws', form)).body.code).toBe('draw-id-taken');
    const [{ match, check }] = first.body.checks;
    expect((await stateOf(match, check)).cause).toMatchObject({
      kind: 'drawn',
      draw: form.draw,
      seed: form.seed,
      populationHash: first.body.populationHash,
    });
    const open = await bureau.get('/api/checks', { query: { state: 'open' } });
    expect(open.body.items).toHaveLength(5);
  });
});
