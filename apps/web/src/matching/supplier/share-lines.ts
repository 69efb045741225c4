import type { Api } from '../../api/client';

type Share = Api['ShareView'];
type Line = { readonly listing: string; readonly shares: string[] };

/** Shares as a body of acceptances has them: one line for each listing, in the order they were chosen. */
export function linesOf(shares: readonly Pick<Share, 'listing' | 'share'>[]): Line[] {
  const lines = new Map<string, string[]>();
  for (const { listing, share } of shares) lines.set(listing, [...(lines.get(listing) ?? []), share]);
  return [...lines].map(([listing, some]) => ({ listing, shares: some }));
}
