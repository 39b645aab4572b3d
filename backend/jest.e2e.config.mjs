import unit from './jest.config.mjs';

/** Stories over HTTP and SSE on the built application; each file has servers of its own. */
export default {
  ...unit,
  testMatch: ['<rootDir>/test/**/*.e2e.ts'],
  testTimeout: 60_000,
  // They wait more than they compute.
  maxWorkers: 2,
};
