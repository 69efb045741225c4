import { Client } from 'pg';
import { type FreshDatabase, freshDatabase, templateDatabase } from './database';

const made: FreshDatabase[] = [];
const fresh = async (options?: { template?: string }): Promise<FreshDatabase> => {
  const database = await freshDatabase(options);
  made.push(database);
  return database;
};
afterAll(() => Promise.all(made.map((database) => database.drop())));

async function query<T extends object>(url: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

test('databases of a test are its own', async () => {
  const [one, other] = await Promise.all([fresh(), fresh()]);
  await query(one.url, 'CREATE TABLE mark (id int)');
  await expect(query(other.url, 'SELECT FROM mark')).rejects.toThrow(/mark/);
});

test('a template is filled once, however many ask at the same time', async () => {
  let filled = 0;
  const fill = async (url: string): Promise<void> => {
    filled++;
    await query(url, 'CREATE TABLE mark AS SELECT 7 AS id');
  };
  const names = await Promise.all([1, 2, 3].map(() => templateDatabase('support_spec', fill)));
  expect(new Set(names).size).toBe(1);
  expect(filled).toBe(1);
  const copy = await fresh({ template: names[0] });
  expect(await query(copy.url, 'SELECT id FROM mark')).toEqual([{ id: 7 }]);
});

test('a template whose filling failed is filled by the next who asks', async () => {
  await expect(templateDatabase('support_broken', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  const name = await templateDatabase('support_broken', (url) => query(url, 'CREATE TABLE mark (id int)').then());
  const copy = await fresh({ template: name });
  expect(await query(copy.url, 'SELECT id FROM mark')).toEqual([]);
});

test('dropping ends open connections', async () => {
  const database = await freshDatabase();
  const client = new Client({ connectionString: database.url });
  const cut = new Promise<Error>((resolve) => client.on('error', resolve));
  await client.connect();
  await database.drop();
  expect(await cut).toMatchObject({ code: '57P01' });
  await expect(query(database.url, 'SELECT 1')).rejects.toMatchObject({ code: '3D000' });
});
