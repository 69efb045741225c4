import type { Party } from '@app/kernel';
import type { Resting } from './resting.rules';

// What can happen to a claim 申报, from its filing to the money and, where it must, back. Days are days in Asia/Shanghai,
// `at` is the time of the act, amounts are decimal strings of yuan.

export const CLAIM_STATES = [
  'offered',
  'applied',
  'returned',
  'county-passed',
  'city-passed',
  'jointly-reviewed',
  'proposed',
  'on-notice',
  'approved',
  'passed-down',
  'paid',
  'not-supported',
  'withdrawn',
  'to-recover',
  'recovered',
] as const;
export type ClaimState = (typeof CLAIM_STATES)[number];

/** No person acts in two of these on one claim. The list and the notice carry out what the joint review found. */
export const CLAIM_STAGES = [
  'county-check',
  'city-check',
  'joint-review',
  'approval',
  'passing-down',
  'payment',
  'review',
  'recovery',
] as const;
export type ClaimStage = (typeof CLAIM_STAGES)[number];

export const CLAIM_ROLES = ['county-officer', 'city-officer', 'county-finance', 'city-finance'] as const;
export type ClaimRole = (typeof CLAIM_ROLES)[number];

/** An officer as he acts: `area` of a county office; those of the city have none. */
export type ClaimOfficer = { readonly account: string; readonly role: ClaimRole; readonly area?: string };

/** Who acts for a firm, and by which of its people. */
export type Applicant = Party & { readonly account: string };

export type ClaimFile = { readonly id: string; readonly sha256: string };
/** Words that may name people: they stand in the vault under `id`, and the salted hash proves which words they were. */
export type ClaimText = { readonly id: string; readonly sha256: string };

/** A version of a policy, and its round. */
export type ClaimPolicy = { readonly scheme: string; readonly version: string };

/** What a decision rests on: it recomputes to the same hash. */
export type Grounds = {
  readonly policy: ClaimPolicy;
  readonly evaluator: string;
  readonly asOf: string;
  readonly knownAt: string;
  readonly base: Readonly<Record<string, string>>;
  readonly award: string;
  /** SHA-256 of the canonical derivation, which stands beside it. */
  readonly derivation: string;
};

/** The head of every decision. The reason is short and names nobody. */
export type Decision = {
  readonly by: ClaimOfficer;
  readonly reason: string;
  readonly grounds: Grounds;
  readonly at: string;
};

export type Material = { readonly material: string; readonly files: readonly ClaimFile[] };
export type MaterialGap = { readonly material: string; readonly note: string };
/** 容缺: what may still be brought, and until which day. */
export type Deferred = { readonly material: string; readonly until: string };

/**
 * 收款账户. Holder, bank and number stand in a kept table under `payee`; `commitment` is keyed, so that whoever holds the key
 * can prove which account was meant and nobody else can guess it.
 */
export type Payee = { readonly payee: string; readonly commitment: string };
export const PAYEE_DOUBTS = ['name-differs', 'used-by-another', 'changed-after-freeze'] as const;
export type PayeeDoubt = (typeof PAYEE_DOUBTS)[number];

/** 有往来, 系统内未发现往来, 经核查无往来: only the last passes the city check. */
export const RELATION_RESULTS = ['trade-found', 'none-in-system', 'checked-none'] as const;
export type RelationResult = (typeof RELATION_RESULTS)[number];
/** One lead and one supplier, as their codes: `<lead>/<supplier>`. */
export const pairOf = (lead: string, supplier: string): string => `${lead}/${supplier}`;

/** 失信, penalty, dispute: what may exclude a firm, where its policy says so. */
export const FINDING_GROUNDS = ['dishonest', 'penalty', 'dispute'] as const;
export type ClaimFinding = {
  readonly ground: (typeof FINDING_GROUNDS)[number];
  readonly from: string;
  readonly to?: string;
};
/** As its recording's event is known to those who compute by it. */
export type RecordedFinding = ClaimFinding & { readonly rests?: readonly Resting[] };

export const RECOVERY_CAUSES = [
  'red-invoice',
  'voided-invoice',
  'return',
  'payment-back',
  'list-exit',
  'match-untrue',
  'facts-changed',
] as const;
export type RecoveryCause = (typeof RECOVERY_CAUSES)[number];
export type Instalment = { readonly dueOn: string; readonly amount: string };
export const RECOVERY_WAYS = ['at-once', 'instalments', 'offset'] as const;
export type RecoveryWay = (typeof RECOVERY_WAYS)[number];

