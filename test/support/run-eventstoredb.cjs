// npm run test:eventstoredb: the main job and the contract of the log against a real EventStoreDB, whose address is in
// EVENTSTORE_TEST_URL (as EVENTSTORE_URL takes it; README.md). Its log must be empty, and holds the tests' events afterwards:
// the server is one for tests, and is emptied by its operator before the next run.
//
// Where the operator gives shell commands that stop and start that server, in EVENTSTORE_TEST_STOP and EVENTSTORE_TEST_START,
// the tests of restarts run on it too; without them they stay with the protocol double of npm test.
const { spawnSync } = require('node:child_process');
const { join } = require('node:path');
require('./register-swc.cjs');

const root = join(__dirname, '../..');
const url = process.env.EVENTSTORE_TEST_URL;
// The story comes first: it needs a log in which nothing else is written. The contract then works in windows of that log.
const suites = ['test/e2e/main-job-on-eventstoredb.spec.ts', 'libs/event-store/test/eventstoredb.int.spec.ts'];

async function foundEmpty() {
  if (!url) {
    throw new Error(
      'EVENTSTORE_TEST_URL must name an EventStoreDB for tests, such as esdb://localhost:2113?tls=false. ' +
        'EVENTSTORE_TEST_URL 须指向一个专供测试的 EventStoreDB。',
    );
  }
  const { openEventStore } = require(join(root, 'libs/event-store/src/index.ts'));
  const log = await openEventStore({ databaseUrl: '', eventStoreUrl: url });
  try {
    if ((await log.head()) === undefined) return await log.storeId();
  } finally {
    await log.close();
  }
  throw new Error(
    'The log of EVENTSTORE_TEST_URL is not empty: these tests would write into it. Nothing was written. ' +
      'EVENTSTORE_TEST_URL 的事件日志非空，测试会写入其中，故未执行。',
  );
}

foundEmpty().then(
  (store) => {
    const env = { ...process.env, EVENTSTORE_TEST_RUN: store };
    let failed = 0;
    for (const suite of suites) {
      const jest = [
        join(root, 'node_modules/jest/bin/jest.js'),
        '--ci',
        '--runInBand',
        ...process.argv.slice(2),
        suite,
      ];
      const { status } = spawnSync(process.execPath, jest, { cwd: root, env, stdio: 'inherit' });
      if (status !== 0) failed++;
    }
    console.log(`${suites.length - failed} suites passed, ${failed} failed`);
    process.exit(failed === 0 ? 0 : 1);
  },
  (error) => {
    console.error(error.message);
    process.exit(2);
  },
);
