import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerKeys } from '@app/auth';
import { PostgresEventStore } from '@app/event-store';
import { StructuredLog } from '@app/http';
import { isUscc, newId } from '@app/kernel';
import { OFFICES } from '@app/registry';
import { Client } from 'pg';
import { demoCity, DemoSize, FULL_SIZE } from '../../apps/cli/src/demo/city';
import { DemoOfOtherFolder, ensureDemo, LogNotEmpty } from '../../apps/cli/src/demo/demo';
import { startApp } from '../support/app';
import { freshDatabase } from '../support/database';

jest.setTimeout(300_000);

const NOW = Date.parse('2020-03-20T04:00:00Z');
/** The smallest in which every state of a listing and every stage of a claim still occurs. */
const SMALL: DemoSize = { firms: 25, leads: 4, catalogues: 13, listings: 56, offers: 84 };
const log = new StructuredLog({ destination: { write: () => undefined } });

describe('the demo city', () => {
  const city = demoCity(1, '2020-03-20');

  it('is as large as it says', () => {
    const lines = city.catalogues.flatMap((catalogue) => catalogue.lines);
    expect(city.firms).toHaveLength(FULL_SIZE.firms);
    expect(city.firms.filter(({ isLead }) => isLead)).toHaveLength(FULL_SIZE.leads);
    expect(city.catalogues).toHaveLength(FULL_SIZE.catalogues);
    expect(lines).toHaveLength(FULL_SIZE.listings);
    expect(lines.flatMap(({ offers }) => offers)).toHaveLength(FULL_SIZE.offers);
  });

  it('has firms in all thirteen offices, each with a valid made-up code and a name that says 演示', () => {
    expect(new Set(city.firms.map(({ area }) => area))).toEqual(new Set(OFFICES.map(({ area }) => area)));
    expect(
      city.firms.filter(
        ({ enterprise, name }) =>
          !isUscc(enterprise) || enterprise.slice(2, 8) !== '350527' || !name.startsWith('演示'),
      ),
    ).toEqual([]);
  });

  it('is the same for the same seed, and another for another', () => {
    expect(demoCity(1, '2020-03-20')).toEqual(city);
    expect(demoCity(2, '2020-03-20')).not.toEqual(city);
  });
});

