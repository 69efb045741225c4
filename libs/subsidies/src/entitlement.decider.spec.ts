import { Exact, Refused, sum } from '@app/kernel';
import { Streams } from '@app/event-store';
import { commandContext, memoryStreams } from '@testing/event-store';
import { given } from '@testing/kernel';
import fc from 'fast-check';
import {
  Cap,
  entitlement,
  Entitlement,
  EntitlementCommand,
  EntitlementEvent,
  netAward,
  usedInvoices,
} from './entitlement.decider';
import { MORNING } from './testing';

const reserve = (claim: string, change: object = {}) =>
  ({
    type: 'ReserveEntitlement',
    claim,
    attempt: `A-${claim}`,
    round: 'B1',
    year: 2020,
    invoices: ['I1'],
    award: '60000',
    at: MORNING,
    ...change,
  }) satisfies EntitlementCommand;
const reserved = (claim: string, change: object = {}): EntitlementEvent => {
  const { type: _, ...data } = reserve(claim, change);
  return { type: 'EntitlementReserved', data };
};
const back = (amount: string, wholly: boolean, part = '1') =>
  ({ type: 'NoteRecovery', claim: 'C1', recovery: 'X1', part, amount, wholly, at: MORNING }) as const;

describe('an entitlement', () => {
  it('counts an invoice once, whatever the round', () => {
    given(entitlement).when(reserve('C1')).records(reserved('C1'));
    given(entitlement, reserved('C1'))
      .when(reserve('C2', { round: 'B2', year: 2021 }))
      .refuses('invoice-used', { invoice: 'I1', claim: 'C1' });
  });
  it('uses an invoice whole that counted in part', () => {
    const part = reserved('C1', { invoices: ['I1#O1', 'I1#O2'] });
    given(entitlement, part)
      .when(reserve('C2', { invoices: ['I1#O3'] }))
      .refuses('invoice-used');
    given(entitlement)
      .when(reserve('C1', { invoices: ['I1#O1', 'I1#O2'] }))
      .records(part);
  });
  it('is one try at a time, and released by the one that holds it', () => {
    given(entitlement, reserved('C1')).when(reserve('C1')).records();
    given(entitlement, reserved('C1'))
      .when(reserve('C1', { attempt: 'A2' }))
      .refuses('approval-under-way');
    const release = { type: 'ReleaseEntitlement', claim: 'C1', attempt: 'A-C1', at: MORNING } as const;
    const { type: _, ...data } = release;
    const released: EntitlementEvent = { type: 'EntitlementReleased', data };
    given(entitlement, reserved('C1')).when(release).records(released);
    given(entitlement, reserved('C1'))
      .when({ ...release, attempt: 'A2' })
      .records();
    given(entitlement, reserved('C1'), released).when(reserve('C2')).records(reserved('C2'));
  });
  it('frees invoices only with the last yuan that comes back', () => {
    const { type: _, ...some } = back('10000', false);
    const { type: __, ...rest } = back('50000', true, '2');
    const partly: EntitlementEvent = { type: 'AwardRecovered', data: some };
    given(entitlement, reserved('C1'), partly).when(reserve('C2')).refuses('invoice-used');
    given(entitlement, reserved('C1'), partly, { type: 'AwardRecovered', data: rest })
      .when(reserve('C2'))
      .records(reserved('C2'));
    given(entitlement, reserved('C1'), partly).when(back('10000', false)).records();
    given(entitlement).when(back('1', false)).refuses('entitlement-unknown');
  });
  it('has that much more below the cap as came back', () => {
    const cap = { amount: '100000', per: 'scheme' } as const;
    const { type: _, ...some } = back('10000', false);
    const partly: EntitlementEvent = { type: 'AwardRecovered', data: some };
    const second = (award: string) => reserve('C2', { invoices: ['I2'], award, cap });
    given(entitlement, reserved('C1')).when(second('50000')).refuses('cap-exceeded');
    given(entitlement, reserved('C1'), partly).when(second('50000.01')).refuses('cap-exceeded');
    given(entitlement, reserved('C1'), partly)
      .when(second('50000'))
      .records(reserved('C2', { invoices: ['I2'], award: '50000' }));
  });
  it.each<[Cap['per'], object, boolean]>([
    ['round', { round: 'B1', year: 2021 }, false],
    ['round', { round: 'B2', year: 2020 }, true],
    ['year', { round: 'B2', year: 2020 }, false],
    ['year', { round: 'B1', year: 2021 }, true],
    ['scheme', { round: 'B2', year: 2021 }, false],
  ])('keeps the cap per %s over %j', (per, where, fits) => {
    const cap = { amount: '100000', per };
    const command = reserve('C2', { invoices: ['I2'], award: '40000.01', cap, ...where });
    const story = given(entitlement, reserved('C1')).when(command);
    if (fits) story.records(reserved('C2', { invoices: ['I2'], award: '40000.01', ...where }));
    else story.refuses('cap-exceeded', { cap: '100000' });
    const exact = reserve('C2', { invoices: ['I2'], award: '40000', cap, ...where });
    given(entitlement, reserved('C1'))
      .when(exact)
      .records(reserved('C2', { invoices: ['I2'], award: '40000', ...where }));
  });
});

