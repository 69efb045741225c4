import {
  AnyByName,
  ByName,
  CalendarDate,
  Exact,
  Flag,
  Instant,
  ListOf,
  Nested,
  OneOf,
  OptionalText,
  Strings,
  sum,
  Text,
  Uscc,
  Uuid,
  WholeNumber,
} from '@app/kernel';
import { LEFT_OUT } from './claim-facts.rules';
import type { LeftOut, Supplemented } from './claim-facts.rules';
import {
  CLAIM_STAGES,
  CLAIM_STATES,
  FINDING_GROUNDS,
  PAYEE_DOUBTS,
  RECOVERY_CAUSES,
  RECOVERY_WAYS,
  RELATION_RESULTS,
} from './claim-story.rules';
import type { ClaimState, Grounds } from './claim-story.rules';
import type { DerivationLine } from './derivation.rules';

// What reads of claims answer, as the API document shows it. Amounts are decimal strings of yuan.

export class FirmOfClaim {
  @Uscc() enterprise: string;
  @OptionalText(200) name?: string;
}

export class PolicyOfClaim {
  @Text(100) scheme: string;
  @Text(100) version: string;
}

/** One line of a derivation: its sentence stands with the labels under `code`, filled with `values`. */
export class DerivationLineView {
  @Text(60) code: string;
  @ByName() values: Readonly<Record<string, string>>;
  @OptionalText(40) amount?: string;
  @Strings({ max: 100 }, { most: 100_000, description: 'ids of the events that it rests on' })
  events: readonly string[];
}

export class GroundsView {
  @Nested(() => PolicyOfClaim) policy: PolicyOfClaim;
  @Text(20) evaluator: string;
  @CalendarDate() asOf: string;
  @Instant() knownAt: string;
  @ByName() base: Readonly<Record<string, string>>;
  @Text(40) award: string;
  @Text(64, { description: 'SHA-256 of the canonical derivation' }) derivation: string;
}

export class LeftOutView {
  @Text(60) order: string;
  @OptionalText(60) invoice?: string;
  @OneOf(LEFT_OUT) reason: string;
}

export class SupplementedView {
  @Text(60) order: string;
  @OneOf(['contract', 'delivery', 'invoice', 'payment']) kind: string;
  @CalendarDate() date: string;
  @Instant() recordedAt: string;
  @Uuid() event: string;
}

export class DerivationView {
  @Nested(() => GroundsView) grounds: GroundsView;
  @ByName() counted: Readonly<Record<string, string>>;
  @ByName() excluded: Readonly<Record<string, string>>;
  @ListOf(() => LeftOutView, { most: 100_000 }) leftOut: readonly LeftOut[];
  @ListOf(() => SupplementedView, { most: 1_000_000, description: '补录' }) supplemented: readonly Supplemented[];
  @ListOf(() => DerivationLineView, { most: 1_000_000 }) lines: readonly DerivationLine[];
}

/** 凭证: an invoice that counts in part, and so is used whole. */
export class WholeUseView {
  @Text(60) invoice: string;
  @Text(40) counted: string;
  @Text(40) net: string;
}

export class MaterialWanted {
  @Text(40) material: string;
  @Text(200) title: string;
  @Flag() required: boolean;
  @Flag() mayFollow: boolean;
}

export class SelfCheckAnswer {
  @Uuid() round: string;
  @OneOf(['lead', 'sme', 'loan']) beneficiary: string;
  @Nested(() => DerivationView) derivation: DerivationView;
  @ListOf(() => MaterialWanted, { most: 50 }) materials: MaterialWanted[];
  @ListOf(() => WholeUseView, { most: 100_000 }) usedWhole: WholeUseView[];
  @Strings(
    { max: 60 },
    { most: 100_000, description: 'counting invoices that nobody has looked up, or that are not 正常' },
  )
  invoicesToCheck: string[];
  @Strings({ max: 40 }, { most: 100_000, description: 'pairs that must be shown to be new' }) newPairs: string[];
}

