// Asia/Shanghai has had no daylight saving since 1991, so its day is a fixed shift from UTC.
const SHIFT = 8 * 3_600_000;
const DAY = 86_400_000;

/** True for a day that exists, written YYYY-MM-DD. */
export function isCalendarDate(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) && text >= '1900-01-01';
}

/** True for an instant that exists, written in UTC with Z, to the minute or finer. */
export function isInstant(text: unknown): text is string {
  if (typeof text !== 'string') return false;
  const parts = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?Z$/.exec(text);
  return parts !== null && isCalendarDate(parts[1]);
}

/** The one way in which instants are stored and compared: UTC milliseconds, ISO 8601. */
export const instantText = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** Milliseconds since 1970 of an instant; the other way round of instantText. */
export const instantTime = (instant: string): number => Date.parse(instant);

/** The day in Asia/Shanghai on which an instant falls. */
export function shanghaiDay(instant: number | string): string {
  const time = typeof instant === 'string' ? Date.parse(instant) : instant;
  return new Date(time + SHIFT).toISOString().slice(0, 10);
}

/** An instant as people in Asia/Shanghai read it, to the minute: `2020-02-20 18:00`. */
export const shanghaiMinute = (instant: string): string =>
  new Date(Date.parse(instant) + SHIFT).toISOString().slice(0, 16).replace('T', ' ');

/** The instant at which a day in Asia/Shanghai begins. */
export const startOfDay = (day: string): number => Date.parse(`${day}T00:00:00Z`) - SHIFT;

/** The instant at which a day in Asia/Shanghai is over: 24:00 there. A deadline given as a day alone ends then. */
export const endOfDay = (day: string): number => startOfDay(day) + DAY;

/** The day `days` after (before, if negative) a day. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** A deadline as a person writes it, in Asia/Shanghai: `2020-02-20 18:00`, or a day alone, which ends at 24:00. Undefined for anything else. */
export function shanghaiDeadline(text: string): string | undefined {
  const parts = /^(\d{4}-\d{2}-\d{2})(?:[ T]([01]\d|2[0-3]):([0-5]\d))?$/.exec(text.trim());
  if (!parts || !isCalendarDate(parts[1])) return undefined;
  if (parts[2] === undefined) return instantText(endOfDay(parts[1]));
  return instantText(startOfDay(parts[1]) + Number(parts[2]) * 3_600_000 + Number(parts[3]) * 60_000);
}
