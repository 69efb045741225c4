// Jest gives every file a realm of its own, in which Nest, TypeORM and the whole platform are loaded and compiled anew: two
// to four seconds of CPU for each of three hundred files. Here the files of a worker share its realm, and what a program
// consists of is loaded once; files of tests are loaded anew for each. Files run one after the other, as ever. A file that
// needs a realm of its own, because it changes what all programs share, says `@jest-environment node` in its first comment.
const { join, sep } = require('node:path');
const circus = require('jest-circus/runner');

const root = join(__dirname, '../..');
const INITIALIZER = join(root, 'node_modules/jest-circus/build/jestAdapterInit.js');
/** Where Jest's runner keeps in the realm what belongs to the file under test. */
const HANDLERS = Symbol.for('EVENT_HANDLERS');
const TIMEOUT = Symbol.for('TEST_TIMEOUT_SYMBOL');
const RETRIES = Symbol.for('RETRY_TIMES');
const LOGS_RETRIES = Symbol.for('LOG_ERRORS_BEFORE_RETRY');

const isOfTests = (file) =>
  file.startsWith(root + sep) &&
  !file.includes(`${sep}node_modules${sep}`) &&
  /[/\\]test[/\\]|\.spec\.ts$|\.contract\.ts$/.test(file);

function forget(isForgotten) {
  for (const file of Object.keys(require.cache)) if (isForgotten(file)) delete require.cache[file];
}

module.exports = async function run(globalConfig, config, environment, runtime, testPath, sendMessageToJest) {
  if (environment.getVmContext() !== null) {
    return circus.default(globalConfig, config, environment, runtime, testPath, sendMessageToJest);
  }
  require('./register-swc.cjs');
  // Jest's own reads the source maps of what it compiled itself; Node's knows those of what was loaded here.
  Error.prepareStackTrace = undefined;
  forget((file) => file === INITIALIZER || isOfTests(file));
  for (const symbol of [HANDLERS, TIMEOUT, RETRIES, LOGS_RETRIES]) delete globalThis[symbol];

  const { moduleMocker } = environment;
  globalThis.jest = {
    setTimeout: (milliseconds) => (globalThis[TIMEOUT] = milliseconds),
    // By test, as Jest's own without `entireDescribe`.
    retryTimes: (times, { logErrorsBeforeRetry } = {}) =>
      Object.assign(globalThis, { [RETRIES]: times, [LOGS_RETRIES]: logErrorsBeforeRetry }),
    fn: moduleMocker.fn.bind(moduleMocker),
    spyOn: moduleMocker.spyOn.bind(moduleMocker),
  };
  const shared = {
    requireInternalModule: require,
    requireModule: require,
    setGlobalsForRuntime: () => undefined,
    unstable_shouldLoadAsEsm: () => false,
    enterTestCode: () => undefined,
    leaveTestCode: () => undefined,
  };
  return circus.default(globalConfig, config, environment, shared, testPath, sendMessageToJest);
};
