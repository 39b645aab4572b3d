/** Lets Node run the tests' TypeScript: `node --import ./scripts/typescript.mjs FILE.ts`. */
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transformSync } from '@swc/core';
import { root } from './root.mjs';

const BUILT = pathToFileURL(join(root, 'dist/backend/')).href;
const TESTS = pathToFileURL(join(root, 'backend/test/')).href;

registerHooks({
  resolve(specifier, context, next) {
    if (!context.parentURL?.startsWith(TESTS) || !/^\.{1,2}\/.*\.js$/.test(specifier)) {
      return next(specifier, context);
    }
    // The application is taken as it was built, with its decorators made.
    const [, application] = /^(?:\.\.\/)+src\/(.+)$/.exec(specifier) ?? [];
    if (application) return next(BUILT + application, context);
    const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL).href;
    return next(existsSync(fileURLToPath(source)) ? source : specifier, context);
  },
  load(url, context, next) {
    if (!url.startsWith(TESTS) || !url.endsWith('.ts')) return next(url, context);
    const { source } = next(url, { ...context, format: 'module' });
    const { code } = transformSync(Buffer.from(source).toString(), {
      filename: fileURLToPath(url),
      sourceMaps: 'inline',
      jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
    });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
