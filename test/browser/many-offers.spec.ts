import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { bookBytes, openTable } from '@app/spreadsheets';
import { startWeb, Web } from '../support/browser';
import { sticksOut, unreachable } from '../support/browser-checks';
import { eventually, Firm, Firms, inMinutes, listingTerms } from '../support/firms';
import { must } from '../support/sealed-offers';
import { isGoodOnPhone } from '../support/supplier-story';

jest.setTimeout(240_000);

// Many lines at once, on a phone and by the catalogue's Excel; and products, by hand and from Excel.

let web: Web;
let lead: Firm;
let maker: Firm;
beforeAll(async () => {
  web = await startWeb();
  const firms = new Firms(web);
  lead = await firms.lead('演示龙头鞋业');
  maker = await firms.confirmed('演示鞋材厂');
});
afterAll(() => web?.stop());

async function catalogueOf(...lines: object[]): Promise<{ catalogue: string; listings: string[] }> {
  const catalogue = randomUUID();
  const terms = { title: '2020年3月产品需求目录', from: '2020-03-01', to: '2020-03-31' };
  await must(lead.client.post('/api/catalogues', { catalogue, kind: 'demand', terms }));
  const drafted = lines.map((line) => ({
    listing: randomUUID(),
    terms: listingTerms(inMinutes(web, 24 * 60), line),
  }));
  await must(lead.client.post(`/api/catalogues/${catalogue}/lines`, { lines: drafted }));
  await must(lead.client.post(`/api/catalogues/${catalogue}/publication`));
  return { catalogue, listings: drafted.map(({ listing }) => listing) };
}

async function sheetRows(bytes: Buffer): Promise<string[][]> {
  const chunks = (async function* () {
    yield bytes;
  })();
  const table = await openTable(chunks, { columns: [], mostRows: 1_000, mostBytes: 1 << 24 });
  const rows = [[...table.headings]];
  for await (const { cells } of table.rows) rows.push(table.headings.map((_, at) => cells[at] ?? ''));
  await table.close();
  return rows;
}

