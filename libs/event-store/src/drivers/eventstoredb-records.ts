import { AllStreamRecordedEvent, EventData, Position as Place, RecordedEvent } from '@eventstore/db-client';
import { Sheet } from '../envelope';
import { Metadata, Position, Recorded } from '../event-store';

/**
 * The log's own stream: its first event is the log's identity. No stream of the port has a name without `-`, and no reader of
 * the log sees this one.
 */
export const OWN_STREAM = 'peitao.log';

const UTF8 = new TextEncoder();

const POSITION = /^(0|[1-9]\d{0,18})\/(0|[1-9]\d{0,18})$/;

export const positionAt = ({ commit, prepare }: Place): Position => `${commit}/${prepare}` as Position;

/** Throws TypeError for a position of some other kind of store. */
export function placeAt(position: Position): Place {
  const [, commit, prepare] = POSITION.exec(position) ?? [];
  if (commit === undefined || prepare === undefined) throw new TypeError(`no position of this store: ${position}`);
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
}

export function comparePlaces(a: Place, b: Place): number {
  if (a.commit !== b.commit) return a.commit < b.commit ? -1 : 1;
  return a.prepare < b.prepare ? -1 : a.prepare > b.prepare ? 1 : 0;
}

/** Whether the log holds it as an event of the port: the server's own stand there too, and the log's own. */
export const isVisible = ({ type, streamId }: { type: string; streamId: string }): boolean =>
  !type.startsWith('$') && !streamId.startsWith('$') && streamId.includes('-');

export const recorded = (event: RecordedEvent | AllStreamRecordedEvent): Recorded => ({
  id: event.id,
  type: event.type,
  data: event.data as object,
  metadata: event.metadata as Metadata,
  stream: event.streamId,
  revision: event.revision,
  position: positionAt(event.position!),
});

export const eventData = ({ id, type, data, metadata }: Sheet): EventData => ({
  id,
  type,
  contentType: 'application/json',
  // The client writes JSON itself; from what canonical text says it makes the same text again.
  data: JSON.parse(data) as Record<string, unknown>,
  // Not a Buffer, of which the client would write the fields.
  metadata: UTF8.encode(metadata),
});
