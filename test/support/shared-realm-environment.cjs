// The globals of the worker itself: see shared-realm-runner.cjs.
const { ModuleMocker } = require('jest-mock');

module.exports = class SharedRealm {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  fakeTimers = null;
  fakeTimersModern = null;
  env = { ...process.env };
  console = globalThis.console;
  exit = process.exit;

  /** None of its own; a file that asks for `@jest-environment node` has one. */
  getVmContext() {
    return null;
  }

  async setup() {}

  /** What a file changed of the process is not the next one's. */
  async teardown() {
    this.moduleMocker.restoreAllMocks();
    globalThis.console = this.console;
    process.exit = this.exit;
    for (const name of Object.keys(process.env)) if (!(name in this.env)) delete process.env[name];
    Object.assign(process.env, this.env);
  }
};
