import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { startWeb, Web } from '../support/browser';
import type { Visit } from '../support/browser-visit';
import { eventually, Firm, Firms, inMinutes, listingTerms, offerTerms, typesOf } from '../support/firms';
import { must } from '../support/sealed-offers';
import { isGoodOnPhone, published } from '../support/supplier-story';

jest.setTimeout(240_000);

// A workshop's owner with a phone: finds a demand, offers in a minute, and keeps the receipt.

let web: Web;
let lead: Firm;
let maker: Firm;
let rival: Firm;
/** Prices that stand nowhere else. */
const CANARY = '12.345678';
const CANARIES = [CANARY, '12.345671', '13.9506'];

beforeAll(async () => {
  // Days pass in this story; nobody signs in again.
  web = await startWeb({ auth: { idleMinutes: 1e6, longestHours: 1e5 } });
  const firms = new Firms(web);
  lead = await firms.lead('演示龙头鞋业');
  [maker, rival] = (await firms.many(2)) as [Firm, Firm];
  const terms = {
    product: '鞋底',
    unit: { code: 'PR', name: '双' },
    capacityPerMonth: '20000',
    area: '350582',
    industry: '1953',
  };
  for (const firm of [maker, rival]) {
    const promotion = randomUUID();
    await must(firm.client.post('/api/promotions', { promotion, terms }));
    await must(firm.client.post(`/api/promotions/${promotion}/publication`));
  }
});
afterAll(() => web?.stop());

const phone = (who: Firm): Promise<Visit> => web.visit(who.client, { screen: 'phone' });

/** The offer stands as one, however often it was sent. */
const submitted = async (listing: string): Promise<number> =>
  (await typesOf(web, `listing-${listing}`)).filter((type) => type === 'OfferSubmitted').length;

const posts = (visit: Visit, listing: string): number =>
  visit.traffic.exchanges.filter(({ method, path }) => method === 'POST' && path === `/api/listings/${listing}/offers`)
    .length;

async function chooseRate(visit: Visit, rate: string): Promise<void> {
  const { page } = visit;
  const field = page.getByRole('combobox', { name: '税率' });
  // Behind the fold once the firm has offered before.
  if (!(await field.isVisible())) await page.getByText('税率、起订量、备注').click();
  await visit.choose(field, rate);
}

async function fillIn(visit: Visit, price: string): Promise<void> {
  await visit.page.getByLabel('数量').fill('600');
  await visit.page.getByLabel('未税单价').fill(price);
  await chooseRate(visit, '13%');
}