async function workbook([headings = [], ...rows]: string[][]): Promise<Buffer> {
  const columns = headings.map((heading) => ({ heading, kind: 'text' as const }));
  const chunks: Buffer[] = [];
  for await (const chunk of bookBytes({ name: '报价', columns }, rows)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

it('offers on several lines at once, each with its own result, and keeps what was typed', async () => {
  const { catalogue, listings } = await catalogueOf(
    { product: '鞋底' },
    { product: '鞋面', quantity: '500', partsAccepted: false },
    { product: '鞋带' },
  );
  const visit = await web.visit(maker.client, { screen: 'phone' });
  await visit.open(`/catalogues/${catalogue}/offer`);
  await visit.page.getByLabel('鞋底：数量').fill('600');
  await visit.page.getByLabel('鞋底：未税单价').fill('12.5');
  await visit.page.getByText('先选税率').waitFor();
  await visit.choose(visit.page.getByRole('combobox', { name: '税率' }), '13%');
  await visit.page.getByText('已填 1 项').waitFor();
  await visit.page.getByLabel('鞋面：数量').fill('400');
  await visit.page.getByText('还缺：未税单价').waitFor();
  await visit.page.getByLabel('鞋面：未税单价').fill('3');
  await visit.page.getByText('9,831.00').waitFor();
  await isGoodOnPhone(visit);

  await visit.page.getByText(/^已保存/).waitFor();
  await visit.page.reload();
  await visit.settled();
  expect(await visit.page.getByLabel('鞋面：未税单价').inputValue()).toBe('3');

  // A number that the server does not take is told at its line, and nothing of the others is lost.
  await visit.page.getByLabel('鞋面：未税单价').fill('3.1234567');
  await visit.page.getByRole('button', { name: '提交 2 项报价' }).click();
  await visit.page.locator('.line-card', { hasText: '鞋面' }).getByText('小数最多 6 位').waitFor();
  expect((await maker.client.get('/api/my-offers')).body.items).toEqual([]);
  await visit.page.getByLabel('鞋面：未税单价').fill('3');
  await visit.page.getByRole('button', { name: '提交 2 项报价' }).dblclick();
  await visit.page.getByText('1 项已收到，1 项没成').waitFor();
  await visit.page.getByText('这条需求不接受部分数量').waitFor();
  await visit.settled();
  await isGoodOnPhone(visit);
  const { items } = (await maker.client.get('/api/my-offers')).body;
  expect(items.map(({ listing }: { listing: string }) => listing)).toEqual([listings[0]]);

  await visit.page.getByLabel('鞋面：数量').fill('500');
  await visit.page.getByRole('button', { name: '提交 1 项报价' }).click();
  await visit.page.getByText('2 项已收到，0 项没成').waitFor();
});

it('offers by the catalogue’s Excel, and says what is wrong in which row', async () => {
  const { catalogue, listings } = await catalogueOf(
    { product: '鞋楦' },
    { product: '鞋盒', quantity: '300' },
    { product: '鞋跟' },
  );
  const visit = await web.visit(maker.client);
  await visit.open(`/catalogues/${catalogue}/offer`);
  await visit.page.getByText('用 Excel 报').click();
  const download = visit.page.waitForEvent('download');
  await visit.page.getByRole('button', { name: '下载报价表' }).click();
  const rows = await sheetRows(readFileSync(await (await download).path()));
  const [quantity, price, rate, day] = ['报价数量', '未税单价', '税率', '报价交期'].map((heading) =>
    rows[0]!.indexOf(heading),
  );
  const fill = (row: string[], many: string): void => {
    row[quantity!] = many;
    row[price!] = '9.5';
    row[rate!] = '13%';
    row[day!] = '2020-04-20';
  };
  fill(rows[1]!, '700');
  fill(rows[2]!, '400');
  const file = { name: '报价表.xlsx', mimeType: XLSX, buffer: await workbook(rows) };
  await visit.page.locator('input[type=file]').setInputFiles(file);
  await visit.page.getByText('读到 1 项').waitFor();
  await visit.page.getByText(/第 3 行 鞋盒/).waitFor();
  expect(await visit.page.getByLabel('鞋楦：数量').inputValue()).toBe('700');
  await visit.settled();
  expect(visit.faults()).toEqual([]);
  expect(await unreachable(visit)).toEqual([]);
  expect(await sticksOut(visit)).toEqual([]);
  await visit.page.getByRole('button', { name: '提交 1 项报价' }).click();
  await visit.page.getByText('1 项已收到，0 项没成').waitFor();
  const { items } = (await maker.client.get('/api/my-offers', { query: { listing: listings[0]! } })).body;
  expect(items[0].terms).toMatchObject({ quantity: '700', unitPrice: '9.5', vatRate: '0.13', deliverBy: '2020-04-20' });
});

it('writes down a product by hand, changes it, and takes it off the fair', async () => {
  const visit = await web.visit(maker.client, { screen: 'phone' });
  await visit.open('/promotions');
  await visit.page.getByRole('link', { name: '添加产品' }).click();
  await visit.page.getByLabel('产品名称').fill('注塑鞋底');
  await visit.choose(visit.page.getByLabel('单位'), '双', '双');
  await visit.page.getByLabel('每月能做多少').fill('20,000');
  await visit.page.getByLabel('起订量').fill('30000');
  await visit.settled();
  await isGoodOnPhone(visit);
  await visit.page.getByRole('button', { name: '发布' }).click();
  await visit.page.getByText('起订量超过月产能').first().waitFor();
  await visit.page.getByLabel('起订量').fill('500');
  await visit.page.getByRole('button', { name: '发布' }).click();
  const card = visit.page.locator('.row-card', { hasText: '注塑鞋底' });
  await card.getByText('已发布').waitFor();
  await visit.settled();
  await isGoodOnPhone(visit);
  expect(await card.innerText()).toContain('20,000 双');

  await card.getByRole('link', { name: '修改' }).click();
  await visit.page.getByLabel('每月能做多少').fill('24000');
  await visit.page.getByRole('button', { name: '保存修改' }).click();
  await card.getByText('24,000 双').waitFor();
  await card.getByRole('button', { name: '撤下' }).click();
  await visit.page.getByRole('dialog').getByRole('button', { name: '撤下', exact: true }).click();
  await card.getByText('已撤下').waitFor();
  expect((await web.anybody().get('/api/promotions')).body.items).toEqual([]);
});

it('takes products from Excel, mends a bad row in place, and publishes them', async () => {
  const visit = await web.visit(maker.client, { screen: 'phone' });
  await visit.open('/promotions/import');
  await isGoodOnPhone(visit);
  const download = visit.page.waitForEvent('download');
  await visit.page.getByRole('link', { name: '下载模板' }).click();
  const [headings = [], example = []] = await sheetRows(readFileSync(await (await download).path()));
  const rows = [headings, [...example], [...example]];
  const place = (heading: RegExp): number => headings.findIndex((one) => heading.test(one));
  rows[1]![place(/产品名称/)] = '鞋垫';
  rows[2]![place(/产品名称/)] = '中底';
  rows[2]![place(/单位/)] = '一堆';
  const file = { name: '产品.xlsx', mimeType: XLSX, buffer: await workbook(rows) };
  await visit.page.locator('input[type=file]').setInputFiles(file);
  await visit.page.getByText('2 行：1 行可以导入，1 行待改').waitFor();
  await visit.settled();
  await isGoodOnPhone(visit);
  await visit.page.getByRole('textbox', { name: /单位/ }).fill('双');
  await visit.page.getByRole('button', { name: '改好' }).click();
  await visit.page.getByText('2 行：2 行可以导入，0 行待改').waitFor();
  await visit.page.getByRole('button', { name: '导入 2 个产品' }).click();
  await visit.page.getByText('已导入 2 个产品').waitFor({ timeout: 30_000 });
  await visit.settled();
  await isGoodOnPhone(visit);
  await visit.page.getByRole('button', { name: '发布这些产品' }).click();
  await visit.page.getByRole('link', { name: '看我的产品' }).click();
  await visit.page.locator('.row-card', { hasText: '中底' }).getByText('已发布').waitFor();
  await eventually(
    async () => (await web.anybody().get('/api/promotions')).body.items.length as number,
    (count) => count === 2,
  );
});

it('keeps under 我的 what is seldom wanted', async () => {
  const visit = await web.visit(maker.client, { screen: 'phone' });
  await visit.open('/mine');
  await visit.page.getByText('演示鞋材厂').waitFor();
  await visit.page.getByText('已确认').waitFor();
  for (const [name, path] of [
    ['企业注册资料', '/registration'],
    ['我的产品', '/promotions'],
    ['成员', '/members'],
    ['消息', '/inbox'],
    ['账号、通知设置', '/me'],
  ] as const)
    expect(
      await visit.page.getByRole('navigation', { name: '更多' }).getByRole('link', { name }).getAttribute('href'),
    ).toBe(path);
  await isGoodOnPhone(visit);
  await visit.page.getByRole('button', { name: 'English' }).click();
  await visit.page.getByRole('heading', { name: 'Me', exact: true }).waitFor();
});
