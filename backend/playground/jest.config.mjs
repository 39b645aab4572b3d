import backend from '../jest.config.mjs';

/** The playground's own logic; the page itself is for the stories that run in a browser. */
export default { ...backend, rootDir: import.meta.dirname, testEnvironment: 'node' };
