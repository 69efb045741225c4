import { Streams } from '@app/event-store';
import type { CommandContext, Recorded } from '@app/event-store';
import { MessagePort } from '@app/inbox';
import { derivedId, Refused } from '@app/kernel';
import { messageOf } from '@app/labels';
import type { Planned, Process } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { matchStream } from './check.handlers';
import { listing } from './listing.decider';
import { listingStream } from './listing.handlers';
import { match } from './match.decider';
import type { CheckSide, MatchEvent } from './match.decider';

type Task = { readonly match: string; readonly check: string; readonly sides: readonly CheckSide[] };

/** Tells the firms of a match that an office waits for their statement: nobody is found 不属实 without having been asked. */
@Injectable()
export class CheckNoticesProcess implements Process<MatchEvent, Task> {
  readonly name = 'check-notices';
  readonly filter = { categories: ['match'], types: ['StatementsAsked'] };

  constructor(
    private readonly messages: MessagePort,
    private readonly streams: Streams,
  ) {}

  react(event: Recorded<MatchEvent>): Planned<Task>[] {
    if (event.type !== 'StatementsAsked') return [];
    const { check, sides } = event.data;
    return [{ do: event.id, task: { match: event.stream.slice('match-'.length), check, sides } }];
  }

  async perform({ match: id, check, sides }: Task, { commandId }: CommandContext): Promise<unknown> {
    const { state } = await this.streams.load(match, matchStream(id));
    if (!state) throw new Refused('match-unknown');
    const { state: checked } = await this.streams.load(listing, listingStream(state.listing));
    const product = checked?.terms.product ?? '';
    const message = messageOf('statement-asked', { product, match: id, check });
    for (const side of sides) {
      const { registration } = state[side];
      await this.messages.send({ id: derivedId(commandId, side), to: { registration }, ...message });
    }
    return sides.length;
  }
}
