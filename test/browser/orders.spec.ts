import { encodeQR } from 'qr';
import { Awarding } from '../support/awarding';
import { startWeb, Web } from '../support/browser';
import { sticksOut, takenAway, unreachable } from '../support/browser-checks';
import type { Visit } from '../support/browser-visit';
import { eventually, Firm, Firms, offerTerms, uploaded } from '../support/firms';
import { must } from '../support/sealed-offers';
import { isGoodOnPhone } from '../support/supplier-story';

jest.setTimeout(300_000);

// From an accepted share to money: the workshop delivers and invoices on its phone, the buyer accepts, confirms and pays at
// a desk, and both see the payment clock run and stop.

let web: Web;
let firms: Firms;
let lead: Firm;
let maker: Firm;
let rival: Firm;
let order: string;
/** Stands nowhere else: what a rival must not learn. */
const PRICE = '12.345679';

beforeAll(async () => {
  web = await startWeb({ now: '2020-02-20T01:00:00Z', auth: { idleMinutes: 1e6, longestHours: 1e5 } });
  firms = new Firms(web);
  const awarding = await Awarding.by(web, firms, '演示龙头鞋业');
  lead = awarding.lead;
  maker = await firms.confirmed('演示鞋底作坊');
  rival = await firms.confirmed('演示同行鞋材');
  await awarding.publish({ product: '鞋底' });
  const bid = await awarding.offer(0, maker, offerTerms({ quantity: '600', unitPrice: PRICE }));
  await awarding.close();
  const [listing] = awarding.lines;
  const share = crypto.randomUUID();
  await must(
    lead.client.post(`/api/listings/${listing}/awards`, {
      award: crypto.randomUUID(),
      shares: [{ share, offer: bid.offer, quantity: '600', reason: 'price' }],
    }),
  );
  await must(maker.client.post('/api/acceptances', { lines: [{ listing, shares: [share] }] }));
  const { body } = await eventually(
    () => maker.client.get('/api/orders'),
    ({ body: { items } }) => items?.length === 1,
  );
  order = body.items[0].order;
});
afterAll(() => web?.stop());

async function isSound(visit: Visit): Promise<void> {
  await visit.settled();
  expect(visit.faults()).toEqual([]);
  expect(await unreachable(visit)).toEqual([]);
  expect(await sticksOut(visit)).toEqual([]);
}

const button = ({ page }: Visit, name: string | RegExp) => page.getByRole('button', { name });

