import { recorded } from '@testing/projections';
import type { CatalogueEvent } from './catalogue.decider';
import type { ListingEvent } from './listing.decider';
import { agendaAfter, EVENING } from './testing';
import { UnfinishedActsProcess } from './unfinished-acts.process';

/** It plans by the event alone: nothing is looked up. */
const nothing = undefined as never;
const process = new UnfinishedActsProcess(nothing, nothing);

const A_MINUTE_LATER = '2020-02-10T11:01:00.000Z';
const begun = { commandId: '8c5cfd0e-55c4-4c07-9c3b-0d7a8c1f4a11', actor: 'account:anna', enterprise: 'E' };
const started: CatalogueEvent = { type: 'CataloguePublicationStarted', data: { at: EVENING } };
const after = (...events: (readonly [string, CatalogueEvent | ListingEvent, object?])[]) =>
  agendaAfter(process, recorded(...events));

describe('an act over several streams', () => {
  it('is gone on with a minute later, as the command that began it', () =>
    expect(after(['catalogue-C1', started, begun])).toEqual({
      'catalogue-C1': {
        at: A_MINUTE_LATER,
        task: { do: 'publish-catalogue', catalogue: 'C1', started: expect.objectContaining(begun) },
      },
    }));

  it('is left alone when it has ended', () => {
    for (const ended of [
      { type: 'CataloguePublished', data: { at: EVENING } },
      { type: 'CatalogueDiscarded', data: { at: EVENING } },
      { type: 'CatalogueVoided', data: { registration: 'R', at: EVENING } },
    ] satisfies CatalogueEvent[]) {
      expect(after(['catalogue-C1', started], ['catalogue-C2', started], ['catalogue-C1', ended])).toEqual({
        'catalogue-C2': expect.anything(),
      });
    }
  });

  it('is a cancellation only where it named a successor', () => {
    const data = { reason: 'republished', shares: [], at: EVENING } as const;
    expect(after(['listing-L1', { type: 'ListingCancelled', data }])).toEqual({});
    const naming: ListingEvent = { type: 'ListingCancelled', data: { ...data, replacedBy: 'L2' } };
    expect(after(['listing-L1', naming, begun])).toEqual({
      'listing-L1': {
        at: A_MINUTE_LATER,
        task: { do: 'republish', successor: 'L2', started: expect.objectContaining(begun) },
      },
    });
  });
});
