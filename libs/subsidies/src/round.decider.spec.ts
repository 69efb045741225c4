import { given } from '@testing/kernel';
import { OfferedPolicy, OpenedRound, RoundCommand, round, RoundEvent, RoundTerms } from './round.decider';

const OPENING = '2021-01-04T01:00:00.000Z';
const LATER = '2021-03-01T01:00:00.000Z';
const by = { account: 'ann', name: 'Ann' };
const policy = {
  scheme: 'cluster-sme',
  version: '2020',
  hash: 'ab',
  short: 'full-then-scale',
  rounding: 'yuan-down',
} as const;
const offered: OfferedPolicy = { ...policy, isPublished: true, from: '2020-02-01', to: '2021-12-31' };
const terms: RoundTerms = {
  name: 'first round of 2020',
  document: 'No. 1',
  filing: { from: '2021-01-05', to: '2021-02-05' },
  year: 2020,
  shares: { city: '0.5', county: '0.5' },
  budgets: [
    { level: 'city', amount: '100000' },
    { level: '350582', amount: '60000' },
    { level: '350583', amount: '40000' },
  ],
};
const open = { type: 'OpenRound', round: 'R1', policy: offered, terms, by, at: OPENING } as const;
const opened = (short: OfferedPolicy['short'] = 'full-then-scale', given: Partial<RoundTerms> = {}): RoundEvent => ({
  type: 'RoundOpened',
  data: { round: 'R1', policy: { ...policy, short }, ...terms, ...given, by, at: OPENING },
});
const asking = (claim: string, amount: string, given: object = {}) => ({
  claim,
  county: '350582',
  amount,
  isFound: true,
  filedAt: `2021-01-06T01:00:0${claim}.000Z`,
  at: OPENING,
  ...given,
});
const ask = (claim: string, amount: string, given: object = {}): RoundCommand => ({
  type: 'AskBudget',
  ...asking(claim, amount, given),
});
const asked = (claim: string, amount: string, given: object = {}): RoundEvent => ({
  type: 'BudgetAsked',
  data: asking(claim, amount, given),
});
const reserving = (claim: string, amount: string, county = '350582', attempt = `A${claim}`) => ({
  claim,
  county,
  amount,
  attempt,
  at: LATER,
});
const reserve = (...of: Parameters<typeof reserving>): RoundCommand => ({ type: 'ReserveBudget', ...reserving(...of) });
const reserved = (...of: Parameters<typeof reserving>): RoundEvent => ({
  type: 'BudgetReserved',
  data: reserving(...of),
});
const scaling = (scale: string, county?: string) => ({
  scale,
  ...(county !== undefined && { county }),
  document: 'No. 7',
  reason: 'the budget is short',
  by,
  at: LATER,
});
const setScale = (scale: string, county?: string): RoundCommand => ({ type: 'SetScale', ...scaling(scale, county) });
const scaleSet = (scale: string, county?: string): RoundEvent => ({ type: 'ScaleSet', data: scaling(scale, county) });

