import { addDays, derivedId, shanghaiDay, startOfDay } from '@app/kernel';
import { Attachments } from '@app/attachments';
import { EvidenceLoan, RequestFinance, TellFinanceRequest, TellLoan } from '@app/finance';
import type { DemoFirm } from './city';
import { DemoOrder, netOf } from './orders';
import { accountOf, Action, demoFile, HOUR, partyOf, Telling } from './telling';

/** Days before the last one on which finance is asked for. */
const ASKED_DAYS = 12;
const TERM_MONTHS = 6;
/** By the year. */
const RATE = '0.0315';
const RELENDING = '0.0165';

type Entry = TellFinanceRequest['entry'];

/** Finance on orders: one request that became a confirmed loan, one that waits for an adviser, and a loan to be confirmed. */
export class FinanceStory {
  private readonly adviser = this.telling.person('演示·金融顾问').account;
  private readonly bank = this.telling.person('演示·银行').account;

  constructor(private readonly telling: Telling) {}

  actions(orders: readonly DemoOrder[], granted: DemoFirm, waiting: DemoFirm): Action[] {
    const [first] = orders.filter(({ supplier }) => supplier === granted);
    const [second] = orders.filter(({ supplier }) => supplier === waiting);
    return [...(first ? this.granted(first) : []), ...(second ? this.waiting(second) : [])];
  }

  private granted(order: DemoOrder): Action[] {
    const { supplier } = order;
    const request = requestOf(order);
    const at = this.on(ASKED_DAYS, 10);
    const answer = derivedId('demo-bank-answer', request);
    const amount = amountOf(order);
    const day = shanghaiDay(at + 72 * HOUR);
    const offer = { kind: 'offer', amount, rate: RATE, termMonths: TERM_MONTHS, validUntil: addDays(day, 20) } as const;
    const { adviser, bank } = this;
    const person = { ...partyOf(supplier), account: accountOf(supplier) };
    const tell = (account: string, entry: Entry) => () => this.told(request, account, entry);
    const loan = this.evidencing(order, day, request);
    return [
      { at, run: () => this.ask(order) },
      {
        at: at + 2 * HOUR,
        run: tell(adviser, { type: 'AssignAdviser', adviser, by: adviser, isOffice: false }),
      },
      { at: at + 4 * HOUR, run: tell(adviser, { type: 'PassToBanks', banks: [bank], by: adviser }) },
      { at: at + 24 * HOUR, run: tell(bank, { type: 'AnswerRequest', answer, bank, terms: offer }) },
      { at: at + 48 * HOUR, run: tell(person.account, { type: 'ChooseOffer', answer, by: person }) },
      { at: at + 71 * HOUR, run: tell(bank, { type: 'GrantFinance', bank }) },
      { at: at + 72 * HOUR, run: loan.evidence },
      { at: at + 76 * HOUR, run: loan.confirm },
    ];
  }

  /** Its loan was evidenced without a request, and waits for the firm's word; its request waits for an adviser. */
  private waiting(order: DemoOrder): Action[] {
    const at = this.on(ASKED_DAYS - 8, 10);
    return [
      { at, run: () => this.ask(order) },
      { at: at + 24 * HOUR, run: this.evidencing(order, shanghaiDay(at + 24 * HOUR)).evidence },
    ];
  }

  private ask(order: DemoOrder): Promise<unknown> {
    const { supplier } = order;
    const asked = {
      ...{ request: requestOf(order), order: order.order, amount: amountOf(order) },
      purpose: 'raw-material',
      ...{ termMonths: TERM_MONTHS, consent: true, text: '演示·备料资金，账期内回款' },
    } as const;
    const by = { ...partyOf(supplier), account: accountOf(supplier) };
    return this.telling.tell(
      supplier,
      `ask finance ${order.order}`,
      (context) => new RequestFinance(asked, by, context),
    );
  }

  private evidencing(order: DemoOrder, day: string, request?: string) {
    const { supplier } = order;
    const { bank: account, telling } = this;
    let loan: string | undefined;
    const evidence = async () => {
      const { bytes, id } = demoFile(supplier.registration, 'loan', order.order);
      await telling.app.get(Attachments).keep({ id, account, registration: undefined, name: '演示-loan.pdf', bytes });
      const terms = {
        ...{ contractNumber: `演借-${order.order.slice(0, 8)}`, signedOn: day, amount: amountOf(order), drawnOn: day },
        ...{ dueOn: addDays(day, 180), preferential: true, renews: false },
      };
      const form = {
        ...{ borrower: supplier.enterprise, lender: '演示银行', terms, attachments: [id] },
        ...{ rate: { rate: RATE, relending: RELENDING }, ...(request !== undefined && { request }) },
      };
      const { stream } = await telling.tellAs(
        { account },
        `evidence loan ${order.order}`,
        (context) => new EvidenceLoan(form, account, context),
      );
      loan = stream.slice('loan-'.length);
    };
    const confirm = () => {
      const by = { ...partyOf(supplier), account: accountOf(supplier) };
      return telling.tell(
        supplier,
        `confirm loan ${order.order}`,
        (context) => new TellLoan(loan!, { type: 'ConfirmLoan', by }, context),
      );
    };
    return { evidence, confirm };
  }

  private told(request: string, account: string, entry: Entry): Promise<unknown> {
    return this.telling.tellAs(
      { account },
      `${entry.type} ${request}`,
      (context) => new TellFinanceRequest(request, entry, context),
    );
  }

  private on(daysAgo: number, hour: number): number {
    return startOfDay(addDays(this.telling.today, -daysAgo)) + hour * HOUR;
  }
}

const requestOf = ({ order }: DemoOrder): string => derivedId('demo-finance', order);

/** Half of what was ordered, in whole thousands and at least one. */
const amountOf = ({ lines }: DemoOrder): string =>
  String(Math.max(1, Math.floor(netOf(lines).div(2_000).toNumber())) * 1_000);
