import { rebuildEquals, recorded, ViewUnderTest } from '@testing/projections';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database';
import type { FinanceRequestEvent } from './finance-request-story.rules';
import { drawnOf, FinanceRequestRow, financeRequests } from './finance-requests.view';
import * as story from './testing';

const words = { id: 'V1', sha256: 'ab' };
const { AT } = story;
const REFUSAL = { kind: 'refusal', reason: 'collateral' } as const;

const drawn = (loan: string, amount: string): FinanceRequestEvent => ({
  type: 'GrantDrawn',
  data: { loan, amount, at: AT },
});

const HISTORY: readonly (readonly [string, FinanceRequestEvent])[] = [
  ['R1', story.requested({ text: words })],
  ['R2', story.requested({ request: 'R2', consent: { banks: ['b1'] } })],
  ['R1', story.adviserAssigned('adam')],
  ['R1', { type: 'FinanceAdvised', data: { advice: 'X1', text: words, by: 'adam', at: AT } }],
  ['R2', { type: 'BanksConsented', data: { banks: 'any', by: story.person, at: AT } }],
  ['R1', story.passed('b1', 'b2')],
  ['R1', story.answered('b1')],
  ['R1', story.answered('b2')],
  ['R1', story.chosen('b2')],
  ['R1', story.answered('b2', REFUSAL, 'A2')],
  ['R1', story.chosen('b1')],
  ['R1', story.granted('b1')],
  ['R1', drawn('L1', '300000')],
  ['R1', drawn('L2', '50000.5')],
  ['R1', drawn('L1', '0')],
  ['R2', story.adviserAssigned('berta')],
  ['R2', { type: 'FinanceRefused', data: { reason: 'no-bank-offers', by: 'berta', at: story.LATER } }],
];
const told = recorded<FinanceRequestEvent>(
  ...HISTORY.map(([request, event]) => [`finance-request-${request}`, event] as const),
);

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

it('has one row a request, with the last answer of each bank and how it ended', async () => {
  const view = await ViewUnderTest.open(financeRequests, database.url);
  expect(await view.apply(told)).toEqual(['R1', 'R2']);
  const rows = await view.read((manager) => manager.find(FinanceRequestRow, { order: { request: 'ASC' } }));
  expect(rows).toMatchObject([
    {
      request: 'R1',
      borrowerRegistration: story.borrower.registration,
      state: 'granted',
      adviser: 'adam',
      banks: ['b1', 'b2'],
      answers: { b1: { answer: 'A-b1', terms: story.offer() }, b2: { answer: 'A2', terms: REFUSAL } },
      chosenBank: 'b1',
      grant: { bank: 'b1', amount: '400000' },
      text: words,
      requestedAt: AT,
    },
    {
      request: 'R2',
      consented: 'any',
      state: 'not-granted',
      refusal: { reason: 'no-bank-offers' },
      changedAt: story.LATER,
    },
  ]);
  expect(drawnOf(rows[0]!)).toBe('50000.50');
  await view.close();
});

it('takes a chosen offer back with the bank’s refusal', async () => {
  const view = await ViewUnderTest.open(financeRequests, database.url);
  await view.apply(told.slice(0, 10));
  const row = await view.read((manager) => manager.findOneByOrFail(FinanceRequestRow, { request: 'R1' }));
  expect(row).toMatchObject({ state: 'with-banks', chosenBank: null });
  await view.close();
});

it('gives the same rows live, in batches and rebuilt', () => rebuildEquals(financeRequests, told, database.url));
