import { randomUUID } from 'node:crypto';
import { EventStore, Streams } from '@app/event-store';
import { canonicalHash, Party, pause, Refused } from '@app/kernel';
import { Followers } from '@app/projections';
import { Staging } from '@app/spreadsheets';
import { CommandBus } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { startApp, TestApp } from '../../../test/support/app';
import { csvFile, DEMAND_HEADING, demandRow } from '../test/import-files';
import { catalogue } from './catalogue.decider';
import { AddLines, catalogueStream } from './catalogue.handlers';
import { BeginImport, importStream, PART, StageImport, TakeImportPart, targetOf } from './import.handlers';
import { listing } from './listing.decider';
import { listingStream } from './listing.handlers';

let app: TestApp;
let commands: CommandBus;
let staging: Staging;
beforeAll(async () => {
  app = await startApp({ follows: false });
  commands = app.app.get(CommandBus);
  staging = app.app.get(Staging);
});
afterAll(() => app?.stop());

const newFirm = (): Party => ({ enterprise: '91350100M000100Y43', registration: randomUUID() });
const MARCH = { title: '2020年3月产品需求目录', from: '2020-03-01', to: '2020-03-31' };

const stage = (by: Party, into: string, rows: Iterable<string>, more: object = {}) =>
  commands.execute(
    new StageImport(
      { import: randomUUID(), kind: 'demand', by, actor: 'process:operator', catalogue: into, terms: MARCH, ...more },
      csvFile(DEMAND_HEADING, rows),
    ),
  );

const context = (id: string) => ({
  ...{ commandId: randomUUID(), commandHash: canonicalHash(id), actor: 'process:operator', enterprise: '' },
  ...{ correlationId: id, causationId: id },
});

const begin = (id: string, by: Party, choice: BeginImport['choice'] = { mode: 'good-rows' }) =>
  commands.execute(new BeginImport(id, by, choice, context(id)));

async function takeAll(id: string): Promise<void> {
  while (!(await commands.execute(new TakeImportPart(id, id))).ended);
}

async function imported(by: Party, into: string, rows: Iterable<string>, choice?: BeginImport['choice']) {
  const { id } = await stage(by, into, rows);
  await begin(id, by, choice);
  await takeAll(id);
  return (await staging.summary(id, by.registration)).counts;
}

const streams = () => app.app.get(Streams);
const itemsOf = async (into: string) => [
  ...(await streams().load(catalogue, catalogueStream(into))).state!.items.keys(),
];
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);
const rowsOf = (from: number, to: number) => numbers(from, to).map(demandRow);
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refused ? error.code : error),
  );

