import { Streams } from '@app/event-store';
import type { CommandContext, Recorded } from '@app/event-store';
import { Clock, derivedId, instantText, shanghaiDay } from '@app/kernel';
import { match, matchStream } from '@app/matching';
import type { MatchEvent } from '@app/matching';
import type { EvidenceEvent, OrderEvent } from '@app/orders';
import type { LeadListEvent } from '@app/registry';
import type { Planned, Process } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { claim } from './claim.decider';
import { ClaimDerivations } from './claim-derivation.table';
import { ClaimFigures } from './claim-figures.handlers';
import { causeOf } from './claim-facts.rules';
import { claimStream } from './claim-officer.handlers';
import { ClaimsOn } from './claims-asked.view';
import type { ClaimEvent } from './claim-story.rules';

type Task =
  | { readonly order: string }
  | { readonly invoice: string }
  | { readonly firm: string }
  | { readonly match: string }
  | { readonly claim: string };
type Told = OrderEvent | EvidenceEvent | MatchEvent | LeadListEvent | ClaimEvent;

/**
 * Computes paid claims again when something they stand on has changed, and opens a recovery for what was paid beyond their
 * worth: an officer's to-do, of which the firm learns once he confirms it.
 */
@Injectable()
export class ClaimRecheckProcess implements Process<Told, Task> {
  readonly name = 'claim-recheck';
  readonly filter = {
    categories: ['order', 'evidence', 'match', 'leadlist', 'claim'],
    types: [
      'InvoiceEntered',
      'PaymentEntered',
      'ReturnEntered',
      'OrderFactConfirmed',
      'OrderFactDecided',
      'OrderFactTakenBack',
      'InvoiceReversed',
      'InvoiceReleased',
      'InvoiceChecked',
      'CheckConcluded',
      'LeadFirmExited',
      'LeadListCorrected',
      'PaymentMade',
      'ClaimRecovered',
    ],
  };

  constructor(
    private readonly streams: Streams,
    private readonly queries: QueryBus,
    private readonly figures: ClaimFigures,
    private readonly derivations: ClaimDerivations,
    private readonly clock: Clock,
  ) {}

  react(event: Recorded<Told>): Planned<Task>[] {
    const of = (category: string) => event.stream.slice(category.length + 1);
    const look = (task: Task): Planned<Task>[] => [{ do: event.id, task }];
    switch (event.type) {
      case 'InvoiceEntered':
      case 'PaymentEntered':
      case 'ReturnEntered':
      case 'OrderFactConfirmed':
      case 'OrderFactDecided':
      case 'OrderFactTakenBack':
        return look({ order: of('order') });
      case 'InvoiceReversed':
      case 'InvoiceReleased':
      case 'InvoiceChecked':
        return look({ invoice: of('evidence') });
      case 'CheckConcluded':
        return event.data.result === 'untrue' ? look({ match: of('match') }) : [];
      case 'LeadFirmExited':
        return look({ firm: event.data.enterprise });
      case 'LeadListCorrected':
        return event.data.removed.map((firm) => ({ do: derivedId(event.id, firm), task: { firm } }));
      case 'PaymentMade':
      case 'ClaimRecovered':
        return look({ claim: of('claim') });
      default:
        return [];
    }
  }

  async perform(task: Task, context: CommandContext): Promise<unknown> {
    const ids = await this.claimsOn(task);
    for (const id of ids) await this.recheck(id, { ...context, commandId: derivedId(context.commandId, id) });
    return ids.length;
  }

  private async claimsOn(on: Task): Promise<string[]> {
    if ('claim' in on) return [on.claim];
    if (!('match' in on)) return this.queries.execute(new ClaimsOn(on));
    const { state } = await this.streams.load(match, matchStream(on.match));
    if (!state) return [];
    return this.queries.execute(new ClaimsOn({ firm: state.supplier.enterprise }));
  }

  private async recheck(id: string, context: CommandContext): Promise<void> {
    const { state } = await this.streams.load(claim, claimStream(id));
    if (!state?.proposal || !['paid', 'recovered'].includes(state.state)) return;
    const at = instantText(this.clock.now());
    // Its own year and what the firm had used up by then: later awards take nothing from an earlier one.
    const figure = await this.figures.of({
      head: state,
      asOf: shanghaiDay(at),
      knownAt: at,
      findings: state.findings ?? [],
      voidInvoices: 'leave-out',
      entitledAt: state.proposal.grounds.knownAt,
    });
    await this.derivations.keep(id, figure);
    const { grounds } = figure;
    const proposed = { orders: state.proposal.orders, knownAt: state.proposal.grounds.knownAt };
    const cause = causeOf(proposed, figure);
    const recovery = derivedId(context.commandId, 'recovery');
    const command = { type: 'OpenRecovery', recovery, cause, worthNow: grounds.award, grounds, at } as const;
    await this.streams.decide(claim, claimStream(id), command, context);
  }
}
