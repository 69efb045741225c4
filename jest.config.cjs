const { jsc, ...swc } = require('./swc.config.cjs');

/** @type {import('jest').Config} */
module.exports = {
  testRegex: '\\.spec\\.ts$',
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/test/architecture/fixtures/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  moduleNameMapper: { '^@testing/([^/]+)$': '<rootDir>/libs/$1/src/testing.ts' },
  transform: { '^.+\\.[cm]?[jt]s$': ['@swc/jest', { ...swc, jsc, swcrc: false }] },
  // These packages ship ES modules only; Jest runs CommonJS.
  transformIgnorePatterns: ['/node_modules/(?!(canonicalize|uuid|csv-parse|openid-client|jose|qr)/)'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  testEnvironment: '<rootDir>/test/support/shared-realm-environment.cjs',
  testRunner: '<rootDir>/test/support/shared-realm-runner.cjs',
  testSequencer: '<rootDir>/test/support/longest-first.cjs',
  testTimeout: 60_000,
  maxWorkers: 2,
  workerIdleMemoryLimit: '1GB',
};
