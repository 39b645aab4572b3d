import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Lets Node run our sources as they are: an import of `x.js` means `x.ts`. */
const LOADER = `import { registerHooks } from 'node:module';
registerHooks({ resolve: (name, context, next) =>
  next(name.startsWith('.') && context.parentURL?.endsWith('.ts') ? name.replace(/\\.js$/, '.ts') : name, context) });`;

/** Starts `owner.ts` as a process that can be killed; resolves with what it says first. */
export async function startOwner(dataDir: string): Promise<{ owner: ChildProcess; says: string }> {
  const owner = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--experimental-transform-types',
      `--import=data:text/javascript,${encodeURIComponent(LOADER)}`,
      fileURLToPath(new URL('./owner.ts', import.meta.url)),
      dataDir,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  for await (const line of createInterface({ input: owner.stdout })) return { owner, says: line };
  throw new Error('The owner ended without a word');
}