describe('a round', () => {
  it('is opened once, under a published version', () => {
    given(round).when(open).records(opened());
    given(round, opened()).when(open).refuses('round-id-taken');
    given(round)
      .when({ ...open, policy: { ...offered, isPublished: false } })
      .refuses('policy-version-not-published');
    given(round).when(ask('1', '100')).refuses('round-unknown');
  });
  it.each<[string, Partial<RoundTerms>, string]>([
    ['ends before it begins', { filing: { from: '2021-02-05', to: '2021-01-05' } }, 'period-backwards'],
    ['begins before its policy', { filing: { from: '2020-01-31', to: '2021-02-05' } }, 'filing-before-policy'],
    ['ends after its policy', { filing: { from: '2021-01-05', to: '2022-01-01' } }, 'filing-beyond-policy'],
    ['divides more than the whole', { shares: { city: '0.5', county: '0.6' } }, 'shares-not-whole'],
    ['divides by what is no share', { shares: { city: '1.5', county: '-0.5' } }, 'shares-not-whole'],
    ['lists a level twice', { budgets: [...terms.budgets, { level: 'city', amount: '1' }] }, 'level-twice'],
    ['leaves the city without a budget', { budgets: [{ level: '350582', amount: '1' }] }, 'city-budget-missing'],
    ['gives a county what it may not spend', { shares: { city: '1', county: '0' } }, 'county-has-no-share'],
    ['names a person', { name: 'call 13800138000' }, 'text-names-person'],
  ])('is not opened where it %s', (_, changed, code) =>
    given(round)
      .when({ ...open, terms: { ...terms, ...changed } })
      .refuses(code),
  );
  it('spends no more than its policy may', () => {
    const limited: RoundEvent = {
      type: 'RoundOpened',
      data: { round: 'R1', policy: { ...policy, budget: '200000' }, ...terms, by, at: OPENING },
    };
    given(round)
      .when({ ...open, policy: { ...offered, budget: '199999.99' } })
      .refuses('round-beyond-policy-budget', { budget: '199999.99', asked: '200000' });
    given(round)
      .when({ ...open, policy: { ...offered, budget: '200000' } })
      .records(limited);
    const more = { level: '350582', amount: '60000.01', document: 'No. 3', reason: 'more', by, at: LATER };
    given(round, limited)
      .when({ type: 'ChangeBudget', ...more })
      .refuses('round-beyond-policy-budget', { budget: '200000', asked: '200000.01' });
  });
  it('is extended, never shortened, and not beyond its policy', () => {
    const extend = (to: string) =>
      ({
        type: 'ExtendFiling',
        to,
        document: 'No. 2',
        reason: 'holidays',
        lastDay: '2021-12-31',
        by,
        at: OPENING,
      }) as const;
    given(round, opened())
      .when(extend('2021-02-10'))
      .records({
        type: 'FilingExtended',
        data: { to: '2021-02-10', document: 'No. 2', reason: 'holidays', by, at: OPENING },
      });
    given(round, opened()).when(extend('2021-02-05')).records();
    given(round, opened()).when(extend('2021-02-04')).refuses('filing-only-extended');
    given(round, opened()).when(extend('2022-01-01')).refuses('filing-beyond-policy');
  });
});

