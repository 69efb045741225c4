import { EventStore } from '@app/event-store';
import { Followers } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';

/** A store that takes longer to answer cannot serve either. */
const PATIENCE = 2_000;

/** May requests be sent here? Not while the store is silent, a follower has stopped, or this process is going down. */
@Injectable()
export class Readiness {
  private draining = false;

  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly store: EventStore,
    private readonly followers: Followers,
  ) {}

  /** From now on not ready: the first step of a graceful stop. */
  drain(): void {
    this.draining = true;
  }

  /** Throws ServiceUnavailableException naming what is down. */
  check() {
    return this.health.check([() => this.serving(), () => this.log(), () => this.views()]);
  }

  private serving(): HealthIndicatorResult {
    const serving = this.indicators.check('serving');
    return this.draining ? serving.down() : serving.up();
  }

  private async log(): Promise<HealthIndicatorResult> {
    const log = this.indicators.check('log');
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('silent')), PATIENCE);
    });
    try {
      await Promise.race([this.store.head(), late]);
      return log.up();
    } catch {
      return log.down();
    } finally {
      clearTimeout(timer);
    }
  }

  private async views(): Promise<HealthIndicatorResult> {
    const views = this.indicators.check('followers');
    try {
      const stopped = (await this.followers.status()).filter(({ state, serves }) => serves && state === 'stopped');
      return stopped.length ? views.down({ stopped: stopped.map(({ name }) => name) }) : views.up();
    } catch {
      return views.down();
    }
  }
}
