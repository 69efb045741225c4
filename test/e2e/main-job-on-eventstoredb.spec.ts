import { startApp } from '../support/app';
import { Double, startDouble } from '../support/eventstoredb-double';
import { emptyTestLog } from '../support/eventstoredb-server';
import { describeMainJob } from './main-job.contract';

jest.setTimeout(120_000);

let double: Double | undefined;

describeMainJob(async (options) => {
  const eventStoreUrl = (await emptyTestLog()) ?? (double = await startDouble()).url;
  return startApp({ ...options, eventStoreUrl });
});

// After the platform has let go of it.
afterAll(() => double?.stop());
