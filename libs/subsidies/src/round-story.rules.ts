import type { PolicyOfficer } from './policy.decider';
import type { Asked, LevelShares, Reserved, Rounding, ShortReading } from './round-budget.rules';

// What can be asked of a round 申报批次 and what can happen to it. Amounts are decimal strings of yuan, days are days in
// Asia/Shanghai.

/** What the round takes from its policy's version, as it stood when the round opened. */
export type RoundPolicy = {
  readonly scheme: string;
  readonly version: string;
  readonly hash: string;
  readonly short: ShortReading;
  readonly rounding: Rounding;
  /** Most that its levels may have together, where the policy says so. */
  readonly budget?: string;
};

export type RoundTerms = {
  readonly name: string;
  /** 文号 of the notice that calls for claims. */
  readonly document: string;
  /** Days of filing, both included: a later claim is refused. */
  readonly filing: { readonly from: string; readonly to: string };
  /** The year that its awards count for, where caps are by year. */
  readonly year: number;
  readonly shares: LevelShares;
  readonly budgets: readonly LevelBudget[];
};
/** `level`: `city`, or the area of a county. */
export type LevelBudget = { readonly level: string; readonly amount: string };

/** A policy's version as its own stream has it, when a round is to be opened under it. */
export type OfferedPolicy = RoundPolicy & {
  readonly isPublished: boolean;
  readonly from: string;
  /** Last day of filing under it. */
  readonly to: string;
};

type By = { by: PolicyOfficer; at: string };

export type RoundCommand =
  | ({ type: 'OpenRound'; round: string; policy: OfferedPolicy; terms: RoundTerms } & By)
  | ({ type: 'ExtendFiling'; to: string; document: string; reason: string; lastDay: string } & By)
  | ({ type: 'ChangeBudget'; level: string; amount: string; document: string; reason: string } & By)
  /** A claim stands in line, with its award as far as it is known. */
  | ({ type: 'AskBudget'; at: string } & Asked)
  /** `attempt`: of the approval that reserves. One that was abandoned reserves nothing any more. */
  | { type: 'ReserveBudget'; claim: string; county: string; amount: string; attempt: string; at: string }
  /** With an attempt: what this attempt reserved, and it is over. Without: the claim is out of the line. */
  | { type: 'ReleaseBudget'; claim: string; attempt?: string; at: string }
  /** `county` left out: for all that have none of their own. */
  | ({ type: 'SetScale'; scale: string; county?: string; document: string; reason: string } & By)
  | ({ type: 'FixProRata'; document: string } & By);

type Event<T extends string, D> = { readonly type: T; readonly data: D };

export type RoundEvent =
  | Event<'RoundOpened', { round: string; policy: RoundPolicy } & RoundTerms & By>
  | Event<'FilingExtended', { to: string; document: string; reason: string } & By>
  | Event<'BudgetChanged', { level: string; amount: string; document: string; reason: string } & By>
  | Event<'BudgetAsked', Asked & { at: string }>
  | Event<'BudgetReserved', Reserved & { attempt: string; at: string }>
  | Event<'BudgetReleased', { claim: string; attempt?: string; at: string }>
  | Event<'ScaleSet', { scale: string; county?: string; document: string; reason: string } & By>
  | Event<
      'ProRataFixed',
      { scales: readonly { readonly county: string; readonly scale: string }[]; document: string } & By
    >;
