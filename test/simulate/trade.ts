import { Streams } from '@app/event-store';
import { addDays, derivedId, Exact, instantText, shanghaiDeadline, toFen, withVat } from '@app/kernel';
import {
  AcceptLines,
  AddLines,
  AwardLines,
  listing,
  listingStream,
  OfferOnLines,
  PublishCatalogue,
  TellCatalogue,
} from '@app/matching';

import { RecordTrade } from '@app/orders';
import { City, groupedBy, partyOf, personOf, SimulatedFirm } from './city';
import type { Firms } from './firms';
import { nextNumber, perform, Performance, Plan, planOf } from './performing';

// From the catalogue to accepted shares, and trade that was not matched here. A year has four waves.

const WAVES = ['2020-02-10', '2020-04-13', '2020-06-15', '2020-08-17'];
/** Days after the wave's first in which its orders are delivered, invoiced and paid. */
const PERFORMED_AFTER = 60;
/** Of all orders, those that were not matched here. */
const RECORDED = 0.08;
/** Suppliers of one lead. */
const POOL = 12;

type Part = { readonly supplier: SimulatedFirm; readonly quantity: string; readonly price: string };
type Line = {
  readonly listing: string;
  readonly lead: SimulatedFirm;
  readonly award: string;
  readonly mode: 'goods' | 'processing';
  readonly quantity: string;
  readonly parts: readonly Part[];
};

/** What an order is worth on average, in yuan: so that a middling supplier comes near the thresholds. */
const meanOf = (orders: number, suppliers: number): number => (9_000_000 * suppliers) / orders;

export async function tradeAYear(city: City, firms: Firms, orders: number): Promise<Performance[]> {
  const mean = meanOf(orders, firms.smes.length);
  const recorded = Math.max(6, Math.round(orders * RECORDED));
  const performed: Performance[] = [];
  for (const [wave, day] of WAVES.entries()) {
    const share = Math.round(((orders - recorded) * (wave + 1)) / WAVES.length);
    const lines = planWave(city, firms, wave, share - performed.length, mean);
    const opened = await matched(city, lines, day);
    const own = opened.map((order) => ({ ...order, plan: planOf(city, order) }));
    city.goTo(addDays(day, PERFORMED_AFTER), 2);
    await city.inTurns(own, (order) => perform(city, order));
    performed.push(...own);
    city.say(`${day}: ${lines.length} listings, ${own.length} orders performed`);
  }
  city.goTo('2020-12-28');
  const others = Array.from({ length: recorded }, (_, n) => plannedRecord(city, firms, n, mean));
  await city.inTurns(others, async ({ order, recording }) => {
    await city.tellAs(order.supplier, (context) => new RecordTrade(recording, personOf(order.supplier), context));
    await perform(city, order);
  });
  city.say(`${others.length} orders that were not matched here`);
  return [...performed, ...others.map(({ order }) => order)];
}

function planWave(
  { draw, id, chance, between }: City,
  { leads, smes }: Firms,
  wave: number,
  orders: number,
  mean: number,
): Line[] {
  const lines: Line[] = [];
  let planned = 0;
  for (let n = 0; planned < orders; n++) {
    const place = n % leads.length;
    const turn = Math.floor(n / leads.length);
    const lead = leads[place]!;
    const supplierAt = (at: number) => smes[(place * 5 + (at % POOL)) % smes.length]!;
    const [first, second] = [supplierAt(turn), supplierAt(turn + 1)];
    const isSplit = chance(0.15) && planned + 2 <= orders && POOL < smes.length;
    const mode = chance(0.3) ? 'processing' : 'goods';
    const quantity = between(5, 40) * 50;
    const whole = mean * lead.weight * first.weight * (mode === 'goods' ? 1 : 0.4) * (0.3 + 1.4 * draw());
    const price = new Exact(whole / quantity).toDecimalPlaces(3).toFixed();
    const taken = isSplit ? Math.floor(quantity * 0.6) : quantity;
    const parts = [{ supplier: first, quantity: String(taken), price }];
    if (isSplit) parts.push({ supplier: second, quantity: String(quantity - taken), price });
    // One order for each line and supplier: no two lines of an award share both.
    const award = id('award', wave, place, turn);
    lines.push({ listing: id('listing', wave, n), lead, award, mode, quantity: String(quantity), parts });
    planned += parts.length;
  }
  return lines;
}

