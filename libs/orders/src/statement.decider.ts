import { Decider, Exact, Party, Refused, sameJson, shanghaiDay, sum } from '@app/kernel';
import { checkNamesNobody } from './order-bounds.rules';
import type { FirmPerson } from './order-commands.rules';
import type { Commitment, DisputeReason, OrderFile, OrderSide } from './order-story.rules';
import type { DividedPayment, StatementContent, StatementEvent } from './statement-story.rules';

export type StatementCommand =
  /** Parties, deliveries and what stands are folded from the orders by whoever asks; invoices are claimed before. */
  | (FirmPerson &
      StatementContent & {
        type: 'DrawUpStatement';
        statement: string;
        lead: Party;
        supplier: Party;
        month: string;
        files: readonly OrderFile[];
        at: string;
      })
  | (FirmPerson & { type: 'ConfirmStatement'; at: string })
  | (FirmPerson & { type: 'DisputeStatement'; reason: DisputeReason; text?: Commitment; at: string })
  | (FirmPerson & { type: 'WithdrawStatement'; at: string })
  /** By a process: what an order said to its part. */
  | { type: 'RecordRefusedPart'; order: string; fact: string; code: string; at: string };

export const STATEMENT_STATES = ['drawn-up', 'confirmed', 'disputed', 'withdrawn'] as const;
export type StatementState = (typeof STATEMENT_STATES)[number];

type DrawnUp = Extract<StatementEvent, { type: 'StatementDrawnUp' }>['data'];

export type Statement =
  | (DrawnUp & {
      readonly state: StatementState;
      /** Who confirmed it. */
      readonly confirmedBy?: { readonly side: OrderSide; readonly account: string };
      /** Facts of parts that their orders did not take. */
      readonly refused: readonly string[];
    })
  | undefined;

export const MOST_OF_STATEMENT = 2_000;

export const statement: Decider<Statement, StatementCommand, StatementEvent> = {
  initial: undefined,

  decide(command, state) {
    if (command.type === 'DrawUpStatement') return drawUp(command, state);
    if (!state) throw new Refused('statement-unknown');
    if (command.type === 'RecordRefusedPart') {
      const { type: _, ...data } = command;
      return state.refused.includes(command.fact) ? [] : [{ type: 'StatementPartRefused', data }];
    }
    const { at, account } = command;
    const by = { side: sideOf(state, command.by), account };
    const isOwn = by.side === state.by.side;
    switch (command.type) {
      case 'ConfirmStatement':
        if (isOwn) throw new Refused('statement-own');
        if (state.state === 'confirmed') return [];
        open(state);
        return [{ type: 'StatementConfirmed', data: { by, at } }];
      case 'DisputeStatement': {
        const { reason, text } = command;
        if (isOwn) throw new Refused('statement-own');
        if (state.state === 'disputed') return [];
        open(state);
        if (reason === 'other' && !text) throw new Refused('reason-text-missing', {}, 'text');
        return [{ type: 'StatementDisputed', data: { by, reason, text, at } }];
      }
      case 'WithdrawStatement':
        if (!isOwn) throw new Refused('statement-not-own');
        if (state.state === 'withdrawn') return [];
        open(state);
        return [{ type: 'StatementWithdrawn', data: { by, at } }];
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'StatementDrawnUp':
        return { ...event.data, state: 'drawn-up', refused: [] };
      case 'StatementConfirmed':
        return state && { ...state, state: 'confirmed', confirmedBy: event.data.by };
      case 'StatementDisputed':
        return state && { ...state, state: 'disputed' };
      case 'StatementWithdrawn':
        return state && { ...state, state: 'withdrawn' };
      case 'StatementPartRefused':
        return state && { ...state, refused: [...state.refused, event.data.fact] };
    }
  },
};

/** Whether the statement still holds an invoice that it divides: none that every order refused its part of. */
export const holdsClaims = (state: Statement, number: string): boolean =>
  (state?.state === 'drawn-up' || state?.state === 'confirmed') &&
  state.invoices.some((one) => one.number === number && one.parts.some(({ fact }) => !state.refused.includes(fact)));

function drawUp(command: Extract<StatementCommand, { type: 'DrawUpStatement' }>, state: Statement): StatementEvent[] {
  const { type: _, by: party, account, ...content } = command;
  const side = sideOf(command, party);
  if (state) {
    const same = (one: Pick<DrawnUp, 'month' | 'lead' | 'supplier' | 'invoices' | 'payments' | 'orders'>) => {
      const { month, lead, supplier, invoices, payments, orders } = one;
      return { month, lead, supplier, invoices, payments, orders };
    };
    if (state.by.side === side && sameJson(same(state), same(command))) return [];
    throw new Refused('statement-id-taken', {}, 'statement');
  }
  const { invoices, payments, orders } = command;
  const lists = [command.deliveries, command.standingInvoices, command.standingPayments, invoices, payments];
  const entries = lists.reduce((count, list) => count + list.length, 0);
  if (entries === 0) throw new Refused('statement-empty');
  if (entries > MOST_OF_STATEMENT) throw new Refused('statement-too-long', { most: String(MOST_OF_STATEMENT) });
  for (const [at, { parts }] of [...invoices, ...payments].entries()) {
    const unlisted = parts.some(({ order }) => !orders.includes(order));
    const list = at < invoices.length ? 'invoices' : 'payments';
    if (unlisted || parts.length === 0) throw new Refused('statement-order-missing', {}, `${list}/parts`);
  }
  if (new Set(invoices.map(({ number }) => number)).size < invoices.length) {
    throw new Refused('statement-invoice-twice', {}, 'invoices');
  }
  for (const [index, payment] of payments.entries()) checkPayment(payment, index, shanghaiDay(command.at));
  if (new Set(payments.map(({ payment }) => payment)).size < payments.length) {
    throw new Refused('statement-payment-twice', {}, 'payments');
  }
  return [{ type: 'StatementDrawnUp', data: { ...content, by: { side, account } } }];
}

function checkPayment({ gross, paidOn, reference, parts }: DividedPayment, index: number, today: string): void {
  const place = `payments/${index}`;
  checkNamesNobody({ [`${place}/reference`]: reference });
  const whole = new Exact(gross);
  if (paidOn > today) throw new Refused('payment-dated-ahead', {}, `${place}/paidOn`);
  if ([whole, ...parts.map((part) => new Exact(part.gross))].some((amount) => amount.isZero())) {
    throw new Refused('payment-zero', {}, `${place}/amount`);
  }
  if (
    sum(parts.map((part) => part.gross))
      .abs()
      .greaterThan(whole.abs())
  ) {
    throw new Refused('payment-parts-exceed', {}, `${place}/parts`);
  }
  if (new Set(parts.map(({ order }) => order)).size < parts.length) {
    throw new Refused('payment-order-twice', {}, `${place}/parts`);
  }
}

function sideOf({ lead, supplier }: { lead: Party; supplier: Party }, { registration }: Party): OrderSide {
  if (lead.registration === registration) return 'lead';
  if (supplier.registration === registration) return 'supplier';
  throw new Refused('statement-unknown');
}

function open({ state }: NonNullable<Statement>): void {
  if (state !== 'drawn-up') throw new Refused('statement-settled');
}
