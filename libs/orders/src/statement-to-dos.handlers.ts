import type { Actor } from '@app/auth';
import { GivesToDos } from '@app/inbox';
import type { ToDo, ToDoSource } from '@app/inbox';
import { Readers } from '@app/matching';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Statements, statements } from './statements.view';

/** Of more statements the reader sees the oldest first. */
const MOST_STATEMENTS = 1_000;

/** Statements 对账单 that the other side drew up and that wait for this side's word. */
@GivesToDos()
@Injectable()
export class StatementToDos implements ToDoSource {
  readonly views = [statements];

  constructor(
    private readonly queries: QueryBus,
    private readonly readers: Readers,
  ) {}

  async toDos({ party }: Actor): Promise<ToDo[]> {
    if (!party || party.innerRole === 'viewer') return [];
    const { enterprise, registration } = party;
    const wanted = { order: 'drawn-up', limit: MOST_STATEMENTS } as const;
    const { rows } = await this.queries.execute(new Statements({ registration }, { waiting: true }, wanted));
    const nameOf = await this.readers.namesOf(rows.flatMap(({ lead, supplier }) => [lead, supplier]));
    return rows.map(({ statement, lead, supplier, month, drawnUpAt }): ToDo => {
      const firm = nameOf(lead === enterprise ? supplier : lead);
      return {
        ...{ kind: 'month-statement-to-answer', link: { item: statement }, subject: month, since: drawnUpAt },
        ...(firm !== undefined && { firm }),
      };
    });
  }
}
