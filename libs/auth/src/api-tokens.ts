import { Clock, Refused } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource, IsNull } from 'typeorm';
import { AccountActs, actorName } from './account-acts';
import { Actor } from './actor';
import { AskingBy } from './asking';
import { AuthSettings } from './auth-settings';
import { hashOf } from './server-keys';
import { ApiTokenRow } from './session.table';

export const TOKEN_PREFIX = 'pt_';
const MOST_TOKENS = 20;
const TOUCH = 60_000;

/**
 * `read` and `write` cover every route that a token may call; `<part>:read` and `<part>:write` cover those under
 * `/api/<part>`. A write scope does not read.
 */
export const SCOPE = /^([a-z][a-z-]{0,30}:)?(read|write)$/;

/** Tokens for ERP systems and the command line. A token never does more than its account may at that moment. */
@Injectable()
export class ApiTokens {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly settings: AuthSettings,
    private readonly asking: AskingBy,
    private readonly acts: AccountActs,
  ) {}

  /**
   * The token itself, which is stored nowhere. It follows from its id, whose it is and what it may, so that a lost answer can
   * be asked for again until the token is first used. Refuses `api-token-exists`, also for the id of one that was ended, and
   * `api-tokens-at-most`.
   */
  async create(actor: Actor, given: { id: string; name: string; scopes: string[]; days: number }): Promise<string> {
    const { id, name, scopes, days } = given;
    const { account } = actor;
    const registration = actor.party?.registration ?? null;
    const whole = JSON.stringify([account, registration, id, name, scopes]);
    const secret = `${TOKEN_PREFIX}${this.settings.keys.mac('api-token', whole)}`;
    const now = this.clock.now();
    await this.db.transaction(async (rows) => {
      await rows.query('SELECT 1 FROM kept.account WHERE id = $1 FOR UPDATE', [account]);
      const before = await rows.findOneBy(ApiTokenRow, { id });
      if (before) {
        if (before.hash !== hashOf(secret) || before.seenAt || before.endedAt)
          throw new Refused('api-token-exists', {}, 'id');
        return;
      }
      const most = String(MOST_TOKENS);
      if ((await rows.countBy(ApiTokenRow, { account, endedAt: IsNull() })) >= MOST_TOKENS)
        throw new Refused('api-tokens-at-most', { most });
      await rows.insert(ApiTokenRow, {
        id,
        account,
        registration,
        name,
        scopes,
        hash: hashOf(secret),
        madeAt: new Date(now),
        endsAt: new Date(now + days * 86_400_000),
        seenAt: null,
        endedAt: null,
      });
      const detail = { token: id, scopes: scopes.join(' ') };
      await this.acts.record(rows, { actor: actorName(actor), act: 'api-token-made', account, detail });
    });
    return secret;
  }

  list(account: string): Promise<ApiTokenRow[]> {
    return this.db.manager.find(ApiTokenRow, {
      where: { account, endedAt: IsNull() },
      order: { madeAt: 'ASC', id: 'ASC' },
    });
  }

  /** At once; again changes nothing. */
  async end(actor: Actor, id: string): Promise<void> {
    const { account } = actor;
    const now = new Date(this.clock.now());
    await this.db.transaction(async (rows) => {
      const { affected } = await rows.update(
        ApiTokenRow,
        { id, account, endedAt: IsNull() },
        { endsAt: now, endedAt: now },
      );
      const detail = { token: id };
      if (affected) await this.acts.record(rows, { actor: actorName(actor), act: 'api-token-ended', account, detail });
    });
  }

  async actorOf(secret: string): Promise<Actor | undefined> {
    if (!secret.startsWith(TOKEN_PREFIX)) return undefined;
    const now = this.clock.now();
    const found = await this.asking.token(hashOf(secret), new Date(now));
    if (!found) return undefined;
    if (!found.seenAt || now - found.seenAt.getTime() > TOUCH)
      await this.db.manager.update(ApiTokenRow, { id: found.actor.token!.id }, { seenAt: new Date(now) });
    return found.actor;
  }
}

/** May a token of these scopes send this method to `/api/<part>/…`? */
export function scopesAllow(scopes: readonly string[], method: string, path: string): boolean {
  const kind = method === 'GET' || method === 'HEAD' ? 'read' : 'write';
  const part = /^\/api\/([^/]+)/.exec(path)?.[1] ?? '';
  return scopes.includes(kind) || scopes.includes(`${part}:${kind}`);
}