/** What money events carry for the fund ledger. */
export type LedgerEntry = { readonly round: string; readonly county: string; readonly amount: string };

type Event<T extends string, D> = { readonly type: T; readonly data: D };

export type ClaimHead = {
  readonly claim: string;
  readonly round: string;
  readonly policy: ClaimPolicy;
  readonly beneficiary: 'lead' | 'sme' | 'loan';
  readonly firm: Party;
  /** The county office in whose area the firm is registered, or the city bureau's for firms from elsewhere. */
  readonly office: string;
  /** The year that the awards count for. */
  readonly year: number;
};

export type ClaimEvent =
  /** 免申即享: the list has it, and the firm has still to confirm that it wants it. */
  | Event<'ClaimOffered', ClaimHead & { by: ClaimOfficer; grounds: Grounds; at: string }>
  | Event<
      'ClaimFiled',
      ClaimHead & {
        mode: 'applied' | 'no-application';
        /** What this policy's list of materials asks for, as of filing. */
        required: readonly string[];
        materials: readonly Material[];
        /** Of the firm: what it states is true. */
        pledged: true;
        by: Applicant;
        grounds: Grounds;
        at: string;
      }
    >
  | Event<'ClaimReturned', Decision & { stage: ClaimStage; gaps: readonly MaterialGap[] }>
  | Event<'ClaimCompleted', { materials: readonly Material[]; by: Applicant; grounds: Grounds; at: string }>
  | Event<'ClaimWithdrawn', { reason: string; by: Applicant; at: string }>
  /** What 容缺 left open. */
  | Event<'MaterialsSupplied', { materials: readonly Material[]; by: Applicant; at: string }>
  | Event<'PayeeNamed', Payee & { by: Applicant; at: string }>
  | Event<'PayeeChecked', Payee & { doubts: readonly PayeeDoubt[]; by: ClaimOfficer; at: string }>
  | Event<'PayeeFrozen', Payee & { at: string }>
  /** What makes the payment wait for two officers of different offices. */
  | Event<'PayeeDoubted', { doubt: PayeeDoubt; at: string }>
  | Event<'PayeeConfirmed', { payee: string; reason: string; by: ClaimOfficer; at: string }>
  | Event<'NoTradePledged', { pair: string; by: Applicant; at: string }>
  | Event<
      'RelationChecked',
      { pair: string; result: RelationResult; checkedOn: string; reason: string; by: ClaimOfficer; at: string }
    >
  /** What the county office found in the public registers; none is an empty list. */
  | Event<'FindingsRecorded', { findings: readonly ClaimFinding[]; reason: string; by: ClaimOfficer; at: string }>
  | Event<'CountyCheckPassed', Decision & { deferred: readonly Deferred[] }>
  | Event<'CityCheckPassed', Decision>
  | Event<'ClaimJointlyReviewed', Decision & { minutes: string }>
  /** `granted`: the award, or what the round's `scale`, or without one the money that is left, leaves of it. */
  | Event<
      'ClaimProposed',
      Decision & {
        list: string;
        granted: string;
        scale?: string;
        invoices: readonly string[];
        orders: readonly string[];
        firms: readonly string[];
      }
    >
  /** `approval`: what it undoes where the claim had been approved, since by then its facts bear less. */
  | Event<
      'ProposalTakenBack',
      {
        reason: string;
        by: ClaimOfficer;
        approval?: LedgerEntry & { attempt: string; passedDown: boolean };
        at: string;
      }
    >
  /** The notice is over at the end of `until`; the stand-still at the end of `standStillUntil`. */
  | Event<
      'NoticeStarted',
      {
        notice: string;
        /** 文号 of the notice, where it has one. */
        document?: string;
        listed: LedgerEntry & { policy: ClaimPolicy; enterprise: string };
        workingDays: number;
        until: string;
        standStillUntil: string;
        by: ClaimOfficer;
        at: string;
      }
    >
  /** Who objects stands in the vault with the words. */
  | Event<'ObjectionRaised', { objection: string; text: ClaimText; at: string }>
  | Event<
      'ObjectionDecided',
      Decision & { objection: string; result: 'upheld' | 'rejected'; text: ClaimText; standStillUntil: string }
    >
  | Event<'ClaimApproved', Decision & LedgerEntry & { minutes: string; attempt: string; invoices: readonly string[] }>
  /** What a crash left between the entitlement and the claim is taken back, and cannot be finished any more. */
  | Event<'ApprovalAbandoned', { attempt: string; at: string }>
  | Event<'FundsPassedDown', Decision & LedgerEntry & { document: string }>
  /** `amount`: where it is less than what is left of the award. */
  | Event<'PaymentPrepared', Decision & { payment: string; amount?: string }>
  | Event<'PaymentCancelled', Decision & { payment: string }>
  /** `withheld`: what of the award is not paid, since the claim came to be worth less after a part had been kept back 抵扣. */
  | Event<
      'PaymentMade',
      Decision & LedgerEntry & { withheld?: string; payment: string; receipt: string; paidOn: string }
    >
  /** 退票: the bank gave the money back. */
  | Event<
      'PaymentBounced',
      LedgerEntry & {
        payment: string;
        /** The number and the day of the bank's paper. */
        receipt?: string;
        bouncedOn?: string;
        reason: string;
        by: ClaimOfficer;
        at: string;
      }
    >
  /** 抵扣: kept back from this award for the recovery of the claim `recovered` of the same firm. */
  | Event<
      'AwardOffset',
      LedgerEntry & { recovered: string; recovery: string; part: string; by: ClaimOfficer; at: string }
    >
  /** The recovery has taken it. */
  | Event<'AwardOffsetSettled', { part: string; at: string }>
  /** The recovery took none of it, since the money had come back otherwise: it is paid with the rest. */
  | Event<'AwardOffsetReturned', LedgerEntry & { part: string; at: string }>
  | Event<'ClaimNotSupported', Decision & { stage: ClaimStage }>
  | Event<'ClaimReviewAsked', { text: ClaimText; by: Applicant; at: string }>
  | Event<'ClaimReviewDecided', Decision & { result: 'kept' | 'reopened' }>
  | Event<
      'StageHandedUp',
      { stage: ClaimStage; from: string; to: string; reason: string; by: ClaimOfficer; at: string }
    >
  | Event<
      'StageHandedOver',
      { stage: ClaimStage; from: string; to: string; reason: string; by: ClaimOfficer; at: string }
    >
  | RecoveryEvent;

