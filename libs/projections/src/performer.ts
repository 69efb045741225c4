import { canonicalHash, type Clock, pause, Refused } from '@app/kernel';
import type { CommandContext } from '@app/event-store';
import { type Agenda, type Appointment, done, parkedBy, refusedBy } from './agenda';
import type { Taken } from './checkpoints';
import { isPassing } from './failures';
import type { FollowerPlace } from './follower';
import type { AnyProcess } from './process';

/** Tasks of one process that are carried out beside each other. */
const AT_ONCE = 8;
const LOOK = 64;
const FIRST_BACKOFF = 100;
const LONGEST_BACKOFF = 30_000;

/** Carries out what is due in a process's agenda, for as long as this process of the platform holds it. */
export class Performer {
  private news = new AbortController();
  /** Tasks that found something unavailable, and when to try them again in machine time. */
  private readonly backedOff = new Map<string, { attempts: number; until: number }>();

  constructor(
    private readonly process: AnyProcess,
    private readonly taken: Taken,
    private readonly agenda: Agenda,
    private readonly place: Pick<FollowerPlace, 'rows' | 'tracing'>,
    private readonly clock: Clock,
  ) {}

  /** The agenda changed. */
  wake(): void {
    this.news.abort();
  }

  /** Throws Fenced when the process was taken over, and whatever keeps the agenda from being read. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.news = new AbortController();
      const now = this.clock.now();
      const machineNow = performance.now();
      const due = await this.agenda.due(this.process.name, now, LOOK + this.backedOff.size);
      this.forgetGone(due, machineNow);
      const ready = due.filter(({ id }) => (this.backedOff.get(id)?.until ?? 0) <= machineNow);
      if (ready.length > 0) await this.performAll(ready, signal);
      else await this.rest(now, signal);
    }
  }

  /** What was dropped or planned anew while it was backed off is never due again, and would keep `rest` from resting. */
  private forgetGone(due: readonly Appointment[], machineNow: number): void {
    const ids = new Set(due.map(({ id }) => id));
    for (const [id, { until }] of this.backedOff) if (until <= machineNow && !ids.has(id)) this.backedOff.delete(id);
  }

  private async performAll(ready: readonly Appointment[], signal: AbortSignal): Promise<void> {
    const left = [...ready];
    const worker = async () => {
      for (let task = left.shift(); task && !signal.aborted; task = left.shift()) await this.perform(task);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  private async perform(task: Appointment): Promise<void> {
    const outcome = await this.outcomeOf(task);
    if (outcome === undefined) {
      const attempts = (this.backedOff.get(task.id)?.attempts ?? 0) + 1;
      const wait = Math.min(FIRST_BACKOFF * 2 ** attempts, LONGEST_BACKOFF);
      this.backedOff.set(task.id, { attempts, until: performance.now() + wait / 2 + (Math.random() * wait) / 2 });
      return;
    }
    this.backedOff.delete(task.id);
    await this.agenda.settle(this.place.rows, this.taken, task, outcome);
  }

  private async outcomeOf(task: Appointment) {
    const context: CommandContext = {
      commandId: task.id,
      commandHash: canonicalHash(['process', this.process.name, task.key, task.task]),
      actor: `process:${this.process.name}`,
      enterprise: '',
      correlationId: task.correlationId,
      causationId: task.eventId,
    };
    try {
      const { correlationId } = task;
      await this.place.tracing.task({ process: this.process.name, correlationId }, () =>
        this.process.perform(task.task, context),
      );
      return done;
    } catch (error) {
      if (error instanceof Refused) return refusedBy(error);
      return isPassing(error) ? undefined : parkedBy(error);
    }
  }

  /** Until the next task is due, the agenda changes, or what was unavailable is to be tried again. */
  private async rest(now: number, signal: AbortSignal): Promise<void> {
    const next = await this.agenda.nextAfter(this.process.name, now);
    const over = new AbortController();
    const ends = AbortSignal.any([signal, this.news.signal, over.signal]);
    const until = Math.min(...[...this.backedOff.values()].map((backoff) => backoff.until));
    const waits = [pause(Math.min(Math.max(until - performance.now(), 0), LONGEST_BACKOFF), ends)];
    if (next !== undefined) waits.push(this.clock.until(next, ends));
    await Promise.race(waits);
    over.abort();
  }
}
