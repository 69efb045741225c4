import type { Recorded } from '@app/event-store';
import { derivedId, Exact, instantText, usccCheckCharacter } from '@app/kernel';
import { recorded, ViewUnderTest } from '@testing/projections';
import fc from 'fast-check';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database';
import { Counted, countFacts, factsChanged } from './counted-facts.view';
import { correctionsOf, Figure, FIGURES, SignedPeriod, Statement, statementOf } from './day-figures.rules';
import { TradeEvent, tradeFacts } from './trade-facts.view';

// Random histories, recorded late and found void, in which reports are signed from time to time. Whatever happens, the lines
// of a report make its total, each report goes on from the one before it, and what was signed counts the same again.

jest.setTimeout(180_000);

const OFFICES = ['350502', '350582', 'zone:taishang'];
const AREAS = [...OFFICES, '110105'];
const FIRMS = 6;
const LISTINGS = 5;
const BEGIN = Date.parse('2020-02-10T00:00:00Z');
const HOUR = 3_600_000;

const code = (n: number): string => {
  const body = `91350527${String(n).padStart(9, '0')}`;
  return body + usccCheckCharacter(body);
};
const party = (n: number) => ({ enterprise: code(n), registration: derivedId('firm', n) });

type Step = {
  readonly do: 'publish' | 'offer' | 'award' | 'accept' | 'decline' | 'conclude' | 'void' | 'check' | 'move' | 'sign';
  readonly firm: number;
  readonly listing: number;
  readonly area: number;
  /** Hours that pass before it, and by how many it is recorded later than it happened. */
  readonly after: number;
  readonly late: number;
};

const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom<Step['do'][]>(
    'publish',
    'offer',
    'offer',
    'award',
    'award',
    'accept',
    'accept',
    'decline',
    'conclude',
    'void',
    'check',
    'move',
    'sign',
    'sign',
  ),
  firm: fc.nat(FIRMS - 1),
  listing: fc.nat(LISTINGS - 1),
  area: fc.nat(AREAS.length - 1),
  after: fc.integer({ min: 1, max: 9 }),
  late: fc.constantFrom(0, 0, 0, 5, 30),
});

type Told = readonly [stream: string, event: TradeEvent, recordedAt: number];

const applied = (n: number): Told => {
  const place = { area: AREAS[n % AREAS.length]!, text: '演示路 1 号' };
  const facts = { name: '演示', registeredAddress: place, industry: '1953' };
  const data = { ...party(n), from: '2019-01-01', facts };
  return [`enterprise-${code(n)}`, { type: 'RegistrationApplied', data }, BEGIN];
};

const TERMS = { product: '鞋底', unit: { code: 'PR', name: '双' }, quantity: '100' } as never;

/** What stands so far: no listing is published twice, and no share answered twice. */
type Standing = {
  readonly listings: Set<number>;
  readonly ended: Set<number>;
  readonly offers: Map<string, number>;
  readonly open: Map<string, { readonly listing: number; readonly firm: number }>;
};
const nothing = (): Standing => ({ listings: new Set(), ended: new Set(), offers: new Map(), open: new Map() });

/** What a step puts into the log; undefined where nothing can come of it. */
function told(one: Step, at: string, known: number, n: number, standing: Standing): Told | undefined {
  const { do: act, firm, listing, area } = one;
  if (act === 'sign') return undefined;
  const say = (event: TradeEvent, on = `listing-L${listing}`): Told => [on, event, known];
  const supplier = { kind: 'enterprise' as const, ...party(firm) };
  if (act === 'move') {
    const facts = { registeredAddress: { area: AREAS[area]!, text: '演示路 2 号' } };
    const source = { kind: 'checked' as const, by: { account: 'olga', name: '演示', office: '350582' } };
    const data = { registration: party(firm).registration, from: '2019-01-02', facts, source };
    return say({ type: 'FactsRecorded', data }, `enterprise-${code(firm)}`);
  }
  if (act === 'check') {
    const data = { check: `K${n}`, result: n % 2 ? ('untrue' as const) : ('clear' as const), at };
    return say({ type: 'CheckConcluded', data: data as never }, `match-${derivedId('match', listing, firm)}`);
  }
  if (act === 'publish') {
    if (standing.listings.has(listing)) return undefined;
    standing.listings.add(listing);
    const data = { listing: `L${listing}`, kind: 'purchase' as const, lead: party(listing % FIRMS), terms: TERMS, at };
    return say({ type: 'ListingPublished', data });
  }
  if (!standing.listings.has(listing) || standing.ended.has(listing)) return undefined;
  if (act === 'offer') {
    standing.offers.set(`${listing} ${firm}`, n);
    const data = { offer: `O${n}`, supplier, terms: {} as never, receivedAt: at };
    return say({ type: 'OfferSubmitted', data });
  }
  if (act === 'conclude') {
    standing.ended.add(listing);
    return say({
      type: 'ListingConcluded',
      data: { outcome: 'unfilled', accepted: '0', notChosen: [], by: 'lead', at },
    });
  }
  return answered(one, at, n, standing, say);
}

