/** `npm start`: installs what is missing, builds what is stale, and becomes the server. */
import { join } from 'node:path';
import { endWithParent } from './end-with-parent.mjs';
import { ensureInstalled } from './install.mjs';
import { root } from './root.mjs';
import { becomeNode, useFittingNode } from './runtime.mjs';

process.chdir(root);
endWithParent();
await ensureInstalled();
await useFittingNode();

// Only now: these may use what Node 20 does not have yet.
const { ensureBuilt } = await import('./build.mjs');
const { configuredPort, ensurePortIsFree } = await import('./port.mjs');
const { endGroupsOnSignal } = await import('./process-group.mjs');

endGroupsOnSignal();
await ensurePortIsFree(configuredPort());
await ensureBuilt();
process.env.NODE_ENV ??= 'production';
// Node keeps the compiled code of all packages, which saves a fifth of the next start.
process.env.NODE_COMPILE_CACHE ??= join(root, 'dist', '.compile-cache');
// Else V8 gives memory back after some idle seconds, and what comes next costs more.
await becomeNode([
  '--no-memory-reducer',
  '--import',
  './scripts/server-under-npm.mjs',
  'dist/backend/main.js',
]);
