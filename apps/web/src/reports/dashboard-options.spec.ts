import { barsByPlace, barsOverTime, everyPeriod, lineOverTime, percentText, placesByAmount } from './dashboard-options';

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

describe('a chart over time', () => {
  const mark = (from: string) => ({ from, to: from, closed: 1 });
  const shown = (bucket: 'day' | 'week' | 'month', from: string, to: string, ...marks: string[]) =>
    everyPeriod({ from, to, bucket }, marks.map(mark)).map((one) => [one.from, one.to, one.mark?.from]);

  it('has every week of its time, also those in which nothing was', () =>
    // 10 February 2020 was a Monday; the first and the last week are cut.
    expect(shown('week', '2020-02-05', '2020-02-25', '2020-02-05', '2020-02-24')).toEqual([
      ['2020-02-05', '2020-02-09', '2020-02-05'],
      ['2020-02-10', '2020-02-16', undefined],
      ['2020-02-17', '2020-02-23', undefined],
      ['2020-02-24', '2020-02-25', '2020-02-24'],
    ]));

  it('has every day and month', () => {
    expect(shown('day', '2020-02-28', '2020-03-01', '2020-02-29').map(([from, , at]) => [from, at])).toEqual([
      ['2020-02-28', undefined],
      ['2020-02-29', '2020-02-29'],
      ['2020-03-01', undefined],
    ]);
    expect(shown('month', '2019-12-15', '2020-02-10', '2020-01-01')).toEqual([
      ['2019-12-15', '2019-12-31', undefined],
      ['2020-01-01', '2020-01-31', '2020-01-01'],
      ['2020-02-01', '2020-02-10', undefined],
    ]);
  });

  it.each([
    ['bars', barsOverTime(['2020-02-10'], [{ name: '需求', values: [undefined] }])],
    ['lines', lineOverTime(['2020-02-10'], [{ name: '需求', values: [undefined] }], '%')],
  ])('of %s names its series above itself and nowhere over a mark', (_kind, option) => {
    expect(option.legend).toMatchObject({ top: 0 });
    expect(JSON.stringify(option.series)).not.toMatch(/label/i);
  });
});

describe('an axis', () => {
  it('leaves out figures that have no room', () => {
    const time = barsOverTime(['2020-02-10'], []);
    const place = barsByPlace([{ name: '晋江市', value: 1_000_000 }], '定标');
    for (const { xAxis } of [time, place]) expect(xAxis).toMatchObject({ axisLabel: { hideOverlap: true } });
  });
});

describe('sums', () => {
  it('are exact for the largest amounts', () => {
    const [place] = placesByAmount(
      [mark('350582', 1, '999999999999999998000000.00'), mark('350582', 1, '0.01')],
      'area',
    );
    expect(place!.awarded).toBe('999999999999999998000000.01');
  });
});