it('goes from the award to the money, on a phone and at a desk', async () => {
  const owner = await web.visit(maker.client, { screen: 'phone' });
  const buyer = await web.visit(lead.client);

  // The order is there by itself; the buyer enters the contract.
  await buyer.open('/orders');
  await buyer.page.getByRole('row', { name: /鞋底.*演示鞋底作坊/ }).waitFor();
  await isSound(buyer);
  await buyer.open(`/orders/${order}`);
  await isSound(buyer);
  await button(buyer, '登记合同').click();
  await buyer.page.getByLabel('合同编号').fill('YS-2020-031');
  await buyer.page.getByLabel('付款期限（天）').fill('30');
  await isSound(buyer);
  await button(buyer, '提交合同').click();
  await buyer.page.getByRole('region', { name: '合同', exact: true }).getByText('待确认').waitFor();

  // On the phone: confirm the contract, then deliver all of it.
  await owner.open('/orders');
  await isGoodOnPhone(owner);
  await owner.page.getByRole('link', { name: '鞋底' }).click();
  await button(owner, /^确认：/).click();
  const dialog = owner.page.getByRole('dialog');
  await dialog.getByText('YS-2020-031').waitFor();
  await owner.settled();
  await isGoodOnPhone(owner);
  await dialog.getByRole('button', { name: '确认', exact: true }).click();
  await button(owner, '登记送货').click();
  await owner.page.getByLabel('鞋底 · EVA 42 码').waitFor();
  expect(await owner.page.getByLabel('鞋底 · EVA 42 码').inputValue()).toBe('600');
  await owner.settled();
  await isGoodOnPhone(owner);
  await button(owner, '提交送货').dblclick();
  await owner.page.getByRole('region', { name: '送货', exact: true }).getByText('待确认').waitFor();
  await owner.settled();
  await isGoodOnPhone(owner);

  // The buyer's page hears of it: twenty of the six hundred are rejected.
  await button(buyer, /^验收：/).click();
  await buyer.page.getByLabel('鞋底 · EVA 42 码：拒收').fill('20');
  expect(await buyer.page.getByLabel('鞋底 · EVA 42 码：收下').inputValue()).toBe('580');
  await buyer.choose(buyer.page.getByRole('combobox', { name: '拒收原因' }), '破损');
  await isSound(buyer);
  await button(buyer, '提交验收').click();
  await buyer.page.getByText('· 拒收 20 双').waitFor();
  // 580 at the price, with 13 % VAT.
  const GROSS = '8,091.35';
  await buyer.page.getByRole('region', { name: '付款时限' }).getByText(GROSS).first().waitFor();
  await isSound(buyer);

  // The invoice by a picture of its QR code, whose amount turns out to be without VAT.
  await owner.open(`/orders/${order}/invoice`);
  const QR = '01,32,,23442000000014209621,7160.49,20200220,,74AE';
  const picture = { name: '发票.gif', mimeType: 'image/gif', buffer: Buffer.from(encodeQR(QR, 'gif', { scale: 8 })) };
  await owner.page.locator('input[type=file]').nth(1).setInputFiles(picture);
  await eventually(
    () => owner.page.getByLabel('发票号码').inputValue(),
    (number) => number === '23442000000014209621',
  );
  await owner.page.getByText('不含税', { exact: true }).click();
  await owner.page.locator('.both-amounts').getByText(GROSS).waitFor();
  await owner.settled();
  await isGoodOnPhone(owner);
  await button(owner, '提交发票').click();
  await owner.page.getByRole('region', { name: '发票', exact: true }).getByText('待确认').waitFor();

  await button(buyer, /^确认：发票/).click();
  await buyer.page.getByRole('dialog').getByText('23442000000014209621').first().waitFor();
  await buyer.page.getByRole('dialog').getByRole('button', { name: '确认', exact: true }).click();
  await buyer.page.getByRole('region', { name: '发票', exact: true }).getByText('已确认').waitFor();

  // Sixty days later the payment is late, and both see by how much and why.
  web.clock.advance(60 * 86_400_000);
  await buyer.open('/payment-clock');
  await buyer.page.getByText('已逾期').first().waitFor();
  await isSound(buyer);
  await button(buyer, '看依据').click();
  await buyer.page.getByText('合同约定，送货之日起').waitFor();
  await buyer.open(`/orders/${order}/payment`);
  expect(await buyer.page.getByLabel('金额（元）').inputValue()).toBe('8091.35');
  await isSound(buyer);
  await button(buyer, '提交').click();
  await buyer.page.getByRole('region', { name: '付款', exact: true }).getByText('待确认').waitFor();

  await owner.open(`/orders/${order}`);
  await button(owner, /^确认：.*付款/).click();
  await owner.page.getByRole('dialog').getByRole('button', { name: '确认', exact: true }).click();
  await owner.page.getByRole('region', { name: '付款', exact: true }).getByText('已确认').waitFor();
  await owner.open('/payment-clock');
  await owner.page.getByText('已付清').first().waitFor();
  await isGoodOnPhone(owner);
  await buyer.open('/payment-clock');
  await buyer.page.getByRole('row', { name: /鞋底.*已付清/ }).waitFor();
});

it('prints a contract with the sum in capitals', async () => {
  const buyer = await web.visit(lead.client);
  await buyer.open(`/orders/${order}/contract-print`);
  await buyer.page.getByText('捌仟叁佰柒拾元叁角柒分').waitFor();
  await buyer.page.getByText('YS-2020-031').waitFor();
  await isSound(buyer);
});

it('is disputed, and then decided by the office on a signed note', async () => {
  const owner = await web.visit(maker.client, { screen: 'phone' });
  await owner.open(`/orders/${order}/payment`);
  await owner.page.getByLabel('金额（元）').fill('100');
  await button(owner, '提交').click();
  await owner.page.getByRole('region', { name: '付款', exact: true }).getByText('待确认').waitFor();

  const buyer = await web.visit(lead.client);
  await buyer.open(`/orders/${order}`);
  await button(buyer, '有争议').click();
  const dialog = buyer.page.getByRole('dialog');
  await dialog.getByRole('button', { name: '提出争议' }).click();
  await dialog.getByText('请填写哪里不对').waitFor();
  await dialog.getByRole('radio', { name: '金额不对' }).check();
  await isSound(buyer);
  await dialog.getByRole('button', { name: '提出争议' }).click();
  await buyer.page.getByRole('region', { name: '付款', exact: true }).getByText('有争议').first().waitFor();

  const bureau = await web.visit(await web.officer('city-officer'));
  await bureau.open('/orders?wanting=disputed');
  await bureau.page.getByRole('row', { name: /鞋底/ }).getByRole('link').first().click();
  await button(bureau, /^认定：/).click();
  const decision = bureau.page.getByRole('dialog');
  await bureau.settled();
  await decision.getByRole('radio', { name: '认定不成立' }).check();
  await decision.getByLabel('依据和理由').fill('银行回单没有这笔款');
  await isSound(bureau);
  await decision.getByRole('button', { name: '工信认定' }).click();
  await bureau.page.getByRole('region', { name: '付款', exact: true }).getByText('认定不成立').first().waitFor();
  await isSound(bureau);
});