describe('the budget of a round', () => {
  it('is reserved once a claim, city and county each their share', () => {
    given(round, opened()).when(reserve('1', '120000')).records(reserved('1', '120000'));
    given(round, opened(), reserved('1', '120000')).when(reserve('1', '120000.00')).records();
    given(round, opened(), reserved('1', '120000')).when(reserve('1', '5')).refuses('budget-reserved-already');
    given(round, opened(), reserved('1', '120000'))
      .when(reserve('1', '120000', '350582', 'A9'))
      .refuses('budget-reserved-already');
  });
  it('is never exceeded, at any level', () => {
    given(round, opened())
      .when(reserve('1', '120000.02'))
      .refuses('budget-short', { level: '350582', budget: '60000' });
    given(round, opened(), reserved('1', '120000'))
      .when(reserve('2', '80000.02', '350583'))
      .refuses('budget-short', { level: 'city', budget: '100000' });
    given(round, opened(), reserved('1', '120000'))
      .when(reserve('2', '80000', '350583'))
      .records(reserved('2', '80000', '350583'));
    given(round, opened())
      .when(reserve('1', '1', '350502'))
      .refuses('budget-short', { level: '350502', budget: '0' });
  });
  it('pays a firm from elsewhere from the city alone', () => {
    given(round, opened())
      .when(reserve('1', '100000', 'city'))
      .records(reserved('1', '100000', 'city'));
    given(round, opened())
      .when(reserve('1', '100000.01', 'city'))
      .refuses('budget-short');
  });
  it('is free again after a release, and an abandoned attempt reserves nothing', () => {
    const abandon = { type: 'ReleaseBudget', claim: '1', attempt: 'A1', at: LATER } as const;
    const released: RoundEvent = { type: 'BudgetReleased', data: { claim: '1', attempt: 'A1', at: LATER } };
    given(round, opened(), reserved('1', '120000')).when(abandon).records(released);
    given(round, opened()).when(abandon).records(released);
    given(round, opened(), released).when(abandon).records();
    given(round, opened(), released).when(reserve('1', '120000')).refuses('attempt-abandoned');
    given(round, opened(), reserved('1', '120000'), released)
      .when(reserve('1', '120000', '350582', 'A2'))
      .records(reserved('1', '120000', '350582', 'A2'));
    // Of another attempt, which stands.
    given(round, opened(), reserved('1', '120000', '350582', 'A2'), released)
      .when(reserve('2', '2'))
      .refuses('budget-short');
  });
  it('lets a claim out of the line', () => {
    const leave = { type: 'ReleaseBudget', claim: '1', at: LATER } as const;
    const left: RoundEvent = { type: 'BudgetReleased', data: { claim: '1', at: LATER } };
    given(round, opened(), asked('1', '5')).when(leave).records(left);
    given(round, opened()).when(leave).records();
    given(round, opened(), asked('1', '5'), left).when(leave).records();
  });
  it('changes, not below what is reserved', () => {
    const data = { level: '350582', document: 'No. 3', reason: 'more money', by, at: LATER };
    const to = (amount: string, level = '350582') => ({ type: 'ChangeBudget', ...data, level, amount }) as const;
    const story = given(round, opened(), reserved('1', '100000'));
    story.when(to('50000')).records({ type: 'BudgetChanged', data: { ...data, amount: '50000' } });
    story.when(to('49999.99')).refuses('budget-below-reserved', { reserved: '50000' });
    story.when(to('60000.00')).records();
    given(round, opened('full-then-scale', { shares: { city: '1', county: '0' }, budgets: [terms.budgets[0]!] }))
      .when(to('5'))
      .refuses('county-has-no-share');
  });
  it('knows what claims ask, as estimated and as found', () => {
    given(round, opened())
      .when(ask('1', '100', { isFound: false }))
      .records(asked('1', '100', { isFound: false }));
    given(round, opened(), asked('1', '100', { isFound: false }))
      .when(ask('1', '90', { filedAt: LATER }))
      .records(asked('1', '90'));
    given(round, opened(), asked('1', '90')).when(ask('1', '90')).records();
    given(round, opened(), asked('1', '90'))
      .when(ask('1', '100', { isFound: false }))
      .records();
  });
});

describe('the full rate, then an explicit scale', () => {
  const two = [opened(), asked('1', '120000'), asked('2', '120000')];

  it('is set by an officer, small enough to fit', () => {
    given(round, ...two)
      .when(setScale('0.5'))
      .records(scaleSet('0.5'));
    given(round, ...two)
      .when(setScale('0.5001'))
      .refuses('scale-too-large', { level: '350582', budget: '60000' });
    given(round, ...two, scaleSet('0.5'))
      .when(setScale('0.5'))
      .records();
  });
  it('may be set for one county', () =>
    given(round, ...two, asked('3', '40000', { county: '350583' }))
      .when(setScale('0.5', '350582'))
      .records(scaleSet('0.5', '350582')));
  it('is a share above zero', () => {
    for (const scale of ['0', '0.0', '1.1', 'half', '-0.5']) {
      given(round, ...two)
        .when(setScale(scale))
        .refuses('scale-malformed');
    }
  });
  it('lets no claim reserve more than it leaves', () => {
    given(round, ...two, scaleSet('0.5'))
      .when(reserve('1', '60000'))
      .records(reserved('1', '60000'));
    given(round, ...two, scaleSet('0.5'))
      .when(reserve('1', '60001'))
      .refuses('budget-above-granted', { granted: '60000' });
  });
  it('stands once a claim was approved by it', () =>
    given(round, ...two, scaleSet('0.5'), reserved('1', '60000'))
      .when(setScale('0.4'))
      .refuses('scale-after-approval'));
  it('is not of other readings', () => {
    given(round, opened('pro-rata')).when(setScale('0.5')).refuses('scale-not-of-policy');
    given(round, opened())
      .when({ type: 'FixProRata', document: 'No. 7', by, at: LATER })
      .refuses('scale-not-of-policy');
  });
});