function answered(
  { do: act, firm, listing }: Step,
  at: string,
  n: number,
  { offers, open }: Standing,
  say: (event: TradeEvent) => Told,
): Told | undefined {
  const offer = `O${offers.get(`${listing} ${firm}`)}`;
  const supplier = { kind: 'enterprise' as const, ...party(firm) };
  const own = [...open].find(([, share]) => share.listing === listing)?.[0];
  switch (act) {
    case 'award': {
      if (!offers.has(`${listing} ${firm}`)) return undefined;
      open.set(`S${n}`, { listing, firm });
      const asked = { share: `S${n}`, offer, supplier, quantity: '10', reason: 'price' as const };
      const shares = [{ ...asked, unitPrice: `1.${n}5`, vatRate: '0.13', deliverBy: '2020-03-31', acceptBy: at }];
      return say({ type: 'SharesAwarded', data: { award: 'A', shares, notChosen: [], at } });
    }
    case 'accept':
    case 'decline': {
      if (own === undefined) return undefined;
      open.delete(own);
      return act === 'accept'
        ? say({ type: 'SharesAccepted', data: { shares: [own], at } })
        : say({ type: 'SharesDeclined', data: { shares: [own], reason: 'capacity', at } });
    }
    default: {
      if (!offers.has(`${listing} ${firm}`)) return undefined;
      const shares = [...open]
        .filter(([, share]) => share.listing === listing && share.firm === firm)
        .map(([id]) => id);
      for (const share of shares) open.delete(share);
      return say({
        type: 'OffersVoided',
        data: { registration: party(firm).registration, offers: [offer], shares, at },
      });
    }
  }
}

const opened = (listing: number, firm: number): Told => {
  const match = derivedId('match', listing, firm);
  const data = { match, listing: `L${listing}`, lead: party(listing % FIRMS), supplier: party(firm), check: 'K' };
  const event: TradeEvent = {
    type: 'CheckOpened',
    data: { ...data, cause: {}, by: {}, at: instantText(BEGIN) } as never,
  };
  return [`match-${match}`, event, BEGIN];
};

const history = (all: readonly Told[]): Recorded<TradeEvent>[] =>
  recorded<TradeEvent>(...all.map(([stream, event, at]) => [stream, event, { recordedAt: instantText(at) }] as const));

let database: FreshDatabase;
let view: ViewUnderTest<TradeEvent>;
beforeAll(async () => {
  database = await freshDatabase();
  view = await ViewUnderTest.open(tradeFacts, database.url);
});
afterAll(async () => {
  await view?.close();
  await database.drop();
});

type Signed = { readonly statement: Statement; readonly counted: Counted };

/** Tells the steps, and signs a report at each step that says so. */
async function lived(steps: readonly Step[]): Promise<Signed[]> {
  await view.empty();
  const begun = Array.from({ length: FIRMS }, (_, n) => applied(n));
  const checks = Array.from({ length: LISTINGS * FIRMS }, (_, n) => opened(n % LISTINGS, Math.floor(n / LISTINGS)));
  let all: Told[] = [...begun, ...checks];
  let done = 0;
  let now = BEGIN;
  const standing = nothing();
  const signed: Signed[] = [];
  for (const [n, one] of steps.entries()) {
    now += one.after * HOUR;
    const event = told(one, instantText(now - one.late * HOUR), now, n, standing);
    if (event) all = [...all, event];
    if (one.do !== 'sign') continue;
    const events = history(all);
    await view.apply(events.slice(done));
    done = events.length;
    signed.push(await sign(signed, now));
  }
  return signed;
}

