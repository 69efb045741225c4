import { CommandContext, Committed, Streams } from '@app/event-store';
import { Clock, derivedId, instantText, instantTime, Refused } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { claimIn, evidence, EvidenceCommand } from './evidence.decider';
import type { Claimant } from './evidence-story.rules';
import { order } from './order.decider';
import { orderStream } from './order.handlers';
import { isLive } from './order-state.rules';
import { holdsClaims, statement } from './statement.decider';

export const evidenceStream = (number: string): string => `evidence-${number}`;
export const statementStream = (id: string): string => `statement-${id}`;

/** How long after a claim its own retry may still enter it, in milliseconds. */
const FRESH = 5 * 60_000;
/** When a claim that nobody entered is swept: long after the last retry could have begun, in milliseconds. */
export const SWEPT_AFTER = 10 * 60_000;

export type Claim = Extract<EvidenceCommand, { type: 'ClaimInvoice' }>;
export type Held = { readonly number: string; readonly claimant: Claimant; readonly redOf?: string };
type Reason = Extract<EvidenceCommand, { type: 'ReleaseInvoice' }>['reason'];

/** The steps of a chain on one stream are commands of their own, whose ids follow from the request's. */
export const stepOf = (context: CommandContext, ...step: string[]): CommandContext => ({
  ...context,
  commandId: derivedId(context.commandId, ...step),
});

/**
 * The two ends of every chain over an invoice's own stream: it is claimed before an order or a statement takes it, and
 * released when they did not.
 */
@Injectable()
export class InvoiceClaims {
  constructor(
    private readonly streams: Streams,
    private readonly clock: Clock,
  ) {}

  /**
   * Claims the invoice, and reverses its original where it is a red one. Refuses what the evidence refuses, and
   * `invoice-claim-lapsed` to a retry that comes so late that the claim is, or is about to be, swept.
   */
  async claim(command: Claim, context: CommandContext): Promise<Committed[]> {
    const { number, claimant, redOf, seller, buyer, parts, figures, at } = command;
    const told = await this.tell(number, command, stepOf(context, 'claim', number));
    await this.checkFresh(command);
    if (redOf === undefined) return [told];
    const { invoicedOn } = figures;
    const reverse = { type: 'ReverseInvoice', red: number, claimant, seller, buyer, parts, invoicedOn, at } as const;
    try {
      return [told, await this.tell(redOf, reverse, stepOf(context, 'reverse', number))];
    } catch (error) {
      if (error instanceof Refused) await this.releaseIfLeft({ number, claimant, redOf }, 'refused', context);
      throw error;
    }
  }

  /** Releases what neither an order nor a statement holds: whoever claims once more under the same fact loses nothing. */
  async releaseIfLeft(
    { number, claimant, redOf }: Held,
    reason: Reason,
    context: CommandContext,
  ): Promise<Committed[]> {
    if (await this.isTaken(number, claimant)) return [];
    const at = instantText(this.clock.now());
    const told: Committed[] = [];
    if (redOf !== undefined) {
      const give = { type: 'ReleaseReversal', red: number, claimant, at } as const;
      told.push(await this.tell(redOf, give, stepOf(context, 'give back', number)));
    }
    const release = { type: 'ReleaseInvoice', claimant, reason, at } as const;
    return [...told, await this.tell(number, release, stepOf(context, 'release', number))];
  }

  /**
   * Gives back parts of a divided invoice that their orders refused, so that another statement may have them. Of a red one they
   * stay: its original has been reversed by as much.
   */
  releaseParts({ number, claimant, redOf }: Held, facts: readonly string[], context: CommandContext): Promise<unknown> {
    if (redOf !== undefined || facts.length === 0) return Promise.resolve();
    const release = { type: 'ReleaseParts', claimant, facts, at: instantText(this.clock.now()) } as const;
    return this.tell(number, release, stepOf(context, 'release parts', number));
  }

  /** Whether the claimant has taken what it claimed, folded from its own stream. */
  private async isTaken(number: string, claimant: Claimant): Promise<boolean> {
    if (claimant.kind === 'statement') {
      const { state } = await this.streams.load(statement, statementStream(claimant.statement));
      return holdsClaims(state, number);
    }
    const { state } = await this.streams.load(order, orderStream(claimant.order));
    const fact = state?.facts.get(claimant.fact);
    return fact?.kind === 'invoice' && fact.number === number && isLive(fact);
  }

  private async checkFresh({ number, claimant }: Claim): Promise<void> {
    const { state } = await this.streams.load(evidence, evidenceStream(number));
    const own = claimIn(state, claimant);
    const isFresh = own !== undefined && this.clock.now() - instantTime(own.claimedAt) < FRESH;
    if (isFresh || (own && (await this.isTaken(number, claimant)))) return;
    throw new Refused('invoice-claim-lapsed');
  }

  private tell(number: string, command: EvidenceCommand, context: CommandContext) {
    return this.streams.decide(evidence, evidenceStream(number), command, context);
  }
}