async function matched(city: City, lines: readonly Line[], day: string): Promise<Omit<Performance, 'plan'>[]> {
  city.goTo(day);
  const quotingDeadline = shanghaiDeadline(`${addDays(day, 1)} 18:00`)!;
  const byLead = [...groupedBy(lines, ({ lead }) => lead)];
  await city.inTurns(byLead, ([lead, own]) => publish(city, lead, own, day, quotingDeadline));

  city.goTo(day, 4);
  const offered = lines.flatMap((line) => line.parts.map((part) => ({ line, ...part })));
  const receivedAt = instantText(city.clock.now());
  await city.inTurns([...groupedBy(offered, ({ supplier }) => supplier)], async ([supplier, own]) => {
    const offers = own.map(({ line, quantity, price }) => ({
      listing: line.listing,
      offer: derivedId('offer', line.listing, supplier.enterprise),
      terms: { quantity, unitPrice: price, vatRate: '0.13', deliverBy: addDays(day, 55) },
    }));
    allDone(await city.tellAs(supplier, (context) => new OfferOnLines(partyOf(supplier), offers, receivedAt, context)));
  });

  city.goTo(addDays(day, 1), 10);
  const streams = city.app.get(Streams);
  for (const line of lines) {
    const stream = listingStream(line.listing);
    await city.until(`the close of ${line.listing}`, async () => {
      return (await streams.load(listing, stream)).state?.phase === 'closed';
    });
  }
  await city.inTurns([...groupedBy(lines, ({ award }) => award)], async ([award, own]) => {
    const { lead } = own[0]!;
    const awards = own.map((line) => ({
      listing: line.listing,
      notChosen: [],
      shares: line.parts.map(({ supplier, quantity }) => ({
        share: shareOf(line, supplier),
        offer: derivedId('offer', line.listing, supplier.enterprise),
        quantity,
        reason: 'price' as const,
      })),
    }));
    allDone(await city.tellAs(lead, (context) => new AwardLines(personOf(lead), award, awards, context)));
  });
  await city.inTurns([...groupedBy(offered, ({ supplier }) => supplier)], async ([supplier, own]) => {
    const accepted = own.map(({ line }) => ({ listing: line.listing, shares: [shareOf(line, supplier)] }));
    allDone(await city.tellAs(supplier, (context) => new AcceptLines(partyOf(supplier), accepted, context)));
  });
  await city.quiet();
  return offered.map(({ line: { lead, award, mode, listing: from, ...line }, supplier, quantity, price }) => ({
    order: derivedId('order', lead.registration, award, supplier.registration, mode, '0.13'),
    line: shareOf({ ...line, listing: from }, supplier),
    ...{ listing: from, lead, supplier, quantity, price, begins: addDays(day, 2) },
  }));
}

const shareOf = (line: Pick<Line, 'listing'>, { enterprise }: SimulatedFirm): string =>
  derivedId('share', line.listing, enterprise);

function allDone({ lines }: { readonly lines: readonly { readonly result: string }[] }): void {
  const refused = lines.find(({ result }) => result !== 'done');
  if (refused) throw new Error(JSON.stringify(refused));
}

