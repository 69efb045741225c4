import { EntityManager } from 'typeorm';
import { AccountRow, MembershipRow } from './account.table';
import { ApiTokenRow, KnownAddressRow, OneTimeLinkRow, SessionRow } from './session.table';

/** Every way in to an account, and every firm it acts for. */
export async function endAccess(rows: EntityManager, account: string): Promise<void> {
  await rows.delete(SessionRow, { account });
  await rows.delete(ApiTokenRow, { account });
  await rows.delete(OneTimeLinkRow, { account });
  await rows.delete(KnownAddressRow, { account });
  await rows.update(MembershipRow, { account }, { active: false });
}

/** Name, number and document are gone, the id stays where it acted. */
export async function forgetPerson(rows: EntityManager, account: string): Promise<void> {
  const gone = {
    active: false,
    mobileToken: null,
    sealed: null,
    person: null,
    passwordHash: null,
    mobileVerifiedAt: null,
  };
  await rows.update(AccountRow, { id: account }, gone);
  await endAccess(rows, account);
}
