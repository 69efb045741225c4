import { nextMonth, periodAfter, titleAfter } from './catalogue-period';

const MARCH = { from: '2020-03-01', to: '2020-03-31' };

it.each([
  [MARCH, { from: '2020-04-01', to: '2020-04-30' }],
  [
    { from: '2020-01-01', to: '2020-03-31' },
    { from: '2020-04-01', to: '2020-06-30' },
  ],
  [
    { from: '2020-02-24', to: '2020-03-01' },
    { from: '2020-03-02', to: '2020-03-08' },
  ],
  [
    { from: '2019-12-01', to: '2019-12-31' },
    { from: '2020-01-01', to: '2020-01-31' },
  ],
])('after %j comes %j', (before, after) => {
  expect(periodAfter(before)).toEqual(after);
});

it('a new catalogue is usually of the next month', () => {
  expect(nextMonth('2020-01-31')).toEqual({ from: '2020-02-01', to: '2020-02-29' });
});

it.each([
  ['2020年3月产品需求目录', '2020年4月产品需求目录'],
  ['2020 年 03 月鞋材', '2020 年 4 月鞋材'],
  ['Demands 2020-03', 'Demands 2020-04'],
  ['鞋材', '鞋材'],
])('the title %s becomes %s', (before, after) => {
  expect(titleAfter(before, MARCH, periodAfter(MARCH))).toBe(after);
});
