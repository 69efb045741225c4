import { Party } from '@app/kernel';
import { ProvidesLoanFacts } from '@app/subsidies';
import type { LoanFacts, LoanForClaim } from '@app/subsidies';
import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { LoanFact, LoansOf } from './loan-facts.handlers';

/** Loans as a claim for an interest subsidy takes them, in the shape of the door: those that it does not subsidise too, by name. */
@ProvidesLoanFacts()
@Injectable()
export class LoanClaimFacts implements LoanFacts {
  constructor(private readonly queries: QueryBus) {}

  async loansOf({ enterprise, registration }: Party, knownAt: string): Promise<readonly LoanForClaim[]> {
    const found = await this.queries.execute(new LoansOf(enterprise, knownAt));
    return found
      .filter(({ borrower }) => borrower.registration === registration)
      .map((fact) => ({ loan: atTheDoor(fact), enteredBy: [...fact.enteredBy, fact.confirmedByAccount] }));
  }
}

const atTheDoor = ({ loan, borrower, terms, rates, relendingRates, repayments, rests }: LoanFact): object => ({
  id: loan,
  kind: terms.renews ? 'renewal' : terms.preferential ? 'preferential' : 'ordinary',
  borrower: borrower.enterprise,
  contractDate: terms.signedOn,
  amount: terms.amount,
  drawnOn: terms.drawnOn,
  dueOn: terms.dueOn,
  rates: rates.map(({ from, rate, rests: on }) => ({ from, rate, rests: [on] })),
  ...(relendingRates.length > 0 && {
    relendingRates: relendingRates.map(({ from, rate, rests: on }) => ({ from, rate, rests: [on] })),
  }),
  repayments: repayments.map(({ paidOn, principal, rests: on }) => ({ date: paidOn, principal, rests: [on] })),
  rests: [rests],
});
