import { Streams } from '@app/event-store';
import type { CommandContext, Recorded } from '@app/event-store';
import { MessagePort } from '@app/inbox';
import { derivedId } from '@app/kernel';
import { messageOf } from '@app/labels';
import type { MessageAbout } from '@app/labels';
import type { Planned, Process } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { financeRequest } from './finance-request.decider';
import type { FinanceRequest } from './finance-request.decider';
import { financeRequestStream } from './finance-request.handlers';
import type { FinanceRequestEvent } from './finance-request-story.rules';

/** Whom an event concerns: people by their part in the request, or accounts. */
type Hearer = 'advisers' | 'bureau' | 'firm' | 'adviser' | 'banks' | { readonly account: string };
type Task = {
  readonly request: string;
  readonly tell: readonly { readonly about: MessageAbout; readonly to: Hearer }[];
};

/** Tells everybody what waits for him in a request for finance, and the firm what became of it. */
@Injectable()
export class FinanceNoticesProcess implements Process<FinanceRequestEvent, Task> {
  readonly name = 'finance-notices';
  readonly filter = { categories: ['finance'] };

  constructor(
    private readonly messages: MessagePort,
    private readonly streams: Streams,
  ) {}

  react(event: Recorded<FinanceRequestEvent>): Planned<Task>[] {
    const tell = told(event);
    if (tell.length === 0) return [];
    return [{ do: event.id, task: { request: event.stream.slice('finance-request-'.length), tell } }];
  }

  async perform({ request, tell }: Task, { commandId }: CommandContext): Promise<unknown> {
    const { state } = await this.streams.load(financeRequest, financeRequestStream(request));
    if (!state) return undefined;
    let sent = 0;
    for (const { about, to } of tell) {
      const message = messageOf(about, { request });
      for (const [index, recipient] of recipients(to, state).entries()) {
        sent += await this.messages.send({ id: derivedId(commandId, about, index), to: recipient, ...message });
      }
    }
    return sent;
  }
}

function told(event: Recorded<FinanceRequestEvent>): Task['tell'] {
  switch (event.type) {
    case 'FinanceRequested':
      return [
        { about: 'finance-requested', to: 'advisers' },
        { about: 'finance-requested', to: 'bureau' },
      ];
    case 'AdviserAssigned': {
      const { adviser, by } = event.data;
      const toFirm = { about: 'finance-adviser-assigned', to: 'firm' } as const;
      return by === adviser ? [toFirm] : [toFirm, { about: 'finance-assigned-to-you', to: { account: adviser } }];
    }
    case 'FinanceAdvised':
      return [{ about: 'finance-advised', to: 'firm' }];
    case 'BanksConsented':
      return [{ about: 'finance-banks-consented', to: 'adviser' }];
    case 'RequestPassedToBanks':
      return event.data.banks.map((account) => ({ about: 'finance-passed', to: { account } }));
    case 'BankAnswered':
      return [
        { about: 'finance-answered', to: 'firm' },
        { about: 'finance-answered', to: 'adviser' },
      ];
    case 'BankOfferChosen':
      return [{ about: 'finance-offer-chosen', to: { account: event.data.bank } }];
    case 'FinanceGranted':
      return [
        { about: 'finance-granted', to: 'firm' },
        { about: 'finance-granted', to: 'adviser' },
      ];
    case 'FinanceRefused':
      return [{ about: 'finance-refused', to: 'firm' }];
    case 'FinanceRequestWithdrawn':
      return [
        { about: 'finance-withdrawn', to: 'adviser' },
        { about: 'finance-withdrawn', to: 'banks' },
      ];
    case 'GrantDrawn':
      return [];
  }
}

type Recipient = Parameters<MessagePort['send']>[0]['to'];

function recipients(to: Hearer, { borrower, adviser, banks }: NonNullable<FinanceRequest>): Recipient[] {
  if (typeof to === 'object') return [to];
  switch (to) {
    case 'advisers':
      return [{ role: 'adviser' }];
    case 'bureau':
      return [{ role: 'city-officer' }];
    case 'firm':
      return [{ registration: borrower.registration }];
    case 'adviser':
      return adviser === undefined ? [] : [{ account: adviser }];
    case 'banks':
      return [...banks.keys()].map((account) => ({ account }));
  }
}