/** 追回. `due` is what was paid beyond what the claim is worth now; it reaches the firm after an officer's confirmation. */
export type RecoveryEvent =
  | Event<'RecoveryOpened', { recovery: string; cause: RecoveryCause; due: string; grounds: Grounds; at: string }>
  /** The claim came to be worth what was paid before an officer had acted. */
  | Event<'RecoveryLapsed', { recovery: string; grounds: Grounds; at: string }>
  | Event<'RecoveryDropped', Decision & { recovery: string }>
  | Event<'RecoveryConfirmed', Decision & { recovery: string; due: string; hearUntil: string }>
  | Event<
      'RecoveryHeard',
      { recovery: string; text: ClaimText; files: readonly ClaimFile[]; by: Applicant; at: string }
    >
  /** `waived`: what is left with the firm of what it was paid beyond its worth on that day; without it, all that is not due. */
  | Event<
      'RecoveryDecided',
      Decision & {
        recovery: string;
        due: string;
        waived?: string;
        way: RecoveryWay;
        instalments: readonly Instalment[];
        /** 抵扣: the claim from whose award it is kept back. */
        against?: string;
      }
    >
  /** Money that came back; or that was kept back from the award of the claim `against`, by the event that the receipt names. */
  | Event<
      'RecoveryPaid',
      LedgerEntry & {
        recovery: string;
        part: string;
        receipt: string;
        against?: string;
        paidOn: string;
        by: ClaimOfficer;
        at: string;
      }
    >
  | Event<'ClaimRecovered', { recovery: string; wholly: boolean; at: string }>;

/** What an office has not told the firm yet: before the confirmation a recovery is its own to-do. */
export const HIDDEN_FROM_FIRM: readonly ClaimEvent['type'][] = [
  'RecoveryOpened',
  'RecoveryLapsed',
  'RecoveryDropped',
  'ApprovalAbandoned',
];
