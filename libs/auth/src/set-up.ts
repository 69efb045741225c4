import { Refused } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AccountRoles } from './account-roles';
import { Accounts, Contact } from './accounts';
import { OneTimeLinks } from './one-time-links';

/** Doors that open by a one-time link. */
@Injectable()
export class SetUp {
  constructor(
    private readonly db: DataSource,
    private readonly accounts: Accounts,
    private readonly roles: AccountRoles,
    private readonly links: OneTimeLinks,
  ) {}

  /** Refuses `link-unknown`, also once there is an administrator: every start before printed a link of its own. */
  async firstAdministrator(token: string, given: Contact & { id: string; password: string }): Promise<void> {
    await this.db.transaction(async (rows) => {
      const administrators = await this.roles.administrators(rows);
      const account = await this.links.use(rows, token);
      if (account !== null || administrators.length > 0) throw new Refused('link-unknown', {}, 'token');
      const by = 'process:first-start';
      await this.accounts.create(given, by, rows);
      await this.roles.propose(rows, given.id, 'administrator', undefined, by);
      await this.roles.confirm(rows, given.id, 'administrator', by);
    });
  }

  /** The account. Ends its sessions. A password that is refused leaves the link usable. */
  async passwordByLink(token: string, password: string): Promise<string> {
    return this.db.transaction(async (rows) => {
      const account = await this.links.use(rows, token);
      if (account === null) throw new Refused('link-unknown', {}, 'token');
      await this.accounts.setPassword(account, password, `account:${account}`, undefined, rows);
      return account;
    });
  }
}
