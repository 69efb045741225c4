import { startWeb, Web } from '../support/browser';
import { sticksOut, takenAway, unreachable } from '../support/browser-checks';
import { Awarding } from '../support/awarding';
import type { Client } from '../support/client';
import { Firms, offerTerms } from '../support/firms';

jest.setTimeout(300_000);

// Pages that no story comes by: each opens without a fault, in the dark, on a phone and at twice the size.

let web: Web;
const people: Record<string, Client | undefined> = {};
beforeAll(async () => {
  web = await startWeb({ now: '2020-02-20T01:00:00Z', auth: { idleMinutes: 1e6, longestHours: 1e5 } });
  const firms = new Firms(web);
  const awarding = await Awarding.by(web, firms, '演示龙头服饰');
  const maker = await firms.confirmed('演示拉链厂');
  await awarding.publish({ product: '拉链', quantity: '1000' });
  await awarding.offer(0, maker, offerTerms({ quantity: '1000' }));
  await awarding.close();
  people.lead = awarding.lead.client;
  people.maker = maker.client;
  people.officer = await web.officer('city-officer');
  people.auditor = await web.officer('auditor');
  people.administrator = await web.officer('administrator');
});
afterAll(() => web?.stop());

const PAGES: readonly (readonly [who: string, path: string])[] = [
  ['visitor', '/register'],
  ['visitor', '/password#token'],
  ['visitor', '/join#token'],
  ['visitor', '/unsubscribe#token'],
  ['visitor', '/lead-lists'],
  ['visitor', '/policies'],
  ['visitor', '/policies/cluster-lead/2020'],
  ['visitor', '/rounds'],
  ['visitor', '/notices'],
  ['visitor', '/no-such-page'],
  ['lead', '/home'],
  ['lead', '/catalogues'],
  ['lead', '/members'],
  ['lead', '/me'],
  ['maker', '/my-awards/all'],
  ['maker', '/promotions/import'],
  ['maker', '/claims'],
  ['maker', '/claims/advice'],
  ['maker', '/registration'],
  ['maker', '/inbox'],
  ['officer', '/dashboards/facts?from=2020-02-01&to=2020-02-29&figure=demands'],
  ['officer', '/dashboards/listings?from=2020-02-01&to=2020-02-29'],
  ['officer', '/dashboards/suppliers?from=2020-02-01&to=2020-02-29'],
  ['officer', '/claims'],
  ['officer', '/policies/new?scheme=interest-subsidy&version=2020-5'],
  ['officer', '/rounds/new'],
  ['officer', '/replays'],
  ['officer', '/rounds/0b9f6a52-5c0e-4b8e-9d1a-3f1b7c2d4e5f/samples'],
  ['officer', '/registrations'],
  ['auditor', '/looks'],
  ['auditor', '/rounds/0b9f6a52-5c0e-4b8e-9d1a-3f1b7c2d4e5f/bank-lists'],
  ['auditor', '/account-acts'],
  ['administrator', '/officers'],
];

const IN_THE_DARK = { screen: 'phone', scheme: 'dark' } as const;

it.each([...new Set(PAGES.map(([who]) => who))])(
  'for the %s, in the dark on a phone and at twice the size',
  async (who) => {
    const phone = await web.visit(people[who], IN_THE_DARK);
    const desk = await web.visit(people[who], { language: 'en' });
    // What a desktop of 1440 shows at 200 %.
    await desk.page.setViewportSize({ width: 720, height: 450 });
    for (const [, path] of PAGES.filter(([one]) => one === who)) {
      for (const visit of [phone, desk]) {
        await visit.open(path);
        expect([path, visit.faults()]).toEqual([path, []]);
        expect([path, await unreachable(visit)]).toEqual([path, []]);
        expect([path, await sticksOut(visit)]).toEqual([path, []]);
      }
    }
  },
);

it.each([
  ['visitor', '/policies'],
  ['lead', '/catalogues'],
  ['maker', '/my-offers'],
  ['officer', '/registrations'],
  ['auditor', '/enterprises'],
  ['auditor', '/matches'],
])('for the %s, %s is taken away with the columns that it shows', async (who, path) => {
  const visit = await web.visit(people[who], IN_THE_DARK);
  await visit.open(path);
  expect(await takenAway(visit, who === 'officer' || who === 'auditor' ? '季度核对' : undefined)).toBe(200);
});
