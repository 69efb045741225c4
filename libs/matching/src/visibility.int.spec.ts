import fc from 'fast-check';
import { Client } from 'pg';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database';
import { firm } from './testing';
import { isSeenBy, isSeenSql, Reader, Seen } from './visibility.rules';

const PARTIES = [0, 1, 2].map(firm);
const codes = fc.subarray(PARTIES.map(({ enterprise }) => enterprise));

const seen: fc.Arbitrary<Seen> = fc.record({
  lead: fc.constantFrom(...PARTIES.map(({ enterprise }) => enterprise)),
  leadRegistration: fc.constantFrom(...PARTIES.map(({ registration }) => registration)),
  visibility: fc.constantFrom('public', 'verified', 'invited', 'pledge'),
  invited: codes,
  pledged: fc.subarray(PARTIES.map(({ registration }) => registration)),
});
const reader: fc.Arbitrary<Reader> = fc.record(
  {
    firm: fc
      .tuple(fc.constantFrom(...PARTIES), fc.boolean())
      .map(([party, isConfirmed]) => ({ ...party, isConfirmed })),
    office: fc.oneof(fc.constant('city' as const), codes),
  },
  { requiredKeys: [] },
);

let database: FreshDatabase;
let client: Client;
beforeAll(async () => {
  database = await freshDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** Asks the condition of one row, and another condition on purpose where a control wants to see it differ. */
async function inSql(row: Seen, by: Reader, condition = isSeenSql): Promise<boolean> {
  const values: unknown[] = [row.lead, row.leadRegistration, row.visibility, row.invited, row.pledged];
  const where = condition(by, (value) => `$${values.push(value)}`);
  const { rowCount } = await client.query(
    `SELECT FROM (SELECT $1::text AS lead, $2::text AS "leadRegistration", $3::text AS visibility,
       $4::text[] AS invited, $5::text[] AS pledged) row WHERE ${where}`,
    values,
  );
  return rowCount === 1;
}

const differs = (condition?: typeof isSeenSql) =>
  fc.assert(
    fc.asyncProperty(seen, reader, async (row, by) => (await inSql(row, by, condition)) === isSeenBy(row, by)),
    { numRuns: 300 },
  );

it('is the same rule in a list as on a page', async () => {
  await differs();
});

it('would not be, if a list forgot who was invited', async () => {
  const forgetful: typeof isSeenSql = (by, parameter) =>
    `(${isSeenSql(by, parameter)} OR (visibility = 'invited' AND ${by.firm ? 'true' : 'false'}))`;
  await expect(differs(forgetful)).rejects.toThrow();
});

it('shows nobody without a sign-in anything but what is public', () => {
  fc.assert(fc.property(seen, (row) => isSeenBy(row, {}) === (row.visibility === 'public')));
});
