/** `npm run lighthouse`: what Lighthouse gives the built page on a telephone; fails below what is asked for. */
import { endWithParent } from '../scripts/end-with-parent.mjs';
import { ensureInstalled } from '../scripts/install.mjs';
import { root } from '../scripts/root.mjs';
import { useFittingNode } from '../scripts/runtime.mjs';
import { ensurePeersInstalled } from './install-peers.mjs';

const BUILD = !process.argv.includes('--no-build');

process.chdir(root);
endWithParent();
if (BUILD) await ensureInstalled();
await useFittingNode();
ensurePeersInstalled();

if (BUILD) {
  const { ensureBuilt } = await import('../scripts/build.mjs');
  await ensureBuilt();
}
const { auditPages } = await import('./measure/lighthouse.mjs');
process.exit((await auditPages()) ? 0 : 1);
