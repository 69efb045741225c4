import { addDays, addWorkingDays, shanghaiDay, startOfDay } from '@app/kernel';
import { ClaimActs } from './claim-acts';
import type { DemoFirm } from './city';
import { OrderActs } from './order-acts';
import { DemoOrder, DemoOrderLine, halves, netOf } from './orders';
import { FEE_THRESHOLD, OUTPUT_THRESHOLD, ROUND_DAYS, roundOf } from './policies';
import { Action, HOUR, Telling } from './telling';
import { SETTLING_DAYS } from './trades';

const DAY = 24 * HOUR;
/** Of the policy: working days of the notice, and days of the stand-still after it. */
const NOTICE_DAYS = 5;
const STAND_STILL_DAYS = 3;

/** How far the claims come, in the order in which firms get them. */
const STAGES = [
  'recovering',
  'passed-down',
  'paid',
  'on-notice',
  'city-passed',
  'county-passed',
  'applied',
  'not-supported',
  'approved',
] as const;
type Stage = (typeof STAGES)[number];

/** Courses that end with the whole payment. */
const SETTLED: readonly DemoOrder['course'][] = ['settled', 'rejected', 'returned'];

export type Claimants = {
  /** Its claim is returned, and waits for the firm. */
  readonly returned: DemoFirm;
  readonly lead: DemoFirm;
  /** Firms whose facts change while claims are checked. */
  readonly leftOut: readonly DemoFirm[];
};

/** Claims of firms whose trade is settled, each at a stage of its own. */
export class ClaimStory {
  private readonly acts = new ClaimActs(this.telling);
  private readonly trade = new OrderActs(this.telling);
  private readonly filedAt = this.on(ROUND_DAYS - 1, 10);

  constructor(private readonly telling: Telling) {}

  actions(orders: readonly DemoOrder[], { returned, lead, leftOut }: Claimants): Action[] {
    const { acts } = this;
    const firms = this.settled(orders).filter((firm) => firm !== returned && !leftOut.includes(firm));
    const firmAt = new Map<Stage, DemoFirm | undefined>(STAGES.map((stage, n) => [stage, firms[n]]));
    const those = (...stages: readonly Stage[]) => stages.flatMap((stage) => firmAt.get(stage) ?? []);
    const each = (act: (firm: DemoFirm) => Promise<unknown>, whose: readonly DemoFirm[]) => () =>
      Promise.all(whose.map(act));

    const paid = those('paid', 'recovering');
    const funded = [...paid, ...those('passed-down')];
    const listed = [...funded, ...those('approved')];
    const reviewed = [...listed, ...those('on-notice')];
    const seenByCity = [...reviewed, ...those('city-passed')];
    const seenByCounty = [...seenByCity, ...those('county-passed')];
    const smes = [...those(...STAGES), returned];
    const shownAt = this.on(ROUND_DAYS - 3, 10);
    const approvedAt = this.afterNotice(shownAt);
    const steps: Action[] = [
      { at: this.filedAt, run: each((firm) => acts.file(firm, roundOf('cluster-sme')), smes) },
      { at: this.filedAt + HOUR, run: () => acts.file(lead, roundOf('cluster-lead')) },
      { at: this.filedAt + 5 * HOUR, run: each((firm) => acts.county(firm), seenByCounty) },
      { at: this.filedAt + 6 * HOUR, run: () => acts.giveBack(returned) },
      { at: this.on(ROUND_DAYS - 2, 10), run: each((firm) => acts.city(firm), seenByCity) },
      { at: this.on(ROUND_DAYS - 2, 11), run: each((firm) => acts.refuse(firm), those('not-supported')) },
      { at: this.on(ROUND_DAYS - 2, 15), run: each((firm) => acts.reviewJointly(firm), reviewed) },
      { at: shownAt, run: () => acts.show(listed, 'first') },
      { at: this.on(10, 10), run: each((firm) => acts.askReview(firm), those('not-supported')) },
      { at: approvedAt, run: each((firm) => acts.approve(firm), listed) },
      { at: approvedAt + 5 * HOUR, run: each((firm) => acts.passDown(firm), funded) },
      { at: approvedAt + DAY, run: each((firm) => acts.preparePayment(firm), paid) },
      { at: approvedAt + DAY + 5 * HOUR, run: each((firm) => acts.pay(firm, approvedAt + DAY), paid) },
      ...those('recovering').flatMap((firm) => this.recovering(firm, orders, approvedAt + 2 * DAY)),
      { at: this.on(2, 10), run: () => acts.show(those('on-notice'), 'second') },
      { at: this.on(1, 11), run: each((firm) => acts.object(firm, 'second'), those('on-notice')) },
    ];
    // Around long holidays the notice has not run out by the last day.
    return steps.filter(({ at }) => at <= this.telling.now);
  }

  /** Goods go back after the payment, with a red invoice: what was paid beyond the claim's worth comes back. */
  private recovering(firm: DemoFirm, orders: readonly DemoOrder[], at: number): Action[] {
    const { acts, trade } = this;
    const order = orders.filter(({ supplier, course }) => supplier === firm && course === 'settled').at(-1);
    if (!order) return [];
    const [{ quantity, ...line }] = halves(order.lines)[0] as [DemoOrderLine];
    const back = { ...line, quantity: Math.ceil(quantity / 2) };
    const net = netOf([back]).toFixed(2);
    return [
      { at, run: () => trade.giveBack(order, 'delivery 1', at, back) },
      { at: at + HOUR, run: () => trade.confirm(order, 'supplier', 'return') },
      { at: at + 2 * HOUR, run: () => trade.invoice(order, 'red', at, net, 'invoice') },
      { at: at + 3 * HOUR, run: () => trade.confirm(order, 'lead', 'red') },
      { at: at + 4 * HOUR, run: () => acts.confirmRecovery(firm) },
    ];
  }

  /** Suppliers whose settled trade reaches a threshold, those first whose county has people who pay. */
  private settled(orders: readonly DemoOrder[]): DemoFirm[] {
    const paying = this.telling.signIns.flatMap((one) => (one.role === 'county-finance' ? [one.area] : []));
    const firms = [...new Set(orders.map(({ supplier }) => supplier))].filter((firm) => {
      const own = orders.filter(({ supplier }) => supplier === firm);
      const isLate = own.some(({ course }) => course === 'on-account');
      // What was rejected or went back is less than a tenth.
      const settled = own.filter((one) => this.isSettled(one));
      const reaches = (mode: DemoOrder['supplyMode'], threshold: string) =>
        netOf(settled.filter(({ supplyMode }) => supplyMode === mode).flatMap(({ lines }) => lines))
          .times('0.9')
          .gte(threshold);
      return !isLate && (reaches('goods', OUTPUT_THRESHOLD) || reaches('processing', FEE_THRESHOLD));
    });
    const pays = ({ area }: DemoFirm) => paying.includes(area);
    return [...firms.filter(pays), ...firms.filter((firm) => !pays(firm))];
  }

  private isSettled({ course, openedAt }: DemoOrder): boolean {
    return SETTLED.includes(course) && openedAt + SETTLING_DAYS * DAY < this.filedAt;
  }

  private afterNotice(shownAt: number): number {
    const until = addWorkingDays(shanghaiDay(shownAt), NOTICE_DAYS);
    return startOfDay(addDays(until, STAND_STILL_DAYS + 1)) + 10 * HOUR;
  }

  private on(daysAgo: number, hour: number): number {
    return startOfDay(addDays(this.telling.today, -daysAgo)) + hour * HOUR;
  }
}
