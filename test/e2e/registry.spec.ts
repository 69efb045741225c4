import { randomUUID } from 'node:crypto';
import { EventStore } from '@app/event-store';
import { usccCheckCharacter } from '@app/kernel';
import { ImportIndustries } from '@app/registry';
import { CommandBus } from '@nestjs/cqrs';
import { startApp, TestApp } from '../support/app';
import type { Client } from '../support/client';
import { eventually } from '../support/firms';

jest.setTimeout(120_000);

let city: TestApp;
beforeAll(async () => {
  city = await startApp({ now: '2020-02-10T01:00:00Z' });
});
afterAll(() => city?.stop());

let made = 0;
let people = 0;
/** A made-up code: 91 and the prefix that nothing else uses. */
function code(): string {
  const first17 = `91350527MA${String(++made).padStart(7, '0')}`;
  return first17 + usccCheckCharacter(first17);
}

const PDF = Buffer.from('%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n');
const form = (enterprise: string, name = '演示鞋材有限公司', area = '350582') => ({
  id: randomUUID(),
  enterprise,
  from: '2018-05-01',
  name,
  registeredAddress: { area, text: '陈埭镇一号路 1 号' },
  industry: '1953',
});

async function upload(client: Client, name: string, bytes = PDF, id: string = randomUUID()) {
  const body = new FormData();
  body.set('id', id);
  body.set('file', new Blob([new Uint8Array(bytes)]), name);
  return client.post('/api/attachments', body);
}

/** Somebody registers from nothing: account, application, sign-in, evidence. */
async function apply(enterprise: string, name?: string, area?: string) {
  const mobile = `138${String(++people).padStart(8, '0')}`;
  const application = form(enterprise, name, area);
  const body = {
    ...application,
    account: { name: '演示联系人', mobile, password: '一二三四五六七八九十' },
  };
  const answer = await city.anybody().post('/api/registrations', body);
  expect(answer).toMatchObject({ status: 201, body: { registration: application.id, enterprise } });
  const firm = await city.signIn(answer.body.account);
  const files = [await upload(firm, '营业执照.pdf'), await upload(firm, '授权书.pdf')].map(
    ({ body }) => body.id as string,
  );
  return { registration: application.id, enterprise, name: application.name, firm, files, mobile, body };
}
type Applied = Awaited<ReturnType<typeof apply>>;

const attach = ({ firm, files }: Applied) =>
  firm.post('/api/registrations/own/evidence', {
    evidence: [
      { id: files[0], kind: 'business-licence' },
      { id: files[1], kind: 'authorisation' },
    ],
  });
const confirm = (officer: Client, { registration, name, files }: Applied) =>
  officer.post(`/api/registrations/${registration}/confirmation`, { name, evidence: files });

async function confirmed(enterprise = code(), name?: string): Promise<Applied> {
  const applied = await apply(enterprise, name);
  await attach(applied);
  const officer = await city.officer('county-officer', '350582');
  expect(await confirm(officer, applied)).toMatchObject({ status: 201 });
  return applied;
}

/** The whole log as its bytes stand. */
async function everyEvent(): Promise<string> {
  const events: string[] = [];
  for await (const { type, data, metadata } of city.app.get(EventStore).readAll()) {
    events.push(JSON.stringify({ type, data, metadata }));
  }
  return events.join('\n');
}

