import type {
  ClaimHead,
  ClaimOfficer,
  ClaimStage,
  ClaimState,
  Deferred,
  Grounds,
  Instalment,
  Material,
  Payee,
  PayeeDoubt,
  RecordedFinding,
  RecoveryCause,
  RecoveryWay,
  RelationResult,
} from './claim-story.rules';

// A claim as its stream tells it; `claim-fold.rules.ts` folds it.

export type ClaimRelation = {
  /** Enterprises that pledged that there was no trade before. */
  readonly pledges: readonly string[];
  readonly result?: RelationResult;
};

export type ClaimPayee = Payee & {
  readonly checked: boolean;
  readonly frozen: boolean;
  readonly doubts: readonly PayeeDoubt[];
  /** Offices whose officers confirmed it in spite of a doubt. */
  readonly confirmedBy: readonly string[];
};

export type ClaimProposal = {
  readonly list: string;
  readonly granted: string;
  /** Of the award; none where it is granted as far as money is left. */
  readonly scale?: string;
  readonly grounds: Grounds;
  readonly invoices: readonly string[];
  readonly orders: readonly string[];
};

export type ClaimNotice = {
  readonly notice: string;
  readonly until: string;
  readonly standStillUntil: string;
};

export type Recovery = {
  readonly recovery: string;
  readonly cause: RecoveryCause;
  readonly state: 'opened' | 'confirmed' | 'decided';
  readonly due: string;
  readonly hearUntil?: string;
  readonly heard: boolean;
  readonly instalments: readonly Instalment[];
  readonly way?: RecoveryWay;
  /** 抵扣: the claim from whose award it is kept back. */
  readonly against?: string;
  readonly decidedBy?: string;
  readonly parts: readonly { readonly part: string; readonly amount: string; readonly receipt: string }[];
};

/** A part of the award that is kept back for a recovery of another claim; `pending` until that has taken it. */
export type AwardOffset = { readonly amount: string; readonly state: 'pending' | 'settled' | 'returned' };

export type OpenClaim = ClaimHead & {
  readonly state: ClaimState;
  readonly mode: 'applied' | 'no-application';
  readonly filedOn?: string;
  readonly required: readonly string[];
  readonly materials: ReadonlyMap<string, Material>;
  /** 容缺: still to be brought. */
  readonly deferred: readonly Deferred[];
  /** Where the claim goes on when its gaps are filled, and what was named. */
  readonly returned?: { readonly from: ClaimState; readonly stage: ClaimStage };
  /** Materials that a stage may still name: after the first return only what was named or changed since. */
  readonly nameable: ReadonlyMap<ClaimStage, readonly string[]>;
  readonly payee?: ClaimPayee;
  readonly findings?: readonly RecordedFinding[];
  readonly relations: ReadonlyMap<string, ClaimRelation>;
  /** Who acted in which stage. */
  readonly acted: ReadonlyMap<ClaimStage, readonly string[]>;
  /** Whose a checked stage is, once somebody has begun it. */
  readonly holders: ReadonlyMap<ClaimStage, string>;
  readonly handedUp: ReadonlyMap<ClaimStage, string>;
  /** Of the last decision, or of the filing. */
  readonly grounds: Grounds;
  readonly proposal?: ClaimProposal;
  readonly notice?: ClaimNotice;
  readonly objections: ReadonlyMap<string, 'open' | 'upheld' | 'rejected'>;
  readonly abandoned: ReadonlySet<string>;
  readonly attempt?: string;
  readonly payment?: { readonly payment: string; readonly preparedBy: string; readonly amount?: string };
  /** Made or cancelled. */
  readonly payments: ReadonlySet<string>;
  /** Of the last payment. */
  readonly paidOn?: string;
  /** Of payments, of what came back 退票, and of recoveries. */
  readonly receipts: ReadonlySet<string>;
  /** By their parts. */
  readonly offsets: ReadonlyMap<string, AwardOffset>;
  /** What of the award the last payment left out. */
  readonly withheld?: string;
  /** The one review 复核, and where it would go on. */
  readonly review?: 'asked' | 'kept' | 'reopened';
  readonly refusedFrom?: ClaimState;
  readonly recovery?: Recovery;
  readonly recoveries: ReadonlySet<string>;
  readonly recovered: string;
  /** What decisions left with the firm after it was heard: the same facts do not open a recovery of it again. */
  readonly waived: string;
};
export type Claim = OpenClaim | undefined;

/** What an office is called where offices are compared: `350582`, `city`, `350582-finance`, `city-finance`. */
export function officeText({ role, area = '' }: Pick<ClaimOfficer, 'role' | 'area'>): string {
  switch (role) {
    case 'county-officer':
      return area;
    case 'county-finance':
      return `${area}-finance`;
    case 'city-officer':
      return 'city';
    case 'city-finance':
      return role;
  }
}

/** Whose the office of that name is. */
export function officeGroup(office: string): Pick<ClaimOfficer, 'role' | 'area'> {
  if (office === 'city') return { role: 'city-officer' };
  if (office === 'city-finance') return { role: 'city-finance' };
  const isFinance = office.endsWith('-finance');
  return isFinance
    ? { role: 'county-finance', area: office.slice(0, -'-finance'.length) }
    : { role: 'county-officer', area: office };
}
