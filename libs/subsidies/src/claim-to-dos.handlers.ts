import type { Actor } from '@app/auth';
import { endOfDay, instantText } from '@app/kernel';
import { GivesToDos } from '@app/inbox';
import type { ToDo, ToDoSource } from '@app/inbox';
import { Readers } from '@app/matching';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { CLAIM_ROLES } from './claim-story.rules';
import { officeText } from './claim-state.rules';
import { claimsOf } from './claim-pages.handlers';
import { ClaimsWaiting, WaitingClaim } from './claims-asked.view';
import { claims } from './claims.view';

/** Claims that wait for an office, by the stage, and for a firm, by what it has to do. */
@GivesToDos()
@Injectable()
export class ClaimToDos implements ToDoSource {
  readonly views = [claims];

  constructor(
    private readonly queries: QueryBus,
    private readonly readers: Readers,
  ) {}

  async toDos(actor: Actor): Promise<ToDo[]> {
    const role = CLAIM_ROLES.find((one) => actor.roles.includes(one));
    if (!role && !actor.party) return [];
    const waiting = await this.queries.execute(new ClaimsWaiting(claimsOf(actor)));
    const nameOf = await this.readers.namesOf(waiting.map(({ enterprise }) => enterprise));
    const office = role && officeText({ role, area: actor.area });
    return waiting.flatMap((row) => {
      const kind = office === undefined ? forFirm(row) : row.offices.includes(office) && `claim-${row.stage}`;
      if (!kind) return [];
      const due = row.dueOn ?? undefined;
      return [
        {
          kind,
          firm: nameOf(row.enterprise),
          link: { item: row.claim },
          ...(due !== undefined && { due: instantText(endOfDay(due)) }),
          since: row.changedAt,
        },
      ];
    });
  }
}

function forFirm({ state, deferredUntil, recoveryState }: WaitingClaim): string | undefined {
  if (state === 'offered') return 'claim-offered';
  if (state === 'returned') return 'claim-to-complete';
  if (recoveryState === 'confirmed') return 'recovery-to-answer';
  return deferredUntil === null ? undefined : 'claim-deferred';
}
