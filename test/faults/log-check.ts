import { EventStore } from '@app/event-store';
import type { Acknowledged } from './patient-client';
import type { Timed } from './trades';

export type LogFindings = {
  readonly events: number;
  /** Acknowledged, and not in the log. */
  readonly lost: string[];
  /** In the log more than once. */
  readonly doubled: string[];
  /** Listings that the clock did not close once, after their deadline. */
  readonly closedBadly: string[];
};

/** What the log holds of what clients were told. */
export async function checkLog(
  store: EventStore,
  acknowledged: readonly Acknowledged[],
  timed: readonly Timed[],
): Promise<LogFindings> {
  const [ids, counts, closings] = [new Set<string>(), new Map<string, number>(), new Map<string, number[]>()];
  const doubled: string[] = [];
  let events = 0;
  for await (const { id, type, stream, metadata } of store.readAll()) {
    events++;
    if (ids.has(id)) doubled.push(`${type} ${id}`);
    ids.add(id);
    const key = `${metadata.commandId} ${type}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    if (type === 'QuotingClosed')
      closings.set(stream, [...(closings.get(stream) ?? []), Date.parse(metadata.recordedAt)]);
  }
  const told = acknowledged.map(({ commandId, type }) => `${commandId} ${type}`);
  const closedBadly = timed.filter(({ listing, deadline }) => {
    const times = closings.get(`listing-${listing}`) ?? [];
    return times.length !== 1 || times[0]! < deadline;
  });
  return {
    events,
    lost: told.filter((key) => !counts.has(key)),
    doubled: [...doubled, ...told.filter((key) => (counts.get(key) ?? 0) > 1)],
    closedBadly: closedBadly.map(({ listing }) => listing),
  };
}
