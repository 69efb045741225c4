import { randomUUID } from 'node:crypto';
import { Exact, shanghaiDay } from '@app/kernel';
import type { TestApp } from './app';
import { Awarding } from './awarding';
import { eventually, Firm, offerTerms, uploaded } from './firms';
import { must } from './sealed-offers';
import { tracesOf } from './walk';

// One order from its award to money, whose figures, numbers and words stand nowhere else, entered by the real API.

/** Statements 对账单 are the two firms' and the auditor's business; the rest is also that of the offices over them. */
export type TradeSecret = {
  readonly name: string;
  readonly of: 'order' | 'statement';
  readonly traces: readonly string[];
};

export const FIGURES = {
  price: '91.734519',
  ordered: '1873.519347',
  delivered: '1211.403817',
  accepted: '1097.261539',
  rejected: '53.817263',
  rest: '101.937461',
  net: '73519.27',
  gross: '83076.78',
  paid: '61937.45',
} as const;

export class SealedTrade {
  readonly secrets: TradeSecret[] = [];
  order = '';
  listing = '';
  delivery = '';
  readonly award = randomUUID();
  readonly statement = randomUUID();
  readonly invoice = '3500201739-48151623';
  readonly divided = '3500201739-42424217';
  attachment = '';

  constructor(
    private readonly city: TestApp,
    private readonly lead: Firm,
    private readonly maker: Firm,
    private readonly rival: Firm,
  ) {}

  async plantAll(): Promise<void> {
    await this.awarded();
    await this.performed();
    await this.stated();
    const { order, statement, invoice, divided, attachment } = this;
    for (const [name, value] of Object.entries(FIGURES))
      this.secrets.push({ name, of: 'order', traces: tracesOf(value) });
    const { receipt, ...words } = WORDS;
    const ids = { order, statement, invoice, divided, attachment };
    for (const [name, value] of Object.entries({ ...words, ...ids })) {
      this.secrets.push({ name, of: 'order', traces: [value] });
    }
    this.secrets.push({ name: 'receipt', of: 'statement', traces: [receipt] });
  }

  /** To the maker, and not to the rival, who offered too. */
  private async awarded(): Promise<void> {
    const { city, lead, maker, rival, award } = this;
    const round = new Awarding(city, lead);
    const { price: unitPrice, ordered: quantity } = FIGURES;
    await round.publish({ quantity: '3000', visibility: { class: 'public' } });
    const bid = await round.offer(0, maker, offerTerms({ unitPrice, quantity }));
    await round.offer(0, rival, offerTerms({ unitPrice: '99', quantity: '3000' }));
    await round.close();
    this.listing = round.lines[0]!;
    const share = { share: randomUUID(), offer: bid.offer, quantity, reason: 'price' };
    await must(lead.client.post('/api/awards', { award, lines: [{ listing: this.listing, shares: [share] }] }));
    const acceptance = { lines: [{ listing: this.listing, shares: [share.share] }] };
    await must(maker.client.post('/api/acceptances', acceptance));
    const found = await eventually(
      async () => (await maker.client.get('/api/orders')).body.items as { order: string }[],
      ({ length }) => length > 0,
    );
    this.order = found[0]!.order;
  }

  private async performed(): Promise<void> {
    const { lead, maker, order } = this;
    const path = `/api/orders/${order}`;
    const today = shanghaiDay(this.city.clock.now());
    const [{ line }] = (await must(maker.client.get(path))).body.lines as [{ line: string }];
    const agreed = async (from: Firm, to: Firm, act: string, body: object): Promise<string> => {
      const fact = randomUUID();
      await must(from.client.post(`${path}/${act}`, { fact, ...body }));
      await must(to.client.post(`${path}/facts/${fact}/confirmation`));
      return fact;
    };
    const contract = { number: WORDS.contract, signedOn: today, paymentFrom: 'delivery', paymentTermDays: 30 };
    await agreed(lead, maker, 'contract', { contract });
    const { id } = await uploaded(maker.client, `${WORDS.file}.pdf`);
    this.attachment = id;
    this.delivery = randomUUID();
    const { delivered, accepted, rejected, ordered, rest, net, paid } = FIGURES;
    const lines = [{ line, quantity: delivered }];
    const head = { fact: this.delivery, deliveredOn: today, note: WORDS.note, attachments: [id] };
    await must(maker.client.post(`${path}/deliveries`, { ...head, lines }));
    const acceptance = { acceptance: randomUUID(), acceptedOn: today, reason: 'quality' };
    const answered = { ...acceptance, lines: [{ line, accepted, rejected }] };
    await must(lead.client.post(`${path}/deliveries/${this.delivery}/acceptances`, answered));
    const less = new Exact(ordered).minus(rest).toFixed();
    await agreed(lead, maker, 'changes', { lines: [{ line, quantity: less }], reason: '需求减少' });
    await agreed(maker, lead, 'invoices', this.invoiced(this.invoice, today, net));
    await agreed(lead, maker, 'payments', {
      paidOn: today,
      gross: paid,
      means: 'transfer',
      reference: WORDS.reference,
    });
    const disputed = randomUUID();
    const paidTwice = { fact: disputed, paidOn: today, gross: '1', means: 'cash' };
    await must(lead.client.post(`${path}/payments`, paidTwice));
    await must(maker.client.post(`${path}/facts/${disputed}/dispute`, { reason: 'other', text: WORDS.dispute }));
    await eventually(
      async () => (await lead.client.get(`/api/awards`, { query: { listing: this.listing } })).body.items[0].quantity,
      (quantity) => quantity === less,
    );
  }

  private invoiced(number: string, invoicedOn: string, amount: string) {
    return { number, invoicedOn, amount, amountIs: 'net', source: 'hand' };
  }

  private async stated(): Promise<void> {
    const { maker, order, statement, divided: number } = this;
    const today = shanghaiDay(this.city.clock.now());
    const part = (amount: string) => ({ amount, parts: [{ order, amount }] });
    const invoices = [{ number, invoicedOn: today, amountIs: 'net', ...part('10.00') }];
    const payment = { payment: randomUUID(), paidOn: today, means: 'transfer', reference: WORDS.receipt };
    const drawn = {
      statement,
      month: today.slice(0, 7),
      orders: [order],
      invoices,
      payments: [{ ...payment, ...part('5.00') }],
    };
    await must(maker.client.post('/api/statements', drawn));
  }
}

export const WORDS = {
  contract: 'HT-7Q4X-KANARI',
  note: 'SHD-9W2K-KANARI',
  reference: 'YH-3J8V-KANARI',
  file: 'kanari-songhuodan-5R1T',
  dispute: 'kanari 未收到该笔现金 8L6M',
  receipt: 'HZD-6P0S-KANARI',
} as const;
