import { randomUUID } from 'node:crypto';
import { bookBytes, openTable } from '@app/spreadsheets';
import { startApp, TestApp } from '../support/app';
import type { Client } from '../support/client';
import { eventually, Firm, Firms, inMinutes, listingTerms, offerTerms } from '../support/firms';
import { must } from '../support/sealed-offers';

jest.setTimeout(120_000);

let city: TestApp;
let lead: Firm;
let maker: Firm;
let rival: Firm;
beforeAll(async () => {
  city = await startApp();
  const firms = new Firms(city);
  lead = await firms.lead('演示龙头鞋业');
  [maker, rival] = (await firms.many(2)) as [Firm, Firm];
});
afterAll(() => city?.stop());

const MARCH = { title: '2020年3月产品需求目录', from: '2020-03-01', to: '2020-03-31' };
const HEADINGS = ['产品名称', '数量', '单位'] as const;

async function bytesOf(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

const workbook = (rows: readonly (readonly string[])[], headings: readonly string[] = HEADINGS) =>
  bytesOf(bookBytes({ name: '需求', columns: headings.map((heading) => ({ heading, kind: 'text' as const })) }, rows));

function form(file: Buffer | string, name = '需求.xlsx'): FormData {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(Buffer.from(file as string))]), name);
  return form;
}

const asked = (more: Record<string, string> = {}) => ({
  ...{ import: randomUUID(), kind: 'demand', catalogue: randomUUID(), ...MARCH, ...more },
});

/** Rows of a file as its reader sees them, the heading first. */
async function rowsOf(file: Buffer | string): Promise<(readonly string[])[]> {
  const bytes = (async function* () {
    yield Buffer.from(file as string);
  })();
  const table = await openTable(bytes, { columns: [], mostRows: 1_000, mostBytes: 1 << 24 });
  const rows: (readonly string[])[] = [table.headings];
  for await (const { cells } of table.rows) rows.push(cells);
  await table.close();
  return rows;
}

async function ended(id: string, by: Client) {
  const { body } = await eventually(
    () => by.get(`/api/imports/${id}`),
    ({ body: { state } }) => state === 'ended',
  );
  return body;
}

/** A published catalogue with these lines. */
async function published(lines: readonly object[]): Promise<{ catalogue: string; listings: string[] }> {
  const catalogue = randomUUID();
  await must(lead.client.post('/api/catalogues', { catalogue, kind: 'demand', terms: MARCH }));
  const drafted = lines.map((terms) => ({ listing: randomUUID(), terms }));
  await must(lead.client.post(`/api/catalogues/${catalogue}/lines`, { lines: drafted }));
  await must(lead.client.post(`/api/catalogues/${catalogue}/publication`));
  return { catalogue, listings: drafted.map(({ listing }) => listing) };
}

const terms = (more: object = {}) => listingTerms(inMinutes(city, 24 * 60), more);

