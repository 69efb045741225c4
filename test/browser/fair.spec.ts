import { randomUUID } from 'node:crypto';
import { startWeb, Web } from '../support/browser';
import { smallTargets, sticksOut, unreachable } from '../support/browser-checks';
import type { Visit } from '../support/browser-visit';
import { eventually, Firm, Firms, inMinutes, listingTerms } from '../support/firms';
import { must } from '../support/sealed-offers';

jest.setTimeout(180_000);

// The fair is for everybody: what a visitor without a sign-in sees, and what not.

let web: Web;
let leads: Firm[];
let maker: Firm;
const promotion = randomUUID();

async function published(lead: Firm, given: object, minutes: number): Promise<string> {
  const listing = randomUUID();
  await must(lead.client.post('/api/listings', { listing, terms: listingTerms(inMinutes(web, minutes), given) }));
  await must(lead.client.post(`/api/listings/${listing}/publication`));
  web.clock.advance(1_000);
  return listing;
}

beforeAll(async () => {
  web = await startWeb();
  const firms = new Firms(web);
  leads = [await firms.lead('演示龙头鞋业'), await firms.lead('演示龙头箱包'), await firms.lead('演示龙头伞业')];
  maker = await firms.confirmed('演示鞋材厂');
  for (const [n, lead] of leads.entries()) await published(lead, { product: `拉链${n}号`, industry: '1953' }, 3000 + n);
  await published(leads[0]!, { product: '鞋底', industry: '1953' }, 600);
  await published(leads[0]!, { product: '保密鞋楦', visibility: { class: 'verified' } }, 700);
  const terms = {
    product: '注塑鞋底',
    specification: 'EVA',
    unit: { code: 'PR', name: '双' },
    capacityPerMonth: '20000',
    minimumLot: '500',
    leadTimeDays: 15,
    priceLow: '8.5',
    priceHigh: '12',
    certificates: ['ISO 9001'],
    area: '350582',
    industry: '1953',
  };
  await must(maker.client.post('/api/promotions', { promotion, terms }));
  await must(maker.client.post(`/api/promotions/${promotion}/publication`));
  await eventually(
    async () => (await web.anybody().get('/api/open-demands')).body.items.length as number,
    (count) => count === 4,
  );
});
afterAll(() => web?.stop());

/** The products in the list, once they are these. */
const lists = (visit: Visit, ...wanted: string[]): Promise<string[]> =>
  eventually(
    async () => (await visit.page.locator('.row-card-title').allInnerTexts()).map((text) => text.split('\n')[0]!),
    (shown) => shown.join() === wanted.join(),
  );

async function isGood(visit: Visit, isPhone = true): Promise<void> {
  expect(visit.faults()).toEqual([]);
  expect(await unreachable(visit)).toEqual([]);
  expect(await sticksOut(visit)).toEqual([]);
  if (isPhone) expect(await smallTargets(visit)).toEqual([]);
}

it('shows open demands to a visitor’s phone, what closes soon first, and nothing that is not public', async () => {
  const visit = await web.visit(undefined, { screen: 'phone' });
  await visit.open('/');
  expect(new URL(visit.page.url()).pathname).toBe('/fair');
  await lists(visit, '鞋底', '拉链0号', '拉链1号', '拉链2号');
  expect(await visit.traffic.carrying('保密鞋楦')).toEqual([]);
  await isGood(visit);

  await visit.page.getByRole('button', { name: '最新发布' }).click();
  await visit.settled();
  // What was published last is of those who may see it only.
  await lists(visit, '鞋底', '拉链2号', '拉链1号', '拉链0号');
});

it('finds by pinyin and by industry, and keeps what was asked in the address', async () => {
  const visit = await web.visit(undefined, { screen: 'phone' });
  await visit.open('/fair');
  await visit.page.getByRole('searchbox', { name: '搜产品' }).fill('xiedi');
  await visit.page.keyboard.press('Enter');
  await lists(visit, '鞋底');
  expect(visit.page.url()).toContain('words=xiedi');

  await visit.open('/fair');
  const chip = visit.page.getByRole('group', { name: '行业' }).getByRole('button').first();
  expect(await chip.innerText()).toMatch(/制鞋业\s*4/);
  await chip.click();
  await visit.settled();
  expect(await chip.getAttribute('aria-pressed')).toBe('true');
  expect(visit.page.url()).toContain('industry=19');
  await lists(visit, '鞋底', '拉链0号', '拉链1号', '拉链2号');

  await visit.open('/fair?words=meiyou');
  await visit.page.getByText('没有符合筛选条件的内容').waitFor();
  await isGood(visit);
});

it('has a page for each product, to be shared', async () => {
  const visit = await web.visit(undefined, { screen: 'phone' });
  await visit.open('/fair');
  await visit.page.getByRole('link', { name: '中小企业能做的' }).click();
  await lists(visit, '注塑鞋底');
  await isGood(visit);
  await visit.page.getByRole('link', { name: '注塑鞋底' }).click();
  await visit.settled();
  expect(new URL(visit.page.url()).pathname).toBe(`/promotions/${promotion}`);
  const shown = await visit.page.getByRole('article').innerText();
  for (const text of ['演示鞋材厂', '20,000 双', '500 双', '15 天', '8.50 – 12.00', 'ISO 9001', '晋江市'])
    expect(shown).toContain(text);
  await visit.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await visit.page.getByRole('button', { name: '复制链接' }).click();
  await visit.page.getByText('链接已复制').waitFor();
  await isGood(visit);
});

it.each([
  ['desktop', 'light'],
  ['desktop', 'dark'],
  ['phone', 'dark'],
] as const)('reads well in English on a %s in the %s', async (screen, scheme) => {
  const visit = await web.visit(undefined, { screen, scheme, language: 'en' });
  await visit.open('/fair');
  await visit.page.getByRole('heading', { name: 'The fair' }).waitFor();
  expect(await visit.page.getByRole('link', { name: 'What small firms make' }).isVisible()).toBe(true);
  await isGood(visit, screen === 'phone');
  await visit.open(`/promotions/${promotion}`);
  expect(await visit.page.getByText('Minimum lot').isVisible()).toBe(true);
  await isGood(visit, screen === 'phone');
});
