import { dayLater, digestAfter } from './digest-time';

describe('the time of the digest', () => {
  it.each([
    ['2020-02-10T01:00:00.000Z', '18:00', '2020-02-10T10:00:00.000Z'],
    ['2020-02-10T10:00:00.000Z', '18:00', '2020-02-10T10:00:00.000Z'],
    ['2020-02-10T10:00:00.001Z', '18:00', '2020-02-11T10:00:00.000Z'],
    // After midnight in Shanghai, still the day before in UTC.
    ['2020-02-10T16:30:00.000Z', '18:00', '2020-02-11T10:00:00.000Z'],
    ['2020-02-10T16:30:00.000Z', '00:15', '2020-02-11T16:15:00.000Z'],
    ['2020-12-31T15:00:00.000Z', '07:30', '2020-12-31T23:30:00.000Z'],
  ])('after %s at %s is %s', (instant, at, due) => expect(digestAfter(instant, at)).toBe(due));

  it('comes again a day later', () => expect(dayLater('2020-02-10T10:00:00.000Z')).toBe('2020-02-11T10:00:00.000Z'));
});
