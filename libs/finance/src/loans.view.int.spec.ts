import { rebuildEquals, recorded, ViewUnderTest } from '@testing/projections';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database';
import { LoanRow, loans } from './loans.view';
import * as story from './testing';
import type { LoanEvent } from './loan-story.rules';

const OTHER = 'b1c5d9f0-0000-4000-8000-000000000001';

const told = recorded<LoanEvent>(
  [`loan-${story.LOAN}`, story.evidenced({ request: 'R1', order: 'O1' })],
  [`loan-${OTHER}`, story.evidenced({ loan: OTHER, files: [{ id: 'F9', sha256: 'cd' }] })],
  [`loan-${story.LOAN}`, story.disputed('D1')],
  [`loan-${story.LOAN}`, story.corrected('K1', { terms: story.loanTerms({ amount: '310000.5' }) })],
  [`loan-${story.LOAN}`, story.loanConfirmed()],
  [`loan-${story.LOAN}`, story.rateChanged('E1', '2020-03-15', '0.04')],
  [`loan-${story.LOAN}`, story.repaid('E2', '2020-03-10', '1000')],
  [`loan-${story.LOAN}`, story.repaid('E3', '2020-03-10', '10000')],
  [`loan-${story.LOAN}`, story.entryStruck('E2')],
  [`loan-${story.LOAN}`, story.handedOver('b2')],
  [`loan-${OTHER}`, story.loanStruck()],
  [`loan-${OTHER}`, story.evidenced({ loan: OTHER, bank: 'b3' })],
);

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

it('has one row a loan, with what is left of it and its story', async () => {
  const view = await ViewUnderTest.open(loans, database.url);
  expect(await view.apply(told)).toEqual([OTHER, story.LOAN].sort());
  const row = (loan: string) => view.read((manager) => manager.findOneByOrFail(LoanRow, { loan }));
  expect(await row(story.LOAN)).toMatchObject({
    bank: 'b2',
    borrower: story.borrower.enterprise,
    request: 'R1',
    order: 'O1',
    amount: '310000.5',
    outstanding: '300000.5',
    drawnOn: '2020-03-01',
    changes: [{ entry: 'E1', from: '2020-03-15', rate: { rate: '0.04' } }],
    repayments: [{ entry: 'E3', principal: '10000' }],
    state: 'confirmed',
    correction: 'K1',
    dispute: null,
    files: [{ id: 'F1', sha256: 'ab' }],
  });
  expect((await row(story.LOAN)).story.map(({ what, by }) => [what, by])).toEqual([
    ['evidenced', 'b1'],
    ['disputed', 'anna'],
    ['corrected', 'b1'],
    ['confirmed', 'anna'],
    ['rate-changed', 'b1'],
    ['repaid', 'b1'],
    ['repaid', 'b1'],
    ['entry-struck', 'b1'],
    ['handed-over', 'olga'],
  ]);
  await view.close();
});

it('keeps the vouchers of a loan that was struck and evidenced anew', async () => {
  const view = await ViewUnderTest.open(loans, database.url);
  await view.apply(told);
  const row = await view.read((manager) => manager.findOneByOrFail(LoanRow, { loan: OTHER }));
  expect(row).toMatchObject({ bank: 'b3', state: 'evidenced', files: [{ id: 'F9' }, { id: 'F1' }] });
  await view.close();
});

it('gives the same rows live, in batches and rebuilt', () => rebuildEquals(loans, told, database.url));