it('finds what fits and why, offers under seal, keeps the receipt as a picture, and finds it again', async () => {
  const listing = await published(web, lead);
  const onlookers = [await phone(rival), await web.visit(lead.client)];
  for (const one of onlookers) await one.open(`/listings/${listing}`);

  const visit = await phone(maker);
  await visit.open('/');
  expect(new URL(visit.page.url()).pathname).toBe('/find');
  const card = visit.page.locator('.row-card', { hasText: '鞋底' }).first();
  const words = await card.innerText();
  for (const why of ['同一产品', '同一行业', '产能足够', '演示龙头鞋业', '1,000 双']) expect(words).toContain(why);
  await isGoodOnPhone(visit);
  await card.getByRole('link', { name: '报价' }).click();
  await visit.page.getByRole('button', { name: '提交报价' }).waitFor();
  await visit.settled();
  await isGoodOnPhone(visit);

  // The right keyboards, and the price with VAT as it is typed.
  for (const label of ['数量', '未税单价'])
    expect(await visit.page.getByLabel(label).getAttribute('inputmode')).toBe('decimal');
  expect(await visit.page.getByLabel('交货日期').getAttribute('type')).toBe('date');
  expect(await visit.page.getByLabel('交货日期').inputValue()).toBe('2020-04-30');
  await fillIn(visit, CANARY);
  await visit.page.getByText('13.950616').waitFor();
  await visit.page.getByText('谁在什么时候看到什么').click();
  await visit.page.getByText('其他企业看不到你的价格').waitFor();

  // A page that is left and opened again has kept what was typed.
  await visit.page.getByText(/^已保存 \d\d:\d\d$/).waitFor();
  await visit.page.reload();
  await visit.settled();
  expect(await visit.page.getByLabel('未税单价').inputValue()).toBe(CANARY);

  await visit.page.getByRole('button', { name: '提交报价' }).dblclick();
  await visit.page.getByText('报价已收到').waitFor();
  await visit.settled();
  expect([posts(visit, listing), await submitted(listing)]).toEqual([1, 1]);
  const shown = await visit.page.getByRole('region', { name: '报价回执' }).innerText();
  for (const text of ['鞋底', '演示龙头鞋业', '600 双', '12.345678 元', '13%', '2020-04-30'])
    expect(shown).toContain(text);
  const [mine] = (await maker.client.get('/api/my-offers')).body.items;
  expect(shown).toContain(mine.receipts[0].number);
  expect(shown.replace(/\s/g, '')).toContain(mine.receipts[0].sha256);
  await isGoodOnPhone(visit);

  const saved = visit.page.waitForEvent('download');
  await visit.page.getByRole('link', { name: '保存为图片' }).click();
  const picture = await saved;
  expect(picture.suggestedFilename()).toBe(`报价回执-${mine.receipts[0].number}.png`);
  const bytes = readFileSync(await picture.path());
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  expect(bytes.readUInt32BE(16)).toBe(720);

  await visit.page.getByRole('link', { name: '我的报价' }).last().click();
  await visit.page.getByRole('heading', { name: '我的报价' }).waitFor();
  await visit.settled();
  await visit.page.locator('.row-card').getByRole('link', { name: '鞋底' }).click();
  await visit.page.getByRole('region', { name: '报价回执' }).waitFor();
  await visit.settled();
  await isGoodOnPhone(visit);

  // Revised before the close: both receipts stay.
  await visit.page.getByRole('link', { name: '修改或撤回' }).click();
  await visit.page.getByLabel('未税单价').fill('12.345671');
  await visit.page.getByRole('button', { name: '提交修改' }).click();
  await visit.page.getByText('报价已收到').waitFor();
  await visit.page.getByText('以前的回执').waitFor();

  for (const one of onlookers) {
    for (const path of ['/', '/fair', `/listings/${listing}`, '/my-offers']) await one.open(path);
    expect(await one.traffic.carrying(...CANARIES)).toEqual([]);
  }
  expect(await visit.traffic.carrying(CANARY)).not.toEqual([]);
});

it('keeps an offer through a broken line and a closed tab, and sends it once', async () => {
  const listing = await published(web, lead);
  const visit = await phone(maker);
  await visit.open(`/listings/${listing}/offer`);
  await fillIn(visit, '11.5');
  visit.expects(/^failed: net::ERR_INTERNET_DISCONNECTED/);
  visit.expects(/ERR_INTERNET_DISCONNECTED/);
  await visit.context.setOffline(true);
  await visit.page.getByRole('button', { name: '提交报价' }).click();
  await visit.page.getByText('网络断开，已保存').waitFor();
  expect(await submitted(listing)).toBe(0);
  await visit.context.setOffline(false);
  await visit.page.getByText('报价已收到').waitFor({ timeout: 30_000 });
  expect(await submitted(listing)).toBe(1);
});

