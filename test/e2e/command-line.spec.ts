import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgresEventStore } from '@app/event-store';
import { pause } from '@app/kernel';
import type { ListingEvent } from '@app/matching';
import { bookBytes } from '@app/spreadsheets';
import { offered, published } from '@testing/matching';
import { Client } from 'pg';
import { peitao, startPeitao } from '../support/command-line';
import { freshDatabase, FreshDatabase } from '../support/database';

const FIRM = '91350100M000100Y43';
const CANARY = '734.8812';

let folder: string;
let database: FreshDatabase;
let environment: Record<string, string>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'peitao-cli-'));
  database = await freshDatabase();
  environment = { DATABASE_URL: database.url, PEITAO_DATA: folder };
});
afterAll(async () => {
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

const run = (...args: string[]) => peitao(args, environment);

const file = (name: string, lines: Iterable<string>): string => {
  const path = join(folder, name);
  writeFileSync(path, [...lines].join('\n') + '\n');
  return path;
};

async function eventsOf(stream?: string) {
  const { code, out } = await run('events', ...(stream === undefined ? [] : [stream]));
  expect(code).toBe(0);
  return out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { type: string; stream: string; data: Record<string, unknown> });
}

describe('peitao user', () => {
  it('makes accounts with random passwords that are printed once', async () => {
    const made = await run('user', 'create', '--mobile', '13900000001', '--name', '演示', '--role', 'city-officer');
    const [, password] = /^password of 13900000001: (\S{16})$/m.exec(made.out)!;
    const again = await run('user', 'password', '13900000001');
    expect(again.out).toMatch(/^password of 13900000001: \S{16}$/m);
    expect(again.out).not.toContain(password);
    expect((await run('user', 'list')).out).toMatch(/13900000001\t演示\tactive\tcity-officer/);
    expect((await run('user', 'create', '--mobile', '13900000001', '--name', '演示二')).err).toMatch(/mobile-taken/);
    await run('user', 'deactivate', '13900000001');
    expect((await run('user', 'list')).out).toMatch(/13900000001\t演示\tdeactivated/);
  }, 120_000);

  it('leaves no account behind whose office was refused', async () => {
    const asked = ['--mobile', '13900000002', '--name', '演示', '--role', 'county-officer'];
    const made = await startPeitao(['user', 'create', ...asked], environment).ended;
    expect([made.code, made.err]).toEqual([1, expect.stringMatching(/area-required/)]);
    expect((await run('user', 'list')).out).toMatch(/13900000002\t演示\tdeactivated/);
  }, 60_000);
});

describe('peitao', () => {
  it('shows how it is used, and what is wrong with how it was', async () => {
    const help = await run('--help');
    expect([help.code, help.err, help.out]).toEqual([0, '', expect.stringContaining('Usage: peitao')]);
    const wrong = await run('events', '--nothing');
    expect([wrong.code, wrong.out, wrong.err]).toEqual([1, '', expect.stringMatching(/unknown option '--nothing'/)]);
  });
});

describe('peitao import', () => {
  const registration = randomUUID();
  const take = (path: string, ...more: string[]) =>
    run('import', 'demand', path, '--enterprise', FIRM, '--registration', registration, ...more);

  it('shows the mapping and every bad row, and takes the good ones', async () => {
    const path = file('lines.csv', ['品名,要几双,单位', '鞋底,1000,双', '鞋面,几个,双', '鞋带,20,双']);
    const { code, out } = await take(path, '--mapping', 'quantity=要几双', '--set', 'industry=1954');
    expect(code).toBe(0);
    expect(out).toMatch(/quantity = 要几双/);
    expect(out).toMatch(/product = 品名/);
    expect(out).toMatch(/^row 3, quantity: field-quantity/m);
    expect(out).toMatch(/2 已导入 taken/);
    const drafted = (await eventsOf()).filter(({ type }) => type === 'ListingDrafted');
    expect(drafted.map(({ data }) => (data.terms as { product: string }).product).sort()).toEqual(['鞋带', '鞋底']);
    expect((await take(path, '--mapping', 'quantity=要几双')).out).toMatch(/2 本目录已有/);
    expect((await take(path, '--mapping', 'quantity=没有')).err).toMatch(/import-heading-unknown/);
    expect((await take(path, '--mode', 'all-or-none', '--mapping', 'quantity=要几双')).err).toMatch(/import-bad-rows/);
  }, 180_000);

  it('takes an Excel file as it takes CSV', async () => {
    const columns = ['产品名称', '数量', '单位'].map((heading) => ({ heading, kind: 'text' as const }));
    const chunks: Buffer[] = [];
    for await (const chunk of bookBytes({ name: '需求', columns }, [['鞋眼', '40', '个']])) chunks.push(chunk);
    const path = join(folder, 'lines.xlsx');
    writeFileSync(path, Buffer.concat(chunks));
    const { code, out } = await take(path, '--mapping', 'quantity=数量');
    expect([code, out]).toEqual([0, expect.stringMatching(/xlsx, 1 rows, 1 good[^]*1 已导入 taken/)]);
  }, 120_000);

  it('that was killed is finished by the next run, with every row once', async () => {
    // Three parts: it is killed in the first or the second.
    const rows = Array.from({ length: 1_100 }, (_, n) => `演示${n},${n + 1},双`);
    const path = file('many.csv', ['产品名称,数量,单位', ...rows]);
    const args = ['import', 'demand', path, '--enterprise', FIRM, '--registration', registration, '--title', '四月'];
    const period = ['--from', '2020-04-01', '--to', '2020-04-30'];
    const log = new Client(database.url);
    await log.connect();
    try {
      const drafted = async () => {
        const count = `SELECT count(*)::int AS n FROM event_store.events WHERE type = 'ListingDrafted'`;
        return (await log.query<{ n: number }>(count)).rows[0]!.n;
      };
      const before = await drafted();
      const child = startPeitao([...args, ...period], environment);
      let hasEnded = false;
      void child.ended.then(() => (hasEnded = true));
      while ((await drafted()) === before && !hasEnded) await pause(20);
      child.kill('SIGKILL');
      await child.ended;
      const taken = (await drafted()) - before;
      expect(taken).toBeGreaterThan(0);
      expect(taken).toBeLessThan(1_100);
    } finally {
      await log.end();
    }
    expect((await run(...args, ...period)).code).toBe(0);
    const events = await eventsOf();
    const mine = events.filter(
      ({ type, data }) => type === 'ListingDrafted' && /^演示/.test((data.terms as { product: string }).product),
    );
    expect([mine.length, new Set(mine.map(({ stream }) => stream)).size]).toEqual([1_100, 1_100]);
    const [into] = mine.map(({ data }) => data.catalogue as string);
    const entered = (await eventsOf(`catalogue-${into}`)).flatMap(
      ({ data }) => (data.items as string[] | undefined) ?? [],
    );
    expect(new Set(entered).size).toBe(1_100);
  }, 240_000);

  it('takes the table of industries', async () => {
    const path = file('industries.csv', ['code,name,level', 'C19,皮革制品,大类', 'C1954,鞋底制造,小类']);
    expect((await run('import', 'industries', path)).out).toMatch(/2 rows; the table holds 2 codes/);
    expect((await run('import', 'industries', file('bad.csv', ['code,name', 'X99,x']))).err).toMatch(/industry-none/);
  }, 60_000);
});

describe('peitao rebuild', () => {
  it('fills a view anew, also by the name that metrics have, and names those that it knows', async () => {
    expect((await run('rebuild', 'open_demands_v1')).out).toMatch(/open_demands_v1: rebuilt from \d+ events/);
    const unknown = await run('rebuild', 'nothing');
    expect([unknown.code, unknown.err]).toEqual([
      1,
      expect.stringMatching(/no view is called nothing: .*open-demands, .*没有名为 nothing/),
    ]);
  }, 60_000);
});

describe('peitao events', () => {
  it('shows an offer without its price, also when it follows', async () => {
    const store = await PostgresEventStore.open({ url: database.url });
    const id = randomUUID();
    let revision = -1n;
    const append = async (...facts: ListingEvent[]) => {
      const events = facts.map(({ type, data }) => ({ id: randomUUID(), type, data, metadata: metadata() }));
      ({ revision } = await store.append(`listing-${id}`, revision < 0n ? 'none' : revision, events));
    };
    const child = startPeitao(['events', '--follow'], environment);
    try {
      await append(...published());
      // What was appended before it listened is not its business: there is always one more.
      const seen = child.printed(/OfferSubmitted/).then(() => true);
      for (let n = 1; !(await Promise.race([seen, pause(200).then(() => false)])); n++) {
        await append(offered(n, { unitPrice: CANARY }));
      }
      const shown = await eventsOf(`listing-${id}`);
      const offer = shown.find(({ type }) => type === 'OfferSubmitted')!;
      expect(new Set(Object.values(offer.data.terms as object))).toEqual(new Set(['•••']));
      expect(JSON.stringify(shown)).not.toContain(CANARY);
      // Masking is what keeps it out: the log itself holds the price.
      const kept: string[] = [];
      for await (const event of store.read(`listing-${id}`)) kept.push(JSON.stringify(event.data));
      expect(kept.join()).toContain(CANARY);
    } finally {
      child.kill('SIGINT');
      await store.close();
    }
    const { out, code } = await child.ended;
    expect(code).toBe(0);
    expect(out).not.toContain(CANARY);
  }, 120_000);
});

const metadata = () => ({
  ...{ commandId: randomUUID(), commandHash: '', correlationId: '', causationId: '', actor: 'process:test' },
  ...{ enterprise: '', recordedAt: '2020-02-10T02:00:00.000Z', schema: '1', salt: '0'.repeat(32) },
});
