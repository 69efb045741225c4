// Finance owns finance requests on orders, the banks' answers and the loans that they evidence. It does not own the
// orders (orders), nor the claim for an interest subsidy (subsidies).
import { defineEvents, EventDeclaration } from '@app/event-store';
import type { FinanceRequestEvent } from './finance-request-story.rules';
import type { LoanEvent } from './loan-story.rules';

export { FinanceModule } from './finance.module';
export { financeRequestStream, RequestFinance, TellFinanceRequest } from './finance-request.handlers';
export { LoansOf } from './loan-facts.handlers';
export type { LoanFact, LoanRestsOn } from './loan-facts.handlers';
export { EvidenceLoan, loanStream, TellLoan } from './loan.handlers';

export type { FinanceRequestEvent, LoanEvent };

/** Sealed is what a bank could learn of another's terms from. */
export const financeEvents = defineEvents({
  FinanceRequested: { schema: 1 },
  BanksConsented: { schema: 1 },
  AdviserAssigned: { schema: 1 },
  FinanceAdvised: { schema: 1 },
  RequestPassedToBanks: { schema: 1 },
  BankAnswered: { schema: 1, sealed: ['terms.amount', 'terms.rate', 'terms.termMonths', 'terms.validUntil'] },
  BankOfferChosen: { schema: 1 },
  FinanceGranted: { schema: 1, sealed: ['amount', 'rate', 'termMonths'] },
  GrantDrawn: { schema: 1, sealed: ['amount'] },
  FinanceRefused: { schema: 1 },
  FinanceRequestWithdrawn: { schema: 1 },
  LoanEvidenced: { schema: 1, sealed: ['terms.amount', 'rate'] },
  LoanCorrected: { schema: 1, sealed: ['terms.amount', 'rate'] },
  LoanRateChanged: { schema: 1, sealed: ['rate'] },
  LoanRepaid: { schema: 1, sealed: ['principal'] },
  LoanEntryStruck: { schema: 1 },
  LoanStruck: { schema: 1 },
  LoanConfirmed: { schema: 1 },
  LoanDisputed: { schema: 1 },
  LoanHandedOver: { schema: 1 },
} satisfies Record<(FinanceRequestEvent | LoanEvent)['type'], EventDeclaration>);
