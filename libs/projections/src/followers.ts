import { setMaxListeners } from 'node:events';
import type { EventStore } from '@app/event-store';
import type { Clock } from '@app/kernel';
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { Agenda, processFollower } from './agenda';
import { Checkpoints } from './checkpoints';
import { contend, type Holding, Outages } from './contend';
import { describe, isPassing } from './failures';
import { Feed } from './feed';
import type { FollowerPlace } from './follower';
import { FollowerTracing } from './follower-tracing';
import { followProcess } from './follow-process';
import { followView, type ViewPlace } from './follow-view';
import { type FollowerStatus, statusOf, stoppedViews } from './follower-status';
import { Announcements } from './live-changes';
import type { Moves } from './moves';
import { type Parked, ParkedEvents } from './parked-events';
import { Passing } from './passing';
import type { Presence } from './presence';
import type { AnyProcess } from './process';
import type { AnyProjection } from './projection';
import { waitedKey } from './read-models';
import { rebuild, type RebuildProgress } from './rebuild';
import type { FollowerRows } from './rows';
import type { Signals } from './signals';
import type { ViewVersions } from './view-versions';

export type { FollowerStatus } from './follower-status';
export type { RebuildProgress } from './rebuild';

const TIDY_EVERY = 15_000;
/** How long a view stays in a hurry for somebody who waits for it, in milliseconds. */
const HURRY = 1_000;

export type FollowersParts = {
  readonly projections: readonly AnyProjection[];
  /** Asked when followers start: processes are made by their contexts' modules. */
  readonly processes: () => readonly AnyProcess[];
  readonly store: EventStore;
  readonly clock: Clock;
  readonly rows: DataSource;
  readonly followerRows: FollowerRows;
  readonly presence: Presence;
  readonly signals: Signals;
  readonly versions: ViewVersions;
  readonly moves: Moves;
  readonly tracing?: FollowerTracing | undefined;
};

/** This code has no such view. */
export class UnknownView extends TypeError {
  constructor(
    readonly view: string,
    /** Those that it has. */
    readonly views: readonly string[],
  ) {
    super(`no view is called ${view}; the views are ${views.join(', ')}`);
    this.name = 'UnknownView';
  }
}

/**
 * Runs views and processes. Every process of the platform may run one of these: each follower has one holder at a
 * time over all of them, and a dead or frozen holder's place is taken within seconds.
 */
export class Followers {
  private readonly log = new Logger('Followers');
  private readonly checkpoints: Checkpoints;
  private readonly parkedEvents: ParkedEvents;
  private readonly agenda: Agenda;
  private readonly announcements: Announcements;
  private readonly holdings = new Set<Holding>();
  private readonly outages = new Outages();
  private ending: AbortController | undefined;
  private running: Promise<unknown>[] = [];

  constructor(private readonly parts: FollowersParts) {
    const { rows, store, signals } = parts;
    this.checkpoints = new Checkpoints(rows, store);
    this.parkedEvents = new ParkedEvents(rows, store);
    this.agenda = new Agenda(rows);
    this.announcements = new Announcements(signals);
  }

