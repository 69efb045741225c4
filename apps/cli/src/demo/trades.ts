import { Streams } from '@app/event-store';
import { Exact } from '@app/kernel';
import { order as orderDecider, orderStream } from '@app/orders';
import { OrderActs } from './order-acts';
import { Course, DemoOrder, DemoOrderLine, halves, netOf } from './orders';
import { Action, HOUR, Telling, until } from './telling';

const DAY = 24 * HOUR;

/** Days from the opening of an order until its last payment is confirmed, where all goes well. */
export const SETTLING_DAYS = 5;

/** Courses on which the lead pays; the last one in part. */
const PAID: readonly Course[] = ['settled', 'rejected', 'returned', 'partly-paid'];
const WITH_TWO_DELIVERIES: readonly Course[] = [
  ...PAID,
  'overdue',
  'disputed',
  'unanswered',
  'on-account',
  'delivering',
];
const TERM_DAYS: Partial<Record<Course, number>> = { overdue: 7, disputed: 15, 'partly-paid': 60 };

/** What becomes of the orders: contract, deliveries and acceptance, returns, invoices, payments and what is disputed. */
export class TradeStory {
  private readonly streams = this.telling.app.get(Streams);
  private readonly acts = new OrderActs(this.telling);

  constructor(private readonly telling: Telling) {}

  actions(orders: readonly DemoOrder[]): Action[] {
    return orders.flatMap((order) => [...this.signing(order), ...this.fromDelivery(order)]);
  }

  /** Also of a trade that was recorded with its contract. */
  fromDelivery(order: DemoOrder): Action[] {
    if (!WITH_TWO_DELIVERIES.includes(order.course)) return [];
    return [...this.delivering(order), ...this.returning(order), ...this.invoicing(order), ...this.paying(order)];
  }

  private signing(order: DemoOrder): Action[] {
    const at = order.openedAt + 4 * HOUR;
    const termDays = TERM_DAYS[order.course] ?? 30;
    return [
      { at, run: () => this.untilOpened(order).then(() => this.acts.sign(order, at, termDays)) },
      { at: at + 2 * HOUR, run: () => this.acts.confirm(order, 'supplier', 'contract') },
    ];
  }

  private delivering(order: DemoOrder): Action[] {
    const { course, openedAt } = order;
    const [first, second] = halves(order.lines);
    const isWaiting = course === 'delivering';
    const again = isWaiting ? this.telling.now - DAY : openedAt + 2 * DAY;
    const rejected = rejectedOf(order);
    const at = openedAt + DAY;
    return [
      { at, run: () => this.acts.deliver(order, 'delivery 1', at, first) },
      { at: at + 6 * HOUR, run: () => this.acts.accept(order, 'delivery 1', at + 6 * HOUR, first) },
      { at: again, run: () => this.acts.deliver(order, 'delivery 2', again, second) },
      ...(isWaiting
        ? []
        : [
            {
              at: again + 6 * HOUR,
              run: () => this.acts.accept(order, 'delivery 2', again + 6 * HOUR, second, rejected),
            },
          ]),
    ];
  }

  private returning(order: DemoOrder): Action[] {
    if (order.course !== 'returned') return [];
    const at = order.openedAt + 3 * DAY + 6 * HOUR;
    const back = returnedOf(order);
    const net = netOf([back]).toFixed(2);
    return [
      { at, run: () => this.acts.giveBack(order, 'delivery 1', at, back) },
      { at: at + HOUR, run: () => this.acts.confirm(order, 'supplier', 'return') },
      { at: at + 2 * HOUR, run: () => this.acts.invoice(order, 'red', at, net, 'invoice') },
      { at: at + 3 * HOUR, run: () => this.acts.confirm(order, 'lead', 'red') },
    ];
  }

  private invoicing(order: DemoOrder): Action[] {
    const { course } = order;
    if (course === 'delivering' || course === 'on-account') return [];
    const at = order.openedAt + 2 * DAY + 8 * HOUR;
    const net = invoicedOf(order).toFixed(2);
    const answered = at + 16 * HOUR;
    const text = '演示·发票金额与对账结果不符，差额待供方说明';
    const answers: Action[] =
      course === 'unanswered'
        ? []
        : course === 'disputed'
          ? [{ at: answered, run: () => this.acts.dispute(order, 'lead', 'invoice', text) }]
          : [{ at: answered, run: () => this.acts.confirm(order, 'lead', 'invoice') }];
    const checks: Action[] = PAID.includes(course)
      ? [{ at: answered + 3 * HOUR, run: () => this.acts.check(order, 'invoice', answered) }]
      : [];
    return [{ at, run: () => this.acts.invoice(order, 'invoice', at, net) }, ...answers, ...checks];
  }

  private paying(order: DemoOrder): Action[] {
    const { course } = order;
    if (!PAID.includes(course)) return [];
    const at = order.openedAt + 4 * DAY;
    const due = course === 'returned' ? invoicedOf(order).minus(netOf([returnedOf(order)])) : invoicedOf(order);
    const net = (course === 'partly-paid' ? due.times('0.4') : due).toFixed(2);
    const name = course === 'partly-paid' ? 'part payment' : 'payment';
    return [
      { at, run: () => this.acts.pay(order, name, at, net) },
      { at: at + 4 * HOUR, run: () => this.acts.confirm(order, 'supplier', name) },
    ];
  }

  /** A process opens orders, line by line of what was accepted. */
  private untilOpened({ order, lines }: DemoOrder): Promise<void> {
    return until(async () => {
      const { state } = await this.streams.load(orderDecider, orderStream(order));
      return state?.lines.size === lines.length;
    }, `the order ${order}`);
  }
}

/** What is rejected of the second delivery's first line. */
const rejectedOf = (order: DemoOrder): number =>
  order.course === 'rejected' ? Math.ceil(halves(order.lines)[1][0]!.quantity / 10) : 0;

/** What goes back of the first delivery's first line. */
function returnedOf(order: DemoOrder): DemoOrderLine {
  const [line] = halves(order.lines)[0];
  return { ...line!, quantity: Math.ceil(line!.quantity / 10) };
}

/** Without VAT: what was accepted. */
function invoicedOf(order: DemoOrder) {
  const [line] = order.lines;
  return new Exact(netOf(order.lines)).minus(netOf([{ ...line!, quantity: rejectedOf(order) }]));
}
