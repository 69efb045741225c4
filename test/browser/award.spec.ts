import { Awarding, Bid, tabTo } from '../support/awarding';
import { startWeb, Web } from '../support/browser';
import { sticksOut, unreachable } from '../support/browser-checks';
import type { Visit } from '../support/browser-visit';
import { eventually, Firm, Firms, typesOf } from '../support/firms';

jest.setTimeout(240_000);

// From the close to the order book: a buyer compares and splits by the keyboard, an SME accepts in another browser, what
// lapses is awarded again.

const HOUR = 3_600_000;
const CLOTH = { product: '纯棉坯布', specification: '40S', quantity: '5000', unit: { code: 'MTR', name: '米' } };
// Figures that stand nowhere else, so that they can be looked for in every byte.
const PRICES = ['11.273819', '11.458273', '12.918274', '3.827364', '4.192837'];

let web: Web;
let awarding: Awarding;
let lead: Visit;
let cloth: string;
let [jinjiang, shishi, nanan]: Firm[] = [];
let bids: Bid[] = [];

beforeAll(async () => {
  // Days pass in this story; nobody signs in again.
  web = await startWeb({ now: '2020-02-20T01:00:00Z', auth: { idleMinutes: 7 * 24 * 60, longestHours: 7 * 24 } });
  const firms = new Firms(web);
  awarding = await Awarding.by(web, firms, '泉州演示服饰龙头');
  jinjiang = await firms.confirmed('晋江演示织造');
  shishi = await firms.confirmed('石狮演示纺织');
  nanan = await firms.confirmed('南安演示布业');
  await awarding.publish(CLOTH, { product: '拉链', quantity: '800', unit: { code: 'EA', name: '条' } });
  cloth = awarding.lines[0]!;
  const terms = (unitPrice: string, given: object) => ({
    unitPrice,
    vatRate: '0.13',
    deliverBy: '2020-04-10',
    ...given,
  });
  bids = [
    await awarding.offer(0, jinjiang, terms(PRICES[0]!, { quantity: '3000', minimumLot: '500' })),
    await awarding.offer(0, shishi, terms(PRICES[1]!, { quantity: '5000', minimumLot: '1000', vatRate: '0.03' })),
    await awarding.offer(0, nanan, terms(PRICES[2]!, { quantity: '4000', deliverBy: '2020-04-20' })),
    await awarding.offer(1, jinjiang, terms(PRICES[3]!, { quantity: '800' })),
    await awarding.offer(1, shishi, terms(PRICES[4]!, { quantity: '500' })),
  ];
  lead = await web.visit(awarding.lead.client);
});
afterAll(() => web?.stop());

const named = (visit: Visit, role: 'button' | 'dialog' | 'textbox' | 'row' | 'alert', name: string | RegExp) =>
  visit.page.getByRole(role, { name });
const awardButton = () => lead.page.getByRole('button', { name: '定标', exact: true });
const sound = async (visit: Visit): Promise<void> => {
  expect(visit.faults()).toEqual([]);
  expect(await unreachable(visit)).toEqual([]);
  expect(await sticksOut(visit)).toEqual([]);
};

it('tells the lead before the close how many offered, and not a figure', async () => {
  for (const path of [
    `/listings/${cloth}`,
    `/listings/${cloth}/board`,
    `/catalogues/${awarding.catalogue}/board`,
    '/awards',
  ]) {
    await lead.open(path);
    await sound(lead);
  }
  await lead.open(`/listings/${cloth}/board`);
  await lead.page.getByText('收到 3 份').waitFor();
  expect(await lead.traffic.carrying(...PRICES)).toEqual([]);
});

it('opens the board by itself when the clock has run out', async () => {
  const phone = await web.visit(awarding.lead.client, { screen: 'phone', scheme: 'dark' });
  await lead.open(`/listings/${cloth}`);
  await phone.open(`/listings/${cloth}`);
  await awarding.close();
  await named(lead, 'button', '比价定标').waitFor();
  await named(phone, 'button', '比价定标').click();
  await named(phone, 'textbox', /晋江演示织造：定标数量/).waitFor();
  await phone.settled();
  await sound(phone);
});

