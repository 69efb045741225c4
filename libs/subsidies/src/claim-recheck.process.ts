import { Streams } from '@app/event-store';
import type { CommandContext, Recorded } from '@app/event-store';
import { derivedId } from '@app/kernel';
import { match, matchStream } from '@app/matching';
import type { MatchEvent } from '@app/matching';
import { order, OrderAt, orderStream } from '@app/orders';
import type { EvidenceEvent, OrderEvent } from '@app/orders';
import { leadList } from '@app/registry';
import type { EnterpriseEvent, LeadListEvent } from '@app/registry';
import type { Planned, Process } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { isLate } from './claim-facts.rules';
import { ClaimRecheck } from './claim-recheck.handlers';
import { ClaimsOn } from './claims-asked.view';
import type { ClaimEvent } from './claim-story.rules';

type Task =
  | { readonly order: string }
  | { readonly invoice: string }
  | { readonly firm: string }
  | { readonly list: string }
  | { readonly match: string }
  | { readonly claim: string };
type Told = OrderEvent | EvidenceEvent | MatchEvent | EnterpriseEvent | LeadListEvent | ClaimEvent;

/** What a firm says of itself that no claim looks at. */
const UNASKED: readonly string[] = ['name'];

/**
 * Computes paid claims again when something they stand on has changed, and opens a recovery for what was paid beyond their
 * worth: an officer's to-do, of which the firm learns once he confirms it.
 */
@Injectable()
export class ClaimRecheckProcess implements Process<Told, Task> {
  readonly name = 'claim-recheck';
  readonly filter = {
    categories: ['order', 'evidence', 'match', 'enterprise', 'leadlist', 'claim'],
    types: [
      'InvoiceEntered',
      'PaymentEntered',
      'ReturnEntered',
      'DeliveryAccepted',
      'OrderFactConfirmed',
      'OrderFactDecided',
      'OrderFactTakenBack',
      'InvoiceReversed',
      'InvoiceReversalReleased',
      'InvoiceReleased',
      'InvoiceChecked',
      'CheckConcluded',
      'FactsRecorded',
      'FactWithdrawn',
      'HolderReplaced',
      'LeadListPublished',
      'LeadFirmExited',
      'LeadListCorrected',
      'PaymentMade',
      'ClaimRecovered',
      'RecoveryDecided',
    ],
  };

  constructor(
    private readonly streams: Streams,
    private readonly queries: QueryBus,
    private readonly claims: ClaimRecheck,
  ) {}

  react(event: Recorded<Told>): Planned<Task>[] {
    const of = (category: string) => event.stream.slice(category.length + 1);
    const look = (task: Task): Planned<Task>[] => [{ do: event.id, task }];
    switch (event.type) {
      case 'InvoiceEntered':
      case 'PaymentEntered':
      case 'ReturnEntered':
      case 'DeliveryAccepted':
      case 'OrderFactConfirmed':
      case 'OrderFactDecided':
      case 'OrderFactTakenBack':
        return look({ order: of('order') });
      case 'InvoiceReversed':
      case 'InvoiceReversalReleased':
      case 'InvoiceReleased':
      case 'InvoiceChecked':
        return look({ invoice: of('evidence') });
      case 'CheckConcluded':
        return look({ match: of('match') });
      case 'FactsRecorded':
        return Object.keys(event.data.facts).every((kind) => UNASKED.includes(kind))
          ? []
          : look({ firm: of('enterprise') });
      case 'FactWithdrawn':
        return UNASKED.includes(event.data.kind) ? [] : look({ firm: of('enterprise') });
      case 'HolderReplaced':
        return look({ firm: of('enterprise') });
      case 'LeadListPublished':
        return look({ list: of('leadlist') });
      case 'LeadFirmExited':
        return look({ firm: event.data.enterprise });
      case 'LeadListCorrected':
        return [...event.data.removed, ...event.data.added.map(({ enterprise }) => enterprise)].map((firm) => ({
          do: derivedId(event.id, firm),
          task: { firm },
        }));
      case 'PaymentMade':
      case 'ClaimRecovered':
      // Where it came to nothing it is over, and what fell since the firm was told was looked at by nobody.
      case 'RecoveryDecided':
        return look({ claim: of('claim') });
      default:
        return [];
    }
  }

  async perform(task: Task, context: CommandContext): Promise<unknown> {
    const ids = await this.claimsOn(task);
    await this.claims.recheck(ids, context);
    return ids.length;
  }

  private async claimsOn(on: Task): Promise<string[]> {
    if ('claim' in on) return [on.claim];
    if ('order' in on) return this.claimsOnOrder(on.order);
    if ('list' in on) {
      const { state } = await this.streams.load(leadList, `leadlist-${on.list}`);
      return this.claimsOnAny([...state.firms.keys()].map((firm) => ({ firm })));
    }
    if (!('match' in on)) return this.queries.execute(new ClaimsOn(on));
    const { state } = await this.streams.load(match, matchStream(on.match));
    return state ? this.queries.execute(new ClaimsOn({ firm: state.supplier.enterprise })) : [];
  }

  /** What is recorded late may be trade before a pair's first one here: then no claim names its order, and all of the pair are looked at. */
  private async claimsOnOrder(id: string): Promise<string[]> {
    const { state } = await this.streams.load(order, orderStream(id));
    if (!state) return [];
    const pair = [state.lead.enterprise, state.supplier.enterprise] as const;
    const [own, all] = await Promise.all([
      this.queries.execute(new ClaimsOn({ order: id })),
      this.queries.execute(new ClaimsOn({ pair })),
    ]);
    // The whole trade of an order is folded only where that may matter.
    if (all.every((claim) => own.includes(claim))) return own;
    const trade = await this.queries.execute(new OrderAt(id));
    return trade && isLate(trade) ? [...new Set([...own, ...all])].sort() : own;
  }

  private async claimsOnAny(all: readonly ClaimsOn['on'][]): Promise<string[]> {
    const found = await Promise.all(all.map((on) => this.queries.execute(new ClaimsOn(on))));
    return [...new Set(found.flat())].sort();
  }
}
