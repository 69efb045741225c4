import type { Party } from '@app/kernel';
import type { PublishedTerms } from './listing-terms.rules';

// Who may know of a listing, once for rows at hand and once for lists. visibility.int.spec.ts holds the two against each other.

/** Who reads. A person may be both: somebody's member and an officer. */
export type Reader = {
  /** The firm acted for, and whether an office has confirmed it. */
  readonly firm?: Party & { readonly isConfirmed: boolean };
  /** The bureau and the auditor see the whole city, a county office the lead firms registered in its area. */
  readonly office?: 'city' | readonly string[];
};

export const NOBODY: Reader = {};

/** What of a published listing decides who sees it. `lead` is the enterprise, the others are registrations and enterprises. */
export type Seen = {
  readonly lead: string;
  readonly leadRegistration: string;
  readonly visibility: PublishedTerms['visibility']['class'];
  readonly invited: readonly string[];
  readonly pledged: readonly string[];
};

export function isSeenBy({ lead, leadRegistration, visibility, invited, pledged }: Seen, reader: Reader): boolean {
  const { firm, office } = reader;
  if (visibility === 'public' || office === 'city' || office?.includes(lead)) return true;
  if (!firm) return false;
  if (leadRegistration === firm.registration) return true;
  // Anybody may apply on an invited firm's code: until an office has confirmed who acts for it, he is not that firm.
  if (!firm.isConfirmed) return false;
  switch (visibility) {
    case 'verified':
      return true;
    case 'invited':
      return invited.includes(firm.enterprise);
    case 'pledge':
      return pledged.includes(firm.registration);
  }
}

/** The same as a condition in SQL on the columns of `Seen`; values go by `parameter`. */
export function isSeenSql({ firm, office }: Reader, parameter: (value: unknown) => string): string {
  if (office === 'city') return 'true';
  const seen = [`visibility = 'public'`];
  if (office) seen.push(`lead = ANY(${parameter(office)}::text[])`);
  if (firm) {
    const registration = parameter(firm.registration);
    seen.push(`"leadRegistration" = ${registration}`);
    if (firm.isConfirmed) {
      seen.push(`visibility = 'verified'`, `(visibility = 'pledge' AND ${registration} = ANY(pledged))`);
      seen.push(`(visibility = 'invited' AND ${parameter(firm.enterprise)} = ANY(invited))`);
    }
  }
  return `(${seen.join(' OR ')})`;
}

/** The columns of `Seen` from a listing's terms; what else is in `visibility` is the lead's own business. */
export const seenColumns = ({ visibility }: PublishedTerms) => ({
  visibility: visibility.class,
  invited: visibility.class === 'invited' ? [...(visibility.invited ?? [])] : [],
});

/** Changes that only one firm may hear of have keys of their own: everybody else would learn that something happened. */
export const firmKey = (registration: string, key: string): string => `${registration}/${key}`;

/** Splits a key of `firmKey`; a key that everybody may hear of has no registration. */
export function heardBy(key: string): { readonly registration?: string; readonly key: string } {
  const at = key.indexOf('/');
  return at < 0 ? { key } : { registration: key.slice(0, at), key: key.slice(at + 1) };
}