it('refuses in words what the listing would refuse, and sends nothing', async () => {
  await lead.open(`/listings/${cloth}/board`);
  await sound(lead);
  const quantity = named(lead, 'textbox', '晋江演示织造：定标数量');
  for (const [typed, said] of [
    ['3500', '定标数量超过该报价的数量（最多 3,000）'],
    ['499', '份额少于该报价的起订量（至少 500）'],
    ['三千', '填大于 0 的数，小数最多 6 位'],
  ] as const) {
    await quantity.fill(typed);
    await lead.page.getByRole('alert').getByText(said, { exact: true }).waitFor();
    expect(await awardButton().isDisabled()).toBe(true);
  }
  expect(await unreachable(lead)).toEqual([]);
  await quantity.fill('3000');
  await named(lead, 'textbox', '石狮演示纺织：定标数量').fill('2500');
  await lead.page.getByText('定标数量合计超过需求数量（多了 500）', { exact: true }).waitFor();
  await named(lead, 'textbox', '石狮演示纺织：定标数量').fill('');
  await quantity.fill('');
  expect(lead.traffic.exchanges.filter(({ method }) => method !== 'GET')).toEqual([]);
  expect(await awarding.shares(cloth)).toEqual([]);
});

it('is split by the keyboard alone, keeps the draft over a closed tab, and says what sending does', async () => {
  await lead.open(`/listings/${cloth}/board`);
  const { keyboard } = lead.page;
  await tabTo(lead, '晋江演示织造：定标数量');
  await keyboard.type('3000');
  await keyboard.press('Enter');
  await keyboard.type('2000');
  await lead.page.getByText('已保存').waitFor();

  // The tab is closed and opened again.
  await lead.open(`/listings/${cloth}/board`);
  const totals = lead.page.getByRole('region', { name: '定标合计' });
  await totals.getByText('5,000 / 5,000 米').waitFor();
  expect(await totals.innerText()).toContain('56,738.01');
  expect(await totals.innerText()).toContain('+0.0%');

  await tabTo(lead, '石狮演示纺织：定标理由');
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await tabTo(lead, '定标');
  await keyboard.press('Enter');
  const dialog = named(lead, 'dialog', '定标：纯棉坯布');
  await dialog.getByText('晋江演示织造：3,000 米，理由：价格').waitFor();
  await dialog.getByText('石狮演示纺织：2,000 米').waitFor();
  await dialog.getByText('48 小时内接单').waitFor();
  expect(await dialog.getByRole('checkbox').isChecked()).toBe(true);
  await tabTo(lead, '发送定标');
  await keyboard.press('Enter');
  await named(lead, 'row', /石狮演示纺织 2,000.*待接单/).waitFor();
  await lead.settled();
  await sound(lead);
  expect(await awarding.shares(cloth)).toEqual([
    { supplier: '晋江演示织造', quantity: '3000', state: 'offered', reason: 'price' },
    { supplier: '石狮演示纺织', quantity: '2000', state: 'offered', reason: 'delivery' },
  ]);
  const loser = await nanan!.client.get(`/api/my-offers/${bids[2]!.offer}`);
  expect(loser.body).toMatchObject({ result: 'not-chosen', lossReason: 'price' });
});

it('shows the acceptance of another browser without being reloaded', async () => {
  const sme = await web.visit(jinjiang!.client, { screen: 'phone' });
  await sme.open('/my-awards');
  await sme.page.getByRole('button', { name: '接单' }).first().click();
  await sme.page.getByRole('dialog').getByRole('button', { name: /接单/ }).click();
  await named(lead, 'row', /晋江演示织造 3,000.*已接单/).waitFor();
  expect(sme.faults()).toEqual([]);
  // The rivals' prices reached no byte of it.
  expect(await sme.traffic.carrying(PRICES[1]!, PRICES[2]!)).toEqual([]);
});

it('lets what lapsed be awarded again', async () => {
  web.clock.advance(25 * HOUR);
  await eventually(
    () => typesOf(web, `listing-${cloth}`),
    (types) => types.includes('ShareReminderRecorded'),
  );
  web.clock.advance(24 * HOUR);
  await named(lead, 'row', /石狮演示纺织 2,000.*逾期失效/).waitFor();
  const quantity = named(lead, 'textbox', '南安演示布业：定标数量');
  await quantity.fill('2000');
  await lead.choose(lead.page.getByRole('combobox', { name: '南安演示布业：定标理由' }), '产能');
  await awardButton().click();
  await named(lead, 'button', '发送定标').click();
  await named(lead, 'row', /南安演示布业 2,000.*待接单/).waitFor();
  expect((await awarding.shares(cloth)).map(({ supplier, state }) => [supplier, state])).toEqual([
    ['南安演示布业', 'offered'],
    ['晋江演示织造', 'accepted'],
    ['石狮演示纺织', 'lapsed'],
  ]);
  await lead.settled();
  await sound(lead);
});

it('lists all awards with their states and clocks', async () => {
  await lead.open('/awards?state=offered');
  await named(lead, 'row', /纯棉坯布.*南安演示布业.*待接单/).waitFor();
  await sound(lead);
  const english = await web.visit(awarding.lead.client, { screen: 'phone', language: 'en' });
  await english.open('/awards');
  await sound(english);
});