  /**
   * Makes what is missing and begins to follow; resolves before anything has caught up. Throws ForeignPosition when a
   * checkpoint belongs to another log: following on would skip or repeat events.
   */
  async start(): Promise<void> {
    if (this.ending) return;
    const ending = (this.ending = new AbortController());
    // One listener for each follower, of which there are many.
    setMaxListeners(0, ending.signal);
    try {
      await this.begin(ending.signal);
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  private async begin(signal: AbortSignal): Promise<void> {
    const { projections, store, signals, versions } = this.parts;
    const processes = this.parts.processes();
    const place = await this.place();
    for (const projection of projections) await versions.ensure(projection);
    const automatic = processes.map(({ name }) => processFollower(name));
    await this.checkpoints.ensureProcesses(automatic, this.parts.clock.now());
    await this.refuseForeign(processes);
    await versions.dropUnused();

    const { feed, ended } = await Feed.open(store, signal);
    const listening = [
      signals.on('waiting', (key) => this.each((holding) => holding.waitedFor(key, HURRY))),
      signals.on('parked', () => this.each((holding) => holding.decided())),
      signals.on('switched', () => this.each((holding) => void holding.lookAgain())),
      signals.on('released', (follower) => this.each((holding) => holding.letGo(follower))),
    ];
    const tidying = setInterval(() => void this.tidy(), TIDY_EVERY);
    signal.addEventListener('abort', () => {
      clearInterval(tidying);
      for (const end of listening) end();
    });
    const views = projections.map((projection) =>
      this.hold(
        signal,
        projection.name,
        () => versions.following(projection),
        (held) =>
          followView({ projection, waitedKey: waitedKey(projection), feed, place, ...this.viewPlace(), ...held }),
      ),
    );
    const automations = processes.map((process) =>
      this.hold(
        signal,
        processFollower(process.name),
        async () => processFollower(process.name),
        (held) => followProcess({ process, feed, place, agenda: this.agenda, clock: this.parts.clock, ...held }),
      ),
    );
    this.running = [ended, ...views, ...automations];
  }

  /** Lets go of everything, after the batches and tasks under way. */
  async stop(): Promise<void> {
    this.ending?.abort();
    await Promise.all(this.running);
    this.running = [];
    this.announcements.flush();
    this.ending = undefined;
    if (this.parts.followerRows.isInitialized) await this.parts.followerRows.destroy();
  }

  /**
   * Fills the view anew beside the filling that serves and switches to it when it has caught up. Needs no `start`. An
   * event that cannot be applied ends it with PoisonEvent, and nothing was changed. The view is named as its projection or
   * as one of its schemas, which metrics show. Throws UnknownView for one that this code does not have, and Error while
   * another rebuild of it is under way.
   */
  async rebuild(name: string, onProgress: (progress: RebuildProgress) => void = () => {}): Promise<void> {
    const asNamed = name.replace(/_v\d+(_r\d+)?$/, '').replaceAll('_', '-');
    const projection = this.parts.projections.find((one) => one.name === asNamed);
    if (!projection) throw new UnknownView(name, this.parts.projections.map((one) => one.name).sort());
    const { presence, versions } = this.parts;
    await versions.ensure(projection);
    const place = await this.place();
    await rebuild({ projection, presence, versions, place, checkpoints: this.checkpoints, onProgress });
  }

  /** Every follower of the database, whichever process holds it. */
  async status(): Promise<FollowerStatus[]> {
    return statusOf(this.parts.rows, this.parts.store, this.parts.clock.now());
  }

  /** Views that serve and go no further. Cheap: whether a process is ready is asked often. */
  async stoppedViews(): Promise<string[]> {
    return stoppedViews(this.parts.rows);
  }

  /** Events and tasks that wait for an operator, oldest first. */
  async parked(): Promise<Parked[]> {
    const lists = await Promise.all([this.parkedEvents.list(), this.agenda.listParked()]);
    return lists.flat().sort((a, b) => a.parkedAt.getTime() - b.parkedAt.getTime());
  }

  /** Tries a parked event or task again. False when nothing is parked under this id. */
  async retry(id: string): Promise<boolean> {
    return this.decide(id, 'retry');
  }

  /** Leaves a parked event or task out for good. False when nothing is parked under this id. */
  async skip(id: string): Promise<boolean> {
    return this.decide(id, 'skip');
  }

  private async decide(id: string, decision: 'retry' | 'skip'): Promise<boolean> {
    const found = (await this.parkedEvents.decide(id, decision)) || (await this.agenda.decide(id, decision));
    if (found) this.parts.signals.send('parked', [id]);
    return found;
  }

  private hold(
    signal: AbortSignal,
    label: string,
    follower: () => Promise<string | undefined>,
    run: Holding['run'],
  ): Promise<void> {
    const { presence, signals } = this.parts;
    return contend({
      label,
      follower,
      run,
      presence,
      checkpoints: this.checkpoints,
      signal,
      holdings: this.holdings,
      released: (name) => signals.send('released', [name]),
      failed: (name, error) => this.failed(name, error),
    });
  }

  private failed(name: string, error: unknown): void {
    const words = describe(error);
    if (!isPassing(error)) this.log.error(`${name}: ${words}`);
    else if (this.outages.isNew(words)) this.log.error(`${name}, and whoever else meets it: ${words}`);
  }

  private each(tell: (holding: Holding) => void): void {
    for (const holding of this.holdings) tell(holding);
  }

  private viewPlace(): ViewPlace {
    const { versions, moves, signals } = this.parts;
    return { versions, moves, signals, announcements: this.announcements };
  }

  private async place(): Promise<FollowerPlace> {
    const { store, followerRows, tracing = new FollowerTracing() } = this.parts;
    if (!followerRows.isInitialized) await followerRows.initialize();
    return { store, rows: followerRows, parked: this.parkedEvents, passing: new Passing(followerRows), tracing };
  }

  private async refuseForeign(processes: readonly AnyProcess[]): Promise<void> {
    const { projections, versions } = this.parts;
    const schemas = await Promise.all(projections.map((projection) => versions.following(projection)));
    const names = processes.map(({ name }) => processFollower(name));
    await this.checkpoints.refuseForeign([...schemas.filter((schema) => schema !== undefined), ...names]);
  }

  private async tidy(): Promise<void> {
    try {
      await this.parts.versions.dropUnused();
      this.each((holding) => void holding.lookAgain());
    } catch (error) {
      this.log.warn(`tidying: ${describe(error)}`);
    }
  }
}
