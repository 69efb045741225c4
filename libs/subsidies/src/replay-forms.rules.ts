import {
  ByName,
  CalendarDate,
  Flag,
  Instant,
  ListOf,
  Nested,
  OneOf,
  OptionalText,
  Strings,
  Text,
  Uuid,
  WholeNumber,
} from '@app/kernel';
import { DerivationLineView, FirmOfClaim } from './claim-answer.rules';
import type { DerivationLine } from './derivation.rules';
import { CHANGE_REASONS } from './replay-reasons.rules';
import { REPLAY_CHANGES } from './replay.rules';

// What replays take and answer, as the API document shows it. Amounts are decimal strings of yuan.

const STATES = ['waiting', 'running', 'done', 'failed', 'cancelled'];
const MOST = 1_000_000;

export class ReplayVersion {
  @Text(60, { example: 'cluster-sme' }) scheme: string;
  @Text(30, { example: '2020' }) version: string;
}

export class ReplayForm {
  @Uuid({ description: 'the client’s id of the replay' }) replay: string;
  @Nested(() => ReplayVersion) a: ReplayVersion;
  @Nested(() => ReplayVersion, { description: 'compared with `a`' }) b: ReplayVersion;
  @CalendarDate({ optional: true, description: 'facts dated later do not count; default the day of knownAt' })
  asOf?: string;
  @Instant({ optional: true, description: 'events recorded later do not exist; default now' }) knownAt?: string;
  @Uuid({ optional: true, description: 'the one round to cover; default every round of the two schemes' })
  round?: string;
  @OneOf(['claims', 'firms'], {
    optional: true,
    description: 'default the claims of the covered rounds, and every firm that trades where there are none',
  })
  covers?: 'claims' | 'firms';
}

export class ReplayStarted {
  @Uuid() replay: string;
}

export class ReplayChangeView {
  @OneOf(REPLAY_CHANGES) change: string;
  @WholeNumber(0, MOST) applications: number;
  @Text(40, { description: 'of B less A' }) amount: string;
}

export class ReplayReasonTotal {
  @OneOf(CHANGE_REASONS) reason: string;
  @WholeNumber(0, MOST) applications: number;
  @Text(40, { description: 'of B less A, of all applications that have this reason' }) amount: string;
}

export class ReplayBudget {
  @Text(40, { description: 'of the covered rounds together' }) amount: string;
  @Text(40) leftA: string;
  @Text(40) leftB: string;
}

export class ReplayTotalsView {
  @WholeNumber(0, MOST) applications: number;
  @Text(40) a: string;
  @Text(40) b: string;
  @Text(40, { optional: true, description: 'what the claims stand at' }) live?: string;
  @WholeNumber(0, MOST) awardedA: number;
  @WholeNumber(0, MOST) awardedB: number;
  @ListOf(() => ReplayChangeView, { most: 4 }) changes: readonly ReplayChangeView[];
  @ListOf(() => ReplayReasonTotal, { most: 50 }) reasons: readonly ReplayReasonTotal[];
  @Nested(() => ReplayBudget, { optional: true }) budget?: ReplayBudget;
}

export class ReplayView {
  @Uuid() replay: string;
  @Nested(() => ReplayVersion) a: ReplayVersion;
  @Nested(() => ReplayVersion) b: ReplayVersion;
  @CalendarDate() asOf: string;
  @Instant() knownAt: string;
  @OneOf(['claims', 'firms'], { optional: true }) covers?: string;
  @Strings({ max: 100 }, { most: 1_000 }) rounds: readonly string[];
  @OneOf(STATES) state: string;
  @WholeNumber(0, 1e9, { description: 'events read' }) events: number;
  @WholeNumber(0, MOST) evaluated: number;
  @WholeNumber(0, MOST, { optional: true, description: 'known once the events were read' }) applications?: number;
  @Instant() startedAt: string;
  @Instant({ optional: true }) endedAt?: string;
  @Flag({ description: 'started by whoever reads' }) isOwn: boolean;
  @Nested(() => ReplayTotalsView, { optional: true }) totals?: ReplayTotalsView;
}

export class ReplayList {
  @ListOf(() => ReplayView, { most: 200 }) items: ReplayView[];
}

export class ReplayRefusedView {
  @Text(60) code: string;
  @OptionalText(200) field?: string;
}

export class ReplaySideView {
  @Text(40, { optional: true, description: 'left out where this version cannot be evaluated on the facts' })
  award?: string;
  @ByName() base: Readonly<Record<string, string>>;
  @Nested(() => ReplayRefusedView, { optional: true }) refused?: ReplayRefusedView;
  @Text(64, { optional: true, description: 'SHA-256 of the derivation' }) derivation?: string;
}

export class ChangeReasonView {
  @OneOf(CHANGE_REASONS) reason: string;
  @OneOf(['a', 'b'], { optional: true, description: 'the version in which it holds' }) under?: string;
  @WholeNumber(0, MOST, { optional: true, description: 'invoices or loans that it is about' }) items?: number;
  @Text(40, { optional: true, description: 'of the base, B less A' }) amount?: string;
}

export class ReplayLineView {
  @WholeNumber(0, MOST, { description: 'place in the order of application' }) line: number;
  @Nested(() => FirmOfClaim) firm: FirmOfClaim;
  @Uuid({ optional: true }) claim?: string;
  @Text(60) round: string;
  @OptionalText(40) office?: string;
  @Text(40, { optional: true, description: 'what the claim stands at' }) live?: string;
  @Nested(() => ReplaySideView) a: ReplaySideView;
  @Nested(() => ReplaySideView) b: ReplaySideView;
  @OneOf(REPLAY_CHANGES) change: string;
  @Text(40) difference: string;
  @ListOf(() => ChangeReasonView, { most: 50 }) reasons: readonly ChangeReasonView[];
}

export class ReplayDerivation {
  @ListOf(() => DerivationLineView, { most: MOST }) lines: readonly DerivationLine[];
}
