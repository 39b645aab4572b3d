import { readFileSync } from 'node:fs';

const CHECK_EVERY_MS = 200;

/**
 * Under npm, asks this process to end when npm is gone: one that is killed cannot say so, and a server that
 * nobody sees would keep port and data.
 */
export function endWithParent() {
  if (!process.env.npm_lifecycle_event) return;
  const before = starters();
  const timer = setInterval(() => {
    if (starters() === before) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, CHECK_EVERY_MS);
  timer.unref();
}

/** The process that started this one and, where that is npm's shell, npm. */
function starters() {
  const parent = process.ppid;
  // Only Linux has the files; the shells of other systems give their process to the program.
  const [, option] = readProc(parent, 'cmdline').split('\0');
  if (option !== '-c') return `${parent}`;
  return `${parent} ${/^PPid:\s*(\d+)/m.exec(readProc(parent, 'status'))?.[1]}`;
}

function readProc(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch (error) {
    // ESRCH: it ended while being read.
    if (error.code !== 'ENOENT' && error.code !== 'ESRCH') throw error;
    return '';
  }
}
