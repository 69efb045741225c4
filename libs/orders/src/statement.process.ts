import { Streams } from '@app/event-store';
import type { CommandContext, Recorded } from '@app/event-store';
import type { Planned, Process } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { InvoiceClaims, statementStream } from './invoice-claims.handlers';
import { statement } from './statement.decider';
import { TakeStatement } from './statement.handlers';
import type { StatementEvent } from './statement-story.rules';

type Task = { readonly statement: string; readonly do: 'take' | 'release' };

/**
 * A statement that both confirmed reaches its orders; one that was disputed or withdrawn gives its invoices back, as does
 * one for those that no order took.
 */
@Injectable()
export class StatementProcess implements Process<StatementEvent, Task> {
  readonly name = 'statement-parts';
  readonly filter = {
    categories: ['statement'],
    types: ['StatementConfirmed', 'StatementDisputed', 'StatementWithdrawn', 'StatementPartRefused'],
  };

  constructor(
    private readonly commands: CommandBus,
    private readonly streams: Streams,
    private readonly claims: InvoiceClaims,
  ) {}

  react(event: Recorded<StatementEvent>): Planned<Task>[] {
    const id = event.stream.slice('statement-'.length);
    switch (event.type) {
      case 'StatementConfirmed':
        return [{ do: id, task: { statement: id, do: 'take' } }];
      case 'StatementDisputed':
      case 'StatementWithdrawn':
        return [{ do: id, task: { statement: id, do: 'release' } }];
      case 'StatementPartRefused':
        return [{ do: event.id, task: { statement: id, do: 'release' } }];
      default:
        return [];
    }
  }

  async perform({ statement: id, do: act }: Task, context: CommandContext): Promise<unknown> {
    if (act === 'take') return this.commands.execute(new TakeStatement(id, context));
    const { state } = await this.streams.load(statement, statementStream(id));
    for (const { number, redOf, parts } of state?.invoices.toReversed() ?? []) {
      const held = { number, redOf, claimant: { kind: 'statement', statement: id } } as const;
      await this.claims.releaseIfLeft(held, 'disputed', context);
      const refused = parts.flatMap(({ fact }) => (state!.refused.includes(fact) ? [fact] : []));
      await this.claims.releaseParts(held, refused, context);
    }
    return state?.invoices.length;
  }
}
