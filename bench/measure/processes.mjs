/** What processes have used, from `/proc`. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const number = (name) => Number(execFileSync('getconf', [name], { encoding: 'utf8' }));
const TICKS_PER_SECOND = number('CLK_TCK');
const PAGE_BYTES = number('PAGESIZE');

/** A process as `/proc/<pid>/stat` has it; undefined when it has ended. */
function statOf(pid) {
  let text;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return undefined;
    throw error;
  }
  // The name stands in parentheses and may have spaces.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [parent, utime, stime, cutime, cstime, rss] = [1, 11, 12, 13, 14, 21].map((at) => Number(fields[at]));
  return {
    pid,
    name: text.slice(text.indexOf('(') + 1, text.lastIndexOf(')')),
    parent,
    cpu: (utime + stime) / TICKS_PER_SECOND,
    childrensCpu: (cutime + cstime) / TICKS_PER_SECOND,
    rss: rss * PAGE_BYTES,
  };
}

function all() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => statOf(Number(pid)) ?? []);
}

/** A process, with its children where it is a tree (a PostgreSQL has one per connection; ended ones count too). Undefined: it has ended. */
export function usageOf({ pid, tree }) {
  const own = statOf(pid);
  if (!own) return undefined;
  if (!tree) return { cpu: own.cpu, rss: own.rss };
  const children = all().filter(({ parent }) => parent === pid);
  const sum = (field) => children.reduce((total, child) => total + child[field], 0);
  // Shared memory is counted once per process, so a tree's RSS is an upper bound.
  return { cpu: own.cpu + own.childrensCpu + sum('cpu'), rss: own.rss + sum('rss') };
}

/** The PostgreSQL that this process has started. */
export function postgresPid() {
  const processes = new Map(all().map((process) => [process.pid, process]));
  const isOurs = ({ pid, parent }) =>
    pid === process.pid || (processes.has(parent) && isOurs(processes.get(parent)));
  for (const one of processes.values()) {
    if (one.name === 'postgres' && processes.get(one.parent)?.name !== 'postgres' && isOurs(one))
      return one.pid;
  }
  throw new Error('there is no PostgreSQL below this process');
}
