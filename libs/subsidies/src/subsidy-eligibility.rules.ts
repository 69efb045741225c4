import { addDays } from '@app/kernel';
import { type Derivation, together } from './derivation.rules';
import type { FirmSize, TradePolicy } from './policy-door-policy.rules';
import type { Enterprise, Facts, Known, Order } from './policy-door-reading.rules';
import { relations } from './subsidy-relation.rules';

// Whether the trade of an order counts under a policy: tested as of its contract date, in a fixed order of reasons.

export const ORDER_REASONS = [
  'not-beneficiary',
  'outside-window',
  'not-on-lead-list',
  'not-in-city',
  'too-large',
  'related',
  'not-new',
] as const;
export type OrderReason = (typeof ORDER_REASONS)[number];

type Facing = Pick<Facts, 'asOf' | 'beneficiary' | 'orders'>;

/**
 * The policy's test of one order: the first reason that holds against it, or the lead that it counts for, which is its own or the
 * one whose subsidiary buys. Tells the derivation why.
 */
export function eligibility(
  policy: TradePolicy,
  facts: Facing,
  told: Derivation,
): (order: Order) => { readonly reason: OrderReason } | { readonly lead: Enterprise } {
  const { window, area, sizes, newPairing, related } = policy;
  const isRelated = related === null ? undefined : relations(related);
  const lookBack = newPairing === null || newPairing.rule === 'increase' ? undefined : lookBackOf(policy, facts);

  return (order) => {
    const { id, supplier, contractDate } = order;
    const { lead, events: parentEvents } = actingLead(order, policy);
    const values = { order: id, lead: order.lead.id, supplier: supplier.id, kind: order.kind, contractDate };
    const out = { events: together(order.events, parentEvents) };

    const mine = policy.beneficiary === 'lead' ? lead : supplier;
    if (mine !== facts.beneficiary) {
      told.tell('order-not-beneficiary', { ...values, beneficiary: facts.beneficiary.id }, out);
      return { reason: 'not-beneficiary' };
    }
    if (contractDate < window.from || contractDate > window.to) {
      told.tell('order-outside-window', { ...values, ...window }, out);
      return { reason: 'outside-window' };
    }
    const listed = listedOn(lead, contractDate);
    if (!listed) {
      told.tell('order-not-on-lead-list', values, out);
      return { reason: 'not-on-lead-list' };
    }
    if (area !== null && !isInCity(supplier[area])) {
      const rests = { events: together(order.events, supplier.events) };
      told.tell('order-not-in-city', { ...values, address: area, area: supplier[area] ?? '' }, rests);
      return { reason: 'not-in-city' };
    }
    const size = sizeOn(supplier, contractDate);
    if (sizes !== null && !(size && sizes.includes(size.size))) {
      const rests = { events: together(order.events, size?.events) };
      if (size) told.tell('order-too-large', { ...values, size: size.size }, rests);
      else told.tell('order-size-unknown', values, rests);
      return { reason: 'too-large' };
    }
    const relation = relationOf(order, lead, isRelated);
    if (related !== null && relation.related) {
      told.tell('order-related', { ...values, related }, { events: together(order.events, relation.events) });
      return { reason: 'related' };
    }
    const earlier = lookBack?.earliest(order, lead);
    if (earlier) {
      const { order: earlierOrder, date: earlierDate, kind: earlierKind } = earlier;
      const rests = { events: together(order.events, earlier.events) };
      told.tell('order-not-new', { ...values, earlierOrder, earlierDate, earlierKind }, rests);
      return { reason: 'not-new' };
    }

    told.tell('order', { ...values, ...window }, { events: order.events });
    const firms = { order: id, lead: lead.id, supplier: supplier.id };
    if (lead !== order.lead) {
      const subsidiary = { order: id, subsidiary: order.lead.id, lead: lead.id, contractDate };
      told.tell('subsidiary-of-lead', subsidiary, { events: parentEvents });
    }
    const { from, to } = listed;
    told.tell('lead-on-list', { order: id, lead: lead.id, contractDate, from, to }, { events: listed.events });
    if (area !== null) {
      const where = { order: id, supplier: supplier.id, address: area, area: supplier[area]! };
      told.tell('supplier-in-city', where, { events: supplier.events });
    }
    if (sizes !== null && size) {
      const of = { order: id, supplier: supplier.id, size: size.size, contractDate };
      told.tell('size-allowed', of, { events: size.events });
    }
    if (related !== null) told.tell('not-related', { ...firms, related, contractDate }, { events: relation.events });
    if (lookBack) {
      if (lookBack.from === undefined) told.tell('pair-never-before', { ...firms, to: lookBack.to });
      else told.tell('pair-new', { ...firms, from: lookBack.from, to: lookBack.to });
    }
    return { lead };
  };
}

