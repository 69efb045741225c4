import { applyAll, rebuildEquals, recorded } from '@testing/projections';
import { freshDatabase } from '../../../test/support/database';
import { claims } from './claims.view';
import type { ClaimEvent } from './claim-story.rules';
import { act, AFTER_NOTICE, city, countyFinance, grounds, LEAD, SME, text, told, until } from './testing';

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => (database = await freshDatabase()));
afterAll(() => database?.drop());

const LATER = '2021-06-01T02:00:00.000Z';
const paid = told(until('paid'), {
  type: 'OpenRecovery',
  ...{ recovery: 'X1', cause: 'red-invoice', worthNow: '50000', grounds: grounds('50000'), at: LATER },
});
const withdrawn = told(until('filed'), {
  type: 'WithdrawClaim',
  reason: '重新核对',
  by: { enterprise: SME, registration: 'R1', account: 'clerk' },
  at: LATER,
});
const raise = { type: 'RaiseObjection', objection: 'J1', text, at: '2021-02-02T02:00:00.000Z' } as const;
const upheld = told(until('on-notice'), raise, {
  type: 'DecideObjection',
  ...act(city('city-2')),
  ...{ objection: 'J1', result: 'upheld', text, standStillUntil: '2021-02-20' },
});
const handed = told(until('passed-down'), {
  type: 'HandStageUp',
  ...{ stage: 'payment', reason: '人手不足', by: countyFinance('pay-1'), at: LATER },
});

const of = (id: string, events: readonly ClaimEvent[]) => events.map((event) => [`claim-${id}`, event] as const);
const history = recorded<ClaimEvent>(
  ...of('C1', paid),
  ...of('C2', withdrawn),
  ...of('C3', upheld),
  ...of('C4', handed),
);

it('holds what lists and to-dos show, one row a claim', async () => {
  const view = await applyAll(claims, history, database.url);
  const { claim: rows } = (await view.rows()) as { claim: Record<string, unknown>[] };
  await view.close();
  const row = (id: string) => rows.find(({ claim }) => claim === id);
  expect(row('C1')).toMatchObject({
    state: 'paid',
    enterprise: SME,
    office: '350582',
    award: 60000,
    granted: 60000,
    recoveryState: 'opened',
    recoveryDue: 10000,
    stage: 'recovery',
    // The recovery is an officer's to-do: to the firm nothing has changed since it was paid.
    changedAt: LATER,
    changedForFirm: AFTER_NOTICE,
    isHiddenFromFirm: true,
    orders: ['O1'],
    invoices: ['I1'],
    firms: [LEAD, SME],
    notices: [{ notice: 'N1', amount: '60000.00', enterprise: SME, outcome: 'approved' }],
  });
  expect(row('C2')).toMatchObject({ state: 'withdrawn', isHiddenFromFirm: false, stage: null, notices: [] });
  expect(row('C3')).toMatchObject({ state: 'county-passed', stage: 'city-check', notices: [{ outcome: 'upheld' }] });
  expect(row('C4')).toMatchObject({ stage: 'payment', offices: ['city-finance'] });
});

it('is the same rebuilt, and told twice', () => rebuildEquals(claims, history, database.url));
