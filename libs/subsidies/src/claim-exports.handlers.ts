import { Refused } from '@app/kernel';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { ClaimFigures, Figure, FigureAsked } from './claim-figures.handlers';
import { ClaimPages } from './claim-pages.handlers';
import type { OpenClaim } from './claim-state.rules';

/** What a claim rests on, in the shape of the door, with what it came to: whoever evaluates it again gets the same. */
export type FactsOfClaim = {
  readonly policy: object;
  readonly facts: object;
  readonly award: string;
  readonly derivation: string;
};

/** With `knownAt` (UTC, ISO 8601) as the claim and everything it rests on was known then. */
export class ClaimFactsOf extends Query<FactsOfClaim> {
  constructor(
    readonly claim: string,
    readonly knownAt?: string,
  ) {
    super();
  }
}

@QueryHandler(ClaimFactsOf)
export class ClaimFactsOfHandler implements IQueryHandler<ClaimFactsOf> {
  constructor(
    private readonly pages: ClaimPages,
    private readonly figures: ClaimFigures,
  ) {}

  async execute({ claim, knownAt }: ClaimFactsOf): Promise<FactsOfClaim> {
    const told = await this.pages.told(claim, knownAt);
    if (!told) throw new Refused('claim-unknown');
    const { policy, facts, grounds } = await figureAgain(this.figures, told.state);
    return { policy: policy.door, facts, award: grounds.award, derivation: grounds.derivation };
  }
}

/** The figure of a claim's last decision, from the events that were known to it. */
export const figureAgain = (figures: ClaimFigures, state: OpenClaim): Promise<Figure> => figures.of(askedAgain(state));

/** What the last decision on a claim asked for. */
export function askedAgain(state: OpenClaim): FigureAsked {
  const { grounds, proposal, findings = [] } = state;
  const { asOf, knownAt } = grounds;
  // After the payment a claim is computed by what was proposed, by what the firm had used up then, and without void invoices.
  const isAfterwards =
    proposal !== undefined && grounds.derivation !== proposal.grounds.derivation && state.receipts.size > 0;
  const entitled = isAfterwards ? { entitledAt: proposal.grounds.knownAt, proposed: proposal.invoices } : {};
  const voidInvoices = isAfterwards ? 'leave-out' : 'keep';
  return { head: state, asOf, knownAt, findings, voidInvoices, ...entitled };
}