describe('a registration', () => {
  it('goes from application through return and completion to confirmation', async () => {
    const applied = await apply(code());
    const { registration, firm, enterprise } = applied;
    const officer = await city.officer('county-officer', '350582');

    expect((await firm.get('/api/registrations/own')).body).toMatchObject({
      registration,
      state: 'applied',
      evidence: [],
    });
    expect((await city.anybody().get(`/api/enterprises/${enterprise}`)).status).toBe(404);
    expect(await confirm(officer, applied)).toMatchObject({ status: 409, body: { code: 'evidence-not-attached' } });

    const gaps = [
      { field: 'business-licence', note: '未上传营业执照' },
      { field: 'authorisation', note: '未上传授权书' },
    ];
    expect((await officer.post(`/api/registrations/${registration}/return`, { gaps })).status).toBe(201);
    expect((await firm.get('/api/registrations/own')).body).toMatchObject({ state: 'returned', gaps });
    expect((await firm.post('/api/registrations/own/completion')).body.code).toBe('evidence-missing');
    expect((await attach(applied)).status).toBe(201);
    expect((await firm.post('/api/registrations/own/completion')).status).toBe(201);

    const queue = await officer.get('/api/registrations', { query: { waitingFor: 'check' } });
    expect(queue.body.items).toContainEqual(expect.objectContaining({ registration, waitingFor: 'check' }));
    const page = await officer.get(`/api/registrations/${registration}`);
    expect(page.body).toMatchObject({
      contacts: [{ name: '演示联系人', mobile: applied.mobile }],
      evidence: [
        { kind: 'business-licence', name: '营业执照.pdf' },
        { kind: 'authorisation', name: '授权书.pdf' },
      ],
    });
    expect((await officer.get(`/api/attachments/${applied.files[0]}`)).body).toContain('%PDF');

    expect((await confirm(officer, applied)).status).toBe(201);
    expect((await city.anybody().get(`/api/enterprises/${enterprise}`)).body).toEqual({
      enterprise,
      name: '演示鞋材有限公司',
      state: 'confirmed',
      area: '350582',
      industry: '1953',
      isLead: false,
    });
    const told = await eventually(
      () => firm.get('/api/inbox'),
      ({ body }) => JSON.stringify(body).includes('企业登记已确认'),
    );
    expect(JSON.stringify(told.body)).toContain('企业登记退回补正');
  });

  it('is the same when it is sent again, and another body under its key is refused', async () => {
    const key = randomUUID();
    const body = { ...form(code()), account: { name: '演示', mobile: '13700000001' } };
    const first = await city.anybody().post('/api/registrations', body, { key });
    expect(first.status).toBe(201);
    expect(await city.anybody().post('/api/registrations', body, { key })).toMatchObject({
      status: 201,
      body: first.body,
    });
    // Under another key it is somebody else who knows the number: no second account, and nothing in the first one's name.
    const elsewhere = { ...body, id: randomUUID(), enterprise: code() };
    expect((await city.anybody().post('/api/registrations', elsewhere)).body.code).toBe('mobile-taken');
    expect((await city.anybody().post('/api/registrations', body)).body.code).toBe('registration-exists');
    const chosen = { ...body, account: { ...body.account, id: first.body.account } };
    expect((await city.anybody().post('/api/registrations', chosen)).status).toBe(400);
    const other = { ...body, name: '另一个名字' };
    expect((await city.anybody().post('/api/registrations', other, { key })).body.code).toBe('command-id-reused');
  });

  it('by somebody who is signed in makes no account', async () => {
    const { firm } = await apply(code());
    const second = form(code());
    expect((await firm.post('/api/registrations', second)).status).toBe(201);
    const account = { name: '演示', mobile: '13700000002' };
    expect((await firm.post('/api/registrations', { ...form(code()), account })).body.code).toBe('account-not-needed');
    expect((await city.anybody().post('/api/registrations', form(code()))).body.code).toBe('account-missing');
    const officer = await city.officer('city-officer');
    expect((await officer.post('/api/registrations', form(code()))).body.code).toBe('officer-not-member');
  });

  it('names what is wrong with it', async () => {
    const wrong = { ...form('91350100M000100Y4J'), from: '2020-02-30', registeredAddress: { area: '99', text: '' } };
    const { status, body } = await city.anybody().post('/api/registrations', wrong);
    expect(status).toBe(400);
    const fields = body.errors.map(({ field, rule }: { field: string; rule: string }) => [field, rule]);
    expect(fields).toEqual(
      expect.arrayContaining([
        ['/enterprise', 'field-uscc'],
        ['/from', 'field-date'],
        ['/registeredAddress/area', 'field-area'],
      ]),
    );
  });

  it('is seen and decided by its own office alone', async () => {
    const applied = await apply(code(), '外地不可见', '350583');
    await attach(applied);
    const stranger = await city.officer('county-officer', '350582');
    const own = await city.officer('county-officer', '350583');
    const bureau = await city.officer('city-officer');
    const { registration, files } = applied;

    expect((await stranger.get(`/api/registrations/${registration}`)).status).toBe(404);
    expect((await stranger.get(`/api/attachments/${files[0]}`)).status).toBe(404);
    expect((await confirm(stranger, applied)).status).toBe(404);
    expect(JSON.stringify((await stranger.get('/api/registrations')).body)).not.toContain(registration);
    const beyond = await stranger.get('/api/registrations', { query: { office: '350583' } });
    expect(beyond.body.code).toBe('not-allowed-in-area');
    expect((await bureau.get(`/api/registrations/${registration}`)).status).toBe(200);
    expect((await confirm(bureau, applied)).body.code).toBe('not-allowed-in-area');
    expect((await confirm(own, applied)).status).toBe(201);
    // Its evidence is no longer open to somebody without a sign-in, nor was it ever.
    expect((await city.anybody().get(`/api/attachments/${files[0]}`)).status).toBe(404);
  });

  it('from elsewhere is confirmed by the city bureau', async () => {
    const applied = await apply(code(), '外地企业', '440305');
    await attach(applied);
    expect((await confirm(await city.officer('city-officer'), applied)).status).toBe(201);
  });
});

