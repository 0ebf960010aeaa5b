import { availableParallelism } from 'node:os';

/** Two projects share one run: the suites without a browser, and those in one. */
const common = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2024' },
        module: { type: 'es6' },
      },
    ],
  },
  testEnvironment: '<rootDir>/test/support/environment.js',
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
  // Suites start databases, processes and browsers of their own: more at once than there are cores only slows them.
  maxWorkers: Math.max(2, availableParallelism()),
};
