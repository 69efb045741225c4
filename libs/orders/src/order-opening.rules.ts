import { derivedId, Refused } from '@app/kernel';
import { checkContract, checkNamesNobody } from './order-bounds.rules';
import type { RecordOrder, TakeShare } from './order-commands.rules';
import type { OpenedOrder, Order } from './order-state.rules';
import type { OrderEvent, OrderLine } from './order-story.rules';

export function takeShare(command: TakeShare, state: Order): OrderEvent[] {
  const { type: _, award, lines, at, ...head } = command;
  if (!state) return [{ type: 'OrderOpened', data: { ...head, origin: { kind: 'award', award }, lines, at } }];
  const isSame = state.origin.kind === 'award' && state.origin.award === award && isBetween(state, command);
  if (!isSame) throw new Refused('order-id-taken', {}, 'order');
  const added = lines.map((line) => ofItsOwn(line, state)).filter(({ line }) => !state.lines.has(line));
  return added.length > 0 ? [{ type: 'OrderLinesAdded', data: { lines: added, at } }] : [];
}

const isBetween = (order: OpenedOrder, { lead, supplier }: TakeShare): boolean =>
  order.lead.registration === lead.registration && order.supplier.registration === supplier.registration;

/** A share's id is its lead's choice, and holds within one listing. */
function ofItsOwn(line: OrderLine, { lines }: OpenedOrder): OrderLine {
  const { line: share, listing = '' } = line;
  const before = lines.get(share);
  return before === undefined || before.listing === listing
    ? line
    : { ...line, line: derivedId('line', listing, share), share };
}

export function recordOrder(command: RecordOrder, state: Order): OrderEvent[] {
  const { type: _, by, account, fact, files, lead, supplier, lines, contract, at, ...head } = command;
  if (state) {
    const before = state.facts.get(fact);
    const isOwn = before?.kind === 'opening' && state[before.by.side].registration === by.registration;
    if (isOwn) return [];
    throw new Refused('order-id-taken', {}, 'order');
  }
  const side =
    by.registration === lead.registration ? 'lead' : by.registration === supplier.registration ? 'supplier' : undefined;
  if (!side) throw new Refused('order-not-yours');
  if (lead.enterprise === supplier.enterprise) throw new Refused('order-with-oneself', {}, 'partner');
  if (lines.length === 0) throw new Refused('lines-missing', {}, 'lines');
  const repeated = lines.findIndex(({ line }, index) => lines.findIndex((one) => one.line === line) < index);
  if (repeated >= 0) throw new Refused('line-repeated', {}, `lines/${repeated}/line`);
  lines.forEach(checkLineNamesNobody);
  checkContract(contract, at);
  const parties = { lead, supplier };
  const origin = { kind: 'recorded', fact } as const;
  return [
    { type: 'OrderOpened', data: { ...head, ...parties, origin, lines, contract, by: { side, account }, files, at } },
  ];
}

function checkLineNamesNobody(line: OrderLine, index: number): void {
  checkNamesNobody({
    [`lines/${index}/product`]: line.product,
    [`lines/${index}/specification`]: line.specification,
    [`lines/${index}/drawingNumber`]: line.drawingNumber,
    [`lines/${index}/itemCode`]: line.itemCode,
    [`lines/${index}/unit/name`]: line.unit.name,
    [`lines/${index}/deliveryPlace/text`]: line.deliveryPlace?.text,
    [`lines/${index}/paymentTermText`]: line.paymentTermText,
  });
}
