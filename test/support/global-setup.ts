import { beginTestRun, type TestRun } from './test-server';

declare global {
  var testRun: TestRun | undefined;
}

/** Before any test file: the server, its admin URL and this run's prefix, by environment to all workers. */
export default async function globalSetup(): Promise<void> {
  const run = await beginTestRun(process.env['PEITAO_TEST_POSTGRES_URL'] || undefined);
  process.env['PEITAO_TEST_POSTGRES_URL'] = run.url;
  process.env['PEITAO_TEST_PREFIX'] = run.prefix;
  globalThis.testRun = run;
}
