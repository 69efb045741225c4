// Subsidies owns policies and their versions, rounds with their budgets, claims from self-check to recovery, and what each
// beneficiary has used up. It does not own the trade that a claim rests on (orders), nor who a firm is (registry).
import { defineEvents } from '@app/event-store';
import type { EventDeclaration } from '@app/event-store';
import type { ClaimEvent } from './claim-story.rules';
import type { EntitlementEvent } from './entitlement.decider';
import type { PolicyEvent } from './policy.decider';
import type { RoundEvent } from './round.decider';
import type { SampleEvent } from './samples.decider';

export { DERIVATION_VALUES, derivationHash } from './derivation.rules';
export type { DerivationCode, DerivationLine } from './derivation.rules';
export { DAY_COUNTS, interestNumerator, interestShare, interestStretches, yearDays } from './interest.rules';
export type { DayCount, InterestStretch, LoanCourse, RateFrom } from './interest.rules';
export { SubsidiesModule } from './subsidies.module';
export { checkCases, doorSchemas, evaluateDoor } from './policy-door.rules';
export type { CheckedCase, Difference } from './policy-door.rules';
export { readPolicy } from './policy-door-policy.rules';
export type { Policy } from './policy-door-policy.rules';
export { readFacts } from './policy-door-reading.rules';
export type { Facts } from './policy-door-reading.rules';
export { shippedPolicies, shippedPolicy } from './shipped-policies.rules';
export { evaluate, EVALUATOR_VERSION } from './subsidy.rules';
export type { Evaluation } from './subsidy.rules';
export { fundLedger } from './fund-ledger.view';
export { policies } from './policies.view';
export { EvaluatePolicy, PolicyVersionOf, TellPolicy } from './policy.handlers';
export type { FoundPolicy } from './policy.handlers';
export type { PolicyTerms } from './policy-terms.rules';
export type { OpenedRound, Round, RoundTerms } from './round.decider';
export { OpenRound, RoundAt, TellRound } from './round.handlers';
export { rounds } from './rounds.view';

export { ApproveClaim } from './claim-approval.handlers';
export { claim } from './claim.decider';
export type { ClaimCommand } from './claim.decider';
export type { OpenClaim } from './claim-state.rules';
export type { ClaimOfficer, ClaimState, Grounds } from './claim-story.rules';
export { ClaimFigures, entitlementStream } from './claim-figures.handlers';
export type { Figure, FigureAsked } from './claim-figures.handlers';
export { ClaimFactsOf, figureAgain } from './claim-exports.handlers';
export type { FactsOfClaim } from './claim-exports.handlers';
export { FileClaim, SelfCheck, TellClaimAsFirm } from './claim-firm.handlers';
export { LoanFactsFor, ProvidesLoanFacts } from './claim-loans.handlers';
export type { LoanFacts, LoanForClaim } from './claim-loans.handlers';
export { RecheckClaims } from './claim-recheck.handlers';
export { OfferClaims } from './claim-offers.handlers';
export { OffsetRecovery } from './claim-offset.handlers';
export { claimStream, TellClaimAsOfficer } from './claim-officer.handlers';
export { ClaimPages } from './claim-pages.handlers';
export { claims } from './claims.view';
export type { Bundle } from './trail-bundle.rules';
export { claimSamples } from './samples.view';
export { recomputeBundle } from './trail-recompute.handlers';
export type { BundleDifference } from './trail-recompute.handlers';
export { RaiseObjection, StartNotice } from './notice.handlers';
export { ReplayRunner, StartReplay, StartReplayHandler } from './replay.handlers';
export type { ReplayAsked } from './replay.handlers';
export { ReplayDerivationRow, ReplayLineRow, ReplayRow, Replays } from './replay.table';
export type { ReplayTotals } from './replay.rules';

export type { ClaimEvent, EntitlementEvent, PolicyEvent, RoundEvent };

/** None is sealed: what an award rests on stands beside it, and the award itself becomes public with its notice. */
export const claimEvents = defineEvents({
  ClaimOffered: { schema: 1 },
  ClaimFiled: { schema: 1 },
  ClaimReturned: { schema: 1 },
  ClaimCompleted: { schema: 1 },
  ClaimWithdrawn: { schema: 1 },
  MaterialsSupplied: { schema: 1 },
  PayeeNamed: { schema: 1 },
  PayeeChecked: { schema: 1 },
  PayeeFrozen: { schema: 1 },
  PayeeDoubted: { schema: 1 },
  PayeeConfirmed: { schema: 1 },
  NoTradePledged: { schema: 1 },
  RelationChecked: { schema: 1 },
  FindingsRecorded: { schema: 1 },
  CountyCheckPassed: { schema: 1 },
  CityCheckPassed: { schema: 1 },
  ClaimJointlyReviewed: { schema: 1 },
  ClaimProposed: { schema: 1 },
  ProposalTakenBack: { schema: 1 },
  NoticeStarted: { schema: 1 },
  ObjectionRaised: { schema: 1 },
  ObjectionDecided: { schema: 1 },
  ClaimApproved: { schema: 1 },
  ApprovalAbandoned: { schema: 1 },
  FundsPassedDown: { schema: 1 },
  PaymentPrepared: { schema: 1 },
  PaymentCancelled: { schema: 1 },
  PaymentMade: { schema: 1 },
  PaymentBounced: { schema: 1 },
  AwardOffset: { schema: 1 },
  AwardOffsetSettled: { schema: 1 },
  AwardOffsetReturned: { schema: 1 },
  ClaimNotSupported: { schema: 1 },
  ClaimReviewAsked: { schema: 1 },
  ClaimReviewDecided: { schema: 1 },
  StageHandedUp: { schema: 1 },
  StageHandedOver: { schema: 1 },
  RecoveryOpened: { schema: 1 },
  RecoveryLapsed: { schema: 1 },
  RecoveryDropped: { schema: 1 },
  RecoveryConfirmed: { schema: 1 },
  RecoveryHeard: { schema: 1 },
  RecoveryDecided: { schema: 1 },
  RecoveryPaid: { schema: 1 },
  ClaimRecovered: { schema: 1 },
  EntitlementReserved: { schema: 1 },
  EntitlementReleased: { schema: 1 },
  AwardRecovered: { schema: 1 },
  ClaimsSampled: { schema: 1 },
} satisfies Record<(ClaimEvent | EntitlementEvent | SampleEvent)['type'], EventDeclaration>);

/** None is sealed: policies are public, and rounds hold no terms of an offer. */
export const policyEvents = defineEvents({
  PolicyVersionDrafted: { schema: 1 },
  PolicyVersionChanged: { schema: 1 },
  PolicyVersionDiscarded: { schema: 1 },
  PolicyVersionProposed: { schema: 1 },
  PolicyVersionReturned: { schema: 1 },
  PolicyVersionApproved: { schema: 1 },
  PolicyVersionPublished: { schema: 1 },
  PolicyVersionSuperseded: { schema: 1 },
  PolicyVersionEnded: { schema: 1 },
  RoundOpened: { schema: 1 },
  FilingExtended: { schema: 1 },
  BudgetChanged: { schema: 1 },
  BudgetAsked: { schema: 1 },
  BudgetReserved: { schema: 1 },
  BudgetReleased: { schema: 1 },
  ScaleSet: { schema: 1 },
  ProRataFixed: { schema: 1 },
} satisfies Record<(PolicyEvent | RoundEvent)['type'], EventDeclaration>);
