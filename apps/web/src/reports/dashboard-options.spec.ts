import { percentText, placesByAmount } from './dashboard-options';

const mark = (area: string, demands: number, awarded: string) => ({ area, demands, offerers: 1, awarded });

describe('figures by place', () => {
  it('adds the periods of one place exactly and puts the largest award first', () => {
    const places = placesByAmount([mark('350582', 1, '0.1'), mark('350581', 2, '5'), mark('350582', 1, '0.2')], 'area');
    expect(places.map(({ code, demands, awarded }) => [code, demands, awarded])).toEqual([
      ['350581', 2, '5'],
      ['350582', 2, '0.3'],
    ]);
  });

  it('puts more demands first where awards are equal', () => {
    const places = placesByAmount([mark('350582', 1, '0'), mark('350581', 2, '0')], 'area');
    expect(places.map(({ code }) => code)).toEqual(['350581', '350582']);
  });
});

describe('a part as percent', () => {
  it.each([
    ['0.8333', '83.3%'],
    ['1', '100%'],
    ['0', '0%'],
  ])('%s is %s', (part, text) => expect(percentText(part)).toBe(text));
});