async function sign(before: readonly Signed[], now: number): Promise<Signed> {
  const last = before.at(-1)?.statement;
  const cutOff = instantText(now);
  const from = last?.cutOff ?? instantText(now - 24 * HOUR);
  // A minute later, since what is recorded at the very instant does not count.
  const knownAt = instantText(now + 60_000);
  const day = `D${before.length + 1}`;
  const periods: SignedPeriod[] = before.map(({ statement }) => statement);
  const counted = await view.read((rows) => countFacts(rows, { from, cutOff, knownAt }));
  const { changed, stated } = await view.read((rows) => factsChanged(rows, periods, last?.knownAt ?? '', knownAt));
  const corrections = correctionsOf(periods, OFFICES, changed, stated, []);
  const { sums, facts } = counted;
  const parts = { day, from, cutOff, knownAt, offices: OFFICES, sums, corrections, facts };
  return { statement: statementOf({ ...parts, enteredBefore: [], entered: [] }), counted };
}

const value = ({ lines }: Statement, office: string, figure: Figure, column: 'day' | 'cumulative') =>
  new Exact(lines.find((line) => line.office === office)?.[figure][column] ?? 0);

const LINES = [...OFFICES, 'elsewhere'];

function checkTotals(statement: Statement): void {
  for (const figure of FIGURES) {
    for (const column of ['day', 'cumulative'] as const) {
      const all = LINES.map((office) => value(statement, office, figure, column));
      const total = all.reduce((a, b) => a.plus(b));
      expect([figure, column, total.toFixed()]).toEqual([
        figure,
        column,
        value(statement, 'total', figure, column).toFixed(),
      ]);
    }
  }
}

function checkChain(statements: readonly Statement[]): void {
  const stated = new Map<string, string>();
  const key = (of: string, part: string, office: string, figure: Figure) => [of, part, office, figure].join();
  for (const [n, statement] of statements.entries()) {
    const before = statements[n - 1];
    for (const { of, part, office, figure, was, is } of statement.corrections) {
      const place = key(of, part, office, figure);
      expect([place, new Exact(was).toFixed()]).toEqual([place, stated.get(place) ?? '0']);
      stated.set(place, new Exact(is).toFixed());
    }
    for (const office of LINES) {
      for (const figure of FIGURES) {
        const day = value(statement, office, figure, 'day');
        const cumulative = value(statement, office, figure, 'cumulative');
        stated.set(key(statement.day, 'day', office, figure), day.toFixed());
        if (!before) {
          stated.set(key(statement.day, 'before', office, figure), cumulative.minus(day).toFixed());
          continue;
        }
        const corrected = statement.corrections
          .filter((one) => one.office === office && one.figure === figure)
          .reduce((sum, { was, is }) => sum.plus(is).minus(was), new Exact(0));
        const expected = value(before, office, figure, 'cumulative').plus(day).plus(corrected);
        expect([statement.day, office, figure, cumulative.toFixed()]).toEqual([
          statement.day,
          office,
          figure,
          expected.toFixed(),
        ]);
      }
    }
  }
}

it('keeps its sums whatever happens', async () => {
  let corrections = 0;
  let reports = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 90 }), async (steps) => {
      const signed = await lived(steps);
      const statements = signed.map(({ statement }) => statement);
      for (const statement of statements) checkTotals(statement);
      checkChain(statements);
      for (const { statement, counted } of signed) {
        expect(await view.read((rows) => countFacts(rows, statement))).toEqual(counted);
      }
      reports += statements.length;
      corrections += statements.flatMap((one) => one.corrections).length;
    }),
    { numRuns: 20, endOnFailure: true },
  );
  // Stories in which nothing is ever corrected would prove nothing.
  expect(reports).toBeGreaterThan(50);
  expect(corrections).toBeGreaterThan(15);
});

it('would find a report that takes its sums of today for those of then', async () => {
  const at = (hours: number): number => BEGIN + hours * HOUR;
  const standing = nothing();
  const usual = { listing: 0, area: 0, after: 1, late: 0 };
  const publish = told({ do: 'publish', firm: 0, ...usual }, instantText(at(1)), at(1), 0, standing)!;
  const offer = told({ do: 'offer', firm: 1, ...usual }, instantText(at(2)), at(2), 1, standing)!;
  const late = told({ do: 'offer', firm: 2, ...usual }, instantText(at(3)), at(60), 2, standing)!;
  await view.empty();
  const events = history([applied(0), applied(1), applied(2), publish, offer, late]);
  await view.apply(events.slice(0, 5));
  const first = await sign([], at(24));
  await view.apply(events.slice(5));
  const { statement } = await sign([first], at(72));
  expect(statement.corrections).toMatchObject([{ of: 'D1', figure: 'offerers', was: '0', is: '1' }]);
  expect(() => checkChain([first.statement, { ...statement, corrections: [] }])).toThrow();
});
