import { Attachments } from '@app/attachments';
import { Accounts, Vault } from '@app/auth';
import type { Actor } from '@app/auth';
import { EventStore } from '@app/event-store';
import type { Recorded } from '@app/event-store';
import { Injectable } from '@nestjs/common';
import { duesAsOf } from './dues-as-of.rules';
import {
  OrderActorView,
  OrderClockView,
  OrderedLineView,
  OrderFactView,
  OrderFileView,
  OrderStoryEntryView,
} from './order-answer.rules';
import { factActs, lineFigures, ORDER_HOLDERS, waitsFor } from './order-figures.rules';
import { paymentsOf } from './order-dues.rules';
import { ORDER_TEXTS, orderStream } from './order.handlers';
import { actingAs, sideOf } from './order-readers.handlers';
import { OrderRow, unpacked } from './order-row.view';
import { silenceEnds } from './order-silence.rules';
import { counts, isOpen, LineNow, OpenedOrder, OrderFact } from './order-state.rules';
import type { FactAnswer } from './order-state.rules';
import type { Commitment, OrderEvent, OrderFile } from './order-story.rules';
import type { OrderDues } from './payment-clock.rules';

type By = FactAnswer['by'];

/** What a page of an order needs besides its row: names of people and files, and words that stand in the vault. */
@Injectable()
export class OrderPages {
  constructor(
    private readonly store: EventStore,
    private readonly accounts: Accounts,
    private readonly attachments: Attachments,
    private readonly vault: Vault,
  ) {}

  async facts(row: OrderRow, actor: Actor): Promise<OrderFactView[]> {
    const order = unpacked(row.folded);
    const all = [...order.facts.values()];
    const actorOf = await this.people(row, actor, [
      ...all.map(({ by }) => by),
      ...all.flatMap((fact) => (fact.kind === 'delivery' ? fact.acceptances.map(({ by }) => by) : [])),
      ...all.flatMap(({ answer }) => answer?.by ?? []),
    ]);
    const named = await this.files(row);
    const reader = actingAs(row, actor);
    return Promise.all(
      all.map(async (fact): Promise<OrderFactView> => {
        const { fact: id, kind, state, by, at, files, answer } = fact;
        return {
          ...{ fact: id, kind, state, at },
          counts: counts(fact),
          by: actorOf(by),
          files: named(files),
          ...(answer && {
            answer: {
              ...{ by: actorOf(answer.by), at: answer.at, reason: answer.reason },
              text: await this.words(answer.text),
              files: named(answer.files ?? []),
            },
          }),
          waitsFor: isOpen(fact) ? ORDER_HOLDERS.filter((whose) => waitsFor(fact, whose)) : [],
          ...(state === 'entered' && { unansweredFrom: silenceEnds(fact.waitingSince) }),
          acts: factActs(fact, reader),
          ...detailOf(fact, actorOf, named),
        };
      }),
    );
  }

  async story(row: OrderRow, actor: Actor): Promise<OrderStoryEntryView[]> {
    const events: Recorded<OrderEvent>[] = [];
    for await (const event of this.store.read(orderStream(row.order))) events.push(event as Recorded<OrderEvent>);
    const kinds = new Map(row.folded.facts.map(({ fact, kind }) => [fact, kind]));
    const actorOf = await this.people(
      row,
      actor,
      events.flatMap(({ data }) => ('by' in data && data.by ? data.by : [])),
    );
    return Promise.all(
      events.map(async ({ id, type, data }): Promise<OrderStoryEntryView> => {
        const fact = 'fact' in data ? data.fact : undefined;
        return {
          ...{ event: id, type, at: data.at, fact },
          ...(fact !== undefined && { kind: kinds.get(fact) }),
          ...('by' in data && data.by && { by: actorOf(data.by) }),
          ...('reason' in data && { reason: data.reason }),
          ...('decision' in data && { decision: data.decision }),
          ...('text' in data && { text: await this.words(data.text) }),
          ...('lines' in data && { lines: data.lines.map(storyLine) }),
          on: dayOf(data),
        };
      }),
    );
  }

