import { Accounts } from '@app/auth';
import type { Actor } from '@app/auth';
import { endOfDay, instantText } from '@app/kernel';
import { GivesToDos } from '@app/inbox';
import type { ToDo, ToDoSource } from '@app/inbox';
import { Readers } from '@app/matching';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { barredFrom } from './claim-persons.rules';
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
    private readonly accounts: Accounts,
  ) {}

  async toDos(actor: Actor): Promise<ToDo[]> {
    const role = CLAIM_ROLES.find((one) => actor.roles.includes(one));
    if (!role && !actor.party) return [];
    const waiting = await this.queries.execute(new ClaimsWaiting(claimsOf(actor)));
    const nameOf = await this.readers.namesOf(waiting.map(({ enterprise }) => enterprise));
    const office = role && officeText({ role, area: actor.area });
    const colleagues = role ? await this.accounts.accountsOf({ role, ...(actor.area && { area: actor.area }) }) : [];
    return waiting.flatMap((row) => {
      const kind =
        office === undefined ? forFirm(row) : row.offices.includes(office) && forOffice(row, actor.account, colleagues);
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

/** Nobody is asked for what he may not do; where nobody of the office may, all of it are asked to hand the claim up. */
function forOffice({ stage, acted }: WaitingClaim, account: string, colleagues: readonly string[]): string | undefined {
  const isBarred = (one: string): boolean => stage !== null && barredFrom(acted, one).includes(stage);
  if (!isBarred(account)) return `claim-${stage}`;
  return colleagues.every(isBarred) ? 'claim-to-hand-up' : undefined;
}

function forFirm({ state, deferredUntil, recoveryState }: WaitingClaim): string | undefined {
  if (state === 'offered') return 'claim-offered';
  if (state === 'returned') return 'claim-to-complete';
  if (recoveryState === 'confirmed') return 'recovery-to-answer';
  return deferredUntil === null ? undefined : 'claim-deferred';
}
