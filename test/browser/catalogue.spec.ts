import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { sheetBytes, SHEET_TYPES } from '@app/spreadsheets';
import type { Page } from 'playwright-core';
import { startWeb, Web } from '../support/browser';
import { sticksOut, unreachable } from '../support/browser-checks';
import type { Visit } from '../support/browser-visit';
import { Firm, Firms, eventually } from '../support/firms';
import { paste } from '../support/pasting';

// A purchasing manager makes a catalogue: from a pasted table, from a file, by hand; then sees what waits.

jest.setTimeout(240_000);

let web: Web;
let firms: Firms;
/** Of the stories that may follow each other in one firm. */
let lead: Firm;
beforeAll(async () => {
  web = await startWeb();
  firms = new Firms(web);
  lead = await firms.lead('演示龙头机械');
});
afterAll(() => web?.stop());

const HEADINGS = ['产品名称', '规格型号', '物料编码', '数量', '单位'];
/** Thirty lines; the sixth row of the sheet has no number, the eleventh a unit that nobody knows, the eighth an odd form. */
const ROWS = Array.from({ length: 30 }, (_, i) => [
  `鞋底 ${i + 1} 号`,
  `EVA ${36 + (i % 8)} 码`,
  `XD-${i + 1}`,
  i === 4 ? '若干' : i === 6 ? '1.5万' : String(1000 + i * 10),
  i === 9 ? '一箩' : '双',
]);
const tableOf = (rows: readonly string[][]): string => [HEADINGS, ...rows].map((row) => row.join('\t')).join('\r\n');
/** The same faults among fewer rows, which a page shows and is looked over in less time. */
const FEW = ROWS.slice(0, 12);

const pasteHere = /在 Excel 中选中表格/;

async function fillPicker(page: Page, label: string, text: string): Promise<void> {
  const input = page.getByLabel(label, { exact: true });
  await input.fill(text);
  await input.press('Enter');
}

/** What every line has in common: when quoting ends, when and where goods are wanted. */
async function setCommonTerms(visit: Visit): Promise<void> {
  const { page } = visit;
  await fillPicker(page, '报价截止时间', '2020-02-20 17:00');
  await fillPicker(page, '交货日期', '2020-03-31');
  await visit.choose(page.getByLabel('交货地区', { exact: true }), '晋江', '晋江');
}

async function clean(visit: Visit): Promise<void> {
  expect(await unreachable(visit)).toEqual([]);
  expect(visit.faults()).toEqual([]);
}

const catalogueOf = (page: Page): string => new URL(page.url()).pathname.split('/')[2]!;
const countsOf = async ({ client }: Firm, catalogue: string): Promise<Record<string, number>> => {
  const { body } = await client.get(`/api/catalogues/${catalogue}`);
  const counts = body.counts as { status: string; lines: number }[];
  return Object.fromEntries(counts.map(({ status, lines }) => [status, lines]));
};
/** Until all lines of the catalogue ask for quotes: the browser's own position does not travel with this look. */
const allQuoting = (firm: Firm, catalogue: string, lines: number) =>
  eventually(
    () => countsOf(firm, catalogue),
    (counts) => JSON.stringify(counts) === JSON.stringify({ quoting: lines }),
  );

