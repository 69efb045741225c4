import type { Recorded } from '@app/event-store';

/** One task of a process; `correlationId` is that of the event which planned it. */
export type TracedTask = { readonly process: string; readonly correlationId: string };

/** What surrounds the work of followers, for traces; this one does nothing. */
export class FollowerTracing {
  /** A batch that is applied in one transaction. */
  batch<T>(_follower: string, _events: readonly Recorded[], work: () => Promise<T>): Promise<T> {
    return work();
  }

  task<T>(_task: TracedTask, work: () => Promise<T>): Promise<T> {
    return work();
  }
}