type Checked = {
  readonly head: { readonly round: string; readonly beneficiary: 'lead' | 'sme' | 'loan' };
  readonly grounds: Grounds;
  readonly counted: Readonly<Record<string, string>>;
  readonly excluded: Readonly<Record<string, string>>;
  readonly leftOut: readonly LeftOut[];
  readonly supplemented: readonly Supplemented[];
  readonly lines: readonly DerivationLine[];
  readonly policy: { readonly terms: { readonly materials: readonly MaterialWanted[] } };
  readonly checks: {
    readonly invoices: readonly { readonly number: string; readonly state?: string }[];
    readonly newPairs: readonly string[];
  };
  readonly trade: readonly {
    readonly order: string;
    readonly invoices: readonly {
      readonly number: string;
      readonly net: string;
      readonly redOf?: string;
      readonly divided: boolean;
    }[];
  }[];
};

export function selfCheckAnswer({ head, policy, checks, trade, ...figure }: Checked): SelfCheckAnswer {
  const usedWhole = trade.flatMap(({ order, invoices }) =>
    invoices.flatMap((invoice): WholeUseView[] => {
      const name = invoice.divided ? `${invoice.number}#${order}` : invoice.number;
      const part = Object.hasOwn(figure.counted, name) ? figure.counted[name] : undefined;
      if (part === undefined) return [];
      const reds = invoices.filter(({ redOf }) => redOf === invoice.number).map(({ net }) => net);
      const net = sum([invoice.net, ...reds]);
      return new Exact(part).lessThan(net) || invoice.divided
        ? [{ invoice: name, counted: part, net: net.toFixed(2) }]
        : [];
    }),
  );
  const { grounds, counted, excluded, leftOut, supplemented, lines } = figure;
  return {
    round: head.round,
    beneficiary: head.beneficiary,
    derivation: { grounds, counted, excluded, leftOut, supplemented, lines },
    materials: policy.terms.materials.map(({ material, title, required, mayFollow }) => ({
      material,
      title,
      required,
      mayFollow,
    })),
    usedWhole,
    invoicesToCheck: checks.invoices.filter(({ state }) => state !== 'valid').map(({ number }) => number),
    newPairs: [...checks.newPairs],
  };
}

/** One line of a list of claims. */
export class ClaimLine {
  @Uuid() claim: string;
  @Uuid() round: string;
  @Nested(() => PolicyOfClaim) policy: PolicyOfClaim;
  @OneOf(['lead', 'sme', 'loan']) beneficiary: string;
  @Nested(() => FirmOfClaim) firm: FirmOfClaim;
  @Text(40, { description: 'area of the county office, or city' }) office: string;
  @OneOf(CLAIM_STATES) state: ClaimState;
  @OneOf(['applied', 'no-application']) mode: string;
  @Instant({ optional: true }) filedAt?: string;
  @Text(40) award: string;
  @OptionalText(40) granted?: string;
  @CalendarDate({ optional: true }) noticeUntil?: string;
  @CalendarDate({ optional: true }) standStillUntil?: string;
  @WholeNumber(0, 100_000) openObjections: number;
  @CalendarDate({ optional: true, description: '容缺 until this day' }) deferredUntil?: string;
  @Strings(PAYEE_DOUBTS, { most: 3 }) payeeDoubts: string[];
  @OneOf(['opened', 'confirmed', 'decided'], { optional: true }) recovery?: string;
  @OptionalText(40) recoveryDue?: string;
  @Text(40) recovered: string;
  @Text(40, { description: 'kept back from the award for a recovery of another claim' }) offset: string;
  @Instant() changedAt: string;
}

export class ClaimActor {
  @Uuid() account: string;
  @OptionalText(50) name?: string;
  @OptionalText(30) role?: string;
  @OptionalText(40) area?: string;
  @Nested(() => FirmOfClaim, { optional: true }) firm?: FirmOfClaim;
}

/** One event of the claim, in the order in which they were recorded. */
export class ClaimStep {
  @Uuid({ description: 'id of the event' }) event: string;
  @Text(60) type: string;
  @Instant() at: string;
  @Instant() recordedAt: string;
  @Nested(() => ClaimActor, { optional: true }) by?: ClaimActor;
  @OptionalText(500) reason?: string;
  @OptionalText(4000) text?: string;
  @Nested(() => GroundsView, { optional: true }) grounds?: GroundsView;
  @AnyByName({ description: "the event's other values" })
  details: Readonly<Record<string, unknown>>;
}

