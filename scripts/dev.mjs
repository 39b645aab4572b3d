/** `npm run dev`: both sides in watch mode; one Ctrl-C ends everything. */
import { endWithParent } from './end-with-parent.mjs';
import { ensureInstalled } from './install.mjs';
import { root } from './root.mjs';
import { useFittingNode } from './runtime.mjs';

process.chdir(root);
endWithParent();
await ensureInstalled();
await useFittingNode();

// Only now: these may use what Node 20 does not have yet.
const { createInterface } = await import('node:readline');
const { NX, NX_ENVIRONMENT } = await import('./nx.mjs');
const { configuredPort, ensurePortIsFree } = await import('./port.mjs');
const { endGroups, endGroupsOnSignal, spawnGroup } = await import('./process-group.mjs');

const PAGE_PORT = 4200;
const TSC = ['node_modules/typescript/bin/tsc', '-p', 'backend/tsconfig.build.json', '--pretty', 'false'];
const env = { ...NX_ENVIRONMENT, NODE_ENV: 'development' };

endGroupsOnSignal();
const port = configuredPort();
// Angular's server would take PORT for its own; its proxy looks for the API at API_PORT.
const pageEnv = { ...env, API_PORT: `${port}` };
delete pageEnv.PORT;
await ensurePortIsFree(port);
await ensurePortIsFree(PAGE_PORT);

// The server needs something to begin with; what does not compile yet is mended under the eyes of --watch.
await prefixed('tsc ', TSC).ended;

console.log(`API: http://localhost:${port}   Page, reloaded on every change: http://localhost:${PAGE_PORT}`);
const sides = [
  prefixed('tsc ', [...TSC, '--watch', '--preserveWatchOutput']),
  prefixed('api ', ['--watch', '--watch-preserve-output', '--enable-source-maps', 'dist/backend/main.js']),
  prefixed('page', [NX, 'run', 'frontend:serve', '--port', `${PAGE_PORT}`], pageEnv),
];
await Promise.race(sides.map((side) => side.ended));
await endGroups();
process.exit(1);

/** Runs Node with every line of its output marked. */
function prefixed(name, args, environment = env) {
  const child = spawnGroup(process.execPath, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => console.log(`${name} │ ${line}`));
  }
  return child;
}
