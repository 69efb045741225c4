import { given } from '@testing/kernel';
import { draw } from './check-draw.decider';
import type { DrawCommand, DrawEvent } from './check-draw.decider';
import { MORNING } from './testing';

const drawing = {
  draw: 'D1',
  seed: '03 07 11',
  count: 2,
  population: 5,
  populationHash: 'cd',
  chosen: ['X1', 'X2'],
  by: { account: 'olga' },
  at: MORNING,
};
const drawn: DrawEvent = { type: 'MatchesDrawn', data: drawing };
const command: DrawCommand = { type: 'DrawMatches', ...drawing };

describe('a draw', () => {
  it('is recorded with its seed and what it was drawn from', () => given(draw).when(command).records(drawn));
  it('stands, though more matches stand by now', () =>
    given(draw, drawn)
      .when({ ...command, population: 6, populationHash: 'ef', chosen: ['X6', 'X1'] })
      .records());
  it('is made once', () => {
    for (const other of [{ seed: 'another' }, { count: 3 }, { by: { account: 'otto' } }]) {
      given(draw, drawn)
        .when({ ...command, ...other })
        .refuses('draw-id-taken');
    }
  });
});
