import { randomUUID } from 'node:crypto';
import { startWeb, Web } from '../support/browser';
import type { Visit } from '../support/browser-visit';
import { eventually, Firm, Firms, inMinutes, offerTerms } from '../support/firms';
import { must } from '../support/sealed-offers';
import { isGoodOnPhone, published } from '../support/supplier-story';

jest.setTimeout(240_000);

// What follows an offer, on its maker's phone: a second round, awards to accept or decline, and being passed over.

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
});
afterAll(() => web?.stop());

const phone = (who: Firm): Promise<Visit> => web.visit(who.client, { screen: 'phone' });

it('answers a second round with a lower price only, and accepts the award', async () => {
  const listing = await published(web, lead);
  const offer = randomUUID();
  const theirs = randomUUID();
  await must(maker.client.post(`/api/listings/${listing}/offers`, { offer, terms: offerTerms({ unitPrice: CANARY }) }));
  await must(rival.client.post(`/api/listings/${listing}/offers`, { offer: theirs, terms: offerTerms() }));
  const closes = async (state: string) => {
    web.clock.advance(25 * 3_600_000);
    await eventually(
      async () => (await lead.client.get(`/api/listings/${listing}`)).body.status as string,
      (is) => is === state,
    );
  };
  await closes('closed');
  const round = { offers: [offer], deadline: inMinutes(web, 60) };
  await must(lead.client.post(`/api/listings/${listing}/second-round`, round));

  const visit = await phone(maker);
  await visit.open(`/my-offers/${offer}`);
  await visit.page.getByRole('link', { name: '二次报价' }).click();
  await visit.page.getByText('单价只能降不能升').waitFor();
  await visit.page.getByLabel('未税单价').fill('13');
  await visit.page.getByText('二次报价不得高于原单价 12.345678').waitFor();
  await visit.page.getByRole('button', { name: '提交二次报价' }).click();
  await visit.page.getByLabel('未税单价').fill('12.345671');
  await visit.settled();
  await isGoodOnPhone(visit);
  await visit.page.getByRole('button', { name: '提交二次报价' }).click();
  await visit.page.getByRole('region', { name: '二次报价回执' }).first().waitFor();

  await closes('closed');
  const shares = [{ share: randomUUID(), offer, quantity: '600', reason: 'price' }];
  const notChosen = [{ offer: theirs, reason: 'price' }];
  const award = () => lead.client.post(`/api/listings/${listing}/awards`, { award: randomUUID(), shares, notChosen });
  await eventually(award, ({ status }) => status === 201);

  await visit.open('/my-awards');
  const card = visit.page.locator('.row-card', { hasText: '鞋底' });
  expect(await card.innerText()).toContain('8,370.36');
  await isGoodOnPhone(visit);
  await card.getByRole('button', { name: '接单' }).click();
  const dialog = visit.page.getByRole('dialog');
  await dialog.getByText('不能自己撤回').waitFor();
  await dialog.getByRole('button', { name: '接单' }).dblclick();
  await visit.page.getByText('已接单：鞋底').waitFor();
  await visit.settled();
  await isGoodOnPhone(visit);
  const [mine] = (await maker.client.get('/api/my-shares', { query: { listing } })).body.items;
  expect(mine.state).toBe('accepted');

  // The loser hears that, and a reason, and no figure of anybody's.
  const loser = await phone(rival);
  await loser.open(`/my-offers/${theirs}`);
  await loser.page.getByText('未中选。原因：价格').waitFor();
  await isGoodOnPhone(loser);
  for (const path of [`/listings/${listing}`, '/my-offers', '/my-awards', '/inbox']) await loser.open(path);
  expect(await loser.traffic.carrying(...CANARIES)).toEqual([]);
});

it('accepts several awards at once and declines another with a reason, each with its own result', async () => {
  const listings = [
    await published(web, lead, { product: '鞋盒' }),
    await published(web, lead, { product: '鞋带' }),
    await published(web, lead, { product: '鞋撑' }),
  ];
  const offers = listings.map(() => randomUUID());
  for (const [n, listing] of listings.entries())
    await must(maker.client.post(`/api/listings/${listing}/offers`, { offer: offers[n], terms: offerTerms() }));
  web.clock.advance(25 * 3_600_000);
  for (const [n, listing] of listings.entries()) {
    const shares = [{ share: randomUUID(), offer: offers[n], quantity: '600', reason: 'delivery' }];
    const award = () => lead.client.post(`/api/listings/${listing}/awards`, { award: randomUUID(), shares });
    await eventually(award, ({ status }) => status === 201);
  }
  const visit = await phone(maker);
  await visit.open('/my-awards');
  for (const product of ['鞋盒', '鞋带']) await visit.page.getByRole('checkbox', { name: product }).check();
  await visit.settled();
  await isGoodOnPhone(visit);
  await visit.page.getByRole('button', { name: '接单 2 份' }).click();
  await visit.page.getByRole('dialog').getByText('16,950.00').waitFor();
  // Meanwhile a colleague has declined one of the two.
  const [one] = (await maker.client.get('/api/my-shares', { query: { listing: listings[0]! } })).body.items;
  await must(maker.client.post(`/api/listings/${listings[0]}/refusals`, { shares: [one.share], reason: 'material' }));
  await visit.page.getByRole('dialog').getByRole('button', { name: '接单' }).click();
  await visit.page.getByText('已接单：鞋带').waitFor();
  await visit.page.getByText('鞋盒：这份中选份额已有结果').waitFor();

  await visit.page.locator('.row-card', { hasText: '鞋撑' }).getByRole('button', { name: '谢绝' }).click();
  const dialog = visit.page.getByRole('dialog').last();
  await dialog.getByText('谢绝后不能再接').waitFor();
  await dialog.getByRole('button', { name: '谢绝', exact: true }).click();
  await dialog.getByText('请选原因').waitFor();
  await dialog.getByRole('radio', { name: '产能不足' }).check();
  await visit.settled();
  await isGoodOnPhone(visit);
  await dialog.getByRole('button', { name: '谢绝', exact: true }).click();
  await visit.page.getByText('已谢绝：鞋撑').waitFor();
  await visit.page.getByText('没有等你接单的中选份额').waitFor();
  await visit.settled();
  expect(visit.faults()).toEqual([]);
  const states = (await maker.client.get('/api/my-shares')).body.items.map(({ state }: { state: string }) => state);
  expect(states.slice(0, 3).sort()).toEqual(['accepted', 'declined', 'declined']);
});
