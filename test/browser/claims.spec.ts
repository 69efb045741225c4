import { randomUUID } from 'node:crypto';
import { startWeb, Web } from '../support/browser';
import { sticksOut, unreachable } from '../support/browser-checks';
import type { Visit } from '../support/browser-visit';
import type { Client } from '../support/client';
import { Firm, Firms } from '../support/firms';
import { invoiceForm, oldNumber } from '../support/invoicing';
import { must } from '../support/sealed-offers';
import { isGoodOnPhone } from '../support/supplier-story';

jest.setTimeout(400_000);

// From six million of trade to sixty thousand on the account: the workshop files on its phone, the offices check, list, put on
// notice, approve and pay at their desks, and a visitor reads the notice and objects.

const AREA = '350582';
const round = randomUUID();
const invoice = oldNumber();
let web: Web;
let lead: Firm;
let sme: Firm;
let county: Client;
let bureau: Client[];
let finance: Client[];
let payers: Client[];

/** A million pairs at six yuan, delivered, accepted, invoiced and paid. */
async function trade(): Promise<void> {
  const [id, fact, line, delivery] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const goods = { line, product: '鞋底', unit: { code: 'PR', name: '双' } };
  const lines = [{ ...goods, quantity: '1000000', unitPrice: '6', deliverBy: '2020-05-31' }];
  const contract = { signedOn: '2020-05-02', paymentFrom: 'delivery', paymentTermDays: 30 };
  const head = { order: id, fact, as: 'supplier', partner: lead.enterprise, supplyMode: 'goods', vatRate: '0.13' };
  await must(sme.client.post('/api/orders', { ...head, lines, contract }));
  await must(lead.client.post(`/api/orders/${id}/facts/${fact}/confirmation`));
  const deliver = { fact: delivery, deliveredOn: '2020-05-20', lines: [{ line, quantity: '1000000' }] };
  await must(sme.client.post(`/api/orders/${id}/deliveries`, deliver));
  const accept = { acceptance: randomUUID(), acceptedOn: '2020-05-21', lines: [{ line, accepted: '1000000' }] };
  await must(lead.client.post(`/api/orders/${id}/deliveries/${delivery}/acceptances`, accept));
  const form = invoiceForm(invoice, { amount: '6000000.00' });
  await must(sme.client.post(`/api/orders/${id}/invoices`, form));
  await must(lead.client.post(`/api/orders/${id}/facts/${form.fact}/confirmation`));
  const payment = { fact: randomUUID(), paidOn: '2020-06-01', gross: '6780000.00', means: 'transfer' };
  await must(lead.client.post(`/api/orders/${id}/payments`, payment));
  await must(sme.client.post(`/api/orders/${id}/facts/${payment.fact}/confirmation`));
}

beforeAll(async () => {
  web = await startWeb({ now: '2020-06-01T01:00:00Z', auth: { idleMinutes: 1e6, longestHours: 1e5 } });
  const firms = new Firms(web);
  lead = await firms.lead('演示龙头鞋业');
  sme = await firms.confirmed('演示鞋底作坊');
  for (const { enterprise, registration } of [lead, sme]) {
    const facts = { staff: 50, revenue: '8000000' };
    await firms.tell(enterprise, { type: 'DeclareFacts', registration, day: '2020-06-01', from: '2019-01-01', facts });
  }
  county = await web.officer('county-officer', AREA);
  bureau = [await web.officer('city-officer'), await web.officer('city-officer'), await web.officer('city-officer')];
  finance = [await web.officer('city-finance'), await web.officer('city-finance')];
  payers = [await web.officer('county-finance', AREA), await web.officer('county-finance', AREA)];
  await trade();
  web.clock.set(Date.parse('2021-01-20T01:00:00Z'));
  const terms = {
    name: '2020年度第一批',
    document: '演示〔2021〕2号',
    filing: { from: '2021-01-15', to: '2021-02-28' },
    year: 2020,
    shares: { city: '1', county: '0' },
    budgets: [{ level: 'city', amount: '100000' }],
  };
  const policy = { scheme: 'cluster-sme', version: '2020' };
  await must(bureau[0]!.post('/api/rounds', { round, policy, terms }));
  web.clock.set(Date.parse('2021-02-01T02:00:00Z'));
});
afterAll(() => web?.stop());

async function isSound(visit: Visit): Promise<void> {
  await visit.settled();
  expect(visit.faults()).toEqual([]);
  expect(await unreachable(visit)).toEqual([]);
  expect(await sticksOut(visit)).toEqual([]);
}

const button = ({ page }: Visit, name: string | RegExp) => page.getByRole('button', { name });
const inDialog = ({ page }: Visit) => page.getByRole('dialog');
const REASON = '与事实一致';

/** Opens an act that stands behind 其他操作, and waits until its dialog stands still. */
async function other(visit: Visit, name: string): Promise<void> {
  await button(visit, '其他操作').click();
  await visit.page.getByRole('menuitem', { name }).click();
  await visit.settled();
}

