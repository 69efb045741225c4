import { startWeb, Web } from '../support/browser';
import { sticksOut, unreachable } from '../support/browser-checks';
import type { Visit } from '../support/browser-visit';
import { eventually, Firm, Firms } from '../support/firms';
import { paste } from '../support/pasting';

jest.setTimeout(300_000);

// The whole main job by three people at once: a buyer publishes what was pasted from a sheet, a workshop's owner and a rival
// offer on their phones, the buyer splits the award, the owner accepts, and an officer reads who did what.

/** Figures that stand nowhere else, so that they can be looked for in every byte. */
const OWN = '10.273819';
const RIVAL = '10.958271';

let web: Web;
let lead: Firm;
let [maker, rival]: Firm[] = [];
beforeAll(async () => {
  // Quoting runs for weeks in this story; nobody signs in again.
  web = await startWeb({ now: '2020-02-20T01:00:00Z', auth: { idleMinutes: 1e6, longestHours: 1e5 } });
  const firms = new Firms(web);
  lead = await firms.lead('演示龙头鞋业');
  maker = await firms.confirmed('演示鞋底作坊');
  rival = await firms.confirmed('演示同行鞋材');
});
afterAll(() => web?.stop());

async function isSound(visit: Visit): Promise<void> {
  expect(visit.faults()).toEqual([]);
  expect(await unreachable(visit)).toEqual([]);
  expect(await sticksOut(visit)).toEqual([]);
}

async function pick({ page }: Visit, label: string, text: string): Promise<void> {
  const input = page.getByLabel(label, { exact: true });
  await input.fill(text);
  await input.press('Enter');
}

/** Pastes two lines, sets what they have in common, publishes; answers with the listing of the first. */
async function publishes(buyer: Visit): Promise<string> {
  const { page } = buyer;
  await buyer.open('/catalogues/new');
  const table = '产品名称\t规格型号\t数量\t单位\r\n鞋底\tEVA 42 码\t1000\t双\r\n鞋面\t网布\t800\t双';
  await paste(page.getByLabel(/在 Excel 中选中表格/), table);
  await page.getByText('2 好 · 0 待改').waitFor();
  await pick(buyer, '报价截止时间', '2020-02-21 17:00');
  await pick(buyer, '交货日期', '2020-03-31');
  await buyer.choose(page.getByLabel('交货地区', { exact: true }), '晋江', '晋江');
  await page.getByText('都已填写').waitFor();
  await page.getByRole('button', { name: '收入 2 行，下一步预览' }).click();
  await page.getByText('2 行可发布 · 0 行待补').waitFor();
  await page.getByRole('button', { name: '发布', exact: true }).click();
  await page.getByRole('button', { name: '发布 2 行' }).click();
  await page.getByText('已发布 2 行').waitFor();
  await buyer.settled();
  const { body } = await lead.client.get('/api/open-demands');
  return (body.items as { listing: string; terms: { product: string } }[]).find(
    ({ terms }) => terms.product === '鞋底',
  )!.listing;
}

async function offers(visit: Visit, listing: string, quantity: string, price: string): Promise<void> {
  const { page } = visit;
  await visit.open(`/listings/${listing}/offer`);
  await page.getByLabel('数量').fill(quantity);
  await page.getByLabel('未税单价').fill(price);
  await visit.choose(page.getByRole('combobox', { name: '税率' }), '13%');
  await page.getByRole('button', { name: '提交报价' }).click();
  await page.getByText('报价已收到').waitFor();
}

it('from a pasted sheet to accepted shares, with the officer looking on', async () => {
  const buyer = await web.visit(lead.client);
  const owner = await web.visit(maker!.client, { screen: 'phone' });
  const other = await web.visit(rival!.client, { screen: 'phone' });
  const bureau = await web.visit(await web.officer('city-officer'));

  const listing = await publishes(buyer);
  await bureau.open('/matches');
  await bureau.page.getByText('还没有对接').waitFor();

  // Two phones at once, while the buyer and the officer have their pages open.
  await buyer.open(`/listings/${listing}`);
  await Promise.all([offers(owner, listing, '600', OWN), offers(other, listing, '1000', RIVAL)]);
  await buyer.page.getByText('收到 2 份报价').waitFor();
  await bureau.page.getByRole('cell', { name: '演示鞋底作坊' }).waitFor();
  for (const visit of [buyer, bureau]) expect(await visit.traffic.carrying(OWN, RIVAL)).toEqual([]);

  // The clock runs out; the buyer's page says so by itself.
  web.clock.set(Date.parse('2020-02-21T09:00:10Z'));
  await buyer.page.getByRole('button', { name: '比价定标' }).click();
  await buyer.page.getByRole('textbox', { name: '演示鞋底作坊：定标数量' }).fill('600');
  await buyer.page.getByRole('textbox', { name: '演示同行鞋材：定标数量' }).fill('400');
  await buyer.page.getByText('1,000 / 1,000 双').waitFor();
  // The dearer share says why.
  await buyer.choose(buyer.page.getByRole('combobox', { name: '演示同行鞋材：定标理由' }), '产能');
  await isSound(buyer);
  await buyer.page.getByRole('button', { name: '定标', exact: true }).click();
  await buyer.page.getByRole('button', { name: '发送定标' }).click();
  await buyer.page.getByRole('row', { name: /演示鞋底作坊 600.*待接单/ }).waitFor();

  await owner.open('/my-awards');
  await owner.page.getByRole('button', { name: '接单' }).first().click();
  await owner.page.getByRole('dialog').getByRole('button', { name: '接单' }).click();
  await buyer.page.getByRole('row', { name: /演示鞋底作坊 600.*已接单/ }).waitFor();
  await isSound(owner);

  // A rival never learns the other's price, and neither does the officer without a reason.
  await other.open('/my-offers');
  await other.open(`/listings/${listing}`);
  expect(await other.traffic.carrying(OWN)).toEqual([]);
  expect(await owner.traffic.carrying(RIVAL)).toEqual([]);

  await bureau.open('/matches');
  await bureau.page
    .getByRole('row', { name: /演示鞋底作坊/ })
    .getByRole('link', { name: '鞋底' })
    .click();
  await bureau.page.getByText('接单', { exact: true }).waitFor();
  const story = await bureau.page.getByRole('region', { name: '经过' }).innerText();
  for (const act of ['发布', '报价', '报价截止', '定标', '接单']) expect(story).toContain(act);
  for (const who of ['演示龙头鞋业', '演示鞋底作坊']) expect(story).toContain(who);
  await isSound(bureau);

  const { body } = await eventually(
    () => maker!.client.get('/api/my-shares'),
    ({ body: { items } }) => items[0]?.state === 'accepted',
  );
  expect(body.items).toMatchObject([{ quantity: '600', unitPrice: OWN, state: 'accepted' }]);
});
