import { canonicalJson, Exact, Refused } from '@app/kernel';
import type { ListingTerms, PublishedTerms, Visibility } from './listing-terms.rules';

export function changedTerms(before: ListingTerms, after: ListingTerms): (keyof ListingTerms)[] {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof ListingTerms>;
  return [...fields].filter(
    (field) => canonicalJson([before[field] ?? null]) !== canonicalJson([after[field] ?? null]),
  );
}

/**
 * What may still change once somebody has offered: what makes no offer worse. A price rests on the product, its
 * specification, unit and 供料方式, and as much on freight, place, invoice and payment term, so that these stand;
 * cancel-and-republish is the way to change them. Deadlines may only be extended.
 */
export function checkAmendment(before: PublishedTerms, after: PublishedTerms, changed: (keyof ListingTerms)[]): void {
  for (const field of changed) {
    const refused = DEADLINES.includes(field) ? 'deadline-only-extended' : 'term-fixed-by-offers';
    if (!mayChange(field, before, after)) throw new Refused(refused, { field }, `terms/${field}`);
  }
}

const DEADLINES: readonly (keyof ListingTerms)[] = ['quotingDeadline', 'deliverBy', 'acceptanceHours'];

function mayChange(field: keyof ListingTerms, before: PublishedTerms, after: PublishedTerms): boolean {
  switch (field) {
    case 'note':
    case 'itemCode':
    case 'industry':
    case 'hsHeading':
      return true;
    case 'quantity':
      // Where parts are refused an offer is for the whole, which would no longer be the whole.
      return before.partsAccepted && new Exact(after.quantity).gt(before.quantity);
    case 'quotingDeadline':
    case 'deliverBy':
      return after[field] > before[field];
    case 'acceptanceHours':
      return after.acceptanceHours > before.acceptanceHours;
    case 'partsAccepted':
      return after.partsAccepted;
    case 'earlyCloseAllowed':
      // Allowing it would be a way to shorten the deadline.
      return !after.earlyCloseAllowed;
    case 'visibility':
      return leavesNobodyOut(before.visibility, after.visibility);
    case 'attachments': {
      const kept = new Set(after.attachments?.map(({ sha256 }) => sha256));
      return (before.attachments ?? []).every(({ sha256 }) => kept.has(sha256));
    }
    case 'product':
    case 'specification':
    case 'drawingNumber':
    case 'unit':
    case 'supplyMode':
    case 'freightIncluded':
    case 'deliveryPlace':
    case 'invoiceType':
    case 'paymentTermDays':
    case 'paymentTermText':
      return false;
  }
}

/** What of a term may change: anything, only what makes no offer worse (later, more, wider, added), or nothing. */
export const TERM_FREEDOMS = ['free', 'eased', 'fixed'] as const;
export type TermFreedom = (typeof TERM_FREEDOMS)[number];

/** Of every term of a listing: told by trying a change each way on the rule itself. */
export function freedoms(
  terms: PublishedTerms,
  offers: 'with-offers' | 'without',
): Map<keyof ListingTerms, TermFreedom> {
  return new Map(
    TERMS.map((field) => {
      if (offers === 'without') return [field, 'free'];
      const [eased, harder] = tried(field, terms).map((change) => mayChange(field, terms, { ...terms, ...change }));
      return [field, eased && harder ? 'free' : eased ? 'eased' : 'fixed'];
    }),
  );
}

const TERMS: readonly (keyof ListingTerms)[] = [
  'product',
  'specification',
  'drawingNumber',
  'itemCode',
  'industry',
  'hsHeading',
  'unit',
  'quantity',
  'supplyMode',
  'freightIncluded',
  'deliveryPlace',
  'deliverBy',
  'invoiceType',
  'paymentTermDays',
  'paymentTermText',
  'quotingDeadline',
  'acceptanceHours',
  'partsAccepted',
  'earlyCloseAllowed',
  'visibility',
  'attachments',
  'note',
];

/** A change that eases a term and one that makes it harder. */
function tried(field: keyof ListingTerms, terms: PublishedTerms): Partial<PublishedTerms>[] {
  switch (field) {
    case 'quantity':
      return [{ quantity: `9${terms.quantity}` }, { quantity: '0.000001' }];
    case 'quotingDeadline':
    case 'deliverBy':
      return [{ [field]: '9999' }, { [field]: '0' }];
    case 'acceptanceHours':
      return [{ acceptanceHours: terms.acceptanceHours + 1 }, { acceptanceHours: 0 }];
    case 'partsAccepted':
      return [{ partsAccepted: true }, { partsAccepted: false }];
    case 'earlyCloseAllowed':
      return [{ earlyCloseAllowed: false }, { earlyCloseAllowed: true }];
    case 'visibility':
      return [{ visibility: { class: 'public' } }, { visibility: { class: 'invited', invited: [] } }];
    case 'attachments': {
      const added = { id: '', sha256: '', name: '' };
      return [{ attachments: [...(terms.attachments ?? []), added] }, { attachments: [] }];
    }
    default:
      return [{ [field]: undefined }, { [field]: undefined }];
  }
}

function leavesNobodyOut(before: Visibility, after: Visibility): boolean {
  if (after.class === 'public') return true;
  if (before.class !== after.class) return before.class === 'pledge' && after.class === 'verified';
  if (before.class === 'invited') return (before.invited ?? []).every((firm) => after.invited?.includes(firm));
  return before.class === 'verified';
}
