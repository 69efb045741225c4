import { randomUUID } from 'node:crypto';
import { TellOrder } from '@app/orders';
import { CommandBus } from '@nestjs/cqrs';
import { startWeb, Web } from '../support/browser';
import { sticksOut, unreachable } from '../support/browser-checks';
import type { Visit } from '../support/browser-visit';
import type { Client } from '../support/client';
import { context, Firm, Firms, uploaded } from '../support/firms';
import { must } from '../support/sealed-offers';
import { isGoodOnPhone } from '../support/supplier-story';

jest.setTimeout(300_000);

// A workshop asks for finance on its order by phone; the adviser and the banks work at a desk; the loan that comes of it is
// confirmed on the phone, and its interest stands there day by day.

let web: Web;
let maker: Firm;
let order: string;
let adviser: Client;
let bank: Client;
let rivalBank: Client;
/** Of the other bank: stands nowhere else. */
const RIVAL_RATE = '3.8913';

beforeAll(async () => {
  web = await startWeb({ now: '2020-03-02T01:00:00Z', auth: { idleMinutes: 1e6, longestHours: 1e5 } });
  const firms = new Firms(web);
  const lead = await firms.lead('演示龙头鞋业');
  maker = await firms.confirmed('演示鞋底作坊');
  [adviser, bank, rivalBank] = [await web.officer('adviser'), await web.officer('bank'), await web.officer('bank')];
  order = randomUUID();
  const party = ({ enterprise, registration }: Firm) => ({ enterprise, registration });
  const unit = { code: 'PR', name: '双' };
  const line = {
    line: randomUUID(),
    product: '鞋底',
    unit,
    quantity: '600',
    unitPrice: '12.5',
    deliverBy: '2020-04-15',
  };
  const terms = { order, award: randomUUID(), supplyMode: 'goods', vatRate: '0.13', lines: [line] } as const;
  const at = new Date(web.clock.now()).toISOString();
  const taken = { type: 'TakeShare', ...terms, lead: party(lead), supplier: party(maker), at } as const;
  await web.app.get(CommandBus).execute(new TellOrder(order, taken, context()));
});
afterAll(() => web?.stop());

const phone = () => web.visit(maker.client, { screen: 'phone' });
const button = ({ page }: Visit, name: string) => page.getByRole('button', { name, exact: true });

async function isSound(visit: Visit): Promise<void> {
  await visit.settled();
  expect(visit.faults()).toEqual([]);
  expect(await unreachable(visit)).toEqual([]);
  expect(await sticksOut(visit)).toEqual([]);
}

it('goes from asking to a confirmed loan', async () => {
  const asks = await phone();
  await asks.open(`/orders/${order}`);
  await asks.page.getByRole('link', { name: '凭这笔订单申请融资' }).click();
  await asks.page.getByLabel('需要多少').fill('5000');
  await isGoodOnPhone(asks);
  await asks.choose(asks.page.getByRole('combobox', { name: '用来做什么' }), '购买原材料');
  await button(asks, '提交申请').click();
  // Without the consent nothing is shown to anybody, and nothing is asked.
  await asks.page.getByText('须同意向金融顾问和所选银行展示这笔订单').first().waitFor();
  await asks.page.getByRole('checkbox').check();
  await button(asks, '提交申请').click();
  await asks.page.waitForURL(/\/finance\/[0-9a-f-]{36}$/);
  const request = new URL(asks.page.url()).pathname.split('/').at(-1)!;
  await asks.page.getByText('待指派顾问').waitFor();
  await isGoodOnPhone(asks);

  const advises = await web.visit(adviser);
  await advises.open('/');
  await advises.page.getByText('融资需求待认领').click();
  await advises.page.getByRole('link', { name: '演示鞋底作坊' }).click();
  await button(advises, '认领').click();
  await button(advises, '转给银行').waitFor();
  await isSound(advises);
  await must(adviser.post(`/api/finance-requests/${request}/banks`, { banks: [bank.account, rivalBank.account] }));
  const offer = { kind: 'offer', termMonths: 12, validUntil: '2020-03-20' };
  const rival = { answer: randomUUID(), ...offer, amount: '4000', rate: '0.038913' };
  await must(rivalBank.post(`/api/finance-requests/${request}/answers`, rival));

  const lends = await web.visit(bank);
  await lends.open(`/finance/${request}`);
  await button(lends, '答复').click();
  await lends.page.getByLabel('年利率（%）').fill('3.15');
  await lends.page.getByLabel('有效期至').fill('2020-03-20');
  await lends.page.keyboard.press('Enter');
  await isSound(lends);
  await button(lends, '提交答复').click();
  await lends.page.getByText('已给方案').waitFor();
  expect(await lends.page.locator('body').innerText()).not.toContain(RIVAL_RATE);

  await asks.open(`/finance/${request}`);
  await asks.page.getByText(RIVAL_RATE).waitFor();
  await isGoodOnPhone(asks);
  await asks.page.locator('.row-card', { hasText: '3.15' }).getByRole('button', { name: '选择' }).click();
  await asks.page.getByText('已选方案，待获批').waitFor();

  await lends.open(`/finance/${request}`);
  await button(lends, '登记已获批').click();
  await lends.page.getByRole('link', { name: '登记放款' }).click();
  await lends.page.getByLabel('借款合同编号').waitFor();
  await isSound(lends);
  const loan = {
    borrower: maker.enterprise,
    request,
    lender: '演示银行晋江支行',
    terms: {
      contractNumber: '演借2020-1',
      signedOn: '2020-03-01',
      amount: '5000',
      drawnOn: '2020-03-01',
      dueOn: '2021-03-01',
      preferential: true,
      renews: false,
    },
    rate: { rate: '0.0315', relending: '0.0165' },
    attachments: [(await uploaded(bank)).id],
  };
  const path = `/loans/${(await must(bank.post('/api/loans', loan))).body.loan}`;

  await asks.open(path);
  await isGoodOnPhone(asks);
  await button(asks, '确认无误').click();
  await asks.page.getByText('已确认').first().waitFor();
  await lends.open('/loans');
  await lends.page.getByText('演借2020-1').click();
  await button(lends, '登记还款').waitFor();
  // One day at 5,000 x 3.15 % / 360.
  await lends.page.getByText('截至 2020-03-01 累计利息（元）：0.44').waitFor();
  await isSound(lends);
  for (const visit of [asks, advises, lends]) expect(visit.faults()).toEqual([]);
});
