import {
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
import { FirmOfClaim } from './claim-answer.rules';
import { BANK_FIELDS, RECONCILED_STATES } from './fund-list.rules';

// The bank's list beside the fund ledger, as the API document shows it. Amounts are decimal strings of yuan.

const MOST = 10_000;

export class BankRowView {
  @WholeNumber(1, 1_000_000) row: number;
  @CalendarDate() paidOn: string;
  @OptionalText(100) payee?: string;
  @Text(4, { optional: true, description: 'last four digits' }) account?: string;
  @Text(40) amount: string;
  @Text(100) receipt: string;
}

export class MovementView {
  @Uuid() claim: string;
  @Nested(() => FirmOfClaim) firm: FirmOfClaim;
  @CalendarDate() paidOn: string;
  @OptionalText(100) holder?: string;
  @Text(4, { optional: true, description: 'last four digits' }) account?: string;
  @Text(40) amount: string;
  @Text(100) receipt: string;
  @Flag({ description: 'of a payment that the bank gave back' }) isBounced: boolean;
}

export class ReconciledLineView {
  @OneOf(RECONCILED_STATES) state: string;
  @Nested(() => BankRowView, { optional: true }) bank?: BankRowView;
  @Nested(() => MovementView, { optional: true }) ledger?: MovementView;
  @Strings(BANK_FIELDS, { most: 5 }) differing: readonly string[];
}

export class BankListHead {
  @Uuid() list: string;
  @Uuid() round: string;
  @Text(10, { description: 'the county whose payments it holds; empty for all' }) area: string;
  @Text(64, { description: 'SHA-256 of the file' }) sha256: string;
  @Instant() importedAt: string;
  @WholeNumber(0, MOST) rows: number;
}

export class BankListHeads {
  @ListOf(() => BankListHead, { most: MOST }) items: BankListHead[];
}

export class BankListView extends BankListHead {
  @Text(40) bankTotal: string;
  @Text(40) ledgerTotal: string;
  @Text(40, { description: 'what the bank paid beyond the ledger' }) difference: string;
  @ListOf(() => ReconciledLineView, { most: 2 * MOST }) lines: ReconciledLineView[];
}

export class BankListImported {
  @Uuid() list: string;
}
