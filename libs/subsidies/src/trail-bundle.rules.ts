import { canonicalHash } from '@app/kernel';
import type { ClaimHead, Grounds } from './claim-story.rules';
import type { DerivationLine } from './derivation.rules';

// A claim with everything that its last decision rests on, so that it recomputes with no platform at hand.

export const BUNDLE_FORMAT = 'peitao-claim-bundle/1';

/** An event as it leaves: without its position, which is a cursor, and the salt that keeps hashes from being guessed. */
export type BundledEvent = {
  readonly id: string;
  readonly stream: string;
  readonly revision: string;
  readonly type: string;
  readonly data: object;
  readonly metadata: {
    readonly actor: string;
    readonly enterprise: string;
    readonly recordedAt: string;
    readonly commandId: string;
    readonly schema: string;
  };
};

export type BundleContent = {
  readonly format: typeof BUNDLE_FORMAT;
  readonly knownAt: string;
  readonly claim: ClaimHead;
  readonly grounds: Grounds;
  readonly policy: {
    readonly scheme: string;
    readonly version: string;
    readonly terms: object;
    readonly evaluation: object;
  };
  readonly facts: object;
  readonly counted: Readonly<Record<string, string>>;
  readonly derivation: readonly DerivationLine[];
  readonly events: readonly BundledEvent[];
};
export type Bundle = BundleContent & { readonly sha256: string };

export const bundleOf = (content: BundleContent): Bundle => ({ ...content, sha256: canonicalHash(content) });

/** Streams that a value's `rests` name, wherever they stand in it. */
export function streamsNamedIn(value: unknown): string[] {
  const found = new Set<string>();
  const walk = (one: unknown): void => {
    if (Array.isArray(one)) return one.forEach(walk);
    if (typeof one !== 'object' || one === null) return;
    const { event, stream } = one as { event?: unknown; stream?: unknown };
    if (typeof event === 'string' && typeof stream === 'string') found.add(stream);
    Object.values(one).forEach(walk);
  };
  walk(value);
  return [...found].sort();
}
