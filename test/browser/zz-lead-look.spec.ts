import { startWeb, Web } from '../support/browser';
import { Firms } from '../support/firms';
import { unreachable } from '../support/browser-checks';
let web: Web;
beforeAll(async () => { web = await startWeb({}); });
afterAll(() => web?.stop());
const DIR = '/tmp/leadshots';
it('looks', async () => {
  const lead = await new Firms(web).lead('演示龙头鞋业');
  const visit = await web.visit(lead.client);
  const { page } = visit;
  const shot = async (name: string, full = true) => { await visit.settled(); await page.screenshot({ path: `${DIR}/${name}.png`, fullPage: full }); };
  try {
  await visit.open('/home'); await shot('home');
  await visit.open('/catalogues'); await shot('list-empty');
  await visit.open('/catalogues/new'); await shot('new');
  const rows = Array.from({ length: 30 }, (_, i) => `鞋底 ${i + 1} 号\tEVA ${36 + (i % 8)} 码\tXD-${i + 1}\t${i === 4 ? '若干' : i === 6 ? '1.5万' : 1000 + i * 10}\t${i === 9 ? '一箩' : i === 12 ? 'pairs' : '双'}`);
  const text = ['产品名称\t规格型号\t物料编码\t数量\t单位', ...rows].join('\r\n');
  await page.getByLabel(/在 Excel 中选中表格/).evaluate((area, data) => {
    const clipboard = new DataTransfer(); clipboard.setData('text/plain', data);
    area.dispatchEvent(new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true, cancelable: true }));
  }, text);
  await page.getByRole('grid').waitFor();
  await shot('sheet');
  await shot('sheet-top', false);
  console.log(await unreachable(visit), visit.faults());
  await page.setViewportSize({ width: 390, height: 844 }); await shot('sheet-390', false); await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('button', { name: /^收入 \d+ 行/ }).click();
  await page.waitForURL(/catalogues\/[0-9a-f-]{36}/);
  await shot('draft', false);
  console.log(await unreachable(visit), visit.faults());
  await page.getByRole('button', { name: '添加一行' }).click(); await shot('drawer', false);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '预览' }).click(); await shot('preview', false);
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 390, height: 844 }); await shot('draft-390', false);
  } catch (e) { await page.screenshot({ path: `${DIR}/fail.png` }); console.log(visit.faults(), visit.traffic.exchanges.filter((e) => e.status >= 400).map((e) => [e.method, e.path, e.status])); throw e; }
});
