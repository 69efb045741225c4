import { randomUUID } from 'node:crypto';
import { Awarding, tabTo } from '../support/awarding';
import { startWeb, Web } from '../support/browser';
import { sticksOut, unreachable } from '../support/browser-checks';
import type { Visit } from '../support/browser-visit';
import { context, Firm, Firms } from '../support/firms';
import { CommandBus } from '@nestjs/cqrs';
import { TellEnterprise } from '@app/registry';

jest.setTimeout(240_000);

// A whole catalogue at once: line after line by the keyboard, all sent in one act, each with its own result.

const LINES = ['鞋底', '鞋带', '鞋盒', '鞋垫'];

let web: Web;
let awarding: Awarding;
let lead: Visit;
let [maker, rival]: Firm[] = [];

beforeAll(async () => {
  web = await startWeb({ now: '2020-02-20T01:00:00Z' });
  const firms = new Firms(web);
  awarding = await Awarding.by(web, firms, '晋江演示鞋业龙头');
  maker = await firms.confirmed('晋江演示鞋材');
  rival = await firms.confirmed('石狮演示包装');
  await awarding.publish(...LINES.map((product) => ({ product })));
  const terms = (unitPrice: string) => ({ quantity: '1000', unitPrice, vatRate: '0.13', deliverBy: '2020-04-15' });
  for (const line of [0, 1]) {
    await awarding.offer(line, maker, terms('2.5'));
    await awarding.offer(line, rival, terms('2.6'));
  }
  await awarding.offer(2, rival, terms('3.1'));
  await awarding.close();
  lead = await web.visit(awarding.lead.client);
  await lead.open(`/catalogues/${awarding.catalogue}/board`);
});
afterAll(() => web?.stop());

const line = (name: string) => lead.page.getByRole('navigation', { name: '逐条看目录' }).getByRole('button', { name });

it('shows which lines still need a decision', async () => {
  await lead.page.getByText('3 条待决定').waitFor();
  expect(await line('鞋盒').innerText()).toContain('待决定');
  expect(await line('鞋垫').innerText()).toContain('无报价');
  expect(lead.faults()).toEqual([]);
  expect(await unreachable(lead)).toEqual([]);
  expect(await sticksOut(lead)).toEqual([]);
});

it('tells a phone of no keys, and asks for a reason only where there is one to say', async () => {
  const phone = await web.visit(awarding.lead.client, { screen: 'phone' });
  await phone.open(`/catalogues/${awarding.catalogue}/board`);
  const quantity = phone.page.getByRole('textbox', { name: '晋江演示鞋材：定标数量' });
  await quantity.waitFor();
  const keys = (visit: Visit) => visit.page.getByText('Alt + ↑ / Alt + ↓ 换条').count();
  expect([await keys(lead), await keys(phone)]).toEqual([1, 0]);
  const reasons = phone.page.getByRole('term').filter({ hasText: /^理由$/ });
  expect(await reasons.count()).toBe(0);
  await quantity.fill('400');
  await reasons.nth(1).waitFor();
  expect(await reasons.count()).toBe(2);
  await quantity.fill('');
  await reasons.first().waitFor({ state: 'detached' });
});

it('goes from line to line by the keyboard, and keeps what was put down', async () => {
  const { keyboard } = lead.page;
  await tabTo(lead, '晋江演示鞋材：定标数量');
  await keyboard.type('1000');
  await keyboard.press('Alt+ArrowDown');
  await lead.page.getByRole('heading', { name: /鞋带/ }).waitFor();
  await tabTo(lead, '晋江演示鞋材：定标数量');
  await keyboard.type('400');
  await keyboard.press('ArrowDown');
  await keyboard.type('600');
  await lead.choose(lead.page.getByRole('combobox', { name: '石狮演示包装：定标理由' }), '分散供应');
  await keyboard.press('Alt+ArrowDown');
  await lead.page.getByRole('heading', { name: /鞋盒/ }).waitFor();
  await tabTo(lead, '石狮演示包装：定标数量');
  await keyboard.type('1000');
  await keyboard.press('Alt+ArrowUp');
  await lead.page.getByRole('heading', { name: /鞋带/ }).waitFor();
  expect(await lead.page.getByRole('textbox', { name: '石狮演示包装：定标数量' }).inputValue()).toBe('600');
  await lead.page.getByText('3 条已填好').waitFor();
});

it('sends all lines in one act; one that fails leaves the others done and says why', async () => {
  // The office suspends a supplier while the lead looks at its board.
  await web.app.get(CommandBus).execute(
    new TellEnterprise(
      rival!.enterprise,
      {
        type: 'SuspendRegistration',
        registration: rival!.registration,
        day: '2020-02-20',
        reason: '材料待核',
        by: { account: randomUUID(), name: '演示经办', office: '350582' },
      },
      context(),
    ),
  );
  await lead.page.getByRole('button', { name: '定标（3 条）' }).click();
  const dialog = lead.page.getByRole('dialog', { name: '定标 3 条' });
  await dialog.getByText('鞋带：2 家，1,000 双，还剩 0').waitFor();
  await dialog.getByRole('button', { name: '发送定标' }).click();
  await lead.page.getByText('1 条已发送，2 条没有发出').waitFor();
  await lead.settled();
  expect(await line('鞋底').innerText()).toContain('已分完');
  expect(await line('鞋盒').innerText()).toContain('未发出');
  await line('鞋带').click();
  await lead.page.getByText('上次没有发出：该企业的注册尚未经工信部门确认，暂不能定标给它').waitFor();
  const posts = lead.traffic.exchanges.filter(({ method, path }) => method === 'POST' && path === '/api/awards');
  expect(posts).toHaveLength(1);
  expect(await awarding.shares(awarding.lines[0]!)).toEqual([
    { supplier: '晋江演示鞋材', quantity: '1000', state: 'offered', reason: 'price' },
  ]);
  expect(await awarding.shares(awarding.lines[1]!)).toEqual([]);
});

it('is mended line by line: what failed is divided otherwise and sent again', async () => {
  await lead.page.getByRole('textbox', { name: '石狮演示包装：定标数量' }).fill('');
  await lead.page.getByRole('textbox', { name: '晋江演示鞋材：定标数量' }).fill('1000');
  await line('鞋盒').click();
  await lead.page.getByRole('textbox', { name: '石狮演示包装：定标数量' }).fill('');
  await lead.page.getByRole('button', { name: '定标（1 条）' }).click();
  await lead.page.getByRole('button', { name: '发送定标' }).click();
  await awarding.reaches(awarding.lines[1]!, 'awarded');
  await lead.page.getByText('1 条待决定').waitFor();
  await lead.settled();
  expect(lead.faults()).toEqual([]);
  expect(await unreachable(lead)).toEqual([]);
});
