import { randomUUID } from 'node:crypto';
import { Awarding } from '../support/awarding';
import { startWeb, Web } from '../support/browser';
import { smallTargets, sticksOut, unreachable } from '../support/browser-checks';
import type { Visit } from '../support/browser-visit';
import { Firm, Firms } from '../support/firms';
import { must } from '../support/sealed-offers';

jest.setTimeout(240_000);

// One page for everybody: what a visitor, an SME, the lead and an office each see of a demand, and what the lead does with it.

let web: Web;
let awarding: Awarding;
let sme: Firm;
let soles: string;
let secret: string;

beforeAll(async () => {
  web = await startWeb({ now: '2020-02-20T01:00:00Z' });
  const firms = new Firms(web);
  awarding = await Awarding.by(web, firms, '晋江演示鞋业龙头');
  sme = await firms.confirmed('晋江演示鞋材');
  await awarding.publish({}, { product: '新款鞋面', visibility: { class: 'pledge', pledgeText: '样品和图纸不外传' } });
  [soles, secret] = awarding.lines as [string, string];
  const terms = { quantity: '600', unitPrice: '12.734819', vatRate: '0.13', deliverBy: '2020-04-15' };
  await awarding.offer(0, sme, terms);
});
afterAll(() => web?.stop());

const sound = async (visit: Visit): Promise<void> => {
  expect(visit.faults()).toEqual([]);
  expect(await unreachable(visit)).toEqual([]);
  expect(await sticksOut(visit)).toEqual([]);
};
const press = (visit: Visit, name: string) => visit.page.getByRole('button', { name, exact: true }).click();

it('shows a visitor the terms and the clock, and how to come in', async () => {
  const visitor = await web.visit(undefined, { screen: 'phone' });
  await visitor.open(`/listings/${soles}`);
  await visitor.page.getByRole('heading', { name: '鞋底' }).waitFor();
  await visitor.page.getByText(/报价截止 2020-02-20 10:00/).waitFor();
  await visitor.page.getByRole('button', { name: '登录后报价' }).waitFor();
  await sound(visitor);
  expect(await smallTargets(visitor)).toEqual([]);
  // Neither how many offered nor what the lead alone may do.
  expect(await visitor.page.getByText(/收到|撤销重发/).count()).toBe(0);
});

it('carries a question to the lead and its answer back, nobody learns who asked', async () => {
  const [asker, lead] = [await web.visit(sme.client, { screen: 'phone' }), await web.visit(awarding.lead.client)];
  await asker.open(`/listings/${soles}`);
  await lead.open(`/listings/${soles}`);
  await asker.page.getByRole('region', { name: '我的报价' }).waitFor();
  await asker.page.getByRole('button', { name: '修改报价' }).waitFor();
  expect(await smallTargets(asker)).toEqual([]);
  await press(asker, '提问');
  await asker.page.getByLabel('向龙头企业提问').fill('可以分两批交货吗？');
  await press(asker, '提问');
  await press(lead, '答复');
  await lead.page.getByRole('textbox', { name: '答复' }).fill('可以，首批不少于一半。');
  await press(lead, '发布答复');
  await asker.page.getByText('可以，首批不少于一半。').first().waitFor();
  await lead.settled();
  await sound(lead);
  expect(await lead.traffic.carrying(sme.name, '12.734819')).toEqual([]);
});

it('says what an act does before it is done, and shows what was and what is', async () => {
  const lead = await web.visit(awarding.lead.client);
  await lead.open(`/listings/${soles}`);
  await press(lead, '修改条款');
  const drawer = lead.page.getByRole('dialog', { name: '修改条款' });
  await drawer.getByText('已报价的 1 家企业会立刻收到通知。').waitFor();
  await drawer.getByText(/已有企业报价，这些不能再改：产品名称、规格型号/).waitFor();
  expect(await drawer.getByLabel('产品名称').count()).toBe(0);
  await drawer.getByLabel('数量', { exact: true }).fill('1200');
  await sound(lead);
  await press(lead, '发布修改');
  const changes = lead.page.getByRole('region', { name: '变更' });
  await changes.getByText('1,000 双').waitFor();
  await changes.getByText('1,200 双').waitFor();

  await press(lead, '撤销');
  const dialog = lead.page.getByRole('dialog', { name: '撤销这条需求？' });
  await dialog.getByText('收到的 1 份报价永远密封，谁也看不到，贵企业也看不到。').waitFor();
  await sound(lead);
  await press(lead, '先不撤销');
  expect((await awarding.lead.client.get(`/api/listings/${soles}`)).body.status).toBe('quoting');
});

