import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where the browser is: `CHROMIUM_PATH`, be it a path or a command, or else the system's Chromium. */
export function chromiumPath(env: NodeJS.ProcessEnv = process.env): string {
  const asked = env['CHROMIUM_PATH'] ?? 'chromium';
  const found = (env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, asked))
    .find((path) => existsSync(path));
  return asked.includes('/') ? asked : (found ?? '/usr/bin/chromium');
}