it('thirty pasted lines become a published catalogue, one mended in place and one left out', async () => {
  const lead = await firms.lead('演示龙头鞋业');
  const visit = await web.visit(lead.client);
  const { page } = visit;
  await visit.open('/home');
  await page.getByRole('link', { name: '新建需求目录' }).click();
  await page.getByLabel(pasteHere).waitFor();
  await visit.settled();
  await clean(visit);

  await paste(page.getByLabel(pasteHere), tableOf(ROWS));
  await page.getByText('28 好 · 2 待改').waitFor();
  await page.getByText('不认识单位“一箩”').waitFor();
  await visit.settled();
  await clean(visit);

  // By keyboard alone: down to the row without a number, a number typed over it, Enter.
  await page.getByRole('gridcell', { name: '1030', exact: true }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.type('520');
  await page.keyboard.press('Enter');
  await page.getByText('29 好 · 1 待改').waitFor();
  expect(await page.locator(':focus').textContent()).toContain('1050');

  // What is given up is not written.
  await page.keyboard.type('9');
  await page.keyboard.press('Escape');
  await page.getByRole('gridcell', { name: '1050', exact: true }).waitFor();
  await page.getByRole('button', { name: '改为“15000”' }).press('Enter');
  await page.getByRole('gridcell', { name: '15000', exact: true }).waitFor();
  await page.getByRole('button', { name: '第 11 行不收入' }).click();
  await page.getByText('29 好 · 0 待改 · 1 不收入').waitFor();

  await setCommonTerms(visit);
  await page.getByText('都已填写').waitFor();
  await page.getByRole('button', { name: '收入 29 行，下一步预览' }).click();

  await page.getByText('29 行可发布 · 0 行待补').waitFor();
  await visit.settled();
  await clean(visit);
  await page.getByRole('button', { name: '预览' }).click();
  await page.getByRole('button', { name: '打开鞋底 5 号' }).click();
  const preview = page.getByRole('dialog', { name: '供应商看到的样子' });
  await preview.getByText('520 双').waitFor();
  await preview.getByText('晋江市').waitFor();
  await clean(visit);
  await page.getByRole('button', { name: 'Close' }).or(preview.getByLabel('关闭')).first().click();

  await page.getByRole('button', { name: '发布', exact: true }).click();
  const publishing = page.getByRole('dialog', { name: '发布需求目录' });
  await publishing.getByText('29 行公开：没有登录的人也看得到').waitFor();
  await clean(visit);
  await publishing.getByRole('button', { name: '发布 29 行' }).click();
  await publishing.getByText('已发布 29 行').waitFor();
  await publishing.getByRole('button', { name: '知道了' }).click();
  await page.getByText('报价中').first().waitFor();
  await visit.settled();
  await clean(visit);

  const catalogue = catalogueOf(page);
  await allQuoting(lead, catalogue, 29);
  const { body } = await lead.client.get(`/api/catalogues/${catalogue}/lines`, { query: { words: 'XD-7' } });
  expect(body.items).toMatchObject([{ terms: { quantity: '15000', unit: { name: '双' }, deliverBy: '2020-03-31' } }]);
});

it('a workbook with bad rows says which, and a file that is none says why', async () => {
  const lead = await firms.lead('演示龙头服装');
  const visit = await web.visit(lead.client);
  const { page } = visit;
  await visit.open('/catalogues/new');
  await page.getByText('上传文件').click();
  const chosen = page.locator('input[type="file"]');
  await chosen.setInputFiles({
    name: '需求.xlsx',
    mimeType: SHEET_TYPES.xlsx,
    buffer: Buffer.from('%PDF-1.4 no workbook'),
  });
  const alert = page.getByRole('alert');
  await alert.waitFor();
  expect((await alert.textContent())!.length).toBeGreaterThan(5);

  await chosen.setInputFiles({ name: '需求.xlsx', mimeType: SHEET_TYPES.xlsx, buffer: await workbook() });
  await page.getByText('10 好 · 2 待改').waitFor();
  await page.getByText('待改 2', { exact: true }).click();
  await page.getByRole('gridcell', { name: '若干' }).waitFor();
  expect(await page.getByRole('gridcell', { name: '鞋底 1 号' }).count()).toBe(0);
  await visit.settled();
  await clean(visit);

  // A column that was taken for another is given back.
  await page.getByText('全部 12', { exact: true }).click();
  await page.getByLabel('“物料编码”一列是').click();
  await page.getByTitle('图号', { exact: true }).click();
  const column = page.locator('.ant-select', { has: page.getByLabel('“物料编码”一列是') });
  await column.getByText('图号', { exact: true }).waitFor();
  await visit.settled();

  await page.getByRole('button', { name: /^收入 10 行/ }).click();
  await page.getByText('0 行可发布 · 10 行待补').waitFor();
  const { body } = await lead.client.get(`/api/catalogues/${catalogueOf(page)}/lines`, { query: { words: 'XD-1' } });
  expect(body.items[0].terms).toMatchObject({ drawingNumber: 'XD-1' });

  // What all lines lack is set for all at once.
  await page.getByRole('button', { name: '为全部行设置条件' }).click();
  await setCommonTerms(visit);
  await page.getByRole('button', { name: '设置', exact: true }).click();
  await page.getByText('10 行可发布 · 0 行待补').waitFor();
  await visit.settled();
  await clean(visit);
});

async function workbook(): Promise<Buffer> {
  const columns = HEADINGS.map((zh, place) => ({
    key: String(place),
    heading: { zh, en: zh },
    kind: 'text' as const,
    value: (row: string[]) => row[place],
  }));
  const sheet = { title: { zh: '需求', en: 'Demands' }, columns };
  return buffer(sheetBytes(sheet, FEW, { format: 'xlsx', language: 'zh' }));
}

it('a closed tab is opened again where it stood, with what was mended and set', async () => {
  const lead = await firms.lead('演示龙头食品');
  const visit = await web.visit(lead.client);
  await visit.open('/catalogues/new');
  await paste(visit.page.getByLabel(pasteHere), tableOf(FEW));
  await visit.page.getByText('10 好 · 2 待改').waitFor();
  await visit.page.getByRole('gridcell', { name: /若干/ }).click();
  await visit.page.getByRole('textbox', { name: '数量' }).fill('700');
  await visit.page.keyboard.press('Enter');
  await visit.page.getByText('11 好 · 1 待改').waitFor();
  await visit.page.getByLabel('目录名称').fill('三月鞋材');
  await fillPicker(visit.page, '交货日期', '2020-03-31');
  await visit.settled();
  const again = await visit.context.newPage();
  await visit.page.close();

  await again.goto(`${visit.traffic.url}/catalogues/new`);
  await again.getByText('11 好 · 1 待改').waitFor();
  await again.getByRole('gridcell', { name: '700', exact: true }).waitFor();
  expect(await again.getByLabel('目录名称').inputValue()).toBe('三月鞋材');
  expect(await again.getByLabel('交货日期', { exact: true }).inputValue()).toBe('2020-03-31');
  await again.getByRole('button', { name: /^收入 11 行/ }).click();
  await again.getByRole('heading', { name: '三月鞋材' }).waitFor();
  await again.getByText('0 行可发布 · 11 行待补').waitFor();
  expect(visit.faults()).toEqual([]);
});

it('by hand: a line in the drawer, whose gaps are named; then it waits on the first page', async () => {
  const visit = await web.visit(lead.client);
  const { page } = visit;
  await visit.open('/catalogues/new');
  await page.getByText('手工填写').click();
  await page.getByRole('button', { name: '建立目录，开始填写' }).click();
  const drawer = page.getByRole('dialog', { name: '添加一行' });
  await drawer.getByLabel('产品名称', { exact: true }).fill('轴承');
  await drawer.getByRole('textbox', { name: '数量' }).fill('1200');
  await drawer.getByRole('button', { name: '添加', exact: true }).click();
  await page.getByText('缺：单位、交货地点、交货日期、报价截止时间').waitFor();
  await visit.settled();
  await clean(visit);
  await visit.open('/home');
  await page.getByRole('link', { name: /目录未发布/ }).click();
  await page.getByText('0 行可发布 · 1 行待补').waitFor();
  expect(visit.faults()).toEqual([]);
});

it('invited firms alone see what was pasted for them, and last period is copied to the next', async () => {
  const guest = await firms.confirmed('演示受邀配套厂');
  const stranger = await firms.confirmed('演示未受邀厂');
  const visit = await web.visit(lead.client);
  const { page } = visit;
  await visit.open('/catalogues/new');
  await paste(page.getByLabel(pasteHere), '产品名称\t数量\t单位\n布料\t500\t米\n纽扣\t9000\t个');
  await page.getByText('2 好 · 0 待改').waitFor();
  await setCommonTerms(visit);
  await page.getByLabel('谁能看到', { exact: true }).click();
  await page.getByTitle('受邀企业', { exact: true }).click();
  const picker = page.getByLabel('受邀企业', { exact: true });
  await picker.fill('演示受邀');
  await page.getByTitle('演示受邀配套厂', { exact: true }).click();
  await page.keyboard.press('Escape');
  await page.getByText('都已填写').waitFor();
  await page.getByRole('button', { name: /^收入 2 行/ }).click();
  await page.getByText('2 行可发布 · 0 行待补').waitFor();
  await page.getByRole('button', { name: '发布', exact: true }).click();
  await page.getByText('2 行只给受邀的 1 家企业看').waitFor();
  await page.getByRole('button', { name: '发布 2 行' }).click();
  await page.getByText('已发布 2 行').waitFor();
  await page.getByRole('button', { name: '知道了' }).click();
  const catalogue = catalogueOf(page);
  const seenBy = async ({ client }: Firm): Promise<number> =>
    ((await client.get(`/api/catalogues/${catalogue}/lines`)).body.items?.length as number | undefined) ?? 0;
  await eventually(
    () => seenBy(guest),
    (lines) => lines === 2,
  );
  expect(await seenBy(stranger)).toBe(0);

  await page.getByRole('button', { name: '复制到新一期' }).click();
  const dialog = page.getByRole('dialog', { name: '复制到新一期' });
  expect(await dialog.getByLabel('目录名称').inputValue()).toBe('2020年4月产品需求目录');
  await dialog.getByRole('button', { name: '复制', exact: true }).click();
  await page.getByRole('heading', { name: '2020年4月产品需求目录' }).waitFor();
  await page.getByText('0 行可发布 · 2 行待补').waitFor();
  await visit.settled();
  await clean(visit);
});

it('what is not ready stays behind as a draft, to be mended and published afterwards', async () => {
  const visit = await web.visit(lead.client);
  const { page } = visit;
  await visit.open('/catalogues/new');
  await paste(page.getByLabel(pasteHere), '产品名称\t数量\t单位\n插头\t500\t个\n电线\t\t米');
  await page.getByText('没有数量，不能发布').waitFor();
  await setCommonTerms(visit);
  await page.getByText('都已填写').waitFor();
  await page.getByRole('button', { name: /^收入 2 行/ }).click();
  await page.getByText('1 行可发布 · 1 行待补').waitFor();
  await page.getByRole('button', { name: '发布', exact: true }).click();
  await page.getByText('电线：缺数量').waitFor();
  await page.getByRole('button', { name: '发布 1 行' }).click();
  await page.getByText('已发布 1 行').waitFor();
  await page.getByRole('button', { name: '知道了' }).click();

  await page.getByRole('heading', { name: '还没发布的 1 行' }).waitFor();
  await page.getByRole('button', { name: '修改电线' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: '数量' }).fill('800');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await page.getByRole('button', { name: '发布其余 1 行' }).click();
  await page.getByRole('button', { name: '发布 1 行' }).click();
  await page.getByText(/已发布 \d 行/).waitFor();
  await allQuoting(lead, catalogueOf(page), 2);
  expect(visit.faults()).toEqual([]);
});

it('what stands in another catalogue is asked about before it is taken again', async () => {
  const visit = await web.visit(lead.client);
  const { page } = visit;
  const table = '产品名称\t数量\t单位\n瓷砖\t500\t箱\n水泥\t20\t吨';
  await visit.open('/catalogues/new');
  await paste(page.getByLabel(pasteHere), table);
  await page.getByRole('button', { name: /^收入 2 行/ }).click();
  await page.getByText('0 行可发布 · 2 行待补').waitFor();
  const first = catalogueOf(page);

  await visit.open('/catalogues/new');
  await paste(page.getByLabel(pasteHere), table);
  await page.getByText('大部分行已在贵企业的另一份目录中').waitFor();
  const take = page.getByRole('button', { name: /^收入 2 行/ });
  expect(await take.isDisabled()).toBe(true);
  await visit.settled();
  await clean(visit);
  await page.getByText('作为新一期，全部收入').click();
  await take.click();
  await page.getByText('0 行可发布 · 2 行待补').waitFor();
  expect(catalogueOf(page)).not.toBe(first);

  // More of the same into the same catalogue is not taken twice.
  await visit.open(`/catalogues/new?into=${first}`);
  await paste(page.getByLabel(pasteHere), `${table}\n石膏板\t30\t张`);
  await page.getByText('2 行本目录已有，不会重复收入').waitFor();
  await page.getByRole('button', { name: /^收入 1 行/ }).click();
  await page.getByText('0 行可发布 · 3 行待补').waitFor();
  expect(visit.faults()).toEqual([]);
});

it('where the firm wants a second person, publishing asks a colleague, who approves all lines at once', async () => {
  const lead = await firms.lead('演示龙头电子');
  const wanted = await lead.client.put('/api/registrations/own/second-person', { acts: ['publish'] });
  expect(wanted.status).toBe(200);
  const { enterprise, registration } = lead;
  const colleague = await web.member({ enterprise, registration });
  const visit = await web.visit(lead.client);
  await visit.open('/catalogues/new');
  await paste(visit.page.getByLabel(pasteHere), '产品名称\t数量\t单位\n外壳\t500\t个');
  await setCommonTerms(visit);
  await visit.page.getByText('都已填写').waitFor();
  await visit.page.getByRole('button', { name: /^收入 1 行/ }).click();
  await visit.page.getByRole('button', { name: '发布', exact: true }).click();
  await visit.page.getByRole('button', { name: '提交 1 行待批准' }).click();
  await visit.page.getByText('1 行等另一位同事批准').first().waitFor();
  const catalogue = catalogueOf(visit.page);

  const other = await web.visit(colleague);
  await other.open(`/catalogues/${catalogue}`);
  await other.page.getByRole('button', { name: '批准 1 行' }).click();
  await other.page.getByText('已批准 1 行').waitFor();
  await other.settled();
  await allQuoting(lead, catalogue, 1);
  expect([...visit.faults(), ...other.faults()]).toEqual([]);
});

it('is to be read in English and on a phone', async () => {
  const lead = await firms.lead('演示龙头家具');
  const visit = await web.visit(lead.client, { screen: 'phone' });
  const { page } = visit;
  const catalogue = randomUUID();
  const terms = { title: '2020年3月家具', from: '2020-03-01', to: '2020-03-31' };
  await lead.client.post('/api/catalogues', { catalogue, kind: 'demand', terms });
  const lines = [{ listing: randomUUID(), terms: { product: '木板', quantity: '5' } }];
  await lead.client.post(`/api/catalogues/${catalogue}/lines`, { lines });
  await visit.open('/home');
  await page.getByRole('button', { name: '菜单' }).click();
  await page.getByRole('button', { name: 'English' }).click();
  await visit.open('/home');
  await page.getByText('catalogue not published').waitFor();
  for (const path of ['/home', '/catalogues', `/catalogues/${catalogue}`, '/catalogues/new']) {
    await visit.open(path);
    expect([path, await sticksOut(visit)]).toEqual([path, []]);
    await clean(visit);
  }
  await paste(page.getByLabel(/Select the table in Excel/), tableOf(FEW));
  await page.getByText('10 good · 2 to mend').waitFor();
  await visit.settled();
  expect(await sticksOut(visit)).toEqual([]);
  await clean(visit);
});
