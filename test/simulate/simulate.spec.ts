import { freshDatabase } from '../support/database';
import { RULES } from './recompute';
import { withSimulated } from './simulated-city';

jest.setTimeout(600_000);

it('the ledger of a small city equals what SQL makes of its raw events, and differs once any rule is left out', async () => {
  const database = await freshDatabase();
  try {
    await withSimulated(
      database.url,
      // The smallest year in which every rule still decides something; larger ones: npm run simulate.
      { enterprises: 20, orders: 80, seed: 4 },
      () => undefined,
      async (simulated) => {
        const whole = await simulated.compare();
        expect(whole.shown).toEqual([]);
        expect(whole.claims).toBeGreaterThan(5);
        expect(Number(whole.recovered)).toBeGreaterThan(0);
        expect(Number(whole.offset)).toBeGreaterThan(0);
        // Filed twice, approved once.
        expect(simulated.refused.get('award-changed')).toBeGreaterThan(0);
        // The replay of the live policies is the live claims.
        const replayed = await simulated.replayed();
        expect(replayed.flatMap(({ different }) => different)).toEqual([]);
        expect(replayed).toHaveLength(3);
        expect(replayed.every(({ approved }) => approved > 0)).toBe(true);
        for (const rule of RULES) {
          const { differences } = await simulated.compare(rule);
          expect([rule, differences > 0]).toEqual([rule, true]);
        }
      },
    );
  } finally {
    await database.drop();
  }
});