it('shows a pledge before the terms, and the terms after it', async () => {
  const phone = await web.visit(sme.client, { screen: 'phone' });
  await phone.open(`/listings/${secret}`);
  await phone.page.getByText('样品和图纸不外传').waitFor();
  expect(await phone.traffic.carrying('新款鞋面')).toEqual([]);
  await sound(phone);
  await press(phone, '签署');
  await phone.page.getByRole('heading', { name: '新款鞋面' }).waitFor();
  await phone.settled();
  await sound(phone);
});

it('waits for a second person where the firm wants one', async () => {
  const { client, enterprise, registration } = awarding.lead;
  await must(client.put('/api/registrations/own/second-person', { acts: ['publish', 'award'] }));
  const { body } = await client.get(`/api/listings/${soles}`);
  await must(client.put(`/api/listings/${soles}/terms`, { terms: { ...body.terms, note: '须带合格证' } }));
  const [first, second] = [await web.visit(client), await web.visit(await web.member({ enterprise, registration }))];
  await first.open(`/listings/${soles}`);
  await first.page.getByText('您提出的，须由另一位同事批准。').waitFor();
  expect(await first.page.getByRole('button', { name: '批准', exact: true }).count()).toBe(0);
  await second.open(`/listings/${soles}`);
  await second.page.getByText('待批准：修改条款').waitFor();
  await sound(second);
  await press(second, '批准');
  await first.page.getByRole('region', { name: '变更' }).getByText('须带合格证').waitFor();
});

it('shows an office the demand and, after the close, losing prices for a reason that is recorded', async () => {
  const office = await web.visit(await web.officer('city-officer'));
  const auditor = await web.officer('auditor');
  await awarding.close();
  await office.open(`/listings/${soles}`);
  await office.page.getByRole('link', { name: '对接台账' }).last().waitFor();
  await press(office, '看报价与定标');
  await office.page.getByRole('row', { name: /晋江演示鞋材/ }).waitFor();
  expect(await office.traffic.carrying('12.734819')).toEqual([]);
  await press(office, '查看报价');
  await office.page.getByRole('textbox', { name: '查看用途' }).fill('抽查定标价格');
  await office.page.getByRole('dialog').getByRole('button', { name: '查看报价' }).click();
  await office.page.getByRole('cell', { name: /12\.734819/ }).waitFor();
  await sound(office);
  const looks = await auditor.get('/api/looks');
  expect(JSON.stringify(looks.body)).toContain('抽查定标价格');
});

it('is cancelled and republished in one act, on which the successor follows', async () => {
  const lead = await web.visit(awarding.lead.client);
  const alone = randomUUID();
  const { body } = await awarding.lead.client.get(`/api/listings/${soles}`);
  const quotingDeadline = new Date(web.clock.now() + 2 * 3_600_000).toISOString().slice(0, 17) + '00Z';
  await must(awarding.lead.client.put('/api/registrations/own/second-person', { acts: [] }));
  await must(awarding.lead.client.post('/api/listings', { listing: alone, terms: { ...body.terms, quotingDeadline } }));
  await lead.open(`/listings/${alone}`);
  await press(lead, '发布');
  await press(lead, '撤销重发');
  const drawer = lead.page.getByRole('dialog', { name: '撤销重发' });
  await drawer.getByText('还没有企业报价，不用通知谁。').waitFor();
  await drawer.getByLabel('数量', { exact: true }).fill('800');
  await drawer.getByRole('button', { name: '撤销并重发' }).click();
  await lead.page.getByText('代替已撤销的需求').waitFor();
  await lead.page.getByText('800 双').waitFor();
  await lead.page.getByRole('link', { name: '代替已撤销的需求' }).click();
  await lead.page.getByText('已由新需求代替').waitFor();
  await lead.settled();
  await sound(lead);
});
