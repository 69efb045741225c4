import { addDays, derivedId, Exact, lineAmount, Party, toFen, usccCheckCharacter } from '@app/kernel';
import type { EvidenceEvent, OrderEvent } from '@app/orders';
import type { EnterpriseEvent, LeadListEvent } from '@app/registry';
import type { Told } from './city-log';
import { Random, randomOf } from './search-goods';

// A year of a city's trade: leads on a list, SMEs that supply them, and orders that are delivered, invoiced, looked up and paid
// in parts. The same log from the same seed.

/** Events that one order brings, with those of its invoices: three at its beginning, eight for each part. */
const PARTS = 9;
export const EVENTS_PER_ORDER = 3 + 8 * PARTS;
const ORDERS_PER_SME = 14;
const LEADS = 20;
/** Orders whose events stand among each other in the log. */
const BESIDE = 20;
const PACE = 20;
const LIST = 'city-2020';
const START = Date.parse('2020-02-01T01:00:00Z');

type Step = Omit<Told, 'at'>;

/** `trade` events, and before them those of the firms and of the lead-firm list. */
export function* tradeLog(trade: number, seed = 2020): Generator<Told> {
  const random = randomOf(seed);
  const orders = Math.ceil(trade / EVENTS_PER_ORDER);
  const smes = Math.max(1, Math.round(orders / ORDERS_PER_SME));
  const leads = Array.from({ length: LEADS }, (_, n) => party(n));
  let at = START;
  const timed = ({ stream, event }: Step): Told => ({ stream, event, at: (at += PACE) });
  for (const lead of leads) for (const step of registration(lead, true, random)) yield timed(step);
  for (const step of list(leads)) yield timed(step);
  const suppliers = Array.from({ length: smes }, (_, n) => party(LEADS + n));
  for (const sme of suppliers) for (const step of registration(sme, false, random)) yield timed(step);
  let left = trade;
  for (let from = 0; from < orders; from += BESIDE) {
    const stories = Array.from({ length: Math.min(BESIDE, orders - from) }, (_, n) =>
      order(from + n, leads[Math.floor(random() * LEADS)]!, suppliers[(from + n) % smes]!, random),
    );
    for (let step = 0; step < EVENTS_PER_ORDER; step++) {
      for (const story of stories) {
        if (left-- === 0) return;
        yield timed(story[step]!);
      }
    }
  }
}

function party(n: number): Party {
  const first17 = `91350527MA${String(n + 1).padStart(7, '0')}`;
  const enterprise = first17 + usccCheckCharacter(first17);
  return { enterprise, registration: derivedId('registration', enterprise) };
}

const nameOf = (enterprise: string): string => `演示${enterprise.slice(10)}有限公司`;

function registration({ enterprise, registration: id }: Party, isLead: boolean, random: Random): Step[] {
  // Some suppliers make their goods in the next city: the versions that are compared look at different addresses.
  const area = (share: number) => (random() < share ? '350582' : '350100');
  const facts = {
    name: nameOf(enterprise),
    registeredAddress: { area: isLead ? '350582' : area(0.95), text: '演示路 1 号' },
    plantAddress: { area: isLead ? '350582' : area(0.9), text: '演示路 2 号' },
    industry: '1953',
    staff: isLead ? 2_000 : 20 + Math.floor(random() * 300),
    revenue: isLead ? '900000000' : String(3_000_000 + Math.floor(random() * 50_000_000)),
    holders: [{ holder: `person:${derivedId('holder', enterprise)}`, share: '1' }],
  };
  const by = { account: derivedId('officer', '350582'), name: '演示经办', office: '350582' };
  const events: EnterpriseEvent[] = [
    { type: 'RegistrationApplied', data: { registration: id, enterprise, from: '2018-05-01', facts } },
    { type: 'RegistrationConfirmed', data: { registration: id, evidence: [], by } },
  ];
  return events.map((event) => ({ stream: `enterprise-${enterprise}`, event }));
}

function list(leads: readonly Party[]): Step[] {
  const head = { title: '龙头企业名单', document: '演示〔2020〕1号', from: '2020-01-01', to: '2020-12-31' };
  const firms = leads.map(({ enterprise }) => ({ enterprise, name: nameOf(enterprise) }));
  const events: LeadListEvent[] = [
    { type: 'LeadListDrafted', data: { list: LIST, head, firms } },
    { type: 'LeadListPublished', data: { list: LIST, publishedOn: '2020-01-15', by: 'officer' } },
  ];
  return events.map((event) => ({ stream: `leadlist-${LIST}`, event }));
}

