import { applyAll, rebuildEquals, recorded } from '@testing/projections';
import { freshDatabase } from '../../../test/support/database';
import type { RoundEvent } from './round.decider';
import { rounds } from './rounds.view';

const by = { account: 'ann', name: 'Ann' };
const at = '2021-01-04T01:00:00.000Z';
const said = { document: 'No. 2', by, at };
const opened = (round: string): RoundEvent => ({
  type: 'RoundOpened',
  data: {
    round,
    policy: { scheme: 'cluster-sme', version: '2020', hash: 'ab', short: 'full-then-scale', rounding: 'yuan-down' },
    name: 'first round',
    document: 'No. 1',
    filing: { from: '2021-01-05', to: '2021-02-05' },
    year: 2020,
    shares: { city: '0.5', county: '0.5' },
    budgets: [
      { level: 'city', amount: '100000' },
      { level: '350582', amount: '60000' },
    ],
    by,
    at,
  },
});
const log = recorded<RoundEvent>(
  ['round-R1', opened('R1')],
  ['round-R2', opened('R2')],
  ['round-R1', { type: 'FilingExtended', data: { to: '2021-02-10', reason: 'holidays', ...said } }],
  ['round-R1', { type: 'BudgetChanged', data: { level: '350582', amount: '70000', reason: 'more', ...said } }],
  ['round-R1', { type: 'ScaleSet', data: { scale: '0.5', reason: 'short', ...said } }],
  ['round-R1', { type: 'ScaleSet', data: { scale: '0.6', county: '350582', reason: 'short', ...said } }],
  ['round-R1', { type: 'ScaleSet', data: { scale: '0.4', reason: 'short', ...said } }],
  ['round-R2', { type: 'ProRataFixed', data: { scales: [{ county: '350582', scale: '0.75' }], ...said } }],
);

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database?.drop());

describe('rounds', () => {
  it('follow from events alone', () => rebuildEquals(rounds, log, database.url));

  it('hold what was decided about their filing and their money', async () => {
    const view = await applyAll(rounds, log, database.url);
    try {
      const { round } = (await view.rows()) as { round: { steps: { step: string; value?: string }[] }[] };
      expect(round[0]).toMatchObject({
        round: 'R1',
        filingFrom: '2021-01-05',
        filingTo: '2021-02-10',
        openedBy: 'Ann',
        budgets: [
          { level: 'city', amount: '100000' },
          { level: '350582', amount: '70000' },
        ],
        scales: [
          { county: '350582', scale: '0.6' },
          { county: '', scale: '0.4' },
        ],
      });
      expect(round[0]!.steps.map(({ step, value }) => `${step} ${value}`)).toEqual([
        'filing-extended 2021-02-10',
        'budget-changed 70000',
        'scale-set 0.5',
        'scale-set 0.6',
        'scale-set 0.4',
      ]);
      expect(round[1]).toMatchObject({ round: 'R2', scales: [{ county: '350582', scale: '0.75' }] });
    } finally {
      await view.close();
    }
  });
});
