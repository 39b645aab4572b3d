import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

const home = join(root, 'node_modules', 'nx');

/** To be run with Node: its own first line would look for one in the path. */
export const NX = join(home, JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).bin.nx);

/** No background process, no full-screen display; colours for terminals only (each variable has tools that obey it alone). */
export const NX_ENVIRONMENT = {
  ...process.env,
  NX_DAEMON: 'false',
  NX_TUI: 'false',
  ...(!process.stdout.isTTY && { FORCE_COLOR: '0', NO_COLOR: '1' }),
};