it('repeats the same command when the answer was lost, also after the page was opened again', async () => {
  const listing = await published(web, lead);
  const visit = await phone(maker);
  await visit.open(`/listings/${listing}/offer`);
  await fillIn(visit, '11.25');
  visit.expects(/^failed: net::ERR_EMPTY_RESPONSE/);
  visit.expects(/ERR_EMPTY_RESPONSE/);
  // Nothing of what happened comes back: no answer, and no live change either.
  visit.traffic.losesAnswerOf = (_method, path) =>
    path.startsWith('/api/live') || path.startsWith(`/api/listings/${listing}/`);
  await visit.page.getByRole('button', { name: '提交报价' }).click();
  await visit.page.getByText('网络断开，已保存').waitFor();
  await eventually(
    () => submitted(listing),
    (count) => count === 1,
  );
  // Were it open when the line is whole again, the page would be answered, and the receipt would go with it.
  await visit.page.goto('about:blank');
  visit.traffic.losesAnswerOf = () => false;
  await visit.open(`/listings/${listing}/offer`);
  await visit.page.getByRole('region', { name: '报价回执' }).waitFor();
  expect(await submitted(listing)).toBe(1);
  await visit.settled();
  expect(visit.faults()).toEqual([]);
});

it('withdraws with its consequence said before, and offers again with the former terms', async () => {
  const listing = await published(web, lead);
  await must(maker.client.post(`/api/listings/${listing}/offers`, { offer: randomUUID(), terms: offerTerms() }));
  const visit = await phone(maker);
  await visit.open(`/listings/${listing}/offer`);
  await visit.page.getByRole('button', { name: '撤回报价' }).click();
  const dialog = visit.page.getByRole('dialog');
  await dialog.getByText('撤回后不参加定标').waitFor();
  await dialog.getByRole('button', { name: '撤回报价' }).click();
  await visit.page.getByRole('link', { name: '重新报价' }).click();
  await visit.page.getByText('你撤回过报价').waitFor();
  expect(await visit.page.getByLabel('未税单价').inputValue()).toBe('12.5');
  await visit.page.getByRole('button', { name: '提交报价' }).click();
  await visit.page.getByText('报价已收到').waitFor();
  await visit.settled();
  expect(visit.faults()).toEqual([]);
});

it('has the former offer filled in when the demand was cancelled and published anew', async () => {
  const listing = await published(web, lead, { product: '鞋楦' });
  await must(maker.client.post(`/api/listings/${listing}/offers`, { offer: randomUUID(), terms: offerTerms() }));
  const successor = randomUUID();
  const terms = listingTerms(inMinutes(web, 24 * 60), { product: '鞋楦', quantity: '800' });
  await must(lead.client.post(`/api/listings/${listing}/successor`, { listing: successor, terms }));
  const visit = await phone(maker);
  await visit.open(`/listings/${listing}/offer`);
  await visit.page.getByRole('link', { name: '看替代它的需求' }).click();
  await visit.page.getByText('已带入原需求上的报价').waitFor();
  expect(await visit.page.getByLabel('数量').inputValue()).toBe('600');
  expect(await visit.page.getByLabel('未税单价').inputValue()).toBe('12.5');
  await visit.settled();
  await isGoodOnPhone(visit);
  await visit.page.getByRole('button', { name: '提交报价' }).click();
  await visit.page.getByText('报价已收到').waitFor();
  await visit.settled();
  expect(visit.faults()).toEqual([]);

  // What the list shows can be taken away, with the same columns.
  await visit.open('/my-offers');
  await visit.page.getByRole('button', { name: '导出' }).click();
  const file = visit.page.waitForEvent('download');
  await visit.page.getByRole('menuitem', { name: 'CSV' }).click();
  expect(readFileSync(await (await file).path(), 'utf8')).toContain('鞋楦');
});

it('asks the lead a question in public, without being named', async () => {
  const listing = await published(web, lead, { product: '鞋扣' });
  const visit = await phone(maker);
  await visit.open(`/listings/${listing}`);
  await visit.page.getByRole('button', { name: '提问' }).first().click();
  await visit.page.getByLabel('向龙头企业提问').fill('可以分两批交货吗？');
  await visit.page.getByRole('button', { name: '提问', exact: true }).last().click();
  await visit.page.getByText('已提问').waitFor();
  const { questions } = (await lead.client.get(`/api/listings/${listing}/questions`)).body;
  expect(questions.map(({ text }: { text: string }) => text)).toEqual(['可以分两批交货吗？']);
  expect(JSON.stringify(questions)).not.toContain(maker.enterprise);
});
