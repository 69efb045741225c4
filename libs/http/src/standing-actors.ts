import { Actor, ApiTokens, Sessions } from '@app/auth';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';

/** Who the asker of a stream is at this moment: looked up anew, since a stream outlasts the request that opened it. */
@Injectable()
export class StandingActors {
  constructor(
    private readonly sessions: Sessions,
    private readonly tokens: ApiTokens,
  ) {}

  /** Undefined once the session or token stands for nobody. */
  async again(actor: Actor, request: Request): Promise<Actor | undefined> {
    if (actor.token === undefined) return this.sessions.again(actor);
    const secret = /^bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    return secret === undefined ? undefined : this.tokens.actorOf(secret);
  }
}
