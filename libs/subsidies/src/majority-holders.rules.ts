import { Exact, isUscc } from '@app/kernel';
import type { Decimal } from 'decimal.js';

export type HolderShare = { readonly holder: string; readonly share: string };

const HALF = '0.5';

/** Enterprises that hold more than half of another one: it is their subsidiary. Several entries of one holder add up. */
export function majorityHolders(holders: readonly HolderShare[], of: string): string[] {
  const held = new Map<string, Decimal>();
  for (const { holder, share } of holders) held.set(holder, new Exact(share).plus(held.get(holder) ?? 0));
  return [...held].flatMap(([holder, share]) =>
    isUscc(holder) && holder !== of && share.greaterThan(HALF) ? [holder] : [],
  );
}
