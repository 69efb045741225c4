import { claimLabels, claimRefusals } from './claims';
import type { Label } from './label';
import { policyLabels, policyRefusals } from './policies';
import { replayLabels, replayRefusals } from './replays';
import { roundLabels, roundRefusals } from './rounds';
import { trailLabels, trailRefusals } from './trails';

/** Refusals of subsidies, by code. */
export const subsidiesRefusals = {
  ...claimRefusals,
  ...policyRefusals,
  ...replayRefusals,
  ...roundRefusals,
  ...trailRefusals,
} as const satisfies Record<string, Label>;

/** Words for stored values of subsidies, by kind. */
export const subsidiesLabels = {
  ...claimLabels,
  ...policyLabels,
  ...replayLabels,
  ...roundLabels,
  ...trailLabels,
} as const satisfies Record<string, Record<string, Label>>;
