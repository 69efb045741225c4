import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Accounts } from './accounts';
import { Actor, InnerRole, Role } from './actor';

/** The registration that a session or token acts for, if the account is still a member of it. */
type Found = {
  readonly account: string;
  readonly sealed: string | null;
  readonly seenAt: Date | null;
  readonly roles: readonly { role: Role; area: string | null }[];
  readonly registration: string | null;
  readonly enterprise: string | null;
  readonly innerRole: InnerRole | null;
  readonly tokenId: string | null;
  readonly scopes: readonly string[] | null;
};

export type Asking = { readonly actor: Actor; readonly seenAt: Date | null };

const WHO = (table: string, token: string) =>
  `SELECT a.id AS account, a.sealed, s."seenAt", m.registration, m.enterprise, m."innerRole", ${token},
     (SELECT coalesce(json_agg(json_build_object('role', r.role, 'area', r.area) ORDER BY r.role), '[]'::json)
        FROM kept.account_role r WHERE r.account = a.id AND r.state = 'held') AS roles
   FROM kept.${table} s
   JOIN kept.account a ON a.id = s.account AND a.active
   LEFT JOIN kept.membership m ON m.account = a.id AND m.registration = s.registration AND m.active
   WHERE s.hash = $1 AND s."endsAt" > $2`;

const BY_SESSION = `${WHO('session', 'NULL AS "tokenId", NULL AS scopes')} AND s."seenAt" > $3`;
const BY_TOKEN = WHO('api_token', 's.id AS "tokenId", s.scopes');

/**
 * Who asks, read anew for every request: what was revoked a moment ago has no effect any more, in every process.
 */
@Injectable()
export class AskingBy {
  constructor(
    private readonly db: DataSource,
    private readonly accounts: Accounts,
  ) {}

  async session(hash: string, now: Date, seenAfter: Date): Promise<Asking | undefined> {
    return this.asking(await this.db.query<Found[]>(BY_SESSION, [hash, now, seenAfter]), { session: hash });
  }

  async token(hash: string, now: Date): Promise<Asking | undefined> {
    return this.asking(await this.db.query<Found[]>(BY_TOKEN, [hash, now]), {});
  }

  private asking([found]: Found[], by: { session?: string }): Asking | undefined {
    if (!found) return undefined;
    const { account, registration, enterprise, innerRole, tokenId, scopes, seenAt } = found;
    const area = found.roles.find((held) => held.area !== null)?.area;
    const roles = found.roles.map(({ role }) => role);
    const actor: Actor = {
      account,
      name: this.accounts.contactOf({ id: account, sealed: found.sealed }).name,
      roles: registration === null ? roles : ['member', ...roles],
      ...(area != null && { area }),
      ...(registration !== null && { party: { enterprise: enterprise!, registration, innerRole: innerRole! } }),
      ...by,
      ...(tokenId !== null && { token: { id: tokenId, scopes: scopes! } }),
    };
    return { actor, seenAt };
  }
}
