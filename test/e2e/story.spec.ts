import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { peitao } from '../support/command-line';

const OWN = join(__dirname, 'data');
const SHARED = join(__dirname, '../../../shared/data');

/** The story makes a database of its own on the server of the test run. */
const environment = () => ({ DATABASE_URL: process.env.PEITAO_TEST_POSTGRES_URL! });

async function told(demands: string, offers: string) {
  const { code, out, err } = await peitao(['story', '--demands', demands, '--offers', offers], environment());
  expect([code, err]).toEqual([0, '']);
  const lines = out.trimEnd().split('\n');
  const totals = JSON.parse(lines.at(-1)!) as Record<string, number> & { refused: Record<string, number> };
  const refused = Object.values(totals.refused).reduce((sum, one) => sum + one, 0);
  expect(totals.rows).toBe(totals.listings! + refused);
  return { totals, lines };
}

describe('the story', () => {
  it('takes what can be taken from a file, refuses the rest by reason, and trades to accepted shares', async () => {
    const { totals, lines } = await told(join(OWN, 'story-demands.csv'), join(OWN, 'story-offers.csv'));
    expect(totals).toEqual({
      rows: 10,
      listings: 5,
      refused: {
        'field-missing': 1,
        'field-quantity': 1,
        'import-firm-missing': 1,
        'quantity-missing': 1,
        'text-names-person': 1,
      },
      listingsWithMaker: 4,
      offers: expect.any(Number),
      closed: 5,
      awards: expect.any(Number),
      split: expect.any(Number),
      accepted: totals.awards,
    });
    // Each of the four has its maker and at least one competitor, and is divided.
    expect(totals.offers).toBeGreaterThanOrEqual(8);
    expect(totals.split).toBe(4);
    expect(totals.awards).toBeGreaterThanOrEqual(8);
    expect(lines.find((line) => line.includes('demands found a maker'))).toMatch(/^3 products of 2 makers; 4 demands/);
  }, 240_000);

  it('says what is missing instead of failing somewhere', async () => {
    const { code, err } = await peitao(['story', '--demands', 'nowhere.csv'], environment());
    expect(code).toBe(1);
    expect(err).toMatch(/no such file: .*nowhere\.csv/);
    const [wrong, offers] = [join(OWN, 'story-offers.csv'), join(OWN, 'story-offers.csv')];
    const other = await peitao(['story', '--demands', wrong, '--offers', offers], environment());
    expect([other.code, other.err]).toEqual([1, expect.stringMatching(/import-column-missing/)]);
  }, 60_000);

  const demands = join(SHARED, 'covid2020_hospital_demands.csv');
  const offers = join(SHARED, 'covid2020_factory_offers.csv');
  const present = existsSync(demands) && existsSync(offers);
  if (!present) console.warn(`the story of early 2020 is skipped: there is no ${SHARED}`);
  (present ? it : it.skip)(
    'tells the demand of early 2020 where its data stand beside the checkout',
    async () => {
      const { totals } = await told(demands, offers);
      expect(totals).toMatchObject({ rows: 1371, listings: 151, refused: { 'quantity-missing': 1220 }, closed: 151 });
      expect(totals.listingsWithMaker).toBeGreaterThan(50);
      expect(totals.split).toBeGreaterThan(0);
      expect(totals.accepted).toBe(totals.awards);
    },
    600_000,
  );
});