describe('pro rata', () => {
  const fix = { type: 'FixProRata', document: 'No. 7', by, at: LATER } as const;
  const fixed = (...scales: [county: string, scale: string][]): RoundEvent => ({
    type: 'ProRataFixed',
    data: { scales: scales.map(([county, scale]) => ({ county, scale })), document: 'No. 7', by, at: LATER },
  });

  it('gives every county what its budget and the city’s leave', () => {
    given(round, opened('pro-rata'), asked('1', '240000'), asked('2', '40000', { county: '350583' }))
      .when(fix)
      .records(fixed(['', '1'], ['350582', '0.5'], ['350583', '1']));
    given(round, opened('pro-rata'), asked('1', '10'))
      .when(fix)
      .records(fixed(['', '1'], ['350582', '1']));
  });
  it('waits for the end of filing and for every joint review', () => {
    given(round, opened('pro-rata'), asked('1', '10'))
      .when({ ...fix, at: '2021-02-05T15:59:59.000Z' })
      .refuses('filing-open');
    given(round, opened('pro-rata'), asked('1', '10', { isFound: false }))
      .when(fix)
      .refuses('claims-undecided');
  });
  it('scales alike whoever comes into the line later', () => {
    const history = [opened('pro-rata'), asked('1', '160000', { county: 'city' })];
    const late = asked('2', '1000', { county: '350583' });
    given(round, ...history)
      .when(fix)
      .records(fixed(['', '0.625'], ['city', '0.625']));
    given(round, ...history, fixed(['', '0.625'], ['city', '0.625']), late)
      .when(reserve('2', '626', '350583'))
      .refuses('budget-above-granted', { granted: '625' });
  });
  it('reserves nothing before, and its scale afterwards', () => {
    const history = [opened('pro-rata'), asked('1', '240000')];
    given(round, ...history)
      .when(reserve('1', '100000'))
      .refuses('scale-not-fixed');
    given(round, ...history, fixed(['350582', '0.5']))
      .when(reserve('1', '120000'))
      .records(reserved('1', '120000'));
    given(round, ...history, fixed(['350582', '0.5']), reserved('1', '120000'))
      .when(fix)
      .refuses('scale-after-approval');
  });
});

describe('first come, first served', () => {
  const line = [
    opened('first-come'),
    asked('1', '100000'),
    asked('2', '100000'),
    asked('3', '10', { county: '350583' }),
  ];

  it('keeps the place of those who filed before', () => {
    given(round, ...line)
      .when(reserve('1', '100000'))
      .records(reserved('1', '100000'));
    given(round, ...line)
      .when(reserve('2', '100000'))
      .refuses('earlier-claims-undecided');
    given(round, ...line)
      .when(reserve('2', '20000'))
      .records(reserved('2', '20000'));
  });
  it('gives the last one what is left', () => {
    const first = reserved('1', '100000');
    given(round, ...line, first)
      .when(reserve('2', '100000'))
      .refuses('budget-short');
    given(round, ...line, first)
      .when(reserve('2', '20000'))
      .records(reserved('2', '20000'));
  });
  it('is not held up by what another county lacks', () => {
    const poor = asked('1', '100', { county: '350502' });
    given(round, opened('first-come'), poor, asked('2', '100')).when(reserve('2', '100')).records(reserved('2', '100'));
  });
  it('moves up when one leaves', () => {
    const left: RoundEvent = { type: 'BudgetReleased', data: { claim: '1', at: LATER } };
    given(round, ...line, left)
      .when(reserve('2', '100000'))
      .records(reserved('2', '100000'));
  });
});

it('a round folds to what claims rest on', () => {
  const state = [opened(), asked('1', '5'), reserved('1', '5'), scaleSet('0.5')].reduce(round.evolve, undefined);
  const { reserved: money, filing } = state as OpenedRound;
  expect([...money.values()]).toEqual([{ claim: '1', county: '350582', amount: '5' }]);
  expect(filing).toEqual(terms.filing);
});
