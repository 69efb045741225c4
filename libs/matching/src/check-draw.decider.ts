import { Decider, Refused } from '@app/kernel';
import type { Officer } from './match.decider';

// A draw of matches to be checked, recorded before any check is opened: the same request again, made when more matches
// stand in the register, must not draw others.

/** `chosen` follows from `seed` and the list of matches; `populationHash` fixes which list that was. */
type Drawing = {
  readonly draw: string;
  readonly seed: string;
  readonly count: number;
  readonly population: number;
  readonly populationHash: string;
  readonly chosen: readonly string[];
  readonly by: Officer;
  readonly at: string;
};

export type DrawCommand = { type: 'DrawMatches' } & Drawing;
export type DrawEvent = { type: 'MatchesDrawn'; data: Drawing };
export type Draw = Drawing | undefined;

export const draw: Decider<Draw, DrawCommand, DrawEvent> = {
  initial: undefined,

  decide({ type: _, ...data }, state) {
    if (!state) return [{ type: 'MatchesDrawn', data }];
    const isSame = state.seed === data.seed && state.count === data.count && state.by.account === data.by.account;
    if (!isSame) throw new Refused('draw-id-taken');
    return [];
  },

  evolve: (_, event) => event.data,
};
