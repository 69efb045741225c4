import { canonicalJson } from '@app/kernel';
import { EventTooLarge, Expected, LARGEST_APPEND, NewEvent } from './event-store';

/** An event as every driver writes it: data and metadata are RFC 8785 canonical JSON, so they hold no raw control character. */
export type Sheet = { readonly id: string; readonly type: string; readonly data: string; readonly metadata: string };

// Stored names are keys in every driver: a leading `$` is EventStoreDB's own, and a line break would split a driver's rows.
const STREAM = /^[^-$\p{Cc}\p{Cs}][^-\p{Cc}\p{Cs}]*-[^\p{Cc}\p{Cs}]+$/u;
const TYPE = /^[^$\p{Cc}\p{Cs}][^\p{Cc}\p{Cs}]*$/u;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const LONGEST_NAME = 250;

/**
 * Checks one append and writes its events down. All of it is checked before a driver sends anything, since a driver's client
 * may hang on what it cannot carry. Throws TypeError or EventTooLarge.
 */
export function sheets(stream: string, expected: Expected, events: readonly NewEvent[]): Sheet[] {
  if (!STREAM.test(stream) || stream.length > LONGEST_NAME) throw new TypeError(`no stream name: ${stream}`);
  if (expected !== 'any' && expected !== 'none' && !(typeof expected === 'bigint' && expected >= 0n)) {
    throw new TypeError('expected is `any`, `none` or a revision');
  }
  if (events.length === 0) throw new TypeError('an append holds at least one event');
  const written = events.map(sheet);
  // Equal ids would make a retry of this append look like a retry of another.
  if (written.length > 1 && new Set(written.map(({ id }) => id)).size < written.length) {
    throw new TypeError('two events of one append have the same id');
  }
  const bytes = written.reduce((sum, { data }) => sum + Buffer.byteLength(data), 0);
  if (bytes > LARGEST_APPEND) throw new EventTooLarge(bytes);
  return written;
}

function sheet({ id, type, data, metadata }: NewEvent): Sheet {
  if (typeof id !== 'string' || !UUID.test(id)) throw new TypeError(`no UUID: ${String(id)}`);
  if (typeof type !== 'string' || !TYPE.test(type) || type.length > LONGEST_NAME)
    throw new TypeError(`no event type: ${String(type)}`);
  if (typeof data !== 'object' || data === null) throw new TypeError('data is an object');
  for (const key in metadata) {
    if (typeof metadata[key] !== 'string') throw new TypeError(`metadata.${key} is text`);
  }
  return { id: id.toLowerCase(), type, data: canonicalText(data), metadata: canonicalText(metadata) };
}

/** As canonicalJson, in a third of its time for a value whose keys are in order already. Throws TypeError. */
export function canonicalText(value: object): string {
  try {
    return isInOrder(value) ? JSON.stringify(value) : canonicalJson(value);
  } catch (error) {
    throw new TypeError(error instanceof Error ? error.message : 'the value has no JSON form', { cause: error });
  }
}

/**
 * Whether JSON.stringify writes the value as RFC 8785 does: keys ascend, and all is plain JSON. Then the text needs no sorting,
 * which is most of its cost.
 */
function isInOrder(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object')
    return typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
  if (value === null) return true;
  if ('toJSON' in value) return false;
  if (Array.isArray(value)) {
    for (const element of value) if (!isInOrder(element)) return false;
    return true;
  }
  let last: string | undefined;
  for (const key of Object.keys(value)) {
    if (last !== undefined && key <= last) return false;
    if (!key.isWellFormed() || !isInOrder((value as Record<string, unknown>)[key])) return false;
    last = key;
  }
  return true;
}