describe('filling it', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let folder: string;
  const keys = ServerKeys.random();
  const options = () => ({ databaseUrl: database.url, keys, folder, log, size: SMALL, now: NOW });

  beforeAll(async () => {
    database = await freshDatabase();
    folder = mkdtempSync(join(tmpdir(), 'peitao-demo-'));
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function rows(sql: string): Promise<Record<string, string>[]> {
    const client = new Client(database.url);
    await client.connect();
    try {
      return (await client.query<Record<string, string>>(sql)).rows;
    } finally {
      await client.end();
    }
  }
  const count = async () => Number((await rows('SELECT count(*) AS n FROM event_store.events'))[0]!.n);

  it('goes on where it was interrupted, and gives each role a sign-in of its own', async () => {
    // Among orders and claims, when most of the rest has been told.
    const interrupt = (done: number, all: number) => {
      if (done > all * 0.9) throw new Error('killed here');
    };
    await expect(ensureDemo({ ...options(), progress: interrupt })).rejects.toThrow('killed here');
    const half = await count();
    const table = await ensureDemo(options());
    expect(await count()).toBeGreaterThan(half);

    const types = await rows(
      `SELECT type, count(*) AS n, count(DISTINCT stream) AS streams FROM event_store.events GROUP BY type`,
    );
    const of = (type: string) => types.find((row) => row.type === type);
    expect(of('RegistrationApplied')?.n).toBe(String(SMALL.firms));
    expect(of('ListingDrafted')?.n).toBe(String(SMALL.listings));
    expect(of('OfferSubmitted')?.n).toBe(String(SMALL.offers));
    expect(of('CatalogueOpened')?.n).toBe(String(SMALL.catalogues));

    const states = await rows('SELECT DISTINCT status FROM listings_v3.listing');
    expect(states.map(({ status }) => status).sort()).toEqual(
      ['awarded', 'cancelled', 'closed', 'draft', 'partly-awarded', 'quoting', 'unfilled'].sort(),
    );
    for (const { zh } of OFFICES) expect(table).toContain(zh);
    for (const role of ['审计', '系统管理员', '市工信局', '市财政局', '银行', '企业金融顾问'])
      expect(table).toContain(role);
  });

  it('goes from award to money: every kind of fact on orders, and claims at every stage', async () => {
    const types = (await rows('SELECT DISTINCT type FROM event_store.events')).map(({ type }) => type);
    expect(types).toEqual(
      expect.arrayContaining([
        ...['ContractEntered', 'DeliveryEntered', 'DeliveryAccepted', 'ReturnEntered', 'InvoiceEntered'],
        ...['InvoiceReversed', 'InvoiceChecked', 'PaymentEntered', 'OrderFactDisputed', 'OrderFactUnanswered'],
        ...['StatementConfirmed', 'PolicyVersionPublished', 'RoundOpened', 'ClaimReturned', 'NoticeStarted'],
        ...['ObjectionRaised', 'PaymentMade', 'ClaimReviewAsked', 'RecoveryConfirmed'],
        ...['FinanceRequested', 'FinanceGranted', 'LoanEvidenced', 'LoanConfirmed'],
      ]),
    );
    // Nothing of a statement is refused by its orders, and no claim but one rests on what is taken back later.
    for (const none of ['StatementPartRefused', 'InvoiceReleased']) expect(types).not.toContain(none);
    const [recoveries] = await rows(`SELECT count(*) AS n FROM event_store.events WHERE type = 'RecoveryOpened'`);
    expect(recoveries).toEqual({ n: '1' });
    const states = await rows('SELECT DISTINCT state FROM claims_v1.claim');
    expect(states.map(({ state }) => state).sort()).toEqual(
      [
        ...['applied', 'city-passed', 'county-passed', 'not-supported', 'on-notice', 'paid', 'passed-down'],
        ...['approved', 'returned', 'to-recover'],
      ].sort(),
    );
    const [invoices] = await rows(`
      SELECT bool_or("redOf" IS NOT NULL) AS red, bool_or("checkState" = 'unchecked') AS unchecked,
        bool_or("checkState" = 'valid') AS checked FROM invoices_v1.invoice`);
    expect(invoices).toEqual({ red: true, unchecked: true, checked: true });
    const [dues] = await rows(`
      SELECT bool_or(open > 0 AND "dueOn" < '2020-03-20') AS overdue, bool_or(open > 0 AND paid > 0) AS partly
      FROM orders_v1.due`);
    expect(dues).toEqual({ overdue: true, partly: true });
    const [orders] = await rows(`SELECT count(*) AS n FROM orders_v1.trade_order WHERE origin = 'recorded'`);
    expect(orders).toEqual({ n: '1' });
  });

  it('keeps the passwords where only their owner reads them', async () => {
    expect(statSync(join(folder, 'demo-sign-ins.json')).mode & 0o777).toBe(0o600);
    const passwords = [...(await ensureDemo(options())).matchAll(/139\d{8} {2}(\S+)/g)].map(
      ([, password]) => password!,
    );
    expect(passwords.length).toBeGreaterThan(20);
    expect(new Set(passwords).size).toBe(passwords.length);
  });

  it('does nothing the second time', async () => {
    const before = await count();
    const [one, two] = [await ensureDemo(options()), await ensureDemo(options())];
    expect(one).toBe(two);
    expect(await count()).toBe(before);
  });

  it('is known for made up by its database, whichever folder it is served from', async () => {
    const made = await startApp({ databaseUrl: database.url, keys, follows: false });
    const real = await startApp({ follows: false });
    try {
      expect((await made.anybody().get('/api/platform')).body).toMatchObject({ demo: true });
      expect((await real.anybody().get('/api/platform')).body).toMatchObject({ demo: false });
    } finally {
      await Promise.all([made.stop(), real.stop()]);
    }
    const elsewhere = mkdtempSync(join(tmpdir(), 'peitao-demo-'));
    await expect(ensureDemo({ ...options(), folder: elsewhere })).rejects.toThrow(DemoOfOtherFolder);
    rmSync(elsewhere, { recursive: true });
  });

  it('never mixes with a log that is not its own, also from the folder of another filling', async () => {
    const other = await freshDatabase();
    try {
      const store = await PostgresEventStore.open({ url: other.url });
      await store.append('listing-a', 'none', [fact()]);
      await store.close();
      await expect(ensureDemo({ ...options(), databaseUrl: other.url })).rejects.toThrow(LogNotEmpty);
    } finally {
      await other.drop();
    }
  });
});

const fact = () => ({
  id: newId(),
  type: 'ListingDrafted',
  data: {},
  metadata: {
    ...{
      commandId: newId(),
      commandHash: '',
      correlationId: '',
      causationId: '',
      actor: 'process:test',
      enterprise: '',
    },
    ...{ recordedAt: '2020-02-10T02:00:00.000Z', schema: '1', salt: '0'.repeat(32) },
  },
});
