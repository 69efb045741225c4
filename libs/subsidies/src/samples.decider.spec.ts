import { given } from '@testing/kernel';
import { sample } from './samples.decider';
import type { SampleCommand, SampleEvent } from './samples.decider';
import { city, MORNING } from './testing';

const drawing = {
  ...{ sample: 'S1', round: 'B1', seed: '03 07 11', count: 2, population: 5, populationHash: 'cd' },
  ...{ chosen: ['C1', 'C2'], by: city('city-1'), at: MORNING },
};
const drawn: SampleEvent = { type: 'ClaimsSampled', data: drawing };
const command: SampleCommand = { type: 'SampleClaims', ...drawing };

it('is recorded with its seed and what it was drawn from', () => given(sample).when(command).records(drawn));

it('stands, though more claims are paid by now', () =>
  given(sample, drawn)
    .when({ ...command, population: 6, populationHash: 'ef', chosen: ['C6', 'C1'] })
    .records());

it('is made once', () => {
  for (const other of [{ seed: 'another' }, { count: 3 }, { round: 'B2' }, { by: city('city-2') }]) {
    given(sample, drawn)
      .when({ ...command, ...other })
      .refuses('sample-id-taken');
  }
});

it('takes the numbers of a lottery', () => {
  const seed = '2021-03-02 双色球 03 07 11 19 24 30 + 08';
  given(sample)
    .when({ ...command, seed })
    .records({ ...drawn, data: { ...drawing, seed } });
});

it('is of paid claims, by a seed that names nobody', () => {
  given(sample)
    .when({ ...command, population: 0, chosen: [] })
    .refuses('sample-of-nothing');
  given(sample)
    .when({ ...command, seed: '王建国 13900001111' })
    .refuses('text-names-person');
});
