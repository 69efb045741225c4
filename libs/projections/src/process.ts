import type { CommandContext, Filter, Recorded } from '@app/event-store';
import type { Fact } from '@app/kernel';

/**
 * What an event does to a process's agenda. `do` is the appointment's key, unique in the process: the same key again
 * replaces what was planned under it, and `drop` takes it away. `at` is an ISO instant of the platform's clock;
 * without it the task is due at once. `task` is JSON and stands in a table: ids and instants, never terms that are
 * sealed.
 */
export type Planned<Task extends object = object> =
  | { readonly do: string; readonly at?: string; readonly task: Task }
  | { readonly drop: string };

/**
 * An automation: events in, commands out, also timed. Its agenda is durable, so that what falls due while no worker
 * runs is done when one does. A process that is new on a log that is not empty performs nothing that was due up to
 * its start.
 */
export interface Process<E extends Fact = Fact, Task extends object = object> {
  /** Kebab-case; it stands in the actor of its commands as `process:<name>` and is never renamed. */
  readonly name: string;
  readonly filter: Filter;
  /** Pure: no look-ups and no clock. */
  react(event: Recorded<E>): readonly Planned<Task>[];
  /**
   * Carries out one task with the commandId of `context`, which follows from process, key and event: performed again
   * after a crash, the command answers with its first result. A Refused is recorded as the outcome, StoreUnavailable
   * is tried again, anything else is parked. Tasks of different keys are performed beside each other.
   */
  perform(task: Task, context: CommandContext): Promise<unknown>;
}

export type AnyProcess = Process<never>;
