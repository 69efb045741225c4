import { Decider, Refused } from '@app/kernel';
import { checkReason } from './claim-persons.rules';
import type { ClaimOfficer } from './claim-story.rules';

// Paid claims of a round drawn for a closer look, recorded before anybody looks: the same request made again, when more
// claims are paid, must not draw others.

/** `chosen` follows from `seed` and the list of paid claims; `populationHash` fixes which list that was. */
type Sampling = {
  readonly sample: string;
  readonly round: string;
  readonly seed: string;
  readonly count: number;
  readonly population: number;
  readonly populationHash: string;
  readonly chosen: readonly string[];
  readonly by: ClaimOfficer;
  readonly at: string;
};

export type SampleCommand = { type: 'SampleClaims' } & Sampling;
export type SampleEvent = { type: 'ClaimsSampled'; data: Sampling };
export type Sample = Sampling | undefined;

export const sample: Decider<Sample, SampleCommand, SampleEvent> = {
  initial: undefined,

  decide({ type: _, ...data }, state) {
    if (state) {
      const { round, seed, count, by } = data;
      const isSame = state.round === round && state.seed === seed && state.count === count;
      if (!isSame || state.by.account !== by.account) throw new Refused('sample-id-taken');
      return [];
    }
    checkReason(data.seed, 'seed');
    if (data.population === 0) throw new Refused('sample-of-nothing');
    return [{ type: 'ClaimsSampled', data }];
  },

  evolve: (_, event) => event.data,
};
