import { Actor, Officers } from '@app/auth';
import { Injectable } from '@nestjs/common';
import { GivesToDos, ToDo, ToDoSource } from './to-dos';

/** Roles that somebody proposed wait for another person: whoever may confirm them, and neither proposed nor gets them. */
@GivesToDos()
@Injectable()
export class RoleToDos implements ToDoSource {
  readonly views = [];

  constructor(private readonly officers: Officers) {}

  async toDos(actor: Actor): Promise<ToDo[]> {
    if (!actor.roles.some((role) => role === 'administrator' || role === 'city-officer')) return [];
    const all = await this.officers.all();
    const proposed = all
      .filter(({ id }) => id !== actor.account)
      .flatMap(({ roles }) => roles)
      .filter(({ state, proposedBy }) => state === 'proposed' && proposedBy !== `account:${actor.account}`);
    return proposed.length > 0 ? [{ kind: 'roles-to-confirm', items: proposed.length, link: {} }] : [];
  }
}
