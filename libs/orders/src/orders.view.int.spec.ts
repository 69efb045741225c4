import type { EnterpriseEvent } from '@app/registry';
import { applyAll, rebuildEquals, recorded, ViewUnderTest } from '@testing/projections';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database';
import * as story from '../test/traded-order';
import { DueRow } from './due-rows.view';
import { OrderRow } from './order-row.view';
import type { OrderEvent } from './order-story.rules';
import { orders } from './orders.view';

type Told = OrderEvent | EnterpriseEvent;

const facts = (of: typeof story.lead, from: string, staff: number, revenue: string): [string, EnterpriseEvent] => [
  `enterprise-${of.enterprise}`,
  {
    type: 'FactsRecorded',
    data: { registration: of.registration, from, facts: { staff, revenue }, source: { kind: 'self-declared' } },
  },
];
const applied = (of: typeof story.lead, staff: number, revenue: string): [string, EnterpriseEvent] => [
  `enterprise-${of.enterprise}`,
  {
    type: 'RegistrationApplied',
    data: { ...of, from: '2020-01-01', facts: { industry: '1953', staff, revenue } },
  },
];
const ofOrder = (...events: readonly OrderEvent[]): [string, OrderEvent][] =>
  events.map((event) => ['order-O1', event]);

const large = applied(story.lead, 2000, '900000000');
const small = applied(story.supplier, 100, '10000000');
const TRADED = ofOrder(
  story.opened('O1'),
  ...story.contract('C1', '2025-06-12', 30),
  story.delivery('D1', '2025-07-01', '60'),
  story.acceptance('D1', '2025-07-03', '40'),
  story.acceptance('D1', '2025-07-05', '15', '5'),
  story.delivery('D2', '2025-07-10', '45'),
  story.disputed('D2', 'lead', '2025-07-11'),
  story.decided('D2', '2025-07-20'),
  story.returned('R1', 'D1', '2025-07-21', '10'),
  story.confirmed('R1', 'supplier', '2025-07-22'),
  story.payment('P1', '2025-08-10', '500.00'),
  story.confirmed('P1', 'supplier', '2025-08-11'),
  story.payment('P2', '2025-08-20', '1.00'),
);
const all: [string, Told][] = [large, small, ...TRADED];

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

async function rowsAfter(...history: [string, Told][]): Promise<{ order: OrderRow; dues: DueRow[] }> {
  const view = await applyAll(orders, recorded<Told>(...history), database.url);
  const order = await view.read((rows) => rows.findOneByOrFail(OrderRow, { order: 'O1' }));
  const dues = await view.read((rows) => rows.find(DueRow, { order: { dueOn: 'ASC', key: 'ASC' } }));
  await view.close();
  return { order, dues };
}

it('sums up what counts, and says who has it now', async () => {
  const { order } = await rowsAfter(...all);
  expect(order).toMatchObject({
    state: 'performing',
    ordered: '1000.00',
    orderedGross: '1130.00',
    // 40 + 15 + 45 accepted, 10 returned
    delivered: '900.00',
    deliveredGross: '1017.00',
    paid: '500.00',
    waits: { lead: 0, supplier: 1, office: 0 },
    holders: ['supplier'],
    contractDate: '2025-06-12',
    contractMissing: false,
    nextDueOn: '2025-07-31',
    owed: '517.00',
    products: ['鞋底'],
    listings: ['listing-of-S1'],
  });
  expect([...order.files].sort()).toEqual(['C1-file', 'D1-file', 'D2-file', 'voucher']);
});

it('has a due for each acceptance, with what an office accepted, less what came back', async () => {
  const { dues } = await rowsAfter(...all);
  expect(dues.map(({ acceptance, amount, dueOn, paid, open }) => [acceptance, amount, dueOn, paid, open])).toEqual([
    ['D1-2025-07-03', '452.00', '2025-07-31', '452.00', '0.00'],
    ['D1-2025-07-05', '56.50', '2025-07-31', '48.00', '8.50'],
    ['D2', '508.50', '2025-08-09', '0.00', '508.50'],
  ]);
  expect(dues[0]).toMatchObject({
    row: 'rule-2025',
    holds: true,
    interestReason: 'daily',
    reason: 'contract-delivery',
  });
});

describe('sizes at the contract date', () => {
  const cases: [string, [string, Told][], boolean | null][] = [
    ['are not known', TRADED, null],
    ['are those of a large firm and an SME', all, true],
    ['came only after the order', [...TRADED, large, small], true],
    ['changed the day after', [large, small, facts(story.supplier, '2025-06-13', 3000, '900000000'), ...TRADED], true],
    ['changed on the day', [large, small, facts(story.supplier, '2025-06-12', 3000, '900000000'), ...TRADED], false],
    ['turned out otherwise later', [...all, facts(story.lead, '2025-06-01', 50, '900000000')], false],
  ];
  it.each(cases)('%s', async (_what, history, holds) => {
    const { dues } = await rowsAfter(...history);
    expect(dues.map((due) => due.holds)).toEqual([holds, holds, holds]);
    expect(dues[0]!.interestReason).toBe(holds ? 'daily' : 'none');
  });
});

it('gives the same rows live, in batches and rebuilt', async () => {
  const late = facts(story.lead, '2025-06-01', 50, '900000000');
  await rebuildEquals(orders, recorded<Told>(large, ...TRADED, small, late), database.url);
});

it('tells the order that changed, and those of a firm whose size did', async () => {
  const view = await ViewUnderTest.open(orders, database.url);
  const history = recorded<Told>(...all, facts(story.lead, '2025-06-01', 50, '900000000'));
  expect(await view.apply(history.slice(0, 2))).toEqual([]);
  expect(await view.apply(history.slice(2, -1))).toEqual(['O1']);
  expect(await view.apply(history.slice(-1))).toEqual(['O1']);
  await view.close();
});
