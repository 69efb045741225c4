import { ReadModels } from '@app/projections';
import * as story from '@testing/matching';
import { recorded, ViewUnderTest } from '@testing/projections';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database';
import {
  AwardedSuppliers,
  AwardedSuppliersHandler,
  SuppliersOverTime,
  SuppliersOverTimeHandler,
  TradeOverTime,
  TradeOverTimeHandler,
} from './dashboards.view';
import {
  EnterpriseTrade,
  EnterpriseTradeHandler,
  SharesOfEnterprise,
  SharesOfEnterpriseHandler,
} from './enterprise-audit.view';
import { TradeEvent, tradeFacts } from './trade-facts.view';

/** The largest quantity and price that there are, and what they come to. */
const MOST = '999999999999.999999';
const AMOUNT = '999999999999999998000000.00';

const firm = (n: number): readonly [string, TradeEvent] => [
  `enterprise-${story.firm(n).enterprise}`,
  {
    type: 'RegistrationApplied',
    data: {
      ...story.firm(n),
      from: '2019-01-01',
      facts: { name: '演示', registeredAddress: { area: '350582', text: '一号路' }, industry: '1953' },
    },
  },
];
const LISTING = [
  ...story.published({ quantity: MOST }),
  story.offered(1, { quantity: MOST, unitPrice: MOST }),
  story.closed(1),
  story.awarded({ ...story.share('S1', 1, MOST), unitPrice: MOST }),
  { type: 'SharesAccepted', data: { shares: ['S1'], at: story.EVENING } },
] as readonly TradeEvent[];

let database: FreshDatabase;
let view: ViewUnderTest<TradeEvent>;
beforeAll(async () => {
  database = await freshDatabase();
  view = await ViewUnderTest.open(tradeFacts, database.url);
  await view.apply(recorded<TradeEvent>(firm(0), firm(1), ...LISTING.map((event) => [`listing-L1`, event] as const)));
});
afterAll(async () => {
  await view?.close();
  await database?.drop();
});

// The real ReadModels resolves the serving schema; a view under test has one of its own.
const readModels = { read: (_: unknown, query: never) => view.read(query) } as unknown as ReadModels;

describe('amounts of any size that may be awarded', () => {
  it('stand exactly in dashboards', async () => {
    const asked = { from: '2020-02-10', to: '2020-02-10', bucket: 'day', by: 'none' } as const;
    const trade = await new TradeOverTimeHandler(readModels).execute(new TradeOverTime(asked));
    expect(trade.map(({ awarded }) => awarded)).toEqual([AMOUNT]);
    const suppliers = await new SuppliersOverTimeHandler(readModels).execute(new SuppliersOverTime(asked));
    expect(suppliers.map(({ amount }) => amount)).toEqual([AMOUNT]);
    const rows = await new AwardedSuppliersHandler(readModels).execute(new AwardedSuppliers(asked, undefined, 5));
    expect(rows.map(({ amount }) => amount)).toEqual([AMOUNT]);
  });

  it('have two decimals where there is none', async () => {
    const { awarded } = await new EnterpriseTradeHandler(readModels).execute(
      new EnterpriseTrade(story.firm(1).enterprise),
    );
    expect(awarded).toBe('0.00');
  });

  it('stand exactly in the audit view of an enterprise', async () => {
    const trade = new EnterpriseTradeHandler(readModels);
    const lead = story.firm(0).enterprise;
    expect((await trade.execute(new EnterpriseTrade(lead))).awarded).toBe(AMOUNT);
    const { shares } = await trade.execute(new EnterpriseTrade(story.firm(1).enterprise));
    expect(shares).toEqual([{ value: 'accepted', items: 1, amount: AMOUNT }]);
    const [share] = await new SharesOfEnterpriseHandler(readModels).execute(new SharesOfEnterprise(lead, 5));
    expect(share).toMatchObject({ side: 'lead', amount: AMOUNT });
  });
});
