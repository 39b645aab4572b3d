/** `npm test`: installs what the tests need, runs everything, and ends with `N passed, N failed`. */
import { endWithParent } from './end-with-parent.mjs';
import { ensureInstalled } from './install.mjs';
import { root } from './root.mjs';
import { useFittingNode } from './runtime.mjs';

process.chdir(root);
endWithParent();
await ensureInstalled();
await useFittingNode();

// Only now: these may use what Node 20 does not have yet.
const { mkdirSync, rmSync } = await import('node:fs');
const { NX_ENVIRONMENT } = await import('./nx.mjs');
const { endGroupsOnSignal, endGroups, spawnGroup } = await import('./process-group.mjs');
const { ensureSystemPrograms } = await import('./system-programs.mjs');
const { STEPS } = await import('./test-steps.mjs');
const { totalsOf } = await import('./test-totals.mjs');

endGroupsOnSignal();
const { missing, env } = ensureSystemPrograms();
rmSync('test-results', { recursive: true, force: true });
mkdirSync('test-results');

/** A run that hangs is a failure, not a reason to wait for ever. */
const STEP_LIMIT_MS = 15 * 60_000;

const lines = [];
let passed = 0;
let failed = missing;
for (const step of STEPS) {
  const began = Date.now();
  console.log(`\n── ${step.title} ──`);
  const child = spawnGroup(process.execPath, step.args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...NX_ENVIRONMENT, ...env, ...step.env },
  });
  const limit = setTimeout(() => {
    console.error(`${step.title} has not ended after ${STEP_LIMIT_MS / 60_000} minutes and is being ended`);
    void endGroups();
  }, STEP_LIMIT_MS);
  const totals = totalsOf(step, await child.ended);
  clearTimeout(limit);
  await endGroups();
  passed += totals.passed;
  failed += totals.failed;
  lines.push(`${step.title}: ${totals.note} (${Math.round((Date.now() - began) / 1000)} s)`);
}

console.log(`\n${lines.join('\n')}\n\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
