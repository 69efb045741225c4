import { Refused } from '@app/kernel';
import { Streams } from '@app/event-store';
import { commandContext, memoryStreams } from '@testing/event-store';
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import {
  allScaled,
  Asked,
  Funds,
  grantedOf,
  levelShort,
  partsOf,
  proRata,
  scaled,
  ShortReading,
} from './round-budget.rules';
import { OpenedRound, Round, RoundCommand, round, RoundEvent } from './round.decider';

const COUNTIES = ['350582', '350583', 'city'];
const fen = (most: number) => fc.integer({ min: 0, max: most * 100 }).map((n) => (n / 100).toFixed(2));
const shares = fc
  .integer({ min: 0, max: 1000 })
  .map((n) => ({ city: (n / 1000).toFixed(3), county: (1 - n / 1000).toFixed(3) }));
const asks = fc.array(
  fc.record({
    county: fc.constantFrom(...COUNTIES),
    amount: fen(200_000),
    filedAt: fc.constantFrom('1', '2', '3', '4'),
  }),
  { minLength: 1, maxLength: 12 },
);
const funds = (short: ShortReading) =>
  fc
    .record({
      rounding: fc.constantFrom('yuan-down' as const, 'fen-half-up' as const),
      shares,
      city: fen(400_000),
      one: fen(200_000),
      other: fen(200_000),
      asks,
    })
    .map(({ rounding, shares: divided, city, one, other, asks: all }): Funds => {
      const asked = all.map((ask, n): Asked => ({ ...ask, claim: `C${n}`, isFound: true }));
      return {
        short,
        rounding,
        shares: divided,
        budgets: new Map([
          ['city', city],
          ['350582', one],
          ['350583', other],
        ]),
        asked: new Map(asked.map((ask) => [ask.claim, ask])),
        reserved: new Map(),
        scales: new Map(),
      };
    });

describe('what levels pay', () => {
  it('adds up to the amount', () =>
    fc.assert(
      fc.property(shares, fen(1_000_000), fc.constantFrom(...COUNTIES), (divided, amount, county) => {
        const parts = [...partsOf(divided, county, amount).values()];
        expect(Decimal.sum(...parts).eq(amount)).toBe(true);
        expect(parts.every((part) => !part.isNegative())).toBe(true);
      }),
    ));
});

it.each([
  ['yuan-down', '100.99', '1', '100'],
  ['yuan-down', '199.99', '0.5', '99'],
  ['fen-half-up', '100.01', '0.5', '50'],
  ['fen-half-up', '0.01', '0.9999999999', '0'],
] as const)('a scaled amount is never more than the exact product: %s of %s by %s', (rounding, amount, scale, left) =>
  expect(scaled(amount, scale, rounding).toFixed()).toBe(left),
);

describe('pro rata', () => {
  it('never exceeds a budget, and leaves all as it is where money suffices', () =>
    fc.assert(
      fc.property(funds('pro-rata'), (money) => {
        const scales = proRata(money);
        expect(levelShort(money, allScaled(money.asked.values(), scales, money.rounding))).toBeUndefined();
        if (levelShort(money, money.asked.values())) return;
        expect([...scales.values()].every((scale) => scale === '1')).toBe(true);
      }),
      { numRuns: 500 },
    ));
  it('scales the claims of a county alike, and takes no more than it must', () => {
    const base = { short: 'pro-rata', rounding: 'fen-half-up', reserved: new Map(), scales: new Map() } as const;
    const asked = [
      { claim: 'A', county: '350582', amount: '100', isFound: true, filedAt: '1' },
      { claim: 'B', county: '350582', amount: '200', isFound: true, filedAt: '1' },
      { claim: 'C', county: '350583', amount: '50', isFound: true, filedAt: '1' },
    ];
    const budgets = new Map([
      ['city', '175'],
      ['350582', '75'],
      ['350583', '100'],
    ]);
    const money = {
      ...base,
      shares: { city: '0.5', county: '0.5' },
      budgets,
      asked: new Map(asked.map((a) => [a.claim, a])),
    };
    expect([...proRata(money)]).toEqual([
      ['', '1'],
      ['350582', '0.5'],
      ['350583', '1'],
    ]);
  });
});

/** Claims of a first-come round reserve what is granted to them, in any order. */
function serve(money: Funds, order: readonly Asked[], granted: typeof grantedOf): Funds {
  return order.reduce<Funds>((now, { claim, county, amount }) => {
    const got = granted(now, { claim, county, award: amount });
    return { ...now, reserved: new Map(now.reserved).set(claim, { claim, county, amount: got }) };
  }, money);
}

describe('first come, first served', () => {
  it('never exceeds a budget, in whatever order claims are decided, nor the award', () =>
    fc.assert(
      fc.property(funds('first-come'), fc.infiniteStream(fc.nat()), (money, dice) => {
        const all = [...money.asked.values()];
        const order = [...all].sort(() => (dice.next().value % 2 === 0 ? 1 : -1));
        const served = serve(money, order, grantedOf);
        expect(levelShort(money, served.reserved.values())).toBeUndefined();
        for (const { claim, amount } of all) {
          expect(new Decimal(served.reserved.get(claim)!.amount).lte(amount)).toBe(true);
        }
      }),
      { numRuns: 500 },
    ));
  it('gives those before a claim what they would get without it', () =>
    fc.assert(
      fc.property(funds('first-come'), (money) => {
        const inLine = [...money.asked.values()].sort((a, b) =>
          a.filedAt === b.filedAt ? (a.claim < b.claim ? -1 : 1) : a.filedAt < b.filedAt ? -1 : 1,
        );
        const last = inLine.at(-1)!;
        const without = { ...money, asked: new Map([...money.asked].filter(([claim]) => claim !== last.claim)) };
        const lastFirst = serve(money, [last, ...inLine.slice(0, -1)], grantedOf);
        const alone = serve(without, inLine.slice(0, -1), grantedOf);
        for (const [claim, { amount }] of alone.reserved) expect(lastFirst.reserved.get(claim)!.amount).toBe(amount);
      }),
    ));
  it('would be seen to exceed it by one that grants all', () => {
    const careless: typeof grantedOf = (_, { award }) => award;
    const found = fc.check(
      fc.property(funds('first-come'), (money) => {
        const served = serve(money, [...money.asked.values()], careless);
        return levelShort(money, served.reserved.values()) === undefined;
      }),
    );
    expect(found.failed).toBe(true);
  });
});

