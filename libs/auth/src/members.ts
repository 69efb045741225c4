import { Clock, derivedId, Refused } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager, IsNull, MoreThan } from 'typeorm';
import { AccountActs, actorName } from './account-acts';
import { InvitationRow, locked, MembershipRow } from './account.table';
import { Accounts, Contact } from './accounts';
import { Actor, InnerRole, ownRows } from './actor';
import { AuthSettings } from './auth-settings';
import { hashOf } from './server-keys';

const INVITATION_DAYS = 7;

export type MemberView = Contact & { readonly account: string; readonly innerRole: InnerRole; readonly since: string };
export type InvitationView = Contact & { readonly id: string; readonly innerRole: InnerRole; readonly endsAt: string };

/** The people of one firm's registration, in the hands of its managers. */
@Injectable()
export class Members {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly settings: AuthSettings,
    private readonly accounts: Accounts,
    private readonly acts: AccountActs,
  ) {}

  async list(registration: string): Promise<MemberView[]> {
    const rows = await this.db.manager.find(MembershipRow, {
      where: { registration, active: true },
      order: { since: 'ASC', account: 'ASC' },
    });
    const contacts = await this.accounts.contacts(rows.map(({ account }) => account));
    return rows.map(({ account, innerRole, since }) => ({
      account,
      ...contacts.get(account)!,
      innerRole,
      since: since.toISOString(),
    }));
  }

  async invitations(registration: string): Promise<InvitationView[]> {
    const endsAt = MoreThan(new Date(this.clock.now()));
    const rows = await this.db.manager.find(InvitationRow, {
      where: { registration, usedAt: IsNull(), endsAt },
      order: { endsAt: 'ASC', id: 'ASC' },
    });
    return rows.map((row) => {
      const { id, innerRole, endsAt } = row;
      return { id, ...this.invited(row), innerRole, endsAt: endsAt.toISOString() };
    });
  }

  /**
   * The token of a link that the manager hands on himself. The same whether the number has an account or not: a manager must
   * not learn who else is here. It follows from the id, who is invited and to what, so that a lost answer can be asked for
   * again. Refuses `invitation-exists`, also for the id of one that was used or withdrawn.
   */
  async invite(actor: Actor, given: Contact & { id: string; innerRole: InnerRole }): Promise<string> {
    const { id, name, mobile, innerRole } = given;
    const { registration } = ownRows(actor);
    const token = this.settings.keys.mac('invitation', JSON.stringify([registration, id, name, mobile, innerRole]));
    await this.db.transaction(async (rows) => {
      const written = await rows.query<unknown[]>(
        `INSERT INTO kept.invitation (id, registration, enterprise, "innerRole", sealed, "tokenHash", "madeBy", "endsAt")
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING RETURNING 1`,
        [
          id,
          registration,
          actor.party!.enterprise,
          innerRole,
          this.settings.keys.seal('invitation', id, JSON.stringify({ name, mobile } satisfies Contact)),
          hashOf(token),
          actorName(actor),
          new Date(this.clock.now() + INVITATION_DAYS * 86_400_000),
        ],
      );
      if (written.length > 0) {
        const detail = { registration, innerRole, invitation: id };
        return this.acts.record(rows, { actor: actorName(actor), act: 'member-invited', detail });
      }
      const before = await rows.findOneByOrFail(InvitationRow, { id });
      if (before.tokenHash !== hashOf(token) || before.usedAt !== null)
        throw new Refused('invitation-exists', {}, 'id');
    });
    return token;
  }

  async withdrawInvitation(actor: Actor, id: string): Promise<void> {
    const { registration } = ownRows(actor);
    const usedAt = new Date(this.clock.now());
    await this.db.transaction(async (rows) => {
      // The row stays: the same id again would make the same link again, which may be in wrong hands.
      const { affected } = await rows.update(
        InvitationRow,
        { id, registration, usedAt: IsNull() },
        { usedAt, sealed: null },
      );
      const detail = { registration, invitation: id };
      if (affected) await this.acts.record(rows, { actor: actorName(actor), act: 'invitation-ended', detail });
    });
  }

  /**
   * Uses the invitation. Somebody new gets an account with this password; whoever has one must be signed in to it, since a
   * link that went through other hands must not act for him. Returns the account. Refuses `link-unknown`,
   * `sign-in-to-join`, and what the password profile refuses.
   */
  async join(actor: Actor | undefined, token: string, password: string | undefined): Promise<string> {
    return this.db.transaction(async (rows) => {
      const now = new Date(this.clock.now());
      const [used] = await rows.query<[InvitationRow[], number]>(
        `UPDATE kept.invitation SET "usedAt" = $2 WHERE "tokenHash" = $1 AND "usedAt" IS NULL AND "endsAt" > $2 RETURNING *`,
        [hashOf(token), now],
      );
      const invitation = used[0];
      if (!invitation) throw new Refused('link-unknown', {}, 'token');
      const account = await this.accountFor(rows, invitation, actor, password);
      const { registration, enterprise, innerRole, id } = invitation;
      await rows.update(InvitationRow, { id }, { sealed: null });
      await this.accounts.addMembership(account, { registration, enterprise, innerRole }, invitation.madeBy, rows);
      return account;
    });
  }

  /** Refuses `member-unknown`, and `last-manager` where nobody would be left to manage the firm's people. */
  async changeInnerRole(actor: Actor, account: string, innerRole: InnerRole): Promise<void> {
    await this.change(actor, account, { innerRole });
  }

  /** Leaves the account as it is, and its sessions without this firm. */
  async end(actor: Actor, account: string): Promise<void> {
    await this.change(actor, account, { active: false });
  }

  private async change(actor: Actor, account: string, to: { innerRole?: InnerRole; active?: false }): Promise<void> {
    const { registration } = ownRows(actor);
    await this.db.transaction(async (rows) => {
      // All managers of the registration are held: two that demote each other at the same moment would leave none.
      const managers = await rows.query<{ account: string }[]>(
        `SELECT account FROM kept.membership WHERE registration = $1 AND active AND "innerRole" = 'manager'
         ORDER BY account FOR UPDATE`,
        [registration],
      );
      const before = await rows.findOneBy(MembershipRow, { account, registration, active: true });
      if (!before) throw new Refused('member-unknown');
      if (to.innerRole === before.innerRole) return;
      const isLast = managers.length === 1 && managers[0]!.account === account;
      if (isLast) throw new Refused('last-manager');
      await rows.update(MembershipRow, { account, registration }, to);
      await this.acts.record(rows, {
        actor: actorName(actor),
        act: to.active === false ? 'member-ended' : 'member-changed',
        account,
        detail: { registration, ...(to.innerRole && { innerRole: to.innerRole }) },
      });
    });
  }

  private async accountFor(
    rows: EntityManager,
    invitation: InvitationRow,
    actor: Actor | undefined,
    password: string | undefined,
  ): Promise<string> {
    const { name, mobile } = this.invited(invitation);
    const known = await this.accounts.rowByMobile(mobile);
    if (known) {
      if (actor?.account !== known.id) throw new Refused('sign-in-to-join');
      await locked(rows, known.id);
      return known.id;
    }
    if (password === undefined) throw new Refused('password-missing', {}, 'password');
    const id = derivedId('invitation', invitation.id);
    await this.accounts.create({ id, name, mobile, password }, invitation.madeBy, rows);
    return id;
  }

  private invited({ id, sealed }: InvitationRow): Contact {
    const text = sealed === null ? undefined : this.settings.keys.open('invitation', id, sealed);
    return text === undefined ? { name: '', mobile: '' } : (JSON.parse(text) as Contact);
  }
}
