import { addWorkingDays, isWorkingDay, workingDaysBetween } from '@app/kernel';

describe('working days', () => {
  it.each([
    ['2020-01-19', true, 'a Sunday worked in lieu'],
    ['2020-01-23', true, 'the last day before the festival'],
    ['2020-01-24', false, 'the eve'],
    ['2020-01-30', false, 'the last day as first published'],
    ['2020-01-31', false, 'the festival was extended'],
    ['2020-02-01', false, 'a Saturday that had been a working day in lieu'],
    ['2020-02-02', false, 'the last day of the extended festival'],
    ['2020-02-03', true, 'work again'],
    ['2020-02-08', false, 'a Saturday'],
    ['2020-10-08', false, 'National Day and Mid-Autumn together'],
    ['2020-10-10', true, 'a Saturday worked in lieu'],
  ])('%s: %s, %s', (day, worked) => expect(isWorkingDay(day)).toBe(worked));

  it('are counted over the extended Spring Festival of 2020', () => {
    expect(addWorkingDays('2020-01-23', 1)).toBe('2020-02-03');
    expect(addWorkingDays('2020-01-20', 10)).toBe('2020-02-11');
    expect(workingDaysBetween('2020-01-20', '2020-02-11')).toBe(10);
  });

  it('begin the day after: a day off and the working day before it end alike', () => {
    expect(addWorkingDays('2020-03-06', 5)).toBe('2020-03-13');
    expect(addWorkingDays('2020-03-07', 5)).toBe('2020-03-13');
    expect(addWorkingDays('2020-03-07', 0)).toBe('2020-03-07');
  });

  it('are none backwards', () => {
    expect(workingDaysBetween('2020-03-10', '2020-03-10')).toBe(0);
    expect(workingDaysBetween('2020-03-10', '2020-03-01')).toBe(0);
  });
});