type Shot = {
  readonly claim: number;
  readonly kind: 'reserve' | 'release' | 'back';
  readonly invoices: number[];
  readonly award: number;
};
const CAP = { amount: '100000', per: 'scheme' } as const;
const shots = fc.array(
  fc.record<Shot>({
    claim: fc.integer({ min: 1, max: 6 }),
    kind: fc.constantFrom('reserve', 'reserve', 'reserve', 'release', 'back'),
    invoices: fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 3 }),
    award: fc.integer({ min: 1, max: 60_000 }),
  }),
  { maxLength: 40 },
);

function told({ claim: n, kind, invoices, award }: Shot): EntitlementCommand {
  const claim = `C${n}`;
  if (kind === 'reserve')
    return reserve(claim, { invoices: invoices.map((one) => `I${one}`), award: String(award), cap: CAP });
  if (kind === 'release') return { type: 'ReleaseEntitlement', claim, attempt: `A-${claim}`, at: MORNING };
  return { type: 'NoteRecovery', claim, recovery: 'X1', part: String(award), amount: '1', wholly: false, at: MORNING };
}

/** What breaks of the two promises: an invoice in two claims, or awards above the cap. */
function broken({ reservations }: Entitlement): string[] {
  const all = [...reservations.values()].flatMap(({ invoices }) => invoices);
  const twice = all.filter((invoice, at) => all.indexOf(invoice) < at);
  const total = sum([...reservations.values()].map(netAward));
  return [...twice, ...(total.greaterThan(CAP.amount) ? [`cap ${total.toFixed()}`] : [])];
}

function run(commands: readonly Shot[], decide = entitlement.decide): Entitlement {
  return commands.reduce<Entitlement>((state, shot) => {
    try {
      return decide(told(shot), state).reduce(entitlement.evolve, state);
    } catch (error) {
      if (error instanceof Refused) return state;
      throw error;
    }
  }, entitlement.initial);
}

describe('in 5,000 stories', () => {
  it('no invoice counts twice and no cap is passed', () =>
    fc.assert(
      fc.property(shots, (commands) => expect(broken(run(commands))).toEqual([])),
      { numRuns: 5_000 },
    ));
  it('a decider that trusts its callers is caught', () => {
    const careless: typeof entitlement.decide = (command, state) => {
      if (command.type !== 'ReserveEntitlement') return entitlement.decide(command, state);
      const { type: _, cap: __, ...data } = command;
      return state.reservations.has(command.claim) ? [] : [{ type: 'EntitlementReserved', data }];
    };
    const found = fc.check(
      fc.property(shots, (commands) => broken(run(commands, careless)).length === 0),
      { numRuns: 500 },
    );
    expect(found.failed).toBe(true);
  });
});

it('of twenty claims that race over one invoice one wins', async () => {
  for (let round = 0; round < 50; round++) {
    const { streams, store, clock, catalogue } = memoryStreams();
    // As four processes: nothing but the log between them.
    const processes = Array.from({ length: 4 }, () => new Streams(store, clock, catalogue));
    const tries = Array.from({ length: 20 }, (_, n) =>
      processes[n % 4]!.decide(entitlement, 'entitlement-x', reserve(`C${n}`), commandContext()),
    );
    const results = await Promise.allSettled(tries);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { state } = await streams.load(entitlement, 'entitlement-x');
    expect(usedInvoices(state).size).toBe(1);
    expect(new Exact(netAward([...state.reservations.values()][0]!)).eq('60000')).toBe(true);
  }
});
