import type { ReadModels } from '@app/projections';
import { applyAll, rebuildEquals, recorded } from '@testing/projections';
import { freshDatabase } from '../../../test/support/database';
import type { ClaimEvent, Decision } from './claim-story.rules';
import { ledgerLines } from './fund-ledger.rules';
import { fundLedger, LedgerOfRound, LedgerOfRoundHandler } from './fund-ledger.view';

type Money = Parameters<typeof fundLedger.apply>[0][number];
const at = '2021-03-01T01:00:00.000Z';
const by = { account: 'ann', role: 'city-officer' } as const;
const decision: Decision = {
  by,
  reason: 'checked',
  grounds: {
    policy: { scheme: 'cluster-sme', version: '2020' },
    evaluator: '1',
    asOf: '2021-01-31',
    knownAt: at,
    base: {},
    award: '0',
    derivation: 'ab',
  },
  at,
};
const entry = (amount: string, county: string, round = 'R1') => ({ round, county, amount });
const approved = (amount: string, county: string, round?: string): ClaimEvent => ({
  type: 'ClaimApproved',
  data: { ...decision, ...entry(amount, county, round), minutes: 'No. 3', attempt: 'a', invoices: [] },
});
const passedDown = (amount: string, county: string): ClaimEvent => ({
  type: 'FundsPassedDown',
  data: { ...decision, ...entry(amount, county), document: 'No. 4' },
});
const paid = (amount: string, county: string): ClaimEvent => ({
  type: 'PaymentMade',
  data: { ...decision, ...entry(amount, county), payment: 'P1', receipt: 'B1', paidOn: '2021-03-01' },
});
const bounced = (amount: string, county: string): ClaimEvent => ({
  type: 'PaymentBounced',
  data: { ...entry(amount, county), payment: 'P1', reason: 'account closed', by, at },
});
const recovered = (amount: string, county: string): ClaimEvent => ({
  type: 'RecoveryPaid',
  data: { ...entry(amount, county), recovery: 'V1', part: '1', receipt: 'B2', paidOn: '2021-05-01', by, at },
});
const keptBack = (amount: string, county: string): ClaimEvent => ({
  type: 'AwardOffset',
  data: { ...entry(amount, county), recovered: 'C9', recovery: 'V9', part: amount, by, at },
});
const givenBack = (amount: string, county: string): ClaimEvent => ({
  type: 'AwardOffsetReturned',
  data: { ...entry(amount, county), part: amount, at },
});
const takenBack = (approval?: { amount: string; passedDown: boolean }): ClaimEvent => ({
  type: 'ProposalTakenBack',
  data: {
    ...{ reason: 'red invoice', by, at },
    ...(approval && {
      approval: { ...entry(approval.amount, '350582'), attempt: 'a', passedDown: approval.passedDown },
    }),
  },
});
const log = recorded<ClaimEvent>(
  ['claim-C1', approved('100.01', '350582')],
  ['claim-C1', passedDown('100.01', '350582')],
  ['claim-C1', paid('100.01', '350582')],
  ['claim-C1', bounced('100.01', '350582')],
  ['claim-C1', passedDown('100.01', '350582')],
  ['claim-C1', paid('100.01', '350582')],
  ['claim-C1', recovered('30', '350582')],
  ['claim-C2', takenBack()],
  ['claim-C2', approved('20', '350582')],
  ['claim-C2', takenBack({ amount: '20', passedDown: false })],
  ['claim-C2', approved('10', '350582')],
  ['claim-C2', passedDown('10', '350582')],
  ['claim-C2', takenBack({ amount: '10', passedDown: true })],
  ['claim-C2', approved('0.01', '350582')],
  ['claim-C3', approved('500', 'city')],
  ['claim-C5', approved('60', '350584', 'R3')],
  ['claim-C5', keptBack('45', '350584')],
  ['claim-C5', keptBack('5', '350584')],
  ['claim-C5', givenBack('5', '350584')],
  ['claim-C5', passedDown('60', '350584')],
  ['claim-C5', paid('15', '350584')],
  ['claim-C5', bounced('15', '350584')],
  ['claim-C5', passedDown('60', '350584')],
  ['claim-C5', paid('15', '350584')],
  ['claim-C4', approved('7', '350583', 'R2')],
) as readonly Money[];

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database?.drop());

describe('the fund ledger', () => {
  it('follows from events alone', () => rebuildEquals(fundLedger, log, database.url));

  it('adds up by county and by level, a bounced payment taken back', async () => {
    const view = await applyAll(fundLedger, log, database.url);
    try {
      const readModels = { read: (_, query) => view.read(query) } as Pick<ReadModels, 'read'> as ReadModels;
      const shares = { city: '0.5', county: '0.5' };
      const found = await new LedgerOfRoundHandler(readModels).execute(new LedgerOfRound('R1', shares));
      const money = [...found].sort((one, other) => (one.county < other.county ? -1 : 1));
      expect(money).toEqual([
        {
          county: '350582',
          claims: 2,
          whole: { approved: '100.02', passedDown: '100.01', paid: '100.01', offset: '0', recovered: '30' },
          // 50.005 and 0.005, each rounded by itself.
          ofCity: { approved: '50.02', passedDown: '50.01', paid: '50.01', offset: '0', recovered: '15' },
        },
        {
          county: 'city',
          claims: 1,
          whole: { approved: '500', passedDown: '0', paid: '0', offset: '0', recovered: '0' },
          ofCity: { approved: '500', passedDown: '0', paid: '0', offset: '0', recovered: '0' },
        },
      ]);
      const budgets = new Map([
        ['city', '1000'],
        ['350582', '200'],
        ['350583', '10'],
      ]);
      const held = [
        { county: '350582', amount: '100.02' },
        { county: 'city', amount: '500' },
      ];
      expect(ledgerLines(shares, budgets, held, money)).toEqual([
        {
          level: 'city',
          budget: '1000',
          reserved: '550.01',
          approved: '550.02',
          passedDown: '50.01',
          paid: '50.01',
          offset: '0',
          recovered: '15',
          balance: '964.99',
        },
        {
          level: '350582',
          budget: '200',
          reserved: '50.01',
          approved: '50',
          passedDown: '50',
          paid: '50',
          offset: '0',
          recovered: '15',
          balance: '165',
        },
        {
          level: '350583',
          budget: '10',
          reserved: '0',
          approved: '0',
          passedDown: '0',
          paid: '0',
          offset: '0',
          recovered: '0',
          balance: '10',
        },
      ]);
      const [kept] = await new LedgerOfRoundHandler(readModels).execute(new LedgerOfRound('R3', shares));
      expect(kept!.whole).toEqual({ approved: '60', passedDown: '60', paid: '15', offset: '45', recovered: '0' });
      const [ofCity] = ledgerLines(shares, new Map([['city', '100']]), [], [kept!]);
      expect(ofCity).toMatchObject({ passedDown: '30', paid: '7.5', offset: '22.5', balance: '70' });
    } finally {
      await view.close();
    }
  });
});