describe('an import', () => {
  it('checks the whole file before anything is appended, and names every bad row', async () => {
    const by = newFirm();
    const head = await app.app.get(EventStore).head();
    const { id, counts, mapping } = await stage(by, randomUUID(), [
      demandRow(1),
      '鞋面,,若干,双',
      ',,5,双',
      '鞋带,,"1,000",捆扎',
      '鞋垫,,,双',
      '鞋盒,请打 13812345678,5,个',
      '鞋楦,,-3,双',
    ]);
    expect(mapping).toEqual({ product: '产品名称', specification: '规格型号', quantity: '数量', unit: '单位' });
    expect(counts).toMatchObject({ rows: 7, good: 2, bad: 5, notices: { 'quantity-missing': 1 } });
    const bad = await staging.rows(id, { states: ['bad'], noticed: false, after: 0, limit: 100 });
    expect(bad.map(({ row, faults }) => [row, ...faults!.map(({ field, code }) => `${field} ${code}`)])).toEqual([
      [3, 'quantity field-quantity'],
      [4, 'product field-missing'],
      [5, 'unit import-unit-unknown'],
      [7, 'specification text-names-person'],
      [8, 'quantity field-quantity'],
    ]);
    expect(await app.app.get(EventStore).head()).toEqual(head);
    expect(await codeOf(begin(id, by, { mode: 'all-or-none' }))).toBe('import-bad-rows');
    expect(await app.app.get(EventStore).head()).toEqual(head);
  });

  it('adds only new rows of a file that was re-ordered or has grown, equal rows included', async () => {
    const [by, into] = [newFirm(), randomUUID()];
    const rows = [...rowsOf(0, 20), demandRow(3), demandRow(3)];
    expect(await imported(by, into, rows)).toMatchObject({ taken: 22, already: 0 });
    const first = await itemsOf(into);
    expect(first).toHaveLength(22);
    expect(await imported(by, into, rows.toReversed())).toMatchObject({ taken: 0, already: 22 });
    expect(await imported(by, into, [...rowsOf(20, 25), ...rows, demandRow(3)])).toMatchObject({
      taken: 6,
      already: 22,
    });
    expect((await itemsOf(into)).slice(0, 22)).toEqual(first);
    expect(new Set(await itemsOf(into)).size).toBe(28);
  });

  it('finds its rows again under other headings, columns and ways to write a number', async () => {
    const [by, into] = [newFirm(), randomUUID()];
    await imported(by, into, ['鞋底,,1000,双']);
    const asked = { import: randomUUID(), kind: 'demand' as const, by, actor: 'process:operator', catalogue: into };
    const other = csvFile('序号,需求数量,计量单位,品名', ['1,"1,000",双,鞋底']);
    expect((await commands.execute(new StageImport(asked, other))).counts).toMatchObject({ already: 1, good: 0 });
  });

  it('asks about a file like last month’s: skip what stands already, or a new period', async () => {
    const [by, march, april, may] = [newFirm(), randomUUID(), randomUUID(), randomUUID()];
    await imported(by, march, rowsOf(0, 10));
    const { id, state } = await stage(by, april, rowsOf(2, 12));
    expect(state).toBe('asks');
    expect(await codeOf(begin(id, by))).toBe('import-asks');
    await begin(id, by, { mode: 'good-rows', answer: 'skip' });
    await takeAll(id);
    expect((await staging.summary(id, by.registration)).counts).toMatchObject({ taken: 2, 'left-out': 8 });
    expect(await imported(by, may, rowsOf(2, 12), { mode: 'good-rows', answer: 'new-period' })).toMatchObject({
      taken: 10,
    });
    const earlier = new Set([...(await itemsOf(march)), ...(await itemsOf(april))]);
    expect((await itemsOf(may)).filter((item) => earlier.has(item))).toEqual([]);
    expect((await stage(newFirm(), randomUUID(), rowsOf(0, 10))).state).toBe('checked');
  });

  it('that dies in the middle of a part is finished, with every row once', async () => {
    const [by, into] = [newFirm(), randomUUID()];
    const { id } = await stage(by, into, rowsOf(0, PART + 40));
    const { summary } = await begin(id, by);
    await commands.execute(new TakeImportPart(id, id));
    // What a process leaves that is killed after its rows and before it could settle them.
    await app.app.get(DataSource).query(`UPDATE kept.import_row SET state = 'good' WHERE job = $1`, [id]);
    const job = await staging.job(id);
    expect((await itemsOf(into)).length).toBe(PART);
    expect(await staging.nextPart(job, 1)).toMatchObject([{ row: 2 }]);
    await app.app.get(Followers).start();
    const ended = async () => (await staging.job(id)).state === 'ended';
    for (const end = performance.now() + 30_000; !(await ended()) && performance.now() < end;) {
      await pause(20);
    }
    await app.app.get(Followers).stop();
    expect((await staging.summary(id, by.registration)).counts).toMatchObject({
      taken: summary.counts.good,
      refused: 0,
    });
    const items = await itemsOf(into);
    expect([items.length, new Set(items).size]).toEqual([PART + 40, PART + 40]);
    const parts: string[] = [];
    for await (const { type } of app.app.get(EventStore).read(importStream(id))) parts.push(type);
    expect(parts).toEqual(['ImportBegun', 'ImportPartTaken', 'ImportPartTaken', 'ImportEnded']);
  });

  it('leaves the others done where a rule refuses one', async () => {
    const [by, into] = [newFirm(), randomUUID()];
    const { id } = await stage(by, into, rowsOf(0, 5));
    await begin(id, by);
    const [, second] = await staging.nextPart(await staging.job(id), 5);
    const taken = targetOf({ kind: 'demand', enterprise: by.enterprise, catalogue: into }, second!);
    const other = new AddLines(into, by, [{ listing: taken, terms: { product: '别的' } }], context('other'));
    await commands.execute(other);
    await takeAll(id);
    const summary = await staging.summary(id, by.registration);
    expect(summary.counts).toMatchObject({ taken: 4, refused: 1 });
    const [refused] = await staging.rows(id, { states: ['refused'], noticed: false, after: 0, limit: 9 });
    expect(refused).toMatchObject({ row: 3, faults: [{ code: 'listing-id-taken' }] });
  });

  it('drafts lines with what their cells say', async () => {
    const [by, into] = [newFirm(), randomUUID()];
    await imported(by, into, ['鞋底,42码 橡胶,1.5万,双']);
    const [item] = await itemsOf(into);
    const { state } = await streams().load(listing, listingStream(item!));
    expect(state).toMatchObject({
      phase: 'draft',
      terms: { product: '鞋底', specification: '42码 橡胶', quantity: '15000', unit: { code: 'PR', name: '双' } },
    });
  });

  it('of many rows holds only some of them in memory', async () => {
    const [by, into] = [newFirm(), randomUUID()];
    // IMPORT_ROWS=50000 for the whole measure.
    const count = Number(process.env.IMPORT_ROWS ?? 2_000);
    const padding = '说'.repeat(1_000);
    let [most, size] = [0, 0];
    const rows = (function* () {
      for (let n = 0; n < count; n++) {
        if (n % 500 === 0) most = Math.max(most, process.memoryUsage().heapUsed);
        const row = `${demandRow(n)},${padding}`;
        size += row.length;
        yield row;
      }
    })();
    const before = process.memoryUsage().heapUsed;
    const asked = { import: randomUUID(), kind: 'demand' as const, by, actor: 'process:operator', catalogue: into };
    const file = csvFile(`${DEMAND_HEADING},审核意见`, rows);
    const { counts } = await commands.execute(new StageImport({ ...asked, terms: MARCH }, file));
    expect(counts).toMatchObject({ rows: count, good: count });
    expect(most - before).toBeLessThan(100 * 1024 * 1024);
    expect(size).toBeGreaterThan(count * 1_000);
  }, 300_000);
});
