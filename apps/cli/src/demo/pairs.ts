import { addDays, derivedId, shanghaiDay, startOfDay, sum } from '@app/kernel';
import { AnswerStatement, DrawUpStatement, RecordTrade } from '@app/orders';
import type { DemoFirm } from './city';
import { factOf, invoiceNumberOf, OrderActs, personOf } from './order-acts';
import { DemoOrder, grossOf, netOf } from './orders';
import { TradeStory } from './trades';
import { Action, HOUR, Telling } from './telling';

/** Days before the last one on which the month's statement is drawn up. */
const STATEMENT_DAYS = 3;
/** Days before the last one on which the trade is recorded that was not matched here. */
const RECORDED_DAYS = 27;

/** What two firms do between them, beside one awarded order: a statement 对账单, and a trade that was not matched here. */
export class PairStory {
  private readonly acts = new OrderActs(this.telling);

  constructor(
    private readonly telling: Telling,
    private readonly trades: TradeStory,
  ) {}

  actions(orders: readonly DemoOrder[], recorded: DemoOrder): Action[] {
    const own = orders.filter(({ course }) => course === 'on-account');
    return [...(own.length > 0 ? this.statement(own) : []), ...this.recording(recorded)];
  }

  /** One invoice and one payment over two orders, drawn up by the supplier and confirmed by the lead. */
  private statement(orders: readonly DemoOrder[]): Action[] {
    const { lead, supplier } = orders[0]!;
    const statement = derivedId('demo-statement', ...orders.map(({ order }) => order));
    const at = startOfDay(addDays(this.telling.today, -STATEMENT_DAYS)) + 15 * HOUR;
    const day = shanghaiDay(at);
    const nets = orders.map((one) => ({ order: one.order, amount: netOf(one.lines).toFixed(2), rate: one.vatRate }));
    const grosses = nets.map(({ order, amount, rate }) => ({ order, amount: grossOf(amount, rate) }));
    const whole = (parts: readonly { amount: string }[]) => sum(parts.map(({ amount }) => amount));
    const invoice = {
      number: invoiceNumberOf(statement),
      invoicedOn: day,
      amount: whole(nets).toFixed(2),
      amountIs: 'net',
      tax: whole(grosses).minus(whole(nets)).toFixed(2),
      parts: nets.map(({ order, amount }) => ({ order, amount })),
    } as const;
    const payment = {
      payment: derivedId('demo-statement-payment', statement),
      paidOn: day,
      amount: whole(grosses).toFixed(2),
      means: 'transfer',
      reference: '演示回单·月结',
      parts: grosses,
    } as const;
    const asked = {
      ...{ statement, month: day.slice(0, 7), orders: orders.map(({ order }) => order), attachments: [] },
      ...{ invoices: [invoice], payments: [payment] },
    };
    return [
      {
        at,
        run: () =>
          this.telling.tell(
            supplier,
            `draw up ${statement}`,
            (context) => new DrawUpStatement(asked, personOf(supplier), context),
          ),
      },
      {
        at: at + 20 * HOUR,
        run: () =>
          this.telling.tell(
            lead,
            `confirm ${statement}`,
            (context) => new AnswerStatement(statement, { type: 'ConfirmStatement' }, personOf(lead), context),
          ),
      },
    ];
  }

  private recording(trade: DemoOrder): Action[] {
    const { order, lead, supplier, supplyMode, vatRate, openedAt } = trade;
    const lines = trade.lines.map(({ line, quantity, unitPrice }) => ({
      ...{ line, product: '鞋底', specification: '演示规格 R-1', unit: { code: 'PR', name: '双' } },
      ...{ quantity: String(quantity), unitPrice, deliverBy: shanghaiDay(openedAt + 480 * HOUR) },
    }));
    const contract = { signedOn: shanghaiDay(openedAt), paymentFrom: 'delivery', paymentTermDays: 30 } as const;
    const fact = factOf(trade, 'opening');
    const head = { order, fact, as: 'supplier', partner: lead.enterprise, supplyMode, vatRate } as const;
    return [
      {
        at: openedAt,
        run: async () => {
          const attachments = [await this.telling.keep(supplier, 'contract', order)];
          const recorded = { ...head, lines, contract, attachments };
          const step = `record ${order}`;
          await this.telling.tell(supplier, step, (context) => new RecordTrade(recorded, personOf(supplier), context));
        },
      },
      { at: openedAt + HOUR, run: () => this.acts.confirm(trade, 'lead', 'opening') },
      ...this.trades.fromDelivery(trade),
    ];
  }
}

/** A trade of these two firms that was not matched here. */
export function recordedTrade(today: string, lead: DemoFirm, supplier: DemoFirm): DemoOrder {
  const order = derivedId('demo-recorded', lead.registration, supplier.registration);
  return {
    ...{ order, lead, supplier, supplyMode: 'goods', vatRate: '0.13', course: 'settled' },
    lines: [{ line: derivedId('demo-line', order), quantity: 20_000, unitPrice: '12.5' }],
    openedAt: startOfDay(addDays(today, -RECORDED_DAYS)) + 10 * HOUR,
  };
}