describe('several registrations on one code', () => {
  it('stand beside each other, and none sees another’s data', async () => {
    const enterprise = code();
    const [one, two] = [await apply(enterprise, '甲方登记'), await apply(enterprise, '乙方登记')];
    expect((await one.firm.get('/api/registrations/own')).body.name).toBe('甲方登记');
    expect((await two.firm.get('/api/registrations/own')).body.name).toBe('乙方登记');
    expect((await two.firm.get(`/api/attachments/${one.files[0]}`)).status).toBe(404);
    const stolen = { evidence: [{ id: one.files[0], kind: 'business-licence' }] };
    expect((await two.firm.post('/api/registrations/own/evidence', stolen)).body.code).toBe('evidence-not-uploaded');
    expect((await two.firm.get(`/api/registrations/${one.registration}`)).status).toBe(403);
  });

  it('are settled by a contest: the wrong holder is replaced', async () => {
    const holder = await confirmed();
    const { enterprise } = holder;
    const contestant = await apply(enterprise, '真正的企业');
    await attach(contestant);
    const officer = await city.officer('county-officer', '350582');
    expect((await confirm(officer, contestant)).body.code).toBe('code-held');

    const statement = '现持有人冒用我司证照，联系人李某 13900001111';
    expect((await contestant.firm.post('/api/registrations/own/contest', { statement })).status).toBe(201);
    const page = await officer.get(`/api/registrations/${contestant.registration}`);
    expect(page.body).toMatchObject({ contesting: true, waitingFor: 'contest', statement });
    expect(await everyEvent()).not.toContain('李某');

    const decision = {
      holder: holder.registration,
      decision: 'replace',
      reason: '原件核对相符',
      name: contestant.name,
      evidence: contestant.files,
    };
    const decide = `/api/registrations/${contestant.registration}/contest-decision`;
    expect((await officer.post(decide, decision)).status).toBe(201);
    expect((await holder.firm.get('/api/registrations/own')).body.state).toBe('replaced');
    expect((await contestant.firm.get('/api/registrations/own')).body.state).toBe('confirmed');
    expect((await city.anybody().get(`/api/enterprises/${enterprise}`)).body.name).toBe('真正的企业');
    // The replaced firm may apply anew; nothing is a dead end.
    expect((await holder.firm.post('/api/registrations', form(enterprise, '旧持有人'))).status).toBe(201);
  });
});

