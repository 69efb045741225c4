import { Flag, Instant, ListOf, Nested, OptionalText, Text, Uuid, WholeNumber } from '@app/kernel';
import { FirmOfClaim } from './claim-answer.rules';

// Bodies and answers of samples. Amounts are decimal strings of yuan.

export class SampleForm {
  @Uuid() sample: string;
  /** Published beforehand, or taken from what nobody could foresee, such as a lottery's numbers. */
  @Text(100, { example: '2021-03-02 双色球 03 07 11 19 24 30 + 08' }) seed: string;
  @WholeNumber(1, 1_000) count: number;
}

export class SampledClaim {
  @Uuid() claim: string;
  @Nested(() => FirmOfClaim) firm: FirmOfClaim;
  @Text(30) state: string;
  @OptionalText(40) granted?: string;
  @Text(40) recovered: string;
}

export class SampleLine {
  @Uuid() sample: string;
  @Text(100) seed: string;
  @WholeNumber(1, 1_000) count: number;
  @WholeNumber(1, 1_000_000, { description: 'paid claims that it was drawn from' }) population: number;
  @Text(64, { description: 'SHA-256 of the canonical JSON of their ids, sorted' }) populationHash: string;
  @Instant() at: string;
}

export class SampleLines {
  @ListOf(() => SampleLine, { most: 10_000 }) items: SampleLine[];
}

export class SampleView extends SampleLine {
  @Flag({ description: 'drawn again by the seed from the claims that were paid then, it is the same' })
  isReproduced: boolean;
  @ListOf(() => SampledClaim, { most: 1_000 }) claims: SampledClaim[];
}

export class SampleDrawn {
  @Uuid() sample: string;
}
