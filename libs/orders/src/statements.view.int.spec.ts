import { applyAll, rebuildEquals, recorded } from '@testing/projections';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database';
import type { StatementEvent } from './statement-story.rules';
import { StatementRow, statements } from './statements.view';
import { LATER, LEAD, sideOfPerson, SUPPLIER, WORDS } from './testing';

const drawnUp: StatementEvent = {
  type: 'StatementDrawnUp',
  data: {
    ...{ statement: 'S1', lead: LEAD, supplier: SUPPLIER, month: '2020-05', orders: ['O1', 'O2'] },
    deliveries: [
      { order: 'O1', fact: 'D1', kind: 'delivery', date: '2020-05-20', net: '100.00' },
      { order: 'O1', fact: 'R1', kind: 'return', date: '2020-05-21', net: '-10.00' },
    ],
    standingInvoices: [
      {
        order: 'O1',
        fact: 'F0',
        number: '3500201130-00000002',
        invoicedOn: '2020-05-21',
        net: '10.00',
        gross: '11.30',
      },
    ],
    standingPayments: [],
    invoices: [
      {
        ...{ number: '3500201130-00000001', invoicedOn: '2020-05-30', net: '100.00', gross: '113.00', vatRate: '0.13' },
        parts: [{ order: 'O1', fact: 'F1', net: '60.00', gross: '67.80' }],
      },
    ],
    payments: [
      {
        ...{ payment: 'P1', paidOn: '2020-05-31', gross: '100.00', means: 'transfer' },
        parts: [{ order: 'O2', fact: 'F2', gross: '50.00' }],
      },
    ],
    ...{ by: sideOfPerson('supplier'), files: [], at: LATER },
  },
};
const by = sideOfPerson('lead');
const confirmed: StatementEvent = { type: 'StatementConfirmed', data: { by, at: LATER } };
const refused: StatementEvent = {
  type: 'StatementPartRefused',
  data: { order: 'O1', fact: 'F1', code: 'order-unknown', at: LATER },
};
const disputed: StatementEvent = {
  type: 'StatementDisputed',
  data: { by, reason: 'wrong-amount', text: WORDS, at: LATER },
};
const withdrawn: StatementEvent = {
  type: 'StatementWithdrawn',
  data: { by: sideOfPerson('supplier'), at: LATER },
};

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const of = (...events: StatementEvent[]) =>
  recorded<StatementEvent>(...events.map((event) => ['statement-S1', event] as const));

async function rowAfter(...events: StatementEvent[]): Promise<StatementRow> {
  const view = await applyAll(statements, of(...events), database.url);
  const row = await view.read((rows) => rows.findOneByOrFail(StatementRow, { statement: 'S1' }));
  await view.close();
  return row;
}

it('adds up what stands and what is divided, in its parts', async () =>
  expect(await rowAfter(drawnUp)).toMatchObject({
    ...{ state: 'drawn-up', month: '2020-05', delivered: '90.00', invoiced: '79.10', paid: '50.00' },
    content: { orders: ['O1', 'O2'], invoices: [{ parts: [{ order: 'O1' }] }] },
    answer: null,
  }));

it('is confirmed, disputed or withdrawn, and says what an order refused', async () => {
  expect(await rowAfter(drawnUp, confirmed, refused)).toMatchObject({
    state: 'confirmed',
    answer: { by, at: LATER },
    refused: [{ order: 'O1', fact: 'F1', code: 'order-unknown' }],
  });
  expect(await rowAfter(drawnUp, disputed)).toMatchObject({
    state: 'disputed',
    answer: { reason: 'wrong-amount', text: WORDS },
  });
  expect(await rowAfter(drawnUp, withdrawn)).toMatchObject({ state: 'withdrawn' });
});

it('is the same when it is rebuilt', () => rebuildEquals(statements, of(drawnUp, confirmed, refused), database.url));
