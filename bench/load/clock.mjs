import { performance } from 'node:perf_hooks';

// `hrtime` is the machine's monotonic clock, the same in every process; `performance.now()` alone counts from the
// start of its own.
const offset = Number(process.hrtime.bigint()) / 1e6 - performance.now();

/** Milliseconds on a clock that all processes of this machine share. */
export function now() {
  return offset + performance.now();
}