describe('a firm that files on the same trade again and again', () => {
  /** Three claims of one firm, then one of another: 60,000 each, of 120,000. */
  const filedBy = (...firms: (string | undefined)[]): Funds => ({
    ...{ short: 'first-come', rounding: 'yuan-down', shares: { city: '1', county: '0' } },
    budgets: new Map([['city', '120000']]),
    asked: new Map(
      firms.map((firm, n): [string, Asked] => {
        const ask = { claim: `C${n}`, county: '350582', amount: '60000', isFound: true, filedAt: `${n}` };
        return [ask.claim, { ...ask, ...(firm !== undefined && { firm }) }];
      }),
    ),
    reserved: new Map(),
    scales: new Map(),
  });
  const grantedToLast = (money: Funds) => grantedOf(money, { claim: 'C3', county: '350582', award: '60000' });

  it('stands once before who comes later', () => {
    expect(grantedToLast(filedBy('F', 'F', 'F', 'G'))).toBe('60000');
    expect(grantedToLast(filedBy('F1', 'F2', 'F3', 'G'))).toBe('0');
  });
  it('has no claim of its own before it, and is served once', () => {
    const money = filedBy('F', 'F', 'F', 'G');
    const own = { claim: 'C2', county: '350582', award: '60000' };
    expect(grantedOf(money, own)).toBe('60000');
    const both = [
      { claim: 'C0', county: '350582', amount: '60000' },
      { claim: 'C3', county: '350582', amount: '60000' },
    ];
    expect(grantedOf({ ...money, reserved: new Map(both.map((one) => [one.claim, one])) }, own)).toBe('0');
  });
  it('takes no more of the others pro rata, and counts with the most that it asks', () => {
    const countyScale = (money: Funds) => proRata(money).get('350582');
    expect(countyScale(filedBy('F', 'F', 'F', 'G'))).toBe('1');
    expect(countyScale(filedBy('F1', 'F2', 'F3', 'G'))).toBe('0.5');
    const more = filedBy('F', 'F', 'F', 'G');
    const asked = new Map(more.asked).set('C1', { ...more.asked.get('C1')!, amount: '180000' });
    expect(countyScale({ ...more, asked })).toBe('0.5');
  });
});

const by = { account: 'ann', name: 'Ann' };
const opened: RoundEvent = {
  type: 'RoundOpened',
  data: {
    round: 'R1',
    policy: { scheme: 's', version: 'v', hash: 'ab', short: 'full-then-scale', rounding: 'yuan-down' },
    name: 'round',
    document: 'No. 1',
    filing: { from: '2021-01-01', to: '2021-02-01' },
    year: 2020,
    shares: { city: '1', county: '0' },
    budgets: [{ level: 'city', amount: '100' }],
    by,
    at: '2021-01-01T00:00:00.000Z',
  },
};

describe('racing reservations', () => {
  const RACES = 500;
  const rivals = ['1', '2', '3'];

  /** Rivals of different processes each reserve 60 of 100. */
  async function reservedIn(decider: typeof round, races: number): Promise<string[]> {
    const { streams, store, clock, catalogue } = memoryStreams();
    const processes = rivals.map(() => new Streams(store, clock, catalogue));
    const run = async (race: number): Promise<string> => {
      const stream = `round-${race}`;
      const opening: typeof round = { ...round, decide: () => [opened] };
      await streams.decide<Round, RoundCommand, RoundEvent>(opening, stream, {} as RoundCommand, commandContext());
      const answers = await Promise.allSettled(
        rivals.map((claim, n) =>
          processes[n]!.decide(
            decider,
            stream,
            {
              type: 'ReserveBudget',
              claim,
              county: 'city',
              amount: '60',
              attempt: claim,
              at: '2021-03-01T00:00:00.000Z',
            },
            commandContext(),
          ),
        ),
      );
      for (const answer of answers) {
        if (answer.status === 'rejected') expect((answer.reason as Refused).code).toBe('budget-short');
      }
      const { state } = await streams.load(round, stream);
      return Decimal.sum(0, ...[...(state as OpenedRound).reserved.values()].map(({ amount }) => amount)).toFixed();
    };
    const totals: string[] = [];
    // Races beside each other, since a loser waits a few milliseconds before it decides again.
    for (let first = 0; first < races; first += 50) {
      totals.push(...(await Promise.all(Array.from({ length: 50 }, (_, n) => run(first + n)))));
    }
    return totals;
  }

  it('never exceed the budget', async () => {
    expect(new Set(await reservedIn(round, RACES))).toEqual(new Set(['60']));
  }, 60_000);
  it('would be seen to exceed it where each looks at what it read before', async () => {
    const first = round.evolve(undefined, opened);
    const stale: typeof round = { ...round, decide: (command) => round.decide(command, first) };
    expect(new Set(await reservedIn(stale, 50))).toEqual(new Set(['180']));
  }, 60_000);
});
