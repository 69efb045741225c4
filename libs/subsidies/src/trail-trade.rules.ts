import { wholeInvoice } from './entitlement.decider';
import type { DerivationLine } from './derivation.rules';

// What a claim's derivation says of one order or one invoice.

/** Lines that tell why the trade of an order counts or not, before any amount. */
const WHY: ReadonlySet<string> = new Set([
  'order',
  'lead-on-list',
  'subsidiary-of-lead',
  'supplier-in-city',
  'size-allowed',
  'not-related',
  'pair-new',
  'pair-never-before',
  'order-not-beneficiary',
  'order-outside-window',
  'order-not-on-lead-list',
  'order-not-in-city',
  'order-too-large',
  'order-size-unknown',
  'order-related',
  'order-not-new',
]);

/** By order, in the order of the derivation. */
export function whyByOrder(lines: readonly DerivationLine[]): ReadonlyMap<string, readonly DerivationLine[]> {
  const found = new Map<string, DerivationLine[]>();
  for (const line of lines) {
    const { order } = line.values;
    if (order === undefined || !WHY.has(line.code)) continue;
    found.set(order, [...(found.get(order) ?? []), line]);
  }
  return found;
}

/** A value by the name under which the derivation knows an invoice: as it is, or as the part of an order. */
export const valueOf = (values: Readonly<Record<string, string>>, number: string, order: string): string | undefined =>
  [number, `${number}#${order}`].flatMap((name) => (Object.hasOwn(values, name) ? [values[name]!] : []))[0];

/** Counted amounts by whole invoice; of a divided one each part by itself. */
export function namedInvoices(counted: Readonly<Record<string, string>>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [name, amount] of Object.entries(counted)) {
    const whole = wholeInvoice(name);
    found.set(whole, [...(found.get(whole) ?? []), amount]);
  }
  return found;
}
