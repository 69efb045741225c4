// Owns what every part of the code speaks: deciders, refusals, the clock, ids, values and their checks. Knows no framework
// (fields.ts alone knows the validators), no store and no context.
export {
  addDays,
  endOfDay,
  instantText,
  instantTime,
  isCalendarDate,
  isInstant,
  shanghaiDay,
  shanghaiDeadline,
  shanghaiMinute,
  startOfDay,
} from './calendar';
export { canonicalHash, canonicalJson, sameJson, textHash } from './canonical';
export { Clock, pause, SetClock, SystemClock, TooLate, within } from './clock';
export type { Decider, Fact } from './decider';
export * from './fields';
export { derivedId, isUuid, newId } from './ids';
export { decimalText, Exact, lineAmount, sum, toFen, withVat } from './money';
export type { Party } from './party';
export { Refused } from './refused';
export { mentionsPerson } from './screening';
export { isPlainText } from './text';
export { unitNamed, unitOfCode, UNITS } from './units';
export type { Unit } from './units';
export { isUscc, usccCheckCharacter } from './uscc';
export { addWorkingDays, isWorkingDay, workingDaysBetween } from './working-days';
