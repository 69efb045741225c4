import { ByName, ListOf, OneOf, Strings, Uuid } from '@app/kernel';
import { FirmOfClaim } from './claim-answer.rules';
import { DOUBT_KINDS } from './doubts.rules';
import type { DoubtKind } from './doubts.rules';

/** One doubt with what it was seen by: days, decimal amounts of yuan, hashes of files, ids. */
export class DoubtView {
  @OneOf(DOUBT_KINDS) kind: DoubtKind;
  @Strings('uuid', { most: 100_000 }) claims: readonly string[];
  @ListOf(() => FirmOfClaim, { most: 100_000 }) firms: FirmOfClaim[];
  @ByName() basis: Readonly<Record<string, string>>;
}

export class DoubtList {
  @Uuid() round: string;
  @ListOf(() => DoubtView, { most: 1_000_000 }) items: DoubtView[];
}
