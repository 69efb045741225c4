import { Refused } from '@app/kernel';
import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AskedBy, ruleOf } from './access';
import { Actor, belongsTo } from './actor';
import { ApiTokens, scopesAllow } from './api-tokens';
import { AuthSettings } from './auth-settings';
import { cookieOf } from './cookie';
import { Sessions } from './sessions';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Stands before every route: who asks, did he mean to, and is he one of those whom the route's rule names. A route without a
 * rule is closed. Refuses `not-signed-in`, `not-allowed`, `csrf-origin-foreign`, `csrf-token-wrong`, `not-allowed-by-token`.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly sessions: Sessions,
    private readonly tokens: ApiTokens,
    private readonly settings: AuthSettings,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AskedBy>();
    const { audience, inPerson } = ruleOf(context.getHandler(), context.getClass());
    if (!audience) throw new Refused('not-allowed');
    const found = await this.actorOf(request);
    const actor =
      request.headers.authorization === undefined
        ? this.checkIntent(request, found, audience.includes('public'))
        : this.checkToken(request, found, inPerson);
    if (!belongsTo(actor, audience)) throw new Refused(actor ? 'not-allowed' : 'not-signed-in');
    request.actor = actor;
    return true;
  }

  /** Who stands behind a request at this moment, whatever the route: also later, for an answer that goes on and on. */
  async actorOf(request: Request): Promise<Actor | undefined> {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const secret = /^bearer +(\S+)$/i.exec(authorization)?.[1];
      return secret === undefined ? undefined : this.tokens.actorOf(secret);
    }
    const id = cookieOf(request);
    return id === undefined ? undefined : this.sessions.actorOf(id);
  }

  private checkToken(request: Request, actor: Actor | undefined, inPerson: boolean): Actor {
    // Not taken for somebody without a sign-in: whoever sends a token wants to know that it has ended.
    if (!actor?.token) throw new Refused('not-signed-in');
    const path = request.originalUrl.split('?', 1)[0]!;
    if (inPerson || !scopesAllow(actor.token.scopes, request.method, path)) throw new Refused('not-allowed-by-token');
    return actor;
  }

  private checkIntent(request: Request, actor: Actor | undefined, open: boolean): Actor | undefined {
    if (SAFE.has(request.method)) return actor;
    if (this.fromElsewhere(request)) throw new Refused('csrf-origin-foreign');
    if (!actor || this.sessions.isCsrfToken(actor.session!, request.get('peitao-csrf'))) return actor;
    // On an open route he is served like anybody; elsewhere the cookie alone must not act.
    if (open) return undefined;
    throw new Refused('csrf-token-wrong');
  }

  /** Browsers say where a request comes from; a client that says neither is none, and holds no cookie it did not ask for. */
  private fromElsewhere(request: Request): boolean {
    const site = request.get('sec-fetch-site');
    if (site !== undefined && site !== 'same-origin') return true;
    const origin = request.get('origin');
    if (origin === undefined || this.settings.origins.includes(origin)) return false;
    return !URL.canParse(origin) || new URL(origin).host !== request.get('host');
  }
}