/**
 * The lead of an order for this policy. Where subsidiaries count, an enterprise that is itself on no list on the day acts for
 * its parent on the list; one that is listed acts for itself, so that no trade counts for two.
 */
export function actingLead(
  { lead, contractDate }: Order,
  { subsidiaries, area }: Pick<TradePolicy, 'subsidiaries' | 'area'>,
): { readonly lead: Enterprise; readonly events?: readonly string[] } {
  if (!subsidiaries || lead.parents.length === 0 || listedOn(lead, contractDate)) return { lead };
  if (subsidiaries === 'in-city' && !isInCity(lead[area ?? 'registration'])) return { lead };
  const parent = lead.parents.find(
    (one) =>
      one.from <= contractDate &&
      (one.to === undefined || one.to >= contractDate) &&
      listedOn(one.lead, contractDate) !== undefined,
  );
  return parent ? { lead: parent.lead, events: parent.events } : { lead };
}

/** 市域内: a county of the city by its code, or one of its two zones, which have none. */
export const isInCity = (area: string | null): boolean =>
  area !== null && (/^3505\d\d$/.test(area) || area === 'zone:quanzhou-kaifaqu' || area === 'zone:taishang');

/** The entry in force on a day: the latest one that is not after it. */
export const sizeOn = ({ sizes }: Enterprise, day: string): Known<{ readonly size: FirmSize }> | undefined =>
  sizes.find(({ from }) => from <= day);

const listedOn = ({ lists }: Enterprise, day: string): Enterprise['lists'][number] | undefined =>
  lists.find(({ from, to }) => from <= day && day <= to);

/** A supplier related to the subsidiary that buys is as little a stranger as one related to its parent. */
function relationOf(
  { lead: buyer, supplier, contractDate }: Order,
  lead: Enterprise,
  isRelated: ReturnType<typeof relations> | undefined,
): { readonly related: boolean; readonly events: readonly string[] } {
  if (!isRelated) return { related: false, events: [] };
  const own = isRelated(buyer, supplier, contractDate);
  if (own.related || lead === buyer) return own;
  const parents = isRelated(lead, supplier, contractDate);
  return { related: parents.related, events: together(own.events, parents.events) };
}

type Sighting = Known<{
  readonly order: string;
  readonly date: string;
  readonly kind: 'contract' | 'delivery' | 'payment';
}>;

/** What is known of each pair before the window, from the first day looked back to. */
function lookBackOf({ newPairing, window }: TradePolicy, { orders, asOf }: Facing) {
  const from = newPairing?.rule === 'never' ? undefined : newPairing?.since;
  const to = addDays(window.from, -1);
  const isSeen = (date: string): boolean => (from === undefined || date >= from) && date <= to && date <= asOf;
  const first = new Map<Enterprise, Map<Enterprise, Sighting>>();
  const note = ({ lead, supplier, id }: Order, date: string, kind: Sighting['kind'], events: readonly string[]) => {
    if (!isSeen(date)) return;
    let row = first.get(lead);
    if (!row) first.set(lead, (row = new Map<Enterprise, Sighting>()));
    const known = row.get(supplier);
    // Orders come by contract date, then id, and the facts of each by date: the first of a day stays.
    if (!known || date < known.date) row.set(supplier, { order: id, date, kind, events });
  };
  for (const order of orders) {
    if (order.contractDate > asOf) continue;
    note(order, order.contractDate, 'contract', order.events);
    for (const { date, events } of order.deliveries) note(order, date, 'delivery', events);
    for (const { date, events } of order.payments) note(order, date, 'payment', events);
  }
  return {
    ...{ from, to },
    earliest: ({ lead: buyer, supplier }: Order, lead: Enterprise): Sighting | undefined =>
      first.get(buyer)?.get(supplier) ?? (lead === buyer ? undefined : first.get(lead)?.get(supplier)),
  };
}
