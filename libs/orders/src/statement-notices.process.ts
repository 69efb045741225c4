import { Streams } from '@app/event-store';
import type { CommandContext, Recorded } from '@app/event-store';
import { MessagePort } from '@app/inbox';
import { derivedId } from '@app/kernel';
import { messageOf } from '@app/labels';
import type { Planned, Process } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { statementStream } from './invoice-claims.handlers';
import { otherSide } from './order-state.rules';
import { statement } from './statement.decider';
import type { StatementEvent } from './statement-story.rules';

const MESSAGES = {
  StatementDrawnUp: 'trade-statement-to-confirm',
  StatementConfirmed: 'trade-statement-confirmed',
  StatementDisputed: 'trade-statement-disputed',
} as const;
type Task = { readonly statement: string; readonly about: keyof typeof MESSAGES };

/** Tells the other firm that a statement waits for it, and the one that drew it up what became of it. */
@Injectable()
export class StatementNoticesProcess implements Process<StatementEvent, Task> {
  readonly name = 'statement-notices';
  readonly filter = { categories: ['statement'], types: Object.keys(MESSAGES) };

  constructor(
    private readonly messages: MessagePort,
    private readonly streams: Streams,
  ) {}

  react({ id, stream, type }: Recorded<StatementEvent>): Planned<Task>[] {
    if (type === 'StatementWithdrawn' || type === 'StatementPartRefused') return [];
    return [{ do: id, task: { statement: stream.slice('statement-'.length), about: type } }];
  }

  async perform({ statement: id, about }: Task, { commandId }: CommandContext): Promise<unknown> {
    const { state } = await this.streams.load(statement, statementStream(id));
    if (!state) return 0;
    const { side } = state.by;
    const { registration } = state[about === 'StatementDrawnUp' ? otherSide(side) : side];
    const message = messageOf(MESSAGES[about], { statement: id, month: state.month });
    await this.messages.send({ id: derivedId(commandId, 'notice'), to: { registration }, ...message });
    return 1;
  }
}
