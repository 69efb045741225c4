import { Metadata, Recorded } from '../event-store';
import { positionOf } from '../positions';

export type Row = [
  position: string,
  stream: string,
  revision: string,
  id: string,
  type: string,
  data: string,
  metadata: string,
];

/** Bytes of data from which on an event ends its page. */
export const LARGE_EVENT = 32_768;

// By index, here and below: taking a list apart by pattern goes through its iterator, at a quarter of the cost of reading.
export const recorded = (row: Row): Recorded => ({
  id: row[3],
  type: row[4],
  data: JSON.parse(row[5]) as object,
  metadata: metadataOf(row[6]),
  stream: row[1],
  revision: BigInt(row[2]),
  position: positionOf(row[0]),
});

// The keys of the envelope in the order of canonical JSON, with values that hold no escape.
const ENVELOPE =
  /^\{"actor":"([^"\\]*)","causationId":"([^"\\]*)","commandHash":"([^"\\]*)","commandId":"([^"\\]*)","correlationId":"([^"\\]*)","enterprise":"([^"\\]*)","recordedAt":"([^"\\]*)","salt":"([^"\\]*)","schema":"([^"\\]*)"\}$/;

/** Nearly all metadata is the bare envelope, which a pattern takes apart in a third of the time that a parser needs. */
function metadataOf(text: string): Metadata {
  const part = ENVELOPE.exec(text);
  if (!part) return JSON.parse(text) as Metadata;
  return {
    actor: part[1]!,
    causationId: part[2]!,
    commandHash: part[3]!,
    commandId: part[4]!,
    correlationId: part[5]!,
    enterprise: part[6]!,
    recordedAt: part[7]!,
    salt: part[8]!,
    schema: part[9]!,
  };
}
