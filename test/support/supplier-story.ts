import { randomUUID } from 'node:crypto';
import type { Web } from './browser';
import { smallTargets, sticksOut, unreachable } from './browser-checks';
import type { Visit } from './browser-visit';
import { Firm, inMinutes, listingTerms } from './firms';
import { must } from './sealed-offers';

/** A listing of the lead that quotes for a day. */
export async function published(web: Web, lead: Firm, given: object = {}): Promise<string> {
  const listing = randomUUID();
  const terms = listingTerms(inMinutes(web, 24 * 60), { industry: '1953', ...given });
  await must(lead.client.post('/api/listings', { listing, terms }));
  await must(lead.client.post(`/api/listings/${listing}/publication`));
  return listing;
}

/** No fault, nothing that axe minds, nothing that sticks out, and nothing too small for a finger. */
export async function isGoodOnPhone(visit: Visit): Promise<void> {
  expect(visit.faults()).toEqual([]);
  expect(await unreachable(visit)).toEqual([]);
  expect(await sticksOut(visit)).toEqual([]);
  expect(await smallTargets(visit)).toEqual([]);
}
