import { Party, Refused } from '@app/kernel';

/** What an account may be. `member` follows from acting for a firm; the others are granted. */
export type Role =
  | 'member'
  | 'county-officer'
  | 'city-officer'
  | 'county-finance'
  | 'city-finance'
  | 'bank'
  | 'adviser'
  | 'auditor'
  | 'administrator';

/** 管理员, 经办人, 查看: what a member may do inside its own firm. */
export type InnerRole = 'manager' | 'clerk' | 'viewer';

/**
 * Who asks, as of this request. `party` is the firm acted for, present exactly when `roles` has `member`; an account of
 * several firms acts for one at a time.
 */
export type Actor = {
  readonly account: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Code of the area of a county office; present exactly when `roles` has a county role. */
  readonly area?: string;
  readonly party?: Party & { readonly innerRole: InnerRole };
  /** SHA-256 of the session's id, never the id. */
  readonly session?: string;
  readonly token?: { readonly id: string; readonly scopes: readonly string[] };
};

/** `signed-in`: anybody with an account. An inner role: a member with exactly that inner role. */
export type Audience = 'public' | 'signed-in' | Role | InnerRole;

export const roles: readonly Role[] = [
  'member',
  'county-officer',
  'city-officer',
  'county-finance',
  'city-finance',
  'bank',
  'adviser',
  'auditor',
  'administrator',
];
export const innerRoles: readonly InnerRole[] = ['manager', 'clerk', 'viewer'];

/** Roles of a county office: they hold for one area. */
export const areaRoles: readonly Role[] = ['county-officer', 'county-finance'];

/** True when the asker is one of those meant. `undefined` is somebody who has not signed in. */
export function belongsTo(actor: Actor | undefined, audience: readonly Audience[]): boolean {
  return audience.some((one) => {
    if (one === 'public') return true;
    if (!actor) return false;
    if (one === 'signed-in') return true;
    if (one === 'manager' || one === 'clerk' || one === 'viewer') return actor.party?.innerRole === one;
    return actor.roles.includes(one);
  });
}

/** The rows of the firm acted for: a registration's, not a code's, since several registrations may stand on one code. */
export function ownRows(actor: Actor | undefined): { registration: string } {
  if (!actor?.party) throw new Refused('not-allowed');
  return { registration: actor.party.registration };
}

/**
 * The rows of the asker's area: one area for a county office, all for the city's offices and the auditor. Refuses everybody
 * else, and never gives `{ area: undefined }`, which a query would take for "all".
 */
export function areaRows(actor: Actor | undefined): { area?: string } {
  if (actor?.roles.some((role) => role === 'city-officer' || role === 'city-finance' || role === 'auditor')) return {};
  if (actor?.area !== undefined && actor.roles.some((role) => areaRoles.includes(role))) return { area: actor.area };
  throw new Refused('not-allowed');
}

/** May this asker see a row of that registration or area? For rows already loaded; lists use ownRows and areaRows. */
export function mayReadRow(actor: Actor | undefined, row: { registration?: string; area?: string }): boolean {
  if (!actor) return false;
  if (row.registration !== undefined && actor.party?.registration === row.registration) return true;
  if (
    !actor.roles.some((role) => role !== 'member' && role !== 'administrator' && role !== 'bank' && role !== 'adviser')
  )
    return false;
  const { area } = areaRows(actor);
  return area === undefined || area === row.area;
}