/** Sends the open dialog with its reason. */
async function decide(visit: Visit, name: string, reason = REASON): Promise<void> {
  await inDialog(visit).getByLabel('理由（不写人名）').fill(reason);
  await visit.settled();
  await inDialog(visit).getByRole('button', { name, exact: true }).click();
  await inDialog(visit).waitFor({ state: 'hidden' });
}

const hasState = ({ page }: Visit, state: string) => page.locator('.object-head').getByText(state).waitFor();

let path: string;

it('shows anybody the policy with its readings, and which of them are ours', async () => {
  for (const screen of ['desktop', 'phone'] as const) {
    const visitor = await web.visit(undefined, { screen });
    await visitor.open('/policies');
    await visitor.page.getByRole('link', { name: '协作配套中小企业奖励（2020年）' }).click();
    // In each row, beside the title of the note.
    await visitor.page.getByText('我们的默认', { exact: true }).nth(1).waitFor();
    await (screen === 'phone' ? isGoodOnPhone(visitor) : isSound(visitor));
    await visitor.open(`/rounds/${round}`);
    await hasState(visitor, '申报中');
    await isSound(visitor);
  }
});

it('is estimated and filed on a phone: no figure is typed', async () => {
  const owner = await web.visit(sme.client, { screen: 'phone' });
  await owner.open('/claims/new');
  await owner.page.locator('.award-figure').getByText('60,000.00').waitFor();
  await owner.page.getByText('与基数一致').waitFor();
  await isGoodOnPhone(owner);
  const inputs = owner.page.locator('.write-form input[type=file]');
  for (const at of [0, 1, 2, 3, 4]) {
    const file = { name: `材料${at}.pdf`, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 演示') };
    await inputs.nth(at).setInputFiles(file);
    await owner.page.getByRole('button', { name: `材料${at}.pdf`, exact: true }).waitFor();
  }
  expect(await owner.page.getByLabel('户名').inputValue()).toBe('演示鞋底作坊');
  await owner.page.getByLabel('开户行').fill('演示银行晋江支行');
  await owner.page.getByLabel('账号').fill('4010 0001');
  await button(owner, '提交申报').click();
  await owner.page.getByText('请先承诺属实').waitFor();
  await owner.page.getByRole('checkbox').check();
  await owner.settled();
  await isGoodOnPhone(owner);
  await button(owner, '提交申报').dblclick();
  await hasState(owner, '已申报');
  await owner.settled();
  await isGoodOnPhone(owner);
  path = new URL(owner.page.url()).pathname;
  await owner.open('/claims');
  await owner.page.getByText('已申报').waitFor();
  await isGoodOnPhone(owner);
});

it('is no other firm’s to read', async () => {
  const stranger = await web.visit(lead.client);
  await stranger.open(path);
  await stranger.page.getByText('没有这份申报').waitFor();
  await stranger.open('/claims');
  await stranger.page.getByText('还没有申报').waitFor();
});

it('is returned with what is lacking, completed, and passed by the county', async () => {
  const office = await web.visit(county);
  await office.open('/claims');
  await office.page
    .getByRole('row', { name: /演示鞋底作坊/ })
    .getByRole('link')
    .first()
    .click();
  await office.page.getByText('与基数一致').waitFor();
  await isSound(office);
  await button(office, '看依据').first().click();
  await inDialog(office).getByRole('link', { name: '打开订单看凭证' }).waitFor();
  await isSound(office);
  await office.page.keyboard.press('Escape');
  await other(office, '核对收款账户');
  await inDialog(office).getByRole('button', { name: '核对收款账户' }).click();
  await inDialog(office).waitFor({ state: 'hidden' });
  await office.page.getByText('县级已核对').waitFor();
  await button(office, '退回补正').click();
  await inDialog(office).getByRole('button', { name: '再加一项' }).click();
  await office.choose(inDialog(office).getByLabel('材料'), '合同');
  await inDialog(office).getByLabel('要补什么').fill('缺盖章页');
  await isSound(office);
  await decide(office, '退回补正', '合同不全');
  await hasState(office, '退回补正');

  const owner = await web.visit(sme.client, { screen: 'phone' });
  await owner.open(path);
  await owner.page
    .getByText(/缺盖章页/)
    .first()
    .waitFor();
  await isGoodOnPhone(owner);
  await button(owner, '补正').click();
  const file = { name: '补正合同.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 合同') };
  await inDialog(owner).locator('input[type=file]').first().setInputFiles(file);
  await inDialog(owner).getByRole('button', { name: '补正合同.pdf', exact: true }).waitFor();
  await inDialog(owner).getByRole('button', { name: '补正', exact: true }).click();
  await hasState(owner, '已申报');

  await button(office, '初审通过').click();
  await decide(office, '初审通过');
  await hasState(office, '初审通过');
  await isSound(office);
});

