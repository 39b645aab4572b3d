/** `npm run soak`: installs and builds what is missing, and breaks the system for as long as it is told to. */
import { endWithParent } from './end-with-parent.mjs';
import { ensureInstalled } from './install.mjs';
import { root } from './root.mjs';
import { useFittingNode } from './runtime.mjs';

process.chdir(root);
endWithParent();
await ensureInstalled();
await useFittingNode();

// Only now: these may use what Node 20 does not have yet, and packages that were not there.
const { ensureBuilt } = await import('./build.mjs');
const { becomeNode } = await import('./runtime.mjs');
const { ensureSystemPrograms } = await import('./system-programs.mjs');

if (ensureSystemPrograms(['Redis']).missing > 0) process.exit(1);
await ensureBuilt();
await becomeNode([
  ...['--enable-source-maps', '--no-warnings', '--import', './scripts/typescript.mjs'],
  ...['backend/test/soak/main.ts', ...process.argv.slice(2)],
]);