async function publish(city: City, lead: SimulatedFirm, own: readonly Line[], day: string, quotingDeadline: string) {
  const catalogue = city.id('catalogue', lead.enterprise, day);
  const by = partyOf(lead);
  const terms = { title: `${day.slice(0, 7)} 产品需求目录`, from: day, to: addDays(day, 60) };
  const open = { type: 'OpenCatalogue', catalogue, kind: 'demand', by, terms } as const;
  await city.tellAs(lead, (context) => new TellCatalogue(catalogue, open, context));
  const drafts = own.map(({ listing: id, mode, quantity }) => ({
    listing: id,
    terms: {
      ...{ product: '鞋底', unit: { code: 'PR', name: '双' }, quantity, supplyMode: mode, freightIncluded: true },
      ...{ deliveryPlace: { area: lead.area }, deliverBy: addDays(day, 58), invoiceType: 'special' as const },
      ...{ paymentTermDays: 30, quotingDeadline, acceptanceHours: 72, partsAccepted: true, earlyCloseAllowed: false },
      visibility: { class: 'public' as const },
    },
  }));
  await city.tellAs(lead, (context) => new AddLines(catalogue, by, drafts, context));
  const { refused } = await city.tellAs(lead, (context) => new PublishCatalogue(catalogue, personOf(lead), context));
  if (refused.length > 0) throw new Error(JSON.stringify(refused[0]));
}

/** What a supplier sold in 2020 and tells of only now: enough for an award of its own. */
export async function tradeOfLastYear(city: City, lead: SimulatedFirm, supplier: SimulatedFirm): Promise<void> {
  const about = ['told-late', lead.enterprise] as const;
  const [order, fact, line] = [city.id('recorded', ...about), city.id('opening', ...about), city.id('line', ...about)];
  const [quantity, price, begins, net] = ['1000', '9000', '2020-05-11', '9000000.00'];
  const goods = { line, product: '鞋面', unit: { code: 'PR', name: '双' }, quantity, unitPrice: price };
  const recording = {
    ...{
      order,
      fact,
      as: 'supplier' as const,
      partner: lead.enterprise,
      supplyMode: 'goods' as const,
      vatRate: '0.13',
    },
    lines: [{ ...goods, deliverBy: addDays(begins, 50) }],
    contract: { signedOn: begins, paymentFrom: 'delivery', paymentTermDays: 30 },
    attachments: [],
  } as const;
  await city.tellAs(supplier, (context) => new RecordTrade(recording, personOf(supplier), context));
  const invoice = { fact: city.id('invoice', order, 0), number: nextNumber(), net, day: addDays(begins, 30) };
  const paid = toFen(withVat(net, '0.13')).toFixed(2);
  const plan: Plan = {
    ...{ delivery: city.id('delivery', order), delivered: quantity, rejected: '0', invoices: [invoice], paid },
    ...{ payment: 'in-time', isContractConfirmed: true, isFirstInvoiceTakenBack: false },
  };
  await perform(city, { order, line, lead, supplier, quantity, price, begins, opening: fact, plan });
}

/** An older relation, a contract of before the year that is performed in it, and a buyer who is on no list. */
function plannedRecord(city: City, { leads, unlisted, smes }: Firms, n: number, mean: number) {
  const kind = n % 3;
  const lead = kind === 2 ? unlisted : leads[n % leads.length]!;
  const supplier = smes[((n % leads.length) * 5 + (city.between(0, 1_000) % POOL)) % smes.length]!;
  const [order, fact, line] = [city.id('recorded', n), city.id('opening', n), city.id('line', n)];
  const signedOn = ['2019-06-10', '2019-12-20', '2020-05-11'][kind]!;
  const begins = ['2019-06-10', '2020-03-02', '2020-05-11'][kind]!;
  const price = new Exact((mean * supplier.weight) / 1_000).toDecimalPlaces(3).toFixed();
  const goods = { line, product: '鞋面', unit: { code: 'PR', name: '双' }, quantity: '1000', unitPrice: price };
  const recording = {
    ...{
      order,
      fact,
      as: 'supplier' as const,
      partner: lead.enterprise,
      supplyMode: 'goods' as const,
      vatRate: '0.13',
    },
    lines: [{ ...goods, deliverBy: addDays(begins, 50) }],
    contract: { signedOn, paymentFrom: 'delivery' as const, paymentTermDays: 30 },
    attachments: [],
  };
  const known = { order, line, lead, supplier, quantity: '1000', price, begins, opening: fact };
  return { order: { ...known, plan: planOf(city, known) }, recording };
}
