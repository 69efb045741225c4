import { endOfKnownDay } from './replay-days';

it.each([
  [undefined, undefined],
  ['2020-03-10', '2020-03-10T15:59:59.999Z'],
  ['2020-03-11', undefined],
  ['2020-03-12', undefined],
])('as known on %s is %s', (day, instant) => {
  expect(endOfKnownDay(day, '2020-03-11')).toBe(instant);
});