describe('facts', () => {
  it('are dated and sourced, and change the size by day; what stands on the licence waits for a check', async () => {
    const { firm, enterprise, registration } = await confirmed();
    const officer = await city.officer('county-officer', '350582');
    const put = (body: object) => firm.put('/api/registrations/own/facts', body);
    expect((await put({ from: '2019-01-01', staff: 299, revenue: '50000000.00' })).status).toBe(200);
    expect((await put({ from: '2020-01-01', staff: 300 })).status).toBe(200);
    expect((await put({ from: '2020-02-11', staff: 1 })).body.code).toBe('fact-in-future');

    const on = async (asOf: string) =>
      (await firm.get(`/api/enterprises/${enterprise}/facts`, { query: { asOf } })).body;
    expect(await on('2019-06-30')).toMatchObject({ size: 'small', facts: { staff: 299 } });
    expect(await on('2020-02-01')).toMatchObject({ size: 'medium', facts: { staff: 300 } });

    await put({ from: '2020-02-01', name: '改过的名字' });
    const waiting = await officer.get(`/api/registrations/${registration}`);
    expect(waiting.body).toMatchObject({ waitingFor: 'facts', awaitingCheck: { name: '改过的名字' } });
    expect((await city.anybody().get(`/api/enterprises/${enterprise}`)).body.name).toBe('演示鞋材有限公司');
    const check = { from: '2020-02-01', name: '改过的名字' };
    expect((await officer.put(`/api/registrations/${registration}/facts`, check)).status).toBe(200);
    expect((await city.anybody().get(`/api/enterprises/${enterprise}`)).body.name).toBe('改过的名字');
  });

  it('name persons by a token that is the same in every firm, and keep their documents out of the log', async () => {
    const firms = [await confirmed(), await confirmed()];
    const holders = [
      { name: '演示股东', document: '11010519491231002X', share: '0.6' },
      { enterprise: '91350100M000100Y43', share: '0.4' },
    ];
    for (const { firm } of firms) {
      expect((await firm.put('/api/registrations/own/facts', { from: '2020-01-01', holders })).status).toBe(200);
    }
    const shown = await Promise.all(
      firms.map(async ({ firm }) => (await firm.get('/api/registrations/own')).body.facts.holders),
    );
    expect(shown[0]).toEqual(shown[1]);
    expect(shown[0][0]).toMatchObject({ holder: expect.stringMatching(/^person:/), name: '演示股东' });
    expect(JSON.stringify(shown)).not.toContain('11010519491231002X');
    const unclear = { from: '2020-01-01', holders: [{ name: '演示股东', share: '1' }] };
    expect((await firms[0]!.firm.put('/api/registrations/own/facts', unclear)).body.code).toBe('holder-unclear');
    const log = await everyEvent();
    expect(log).toContain(shown[0][0].holder);
    for (const secret of ['11010519491231002X', '演示股东', '演示联系人', firms[0]!.mobile]) {
      expect(log).not.toContain(secret);
    }
  });

  it('are nobody else’s', async () => {
    const { enterprise } = await confirmed();
    const { firm: rival } = await confirmed();
    const facts = `/api/enterprises/${enterprise}/facts`;
    expect((await rival.get(facts)).status).toBe(403);
    expect((await city.anybody().get(facts)).status).toBe(401);
    expect((await (await city.officer('county-officer', '350583')).get(facts)).body.code).toBe('not-allowed-in-area');
    expect((await (await city.officer('auditor')).get(facts)).status).toBe(200);
  });

  it('were not known before they were recorded', async () => {
    const { enterprise, firm } = await confirmed();
    const before = new Date(city.clock.now()).toISOString();
    city.clock.advance(60_000);
    await firm.put('/api/registrations/own/facts', { from: '2018-06-01', staff: 77 });
    const read = async (query: Record<string, string>) =>
      (await firm.get(`/api/enterprises/${enterprise}/facts`, { query: { asOf: '2019-01-01', ...query } })).body;
    expect((await read({})).facts.staff).toBe(77);
    expect((await read({ knownAt: before })).facts.staff).toBeUndefined();
  });
});

