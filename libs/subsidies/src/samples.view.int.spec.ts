import { applyAll, rebuildEquals, recorded } from '@testing/projections';
import { freshDatabase } from '../../../test/support/database';
import type { SampleEvent } from './samples.decider';
import { claimSamples } from './samples.view';
import { city, MORNING } from './testing';

let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => (database = await freshDatabase()));
afterAll(() => database?.drop());

const drawn = (id: string, chosen: string[]): readonly [string, SampleEvent] => [
  `sample-${id}`,
  {
    type: 'ClaimsSampled',
    data: {
      ...{ sample: id, round: 'B1', seed: '03 07 11', count: 2, population: 5, populationHash: 'cd', chosen },
      ...{ by: city('city-1'), at: MORNING },
    },
  },
];
const history = recorded<SampleEvent>(drawn('S1', ['C1', 'C2']), drawn('S2', ['C3']));

it('holds each sample with what it was drawn from', async () => {
  const view = await applyAll(claimSamples, history, database.url);
  const { claim_sample: rows } = (await view.rows()) as { claim_sample: object[] };
  await view.close();
  expect(rows).toMatchObject([
    { sample: 'S1', round: 'B1', seed: '03 07 11', population: 5, chosen: ['C1', 'C2'] },
    { sample: 'S2', chosen: ['C3'] },
  ]);
});

it('is the same rebuilt, and told twice', () => rebuildEquals(claimSamples, history, database.url));
