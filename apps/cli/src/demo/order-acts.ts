import { Accounts } from '@app/auth';
import { addDays, derivedId, shanghaiDay } from '@app/kernel';
import { ActOnOrder, RecordInvoiceCheck, RegisterInvoice } from '@app/orders';
import { OFFICES } from '@app/registry';
import type { DemoFirm } from './city';
import { DemoOrder, DemoOrderLine, grossOf } from './orders';
import { accountOf, partyOf, Telling } from './telling';

type Side = 'lead' | 'supplier';

export const personOf = (firm: DemoFirm) => ({ by: partyOf(firm), account: accountOf(firm) });

/** The id of a fact by its name in the story. */
export const factOf = ({ order }: Pick<DemoOrder, 'order'>, name: string): string =>
  derivedId('demo-fact', order, name);

/** Made-up: twenty digits as all-digital invoices have, with a year that has not come. */
export const invoiceNumberOf = (...of: string[]): string => {
  const digits = [...derivedId('demo-invoice', ...of).replaceAll('-', '')].map((hex) => parseInt(hex, 16) % 10);
  return `99350527${digits.slice(0, 12).join('')}`;
};

/** What people of both firms, and offices, enter on an order. Days are given as instants of the act. */
export class OrderActs {
  constructor(private readonly telling: Telling) {}

  async sign(order: DemoOrder, at: number, termDays: number): Promise<void> {
    const { lead } = order;
    const contract = {
      number: `演示-${order.order.slice(0, 8)}`,
      signedOn: shanghaiDay(at),
      tolerance: '0.05',
      paymentFrom: 'acceptance',
      paymentTermDays: termDays,
      lateInterest: '0.06',
    } as const;
    const attachments = [await this.telling.keep(lead, 'contract', order.order)];
    const fact = factOf(order, 'contract');
    await this.act(order, 'lead', 'contract', { type: 'EnterContract', fact, contract, attachments });
  }

  deliver(order: DemoOrder, name: string, at: number, lines: readonly DemoOrderLine[]): Promise<unknown> {
    const deliver = {
      type: 'EnterDelivery',
      fact: factOf(order, name),
      deliveredOn: shanghaiDay(at),
      note: `演示送货单 ${order.order.slice(0, 4)}-${name.slice(-1)}`,
      lines: delivered(lines).map(({ line, quantity }) => ({ line, quantity: String(quantity) })),
    } as const;
    return this.act(order, 'supplier', name, deliver);
  }

  /** `rejected`: how many of the first line. */
  accept(order: DemoOrder, name: string, at: number, lines: readonly DemoOrderLine[], rejected = 0): Promise<unknown> {
    const accept = {
      type: 'AcceptDelivery',
      fact: factOf(order, name),
      acceptance: factOf(order, `accept ${name}`),
      acceptedOn: shanghaiDay(at),
      lines: delivered(lines).map(({ line, quantity }, n) => {
        const bad = n === 0 ? rejected : 0;
        return { line, accepted: String(quantity - bad), rejected: String(bad) };
      }),
      ...(rejected > 0 && { reason: 'quality' as const }),
    } as const;
    return this.act(order, 'lead', `accept ${name}`, accept);
  }

  giveBack(order: DemoOrder, name: string, at: number, { line, quantity }: DemoOrderLine): Promise<unknown> {
    const lines = [{ line, quantity: String(quantity) }];
    const head = { fact: factOf(order, 'return'), returnedOn: shanghaiDay(at), delivery: factOf(order, name) };
    return this.act(order, 'lead', 'return', { type: 'EnterReturn', ...head, lines, reason: 'quality' });
  }

  /** `net` above zero, also of a red invoice. */
  invoice(order: DemoOrder, name: string, at: number, net: string, redOf?: string): Promise<unknown> {
    const { supplier } = order;
    const asked = {
      fact: factOf(order, name),
      number: invoiceNumberOf(order.order, name),
      invoicedOn: shanghaiDay(at),
      amount: net,
      amountIs: 'net',
      ...(redOf !== undefined && { redOf: invoiceNumberOf(order.order, redOf) }),
      source: 'hand',
      attachments: [],
    } as const;
    return this.telling.tell(
      supplier,
      `${name} ${order.order}`,
      (context) => new RegisterInvoice(order.order, asked, personOf(supplier), context),
    );
  }

  /** 查验, by a clerk of the supplier's county whom nobody signs in as: whoever looks an invoice up decides no claim on it. */
  async check(order: DemoOrder, name: string, at: number): Promise<unknown> {
    const account = await this.clerkOf(order.supplier.area);
    const by = { account, area: order.supplier.area };
    const check = { check: factOf(order, `check ${name}`), checkedOn: shanghaiDay(at), attachments: [] };
    const number = invoiceNumberOf(order.order, name);
    return this.telling.tellAs(
      { account },
      `check ${name} ${order.order}`,
      (context) => new RecordInvoiceCheck(number, { ...check, state: 'valid' }, by, context),
    );
  }

  private async clerkOf(area: string): Promise<string> {
    const accounts = this.telling.app.get(Accounts);
    const id = derivedId('demo-account', 'invoice-checks', area);
    const at = OFFICES.findIndex((office) => office.area === area);
    await accounts.create({ id, name: `演示·${OFFICES[at]!.zh}查验`, mobile: `1350000${String(at).padStart(4, '0')}` });
    await accounts.grantRole(id, 'county-officer', area);
    return id;
  }

  pay(order: DemoOrder, name: string, at: number, net: string): Promise<unknown> {
    const { lead, vatRate } = order;
    const paid = { paidOn: shanghaiDay(at), gross: grossOf(net, vatRate), reference: `演示回单${name}` };
    const bill = lead.staff > 2_500 && name === 'payment';
    const means = bill
      ? ({ means: 'bank-bill', maturesOn: addDays(paid.paidOn, 180) } as const)
      : ({ means: 'transfer' } as const);
    return this.act(order, 'lead', name, { type: 'EnterPayment', fact: factOf(order, name), ...paid, ...means });
  }

  confirm(order: DemoOrder, side: Side, name: string): Promise<unknown> {
    return this.act(order, side, `confirm ${name}`, { type: 'ConfirmFact', fact: factOf(order, name) });
  }

  dispute(order: DemoOrder, side: Side, name: string, text: string): Promise<unknown> {
    const dispute = { type: 'DisputeFact', fact: factOf(order, name), reason: 'wrong-amount', text } as const;
    return this.act(order, side, `dispute ${name}`, dispute);
  }

  private act(order: DemoOrder, side: Side, step: string, act: ActOnOrder['act']): Promise<unknown> {
    const firm = order[side];
    return this.telling.tell(
      firm,
      `${step} ${order.order}`,
      (context) => new ActOnOrder(order.order, personOf(firm), act, context),
    );
  }
}

const delivered = (lines: readonly DemoOrderLine[]): DemoOrderLine[] => lines.filter(({ quantity }) => quantity > 0);
