import { Conditions, listed } from '@app/projections';
import { applyAll, rebuildEquals, recorded } from '@testing/projections';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database';
import type { EvidenceEvent } from './evidence-story.rules';
import { INVOICE_ORDERS, InvoiceRow, invoices } from './invoices.view';
import { ordersOf } from './order-row.view';
import { LATER, LEAD, STRANGER, SUPPLIER } from './testing';

const [ONE, RED] = ['3500201130-00000001', '3500201130-00000002'];
const by = { side: 'supplier', account: 'su' } as const;
const claimed = (given: object = {}): EvidenceEvent => ({
  type: 'InvoiceClaimed',
  data: {
    ...{ number: ONE, claimant: { kind: 'order', order: 'O1', fact: 'F1' }, seller: SUPPLIER, buyer: LEAD },
    figures: { invoicedOn: '2020-05-30', net: '100.00', gross: '113.00', vatRate: '0.13' },
    parts: [{ order: 'O1', fact: 'F1', net: '100.00', gross: '113.00' }],
    ...{ source: 'hand', files: [{ id: 'A1', sha256: 'ab' }], by, at: LATER },
    ...given,
  },
});
const redParts = [{ order: 'O1', fact: 'F2', net: '-40.00', gross: '-45.20' }];
const redClaimant = { kind: 'order', order: 'O1', fact: 'F2' } as const;
const checked = (check: string, state: 'valid' | 'voided', who: object): EvidenceEvent => ({
  type: 'InvoiceChecked',
  data: { check, state, checkedOn: '2020-06-01', by: who as never, files: [], at: LATER },
});
const released: EvidenceEvent = {
  type: 'InvoiceReleased',
  data: { claimant: { kind: 'order', order: 'O1', fact: 'F1' }, reason: 'disputed', at: LATER },
};

const told = recorded<EvidenceEvent>(
  [`evidence-${ONE}`, claimed()],
  [`evidence-${ONE}`, checked('C1', 'valid', { account: 'olga' })],
  [`evidence-${ONE}`, checked('C2', 'voided', by)],
  [
    `evidence-${RED}`,
    claimed({
      number: RED,
      ...{ redOf: ONE, claimant: redClaimant, parts: redParts, files: [] },
      figures: { invoicedOn: '2020-06-01', net: '-40.00', gross: '-45.20', vatRate: '0.13' },
    }),
  ],
  [
    `evidence-${ONE}`,
    {
      type: 'InvoiceReversed',
      data: { red: RED, claimant: redClaimant, parts: redParts, invoicedOn: '2020-06-01', at: LATER },
    },
  ],
);

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

async function rowsAfter(...more: EvidenceEvent[]): Promise<Map<string, InvoiceRow>> {
  const events = recorded<EvidenceEvent>(
    ...told.map((event) => [event.stream, event] as const),
    ...more.map((event) => [`evidence-${ONE}`, event] as const),
  );
  const view = await applyAll(invoices, events, database.url);
  const rows = await view.read((manager) => manager.find(InvoiceRow));
  await view.close();
  return new Map(rows.map((row) => [row.number, row]));
}

it('has one row a number: its firms, its parts, what reverses it, and what an office saw', async () => {
  const rows = await rowsAfter();
  expect(rows.get(ONE)).toMatchObject({
    lead: LEAD.enterprise,
    supplierRegistration: SUPPLIER.registration,
    net: '100.00',
    orders: ['O1'],
    held: true,
    reversals: [{ red: RED, parts: redParts }],
    checkState: 'valid',
    checks: [{ check: 'C1' }, { check: 'C2' }],
  });
  expect(rows.get(RED)).toMatchObject({ redOf: ONE, gross: '-45.20', checkState: 'unchecked' });
});

it('forgets what was looked up when the number comes back as another firm’s invoice, and not when it is the same', async () => {
  expect((await rowsAfter(released)).get(ONE)).toMatchObject({ held: false });
  expect((await rowsAfter(released, claimed())).get(ONE)).toMatchObject({ held: true, checkState: 'valid' });
  const other = (await rowsAfter(released, claimed({ seller: STRANGER }))).get(ONE);
  expect(other).toMatchObject({ supplier: STRANGER.enterprise, checkState: 'unchecked', checks: [], reversals: [] });
});

it('gives back what a released red invoice had reversed', async () => {
  const back: EvidenceEvent = {
    type: 'InvoiceReversalReleased',
    data: { red: RED, claimant: redClaimant, at: LATER },
  };
  expect((await rowsAfter(back)).get(ONE)?.reversals).toEqual([]);
});

it('is listed to its two firms and to offices over one of them', async () => {
  const view = await applyAll(invoices, told, database.url);
  const numbersOf = async (whose: Parameters<typeof ordersOf>[1]) => {
    const where = ordersOf(new Conditions(), whose);
    const list = { from: 'invoice', key: 'number', orders: INVOICE_ORDERS, where };
    const found = await view.read((rows) => listed<InvoiceRow>(rows, list, { order: 'gross', limit: 10 }));
    return found.rows.map(({ number }) => number);
  };
  expect(await numbersOf({ registration: SUPPLIER.registration })).toEqual([RED, ONE]);
  expect(await numbersOf({ registration: LEAD.registration })).toEqual([RED, ONE]);
  expect(await numbersOf({ registration: STRANGER.registration })).toEqual([]);
  expect(await numbersOf({ among: [SUPPLIER.enterprise] })).toEqual([RED, ONE]);
  expect(await numbersOf({ among: [] })).toEqual([]);
  expect(await numbersOf({})).toEqual([RED, ONE]);
  await view.close();
});

it('is the same when it is rebuilt', () => rebuildEquals(invoices, [...told], database.url));
