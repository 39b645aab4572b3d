/** `npm run bench`: installs what the benchmark compares with, goes on with the pinned Node, and measures. */
import { endWithParent } from '../scripts/end-with-parent.mjs';
import { ensureInstalled } from '../scripts/install.mjs';
import { root } from '../scripts/root.mjs';
import { useFittingNode } from '../scripts/runtime.mjs';
import { ensurePeersInstalled } from './install-peers.mjs';

process.chdir(root);
endWithParent();
if (!process.argv.includes('--no-build')) await ensureInstalled();
await useFittingNode();
ensurePeersInstalled();

// Only now: these use what older versions of Node do not have, and packages that were not there.
const { parseOptions } = await import('./options.mjs');
const options = parseOptions(process.argv.slice(2));
if (options.build) {
  const { ensureBuilt } = await import('../scripts/build.mjs');
  await ensureBuilt();
}
const { bench } = await import('./bench.mjs');
await bench(options);
// Only what hangs could still keep this process.
process.exit();
