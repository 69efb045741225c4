import type { Actor } from '@app/auth';
import { GivesToDos } from '@app/inbox';
import type { ToDo, ToDoSource } from '@app/inbox';
import { Clock, endOfDay, instantText } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { CheckRow, Checks, checks } from './checks.view';
import { Readers } from './readers.handlers';
import { hasStatement } from './supplier-to-dos.handlers';

const MOST_CHECKS = 200;

/** The checks that an office opened, by what each waits for. */
@GivesToDos()
@Injectable()
export class CheckToDos implements ToDoSource {
  readonly views = [checks];

  constructor(
    private readonly queries: QueryBus,
    private readonly readers: Readers,
    private readonly clock: Clock,
  ) {}

  async toDos(actor: Actor): Promise<ToDo[]> {
    if (!actor.roles.some((role) => role === 'county-officer' || role === 'city-officer')) return [];
    const office = await this.readers.officeOf(actor);
    const whose = office === undefined || office === 'city' ? {} : { among: office };
    const wanted = { order: 'opened', limit: MOST_CHECKS } as const;
    const { rows } = await this.queries.execute(new Checks(whose, { state: 'open' }, wanted));
    const own = rows.filter(({ openedBy }) => openedBy.area === actor.area);
    const nameOf = await this.readers.namesOf(own.map(({ supplier }) => supplier));
    const now = instantText(this.clock.now());
    return own.flatMap((row) => {
      const kind = officeKind(row, now);
      if (!kind) return [];
      const due = answerBy(row);
      const link = { match: row.match, check: row.check };
      return [{ kind, firm: nameOf(row.supplier), link, ...(due && { due }), since: row.openedAt }];
    });
  }
}

/** When the time to answer is over: that of whoever has longest. */
function answerBy({ askings }: CheckRow): string | undefined {
  const days = askings.flatMap((asking) => asking.answerBy ?? []).sort();
  const last = days.at(-1);
  return last === undefined ? undefined : instantText(endOfDay(last));
}

function officeKind(row: CheckRow, now: string): string | undefined {
  if (row.asked.length === 0) return 'check-to-ask';
  if (row.asked.every((side) => hasStatement(row, side))) return 'check-to-conclude';
  const due = answerBy(row);
  return due !== undefined && due <= now ? 'statements-overdue' : undefined;
}