it('is passed by the city, reviewed with finance, listed and put on notice', async () => {
  const check = { check: randomUUID(), state: 'valid', checkedOn: '2021-02-01' };
  const [first] = bureau;
  const desk = await web.visit(first);
  await desk.open(path);
  await button(desk, '复审通过').click();
  await inDialog(desk).getByLabel('理由（不写人名）').fill(REASON);
  await inDialog(desk).getByRole('button', { name: '复审通过', exact: true }).click();
  // Nobody has looked the invoice up yet.
  await inDialog(desk).getByRole('alert').getByText(invoice).waitFor();
  await must(county.post(`/api/invoices/${invoice}/checks`, check));
  await inDialog(desk).getByRole('button', { name: '复审通过', exact: true }).click();
  await inDialog(desk).waitFor({ state: 'hidden' });
  await hasState(desk, '复审通过');

  const treasury = await web.visit(finance[0]);
  await treasury.open(path);
  await button(treasury, '会审通过').click();
  await inDialog(treasury).getByLabel('会议纪要').fill('会议纪要〔2021〕3号');
  await decide(treasury, '会审通过');
  await hasState(treasury, '已会审');
  await isSound(treasury);

  const lists = await web.visit(bureau[1]);
  await lists.open('/claims?state=jointly-reviewed');
  await lists.page.getByRole('checkbox', { name: '演示鞋底作坊' }).check();
  await button(lists, '列入拟补助名单（1）').click();
  await inDialog(lists).getByLabel('理由（不写人名）').fill(REASON);
  await inDialog(lists).getByRole('button', { name: '列入拟补助名单（1）' }).click();
  await inDialog(lists).getByText('1 份办好了').waitFor();
  await isSound(lists);
  await lists.open('/claims?state=proposed');
  await lists.page.getByRole('checkbox', { name: '演示鞋底作坊' }).check();
  await button(lists, '开始公示（1）').click();
  await inDialog(lists).getByRole('button', { name: '开始公示（1）' }).click();
  await inDialog(lists).getByRole('link', { name: '看公示' }).click();
  await lists.page.getByText('60,000.00').first().waitFor();
  await isSound(lists);
});

it('is read on notice by anybody, who may object without a name', async () => {
  const visitor = await web.visit(undefined, { screen: 'phone' });
  await visitor.open('/notices');
  await isGoodOnPhone(visitor);
  await visitor.page.locator('.row-card-title a').click();
  await visitor.page.getByText('演示鞋底作坊').first().waitFor();
  expect(await visitor.page.locator('main, .content').first().innerText()).not.toContain('4010');
  await button(visitor, '提出异议').click();
  await visitor.choose(inDialog(visitor).getByLabel('对哪家企业'), '演示鞋底作坊');
  await inDialog(visitor).getByLabel('异议内容').fill('两家企业系同一股东');
  await visitor.settled();
  await isGoodOnPhone(visitor);
  await inDialog(visitor).getByRole('button', { name: '提交异议' }).click();
  await visitor.page.getByText('异议已收到').waitFor();

  const desk = await web.visit(bureau[1]);
  await desk.open(path);
  await button(desk, '处理异议').click();
  await inDialog(desk).getByRole('radio', { name: '两家企业系同一股东' }).check();
  await inDialog(desk).getByRole('radio', { name: '不成立' }).check();
  await inDialog(desk).getByLabel('答复').fill('工商登记显示并非同一股东');
  await isSound(desk);
  await decide(desk, '处理异议');
  await desk.page.getByText('异议处理').first().waitFor();
});

it('is approved after the stand-still, and paid in two hands', async () => {
  web.clock.set(Date.parse('2021-02-18T02:00:00Z'));
  const act = async (who: Client, name: string, fields: Readonly<Record<string, string>>, state: string) => {
    const desk = await web.visit(who);
    await desk.open(path);
    await button(desk, name).click();
    for (const [label, value] of Object.entries(fields)) {
      await inDialog(desk).getByLabel(label).fill(value);
      // A day is taken by Enter; anywhere else it would send the form.
      if (/日期/.test(label)) await inDialog(desk).getByLabel(label).press('Enter');
    }
    await decide(desk, name);
    await hasState(desk, state);
    await isSound(desk);
    // A page that stays open would be read anew at every act of the others.
    await desk.close();
  };
  await act(bureau[2]!, '审定', { 会议纪要: '会议纪要〔2021〕5号' }, '已审定');
  await act(finance[1]!, '下达资金', { 资金下达文号: '演示财〔2021〕8号' }, '资金已下达');
  await act(payers[0]!, '拨付经办', {}, '资金已下达');
  await act(payers[1]!, '登记银行回单', { 银行回单号: 'BR-1', 到账日期: '2021-02-18' }, '已拨付');

  const owner = await web.visit(sme.client, { screen: 'phone' });
  await owner.open(path);
  await hasState(owner, '已拨付');
  await isGoodOnPhone(owner);
  const ledger = await web.visit(bureau[0]);
  await ledger.open(`/rounds/${round}`);
  await ledger.page.getByRole('row', { name: /市级.*100,000\.00.*60,000\.00.*40,000\.00/ }).waitFor();
  await isSound(ledger);
});
