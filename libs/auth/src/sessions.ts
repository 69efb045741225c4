import { Clock, Refused } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager, LessThan } from 'typeorm';
import { AccountActs, actorName } from './account-acts';
import { MembershipRow } from './account.table';
import { Actor } from './actor';
import { AskingBy } from './asking';
import { AuthSettings } from './auth-settings';
import { hashOf, newSecret, sameText } from './server-keys';
import { SessionRow, SignedInBy } from './session.table';

/** A request moves the idle limit, but writes it at most this often, in milliseconds. */
const TOUCH = 60_000;

/** Sessions live in the database; a browser holds a random id that is stored nowhere else, and a script its CSRF token. */
@Injectable()
export class Sessions {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly settings: AuthSettings,
    private readonly asking: AskingBy,
    private readonly acts: AccountActs,
  ) {}

  /** A new id at every sign-in: one planted in the browser before it is worth nothing after it. Ends the one replaced. */
  async open(account: string, signedInBy: SignedInBy, replaced?: string): Promise<{ id: string; session: string }> {
    const id = newSecret();
    const now = this.clock.now();
    await this.db.transaction(async (rows) => {
      if (replaced !== undefined) await rows.delete(SessionRow, { hash: replaced });
      const [membership] = await rows.find(MembershipRow, {
        where: { account, active: true },
        order: { since: 'ASC', registration: 'ASC' },
        take: 1,
      });
      await rows.insert(SessionRow, {
        hash: hashOf(id),
        account,
        registration: membership?.registration ?? null,
        signedInBy,
        seenAt: new Date(now),
        endsAt: new Date(now + this.settings.longestHours * 3_600_000),
      });
      await this.acts.record(rows, {
        actor: `account:${account}`,
        act: 'signed-in',
        account,
        detail: { by: signedInBy },
      });
    });
    return { id, session: hashOf(id) };
  }

  /** By the id in the cookie; undefined when it is unknown, over, idle for too long, or its account deactivated. */
  async actorOf(id: string): Promise<Actor | undefined> {
    const now = this.clock.now();
    const found = await this.asking.session(hashOf(id), new Date(now), this.idleSince(now));
    if (!found) return undefined;
    if (found.seenAt && now - found.seenAt.getTime() > TOUCH)
      await this.db.manager.update(SessionRow, { hash: found.actor.session! }, { seenAt: new Date(now) });
    return found.actor;
  }

  /** The same asker as he stands now: for streams that outlast the request that opened them. */
  async again({ session }: Actor): Promise<Actor | undefined> {
    if (session === undefined) return undefined;
    const now = this.clock.now();
    return (await this.asking.session(session, new Date(now), this.idleSince(now)))?.actor;
  }

  /** What a page must send back in `Peitao-CSRF`: another site can make a browser send the cookie, but cannot read this. */
  csrfToken(session: string): string {
    return this.settings.keys.mac('csrf', session);
  }

  isCsrfToken(session: string, token: string | undefined): boolean {
    return token !== undefined && sameText(token, this.csrfToken(session));
  }

  async signedInBy(actor: Actor): Promise<SignedInBy | undefined> {
    if (actor.session === undefined) return undefined;
    return (await this.db.manager.findOneBy(SessionRow, { hash: actor.session }))?.signedInBy;
  }

  async close(actor: Actor): Promise<void> {
    await this.db.transaction(async (rows) => {
      await rows.delete(SessionRow, { hash: actor.session! });
      await this.acts.record(rows, { actor: actorName(actor), act: 'signed-out', account: actor.account });
    });
  }

  async closeAll(actor: Actor): Promise<void> {
    await this.db.transaction(async (rows) => {
      await rows.delete(SessionRow, { account: actor.account });
      await this.acts.record(rows, { actor: actorName(actor), act: 'signed-out-everywhere', account: actor.account });
    });
  }

  /** From now on the session acts for another firm of the account. Refuses `membership-unknown`. */
  async actFor(actor: Actor, registration: string): Promise<void> {
    await this.member(this.db.manager, actor.account, registration);
    await this.db.manager.update(SessionRow, { hash: actor.session! }, { registration });
  }

  async member(rows: EntityManager, account: string, registration: string): Promise<MembershipRow> {
    const row = await rows.findOneBy(MembershipRow, { account, registration, active: true });
    if (!row) throw new Refused('membership-unknown', {}, 'registration');
    return row;
  }

  memberships(account: string): Promise<MembershipRow[]> {
    return this.db.manager.find(MembershipRow, {
      where: { account, active: true },
      order: { since: 'ASC', registration: 'ASC' },
    });
  }

  /** Deletes what can no longer be used. */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    await this.db.manager.delete(SessionRow, { endsAt: LessThan(new Date(now)) });
    await this.db.manager.delete(SessionRow, { seenAt: LessThan(this.idleSince(now)) });
  }

  private idleSince(now: number): Date {
    return new Date(now - this.settings.idleMinutes * 60_000);
  }
}
