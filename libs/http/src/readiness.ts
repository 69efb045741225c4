import { EventStore } from '@app/event-store';
import { within } from '@app/kernel';
import { Followers } from '@app/projections';
import { Injectable, ServiceUnavailableException } from '@nestjs/common';
import { HealthCheckResult, HealthCheckService, HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';

/** A store that takes longer to answer cannot serve either. */
const PATIENCE = 2_000;
/** One look answers all who ask meanwhile, in milliseconds: proxies ask often, and nobody is kept from asking. */
const LOOK_EVERY = 200;

/** May requests be sent here? Not while the store is silent, a follower has stopped, or this process is going down. */
@Injectable()
export class Readiness {
  private draining = false;
  private asked: Promise<string[]> | undefined;
  private looked: { readonly at: number; readonly found: Promise<HealthCheckResult> } | undefined;

  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly store: EventStore,
    private readonly followers: Followers,
  ) {}

  /** From now on not ready: the first step of a graceful stop. */
  drain(): void {
    this.draining = true;
    this.looked = undefined;
  }

  private check(): Promise<HealthCheckResult> {
    const now = performance.now();
    if (this.looked && now - this.looked.at < LOOK_EVERY) return this.looked.found;
    const found = this.health.check([() => this.serving(), () => this.log(), () => this.views()]);
    this.looked = { at: now, found };
    return found;
  }

  /** The parts that are; none when it is ready. */
  async down(): Promise<string[]> {
    try {
      await this.check();
      return [];
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      return Object.keys((error.getResponse() as { error?: object }).error ?? {});
    }
  }

  private serving(): HealthIndicatorResult {
    const serving = this.indicators.check('serving');
    return this.draining ? serving.down() : serving.up();
  }

  private async log(): Promise<HealthIndicatorResult> {
    const log = this.indicators.check('log');
    try {
      await within(PATIENCE, this.store.head());
      return log.up();
    } catch {
      return log.down();
    }
  }

  /** Asked once at a time: a database that stands still would else meet a crowd of these when it goes on. */
  private stoppedViews(): Promise<string[]> {
    return (this.asked ??= this.followers.stoppedViews().finally(() => (this.asked = undefined)));
  }

  private async views(): Promise<HealthIndicatorResult> {
    const views = this.indicators.check('followers');
    try {
      const stopped = await within(PATIENCE, this.stoppedViews());
      return stopped.length ? views.down({ stopped }) : views.up();
    } catch {
      return views.down();
    }
  }
}