function order(n: number, lead: Party, supplier: Party, random: Random): Step[] {
  const id = derivedId('order', n);
  const line = derivedId('line', n);
  const at = '2020-03-01T01:00:00.000Z';
  const [buyer, seller] = [
    { side: 'lead', account: derivedId('account', lead.enterprise) },
    { side: 'supplier', account: derivedId('account', supplier.enterprise) },
  ] as const;
  const unitPrice = (2 + Math.floor(random() * 1_000) / 100).toFixed(2);
  const part = 1_000 + Math.floor(random() * 14_000);
  const signedOn = addDays('2020-02-01', Math.floor(random() * 150));
  const contract = derivedId('contract', n);
  const lines = [
    {
      ...{ line, product: '鞋底', unit: { code: 'PR', name: '双' }, quantity: String(part * PARTS), unitPrice },
      deliverBy: '2020-12-31',
    },
  ];
  const tell = (event: OrderEvent): Step => ({ stream: `order-${id}`, event });
  const confirmed = (fact: string, by: typeof buyer | typeof seller) =>
    tell({ type: 'OrderFactConfirmed', data: { fact, by, at } });
  const kind = n % 5 === 0 ? 'processing' : 'goods';
  const origin = { kind: 'award', award: derivedId('award', n) } as const;
  const steps: Step[] = [
    tell({
      type: 'OrderOpened',
      data: { order: id, lead, supplier, origin, supplyMode: kind, vatRate: '0.13', lines, at },
    }),
    tell({
      type: 'ContractEntered',
      data: {
        ...{ fact: contract, by: seller, files: [], at },
        contract: { signedOn, paymentFrom: 'delivery', paymentTermDays: 30 },
      },
    }),
    confirmed(contract, buyer),
  ];
  for (let one = 0; one < PARTS; one++) {
    const [delivery, invoice, payment] = ['delivery', 'invoice', 'payment'].map((of) => derivedId(of, n, one));
    const day = addDays(signedOn, 7 * (one + 1));
    const number = `3505${String(n).padStart(12, '0')}${String(one).padStart(4, '0')}`;
    const net = lineAmount(String(part), unitPrice);
    const gross = toFen(net.times(new Exact('1.13'))).toFixed(2);
    const figures = { invoicedOn: addDays(day, 3), net: net.toFixed(2), gross };
    // One part in ten is not paid yet.
    const paidOn = random() < 0.1 ? '2021-06-30' : addDays(day, 30);
    const evidence = (event: EvidenceEvent): Step => ({ stream: `evidence-${number}`, event });
    steps.push(
      tell({
        type: 'DeliveryEntered',
        data: {
          ...{ fact: delivery!, by: seller, files: [], at, deliveredOn: day },
          lines: [{ line, quantity: String(part) }],
        },
      }),
      tell({
        type: 'DeliveryAccepted',
        data: {
          ...{
            fact: delivery!,
            acceptance: derivedId('acceptance', n, one),
            by: buyer,
            acceptedOn: day,
            files: [],
            at,
          },
          lines: [{ line, accepted: String(part), rejected: '0' }],
        },
      }),
      evidence({
        type: 'InvoiceClaimed',
        data: {
          ...{ number, claimant: { kind: 'order', order: id, fact: invoice! }, seller: supplier, buyer: lead, figures },
          parts: [{ order: id, fact: invoice!, net: figures.net, gross }],
          ...{ source: 'hand', files: [], by: seller, at },
        },
      }),
      tell({ type: 'InvoiceEntered', data: { fact: invoice!, by: seller, files: [], at, number, ...figures } }),
      confirmed(invoice!, buyer),
      evidence({
        type: 'InvoiceChecked',
        data: {
          ...{ check: derivedId('check', n, one), state: 'valid', checkedOn: addDays(day, 5) },
          ...{ by: { account: derivedId('officer', '350582'), area: '350582' }, files: [], at },
        },
      }),
      tell({
        type: 'PaymentEntered',
        data: { fact: payment!, by: buyer, files: [], at, paidOn, gross, means: 'transfer' },
      }),
      confirmed(payment!, seller),
    );
  }
  return steps;
}
