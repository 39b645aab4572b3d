/** What Rivulet's own tests use: Redis, PostgreSQL, the built application, plans that stand in nobody's way, the browser. */
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = join(import.meta.dirname, '../..');
const SUPPORT = join(ROOT, 'backend/test/support');
const BUILT = pathToFileURL(join(ROOT, 'dist/backend/')).href;

// Node strips the types of the support files by itself; the sources that they import are taken as they were built.
registerHooks({
  resolve: (specifier, context, next) => {
    const [, file] = /^(?:\.\.\/)+src\/(.+\.js)$/.exec(specifier) ?? [];
    return next(file && context.parentURL?.includes('/backend/test/') ? BUILT + file : specifier, context);
  },
});

const load = (file) => import(pathToFileURL(join(SUPPORT, file)).href);
export const { startRedisServer } = await load('redis-server.ts');
export const { startPostgresServer } = await load('postgres-server.ts');
export const { startRivulet } = await load('rivulet-process.ts');
export const { GENEROUS_PLANS } = await load('generous-plans.ts');
export const { chromiumPath } = await import(
  pathToFileURL(join(ROOT, 'frontend/e2e/support/chromium.ts')).href
);