it('divides an invoice by a statement that both confirm', async () => {
  const owner = await web.visit(maker.client, { screen: 'phone' });
  await owner.open(`/statements/new?partner=${lead.enterprise}&as=supplier&month=2020-02`);
  await button(owner, '加一张要分摊的发票').click();
  await owner.page.getByLabel('发票号码').fill('23442000000014209622');
  await owner.page.getByLabel('开票日期').fill('2020-02-28');
  await owner.page.getByLabel('整张金额（元）').fill('50');
  await owner.page.getByText('含税', { exact: true }).click();
  await owner.page.getByRole('textbox', { name: /订单 1 · 鞋底/ }).fill('50');
  await owner.settled();
  await isGoodOnPhone(owner);
  await button(owner, '发给对方确认').click();
  await owner.page.getByRole('heading', { name: '2020-02 对账单' }).waitFor();
  await owner.settled();
  await isGoodOnPhone(owner);

  const buyer = await web.visit(lead.client);
  await buyer.open('/statements');
  await buyer.page.getByRole('link', { name: '2020-02' }).click();
  await button(buyer, '确认对账单').click();
  await buyer.page.getByRole('dialog').getByRole('button', { name: '确认对账单' }).click();
  await buyer.page.getByText('双方已确认').waitFor();
  await isSound(buyer);
  await buyer.open('/invoices');
  await buyer.page.getByRole('row', { name: /23442000000014209622/ }).waitFor();
  await isSound(buyer);
  await buyer.page
    .getByRole('row', { name: /23442000000014209621/ })
    .getByRole('button', { name: '详情' })
    .click();
  const details = buyer.page.getByRole('dialog');
  await details.getByText('正常', { exact: true }).click();
  await details.getByRole('button', { name: '登记查验' }).click();
  await buyer.page.getByRole('dialog').waitFor({ state: 'hidden' });
  await isSound(buyer);
});

it('takes an order that was made elsewhere, and the other firm confirms it', async () => {
  const file = await uploaded(maker.client, '旧合同.pdf');
  expect(file.id).toBeDefined();
  const owner = await web.visit(maker.client, { screen: 'phone' });
  await owner.open('/orders/new');
  await owner.choose(owner.page.getByRole('combobox', { name: '对方企业' }), '演示龙头鞋业', '演示龙头');
  await owner.choose(owner.page.getByRole('combobox', { name: '税率' }), '13%');
  await owner.page.getByLabel('产品名称').fill('鞋跟');
  await owner.page.getByLabel('数量').fill('100');
  await owner.choose(owner.page.getByRole('combobox', { name: '单位' }), '双', '双');
  await owner.page.getByLabel('未税单价（元）').fill('3');
  await owner.page.getByLabel('交货日期').fill('2019-06-30');
  await owner.page.getByLabel('签订日期').fill('2019-05-01');
  await owner.choose(owner.page.getByRole('combobox', { name: '付款期限从哪天算' }), '送货之日起');
  await owner.page.getByLabel('付款期限（天）').fill('30');
  await owner.settled();
  await isGoodOnPhone(owner);
  await button(owner, '提交补录').click();
  await owner.page.getByRole('heading', { name: '鞋跟' }).waitFor();
  await owner.page.getByText('平台外补录').first().waitFor();

  const buyer = await web.visit(lead.client);
  await buyer.open('/orders?wanting=me');
  await buyer.page.getByRole('link', { name: '鞋跟' }).click();
  await button(buyer, /^确认：/).click();
  await buyer.page.getByRole('dialog').getByRole('button', { name: '确认', exact: true }).click();
  await buyer.page.getByText('履行中').first().waitFor();
  await isSound(buyer);
});

it('opens in the dark on a phone, and in English at twice the size', async () => {
  const phone = await web.visit(maker.client, { screen: 'phone', scheme: 'dark' });
  const desk = await web.visit(lead.client, { language: 'en' });
  // What a desktop of 1440 shows at 200 %.
  await desk.page.setViewportSize({ width: 720, height: 450 });
  const acts = ['', '/contract', '/payment', '/change', '/ending', '/contract-print'].map(
    (act) => `/orders/${order}${act}`,
  );
  for (const path of ['/orders', ...acts, '/payment-clock', '/invoices', '/statements', '/statements/new']) {
    await phone.open(path);
    await isGoodOnPhone(phone);
    await desk.open(path);
    await isSound(desk);
  }
});

it('is taken away with the columns that the lists show', async () => {
  const buyer = await web.visit(lead.client);
  for (const path of ['/orders', '/payment-clock', '/invoices']) {
    await buyer.open(path);
    expect([path, await takenAway(buyer)]).toEqual([path, 200]);
  }
});

it('is nobody else’s to see', async () => {
  const other = await web.visit(rival.client);
  for (const path of ['/orders', '/payment-clock', '/invoices', '/statements', `/orders/${order}`]) {
    await other.open(path);
    await other.settled();
  }
  expect(await other.traffic.carrying(PRICE, '23442000000014209621')).toEqual([]);
  await other.page.getByText('没有这个订单').waitFor();
});