describe('an Excel file', () => {
  it('is staged, doubted, mended in place, partly left out, and begun', async () => {
    const file = await workbook([
      ['鞋底', '5000双', ''],
      ['鞋面', '若干', '双'],
      ['鞋带', '1E+3', 'PCS'],
      ['鞋盒', '10', '个'],
    ]);
    const sent = await lead.client.post('/api/imports', form(file), { query: asked() });
    expect([sent.status, sent.body.encoding, sent.body.counts]).toEqual([
      201,
      'xlsx',
      expect.objectContaining({ rows: 4, good: 3, doubtful: 2, bad: 1 }),
    ]);
    const path = `/api/imports/${sent.body.import}`;
    const doubtful = await lead.client.get(`${path}/rows`, { query: { show: 'doubtful' } });
    expect(doubtful.body.items).toMatchObject([
      {
        row: 2,
        doubts: [
          { field: 'quantity', code: 'doubt-unit-attached', suggestion: '5000' },
          { field: 'unit', code: 'doubt-unit-form', suggestion: '双' },
        ],
      },
      {
        row: 4,
        doubts: [
          { field: 'quantity', code: 'doubt-number-form', suggestion: '1000' },
          { field: 'unit', code: 'doubt-unit-form', suggestion: '件' },
        ],
      },
    ]);
    expect(doubtful.body.items[0].doubts[0].zh).toMatch(/5000双.*5000.*双/);

    const mend = (row: number, body: object) => lead.client.put(`${path}/rows/${row}`, body);
    const cells = [{ field: 'quantity', text: '300' }];
    const mended = await mend(3, { cells });
    expect(mended.body).toMatchObject({
      row: { row: 3, state: 'good', mended: ['quantity'], faults: [] },
      counts: { good: 4, bad: 0 },
    });
    expect((await mend(3, { cells })).body).toEqual(mended.body);
    const settled = await mend(2, {
      cells: [
        { field: 'quantity', text: '5000' },
        { field: 'unit', text: '双' },
      ],
    });
    expect(settled.body).toMatchObject({ row: { doubts: [] }, counts: { doubtful: 1 } });
    expect((await mend(5, { leftOut: true })).body).toMatchObject({
      row: { state: 'left-out' },
      counts: { leftOut: 1 },
    });
    expect((await mend(5, { leftOut: false })).body.counts).toMatchObject({ good: 4, leftOut: 0 });
    await must(mend(5, { leftOut: true }));
    // Another mapping checks the rows again, and what people said of them still holds.
    const remapped = await lead.client.put(`${path}/mapping`, {});
    expect(remapped.body.counts).toMatchObject({ good: 3, leftOut: 1, bad: 0 });
    for (const [row, body, code] of [
      [9, { leftOut: true }, 'import-row-unknown'],
      [2, { cells: [{ field: 'price', text: '1' }] }, 'import-field-unknown'],
    ] as const) {
      expect((await mend(row, body)).body.code).toBe(code);
    }
    const foreign = await rival.client.put(`${path}/rows/2`, { leftOut: true });
    expect([foreign.status, foreign.body.code]).toEqual([404, 'import-unknown']);

    await must(lead.client.post(`${path}/begin`, { mode: 'all-or-none' }));
    expect((await ended(sent.body.import as string, lead.client)).counts).toMatchObject({ taken: 3, leftOut: 1 });
    expect((await mend(2, { leftOut: true })).body.code).toBe('import-begun');
    const { catalogue } = sent.body;
    const lines = await lead.client.get(`/api/catalogues/${catalogue}/lines`);
    expect(
      lines.body.items.map((line: { status: string; terms: { quantity: string } }) => [
        line.status,
        line.terms.quantity,
      ]),
    ).toEqual([
      ['draft', '5000'],
      ['draft', '300'],
      ['draft', '1000'],
    ]);
    expect((await lead.client.get(`/api/catalogues/${catalogue}`)).body.status).toBe('draft');
  });

  it('that is none is refused with its own sentence, and leaves nothing', async () => {
    for (const [file, code] of [
      [Buffer.from('%PDF-1.4'), 'sheet-is-pdf'],
      [Buffer.from('d0cf11e0a1b11ae1'.padEnd(1024, '0'), 'hex'), 'sheet-old-workbook'],
      [Buffer.from('PK\u0003\u0004', 'latin1'), 'sheet-broken'],
    ] as const) {
      const query = asked();
      const answer = await lead.client.post('/api/imports', form(file), { query });
      expect([answer.status >= 400 && answer.status < 500, answer.body.code]).toEqual([true, code]);
      expect((await lead.client.get(`/api/imports/${query.import}`)).status).toBe(404);
    }
  });

  it('is not needed: cells are pasted as they come, with or without their heading', async () => {
    const headers = { 'Content-Type': 'text/tab-separated-values' };
    const paste = (text: string) => lead.client.post('/api/imports', text, { headers, query: asked() });
    const bare = await paste('鞋底\t42码\t1200\t双\n鞋面\t43码\t500\t双\n');
    expect(bare.body.mapping).toEqual(
      expect.arrayContaining([
        { field: 'product', heading: 'A' },
        { field: 'specification', heading: 'B' },
        { field: 'quantity', heading: 'C' },
        { field: 'unit', heading: 'D' },
      ]),
    );
    expect(bare.body.counts).toMatchObject({ rows: 2, good: 2 });
    const headed = await paste('品名\t需求数量\n鞋底\t1200\n');
    expect(headed.body).toMatchObject({ counts: { rows: 1 }, headings: ['品名', '需求数量'] });
    const unclear = await paste('1200\n500\n');
    expect(unclear.body).toMatchObject({ counts: { bad: 2 }, mapping: [{ field: 'quantity', heading: 'A' }] });
    const path = `/api/imports/${unclear.body.import}/mapping`;
    const mapped = await lead.client.put(path, { mapping: [], constants: [{ field: 'product', text: '鞋底' }] });
    expect(mapped.body.counts).toMatchObject({ good: 2, bad: 0 });
  });
});

