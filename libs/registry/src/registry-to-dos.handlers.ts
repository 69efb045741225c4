import type { Actor } from '@app/auth';
import { GivesToDos } from '@app/inbox';
import type { ToDo, ToDoSource } from '@app/inbox';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { CITY_BUREAU } from './areas.rules';
import { REQUIRED_EVIDENCE } from './enterprise-state.rules';
import { RegistrationById, RegistrationRow, registrations, RegistrationsWaiting } from './registrations.view';
import type { WaitingFor } from './registrations.view';

const KINDS: Readonly<Record<WaitingFor, string>> = {
  check: 'registrations-to-check',
  contest: 'contests-to-decide',
  facts: 'facts-to-check',
};

/** What waits at an office's queue, and what a firm's own registration lacks. */
@GivesToDos()
@Injectable()
export class RegistryToDos implements ToDoSource {
  readonly views = [registrations];

  constructor(private readonly queries: QueryBus) {}

  async toDos(actor: Actor): Promise<ToDo[]> {
    return [...(await this.ofOffice(actor)), ...(await this.ofFirm(actor))];
  }

  private async ofOffice({ roles, area }: Actor): Promise<ToDo[]> {
    const office = roles.includes('county-officer') ? area : roles.includes('city-officer') ? CITY_BUREAU : undefined;
    if (office === undefined) return [];
    const waiting = await this.queries.execute(new RegistrationsWaiting(office));
    return waiting.map(({ waitingFor, items, since }) => ({ kind: KINDS[waitingFor], items, link: {}, since }));
  }

  private async ofFirm({ party }: Actor): Promise<ToDo[]> {
    const row = party && (await this.queries.execute(new RegistrationById(party.registration)));
    const gaps = row ? gapsOf(row) : 0;
    if (!row || gaps === 0) return [];
    const { registration, changedAt } = row;
    return [{ kind: 'registration-to-complete', items: gaps, link: { registration }, since: changedAt }];
  }
}

/** What the office named when it returned it, or evidence without which no office looks at it. */
function gapsOf({ state, known }: RegistrationRow): number {
  if (state === 'returned') return Math.max(1, known.gaps.length);
  if (state !== 'applied') return 0;
  return REQUIRED_EVIDENCE.filter((kind) => !known.evidence.some((one) => one.kind === kind)).length;
}