describe('the register', () => {
  it('is searched by Chinese, pinyin, initials and code, page by page', async () => {
    const [one, two] = [await confirmed(code(), '望海拉链织造厂'), await confirmed(code(), '望海拉链')];
    await apply(code(), '望海拉链未确认');
    const found = async (words: string, more: Record<string, string> = {}) =>
      (await city.anybody().get('/api/enterprises', { query: { words, ...more } })).body;
    const codes = (body: { items: { enterprise: string }[] }) => body.items.map(({ enterprise }) => enterprise);
    for (const words of ['望海拉链', 'wanghai', 'whll']) {
      expect(codes(await found(words))).toEqual([two.enterprise, one.enterprise]);
    }
    expect(codes(await found(one.enterprise))).toEqual([one.enterprise]);
    expect(codes(await found('望海', { area: '350583' }))).toEqual([]);
    expect(codes(await found('望海', { industry: '19' }))).toHaveLength(2);
    const page = await found('望海', { limit: '1' });
    expect(codes(page)).toEqual([two.enterprise]);
    expect(codes(await found('望海', { limit: '1', cursor: page.next }))).toEqual([one.enterprise]);

    const every: string[] = [];
    for (let cursor: string | undefined; ;) {
      const query = { limit: '2', area: '350582', ...(cursor && { cursor }) };
      const { body } = await city.anybody().get('/api/enterprises', { query });
      every.push(...codes(body));
      if (!(cursor = body.next)) break;
    }
    expect(every).toEqual([...new Set(every)].sort());
    expect(every).toEqual(expect.arrayContaining([one.enterprise, two.enterprise]));
  });
});

