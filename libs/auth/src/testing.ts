import { newId } from '@app/kernel';
import { Actor, InnerRole } from './actor';
import { OfficerRole } from './account-roles';

/** Somebody who acts for a firm, without a database. */
export const aMember = (registration: string, enterprise: string, innerRole: InnerRole = 'manager'): Actor => ({
  account: newId(),
  name: '演示',
  roles: ['member'],
  party: { registration, enterprise, innerRole },
});

/** Somebody who holds an office, without a database; `area` for the offices of a county. */
export const anOfficer = (role: OfficerRole, area?: string): Actor => ({
  account: newId(),
  name: '演示',
  roles: [role],
  ...(area !== undefined && { area }),
});

/** Hashing for made-up people, who need no costly one. */
export const QUICK_HASHING = { memoryCost: 64, timeCost: 1 };
