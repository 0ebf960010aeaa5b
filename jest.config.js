import { availableParallelism } from 'node:os';

/** Two projects share one run: the suites without a browser, and those in one. */
const common = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: {},
  testEnvironment: '<rootDir>/test/support/jest/environment.js',
  testRunner: '<rootDir>/test/support/jest/runner.js',
  globalSetup: '<rootDir>/test/support/jest/set-up.ts',
  globalTeardown: '<rootDir>/test/support/jest/tear-down.ts',
};

export default {
  projects: [
    {
      ...common,
      displayName: 'house',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/test/e2e/'],
    },
    { ...common, displayName: 'browser', testMatch: ['<rootDir>/test/e2e/**/*.test.ts'] },
  ],
  // A deadline against a test that hangs, far from what one takes on a slow machine.
  testTimeout: 240_000,
  testSequencer: '<rootDir>/test/support/jest/sequencer.js',
  // One more than there are cores: many suites wait a third of their time, for a process, a browser or the time itself.
  maxWorkers: availableParallelism() + 1,
};