describe('a list as a file', () => {
  it('has the rows and the words of the list, and goes back in as it came out', async () => {
    const { catalogue } = await published([
      terms({ product: '=1+1', note: '-急' }),
      terms({ product: '鞋面', quantity: '7.5' }),
    ]);
    for (const format of ['csv', 'xlsx']) {
      const file = await lead.client.get(`/api/catalogues/${catalogue}/lines/export`, { query: { format } });
      expect([file.status, file.headers.get('content-disposition')]).toEqual([
        200,
        expect.stringMatching(/\.(csv|xlsx)/),
      ]);
      if (format === 'csv') expect(file.body).toMatch(/\r\n'=1\+1,/);
      const again = await lead.client.post('/api/imports', form(file.body as Buffer, `x.${format}`), {
        query: asked(),
      });
      expect([format, again.body.counts]).toEqual([format, expect.objectContaining({ rows: 2, good: 2, doubtful: 0 })]);
      await must(
        lead.client.post(`/api/imports/${again.body.import}/begin`, { mode: 'all-or-none', answer: 'new-period' }),
      );
      await ended(again.body.import as string, lead.client);
      const termsIn = async (of: string) =>
        (await lead.client.get(`/api/catalogues/${of}/lines`)).body.items.map((line: { terms: object }) => line.terms);
      expect(await termsIn(again.body.catalogue as string)).toEqual(await termsIn(catalogue));
    }
  });

  it('has the columns and filters that were asked for, in the language asked for', async () => {
    const query = { format: 'csv', columns: 'quantity,product', words: '鞋面' };
    const headers = { 'Accept-Language': 'en' };
    const { body } = await city.anybody().get<string>('/api/open-demands/export', { query, headers });
    expect(body).toBe('quantity,product\r\n7.5,鞋面\r\n');
    const unknown = await city
      .anybody()
      .get('/api/open-demands/export', { query: { format: 'csv', columns: 'price' } });
    expect(unknown.body).toMatchObject({ code: 'export-column-unknown' });
    expect((await city.anybody().get('/api/open-demands/export')).status).toBe(400);
  });

  it('that an office takes away needs a reason, which the auditor reads', async () => {
    const officer = await city.officer('city-officer');
    const without = await officer.get('/api/match-register/export', { query: { format: 'csv' } });
    expect([without.status, without.body.errors[0].rule]).toEqual([400, 'export-reason-missing']);
    const query = { format: 'xlsx', reason: '季度核对', from: '2020-01-01' };
    expect((await officer.get('/api/match-register/export', { query })).status).toBe(200);
    const auditor = await city.officer('auditor');
    expect((await auditor.get('/api/looks')).body.items[0]).toMatchObject({
      ...{
        kind: 'export',
        subject: 'match-register?from=2020-01-01',
        reason: '季度核对',
        actor: `account:${officer.account}`,
      },
    });
    const looks = await auditor.get('/api/looks/export', { query: { format: 'csv', reason: '年度审计' } });
    expect(looks.body).toMatch(/季度核对/);
  });

  it('of policies is anybody’s; of claims, loans and funds it is theirs who read the list', async () => {
    const query = { format: 'csv' };
    const policies = await city.anybody().get('/api/policies/export', { query });
    expect(policies.body).toMatch(/协作配套中小企业奖励（2020年）/);
    const bank = await city.officer('bank');
    expect((await bank.get('/api/loans/export', { query })).body.errors[0].rule).toBe('export-reason-missing');
    const heading = (await bank.get('/api/loans/export', { query: { ...query, reason: '对账' } })).body as string;
    expect(heading).toMatch(/借款企业.*年利率/);
    expect((await maker.client.get('/api/claims/export', { query })).body).toMatch(/测算金额/);
    expect((await bank.get('/api/claims/export', { query })).status).toBe(403);
  });

  it('of a board shows no rival to a rival, and an office no losing price without its reason', async () => {
    const { listings } = await published([terms({ product: '鞋垫', earlyCloseAllowed: true })]);
    const [listing] = listings as [string];
    const price = '11.8713';
    await must(
      maker.client.post(`/api/listings/${listing}/offers`, {
        offer: randomUUID(),
        terms: offerTerms({ unitPrice: price }),
      }),
    );
    const board = (by: Client, more: object = {}) =>
      by.get(`/api/listings/${listing}/offers/export`, { query: { format: 'csv', ...more } });
    expect((await board(lead.client)).body).not.toContain(price);
    await must(lead.client.post(`/api/listings/${listing}/close`));
    expect((await board(lead.client)).body).toContain(price);
    expect((await board(rival.client)).status).toBe(404);
    const officer = await city.officer('city-officer');
    expect((await board(officer)).status).toBe(400);
    expect((await board(officer, { reason: '抽查' })).body).toContain(price);
    const own = await maker.client.get('/api/my-offers/export', { query: { format: 'csv' } });
    expect(own.body).toContain(price);
    expect((await rival.client.get('/api/my-offers/export', { query: { format: 'csv' } })).body).not.toContain(price);
  });
});

describe('the template', () => {
  it.each(['csv', 'xlsx'])('as %s is a file that the import takes as it is', async (format) => {
    for (const kind of ['demand', 'promotion']) {
      for (const language of ['zh', 'en']) {
        const headers = { 'Accept-Language': language };
        const { body } = await city.anybody().get('/api/imports/template', { query: { kind, format }, headers });
        const sent = await lead.client.post('/api/imports', form(body as Buffer, `x.${format}`), {
          query: asked({ kind }),
        });
        expect([kind, language, sent.body.counts]).toEqual([
          kind,
          language,
          expect.objectContaining({ rows: 1, good: 1, doubtful: 0 }),
        ]);
      }
    }
  });
});

describe('the offer sheet of a catalogue', () => {
  it('is filled in and comes back as lines; locked cells must be as they were', async () => {
    const { catalogue, listings } = await published(
      ['鞋底', '鞋面', '鞋带', '鞋盒'].map((product) => terms({ product, quantity: '1000' })),
    );
    const standing = randomUUID();
    const offered = offerTerms({ quantity: '400', unitPrice: '2.5' });
    await must(maker.client.post(`/api/listings/${listings[1]}/offers`, { offer: standing, terms: offered }));
    const { body: file } = await maker.client.get<Buffer>(`/api/catalogues/${catalogue}/offer-sheet`);
    const [headings, ...rows] = (await rowsOf(file)) as [readonly string[], ...string[][]];
    expect(rows.map(([listing, product]) => [listing, product])).toEqual(
      listings.map((listing, i) => [listing, ['鞋底', '鞋面', '鞋带', '鞋盒'][i]]),
    );
    const place = (heading: string) => headings.indexOf(heading);
    expect(rows[1]![place('未税单价')]).toBe('2.5');
    const fill = (row: string[], cells: Record<string, string>) => {
      const filled = headings.map((_, i) => row[i] ?? '');
      for (const [heading, text] of Object.entries(cells)) filled[place(heading)] = text;
      return filled;
    };
    const good = { 报价数量: '1,000', 未税单价: '3.2', 税率: '13%', 报价交期: offered.deliverBy, 起订量: '100' };
    const send = async (by: Client, filled: string[][]) =>
      by.post('/api/offer-sheets', form(await workbook(filled, headings), '报价单.xlsx'));
    const answer = await send(maker.client, [
      fill(rows[0]!, good),
      fill(rows[1]!, { 未税单价: '2.4' }),
      fill(rows[2]!, { ...good, 报价数量: '1001' }),
      fill(rows[3]!, { ...good, 需求数量: '9' }),
      fill(rows[0]!, good),
      fill(rows[2]!, {}),
    ]);
    expect([answer.status, answer.body.empty]).toEqual([200, 1]);
    expect(answer.body.lines).toMatchObject([
      {
        row: 2,
        listing: listings[0],
        terms: { quantity: '1000', unitPrice: '3.2', vatRate: '0.13', minimumLot: '100' },
      },
    ]);
    expect(answer.body.revisions).toMatchObject([
      { row: 3, offer: standing, terms: { unitPrice: '2.4', quantity: '400' } },
    ]);
    expect(
      answer.body.problems.map((one: { row: number; faults: { code: string }[] }) => [one.row, one.faults[0]!.code]),
    ).toEqual([
      [4, 'offer-exceeds-demand'],
      [5, 'offer-sheet-cell-changed'],
      [6, 'offer-sheet-row-twice'],
    ]);
    // Nothing was submitted; what came back is taken as it is.
    expect((await maker.client.get(`/api/listings/${listings[0]}/my-offer`)).body).toEqual({});
    const lines = answer.body.lines.map(({ listing, offer, terms }: Record<string, unknown>) => ({
      listing,
      offer,
      terms,
    }));
    const taken = await maker.client.post('/api/offers', { lines });
    expect(taken.body.lines).toMatchObject([{ listing: listings[0], result: 'done' }]);
    expect((await send(maker.client, [fill(rows[0]!, good)])).body).toMatchObject({
      unchanged: 1,
      lines: [],
      problems: [],
    });
    // A rival's sheet knows nothing of it.
    const rivals = await rowsOf((await rival.client.get<Buffer>(`/api/catalogues/${catalogue}/offer-sheet`)).body);
    expect(JSON.stringify(rivals)).not.toMatch(/3\.2|2\.5/);
    const other = form(await workbook([['x']]), '报价单.xlsx');
    expect((await rival.client.post('/api/offer-sheets', other)).body.code).toBe('offer-sheet-broken');
  });
});
