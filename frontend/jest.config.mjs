import presets from 'jest-preset-angular/presets/index.js';

const angular = presets.createEsmPreset({ tsconfig: '<rootDir>/tsconfig.json' });

/** The page runs in jsdom; what talks to a real HTTP server, or reads the built page, runs in Node. */
const NODE_TESTS = '/src/app/(graphql/.*|languages/german)\\.spec\\.ts$';

export default {
  rootDir: import.meta.dirname,
  maxWorkers: '100%',
  projects: [
    {
      ...angular,
      displayName: 'page',
      rootDir: import.meta.dirname,
      testMatch: ['<rootDir>/src/**/*.spec.ts'],
      testPathIgnorePatterns: [NODE_TESTS],
      setupFiles: ['@angular/localize/init'],
      setupFilesAfterEnv: ['<rootDir>/test-setup.ts'],
    },
    {
      ...angular,
      displayName: 'link',
      rootDir: import.meta.dirname,
      testEnvironment: 'node',
      testRegex: NODE_TESTS,
      setupFiles: ['@angular/localize/init'],
    },
  ],
};
