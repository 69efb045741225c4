import type { Actor } from '@app/auth';
import { GivesToDos } from '@app/inbox';
import type { ToDo, ToDoSource } from '@app/inbox';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { policies, PolicyVersions } from './policies.view';
import type { PolicyVersionRow } from './policies.view';

const WRITING = ['drafted', 'changed', 'proposed'];

/** Versions that wait for somebody else's approval, and those approved that nobody has published. */
@GivesToDos()
@Injectable()
export class PoliciesToDos implements ToDoSource {
  readonly views = [policies];

  constructor(private readonly queries: QueryBus) {}

  async toDos({ account, roles }: Actor): Promise<ToDo[]> {
    if (!roles.includes('city-officer')) return [];
    const versions = await this.queries.execute(new PolicyVersions('with-drafts'));
    return versions.flatMap((row): ToDo[] => {
      const { scheme, version, state, terms, steps } = row;
      const waiting = { subject: terms.title, link: { item: `${scheme}/${version}` }, since: steps.at(-1)?.at };
      if (state === 'approved') return [{ kind: 'policy-to-publish', ...waiting }];
      if (state !== 'proposed' || hasWritten(row, account)) return [];
      return [{ kind: 'policy-to-approve', ...waiting }];
    });
  }
}

const hasWritten = ({ steps }: PolicyVersionRow, account: string): boolean =>
  steps.some(({ step, by }) => WRITING.includes(step) && by.account === account);