export class RelationView {
  @Text(40) pair: string;
  @Strings('uscc', { most: 2 }) pledges: string[];
  @OneOf(RELATION_RESULTS, { optional: true }) result?: string;
}

export class PayeeView {
  @Uuid() payee: string;
  @OptionalText(100) holder?: string;
  @OptionalText(100) bank?: string;
  @OptionalText(40) number?: string;
  @Flag() checked: boolean;
  @Flag() frozen: boolean;
  @Strings(PAYEE_DOUBTS, { most: 3 }) doubts: string[];
  @Strings({ max: 60 }, { most: 20 }) confirmedBy: string[];
}

export class ClaimFileView {
  @Uuid() id: string;
  @Text(64) sha256: string;
  @OptionalText(200) name?: string;
}

export class MaterialView {
  @Text(40) material: string;
  @Flag() required: boolean;
  @ListOf(() => ClaimFileView, { most: 50 }) files: ClaimFileView[];
  @CalendarDate({ optional: true, description: '容缺 until this day' }) until?: string;
}

export class ObjectionView {
  @Uuid() objection: string;
  @OneOf(['open', 'upheld', 'rejected']) state: string;
  @OptionalText(4000) text?: string;
  @OptionalText(200) objector?: string;
}

export class InstalmentView {
  @CalendarDate() dueOn: string;
  @Text(40) amount: string;
}

export class RecoveryView {
  @Uuid() recovery: string;
  @OneOf(RECOVERY_CAUSES) cause: string;
  @OneOf(['opened', 'confirmed', 'decided']) state: string;
  @Text(40) due: string;
  @CalendarDate({ optional: true }) hearUntil?: string;
  @ListOf(() => InstalmentView, { most: 60 }) instalments: InstalmentView[];
  @OneOf(RECOVERY_WAYS, { optional: true }) way?: string;
  @Uuid({ optional: true, description: 'the claim from whose award it is kept back' }) against?: string;
  @Text(40) paid: string;
}

export class FindingView {
  @OneOf(FINDING_GROUNDS) ground: string;
  @CalendarDate() from: string;
  @CalendarDate({ optional: true }) to?: string;
}

export class WaitsForView {
  @OneOf(CLAIM_STAGES) stage: string;
  @Strings({ max: 60 }, { most: 5, description: '350582, city, 350582-finance or city-finance' }) offices: string[];
}

/** A claim whole: as it stands, or as it was known at an instant. */
export class ClaimView extends ClaimLine {
  @Uuid({ description: "the firm's registration" }) registration: string;
  @WholeNumber(1900, 9999) year: number;
  @Nested(() => DerivationView, { optional: true }) derivation?: DerivationView;
  @ByName({ description: 'what is traded, by order' }) products: Readonly<Record<string, string>>;
  @ListOf(() => MaterialView, { most: 50 }) materials: MaterialView[];
  @Nested(() => PayeeView, { optional: true }) payee?: PayeeView;
  @ListOf(() => RelationView, { most: 10_000 }) relations: RelationView[];
  @ListOf(() => FindingView, { optional: true, most: 50 }) findings?: FindingView[];
  @ListOf(() => ObjectionView, { most: 100_000 }) objections: ObjectionView[];
  @Nested(() => RecoveryView, { optional: true }) recoveryNow?: RecoveryView;
  @Text(40, { optional: true, description: 'what the bank pays: granted, less what was kept back' }) payable?: string;
  @Uuid({ optional: true }) notice?: string;
  @Uuid({ optional: true, description: 'a payment that waits for its second hand' }) payment?: string;
  @Nested(() => WaitsForView, { optional: true }) waitsFor?: WaitsForView;
  @Strings(CLAIM_STAGES, { most: 8, optional: true, description: 'to an officer: stages in which he may not act' })
  barredFrom?: string[];
  @ListOf(() => ClaimStep, { most: 100_000 }) steps: ClaimStep[];
}
