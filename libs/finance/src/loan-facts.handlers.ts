import { EventStore } from '@app/event-store';
import type { Recorded } from '@app/event-store';
import { instantTime, Party } from '@app/kernel';
import { IQueryHandler, Query, QueryBus, QueryHandler } from '@nestjs/cqrs';
import type { LoanEvent, LoanTerms } from './loan-story.rules';
import { loan as decider } from './loan.decider';
import { loanStream } from './loan.handlers';
import { LoanIdsOf } from './loans.view';

// What a claim for an interest subsidy rests on: loans folded from their own streams, as known at an instant.

/** The event that made a value known. */
export type LoanRestsOn = {
  readonly event: string;
  readonly stream: string;
  readonly revision: string;
  readonly recordedAt: string;
};

type Rated = { readonly from: string; readonly rate: string; readonly rests: LoanRestsOn };

export type LoanFact = {
  readonly loan: string;
  /** The bank's account, and the institution as its contract names it. */
  readonly bank: string;
  readonly lender: string;
  readonly borrower: Party;
  readonly request?: string;
  readonly order?: string;
  readonly terms: LoanTerms;
  readonly rates: readonly Rated[];
  /** Of the money that was lent on; from the day of drawing, where the bank states one. */
  readonly relendingRates: readonly Rated[];
  readonly repayments: readonly { readonly paidOn: string; readonly principal: string; readonly rests: LoanRestsOn }[];
  readonly rests: LoanRestsOn;
  /** Hashes of the vouchers of everything that stands. */
  readonly files: readonly string[];
  /** Accounts of the bank that entered any of it. */
  readonly enteredBy: readonly string[];
  readonly confirmedByAccount: string;
};

/**
 * The loans of an enterprise that its registrations confirmed, by day of drawing: neither disputed, nor corrected and not
 * confirmed anew, nor struck. Events recorded after the instant `knownAt` (UTC, ISO 8601) do not exist.
 */
export class LoansOf extends Query<readonly LoanFact[]> {
  constructor(
    readonly enterprise: string,
    readonly knownAt?: string,
  ) {
    super();
  }
}

@QueryHandler(LoansOf)
export class LoansOfHandler implements IQueryHandler<LoansOf, readonly LoanFact[]> {
  constructor(
    private readonly store: EventStore,
    private readonly queries: QueryBus,
  ) {}

  async execute({ enterprise, knownAt }: LoansOf): Promise<readonly LoanFact[]> {
    const facts: LoanFact[] = [];
    for (const loan of await this.queries.execute(new LoanIdsOf(enterprise))) {
      const events: Recorded<LoanEvent>[] = [];
      for await (const event of this.store.read(loanStream(loan))) {
        const isKnown = knownAt === undefined || instantTime(event.metadata.recordedAt) <= instantTime(knownAt);
        if (isKnown) events.push(event as Recorded<LoanEvent>);
      }
      const fact = factOf(events);
      if (fact) facts.push(fact);
    }
    return facts.sort((one, other) => order(one).localeCompare(order(other)));
  }
}

const order = ({ terms, loan }: LoanFact): string => `${terms.drawnOn} ${loan}`;

function factOf(events: readonly Recorded<LoanEvent>[]): LoanFact | undefined {
  const state = events.reduce<ReturnType<typeof decider.evolve>>(decider.evolve, decider.initial);
  if (state?.state !== 'confirmed' || !state.confirmedBy) return undefined;
  const { loan, bank, lender, borrower, request, order: of, terms, rate, changes, repayments, confirmedBy } = state;
  // Of a loan that was struck and evidenced anew only what came since is its own.
  const since = events.slice(events.findLastIndex(({ type }) => type === 'LoanEvidenced'));
  const stated = since.findLast(({ type }) => type === 'LoanEvidenced' || type === 'LoanCorrected')!;
  const rests = restsOn(stated);
  const ofEntry = (entry: string) =>
    restsOn(since.find((event) => 'entry' in event.data && event.data.entry === entry)!);
  const all = [
    { from: terms.drawnOn, ...rate, rests },
    ...changes.map((change) => ({ from: change.from, ...change.rate, rests: ofEntry(change.entry) })),
  ].sort((one, other) => one.from.localeCompare(other.from));
  const standing = new Set([...changes, ...repayments].map(({ entry }) => entry));
  return {
    ...{ loan, bank, lender, borrower, terms, rests },
    ...(request !== undefined && { request }),
    ...(of !== undefined && { order: of }),
    rates: all.map(({ from, rate: yearly, rests: on }) => ({ from, rate: yearly, rests: on })),
    relendingRates: all.flatMap(({ from, relending, rests: on }) =>
      relending === undefined ? [] : [{ from, rate: relending, rests: on }],
    ),
    repayments: repayments
      .map(({ entry, paidOn, principal }) => ({ paidOn, principal, rests: ofEntry(entry) }))
      .sort((one, other) => one.paidOn.localeCompare(other.paidOn)),
    files: since.flatMap((event) => {
      const stands = event.type === 'LoanEvidenced' || event === stated || isEntryOf(event, standing);
      return stands && 'files' in event.data ? event.data.files.map(({ sha256 }) => sha256) : [];
    }),
    enteredBy: [...new Set(since.flatMap(bankOf))],
    confirmedByAccount: confirmedBy.account,
  };
}

const bankOf = (event: Recorded<LoanEvent>): string[] => {
  if (event.type === 'LoanEvidenced') return [event.data.bank];
  return 'by' in event.data && typeof event.data.by === 'string' ? [event.data.by] : [];
};

const isEntryOf = ({ data }: Recorded<LoanEvent>, standing: ReadonlySet<string>): boolean =>
  'entry' in data && data.entry !== undefined && standing.has(data.entry);

const restsOn = ({ id, stream, revision, metadata }: Recorded<LoanEvent>): LoanRestsOn => ({
  event: id,
  stream,
  revision: String(revision),
  recordedAt: metadata.recordedAt,
});
