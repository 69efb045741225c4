import { describeAppending } from './appending.contract';
import { describeFollowing } from './following.contract';
import { Log } from './logs';
import { describeReading } from './reading.contract';
import { describeRestarts, RestartableLog } from './restarts.contract';

export type Driver = {
  /** A log of its own for one test, which nobody has written to. */
  readonly log: () => Promise<Log>;
  /** Positions that other kinds of store give, or none gives. */
  readonly foreignPositions: readonly string[];
  /** The same with a server of its own, which the suite stops and starts; left out where there is no server. */
  readonly restartable?: () => Promise<RestartableLog>;
};

/** What every driver must do. A driver's spec is one call of this. */
export function describeEventStore(name: string, driver: Driver): void {
  describe(`event store: ${name}`, () => {
    describeAppending(driver.log);
    describeReading(driver.log, driver.foreignPositions);
    describeFollowing(driver.log);
    if (driver.restartable) describeRestarts(driver.restartable);
  });
}
