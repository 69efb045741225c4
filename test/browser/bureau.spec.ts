import { startWeb, Web } from '../support/browser';
import { sticksOut, unreachable } from '../support/browser-checks';
import type { Visit } from '../support/browser-visit';
import type { Client } from '../support/client';
import { Awarding } from '../support/awarding';
import { Firm, Firms, offerTerms, uploaded } from '../support/firms';
import { must } from '../support/sealed-offers';

jest.setTimeout(240_000);

// The bureau's people: a firm to verify, a match to check, the day report that two of them sign, and the charts.

let web: Web;
let firms: Firms;
let officer: Client;
let colleague: Client;
let maker: Firm;
let awarding: Awarding;
beforeAll(async () => {
  web = await startWeb({ now: '2020-02-20T01:00:00Z', auth: { idleMinutes: 1e6, longestHours: 1e5 } });
  firms = new Firms(web);
  officer = await web.officer('city-officer');
  colleague = await web.officer('city-officer');
  awarding = await Awarding.by(web, firms, '演示龙头服饰');
  maker = await firms.confirmed('演示拉链厂');
  await awarding.publish({ product: '拉链', quantity: '1000' });
  await awarding.offer(0, maker, offerTerms({ quantity: '1000' }));
  await awarding.close();
});
afterAll(() => web?.stop());

async function isSound(visit: Visit): Promise<void> {
  await visit.settled();
  expect(visit.faults()).toEqual([]);
  expect(await unreachable(visit)).toEqual([]);
  expect(await sticksOut(visit)).toEqual([]);
}

it('verifies a firm by what it sees, and returns one with all gaps at once', async () => {
  const applied = await firms.applied(undefined, '演示待核验制鞋');
  await must(
    applied.client.post('/api/registrations/own/evidence', {
      evidence: [{ id: (await uploaded(applied.client)).id, kind: 'business-licence' }],
    }),
  );
  const visit = await web.visit(await web.officer('county-officer', '350582'));
  await visit.open('/registrations?waitingFor=check');
  await visit.page.getByRole('link', { name: '演示待核验制鞋' }).click();
  await visit.page.getByText('校验位正确').waitFor();
  await visit.page.getByText('今天不在有效名单上').waitFor();
  await isSound(visit);

  await visit.page.getByRole('button', { name: '退回补正' }).click();
  const gaps = visit.page.getByRole('dialog', { name: '退回补正' });
  await visit.choose(gaps.getByLabel('事项'), '授权书');
  await gaps.getByLabel('说明').fill('缺少盖章');
  await isSound(visit);
  await gaps.getByRole('button', { name: '退回补正' }).click();
  await visit.page.getByText('退回补正').first().waitFor();
  await gaps.waitFor({ state: 'hidden' });

  const own = await web.visit(applied.client, { screen: 'phone' });
  await own.open('/registration');
  await own.page.getByText('授权书：缺少盖章').waitFor();
  await isSound(own);
  // A page that came and went would open its stream again and again: one of the frame, one of the page with it.
  const streams = own.traffic.exchanges.filter(({ path }) => path.startsWith('/api/live'));
  expect(streams.map(({ path }) => path).slice(2)).toEqual([]);
  await own.page.getByRole('button', { name: '已补齐，送回核验' }).click();

  await visit.page.getByRole('button', { name: '确认登记' }).click();
  const confirm = visit.page.getByRole('dialog', { name: '确认登记' });
  await confirm.getByText('演示待核验制鞋').waitFor();
  await confirm.getByRole('button', { name: '确认登记' }).click();
  await own.page.getByText('已确认').first().waitFor();
});

it('opens a check, hears the firm, and concludes it', async () => {
  const visit = await web.visit(officer);
  await visit.open('/matches');
  await visit.page.getByRole('link', { name: '拉链' }).click();
  await visit.page.getByRole('button', { name: '开启核查' }).click();
  await visit.page.getByLabel('核查原因').fill('同一份送货单出现两次');
  await visit.page.getByRole('dialog').getByRole('button', { name: '开启核查' }).click();
  await visit.page.getByRole('button', { name: '要求说明' }).click();
  const asking = visit.page.getByRole('dialog', { name: '要求说明' });
  await asking.getByLabel('要说明什么').fill('请说明送货时间');
  await asking.getByRole('button', { name: '要求说明' }).click();
  await visit.page.getByText('请说明送货时间').waitFor();
  await isSound(visit);

  const firm = await web.visit(maker.client, { screen: 'phone' });
  await firm.open(new URL(visit.page.url()).pathname);
  await firm.page.getByRole('button', { name: '提交说明' }).click();
  const statement = firm.page.getByRole('dialog', { name: '提交说明' });
  await statement.getByLabel('内容').fill('二月十八日送货');
  await statement.getByRole('button', { name: '提交说明' }).click();
  await firm.page.getByText('二月十八日送货').waitFor();
  await isSound(firm);

  await visit.page.getByText('二月十八日送货').waitFor();
  await visit.page.getByRole('button', { name: '下结论' }).click();
  const concluding = visit.page.getByRole('dialog', { name: '下结论' });
  await visit.choose(concluding.getByLabel('结论'), '无异常');
  await concluding.getByLabel('依据').fill('与入库记录一致');
  await concluding.getByRole('button', { name: '下结论' }).click();
  await firm.page.getByText('无异常').first().waitFor();
});

it('signs the day report by two, and every figure opens its rows', async () => {
  web.clock.set(Date.parse('2020-02-20T09:30:00Z'));
  const visit = await web.visit(officer);
  await visit.open('/day-reports');
  await visit.page.getByRole('button', { name: '填报日报' }).click();
  await visit.page.getByRole('dialog').getByRole('button', { name: '填报日报' }).click();
  await visit.page.getByRole('heading', { name: '2020-02-20 供需对接日报' }).waitFor();
  await isSound(visit);
  await visit.page.getByRole('button', { name: '填报签字' }).click();
  await visit.page.getByText('待审核').first().waitFor();

  // The chief signs on a phone.
  const chief = await web.visit(colleague, { screen: 'phone' });
  await chief.open('/day-reports/2020-02-20');
  await isSound(chief);
  await chief.page.getByRole('button', { name: '审核签字' }).click();
  await chief.page.getByText('已定稿').first().waitFor();
  await visit.page.getByText('已定稿').first().waitFor();

  await visit.page
    .getByRole('link', { name: /^合计 需求（条）：看明细 1$/ })
    .last()
    .click();
  await visit.page.getByRole('link', { name: '拉链' }).waitFor();
  await isSound(visit);
});

it('shows charts whose marks are rows, and a table of the same figures', async () => {
  const visit = await web.visit(officer);
  await visit.open('/dashboards?from=2020-02-01&to=2020-02-29');
  await visit.page.getByText(/发布需求 1 条/).waitFor();
  await visit.page.getByRole('button', { name: '看数据表' }).first().click();
  await visit.page.getByRole('cell', { name: '1', exact: true }).first().waitFor();
  await isSound(visit);
  for (const path of ['/home', '/enterprises', '/lead-lists', '/checks', `/enterprises/${maker.enterprise}`]) {
    await visit.open(path);
    await isSound(visit);
  }
});