describe('attachments', () => {
  it('are what their bytes say, and once', async () => {
    const { firm } = await apply(code());
    const id = randomUUID();
    const first = await upload(firm, '图纸 一.pdf', PDF, id);
    expect(first).toMatchObject({
      status: 201,
      body: { id, name: '图纸 一.pdf', mediaType: 'application/pdf', size: PDF.length },
    });
    expect((await upload(firm, '图纸 一.pdf', PDF, id)).status).toBe(201);
    expect((await upload(firm, '别的.pdf', PDF, id)).body.code).toBe('attachment-id-taken');
    expect((await upload(firm, '营业执照.png')).body.code).toBe('file-name-differs');
    expect((await upload(firm, '程序.pdf', Buffer.from('MZ\u0090'))).body.code).toBe('file-kind-not-taken');
    expect((await upload(firm, '空.pdf', Buffer.alloc(0))).body.code).toBe('file-empty');
    const large = Buffer.concat([PDF, Buffer.alloc(10 * 1024 * 1024)]);
    expect((await upload(firm, '大.pdf', large)).status).toBe(413);
    const read = await firm.get(`/api/attachments/${id}`);
    expect(read.headers.get('content-disposition')).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent('图纸 一.pdf')}`,
    );
    const empty = new FormData();
    empty.set('id', randomUUID());
    expect((await firm.post('/api/attachments', empty)).body.code).toBe('file-missing');
    expect((await firm.post('/api/attachments', { id })).status).toBe(415);
    expect((await (await city.officer('auditor')).post('/api/attachments', new FormData())).status).toBe(403);
  });
});

describe('reference data', () => {
  it('is public', async () => {
    const anybody = city.anybody();
    expect((await anybody.get('/api/areas')).body.items).toHaveLength(13);
    expect((await anybody.get('/api/industries')).body.items).toHaveLength(31);
    const bus = city.app.get(CommandBus);
    const wrong = [
      { code: 'C19', name: '皮革' },
      { code: 'Z99', name: '没有' },
    ];
    await expect(bus.execute(new ImportIndustries(wrong))).rejects.toMatchObject({ code: 'industry-none' });
    expect((await anybody.get('/api/industries')).body.items).toHaveLength(31);
    const rows = [
      { code: 'A', name: '农、林、牧、渔业' },
      { code: 'C1953', name: '塑料鞋制造' },
    ];
    expect(await bus.execute(new ImportIndustries(rows))).toBe(2);
    expect((await anybody.get('/api/industries')).body.items).toEqual([
      { code: '1953', zh: '塑料鞋制造' },
      { code: 'A', zh: '农、林、牧、渔业' },
    ]);
    expect((await anybody.get('/api/units')).body.items).toContainEqual({
      code: 'PR',
      zh: ['双', '副', '对'],
      en: 'pair',
    });
  });
});

describe('the id of another firm’s registration', () => {
  const somebody = () => ({
    name: '冒名',
    mobile: `136${String(++people).padStart(8, '0')}`,
    password: '一二三四五六七八九十',
  });

  it.each([
    ['as it is', (id: string) => id],
    ['in capitals', (id: string) => id.toUpperCase()],
  ])('makes nobody a member of that firm, written %s', async (_how, written) => {
    const victim = await confirmed();
    const id = written(victim.registration);
    const visitor = { ...form(code(), '冒名企业'), id, account: somebody() };
    const answer = await city.anybody().post('/api/registrations', visitor);
    expect(answer).toMatchObject({ status: 409, body: { code: 'registration-exists' } });

    const other = await confirmed();
    expect(await other.firm.post('/api/registrations', { ...form(code(), '冒名企业'), id })).toMatchObject({
      status: 409,
      body: { code: 'registration-exists' },
    });
    const memberships = (await other.firm.get('/api/me')).body.memberships as { registration: string }[];
    expect(memberships.map(({ registration }) => registration)).toEqual([other.registration]);
    const members = (await victim.firm.get('/api/members')).body as unknown[];
    expect(members).toHaveLength(1);
  });

  it('and the applicant’s number stay free when the application is refused', async () => {
    const application = { ...form(code()), from: '2030-01-01' };
    const account = somebody();
    const refused = await city.anybody().post('/api/registrations', { ...application, account });
    expect(refused).toMatchObject({ status: 409, body: { code: 'fact-in-future' } });
    const again = await city.anybody().post('/api/registrations', { ...application, from: '2018-05-01', account });
    expect(again).toMatchObject({ status: 201, body: { registration: application.id } });
  });
});

// Last: whoever is signed in has been away for half a year.
describe('lists of lead firms', () => {
  it('published in August for the whole year answer both questions', async () => {
    city.clock.set(Date.parse('2020-08-15T02:00:00Z'));
    const bureau = await city.officer('city-officer');
    const enterprise = code();
    const list = `/api/lead-lists/${randomUUID()}`;
    const draft = {
      title: '2020 年龙头企业名单',
      document: '泉工信〔2020〕1号',
      from: '2020-01-01',
      to: '2020-12-31',
      firms: [{ enterprise, name: '演示龙头' }],
    };
    expect((await bureau.post(list, draft)).status).toBe(201);
    expect((await city.anybody().get(list)).status).toBe(404);
    expect((await bureau.get(list)).body.state).toBe('draft');
    expect((await bureau.post(`${list}/publication`, { publishedOn: '2020-08-16' })).body.code).toBe(
      'announced-in-future',
    );
    expect((await bureau.post(`${list}/publication`, { publishedOn: '2020-08-15' })).status).toBe(201);

    const wasLead = async (day: string, knownAt?: string) => {
      const query = { enterprise, day, ...(knownAt && { knownAt }) };
      return (await city.anybody().get('/api/lead-lists/membership', { query })).body.wasLead as boolean;
    };
    expect(await wasLead('2020-03-01')).toBe(true);
    expect(await wasLead('2020-03-01', '2020-03-01T10:00:00Z')).toBe(false);
    expect(await wasLead('2020-03-01', '2020-08-15T10:00:00Z')).toBe(true);
    expect(await wasLead('2021-01-01')).toBe(false);

    const exit = { enterprise, on: '2020-08-10', announcedOn: '2020-08-15', reason: '迁出' };
    expect((await bureau.post(`${list}/exits`, exit)).status).toBe(201);
    expect(await wasLead('2020-08-09')).toBe(true);
    expect(await wasLead('2020-08-10')).toBe(false);
    const firms = (await city.anybody().get(list)).body.firms;
    expect(firms).toEqual([{ enterprise, name: '演示龙头', exitedOn: '2020-08-10', removed: false }]);
    expect((await (await city.officer('county-officer', '350582')).post(list, draft)).status).toBe(403);
  });
});
