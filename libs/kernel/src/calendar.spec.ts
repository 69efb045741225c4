import {
  addDays,
  endOfDay,
  instantText,
  isCalendarDate,
  isInstant,
  shanghaiDay,
  shanghaiDeadline,
  shanghaiMinute,
  startOfDay,
} from '@app/kernel';

describe('days in Asia/Shanghai', () => {
  it.each(['2020-02-29', '2000-02-29', '1999-12-31'])('%s exists', (day) => expect(isCalendarDate(day)).toBe(true));
  it.each(['2021-02-29', '2020-13-01', '2020-00-10', '2020-1-1', '20200101', '0000-01-01', 20200101, null])(
    '%s does not',
    (day) => expect(isCalendarDate(day)).toBe(false),
  );

  it('end at 24:00 there, which is 16:00 UTC', () => {
    expect(instantText(endOfDay('2020-02-20'))).toBe('2020-02-20T16:00:00.000Z');
    expect(startOfDay('2020-02-21')).toBe(endOfDay('2020-02-20'));
  });

  it('hold the instants from their start up to, and not including, their end', () => {
    expect(shanghaiDay(startOfDay('2020-02-20'))).toBe('2020-02-20');
    expect(shanghaiDay(endOfDay('2020-02-20') - 1)).toBe('2020-02-20');
    expect(shanghaiDay(endOfDay('2020-02-20'))).toBe('2020-02-21');
    expect(shanghaiDay('2020-02-20T16:00:00Z')).toBe('2020-02-21');
  });

  it('are read with the minute of an instant', () =>
    expect(shanghaiMinute('2020-02-20T16:05:59.999Z')).toBe('2020-02-21 00:05'));

  it('are counted over months and leap days', () => {
    expect(addDays('2020-02-28', 2)).toBe('2020-03-01');
    expect(addDays('2020-03-01', -1)).toBe('2020-02-29');
  });
});

describe('a deadline as a person writes it', () => {
  it.each([
    ['2020-02-20 18:00', '2020-02-20T10:00:00.000Z'],
    ['2020-02-20T07:59', '2020-02-19T23:59:00.000Z'],
    ['2020-02-20', '2020-02-20T16:00:00.000Z'],
  ])('%s is %s', (text, instant) => expect(shanghaiDeadline(text)).toBe(instant));
  it.each(['2020-02-30', '2020-02-20 24:00', 'tomorrow', '2020-02-20 1:00'])('%s is none', (text) =>
    expect(shanghaiDeadline(text)).toBeUndefined(),
  );
});

describe('an instant', () => {
  it.each(['2020-02-20T10:00Z', '2020-02-20T10:00:00Z', '2020-02-20T10:00:00.123Z'])('%s is one', (text) =>
    expect(isInstant(text)).toBe(true),
  );
  it.each(['2020-02-30T10:00:00Z', '2020-02-20T24:00:00Z', '2020-02-20T10:00:00+08:00', '2020-02-20', 5])(
    '%s is none',
    (text) => expect(isInstant(text)).toBe(false),
  );
});
