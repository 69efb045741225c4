import { Streams } from '@app/event-store';
import type { CommandContext, Recorded } from '@app/event-store';
import { decimalText, derivedId, Exact, Party, Refused, sum } from '@app/kernel';
import { listing, listingStream } from '@app/matching';
import type { AcceptedShare, ListingEvent, PublishedListing } from '@app/matching';
import type { Planned, Process } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { TakeShare } from './order-commands.rules';
import { TellOrder } from './order.handlers';
import type { OrderLine } from './order-story.rules';

type Task = { readonly listing: string; readonly shares: readonly string[]; readonly at: string };

/**
 * Accepted shares become orders: one for each lead, SME, award round, 供料方式 and VAT rate, with a line for each share.
 * The order's id follows from these, so that whatever is accepted later of the same award finds it.
 */
@Injectable()
export class OpeningProcess implements Process<ListingEvent, Task> {
  readonly name = 'order-opening';
  readonly filter = { categories: ['listing'], types: ['SharesAccepted'] };

  constructor(
    private readonly streams: Streams,
    private readonly commands: CommandBus,
  ) {}

  react(event: Recorded<ListingEvent>): Planned<Task>[] {
    if (event.type !== 'SharesAccepted') return [];
    const { shares, at } = event.data;
    return [{ do: event.id, task: { listing: event.stream.slice('listing-'.length), shares, at } }];
  }

  async perform({ listing: id, shares, at }: Task, context: CommandContext): Promise<unknown> {
    const { state } = await this.streams.load(listing, listingStream(id));
    if (!state || !('shares' in state)) return [];
    const takings = takingsOf(state, shares, at);
    const opened: string[] = [];
    for (const taking of takings) opened.push(await this.take(taking, context));
    return opened;
  }

  /** An order's id follows from what both firms know, so that one may have recorded another trade under it before. */
  private async take(taking: TakeShare, context: CommandContext): Promise<string> {
    for (let order = taking.order; ; order = derivedId('order', order)) {
      const step = { ...context, commandId: derivedId(context.commandId, order) };
      try {
        await this.commands.execute(new TellOrder(order, { ...taking, order }, step));
        return order;
      } catch (error) {
        if (!(error instanceof Refused && error.code === 'order-id-taken')) throw error;
      }
    }
  }
}

/** What each order is told of the shares that were accepted on one listing. */
export function takingsOf(state: PublishedListing, ids: readonly string[], at: string): TakeShare[] {
  const orders = new Map<string, TakeShare>();
  for (const id of ids) {
    const share = state.shares.get(id);
    if (share?.state !== 'accepted') continue;
    const { award, vatRate } = share.awarded;
    const { supplyMode } = state.terms;
    for (const { supplier, quantity } of partsOf(share)) {
      const order = derivedId('order', state.lead.registration, award, supplier.registration, supplyMode, vatRate);
      const head = { order, award, lead: state.lead, supplier, supplyMode, vatRate };
      const lines = [...(orders.get(order)?.lines ?? []), lineOf(state, id, share, quantity)];
      orders.set(order, { type: 'TakeShare', ...head, lines, at });
    }
  }
  return [...orders.values()];
}

/** A shared factory's share goes to its members as they offered, to six decimals; the last takes what rounding leaves. */
function partsOf({ supplier, awarded }: AcceptedShare): { supplier: Party; quantity: string }[] {
  const { quantity } = awarded;
  if (supplier.kind === 'enterprise') {
    const { enterprise, registration } = supplier;
    return [{ supplier: { enterprise, registration }, quantity }];
  }
  const whole = sum(supplier.shares.map((share) => share.quantity));
  let left = new Exact(quantity);
  return supplier.shares.map(({ enterprise, registration, quantity: offered }, index) => {
    const isLast = index === supplier.shares.length - 1;
    const own = isLast ? left : new Exact(quantity).times(offered).div(whole).toDecimalPlaces(6, Exact.ROUND_DOWN);
    left = left.minus(own);
    return { supplier: { enterprise, registration }, quantity: decimalText(own) };
  });
}

function lineOf(state: PublishedListing, id: string, { awarded }: AcceptedShare, quantity: string): OrderLine {
  const { unitPrice, deliverBy } = awarded;
  const { product, specification, drawingNumber, itemCode, unit, deliveryPlace } = state.terms;
  const { freightIncluded, invoiceType, paymentTermDays, paymentTermText } = state.terms;
  return {
    line: id,
    listing: state.listing,
    product,
    specification,
    drawingNumber,
    itemCode,
    unit,
    quantity,
    unitPrice,
    deliverBy,
    deliveryPlace,
    freightIncluded,
    invoiceType,
    paymentTermDays,
    paymentTermText,
  };
}