  /** Undefined once the words were erased: the event's commitment proves nothing any more. */
  private words(text: Commitment | undefined): Promise<string | undefined> {
    return text ? this.vault.getText(ORDER_TEXTS, text.id, text.sha256) : Promise.resolve(undefined);
  }

  /** A firm is shown its own people and officers by name, an office everybody's account. */
  private async people(row: OrderRow, actor: Actor, all: readonly By[]): Promise<(by: By) => OrderActorView> {
    const side = sideOf(row, actor);
    const contacts = await this.accounts.contacts([...new Set(all.map(({ account }) => account))]);
    return ({ account, side: whose, area }) => {
      const isNamed = whose === undefined || whose === side;
      const name = isNamed ? contacts.get(account)?.name : undefined;
      return {
        side: whose ?? 'office',
        ...(name !== undefined && { name }),
        ...((side === undefined || isNamed) && { account }),
        ...(area !== undefined && { area }),
      };
    };
  }

  private async files({ files }: OrderRow): Promise<(of: readonly OrderFile[]) => OrderFileView[]> {
    const stored = await this.attachments.find(files);
    return (of) => of.map((file) => ({ ...file, name: stored.get(file.id)?.name ?? '' }));
  }
}

function detailOf(
  fact: OrderFact,
  actorOf: (by: By) => OrderActorView,
  named: (files: readonly OrderFile[]) => OrderFileView[],
): Partial<OrderFactView> {
  switch (fact.kind) {
    case 'opening':
      return {};
    case 'contract':
      return { contract: fact.contract };
    case 'delivery': {
      const { deliveredOn, note, lines, acceptances } = fact;
      const parts = acceptances.map(({ by, lines: own, files, ...rest }) => {
        return { ...rest, by: actorOf(by), lines: [...own], files: named(files) };
      });
      return { deliveredOn, note, lines: [...lines], acceptances: parts };
    }
    case 'return': {
      const { returnedOn, delivery, lines, reason } = fact;
      return { returnedOn, delivery, lines: [...lines], reason };
    }
    case 'invoice': {
      const { number, invoicedOn, net, gross, redOf, statement } = fact;
      return { number, invoicedOn, net, gross, redOf, statement };
    }
    case 'payment': {
      const { paidOn, gross, means, maturesOn, reference, statement } = fact;
      return { paidOn, gross, means, maturesOn, reference, statement };
    }
    case 'change':
      return { lines: [...fact.lines], reason: fact.reason };
    case 'end':
      return { end: fact.end, reason: fact.reason };
  }
}

const storyLine = (line: object & { readonly line: string }) => {
  const {
    line: id,
    quantity,
    accepted,
    rejected,
    unitPrice,
    deliverBy,
  } = line as Partial<Record<'quantity' | 'accepted' | 'rejected' | 'unitPrice' | 'deliverBy', string>> & {
    line: string;
  };
  return { line: id, quantity, accepted, rejected, unitPrice, deliverBy };
};

function dayOf(data: OrderEvent['data']): string | undefined {
  if ('contract' in data && data.contract) return data.contract.signedOn;
  if ('deliveredOn' in data) return data.deliveredOn;
  if ('acceptedOn' in data) return data.acceptedOn;
  if ('returnedOn' in data) return data.returnedOn;
  if ('invoicedOn' in data) return data.invoicedOn;
  return 'paidOn' in data ? data.paidOn : undefined;
}

export function orderedLine(order: OpenedOrder, line: LineNow): OrderedLineView {
  const { awarded, ...rest } = line;
  return {
    ...rest,
    awardedQuantity: awarded.quantity,
    awardedUnitPrice: awarded.unitPrice,
    ...lineFigures(order, line),
  };
}

/** The clock of an order on a day, with the interest of every due. */
export function orderClock(order: OpenedOrder, dues: OrderDues, today: string): OrderClockView {
  const states = duesAsOf(dues, paymentsOf(order), today);
  return { ...dues.rates, dues: states.map((state) => ({ ...state })) };
}
