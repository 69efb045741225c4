import { createHash } from 'node:crypto';
import { canonicalText } from './envelope';
import { Recorded } from './event-store';

/**
 * SHA-256, in lower-case hexadecimal, of an event's RFC 8785 canonical JSON: id, stream, revision (as decimal text, since it
 * may outgrow a JSON number), type, data and metadata. Never the position or the time of the store, so that a copy in another
 * store has the same hash. The salt in the metadata keeps it from being guessed.
 */
export function eventHash({ id, stream, revision, type, data, metadata }: Recorded): string {
  const hashed = { data, id, metadata, revision: revision.toString(), stream, type };
  return createHash('sha256').update(canonicalText(hashed)).digest('hex');
}
