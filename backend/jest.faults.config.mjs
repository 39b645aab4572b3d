import stories from './jest.e2e.config.mjs';

/** Everything that is broken on purpose: the quick stories that `npm test` runs too, and the slow ones; and slow attackers. */
export default {
  ...stories,
  testMatch: ['<rootDir>/test/{faults,soak}/**/*.{e2e,fault}.ts', '<rootDir>/test/security/**/*.fault.ts'],
  testTimeout: 180_000,
  // What is measured against time has the machine for itself.
  maxWorkers: 1,
  reporters: ['default', '<rootDir>/test/faults/table-reporter.mjs'],
};
