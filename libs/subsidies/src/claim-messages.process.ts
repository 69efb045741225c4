import { Streams } from '@app/event-store';
import type { CommandContext, Recorded } from '@app/event-store';
import { MessagePort } from '@app/inbox';
import { derivedId } from '@app/kernel';
import { messageOf } from '@app/labels';
import type { Planned, Process } from '@app/projections';
import { HolderOf } from '@app/registry';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { claim } from './claim.decider';
import { claimStream } from './claim-officer.handlers';
import type { ClaimEvent } from './claim-story.rules';

/** What a firm is told of its claim, by what happened. */
const TOLD = {
  ClaimOffered: 'claim-offered',
  ClaimReturned: 'claim-returned',
  ClaimNotSupported: 'claim-not-supported',
  NoticeStarted: 'claim-on-notice',
  ClaimApproved: 'claim-approved',
  PaymentMade: 'claim-paid',
  PaymentBounced: 'claim-bounced',
  RecoveryConfirmed: 'claim-to-recover',
  RecoveryDecided: 'recovery-decided',
} as const satisfies Partial<Record<ClaimEvent['type'], string>>;

type Task =
  | { readonly claim: string; readonly message: (typeof TOLD)[keyof typeof TOLD] }
  | { readonly claim: string; readonly message: 'claim-pledge-asked'; readonly pair: string };

/** Tells the firm what becomes of its claim, and its partner that a pledge is waited for. */
@Injectable()
export class ClaimMessagesProcess implements Process<ClaimEvent, Task> {
  readonly name = 'claim-messages';
  readonly filter = { categories: ['claim'], types: [...Object.keys(TOLD), 'NoTradePledged'] };

  constructor(
    private readonly streams: Streams,
    private readonly messages: MessagePort,
    private readonly queries: QueryBus,
  ) {}

  react(event: Recorded<ClaimEvent>): Planned<Task>[] {
    const id = event.stream.slice('claim-'.length);
    if (event.type === 'NoTradePledged') {
      const { pair } = event.data;
      return [{ do: event.id, task: { claim: id, message: 'claim-pledge-asked', pair } }];
    }
    const message = (TOLD as Partial<Record<ClaimEvent['type'], (typeof TOLD)[keyof typeof TOLD]>>)[event.type];
    return message ? [{ do: event.id, task: { claim: id, message } }] : [];
  }

  async perform(task: Task, { commandId }: CommandContext): Promise<unknown> {
    const { state } = await this.streams.load(claim, claimStream(task.claim));
    if (!state) return undefined;
    if (task.message !== 'claim-pledge-asked') {
      const to = { registration: state.firm.registration };
      return this.messages.send({
        id: derivedId(commandId, 'firm'),
        to,
        ...messageOf(task.message, { claim: task.claim }),
      });
    }
    const { pair } = task;
    const pledged = state.relations.get(pair)?.pledges ?? [];
    const other = pair.split('/').find((enterprise) => enterprise !== state.firm.enterprise);
    if (other === undefined || pledged.includes(other)) return undefined;
    const registration = await this.queries.execute(new HolderOf(other));
    if (registration === undefined) return undefined;
    const words = messageOf('claim-pledge-asked', { claim: task.claim, pair });
    return this.messages.send({ id: derivedId(commandId, 'partner'), to: { registration }, ...words });
  }
}
